//! The writing of JSON, by way of serde.
//!
//! It writes what this crate has: no floats, no bytes, no variants with values. That is a third less code in the module
//! than `serde_json` brings, and two thirds less than making JavaScript's objects one by one.

use std::fmt;

use serde::ser::{
    Error, Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeTuple, Serializer,
};

use crate::text::{concat, hex, push_integer};

/// A value as JSON text. What JSON does not have, or this writer does not know, is `null`.
pub fn to_text<T: Serialize + ?Sized>(value: &T) -> String {
    let mut text = String::new();
    match value.serialize(Writer(&mut text)) {
        Ok(()) => text,
        Err(Unknown) => "null".into(),
    }
}

/// Writes a string with its quotes.
pub fn quote(value: &str, text: &mut String) {
    text.push('"');
    let mut rest = value;
    while let Some(place) = rest.bytes().position(|byte| byte < b' ' || matches!(byte, b'"' | b'\\')) {
        let Some((plain, special)) = rest.split_at_checked(place) else { break };
        text.push_str(plain);
        match special.bytes().next().unwrap_or_default() {
            b'\n' => text.push_str("\\n"),
            byte if byte < b' ' => text.push_str(&concat(&["\\u00", &hex(&[byte])])),
            byte => text.extend(['\\', char::from(byte)]),
        }
        rest = special.get(1..).unwrap_or_default();
    }
    text.push_str(rest);
    text.push('"');
}

/// Something was to be written that this writer does not know.
#[derive(Debug)]
struct Unknown;

impl fmt::Display for Unknown {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value that is not written")
    }
}

impl std::error::Error for Unknown {}

impl Error for Unknown {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

struct Writer<'a>(&'a mut String);

/// An object or an array that is being written.
struct List<'a> {
    text: &'a mut String,
    is_empty: bool,
    close: char,
}

impl List<'_> {
    fn item<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), Unknown> {
        if !std::mem::take(&mut self.is_empty) {
            self.text.push(',');
        }
        item.serialize(Writer(self.text))
    }

    fn value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unknown> {
        self.text.push(':');
        value.serialize(Writer(self.text))
    }

    fn close(self) -> Result<(), Unknown> {
        self.text.push(self.close);
        Ok(())
    }
}

impl<'a> Serializer for Writer<'a> {
    type Ok = ();
    type Error = Unknown;
    type SerializeSeq = List<'a>;
    type SerializeTuple = List<'a>;
    type SerializeMap = List<'a>;
    type SerializeStruct = List<'a>;
    type SerializeTupleStruct = Impossible<(), Unknown>;
    type SerializeTupleVariant = Impossible<(), Unknown>;
    type SerializeStructVariant = Impossible<(), Unknown>;

    fn serialize_bool(self, value: bool) -> Result<(), Unknown> {
        self.0.push_str(if value { "true" } else { "false" });
        Ok(())
    }

    fn serialize_i8(self, value: i8) -> Result<(), Unknown> {
        self.serialize_i64(value.into())
    }

    fn serialize_i16(self, value: i16) -> Result<(), Unknown> {
        self.serialize_i64(value.into())
    }

    fn serialize_i32(self, value: i32) -> Result<(), Unknown> {
        self.serialize_i64(value.into())
    }

    fn serialize_i64(self, value: i64) -> Result<(), Unknown> {
        push_integer(value, self.0);
        Ok(())
    }

    fn serialize_u8(self, value: u8) -> Result<(), Unknown> {
        self.serialize_i64(value.into())
    }

    fn serialize_u16(self, value: u16) -> Result<(), Unknown> {
        self.serialize_i64(value.into())
    }

    fn serialize_u32(self, value: u32) -> Result<(), Unknown> {
        self.serialize_i64(value.into())
    }

    fn serialize_u64(self, value: u64) -> Result<(), Unknown> {
        self.serialize_i64(i64::try_from(value).map_err(|_| Unknown)?)
    }

    fn serialize_f32(self, _: f32) -> Result<(), Unknown> {
        Err(Unknown)
    }

    fn serialize_f64(self, _: f64) -> Result<(), Unknown> {
        Err(Unknown)
    }

    fn serialize_char(self, _: char) -> Result<(), Unknown> {
        Err(Unknown)
    }

    fn serialize_str(self, value: &str) -> Result<(), Unknown> {
        quote(value, self.0);
        Ok(())
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<(), Unknown> {
        Err(Unknown)
    }

    fn serialize_none(self) -> Result<(), Unknown> {
        self.0.push_str("null");
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Unknown> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Unknown> {
        self.serialize_none()
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Unknown> {
        self.serialize_none()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Unknown> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), Unknown> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Unknown> {
        Err(Unknown)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<List<'a>, Unknown> {
        self.0.push('[');
        Ok(List { text: self.0, is_empty: true, close: ']' })
    }

    fn serialize_tuple(self, length: usize) -> Result<List<'a>, Unknown> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Impossible<(), Unknown>, Unknown> {
        Err(Unknown)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Impossible<(), Unknown>, Unknown> {
        Err(Unknown)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<List<'a>, Unknown> {
        self.0.push('{');
        Ok(List { text: self.0, is_empty: true, close: '}' })
    }

    fn serialize_struct(self, _: &'static str, length: usize) -> Result<List<'a>, Unknown> {
        self.serialize_map(Some(length))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Impossible<(), Unknown>, Unknown> {
        Err(Unknown)
    }
}

impl SerializeSeq for List<'_> {
    type Ok = ();
    type Error = Unknown;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unknown> {
        self.item(value)
    }

    fn end(self) -> Result<(), Unknown> {
        self.close()
    }
}

impl SerializeTuple for List<'_> {
    type Ok = ();
    type Error = Unknown;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unknown> {
        self.item(value)
    }

    fn end(self) -> Result<(), Unknown> {
        self.close()
    }
}

impl SerializeMap for List<'_> {
    type Ok = ();
    type Error = Unknown;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Unknown> {
        self.item(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unknown> {
        self.value(value)
    }

    fn end(self) -> Result<(), Unknown> {
        self.close()
    }
}

impl SerializeStruct for List<'_> {
    type Ok = ();
    type Error = Unknown;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Unknown> {
        self.item(key)?;
        self.value(value)
    }

    fn end(self) -> Result<(), Unknown> {
        self.close()
    }
}

#[cfg(test)]
mod tests {
    use serde::Serialize;

    use super::to_text;

    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Everything {
        plain_text: &'static str,
        texts: Vec<&'static str>,
        nothing: Option<i64>,
        number: Option<i64>,
        flag: bool,
        pair: (&'static str, u16),
        word: Word,
        inner: Vec<Inner>,
    }

    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    enum Word {
        NotFound,
    }

    #[derive(Serialize)]
    struct Inner {}

    #[test]
    fn what_is_written_is_what_serde_json_writes() {
        let value = Everything {
            plain_text: "a\"b\\c\nd\u{1}\u{1f}\u{7f}é😀\t\r",
            texts: vec!["x", "", "y"],
            nothing: None,
            number: Some(i64::MIN),
            flag: true,
            pair: ("p", u16::MAX),
            word: Word::NotFound,
            inner: vec![Inner {}, Inner {}],
        };
        let written: serde_json::Value = serde_json::from_str(&to_text(&value)).unwrap();
        assert_eq!(written, serde_json::to_value(&value).unwrap());
    }

    #[test]
    fn what_is_not_known_is_nothing() {
        assert_eq!(to_text(&1.5), "null");
        assert_eq!(to_text(&[1.5]), "null");
    }
}
