//! How a request proves who sends it: by a token, or by a signature with an access key.

use crate::error::Error;
use crate::text::{concat, size};

mod signature;

pub use signature::{Credentials, Unsigned};

/// The header that carries a token.
pub const TOKEN_HEADER: &str = "X-Auth-Token";

/// Checks that what proves who sends a request can be sent as a header's value.
///
/// # Errors
///
/// [`Kind::Config`](crate::error::Kind::Config) for an empty text, or one with a character that is not printable ASCII: a
/// line break from the end of a file is the usual one. The message says where it stands, and nothing of the text.
pub fn check_header(field: &str, value: &str) -> Result<(), Error> {
    if value.is_empty() {
        return Err(Error::config(field, "expected a text that is not empty"));
    }
    match value.chars().position(|character| !character.is_ascii_graphic()) {
        None => Ok(()),
        Some(place) => Err(Error::config(
            field,
            &concat(&[
                "expected printable ASCII without spaces and line breaks, which character ",
                &size(place + 1),
                " is not",
            ]),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_printable_ascii() {
        let check_token = |token| check_header("token", token);
        assert!(check_token("MIIQ-abc_123=+/").is_ok());
        for (bad, place) in [("abc\n", "4"), ("a b", "2"), ("ü", "1"), ("ab\u{0}", "3")] {
            let error = check_token(bad).unwrap_err();
            assert_eq!(error.field.as_deref(), Some("token"));
            assert!(error.message.contains(&format!("character {place} ")), "{}", error.message);
            assert!(!error.message.contains(bad), "the token is in the message");
        }
        assert!(check_token("").unwrap_err().message.contains("empty"));
    }
}
