//! The named arguments of a call, as they came from JavaScript.

use std::borrow::Cow;

use crate::error::Error;
use crate::json::{self, Mismatch, Reader};
use crate::text::{concat, number};

/// How deep arguments may nest: `server: { auth: { … } }` is the deepest that any call takes.
const MAX_DEPTH: usize = 8;

/// One value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Argument {
    Text(String),
    Integer(i64),
    Flag(bool),
    /// The texts of a list, and whether there is nothing else in it.
    Texts(Vec<String>, bool),
    /// An object. What is in it stands beside it, under longer names.
    Object,
    /// A value that no call takes, such as a fraction.
    Other,
}

/// Named values. What is in an object is named by its way there, such as `server.auth.type`.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Arguments(Vec<(String, Argument)>);

impl Arguments {
    /// Reads the arguments from a JSON object. What is `null` is not there.
    ///
    /// # Errors
    ///
    /// [`Kind::Config`](crate::error::Kind::Config) that names the argument which cannot be one.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        let mut arguments = Self::default();
        json::object(text, &mut |name, value| arguments.read_below("", name, value, 0))
            .map_err(|mismatch| Error::config(&mismatch.path, &concat(&["expected ", mismatch.expected])))?;
        Ok(arguments)
    }

    /// A text that is there and is not empty.
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.get(name) {
            Some(Argument::Text(text)) if !text.is_empty() => Some(text),
            _ => None,
        }
    }

    /// An integer that is there.
    pub fn integer(&self, name: &str) -> Option<i64> {
        match self.get(name) {
            Some(Argument::Integer(number)) => Some(*number),
            _ => None,
        }
    }

    /// Whether it is there and `true`.
    pub fn is_true(&self, name: &str) -> bool {
        self.get(name) == Some(&Argument::Flag(true))
    }

    /// Whether it is there and `false`.
    pub fn is_false(&self, name: &str) -> bool {
        self.get(name) == Some(&Argument::Flag(false))
    }

    /// The texts of a list that are not empty.
    pub fn texts(&self, name: &str) -> &[String] {
        match self.get(name) {
            Some(Argument::Texts(texts, _)) => texts,
            _ => &[],
        }
    }

    /// The same without one.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.0.retain(|(given, _)| given != name);
        self
    }

    /// All names, in the order in which they were given.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }

    pub(super) fn get(&self, name: &str) -> Option<&Argument> {
        self.0.iter().rev().find(|(given, _)| given == name).map(|(_, value)| value)
    }

    fn read_below(&mut self, above: &str, key: &str, value: &mut Reader<'_>, depth: usize) -> Result<(), Mismatch> {
        if key.bytes().any(|byte| byte == b'.') {
            return Err(Mismatch::new("a name without a dot", "one"));
        }
        let name = if above.is_empty() { key.to_owned() } else { concat(&[above, ".", key]) };
        self.read(&name, value, depth)
    }

    fn read(&mut self, name: &str, value: &mut Reader<'_>, depth: usize) -> Result<(), Mismatch> {
        let argument = match value.peek() {
            Some(b'{') if depth == MAX_DEPTH => return Err(value.mismatch("less nesting")),
            Some(b'{') => {
                self.0.push((name.to_owned(), Argument::Object));
                return value.object(&mut |key, value| self.read_below(name, key, value, depth + 1));
            }
            Some(b'[') => texts(value)?,
            Some(b'"') => Argument::Text(value.text_or_null()?.unwrap_or_default().into_owned()),
            Some(b't' | b'f') => Argument::Flag(value.span()? == "true"),
            Some(b'n') => return value.skip(),
            _ => number(value.span()?).map_or(Argument::Other, Argument::Integer),
        };
        self.0.push((name.to_owned(), argument));
        Ok(())
    }
}

/// What is printed of arguments is their names: a value may be a secret.
impl std::fmt::Debug for Arguments {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_set().entries(self.names()).finish()
    }
}

fn texts(value: &mut Reader<'_>) -> Result<Argument, Mismatch> {
    let (mut texts, mut count) = (Vec::new(), 0);
    value.array_or_null(&mut |item| {
        count += 1;
        match item.peek() {
            Some(b'"') => texts.extend(item.text_or_null()?.map(Cow::into_owned)),
            _ => item.skip()?,
        }
        Ok(())
    })?;
    let alone = texts.len() == count;
    Ok(Argument::Texts(texts, alone))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_come_back_as_what_they_are() {
        let given = r#"{"a":"x","b":true,"c":5,"d":["x","y"],"e":{"f":{"g":"z"}},"h":null,"i":false,"a":"last"}"#;
        let given = Arguments::from_json(given).unwrap();
        assert_eq!((given.text("a"), given.integer("c")), (Some("last"), Some(5)));
        assert_eq!((given.is_true("b"), given.is_false("b"), given.is_false("i")), (true, false, true));
        assert_eq!(given.texts("d"), ["x", "y"]);
        assert_eq!((given.text("e.f.g"), given.get("e.f"), given.get("h")), (Some("z"), Some(&Argument::Object), None));
        assert_eq!(given.without("c").integer("c"), None);
    }

    #[test]
    fn what_no_call_takes_is_kept_as_such() {
        let given = Arguments::from_json(r#"{"a":1.5,"b":["x",1],"c":[""],"d":[[]],"e":[]}"#).unwrap();
        assert_eq!(given.get("a"), Some(&Argument::Other));
        assert_eq!(given.get("b"), Some(&Argument::Texts(vec!["x".into()], false)));
        for name in ["c", "d"] {
            assert_eq!(given.get(name), Some(&Argument::Texts(vec![], false)), "{name}");
        }
        assert_eq!(given.get("e"), Some(&Argument::Texts(vec![], true)));
    }

    #[test]
    fn what_is_no_argument_is_named() {
        let deep = r#"{"x":"#.repeat(20) + "1" + &"}".repeat(20);
        assert_eq!(Arguments::from_json(&deep).unwrap_err().field.as_deref().unwrap().len(), "x.".repeat(8).len() + 1);
        for dotted in [r#"{"a":{},"a.b":1}"#, r#"{"a":{"b.c":1}}"#] {
            assert!(Arguments::from_json(dotted).is_err(), "{dotted}");
        }
        assert!(Arguments::from_json("[]").is_err());
    }

    #[test]
    fn values_are_not_printed() {
        assert_eq!(format!("{:?}", Arguments::from_json(r#"{"key":"s3cret"}"#).unwrap()), r#"{"key"}"#);
    }
}
