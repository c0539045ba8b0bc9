//! One question to a service: the table that describes it, the request that asks it, and how its answer is read.

use crate::error::Error;
use crate::text::concat;

mod arguments;
mod endpoint;
mod request;

pub use arguments::Arguments;
pub use endpoint::{Body, Endpoint, Kind, Parameter};
pub use request::{Request, percent_encode};

/// What came.
#[derive(Debug, Clone, Copy, Default)]
pub struct Answer<'a> {
    /// The HTTP status.
    pub status: u16,
    /// The header `X-Request-Id`.
    pub request_id: Option<&'a str>,
    /// The header `X-Subject-Token`, in which IAM hands out a token.
    pub subject_token: Option<&'a str>,
    /// The body.
    pub body: &'a str,
}

impl<T> Endpoint<T> {
    /// What an answer says.
    ///
    /// # Errors
    ///
    /// The kind that status and code make for anything but a 2xx, and [`Kind::Decode`](crate::error::Kind::Decode) for a
    /// 2xx that is not what the documents describe.
    pub fn answer(&self, answer: &Answer<'_>) -> Result<T, Error> {
        let Answer { status, request_id, body, .. } = *answer;
        if !(200..300).contains(&status) {
            return Err(Error::from_answer(self.name, status, request_id, body));
        }
        (self.read)(answer).map_err(|mismatch| {
            Error::decode(self.name, &mismatch, body).with(|error| {
                error.status = Some(status);
                error.request_id = request_id.map(str::to_owned);
            })
        })
    }

    /// Where a service is: at `endpoint` when there is one, else at its own address in `region`.
    ///
    /// # Errors
    ///
    /// [`Kind::Config`](crate::error::Kind::Config) when there is neither, or the region is none.
    pub fn address(&self, endpoint: Option<&str>, region: Option<&str>) -> Result<String, Error> {
        match (endpoint, region) {
            (Some(endpoint), _) => Ok(endpoint.to_owned()),
            (None, Some(region)) => regional_address(self.service, region),
            (None, None) => Err(Error::config("region", "expected a region or an endpoint, found neither")),
        }
    }
}

/// A service's own address in a region. What cannot be part of a host name is refused: it would send the token elsewhere.
fn regional_address(service: &str, region: &str) -> Result<String, Error> {
    let is_label = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if region.is_empty() || !region.bytes().all(is_label) {
        return Err(Error::config("region", "expected lower-case letters, digits and hyphens, such as cn-north-4"));
    }
    // The one region that is run from Europe.
    let top = if region == "eu-west-101" { "eu" } else { "com" };
    Ok(concat(&["https://", service, ".", region, ".myhuaweicloud.", top]))
}
