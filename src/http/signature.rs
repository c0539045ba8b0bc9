//! The signature of a request with an access key (AK/SK): SDK-HMAC-SHA256.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use super::{Body, Request};
use crate::model::time::basic_utc;
use crate::text::hex;

const ALGORITHM: &str = "SDK-HMAC-SHA256";

/// What stands for the hash of a body that is not signed.
const UNSIGNED_PAYLOAD: &str = "UNSIGNED-PAYLOAD";

/// An access key and its secret.
#[derive(Clone)]
pub struct Credentials {
    /// The access key's id (AK).
    pub access_key: String,
    /// The secret key (SK). It never leaves here.
    pub secret_key: String,
    /// The token that goes with a temporary access key.
    pub security_token: Option<String>,
}

/// What is printed of credentials is the access key's id.
impl fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Credentials").field("access_key", &self.access_key).finish_non_exhaustive()
    }
}

impl Credentials {
    /// The headers that sign a request: `Authorization`, and those that it covers but `Host`. `time` is that of the
    /// service's clock, in epoch milliseconds. The body of a form has a file, and is not signed.
    pub fn sign(&self, request: &Request, project_id: &str, time: i64) -> Vec<(&'static str, String)> {
        let time = basic_utc(time);
        let body = match &request.body {
            Body::Nothing => Some(""),
            Body::Json(text) => Some(text.as_str()),
            Body::Form(_) => None,
        };
        let mut headers = vec![("X-Project-Id", project_id.to_owned()), ("X-Sdk-Date", time.clone())];
        headers.extend(self.security_token.clone().map(|token| ("X-Security-Token", token)));
        if body.is_none() {
            headers.push(("X-Sdk-Content-Sha256", UNSIGNED_PAYLOAD.to_owned()));
        }
        let (host, path, query) = parts(&request.url);
        let signed = headers.iter().map(|(name, value)| (*name, value.as_str())).chain([("Host", host)]).collect();
        let canonical = canonical_request(request.method.as_str(), path, query, signed, body.map(str::as_bytes));
        headers.push(("Authorization", self.authorization(&canonical, &time)));
        headers
    }

    fn authorization(&self, canonical: &Canonical, time: &str) -> String {
        let to_sign = format!("{ALGORITHM}\n{time}\n{}", sha256(canonical.text.as_bytes()));
        let signature = hmac_sha256(self.secret_key.as_bytes(), to_sign.as_bytes());
        let (access_key, signed_headers) = (&self.access_key, &canonical.signed_headers);
        format!("{ALGORITHM} Access={access_key}, SignedHeaders={signed_headers}, Signature={}", hex(&signature))
    }
}

struct Canonical {
    text: String,
    signed_headers: String,
}

fn canonical_request(
    method: &str,
    path: &str,
    query: &str,
    headers: Vec<(&str, &str)>,
    body: Option<&[u8]>,
) -> Canonical {
    let pairs = sorted(query.split('&').filter_map(|pair| pair.split_once('=')));
    let query: Vec<_> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let headers = sorted(headers.into_iter().map(|(name, value)| (name.to_ascii_lowercase(), value.trim_ascii())));
    let names: Vec<_> = headers.iter().map(|(name, _)| name.as_str()).collect();
    let signed_headers = names.join(";");
    let lines: String = headers.iter().map(|(name, value)| format!("{name}:{value}\n")).collect();
    let hash = body.map_or(UNSIGNED_PAYLOAD.to_owned(), sha256);
    let (path, query) = (canonical_path(path), query.join("&"));
    Canonical { text: [method, &path, &query, &lines, &signed_headers, &hash].join("\n"), signed_headers }
}

/// A handful of values in their order: the standard library's sort is larger than all of this file.
fn sorted<T: Ord>(values: impl Iterator<Item = T>) -> Vec<T> {
    values.fold(Vec::new(), |mut sorted, value| {
        sorted.insert(sorted.partition_point(|other| *other <= value), value);
        sorted
    })
}

/// The path as the service signs it, which is as it has decoded it: a slash within a segment is a slash again.
fn canonical_path(path: &str) -> String {
    let mut parts = path.split('%');
    let mut decoded = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.strip_prefix("2F") {
            Some(rest) => decoded.extend(["/", rest]),
            None => decoded.extend(["%", part]),
        }
    }
    if decoded.ends_with('/') { decoded } else { decoded + "/" }
}

/// An address's host, path and query.
fn parts(url: &str) -> (&str, &str, &str) {
    let rest = url.strip_prefix("https://").or(url.strip_prefix("http://")).unwrap_or(url);
    let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
    let slash = rest.find('/').and_then(|slash| rest.split_at_checked(slash));
    let (host, path) = slash.unwrap_or((rest, "/"));
    (host, path, query)
}

fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hmac_sha256(key: &[u8], text: &[u8]) -> Vec<u8> {
    // A key of any length is taken: the error cannot be.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return Vec::new() };
    mac.update(text);
    mac.finalize().into_bytes().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::{Endpoint, FilePart, Form, Site, percent_encode};

    const VECTORS: &str = include_str!("../../tests/fixtures/signing-vectors.json");

    fn credentials(security_token: Option<&str>) -> Credentials {
        let security_token = security_token.map(str::to_owned);
        Credentials { access_key: "AccessKey".into(), secret_key: "SecretKey".into(), security_token }
    }

    #[test]
    fn every_vector_is_signed_as_it_says() {
        let vectors: Vec<serde_json::Value> = serde_json::from_str(VECTORS).unwrap();
        assert!(vectors.len() >= 11);
        for vector in &vectors {
            let text = |key: &str| vector[key].as_str().unwrap();
            let encoded = |pair: &serde_json::Value| {
                let [name, value] = [0, 1].map(|index| percent_encode(pair[index].as_str().unwrap()));
                format!("{name}={value}")
            };
            let query: Vec<_> = vector["query"].as_array().unwrap().iter().map(encoded).collect();
            let query = query.join("&");
            let headers = vector["headers"].as_object().unwrap();
            let is_unsigned = headers.contains_key("X-Sdk-Content-Sha256");
            let body = vector["body"].as_str().unwrap_or_default().as_bytes();
            let headers = headers.iter().map(|(name, value)| (name.as_str(), value.as_str().unwrap())).collect();
            let body = Some(body).filter(|_| !is_unsigned);
            let canonical = canonical_request(text("method"), text("path"), &query, headers, body);
            assert_eq!(canonical.text, text("canonical_request"), "{}", text("name"));
            let authorization = credentials(None).authorization(&canonical, "20191115T033655Z");
            assert_eq!(authorization, text("authorization"), "{}", text("name"));
        }
    }

    #[test]
    fn the_vendors_own_example_is_signed_as_it_says() {
        let query = "marker=13551d6b-755d-4757-b956-536f674975c0&limit=2";
        let headers = vec![("Host", "service.region.example.com"), ("X-Sdk-Date", "20191115T033655Z")];
        let path = "/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs";
        let canonical = canonical_request("GET", path, query, headers, Some(b""));
        assert_eq!(
            credentials(None).authorization(&canonical, "20191115T033655Z"),
            "SDK-HMAC-SHA256 Access=AccessKey, SignedHeaders=host;x-sdk-date, \
             Signature=fd95e7da6f695cfb4cabbb9d6b0968aec155bc576b064835282473539ae9ea1d"
        );
    }

    #[test]
    fn a_request_gets_the_headers_that_its_signature_covers() {
        let site = Site {
            project_id: "77b6a44cba5143ab91d13ab9a8ff44fd".into(),
            region: Some("cn-north-4".into()),
            ..Site::default()
        };
        let path = "/v2/{projectId}/apigw/instances/{instanceId}/progress";
        let endpoint = Endpoint::get("Progress", "apig", "apig", path);
        let request = endpoint.request(&site, &[("instanceId", "e6a5871bfb5b47d19c5874790f639ef8")]).unwrap();
        let headers = credentials(None).sign(&request, &site.project_id, 1_573_789_015_999);
        let names: Vec<_> = headers.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, ["X-Project-Id", "X-Sdk-Date", "Authorization"]);
        assert!(headers[2].1.ends_with("Signature=f846dae38137181099c8353e6c77117286ca97349ece784662975c46480595bf"));

        let file = FilePart { field: "file", name: "apis.json".into() };
        let form = request.form(Form { fields: vec![], file });
        let headers = credentials(Some("sts")).sign(&form, &site.project_id, 1_573_789_015_999);
        assert!(
            headers[4].1.contains("SignedHeaders=host;x-project-id;x-sdk-content-sha256;x-sdk-date;x-security-token,")
        );
    }

    #[test]
    fn an_address_has_a_host_a_path_and_a_query() {
        for (url, expected) in [
            ("https://h/v1/a%2Fb?x=1&y=", ("h", "/v1/a%2Fb", "x=1&y=")),
            ("https://h:8443/a/b", ("h:8443", "/a/b", "")),
            ("http://[::1]:80/?x=/", ("[::1]:80", "/", "x=/")),
            ("https://h", ("h", "/", "")),
            ("https://h?x=1", ("h", "/", "x=1")),
        ] {
            assert_eq!(parts(url), expected, "{url}");
        }
    }

    #[test]
    fn a_secret_key_is_not_printed() {
        assert!(!format!("{:?}", credentials(Some("sts"))).contains("SecretKey"));
    }
}
