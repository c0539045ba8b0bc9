//! The signature of a request with an access key (AK/SK): SDK-HMAC-SHA256.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use crate::arguments::percent_encode;

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
    /// The whole address, its path percent-encoded.
    pub url: &'a str,
    /// The query, not yet encoded.
    pub query: &'a [(&'static str, String)],
    /// The body; `None` for one that is not signed: a form with a file.
    pub body: Option<&'a [u8]>,
    /// The project, sent as `X-Project-Id`.
    pub project_id: &'a str,
    /// The time as [`timestamp`] writes it.
    pub time: &'a str,
}

impl Credentials {
    /// The headers that sign a request: `Authorization`, and those that it covers but `Host`.
    pub fn sign(&self, request: &Unsigned<'_>) -> Vec<(&'static str, String)> {
        let mut headers =
            vec![("X-Project-Id", request.project_id.to_owned()), ("X-Sdk-Date", request.time.to_owned())];
        headers.extend(self.security_token.clone().map(|token| ("X-Security-Token", token)));
        if request.body.is_none() {
            headers.push(("X-Sdk-Content-Sha256", UNSIGNED_PAYLOAD.to_owned()));
        }
        let (host, path) = host_and_path(request.url);
        let signed = headers.iter().map(|(name, value)| (*name, value.as_str())).chain([("Host", host)]).collect();
        let canonical = canonical_request(request.method, path, request.query, signed, request.body);
        headers.push(("Authorization", self.authorization(&canonical, request.time)));
        headers
    }

    fn authorization(&self, Canonical { text, signed_headers }: &Canonical, time: &str) -> String {
        let to_sign = format!("{ALGORITHM}\n{time}\n{}", hex(&Sha256::digest(text)));
        let signature = hmac_sha256(self.secret_key.as_bytes(), to_sign.as_bytes());
        let (access_key, signature) = (&self.access_key, hex(&signature));
        format!("{ALGORITHM} Access={access_key}, SignedHeaders={signed_headers}, Signature={signature}")
    }
}

/// A time in epoch milliseconds as `YYYYMMDDTHHMMSSZ`.
pub fn timestamp(milliseconds: i64) -> String {
    let seconds = milliseconds.div_euclid(1_000);
    let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    // The civil date of a day number, by counting from 1 March of year 0 in eras of 400 years.
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}{month:02}{day:02}T{:02}{:02}{:02}Z", second / 3_600, second / 60 % 60, second % 60)
}

struct Canonical {
    text: String,
    signed_headers: String,
}

fn canonical_request(
    method: &str,
    path: &str,
    query: &[(&'static str, String)],
    headers: Vec<(&str, &str)>,
    body: Option<&[u8]>,
) -> Canonical {
    let uri = canonical_uri(path);
    let pairs = query.iter().map(|(name, value)| (percent_encode(name), percent_encode(value)));
    let query: Vec<_> = sorted(pairs).into_iter().map(|(name, value)| format!("{name}={value}")).collect();
    let lower = |(name, value): (&str, &str)| (name.to_ascii_lowercase(), value.trim().to_owned());
    let headers = sorted(headers.into_iter().map(lower));
    let names: Vec<_> = headers.iter().map(|(name, _)| name.as_str()).collect();
    let signed_headers = names.join(";");
    let lines: String = headers.iter().map(|(name, value)| format!("{name}:{value}\n")).collect();
    let hash = body.map_or(UNSIGNED_PAYLOAD.to_owned(), |body| hex(&Sha256::digest(body)));
    let text = format!("{method}\n{uri}\n{}\n{lines}\n{signed_headers}\n{hash}", query.join("&"));
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
    let mut sorted: Vec<(String, String)> = Vec::new();
    for pair in pairs {
        let place = sorted.iter().position(|other| *other > pair).unwrap_or(sorted.len());
        sorted.insert(place, pair);
    }
    sorted
}

fn host_and_path(url: &str) -> (&str, &str) {
    let rest = url.strip_prefix("https://").or(url.strip_prefix("http://")).unwrap_or(url);
    let rest = rest.split('?').next().unwrap_or_default();
    match rest.find('/').and_then(|slash| rest.split_at_checked(slash)) {
        Some((host, path)) => (host, path),
        None => (rest, "/"),
    }
}

fn hmac_sha256(key: &[u8], text: &[u8]) -> Vec<u8> {
    // A key of any length is taken: the error cannot be.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return Vec::new() };
    mac.update(text);
    mac.finalize().into_bytes().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

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
            let query: Vec<(&'static str, String)> = vector["query"]
                .as_array()
                .unwrap()
                .iter()
                .map(|pair| {
                    let name: &'static str = Box::leak(pair[0].as_str().unwrap().to_owned().into_boxed_str());
                    (name, pair[1].as_str().unwrap().to_owned())
                })
                .collect();
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
        let query = [("limit", "2".to_owned()), ("marker", "13551d6b-755d-4757-b956-536f674975c0".to_owned())];
        let headers = vec![("Host", "service.region.example.com"), ("X-Sdk-Date", "20191115T033655Z")];
        let path = "/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs";
        let canonical = canonical_request("GET", path, &query, headers, Some(b""));
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
            query: &[],
            body: Some(b""),
            project_id: "77b6a44cba5143ab91d13ab9a8ff44fd",
            time: "20191115T033655Z",
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

    #[test]
    fn a_time_is_written_as_the_service_reads_it() {
        for (milliseconds, text) in [
            (0, "19700101T000000Z"),
            (1_573_789_015_999, "20191115T033655Z"),
            (951_782_400_000, "20000229T000000Z"),
            (1_709_251_199_000, "20240229T235959Z"),
            (4_102_444_800_000, "21000101T000000Z"),
        ] {
            assert_eq!(timestamp(milliseconds), text);
        }
    }
}
