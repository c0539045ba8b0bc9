//! The services' words for states and types: an open set.

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
