//! The services' words for states and types: an open set.

use std::fmt;

use serde::de::{self, EnumAccess, VariantAccess, Visitor};

/// Declares an enum of words: matched without case, and with a variant that keeps a word nobody documented as it came.
///
/// ```
/// huaweicloud_tasks::words! {
///     /// How a thing fares.
///     pub enum State { Creating = "creating", Failed = "failed" }
/// }
/// assert_eq!(State::from("CREATING"), State::Creating);
/// assert_eq!(State::from("Resting").as_str(), "Resting");
/// ```
#[macro_export]
macro_rules! words {
    ($(#[$about:meta])* pub enum $name:ident { $($variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum $name {
            $(#[doc = concat!("`", $word, "`")] $variant,)+
            /// A word that is not documented, as it came.
            Unknown(String),
        }

        impl $name {
            /// Every documented word.
            pub const WORDS: &[&str] = &[$($word),+];

            /// The documented spelling, or the unknown word itself.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $word,)+
                    Self::Unknown(word) => word,
                }
            }
        }

        impl From<&str> for $name {
            fn from(word: &str) -> Self {
                $(if word.eq_ignore_ascii_case($word) { return Self::$variant; })+
                Self::Unknown(word.to_owned())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    };
}

/// Declares an enum of words that a caller chooses from: a closed set, which an argument is read into.
///
/// ```
/// huaweicloud_tasks::choices! {
///     /// What colour a thing gets.
///     pub enum Colour { Red = "red", Green = "green" }
/// }
/// assert_eq!(Colour::Green.as_str(), "green");
/// ```
#[macro_export]
macro_rules! choices {
    ($(#[$about:meta])* pub enum $name:ident { $($variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
        pub enum $name {
            $(#[doc = concat!("`", $word, "`")] #[serde(rename = $word)] $variant,)+
        }

        impl $name {
            /// Every word.
            pub const WORDS: &[&str] = &[$($word),+];

            /// The word as it is sent.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let choice = $crate::model::word::Choice(Self::WORDS);
                let index = deserializer.deserialize_enum(stringify!($name), Self::WORDS, choice)?;
                let all = [$(Self::$variant),+];
                all.get(index).copied().ok_or_else(|| serde::de::Error::custom("expected a word of this choice"))
            }
        }
    };
}

/// Reads one of several words: which one it is. One for all choices, where a derived reader is one for each.
#[derive(Debug)]
pub struct Choice(pub &'static [&'static str]);

impl<'de> Visitor<'de> for Choice {
    type Value = usize;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "one of {}", self.0.join(", "))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<usize, A::Error> {
        let (word, variant) = data.variant::<String>()?;
        variant.unit_variant()?;
        let index = self.0.iter().position(|known| *known == word);
        index.ok_or_else(|| de::Error::custom(format_args!("expected {}", &self as &dyn de::Expected)))
    }
}
