//! What came back, and what it says.

use std::borrow::Cow;

use super::Request;
use crate::error::{Error, redact};
use crate::json::Mismatch;

/// What came back, as far as anything here reads it.
#[derive(Debug, Clone, Default)]
pub struct Response<'a> {
    /// The HTTP status.
    pub status: u16,
    /// The header `X-Request-Id`.
    pub request_id: Option<Cow<'a, str>>,
    /// The header `X-Subject-Token`, in which IAM hands out a token.
    pub subject_token: Option<&'a str>,
    /// The body.
    pub body: Cow<'a, str>,
}

/// What a call is answered with.
pub trait Reply: Sized {
    /// Reads a response that is a success.
    ///
    /// # Errors
    ///
    /// The place where the response is not what the documents describe.
    fn read(response: &Response<'_>) -> Result<Self, Mismatch>;
}

impl Response<'_> {
    /// The same with secrets blotted out wherever they stand: a service or a proxy may repeat the request.
    #[must_use]
    pub fn redacted(self, secrets: &[&str]) -> Self {
        let clean = |text: Cow<'_, str>| match redact(&text, secrets) {
            Cow::Owned(clean) => Some(clean),
            Cow::Borrowed(_) => None,
        };
        let body = clean(Cow::Borrowed(&*self.body)).map_or(self.body, Cow::Owned);
        let request_id = self.request_id.map(|id| clean(Cow::Borrowed(&*id)).map_or(id, Cow::Owned));
        Self { body, request_id, ..self }
    }

    /// What it says to a request.
    ///
    /// # Errors
    ///
    /// The kind that status and code make for anything but a 2xx, and
    /// [`ErrorKind::Decode`](crate::error::ErrorKind::Decode) for a 2xx that is not what the documents describe.
    pub fn read<T: Reply>(&self, request: &Request) -> Result<T, Error> {
        self.read_with(request, T::read)
    }

    /// The same, for what is read by a function.
    pub(crate) fn read_with<T>(
        &self,
        request: &Request,
        read: fn(&Response<'_>) -> Result<T, Mismatch>,
    ) -> Result<T, Error> {
        let request_id = self.request_id.as_deref();
        if !(200..300).contains(&self.status) {
            return Err(Error::from_answer(request.name, self.status, request_id, &self.body));
        }
        read(self).map_err(|mismatch| {
            Error::decode(request.name, &mismatch, &self.body).with(|error| {
                error.status = Some(self.status);
                error.request_id = request_id.map(str::to_owned);
            })
        })
    }
}
