//! The named arguments of a call, as they came from JavaScript.

use std::ops::RangeInclusive;

use crate::error::Error;
use crate::json::{self, Mismatch, Reader};

/// How deep arguments may nest: `server: { auth: { … } }` is the deepest that any call takes.
const MAX_DEPTH: usize = 8;

/// One value.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Argument {
    Text(String),
    Integer(i64),
    Flag(bool),
    List(Vec<Argument>),
    Object(Arguments),
    /// A value that no call takes: a fraction.
    Other,
}

/// Named values. Every getter names the argument in its error, and what was expected, and never repeats the value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Arguments {
    /// Where these are within the arguments of the call, such as `server.`.
    prefix: String,
    values: Vec<(String, Argument)>,
    file: Option<Vec<u8>>,
}

impl Arguments {
    /// Reads the arguments from a JSON object. What is `null` is not there.
    ///
    /// # Errors
    ///
    /// [`Kind::Config`](crate::error::Kind::Config) that names the argument which cannot be one.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        let mut arguments = Self::default();
        json::object(text, &mut |name, value| arguments.read(name, value, 0))
            .map_err(|mismatch| Error::config(&mismatch.path, &format!("expected {}", mismatch.expected)))?;
        Ok(arguments)
    }

    /// The same with a file's bytes.
    #[must_use]
    pub fn with_file(mut self, file: Option<Vec<u8>>) -> Self {
        self.file = file;
        self
    }

    /// The bytes of the file.
    ///
    /// # Errors
    ///
    /// [`Kind::Config`](crate::error::Kind::Config) when there is none, or an empty one.
    pub fn file(&self) -> Result<&[u8], Error> {
        let file = self.file.as_deref().filter(|file| !file.is_empty());
        file.ok_or_else(|| Error::config("file", "expected a file that is not empty"))
    }

    /// A text that has to be there, as one segment of a path: percent-encoded but for the unreserved characters.
    ///
    /// # Errors
    ///
    /// [`Kind::Config`](crate::error::Kind::Config) when it is missing, or is `.` or `..`, which every URL parser takes for a step in the path even
    /// when they are percent-encoded.
    pub fn segment(&self, name: &str) -> Result<String, Error> {
        match self.text(name)? {
            "." | ".." => Err(self.wrong(name, "expected an id, found a step in a path")),
            value => Ok(percent_encode(value)),
        }
    }

    /// A text that has to be there and is not empty.
    ///
    /// # Errors
    ///
    /// [`Kind::Config`](crate::error::Kind::Config) when it is not.
    pub fn text(&self, name: &str) -> Result<&str, Error> {
        self.optional_text(name)?.ok_or_else(|| self.wrong(name, "expected a non-empty string"))
    }

    /// A text that is not empty, if it is there.
    ///
    /// # Errors
    ///
    /// [`Kind::Config`](crate::error::Kind::Config) when it is something else.
    pub fn optional_text(&self, name: &str) -> Result<Option<&str>, Error> {
        match self.get(name) {
            None => Ok(None),
            Some(Argument::Text(text)) if !text.is_empty() => Ok(Some(text)),
            Some(_) => Err(self.wrong(name, "expected a non-empty string")),
        }
    }

    /// One of the words that the service takes, if it is there.
    ///
    /// # Errors
    ///
    /// [`Kind::Config`](crate::error::Kind::Config) that lists the words.
    pub fn word(&self, name: &str, words: &[&'static str]) -> Result<Option<&'static str>, Error> {
        let Some(argument) = self.get(name) else { return Ok(None) };
        let known = words.iter().find(|word| matches!(argument, Argument::Text(text) if text == *word));
        known.copied().map(Some).ok_or_else(|| self.wrong(name, &format!("expected one of {}", words.join(", "))))
    }

    /// A yes or no, if it is there.
    ///
    /// # Errors
    ///
    /// [`Kind::Config`](crate::error::Kind::Config) when it is something else.
    pub fn flag(&self, name: &str) -> Result<Option<bool>, Error> {
        match self.get(name) {
            None => Ok(None),
            Some(Argument::Flag(flag)) => Ok(Some(*flag)),
            Some(_) => Err(self.wrong(name, "expected true or false")),
        }
    }

    /// An integer within a range, if it is there.
    ///
    /// # Errors
    ///
    /// [`Kind::Config`](crate::error::Kind::Config) that tells the range.
    pub fn integer(&self, name: &str, range: RangeInclusive<i64>) -> Result<Option<i64>, Error> {
        match self.get(name) {
            None => Ok(None),
            Some(Argument::Integer(number)) if range.contains(number) => Ok(Some(*number)),
            Some(_) => Err(self.wrong(name, &format!("expected an integer from {} to {}", range.start(), range.end()))),
        }
    }

    /// A list of texts that are not empty, if it is there.
    ///
    /// # Errors
    ///
    /// [`Kind::Config`](crate::error::Kind::Config) when it is something else.
    pub fn texts(&self, name: &str) -> Result<Option<Vec<&str>>, Error> {
        let texts = match self.get(name) {
            None => return Ok(None),
            Some(Argument::List(list)) => list.iter().map(|item| match item {
                Argument::Text(text) if !text.is_empty() => Some(text.as_str()),
                _ => None,
            }),
            Some(_) => return Err(self.wrong(name, "expected an array of non-empty strings")),
        };
        let texts: Option<Vec<&str>> = texts.collect();
        texts.map(Some).ok_or_else(|| self.wrong(name, "expected an array of non-empty strings"))
    }

    /// Named values within these, if they are there.
    ///
    /// # Errors
    ///
    /// [`Kind::Config`](crate::error::Kind::Config) when it is something else.
    pub fn object(&self, name: &str) -> Result<Option<&Self>, Error> {
        match self.get(name) {
            None => Ok(None),
            Some(Argument::Object(object)) => Ok(Some(object)),
            Some(_) => Err(self.wrong(name, "expected an object")),
        }
    }

    /// Refuses what is not among the known names.
    ///
    /// # Errors
    ///
    /// [`Kind::Config`](crate::error::Kind::Config) that names the first unknown one and lists the known.
    pub fn only(&self, known: &[&str]) -> Result<(), Error> {
        match self.values.iter().find(|(name, _)| !known.contains(&name.as_str())) {
            None => Ok(()),
            Some((name, _)) => Err(self.wrong(name, &format!("unknown; expected one of {}", known.join(", ")))),
        }
    }

    /// An error about one of these.
    pub fn wrong(&self, name: &str, problem: &str) -> Error {
        Error::config(&format!("{}{name}", self.prefix), problem)
    }

    fn get(&self, name: &str) -> Option<&Argument> {
        self.values.iter().rev().find(|(given, _)| given == name).map(|(_, value)| value)
    }

    fn read(&mut self, name: &str, value: &mut Reader<'_>, depth: usize) -> Result<(), Mismatch> {
        let prefix = format!("{}{name}.", self.prefix);
        if let Some(argument) = Argument::read(value, prefix, depth)? {
            self.values.push((name.to_owned(), argument));
        }
        Ok(())
    }
}

impl Argument {
    fn read(value: &mut Reader<'_>, prefix: String, depth: usize) -> Result<Option<Self>, Mismatch> {
        Ok(Some(match value.peek() {
            Some(b'{' | b'[') if depth == MAX_DEPTH => return Err(value.mismatch("less nesting")),
            Some(b'{') => {
                let mut object = Arguments { prefix, ..Arguments::default() };
                value.object(&mut |name, value| object.read(name, value, depth + 1))?;
                Self::Object(object)
            }
            Some(b'[') => {
                let mut list = Vec::new();
                value.array_or_null(&mut |item| {
                    list.push(Self::read(item, prefix.clone(), depth + 1)?.unwrap_or(Self::Other));
                    Ok(())
                })?;
                Self::List(list)
            }
            Some(b'"') => Self::Text(value.text_or_null()?.unwrap_or_default().into_owned()),
            Some(b't' | b'f') => Self::Flag(value.span()? == "true"),
            Some(b'n') => {
                value.skip()?;
                return Ok(None);
            }
            _ => value.span()?.parse().map_or(Self::Other, Self::Integer),
        }))
    }
}

/// A text with everything percent-encoded but the unreserved characters.
pub fn percent_encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            for half in [byte >> 4, byte & 15] {
                encoded.extend(char::from_digit(u32::from(half), 16).map(|digit| digit.to_ascii_uppercase()));
            }
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Kind;

    fn arguments(text: &str) -> Arguments {
        Arguments::from_json(text).unwrap()
    }

    fn segment(value: &str) -> Result<String, Error> {
        let values = vec![("instanceId".into(), Argument::Text(value.into()))];
        Arguments { values, ..Arguments::default() }.segment("instanceId")
    }

    #[test]
    fn an_id_stays_one_segment() {
        assert_eq!(segment("../../x").unwrap(), "..%2F..%2Fx");
        assert_eq!(segment("a b/ç").unwrap(), "a%20b%2F%C3%A7");
        assert_eq!(segment("a?b#c%d;e:f@g&h").unwrap(), "a%3Fb%23c%25d%3Be%3Af%40g%26h");
        assert_eq!(segment("Az09-._~").unwrap(), "Az09-._~");
    }

    #[test]
    fn an_id_that_is_no_segment_is_refused_by_name() {
        for bad in ["", ".", ".."] {
            let error = segment(bad).unwrap_err();
            assert_eq!((error.kind, error.field.as_deref()), (Kind::Config, Some("instanceId")));
        }
        assert_eq!(Arguments::default().segment("taskId").unwrap_err().field.as_deref(), Some("taskId"));
    }

    #[test]
    fn values_come_back_as_what_they_are() {
        let given = arguments(r#"{"a":"x","b":true,"c":5,"d":["x","y"],"e":{"f":{"g":"z"}},"h":null}"#);
        assert_eq!(given.text("a").unwrap(), "x");
        assert_eq!(given.word("a", &["w", "x"]).unwrap(), Some("x"));
        assert_eq!(given.flag("b").unwrap(), Some(true));
        assert_eq!(given.integer("c", 1..=5).unwrap(), Some(5));
        assert_eq!(given.texts("d").unwrap(), Some(vec!["x", "y"]));
        let inner = given.object("e").unwrap().unwrap().object("f").unwrap().unwrap();
        assert_eq!(inner.text("g").unwrap(), "z");
        assert_eq!(given.optional_text("h").unwrap(), None);
        assert!(given.only(&["a", "b", "c", "d", "e"]).is_ok());
    }

    #[test]
    fn what_is_wrong_is_named_with_its_place() {
        let given = arguments(r#"{"a":1.5,"b":"yes","c":0,"d":["x",1],"e":{"f":{"g":"secret"}}}"#);
        let inner = given.object("e").unwrap().unwrap().object("f").unwrap().unwrap();
        for (error, field) in [
            (given.text("a").unwrap_err(), "a"),
            (given.integer("a", 0..=9).unwrap_err(), "a"),
            (given.flag("b").unwrap_err(), "b"),
            (given.word("b", &["no"]).unwrap_err(), "b"),
            (given.integer("c", 1..=5).unwrap_err(), "c"),
            (given.texts("d").unwrap_err(), "d"),
            (given.object("b").unwrap_err(), "b"),
            (inner.flag("g").unwrap_err(), "e.f.g"),
            (inner.only(&["h"]).unwrap_err(), "e.f.g"),
            (given.file().unwrap_err(), "file"),
        ] {
            assert_eq!(error.field.as_deref(), Some(field));
            assert!(!error.message.contains("secret"), "{}", error.message);
        }
        let deep = "[".repeat(20) + &"]".repeat(20);
        assert!(Arguments::from_json(&format!("{{\"x\":{deep}}}")).is_err());
    }
}
