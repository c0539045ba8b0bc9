//! What a caller gives: a tree of values as they came, and its way into typed structs by serde.
//!
//! The tree has no types yet, and no JavaScript any more. A struct that derives `Deserialize` says what it expects; what is
//! unknown, missing or wrong is an [`Error`] that names its path, such as `server.auth.key`, and never repeats a value.
//!
//! ```
//! use huaweicloud_tasks::http::Argument;
//!
//! #[derive(Debug, serde::Deserialize)]
//! #[serde(rename_all = "camelCase")]
//! struct Paint {
//!     wall_id: String,
//!     dry: Option<bool>,
//! }
//!
//! let argument: Argument = serde_json::from_str(r#"{ "wallId": "w", "dry": 1 }"#).unwrap();
//! assert_eq!(argument.read::<Paint>("options").unwrap_err().message, "dry: expected true or false");
//! ```

use std::fmt;

use serde::Deserialize;
use serde::de::{self, DeserializeOwned, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use self::place::Place;
use crate::error::Error;

mod place;

/// How deep arguments may nest: `server: { auth: { … } }` is the deepest that any call takes.
const MAX_DEPTH: usize = 8;

/// A value as it came.
#[derive(Clone, Default, PartialEq)]
pub enum Argument {
    /// `undefined`, `null` or left out: all the same here.
    #[default]
    Nothing,
    /// A text.
    Text(String),
    /// A number.
    Number(f64),
    /// `true` or `false`.
    Flag(bool),
    /// An array.
    List(Vec<Argument>),
    /// An object, with its fields in their order.
    Object(Vec<(String, Argument)>),
}

impl Argument {
    /// The struct that it is meant to be; `name` is what an error calls it when it is no object.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Config`](crate::error::ErrorKind::Config) that names what is unknown, missing or wrong.
    pub fn read<T: DeserializeOwned>(self, name: &str) -> Result<T, Error> {
        T::deserialize(Place::outermost(self, name))
    }

    /// An object with nothing in it.
    pub fn empty() -> Self {
        Self::Object(Vec::new())
    }

    /// Takes the fields with these names out of an object, into one of their own.
    #[must_use]
    pub fn split(&mut self, names: &[&str]) -> Self {
        let Self::Object(fields) = self else { return Self::empty() };
        let (taken, left) = std::mem::take(fields).into_iter().partition(|(name, _)| names.contains(&name.as_str()));
        *fields = left;
        Self::Object(taken)
    }

    /// The same, where `null` is not the same as left out but a value of a type of its own, which fits nowhere.
    #[must_use]
    pub fn without_nulls(mut self) -> Self {
        if let Self::Object(fields) = &mut self {
            for (_, value) in fields.iter_mut().filter(|(_, value)| *value == Self::Nothing) {
                *value = Self::empty();
            }
        }
        self
    }

    /// Takes a field out of an object; of a name that is there twice, the last one.
    pub fn take(&mut self, field: &str) -> Self {
        let mut taken = Self::Nothing;
        if let Self::Object(fields) = self {
            fields.retain_mut(|(name, value)| {
                let is_another = name != field;
                if !is_another {
                    taken = std::mem::take(value);
                }
                is_another
            });
        }
        taken
    }
}

/// An object of texts, such as the ids of an operation.
impl<const N: usize> From<[(&str, &str); N]> for Argument {
    fn from(fields: [(&str, &str); N]) -> Self {
        Self::Object(fields.map(|(name, text)| (name.to_owned(), Self::Text(text.to_owned()))).into())
    }
}

/// What is printed of a value is its type: it may be a secret.
impl fmt::Debug for Argument {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Nothing => "Nothing",
            Self::Text(_) => "Text",
            Self::Number(_) => "Number",
            Self::Flag(_) => "Flag",
            Self::List(_) => "List",
            Self::Object(_) => "Object",
        })
    }
}

/// An integer from `FROM` to `TO`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(transparent)]
pub struct Within<const FROM: i64, const TO: i64>(pub i64);

impl<'de, const FROM: i64, const TO: i64> Deserialize<'de> for Within<FROM, TO> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_i64(Bounds { from: FROM, to: TO }).map(Self)
    }
}

/// Reads an integer within bounds, whichever they are.
struct Bounds {
    from: i64,
    to: i64,
}

impl Visitor<'_> for Bounds {
    type Value = i64;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "an integer from {} to {}", self.from, self.to)
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<i64, E> {
        let is_within = number.fract() == 0.0 && number >= self.from as f64 && number <= self.to as f64;
        if is_within { Ok(number as i64) } else { Err(E::invalid_value(de::Unexpected::Float(number), &self)) }
    }
}

/// A time in milliseconds that a timer can count: more than 0, at most 2,147,483,647.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Milliseconds(pub f64);

impl<'de> Deserialize<'de> for Milliseconds {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Bounds;
        impl Visitor<'_> for Bounds {
            type Value = f64;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a number of milliseconds above 0, at most 2147483647")
            }

            fn visit_f64<E: de::Error>(self, number: f64) -> Result<f64, E> {
                let is_within = number > 0.0 && number <= 2_147_483_647.0;
                if is_within { Ok(number) } else { Err(E::invalid_value(de::Unexpected::Float(number), &self)) }
            }
        }
        deserializer.deserialize_f64(Bounds).map(Self)
    }
}

impl<'de> Deserialize<'de> for Argument {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Level(0).deserialize(deserializer)
    }
}

/// Reads a value of any type, so many levels down.
#[derive(Clone, Copy)]
struct Level(usize);

impl<'de> DeserializeSeed<'de> for Level {
    type Value = Argument;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Argument, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Level {
    fn below<E: de::Error>(self) -> Result<Self, E> {
        if self.0 < MAX_DEPTH { Ok(Self(self.0 + 1)) } else { Err(E::custom("expected less nesting")) }
    }
}

impl<'de> Visitor<'de> for Level {
    type Value = Argument;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("text, a number, true or false, an array or an object")
    }

    fn visit_unit<E>(self) -> Result<Argument, E> {
        Ok(Argument::Nothing)
    }

    fn visit_none<E>(self) -> Result<Argument, E> {
        Ok(Argument::Nothing)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Argument, E> {
        Ok(Argument::Flag(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Argument, E> {
        Ok(Argument::Number(number as f64))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Argument, E> {
        Ok(Argument::Number(number as f64))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Argument, E> {
        Ok(Argument::Number(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Argument, E> {
        Ok(Argument::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Argument, E> {
        Ok(Argument::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Argument, A::Error> {
        let below = self.below()?;
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(below)? {
            list.push(item);
        }
        Ok(Argument::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Argument, A::Error> {
        let below = self.below()?;
        let mut fields: Vec<(String, Argument)> = Vec::new();
        while let Some(name) = entries.next_key::<String>()? {
            fields.push((name, entries.next_value_seed(below)?));
        }
        Ok(Argument::Object(fields))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Paint {
        wall_id: String,
        colour: Option<Colour>,
        tags: Option<Vec<String>>,
        size: Option<Within<-5, 5>>,
        layer: Option<Layer>,
        dry: Option<bool>,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Colour {
        Red,
        Green,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Layer {
        name: String,
        key: Option<String>,
    }

    fn paint(fields: &str) -> Result<Paint, Error> {
        let argument: Argument = serde_json::from_str(&format!(r#"{{"wallId":"w"{fields}}}"#)).unwrap();
        argument.read("options")
    }

    fn refusal(fields: &str) -> String {
        let error = paint(fields).unwrap_err();
        let field = error.field.clone().unwrap();
        assert!(error.message.starts_with(&format!("{field}: ")), "{} {}", field, error.message);
        error.message.clone()
    }

    #[test]
    fn what_fits_is_read() {
        let full = r#","colour":"green","tags":["a","b"],"size":-5,"layer":{"name":"top","key":null},"dry":false"#;
        let expected = Paint {
            wall_id: "w".into(),
            colour: Some(Colour::Green),
            tags: Some(vec!["a".into(), "b".into()]),
            size: Some(Within(-5)),
            layer: Some(Layer { name: "top".into(), key: None }),
            dry: Some(false),
        };
        assert_eq!(paint(full).unwrap(), expected);
        assert_eq!(paint(r#","tags":[],"size":5.0"#).unwrap().tags, Some(vec![]));
    }

    #[test]
    fn what_does_not_fit_is_told_with_its_path() {
        for (fields, expected) in [
            (r#","wallId":"""#, "wallId: expected a non-empty string"),
            (r#","wallId":null"#, "wallId: expected a non-empty string"),
            (r#","wallId":5"#, "wallId: expected a non-empty string"),
            (r#","colour":"blue""#, "colour: expected one of red, green"),
            (r#","colour":{"name":"red"}"#, "colour: expected one of red, green"),
            (r#","tags":"a""#, "tags: expected an array of non-empty strings"),
            (r#","tags":["a",""]"#, "tags: expected an array of non-empty strings"),
            (r#","tags":{"0":"a"}"#, "tags: expected an array of non-empty strings"),
            (r#","size":6"#, "size: expected an integer from -5 to 5"),
            (r#","size":0.5"#, "size: expected an integer from -5 to 5"),
            (r#","size":"5""#, "size: expected an integer from -5 to 5"),
            (r#","size":{"width":{"cm":1}}"#, "size: expected an integer from -5 to 5"),
            (r#","layer":"top""#, "layer: expected an object"),
            (r#","layer":["top"]"#, "layer: expected an object"),
            (r#","layer":{}"#, "layer.name: expected a non-empty string"),
            (r#","layer":{"name":{"first":"top"}}"#, "layer.name: expected a non-empty string"),
            (r#","layer":{"name":"top","key":1}"#, "layer.key: expected a non-empty string"),
            (r#","layer":{"name":"top","pin":1}"#, "layer.pin: unknown; expected one of layer.name, layer.key"),
            (r#","dry":"true""#, "dry: expected true or false"),
            (r#","wet":1"#, "wet: unknown; expected one of wallId, colour, tags, size, layer, dry"),
            (r#","":1"#, "options: unknown; expected one of wallId, colour, tags, size, layer, dry"),
            (r#","layer.name":"top""#, "layer.name: unknown; expected one of wallId, colour, tags, size, layer, dry"),
        ] {
            assert_eq!(refusal(fields), expected, "{fields}");
        }
        let none = Argument::List(vec![]).read::<Paint>("request").unwrap_err();
        assert_eq!((none.field.as_deref(), &*none.message), (Some("request"), "request: expected an object"));
    }

    #[test]
    fn no_value_is_repeated() {
        for fields in [r#","dry":"s3cret""#, r#","colour":"s3cret""#, r#","layer":"s3cret""#, r#","size":"s3cret""#] {
            assert!(!refusal(fields).contains("s3cret"), "{fields}");
        }
    }

    #[test]
    fn what_nests_too_deep_is_refused() {
        let deep = r#"{"x":"#.repeat(20) + "1" + &"}".repeat(20);
        assert!(serde_json::from_str::<Argument>(&deep).is_err());
        assert!(serde_json::from_str::<Argument>(&("[".repeat(100) + &"]".repeat(100))).is_err());
    }

    #[test]
    fn of_a_repeated_name_the_last_one_counts() {
        assert_eq!(paint(r#","dry":true,"dry":false"#).unwrap().dry, Some(false));
    }
}
