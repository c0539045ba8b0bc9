//! Objects with many fields that are passed on as they are: a row of a table for each.

use std::borrow::Cow;

use serde::{Serialize, Serializer};

use crate::json::{Mismatch, Reader};

/// The fields of an object that a service documents, each with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record(Vec<(&'static str, FieldValue)>);

/// The value of one field.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum FieldValue {
    /// `null`, or left out.
    #[default]
    Nothing,
    /// A text.
    Text(String),
    /// An integer.
    Integer(i64),
    /// `true` or `false`.
    Flag(bool),
    /// Texts.
    Texts(Vec<String>),
}

/// Reads the value of a field.
pub type Read = fn(&mut Reader<'_>) -> Result<FieldValue, Mismatch>;

/// One documented field.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// The service's name of it.
    pub name: &'static str,
    /// The name that it is given here.
    pub shown: &'static str,
    /// Reads its value.
    pub read: Read,
}

impl Record {
    /// An object that has none of its fields: each is what `null` is read as.
    pub fn empty(fields: &[Field]) -> Self {
        let value = |field: &Field| (field.read)(&mut Reader::new("null")).unwrap_or_default();
        Self(fields.iter().map(|field| (field.shown, value(field))).collect())
    }

    /// Reads an object. Fields that are not documented are left out.
    ///
    /// # Errors
    ///
    /// The place where the object is not what the documents describe.
    pub fn read(fields: &[Field], value: &mut Reader<'_>) -> Result<Self, Mismatch> {
        let mut record = Self::empty(fields);
        value.object(&mut |key, value| {
            match fields.iter().zip(&mut record.0).find(|(field, _)| field.name == key) {
                Some((field, (_, place))) => *place = (field.read)(value)?,
                None => value.skip()?,
            }
            Ok(())
        })?;
        Ok(record)
    }

    /// The fields under the names that they are given here, in the order of the documents.
    pub fn fields(&self) -> &[(&'static str, FieldValue)] {
        &self.0
    }

    /// A field by the name that it is given here; `None` when there is no such field.
    pub fn get(&self, name: &str) -> Option<&FieldValue> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// A field that is a text and is there.
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.get(name) {
            Some(FieldValue::Text(text)) => Some(text),
            _ => None,
        }
    }
}

impl Serialize for Record {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

/// Reads a text.
pub fn text(value: &mut Reader<'_>) -> Result<FieldValue, Mismatch> {
    Ok(value.text_or_null()?.map_or(FieldValue::Nothing, |text| FieldValue::Text(text.into_owned())))
}

/// Reads one of the service's words: in its documented spelling, or as it came when it is not documented.
pub fn word(value: &mut Reader<'_>, words: &[&str]) -> Result<FieldValue, Mismatch> {
    let Some(word) = value.text_or_null()? else { return Ok(FieldValue::Nothing) };
    let known = words.iter().find(|known| known.eq_ignore_ascii_case(&word));
    Ok(FieldValue::Text(known.map_or_else(|| word.into_owned(), |known| (*known).to_owned())))
}

/// Reads an integer.
pub fn integer(value: &mut Reader<'_>) -> Result<FieldValue, Mismatch> {
    value.integer_or_null().map(integer_or_nothing)
}

/// What an integer that may be there is as a value.
pub fn integer_or_nothing(integer: Option<i64>) -> FieldValue {
    integer.map_or(FieldValue::Nothing, FieldValue::Integer)
}

/// Reads `true` or `false`.
pub fn flag(value: &mut Reader<'_>) -> Result<FieldValue, Mismatch> {
    Ok(value.boolean_or_null()?.map_or(FieldValue::Nothing, FieldValue::Flag))
}

/// Reads an array of texts. `null` is an empty one.
pub fn texts(value: &mut Reader<'_>) -> Result<FieldValue, Mismatch> {
    let mut texts = Vec::new();
    value.array_or_null(&mut |text| {
        texts.extend(text.text_or_null()?.map(Cow::into_owned));
        Ok(())
    })?;
    Ok(FieldValue::Texts(texts))
}
