//! What came back, and what it says.

use std::borrow::Cow;
use std::fmt;

use super::Request;
use crate::error::{Error, redact};
use crate::json::Mismatch;

/// What came back, as far as anything here reads it.
#[derive(Clone, Default)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The header `X-Request-Id`.
    pub request_id: Option<String>,
    /// The header `X-Subject-Token`, in which IAM hands out a token.
    pub subject_token: Option<String>,
    /// What the header `Retry-After` asks for, in milliseconds.
    pub retry_after_ms: Option<u64>,
    /// The body.
    pub body: String,
}

/// What is printed of a response is how it went: its body and its token may be secrets.
impl fmt::Debug for Response {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Response")
            .field("status", &self.status)
            .field("request_id", &self.request_id)
            .field("retry_after_ms", &self.retry_after_ms)
            .finish_non_exhaustive()
    }
}

/// What a call is answered with.
pub trait Reply: Sized {
    /// Reads a response that is a success.
    ///
    /// # Errors
    ///
    /// The place where the response is not what the documents describe.
    fn read(response: &Response) -> Result<Self, Mismatch>;
}

impl Response {
    /// The same with secrets blotted out wherever they stand: a service or a proxy may repeat the request.
    #[must_use]
    pub fn redacted(mut self, secrets: &[&str]) -> Self {
        for text in [Some(&mut self.body), self.request_id.as_mut()].into_iter().flatten() {
            if let Cow::Owned(clean) = redact(text, secrets) {
                *text = clean;
            }
        }
        self
    }

    /// What it says to a request.
    ///
    /// # Errors
    ///
    /// As [`refusal`](Self::refusal) says; and [`ErrorKind::Decode`](crate::error::ErrorKind::Decode) for a 2xx that is not
    /// what the documents describe.
    pub fn read<T: Reply>(&self, request: &Request) -> Result<T, Error> {
        self.read_with(request, T::read)
    }

    /// The same, for what is read by a function.
    pub(crate) fn read_with<T>(
        &self,
        request: &Request,
        read: impl FnOnce(&Response) -> Result<T, Mismatch>,
    ) -> Result<T, Error> {
        match self.refusal(request) {
            Some(error) => Err(error),
            None => read(self).map_err(|mismatch| self.undecoded(request, &mismatch)),
        }
    }

    /// What it means when it is no success: the kind that status and code make for anything but a 2xx.
    pub fn refusal(&self, request: &Request) -> Option<Error> {
        let is_success = (200..300).contains(&self.status);
        (!is_success).then(|| Error::from_answer(request.name, self.status, self.request_id.as_deref(), &self.body))
    }

    fn undecoded(&self, request: &Request, mismatch: &Mismatch) -> Error {
        Error::decode(request.name, mismatch, &self.body).with(|error| {
            error.status = Some(self.status);
            error.request_id.clone_from(&self.request_id);
        })
    }
}
