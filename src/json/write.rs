//! The writing of JSON: the bodies of requests.

/// A value to write.
#[derive(Debug, Clone)]
pub enum Value<'a> {
    /// A string.
    Text(&'a str),
    /// An array of strings.
    Texts(Vec<&'a str>),
    /// `true` or `false`.
    Flag(bool),
    /// An integer.
    Integer(i64),
    /// An object: its fields in this order, those that are `None` left out.
    Object(Vec<(&'static str, Option<Value<'a>>)>),
}

impl Value<'_> {
    /// The value as JSON text.
    pub fn to_json(&self) -> String {
        let mut text = String::new();
        self.write(&mut text);
        text
    }

    fn write(&self, text: &mut String) {
        match self {
            Self::Text(value) => quote(value, text),
            Self::Texts(values) => list(text, '[', ']', values.iter(), |value, text| quote(value, text)),
            Self::Flag(value) => text.push_str(if *value { "true" } else { "false" }),
            Self::Integer(value) => text.push_str(&value.to_string()),
            Self::Object(fields) => {
                let given = fields.iter().filter_map(|(name, value)| Some((name, value.as_ref()?)));
                list(text, '{', '}', given, |(name, value), text| {
                    quote(name, text);
                    text.push(':');
                    value.write(text);
                });
            }
        }
    }
}

fn list<T>(text: &mut String, open: char, close: char, items: impl Iterator<Item = T>, write: impl Fn(T, &mut String)) {
    text.push(open);
    for (index, item) in items.enumerate() {
        if index > 0 {
            text.push(',');
        }
        write(item, text);
    }
    text.push(close);
}

fn quote(value: &str, text: &mut String) {
    text.push('"');
    for character in value.chars() {
        match character {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            control if control < ' ' => text.push_str(&format!("\\u{:04x}", u32::from(control))),
            other => text.push(other),
        }
    }
    text.push('"');
}

#[cfg(test)]
mod tests {
    use super::Value::*;

    #[test]
    fn what_is_written_is_json() {
        let value = Object(vec![
            ("text", Some(Text("a\"b\\c\nd\u{1}é😀"))),
            ("texts", Some(Texts(vec!["x", "y"]))),
            ("nothing", None),
            ("object", Some(Object(vec![("flag", Some(Flag(true))), ("number", Some(Integer(-5)))]))),
        ]);
        let expected = serde_json::json!({
            "text": "a\"b\\c\nd\u{1}é😀", "texts": ["x", "y"], "object": {"flag": true, "number": -5},
        });
        assert_eq!(serde_json::from_str::<serde_json::Value>(&value.to_json()).unwrap(), expected);
    }
}
