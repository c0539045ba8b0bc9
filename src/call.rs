//! One HTTP request as plain data, with how its answer is read.

use crate::error::{Error, blot};
use crate::json::{self, Mismatch};

/// One question to a service, answered with a `T`.
#[derive(Debug, Clone)]
pub struct Call<T> {
    /// The service's official name of the operation.
    pub name: &'static str,
    /// The service, as its address names it: `apig`.
    pub service: &'static str,
    /// The HTTP method.
    pub method: &'static str,
    /// The path, its segments percent-encoded, with a leading slash.
    pub path: String,
    /// How the body of a 2xx is read.
    pub read: fn(&str) -> Result<T, Mismatch>,
}

impl<T> Call<T> {
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
        Ok(base + &self.path)
    }

    /// What an answer says. `token` is what the request was sent with, and is in no error.
    ///
    /// # Errors
    ///
    /// The kind that status and code make for anything but a 2xx, and [`Kind::Decode`](crate::error::Kind::Decode) for a
    /// 2xx that is not what the documents describe.
    pub fn answer(&self, status: u16, request_id: Option<&str>, body: &str, token: &str) -> Result<T, Error> {
        if !(200..300).contains(&status) {
            return Err(Error::from_answer(self.name, status, request_id, &blot(body, token)));
        }
        (self.read)(body).map_err(|mismatch| {
            Error::decode(self.name, &mismatch, &blot(body, token)).with(|error| {
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
    Ok(format!("https://{service}.{region}.myhuaweicloud.com"))
}

/// The named arguments of a call, as they came from JavaScript.
#[derive(Debug, Clone, Default)]
pub struct Arguments(Vec<(String, String)>);

impl Arguments {
    /// Reads the arguments from a JSON object of texts.
    ///
    /// # Errors
    ///
    /// [`Kind::Config`](crate::error::Kind::Config) that names the argument which is not a text.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        let mut arguments = Vec::new();
        json::object(text, &mut |name, value| {
            let is_text = value.peek() == Some(b'"');
            match value.text_or_null()? {
                Some(text) if is_text => arguments.push((name.to_owned(), text.into_owned())),
                _ => return Err(Mismatch::new("a non-empty string", "another value")),
            }
            Ok(())
        })
        .map_err(|mismatch| Error::config(&mismatch.path, &format!("expected {}", mismatch.expected)))?;
        Ok(Self(arguments))
    }

    /// An argument as one segment of a path: percent-encoded but for the unreserved characters.
    ///
    /// # Errors
    ///
    /// [`Kind::Config`](crate::error::Kind::Config) when it is missing, or is `.` or `..`, which every URL parser takes for
    /// a step in the path even when they are percent-encoded.
    pub fn segment(&self, name: &str) -> Result<String, Error> {
        let value = self.0.iter().find(|(given, _)| given == name).map(|(_, value)| value.as_str());
        match value {
            None | Some("") => Err(Error::config(name, "expected a non-empty string")),
            Some("." | "..") => Err(Error::config(name, "expected an id, found a step in a path")),
            Some(value) => Ok(percent_encode(value)),
        }
    }
}

fn percent_encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            for half in [byte >> 4, byte & 15] {
                encoded.extend(char::from_digit(u32::from(half), 16).map(|digit| digit.to_ascii_uppercase()));
            }
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Kind;

    fn segment(value: &str) -> Result<String, Error> {
        Arguments(vec![("instanceId".into(), value.into())]).segment("instanceId")
    }

    #[test]
    fn an_id_stays_one_segment() {
        assert_eq!(segment("../../x").unwrap(), "..%2F..%2Fx");
        assert_eq!(segment("a b/ç").unwrap(), "a%20b%2F%C3%A7");
        assert_eq!(segment("a?b#c%d;e:f@g&h").unwrap(), "a%3Fb%23c%25d%3Be%3Af%40g%26h");
        assert_eq!(segment("Az09-._~").unwrap(), "Az09-._~");
    }

    #[test]
    fn an_id_that_is_no_segment_is_refused_by_name() {
        for bad in ["", ".", ".."] {
            let error = segment(bad).unwrap_err();
            assert_eq!((error.kind, error.field.as_deref()), (Kind::Config, Some("instanceId")));
        }
        assert_eq!(Arguments::default().segment("taskId").unwrap_err().field.as_deref(), Some("taskId"));
    }

    #[test]
    fn arguments_are_texts() {
        let arguments = Arguments::from_json(r#"{"instanceId": "i", "taskId": "t"}"#).unwrap();
        assert_eq!(arguments.segment("taskId").unwrap(), "t");
        for bad in [r#"{"taskId": 5}"#, r#"{"taskId": null}"#, r#"{"taskId": {}}"#, r#"{"taskId": ""}"#] {
            assert_eq!(Arguments::from_json(bad).unwrap_err().field.as_deref(), Some("taskId"), "{bad}");
        }
    }
}
