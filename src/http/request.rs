//! A request as plain data.

use std::borrow::Cow;
use std::fmt;

use serde::Serialize;

use super::Method;
use crate::error::{Error, ErrorKind};
use crate::json;

/// A request as plain data. It carries no proof of who sends it yet: whoever carries it adds that.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// The service's official name of the operation.
    pub name: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The address, with its query.
    pub url: String,
    /// The content type, where it has to be said.
    pub content_type: Option<&'static str>,
    /// The body.
    pub body: Body,
    /// Whether it says by itself who sends it, so that it needs neither token nor signature.
    pub proves_itself: bool,
    /// What must not be seen in an error, though a service may repeat it there: a key, a password.
    pub secrets: Vec<String>,
}

/// What is sent.
#[derive(Clone, Default, PartialEq, Eq)]
pub enum Body {
    /// No body.
    #[default]
    Nothing,
    /// JSON.
    Json(String),
    /// A form with a file (`multipart/form-data`).
    Form(Form),
}

/// A form with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// The fields, by the service's names of them.
    pub fields: Vec<(&'static str, String)>,
    /// The file, which is the last part.
    pub file: FilePart,
}

/// The part of a form that is the file. Its content is no part of a request as data: whoever sends it has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilePart {
    /// The service's name of the part.
    pub field: &'static str,
    /// The file's name.
    pub name: String,
}

impl Request {
    /// The same request with one more part of the query.
    #[must_use]
    pub fn query(mut self, name: &str, value: &str) -> Self {
        let between = if self.url.bytes().any(|byte| byte == b'?') { '&' } else { '?' };
        self.url.push(between);
        self.url += &format!("{name}={}", percent_encode(value));
        self
    }

    /// The same request with JSON as its body.
    #[must_use]
    pub fn json<T: Serialize + ?Sized>(self, body: &T) -> Self {
        let (body, content_type) = (Body::Json(json::to_text(body)), Some("application/json"));
        Self { body, content_type, ..self }
    }

    /// The same request with a form as its body. Who sends it makes its content type, which says where its parts end.
    #[must_use]
    pub fn form(self, form: Form) -> Self {
        Self { body: Body::Form(form), ..self }
    }

    /// Whether it only reads, and so may be made again.
    pub fn reads(&self) -> bool {
        self.method == Method::Get
    }
}

/// Why there is no answer.
impl Request {
    /// No answer came within so many milliseconds.
    pub fn timed_out(&self, milliseconds: f64) -> Error {
        let milliseconds = milliseconds.round() as u64;
        let message = format!("{}: no answer within {milliseconds} ms from {}", self.name, self.url);
        Error::new(ErrorKind::Timeout, message)
    }

    /// `fetch` was aborted, and not by the caller's signal.
    pub fn self_aborted(&self) -> Error {
        let message = format!("{}: `fetch` was aborted, and not by the caller's signal: {}", self.name, self.url);
        Error::new(ErrorKind::Aborted, message)
    }

    /// No answer came.
    pub fn unanswered(&self) -> Error {
        let why = "no answer (in a browser, a refusal by CORS looks the same)";
        Error::new(ErrorKind::Connection, format!("{}: {why} from {}", self.name, self.url))
    }
}

/// What is printed of a request is where it goes: a body may hold a secret.
impl fmt::Debug for Request {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Request")
            .field("method", &self.method.as_str())
            .field("url", &self.url)
            .finish_non_exhaustive()
    }
}

/// What is printed of a body is its type.
impl fmt::Debug for Body {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Nothing => "Nothing",
            Self::Json(_) => "Json",
            Self::Form(_) => "Form",
        })
    }
}

/// A text with everything percent-encoded but the unreserved characters.
pub fn percent_encode(text: &str) -> Cow<'_, str> {
    const DIGITS: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];
    let is_unreserved = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
    if text.bytes().all(is_unreserved) {
        return text.into();
    }
    let mut encoded = String::with_capacity(3 * text.len());
    for byte in text.bytes() {
        if is_unreserved(byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            encoded.extend([byte >> 4, byte & 15].iter().filter_map(|half| DIGITS.get(usize::from(*half))));
        }
    }
    encoded.into()
}
