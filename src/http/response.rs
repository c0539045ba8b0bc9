//! What came back, and what it says.

use super::Request;
use crate::error::Error;
use crate::json::Mismatch;

/// What came back, as far as anything here reads it. Whoever received it has blotted secrets out of it:
/// [`redact`](crate::error::redact).
#[derive(Debug, Clone, Copy, Default)]
pub struct Response<'a> {
    /// The HTTP status.
    pub status: u16,
    /// The header `X-Request-Id`.
    pub request_id: Option<&'a str>,
    /// The header `X-Subject-Token`, in which IAM hands out a token.
    pub subject_token: Option<&'a str>,
    /// The body.
    pub body: &'a str,
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
        read: fn(&Response<'_>) -> Result<T, Mismatch>,
    ) -> Result<T, Error> {
        match self.refusal(request) {
            Some(error) => Err(error),
            None => read(self).map_err(|mismatch| self.undecoded(request, &mismatch)),
        }
    }

    /// What it means when it is no success: the kind that status and code make for anything but a 2xx.
    pub fn refusal(&self, request: &Request) -> Option<Error> {
        let is_success = (200..300).contains(&self.status);
        (!is_success).then(|| Error::from_answer(request.name, self.status, self.request_id, self.body))
    }

    fn undecoded(&self, request: &Request, mismatch: &Mismatch) -> Error {
        Error::decode(request.name, mismatch, self.body).with(|error| {
            error.status = Some(self.status);
            error.request_id = self.request_id.map(str::to_owned);
        })
    }
}
