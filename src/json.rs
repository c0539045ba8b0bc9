//! A pull reader for JSON text.
//!
//! The reading code says what it expects, value by value, and gets a [`Mismatch`] with the place in the body where that
//! is not what came. No tree is built and nothing recurses on the input, so neither size nor nesting can exhaust the
//! stack. Of a repeated key the last one counts, as in `JSON.parse`.
//!
//! The module is compiled for size; the few functions that run for every byte are inlined by hand, which halves the time
//! of a decoding for a hundred bytes.
//!
//! JSON that stands as a string inside other JSON can be read where it is, without unescaping it first: see
//! [`Reader::nested`].

use std::borrow::Cow;

/// The largest integer that a JavaScript number holds exactly: 2^53 − 1.
pub const MAX_SAFE_INTEGER: i64 = 9_007_199_254_740_991;

/// What came was not what was expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// Where in the body, such as `task_result.success[3].id`; empty for the body as a whole.
    pub path: String,
    /// What was expected there, such as `a string`.
    pub expected: &'static str,
    /// What was there instead: its type, never its value, which may be a secret.
    pub found: Cow<'static, str>,
}

impl Mismatch {
    /// A field that has to be there is not.
    pub fn missing(path: &str, expected: &'static str) -> Self {
        Self { path: path.to_owned(), expected, found: "nothing".into() }
    }

    /// The same mismatch, seen from the object that holds it under `key`.
    #[must_use]
    pub fn inside(mut self, key: &str) -> Self {
        let key: String = key.chars().take(64).collect();
        let dot = if self.path.is_empty() || self.path.starts_with('[') { "" } else { "." };
        self.path = key + dot + &self.path;
        self
    }

    fn inside_row(mut self, index: usize) -> Self {
        let dot = if self.path.is_empty() || self.path.starts_with('[') { "" } else { "." };
        self.path = format!("[{index}]{dot}{}", self.path);
        self
    }
}

/// Reads one field of an object: is handed its key, and the reader before its value, which it must read or skip.
pub type Field<'f, 'a> = &'f mut dyn FnMut(&str, &mut Reader<'a>) -> Result<(), Mismatch>;

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
pub fn object<'a>(text: &'a str, field: Field<'_, 'a>) -> Result<(), Mismatch> {
    Reader::new(text).whole_object(field)
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

    /// Reads an object, field by field, and requires that nothing follows it.
    pub fn whole_object(mut self, field: Field<'_, 'a>) -> Result<(), Mismatch> {
        self.object(field)?;
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.syntax("the end of the text")),
        }
    }

    /// Reads an object, field by field.
    pub fn object(&mut self, field: Field<'_, 'a>) -> Result<(), Mismatch> {
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
            if !self.eat(b',') {
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
        let digits = match text.split_once('.') {
            Some((whole, fraction)) if fraction.bytes().all(|digit| digit == b'0') => whole,
            _ => &text,
        };
        match digits.parse::<i64>() {
            Ok(number) if number.unsigned_abs() <= MAX_SAFE_INTEGER.unsigned_abs() => Ok(Some(number)),
            _ => Err(self.mismatch_of(EXPECTED, found)),
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

    /// The next byte that is not white space, without reading it; `"` for a quote, however it is written.
    pub fn peek(&mut self) -> Option<u8> {
        loop {
            match self.byte() {
                byte @ Some(b'!'..=b'[' | b']'..) => return byte,
                Some(b' ' | b'\t' | b'\n' | b'\r') => self.at += 1,
                Some(b'\\') if self.quote == 2 => match self.at(1) {
                    Some(b't' | b'n' | b'r') => self.at += 2,
                    Some(b'"') => return Some(b'"'),
                    _ => return Some(b'\\'),
                },
                byte => return byte,
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

    fn key(&mut self) -> Result<Cow<'a, str>, Mismatch> {
        if self.peek() != Some(b'"') {
            return Err(self.syntax("a key in quotes"));
        }
        let key = self.quoted()?;
        if self.eat(b':') { Ok(key) } else { Err(self.syntax("a colon")) }
    }

    fn close(&mut self, bracket: u8) -> Result<(), Mismatch> {
        match (self.eat(bracket), bracket) {
            (true, _) => Ok(()),
            (false, b'}') => Err(self.syntax("a comma or `}`")),
            (false, _) => Err(self.syntax("a comma or `]`")),
        }
    }

    fn literal(&mut self, word: &'static str) -> Result<(), Mismatch> {
        if !self.text.get(self.at..).is_some_and(|rest| rest.starts_with(word)) {
            return Err(self.syntax("a value"));
        }
        self.at += word.len();
        Ok(())
    }

    fn number(&mut self) -> Result<&'a str, Mismatch> {
        let start = self.at;
        self.eat_here(b'-');
        if !self.eat_here(b'0') && self.digits() == 0 {
            return Err(self.syntax("a digit"));
        }
        if self.eat_here(b'.') && self.digits() == 0 {
            return Err(self.syntax("a digit"));
        }
        if self.eat_here(b'e') || self.eat_here(b'E') {
            let _sign = self.eat_here(b'+') || self.eat_here(b'-');
            if self.digits() == 0 {
                return Err(self.syntax("a digit"));
            }
        }
        Ok(self.text.get(start..self.at).unwrap_or_default())
    }

    fn digits(&mut self) -> usize {
        let start = self.at;
        while let Some(b'0'..=b'9') = self.byte() {
            self.at += 1;
        }
        self.at - start
    }

    fn quoted(&mut self) -> Result<Cow<'a, str>, Mismatch> {
        self.at += self.quote;
        let plain = self.unescaped_run();
        if self.eat_quote() {
            return Ok(Cow::Borrowed(plain));
        }
        let mut text = String::from(plain);
        loop {
            self.eat_backslash()?;
            text.push(self.escape()?);
            text.push_str(self.unescaped_run());
            if self.eat_quote() {
                return Ok(Cow::Owned(text));
            }
        }
    }

    fn skip_quoted(&mut self) -> Result<(), Mismatch> {
        self.at += self.quote;
        loop {
            self.unescaped_run();
            if self.eat_quote() {
                return Ok(());
            }
            // Most escapes in JSON inside JSON are of quotes.
            if self.quote == 1 && self.at(1) == Some(b'"') && self.byte() == Some(b'\\') {
                self.at += 2;
            } else {
                self.eat_backslash()?;
                self.escape()?;
            }
        }
    }

    /// Everything up to the next quote, backslash or control character.
    #[inline(always)]
    fn unescaped_run(&mut self) -> &'a str {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let mut end = start;
        // A plain loop: what iterators compile to when optimised for size is several times slower.
        while let Some(&byte) = bytes.get(end) {
            if byte == b'"' || byte == b'\\' || byte < b' ' {
                break;
            }
            end += 1;
        }
        self.at = end;
        self.text.get(start..end).unwrap_or_default()
    }

    fn eat_quote(&mut self) -> bool {
        self.eat_escaped(b'"')
    }

    fn eat_backslash(&mut self) -> Result<(), Mismatch> {
        if self.eat_escaped(b'\\') { Ok(()) } else { Err(self.syntax("a closing quote")) }
    }

    /// Reads a quote or a backslash, which have a backslash before them where the text is still escaped.
    #[inline(always)]
    fn eat_escaped(&mut self, byte: u8) -> bool {
        let found = match self.quote {
            1 => self.byte() == Some(byte),
            _ => self.byte() == Some(b'\\') && self.at(1) == Some(byte),
        };
        self.at += if found { self.quote } else { 0 };
        found
    }

    /// What follows a backslash.
    fn escape(&mut self) -> Result<char, Mismatch> {
        if self.quote == 2 && self.byte() == Some(b'\\') {
            // An escaped quote or backslash is itself escaped once more.
            self.at += 1;
            return match self.byte() {
                Some(byte @ (b'"' | b'\\')) => {
                    self.at += 1;
                    Ok(char::from(byte))
                }
                _ => Err(self.syntax("an escape")),
            };
        }
        let character = match self.byte() {
            Some(byte @ (b'"' | b'\\')) if self.quote == 1 => char::from(byte),
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                self.at += 1;
                return self.unicode_escape();
            }
            _ => return Err(self.syntax("an escape")),
        };
        self.at += 1;
        Ok(character)
    }

    /// One `\uXXXX`, or two that make a pair. A half of a pair alone becomes U+FFFD: text in Rust cannot hold it.
    fn unicode_escape(&mut self) -> Result<char, Mismatch> {
        let first = self.four_hex_digits()?;
        let after = self.at;
        if (0xd800..0xdc00).contains(&first) && self.eat_backslash().is_ok() && self.eat_here(b'u') {
            let second = self.four_hex_digits()?;
            if (0xdc00..0xe000).contains(&second) {
                let pair = 0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00);
                return Ok(char::from_u32(pair).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
        }
        self.at = after;
        Ok(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn four_hex_digits(&mut self) -> Result<u32, Mismatch> {
        let mut value = 0;
        for _ in 0..4 {
            let digit = self.byte().and_then(|byte| char::from(byte).to_digit(16));
            value = value * 16 + digit.ok_or_else(|| self.syntax("four hex digits"))?;
            self.at += 1;
        }
        Ok(value)
    }

    #[inline(always)]
    fn at(&self, distance: usize) -> Option<u8> {
        self.text.as_bytes().get(self.at + distance).copied()
    }

    #[inline(always)]
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    #[inline(always)]
    fn eat_here(&mut self, byte: u8) -> bool {
        let found = self.byte() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn eat(&mut self, byte: u8) -> bool {
        self.peek();
        self.eat_here(byte)
    }

    /// A value of another type stands here, or none.
    pub fn mismatch(&self, expected: &'static str) -> Mismatch {
        match self.byte() {
            Some(b'{') => self.mismatch_of(expected, "an object"),
            Some(b'[') => self.mismatch_of(expected, "an array"),
            Some(b'"' | b'\\') => self.mismatch_of(expected, "a string"),
            Some(b'-' | b'0'..=b'9') => self.mismatch_of(expected, "a number"),
            Some(b't' | b'f') => self.mismatch_of(expected, "a boolean"),
            Some(b'n') => self.mismatch_of(expected, "null"),
            None if self.text.trim().is_empty() => self.mismatch_of(expected, "nothing"),
            _ => self.syntax(expected),
        }
    }

    fn mismatch_of(&self, expected: &'static str, found: &'static str) -> Mismatch {
        Mismatch { path: String::new(), expected, found: found.into() }
    }

    /// The text is not JSON here.
    fn syntax(&self, expected: &'static str) -> Mismatch {
        let found = match self.text.get(self.at..).and_then(|rest| rest.chars().next()) {
            Some(character) if character.is_ascii_graphic() => format!("`{character}` at byte {}", self.at).into(),
            Some(character) => format!("U+{:04X} at byte {}", u32::from(character), self.at).into(),
            None => format!("the end of the text, at byte {}", self.at).into(),
        };
        Mismatch { path: String::new(), expected, found }
    }
}
