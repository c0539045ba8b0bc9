//! A pull reader for JSON text.
//!
//! The reading code says what it expects, value by value, and gets a [`Mismatch`] with the place in the body where that
//! is not what came. No tree is built and nothing recurses on the input, so neither size nor nesting can exhaust the
//! stack. Of a repeated key the last one counts, as in `JSON.parse`.
//!
//! JSON that stands as a string inside other JSON can be read where it is, without unescaping it first: see
//! [`Reader::nested`].

use std::borrow::Cow;
use std::fmt;

use crate::text::{concat, hex, number, size, split_once};

pub mod rows;
pub mod text;
mod tokens;
mod write;

pub use tokens::unescaped;
pub use write::{quote, to_text};

/// The largest integer that a JavaScript number holds exactly: 2^53 − 1.
pub const MAX_SAFE_INTEGER: i64 = 9_007_199_254_740_991;

/// What came was not what was expected.
///
/// Boxed, as it is handed up through every level of the reading: with a boxed error, that
/// takes a tenth off the module.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "what cannot be read is to be told"]
pub struct Mismatch(Box<MismatchDetails>);

/// What is told of a mismatch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MismatchDetails {
    /// Where in the body, such as `task_result.success[3].id`; empty for the body as a whole.
    pub path: String,
    /// What was expected there, such as `a string`.
    pub expected: &'static str,
    /// What was there instead: its type, never its value, which may be a secret.
    pub found: Cow<'static, str>,
}

impl std::ops::Deref for Mismatch {
    type Target = MismatchDetails;

    fn deref(&self) -> &MismatchDetails {
        &self.0
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message())
    }
}

impl std::error::Error for Mismatch {}

impl Mismatch {
    /// Something else is here than was expected.
    pub fn new(expected: &'static str, found: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(MismatchDetails { path: String::new(), expected, found: found.into() }))
    }

    /// A field that has to be there is not.
    pub fn missing(path: &str, expected: &'static str) -> Self {
        Self::new(expected, "nothing").inside(path)
    }

    /// The same mismatch, seen from the object that holds it under `key`.
    pub fn inside(mut self, key: &str) -> Self {
        let key: String = key.chars().take(64).collect();
        self.0.path = below(key, &self.0.path);
        self
    }

    /// The same for people.
    pub fn message(&self) -> String {
        let MismatchDetails { path, expected, found } = &*self.0;
        let at = if path.is_empty() { "" } else { " at " };
        concat(&["expected ", expected, at, path, ", found ", found])
    }

    fn inside_row(mut self, index: usize) -> Self {
        self.0.path = below(concat(&["[", &size(index), "]"]), &self.0.path);
        self
    }
}

fn below(place: String, path: &str) -> String {
    let dot = if path.is_empty() || path.starts_with('[') { "" } else { "." };
    place + dot + path
}

/// Reads one field of an object: is handed its key, and the reader before its value, which it must read or skip.
pub type OnField<'f, 'a> = &'f mut dyn FnMut(&str, &mut Reader<'a>) -> Result<(), Mismatch>;

/// Reads one element of an array, which it must read or skip.
pub type Element<'f, 'a> = &'f mut dyn FnMut(&mut Reader<'a>) -> Result<(), Mismatch>;

/// A place in a JSON text, always before a value.
#[derive(Debug, Clone)]
pub struct Reader<'a> {
    text: &'a str,
    at: usize,
    /// How many bytes a quote takes: two where the text is still escaped.
    quote: usize,
}

/// Reads a text that is one object, field by field, and requires that nothing follows it.
pub fn object<'a>(text: &'a str, field: OnField<'_, 'a>) -> Result<(), Mismatch> {
    Reader::new(text).whole_object(field)
}

/// Reads a text that is one object, and of it the texts under `names`.
pub fn texts<const N: usize>(text: &str, names: [&str; N]) -> Result<[Option<String>; N], Mismatch> {
    let mut texts = [const { None }; N];
    object(text, &mut |key, value| match value.text_among(&names, &mut texts, key)? {
        true => Ok(()),
        false => value.skip(),
    })?;
    Ok(texts)
}

impl<'a> Reader<'a> {
    /// A reader before the first value of a text.
    pub fn new(text: &'a str) -> Self {
        Self { text, at: 0, quote: 1 }
    }

    /// A reader of JSON that stands inside a string and is still escaped there: its quotes are `\"`, its backslashes
    /// `\\`. A value without escapes of its own is then a part of the outer text, and nothing is copied.
    ///
    /// It takes what writers of JSON write. What could have been written otherwise, such as `\u0022` for a quote, it
    /// refuses: unescape the string and read again.
    pub fn nested(escaped: &'a str) -> Self {
        Self { text: escaped, at: 0, quote: 2 }
    }

    /// Reads the JSON that stands in the string that comes, where it stands; `None`, and nothing is read, where it has to be
    /// unescaped first, as [`nested`](Self::nested) says, and where no string comes.
    pub fn in_place<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, Mismatch>) -> Option<T> {
        if self.peek() != Some(b'"') || self.quote == 2 {
            return None;
        }
        let mut inner = Self { text: self.text, at: self.at + 1, quote: 2 };
        let value = read(&mut inner).ok()?;
        if inner.peek().is_some() || inner.byte() != Some(b'"') {
            return None;
        }
        self.at = inner.at + 1;
        Some(value)
    }

    /// Whether it reads within a string, where the text is still escaped.
    pub fn is_nested(&self) -> bool {
        self.quote == 2
    }

    /// Reads an object, field by field, and requires that nothing follows it.
    pub fn whole_object(&mut self, field: OnField<'_, 'a>) -> Result<(), Mismatch> {
        self.object(field)?;
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.syntax("the end of the text")),
        }
    }

    /// Reads an object, field by field.
    pub fn object(&mut self, field: OnField<'_, 'a>) -> Result<(), Mismatch> {
        if !self.eat(b'{') {
            return Err(self.mismatch("an object"));
        }
        if self.eat(b'}') {
            return Ok(());
        }
        loop {
            let key = self.key()?;
            field(&key, self).map_err(|mismatch| mismatch.inside(&key))?;
            if !self.eat(b',') {
                return self.close(b'}');
            }
        }
    }

    /// Reads an array, element by element. `null` counts as an empty one.
    pub fn array_or_null(&mut self, element: Element<'_, 'a>) -> Result<(), Mismatch> {
        if self.null()? {
            return Ok(());
        }
        if !self.eat(b'[') {
            return Err(self.mismatch("an array"));
        }
        if self.eat(b']') {
            return Ok(());
        }
        let mut index = 0;
        loop {
            element(self).map_err(|mismatch| mismatch.inside_row(index))?;
            index += 1;
            if !self.eat_comma() {
                return self.close(b']');
            }
        }
    }

    /// Reads a text. `null` and the empty text are `None`; a number is its own text, as some codes are sent as numbers.
    pub fn text_or_null(&mut self) -> Result<Option<Cow<'a, str>>, Mismatch> {
        let text = match self.peek() {
            Some(b'"') => self.quoted()?,
            Some(b'-' | b'0'..=b'9') => Cow::Borrowed(self.number()?),
            Some(b'n') => {
                self.literal("null")?;
                return Ok(None);
            }
            _ => return Err(self.mismatch("a string")),
        };
        Ok(Some(text).filter(|text| !text.is_empty()))
    }

    /// Reads a field into the place of its name, as a text or `null`. `false` when `names` has no such name: nothing is read
    /// then.
    pub fn text_among(&mut self, names: &[&str], texts: &mut [Option<String>], key: &str) -> Result<bool, Mismatch> {
        let Some((_, place)) = names.iter().zip(texts).find(|(name, _)| **name == key) else { return Ok(false) };
        *place = self.text_or_null()?.map(Cow::into_owned);
        Ok(true)
    }

    /// Reads an integer that a JavaScript number holds exactly, also one that was sent as a string. `null` and the
    /// empty string are `None`.
    pub fn integer_or_null(&mut self) -> Result<Option<i64>, Mismatch> {
        const EXPECTED: &str = "an integer within ±(2^53 − 1)";
        let found = match self.peek() {
            Some(b'"') => "a string that is none",
            Some(b'-' | b'0'..=b'9') => "another number",
            Some(b'n') => "null",
            _ => return Err(self.mismatch(EXPECTED)),
        };
        let Some(text) = self.text_or_null()? else { return Ok(None) };
        let digits = match split_once(&text, b'.') {
            Some((whole, fraction)) if fraction.bytes().all(|digit| digit == b'0') => whole,
            _ => &text,
        };
        match number(digits) {
            Some(number) if number.unsigned_abs() <= MAX_SAFE_INTEGER.unsigned_abs() => Ok(Some(number)),
            _ => Err(Mismatch::new(EXPECTED, found)),
        }
    }

    /// Reads `true` or `false`, also one that was sent as a string. `null` and the empty string are `None`.
    pub fn boolean_or_null(&mut self) -> Result<Option<bool>, Mismatch> {
        const EXPECTED: &str = "true or false";
        match self.peek() {
            Some(b't') => self.literal("true").map(|()| Some(true)),
            Some(b'f') => self.literal("false").map(|()| Some(false)),
            Some(b'"' | b'n') => match self.text_or_null()?.as_deref() {
                None => Ok(None),
                Some("true") => Ok(Some(true)),
                Some("false") => Ok(Some(false)),
                Some(_) => Err(Mismatch::new(EXPECTED, "a string that is neither")),
            },
            _ => Err(self.mismatch(EXPECTED)),
        }
    }

    /// Reads past any value and returns its text. Refused within a string, where the text is still escaped.
    pub fn span(&mut self) -> Result<&'a str, Mismatch> {
        self.peek();
        if self.quote == 2 {
            return Err(self.syntax("text that is not escaped"));
        }
        let start = self.at;
        self.skip()?;
        Ok(self.text.get(start..self.at).unwrap_or_default())
    }

    /// Reads past any value.
    pub fn skip(&mut self) -> Result<(), Mismatch> {
        // The closing brackets still owed, instead of recursion: nesting is the sender's to choose.
        let mut owed: Vec<u8> = Vec::new();
        loop {
            match self.peek() {
                Some(b'{') => {
                    self.at += 1;
                    if !self.eat(b'}') {
                        self.key()?;
                        owed.push(b'}');
                        continue;
                    }
                }
                Some(b'[') => {
                    self.at += 1;
                    if !self.eat(b']') {
                        owed.push(b']');
                        continue;
                    }
                }
                Some(b'"') => self.skip_quoted()?,
                Some(b'-' | b'0'..=b'9') => drop(self.number()?),
                Some(b't') => self.literal("true")?,
                Some(b'f') => self.literal("false")?,
                Some(b'n') => self.literal("null")?,
                _ => return Err(self.syntax("a value")),
            }
            loop {
                let Some(&bracket) = owed.last() else { return Ok(()) };
                if self.eat(b',') {
                    if bracket == b'}' {
                        self.key()?;
                    }
                    break;
                }
                self.close(bracket)?;
                owed.pop();
            }
        }
    }

    /// Reads `null`, if that is what comes.
    fn null(&mut self) -> Result<bool, Mismatch> {
        if self.peek() != Some(b'n') {
            return Ok(false);
        }
        self.literal("null").map(|()| true)
    }

    pub(crate) fn key(&mut self) -> Result<Cow<'a, str>, Mismatch> {
        if self.peek() != Some(b'"') {
            return Err(self.syntax("a key in quotes"));
        }
        let key = self.quoted()?;
        if self.eat(b':') { Ok(key) } else { Err(self.syntax("a colon")) }
    }

    pub(crate) fn close(&mut self, bracket: u8) -> Result<(), Mismatch> {
        match (self.eat(bracket), bracket) {
            (true, _) => Ok(()),
            (false, b'}') => Err(self.syntax("a comma or `}`")),
            (false, _) => Err(self.syntax("a comma or `]`")),
        }
    }

    /// A value of another type stands here, or none.
    pub fn mismatch(&self, expected: &'static str) -> Mismatch {
        match self.byte() {
            Some(b'{') => Mismatch::new(expected, "an object"),
            Some(b'[') => Mismatch::new(expected, "an array"),
            Some(b'"' | b'\\') => Mismatch::new(expected, "a string"),
            Some(b'-' | b'0'..=b'9') => Mismatch::new(expected, "a number"),
            Some(b't' | b'f') => Mismatch::new(expected, "a boolean"),
            Some(b'n') => Mismatch::new(expected, "null"),
            None if self.text.trim_ascii().is_empty() => Mismatch::new(expected, "nothing"),
            _ => self.syntax(expected),
        }
    }

    /// The text is not JSON here.
    fn syntax(&self, expected: &'static str) -> Mismatch {
        let found = match self.text.get(self.at..).and_then(|rest| rest.chars().next()) {
            Some(character) if character.is_ascii_graphic() => concat(&["`", character.encode_utf8(&mut [0; 4]), "`"]),
            Some(character) => {
                let code = u32::from(character);
                let bytes = code.to_be_bytes();
                let digits = hex(bytes.get(if code > 0xffff { 1.. } else { 2.. }).unwrap_or_default());
                concat(&["U+", &digits.to_ascii_uppercase()])
            }
            None => "the end of the text,".to_owned(),
        };
        let found = concat(&[&found, " at byte ", &size(self.at)]);
        Mismatch::new(expected, found)
    }
}
