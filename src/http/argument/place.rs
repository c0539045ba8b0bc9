//! The way of an argument into a struct: what stands where, and what is wrong there.

use std::fmt::Display;

use serde::de::{self, DeserializeSeed, Deserializer, IntoDeserializer, SeqAccess, Visitor};

use super::Argument;
use crate::error::Error;

/// A value and where it stands.
pub(super) struct Place<'a> {
    argument: Argument,
    /// The path of the object that it is a field of, and the field; nothing for the outermost value.
    within: &'a str,
    field: &'a str,
    /// What the outermost value is called.
    name: &'a str,
}

impl<'a> Place<'a> {
    /// A value that is in no other.
    pub(super) fn outermost(argument: Argument, name: &'a str) -> Self {
        Self { argument, within: "", field: "", name }
    }

    fn path(&self) -> String {
        below(self.within, self.field)
    }

    fn wrong(&self, problem: impl Display) -> Error {
        let path = self.path();
        Error::config(if path.is_empty() { self.name } else { &path }, &problem.to_string())
    }

    /// Refuses what is no object with some of these fields and no others.
    fn refuse_unknown(&self, path: &str, names: &[&str]) -> Result<(), Error> {
        let Argument::Object(fields) = &self.argument else { return Err(self.wrong("expected an object")) };
        let unknown = fields.iter().find(|(field, _)| !names.contains(&field.as_str()));
        let Some((field, _)) = unknown else { return Ok(()) };
        let known: Vec<String> = names.iter().map(|name| below(path, name)).collect();
        let problem = format!("unknown; expected one of {}", known.join(", "));
        Err(Place { argument: Argument::Nothing, within: path, field, name: self.name }.wrong(problem))
    }
}

impl<'de> Deserializer<'de> for Place<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let Self { argument, within, field, name } = self;
        let visited = match argument {
            Argument::Nothing => visitor.visit_unit(),
            Argument::Text(text) => visitor.visit_string(text),
            Argument::Number(number) => visitor.visit_f64(number),
            Argument::Flag(flag) => visitor.visit_bool(flag),
            Argument::List(list) => visitor.visit_seq(Items { items: list.into_iter(), within, field, name }),
            // What has fields of its own is read as a struct.
            Argument::Object(_) => Err(de::Error::invalid_type(de::Unexpected::Map, &visitor)),
        };
        visited.map_err(|error| error.placed(&below(within, field)).placed(name))
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.argument {
            Argument::Flag(flag) => visitor.visit_bool(flag),
            _ => Err(self.wrong("expected true or false")),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.argument {
            Argument::Text(text) if !text.is_empty() => visitor.visit_string(text),
            _ => Err(self.wrong("expected a non-empty string")),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_string(visitor)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let is_text = |item: &Argument| matches!(item, Argument::Text(text) if !text.is_empty());
        match &self.argument {
            Argument::List(list) if list.iter().all(is_text) => self.deserialize_any(visitor),
            _ => Err(self.wrong("expected an array of non-empty strings")),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.argument {
            Argument::Nothing => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match &self.argument {
            Argument::Text(word) if variants.contains(&word.as_str()) => {
                visitor.visit_enum(word.as_str().into_deserializer())
            }
            _ => Err(self.wrong(format_args!("expected one of {}", variants.join(", ")))),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let path = self.path();
        self.refuse_unknown(&path, fields)?;
        // In the order of the struct: to read it as a sequence takes a third of the code that it takes as a map by names.
        visitor.visit_seq(Fields { argument: self.argument, names: fields.iter(), path: &path, name: self.name })
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct map
        identifier ignored_any
    }
}

/// The fields of an object, in the order of the struct. What is left out is there as nothing, so that its own type says what
/// it expects.
struct Fields<'a> {
    argument: Argument,
    names: std::slice::Iter<'static, &'static str>,
    path: &'a str,
    name: &'a str,
}

impl<'de> SeqAccess<'de> for Fields<'_> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        let Some(field) = self.names.next() else { return Ok(None) };
        let argument = self.argument.take(field);
        seed.deserialize(Place { argument, within: self.path, field, name: self.name }).map(Some)
    }
}

/// The items of a list.
struct Items<'a> {
    items: std::vec::IntoIter<Argument>,
    within: &'a str,
    field: &'a str,
    name: &'a str,
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        let Some(argument) = self.items.next() else { return Ok(None) };
        seed.deserialize(Place { argument, within: self.within, field: self.field, name: self.name }).map(Some)
    }
}

fn below(path: &str, field: &str) -> String {
    if path.is_empty() { field.to_owned() } else { [path, ".", field].concat() }
}

/// How serde says that something is wrong: with what was expected, and never with the value.
impl de::Error for Error {
    fn custom<T: Display>(problem: T) -> Self {
        Self::config("", &problem.to_string())
    }

    fn invalid_type(_: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::custom(format_args!("expected {expected}"))
    }

    fn invalid_value(_: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::custom(format_args!("expected {expected}"))
    }
}
