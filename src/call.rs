//! One HTTP request as plain data, with how its answer is read.

use crate::arguments::percent_encode;
use crate::error::{Error, blot};
use crate::json::Mismatch;

/// One question to a service, answered with a `T`.
#[derive(Debug, Clone)]
pub struct Call<T> {
    /// The service's official name of the operation.
    pub name: &'static str,
    /// The service, as its address names it: `apig`.
    pub service: &'static str,
    /// The HTTP method. Only a `GET` is ever repeated by itself.
    pub method: &'static str,
    /// The path, its segments percent-encoded, with a leading slash.
    pub path: String,
    /// The query, not yet encoded.
    pub query: Vec<(&'static str, String)>,
    /// The body.
    pub body: Body,
    /// What must not be seen in an error, though a service may repeat it there: a key, a password.
    pub secrets: Vec<String>,
    /// Whether it says by itself who sends it, and needs neither token nor signature.
    pub proves_itself: bool,
    /// How a 2xx is read.
    pub read: fn(&Answer<'_>) -> Result<T, Mismatch>,
}

/// What is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// Nothing.
    Nothing,
    /// Nothing, but the service insists on a content type all the same.
    NothingAsJson,
    /// JSON text.
    Json(String),
    /// A form with a file.
    Multipart {
        /// What separates its parts.
        boundary: String,
        /// The whole form.
        bytes: Vec<u8>,
    },
}

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

impl<T> Call<T> {
    /// A question without body.
    pub fn get(
        name: &'static str,
        service: &'static str,
        path: String,
        read: fn(&Answer<'_>) -> Result<T, Mismatch>,
    ) -> Self {
        let (query, secrets) = (Vec::new(), Vec::new());
        Self { name, service, method: "GET", path, query, body: Body::Nothing, secrets, proves_itself: false, read }
    }

    /// A request to do something.
    pub fn post(
        name: &'static str,
        service: &'static str,
        path: String,
        body: Body,
        read: fn(&Answer<'_>) -> Result<T, Mismatch>,
    ) -> Self {
        Self { method: "POST", body, ..Self::get(name, service, path, read) }
    }

    /// The address of the request: below `endpoint` when there is one, else at the service's own address in `region`.
    ///
    /// # Errors
    ///
    /// [`Kind::Config`](crate::error::Kind::Config) when there is neither, or the region is none.
    pub fn url(&self, endpoint: Option<&str>, region: Option<&str>) -> Result<String, Error> {
        let base = match (endpoint, region) {
            (Some(endpoint), _) => endpoint.trim_end_matches('/').to_owned(),
            (None, Some(region)) => regional_endpoint(self.service, region)?,
            (None, None) => return Err(Error::config("region", "expected a region or an endpoint, found neither")),
        };
        let mut url = base + &self.path;
        for (index, (name, value)) in self.query.iter().enumerate() {
            url.push(if index == 0 { '?' } else { '&' });
            url.push_str(&percent_encode(name));
            url.push('=');
            url.push_str(&percent_encode(value));
        }
        Ok(url)
    }

    /// The content type of the body.
    pub fn content_type(&self) -> Option<String> {
        match &self.body {
            Body::Nothing => None,
            Body::NothingAsJson | Body::Json(_) => Some("application/json".to_owned()),
            Body::Multipart { boundary, .. } => Some(format!("multipart/form-data; boundary={boundary}")),
        }
    }

    /// What an answer says. `token` is what the request was sent with; neither it nor one of the call's secrets is in the
    /// view or in the error.
    ///
    /// # Errors
    ///
    /// The kind that status and code make for anything but a 2xx, and [`Kind::Decode`](crate::error::Kind::Decode) for a
    /// 2xx that is not what the documents describe.
    pub fn answer(&self, answer: &Answer<'_>, token: &str) -> Result<T, Error> {
        let mut secrets: Vec<&str> = self.secrets.iter().map(String::as_str).collect();
        secrets.push(token);
        let body = blot(answer.body, &secrets);
        let Answer { status, request_id, .. } = *answer;
        if !(200..300).contains(&status) {
            return Err(Error::from_answer(self.name, status, request_id, &body));
        }
        (self.read)(&Answer { body: &body, ..*answer }).map_err(|mismatch| {
            Error::decode(self.name, &mismatch, &body).with(|error| {
                error.status = Some(status);
                error.request_id = request_id.map(str::to_owned);
            })
        })
    }
}

/// A service's own address in a region. What cannot be part of a host name is refused: it would send the token elsewhere.
fn regional_endpoint(service: &str, region: &str) -> Result<String, Error> {
    let is_label = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if region.is_empty() || !region.bytes().all(is_label) {
        return Err(Error::config("region", "expected lower-case letters, digits and hyphens, such as cn-north-4"));
    }
    // The one region that is run from Europe.
    let top = if region == "eu-west-101" { "eu" } else { "com" };
    Ok(format!("https://{service}.{region}.myhuaweicloud.{top}"))
}
