//! The tokens of JSON text, as they stand and as they are written within a string.

use std::borrow::Cow;

use crate::text::text_of;
use crate::{Mismatch, Reader};

impl<'a> Reader<'a> {
    /// The next byte that is not white space, without reading it; `"` for a quote, however it is written.
    pub fn peek(&mut self) -> Option<u8> {
        loop {
            match self.byte() {
                // The quote that ends the string in which the text stands.
                Some(b'"') if self.quote == 2 => return None,
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

    pub(crate) fn literal(&mut self, word: &'static str) -> Result<(), Mismatch> {
        if !self.text.get(self.at..).is_some_and(|rest| rest.starts_with(word)) {
            return Err(self.syntax("a value"));
        }
        self.at += word.len();
        Ok(())
    }

    pub(crate) fn number(&mut self) -> Result<&'a str, Mismatch> {
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

    pub(crate) fn quoted(&mut self) -> Result<Cow<'a, str>, Mismatch> {
        self.at += self.quote;
        let plain = self.unescaped_run();
        if self.eat_quote() {
            return Ok(Cow::Borrowed(plain));
        }
        let mut text = Vec::from(plain);
        loop {
            match self.short_escape() {
                Some(byte) => text.push(byte),
                None => text.extend_from_slice(self.unicode_escape()?.encode_utf8(&mut [0; 4]).as_bytes()),
            }
            self.copy_run(&mut text);
            if self.eat_quote() {
                return Ok(Cow::Owned(text_of(text)));
            }
        }
    }

    /// Copies everything up to the next quote, backslash or control character. In eights, as it is short between two escapes,
    /// and to copy a slice of any length is a call on WebAssembly.
    #[inline(always)]
    fn copy_run(&mut self, to: &mut Vec<u8>) {
        while let Some(&word) = self.text.as_bytes().get(self.at..).and_then(<[u8]>::first_chunk::<8>) {
            let ends = ends_in(u64::from_le_bytes(word));
            let plain = if ends == 0 { 8 } else { ends.trailing_zeros() as usize / 8 };
            to.extend_from_slice(&word);
            to.truncate(to.len() - (8 - plain));
            self.at += plain;
            if ends != 0 {
                return;
            }
        }
        // By bytes: an eight may have ended within a character.
        while let Some(byte) = self.byte().filter(|&byte| !ends_run(byte)) {
            to.push(byte);
            self.at += 1;
        }
    }

    /// The character of an escape of one letter, with its backslash; `None`, and nothing is read, where another stands. A
    /// document within a string has one every few bytes.
    #[inline(always)]
    fn short_escape(&mut self) -> Option<u8> {
        let backslash = |distance| self.at(distance) == Some(b'\\');
        let is_nested = self.quote == 2;
        if !backslash(0) || (is_nested && !backslash(1)) {
            return None;
        }
        let (byte, length) = match self.at(self.quote)? {
            b'b' => (b'\x08', 1),
            b'f' => (b'\x0c', 1),
            b'n' => (b'\n', 1),
            b'r' => (b'\r', 1),
            b't' => (b'\t', 1),
            b'/' => (b'/', 1),
            // Where the text is still escaped, these are escaped once more.
            b'\\' if is_nested => match self.at(3)? {
                byte @ (b'"' | b'\\') => (byte, 2),
                _ => return None,
            },
            byte @ (b'"' | b'\\') if !is_nested => (byte, 1),
            _ => return None,
        };
        self.at += self.quote + length;
        Some(byte)
    }

    pub(crate) fn skip_quoted(&mut self) -> Result<(), Mismatch> {
        self.at += self.quote;
        loop {
            self.unescaped_run();
            if self.eat_quote() {
                return Ok(());
            }
            self.escape()?;
        }
    }

    /// Everything up to the next quote, backslash or control character.
    #[inline]
    fn unescaped_run(&mut self) -> &'a str {
        let Run { text, .. } = run(self.text, self.at);
        self.at += text.len();
        text
    }

    /// The text after `opening`, which is a key, a colon and a quote, and past its closing quote; `None`, and nothing is
    /// read, where something else stands, or an escape stands in the text.
    #[inline]
    pub(crate) fn plain_text_after(&mut self, opening: &str) -> Option<Run<'a>> {
        let start = self.at + opening.len();
        if !is_same(self.text.as_bytes().get(self.at..start)?, opening.as_bytes()) {
            return None;
        }
        let run = run(self.text, start);
        self.at = start + run.text.len();
        if !self.eat_quote() {
            self.at = start - opening.len();
            return None;
        }
        Some(run)
    }

    #[inline]
    pub(crate) fn eat_comma(&mut self) -> bool {
        self.eat_here(b',') || self.eat(b',')
    }

    #[inline(always)]
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

    /// An escape, with its backslash.
    fn escape(&mut self) -> Result<char, Mismatch> {
        match self.short_escape() {
            Some(byte) => Ok(char::from(byte)),
            None => self.unicode_escape(),
        }
    }

    /// One `\uXXXX`, or two that make a pair. A half of a pair alone becomes U+FFFD: text in Rust cannot hold it.
    fn unicode_escape(&mut self) -> Result<char, Mismatch> {
        self.eat_backslash()?;
        if !self.eat_here(b'u') {
            return Err(self.syntax("an escape"));
        }
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
    pub(crate) fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    #[inline(always)]
    fn eat_here(&mut self, byte: u8) -> bool {
        let found = self.byte() == Some(byte);
        self.at += usize::from(found);
        found
    }

    pub(crate) fn eat(&mut self, byte: u8) -> bool {
        self.peek();
        self.eat_here(byte)
    }
}

/// A stretch of text in which nothing is escaped.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Run<'a> {
    pub text: &'a str,
    pub is_ascii: bool,
}

/// Everything from a place up to the next quote, backslash or control character, eight bytes at a time.
#[inline(always)]
pub(crate) fn run(text: &str, start: usize) -> Run<'_> {
    let bytes = text.as_bytes();
    let (mut end, mut high) = (start, 0);
    while let Some(word) = bytes.get(end..end + 8).and_then(|chunk| chunk.try_into().ok()).map(u64::from_le_bytes) {
        let ends = ends_in(word);
        if ends != 0 {
            // The lowest of them is sure; those above it may be a borrow.
            let before = ends.trailing_zeros() & !7;
            high |= word & !(u64::MAX << before);
            end += before as usize / 8;
            return Run { text: text.get(start..end).unwrap_or_default(), is_ascii: high & HIGH == 0 };
        }
        high |= word;
        end += 8;
    }
    while let Some(&byte) = bytes.get(end) {
        if ends_run(byte) {
            break;
        }
        high |= u64::from(byte);
        end += 1;
    }
    Run { text: text.get(start..end).unwrap_or_default(), is_ascii: high & HIGH == 0 }
}

/// `==`, which calls a function that compares byte by byte on WebAssembly.
#[inline]
pub(crate) fn is_same(bytes: &[u8], others: &[u8]) -> bool {
    let (words, rest) = bytes.as_chunks();
    let (other_words, other_rest) = others.as_chunks();
    bytes.len() == others.len()
        && words.iter().zip(other_words).all(|(word, other)| u64::from_le_bytes(*word) == u64::from_le_bytes(*other))
        && rest.iter().zip(other_rest).all(|(byte, other)| byte == other)
}

fn ends_run(byte: u8) -> bool {
    matches!(byte, b'"' | b'\\' | ..b' ')
}

const ONES: u64 = u64::MAX / 255;
const HIGH: u64 = ONES * 128;

/// The highest bit of each byte that is a quote, a backslash or a control character.
#[inline]
fn ends_in(word: u64) -> u64 {
    let zeros = |word: u64| word.wrapping_sub(ONES) & !word;
    let quotes = zeros(word ^ (ONES * b'"' as u64));
    let backslashes = zeros(word ^ (ONES * b'\\' as u64));
    let controls = word.wrapping_sub(ONES * b' ' as u64) & !word;
    (quotes | backslashes | controls) & HIGH
}

/// A text with every escape undone, whether it is JSON or not.
pub fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(place) = rest.bytes().position(|byte| byte == b'\\') {
        let mut reader = Reader { at: place, ..Reader::new(rest) };
        plain.push_str(rest.get(..place).unwrap_or_default());
        plain.extend(reader.escape().ok());
        rest = rest.get(reader.at..).unwrap_or_default();
    }
    plain + rest
}
