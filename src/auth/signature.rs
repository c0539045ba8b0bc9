//! The signature of a request with an access key (AK/SK): SDK-HMAC-SHA256.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::text::{concat, hex, join, sha256_hex, split, split_once};
use crate::time::basic_utc;

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

/// A request before it is signed.
#[derive(Debug, Clone, Copy)]
pub struct Unsigned<'a> {
    /// The HTTP method.
    pub method: &'a str,
    /// The whole address, its path and query percent-encoded.
    pub url: &'a str,
    /// The body; `None` for one that is not signed: a form with a file.
    pub body: Option<&'a [u8]>,
    /// The project, sent as `X-Project-Id`.
    pub project_id: &'a str,
    /// The time, in epoch milliseconds.
    pub time: i64,
}

impl Credentials {
    /// The headers that sign a request: `Authorization`, and those that it covers but `Host`.
    pub fn sign(&self, request: &Unsigned<'_>) -> Vec<(&'static str, String)> {
        let time = basic_utc(request.time);
        let mut headers = vec![("X-Project-Id", request.project_id.to_owned()), ("X-Sdk-Date", time.clone())];
        headers.extend(self.security_token.clone().map(|token| ("X-Security-Token", token)));
        if request.body.is_none() {
            headers.push(("X-Sdk-Content-Sha256", UNSIGNED_PAYLOAD.to_owned()));
        }
        let (host, path, query) = parts(request.url);
        let signed = headers.iter().map(|(name, value)| (*name, value.as_str())).chain([("Host", host)]).collect();
        let canonical = canonical_request(request.method, path, query, signed, request.body);
        headers.push(("Authorization", self.authorization(&canonical, &time)));
        headers
    }

    fn authorization(&self, Canonical { text, signed_headers }: &Canonical, time: &str) -> String {
        let to_sign = concat(&[ALGORITHM, "\n", time, "\n", &sha256_hex(text.as_bytes())]);
        let signature = hmac_sha256(self.secret_key.as_bytes(), to_sign.as_bytes());
        let (access_key, signature) = (&self.access_key, hex(&signature));
        concat(&[ALGORITHM, " Access=", access_key, ", SignedHeaders=", signed_headers, ", Signature=", &signature])
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
    let uri = canonical_uri(path);
    let pairs = split(query, b'&').into_iter().filter_map(|pair| split_once(pair, b'='));
    let pairs = pairs.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let pairs: Vec<_> = sorted(pairs).into_iter().map(|(name, value)| name + "=" + &value).collect();
    let query = join(pairs.iter().map(String::as_str), "&");
    let lower = |(name, value): (&str, &str)| (name.to_ascii_lowercase(), value.trim_ascii().to_owned());
    let headers = sorted(headers.into_iter().map(lower));
    let names: Vec<_> = headers.iter().map(|(name, _)| name.as_str()).collect();
    let signed_headers = join(names, ";");
    let lines: String = headers.iter().map(|(name, value)| concat(&[name, ":", value, "\n"])).collect();
    let hash = body.map_or(UNSIGNED_PAYLOAD.to_owned(), sha256_hex);
    let text = join([method, &uri, &query, &lines, &signed_headers, &hash], "\n");
    Canonical { text, signed_headers }
}

/// The path as the service signs it, which is as it has decoded it: a slash within a segment is a slash again.
fn canonical_uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len() + 1);
    let mut rest = path;
    while let Some(character) = rest.chars().next() {
        let (character, length) = if rest.starts_with("%2F") { ('/', 3) } else { (character, character.len_utf8()) };
        uri.push(character);
        rest = rest.get(length..).unwrap_or_default();
    }
    if !uri.ends_with('/') {
        uri.push('/');
    }
    uri
}

/// Pairs in their order. There are a handful: the standard library's sort is larger than all of this file.
fn sorted(pairs: impl Iterator<Item = (String, String)>) -> Vec<(String, String)> {
    pairs.fold(Vec::new(), |sorted, pair| {
        let (mut before, after): (Vec<_>, Vec<_>) = sorted.into_iter().partition(|other| *other <= pair);
        before.push(pair);
        before.extend(after);
        before
    })
}

/// An address's host, path and query.
fn parts(url: &str) -> (&str, &str, &str) {
    let rest = url.strip_prefix("https://").or(url.strip_prefix("http://")).unwrap_or(url);
    let (rest, query) = split_once(rest, b'?').unwrap_or((rest, ""));
    let slash = rest.bytes().position(|byte| byte == b'/').and_then(|slash| rest.split_at_checked(slash));
    let (host, path) = slash.unwrap_or((rest, "/"));
    (host, path, query)
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
    use crate::call::percent_encode;

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
        let request = Unsigned {
            method: "GET",
            url: "https://apig.cn-north-4.myhuaweicloud.com/v2/77b6a44cba5143ab91d13ab9a8ff44fd/apigw/instances/e6a5871bfb5b47d19c5874790f639ef8/progress",
            body: Some(b""),
            project_id: "77b6a44cba5143ab91d13ab9a8ff44fd",
            time: 1_573_789_015_999,
        };
        let headers = credentials(None).sign(&request);
        let names: Vec<_> = headers.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, ["X-Project-Id", "X-Sdk-Date", "Authorization"]);
        assert!(headers[2].1.ends_with("Signature=f846dae38137181099c8353e6c77117286ca97349ece784662975c46480595bf"));
        let headers = credentials(Some("sts")).sign(&Unsigned { body: None, ..request });
        assert!(
            headers[4].1.contains("SignedHeaders=host;x-project-id;x-sdk-content-sha256;x-sdk-date;x-security-token,")
        );
    }
}
