//! No token, key or password comes out of a response again, whatever repeats it.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use huaweicloud_tasks::error::{Error, ErrorKind, Failure};
use huaweicloud_tasks::http::{Reply, Request, Response, Site};
use huaweicloud_tasks::json::to_text;
use huaweicloud_tasks::service::apig::GatewayProgress;
use huaweicloud_tasks::service::kps::KeypairDispatch;
use huaweicloud_tasks::service::sfs_turbo::Job;
use serde_json::{Value, json};

/// A private key, which JSON writes otherwise than it is.
const KEY: &str = "-----BEGIN RSA PRIVATE KEY-----\n\"M\\I\"=/\t\u{1}é";

fn request() -> Request {
    let site = Site { project_id: "p".into(), endpoint: Some("https://h".into()), ..Site::default() };
    GatewayProgress::request(&site, "i").unwrap()
}

fn redacted(status: u16, secrets: &[&str], body: &str) -> Response {
    Response { status, body: body.into(), ..Response::default() }.redacted(secrets)
}

fn read<T: Reply>(status: u16, secrets: &[&str], body: &str) -> Result<T, Error> {
    redacted(status, secrets, body).read(&request())
}

fn refused(status: u16, secrets: &[&str], body: &str) -> Error {
    read::<GatewayProgress>(status, secrets, body).unwrap_err()
}

/// Every text within a value, and its keys.
fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(values) => values.iter().flat_map(texts).collect(),
        Value::Object(fields) => {
            fields.iter().flat_map(|(key, value)| [vec![key.as_str()], texts(value)].concat()).collect()
        }
        _ => vec![],
    }
}

#[test]
fn a_secret_in_a_text_that_is_no_json_is_blotted_out() {
    let body = "<pre>X-Auth-Token: token-12345\n\ntoken-12345</pre>";
    for (status, kind) in [(502, ErrorKind::Server), (200, ErrorKind::Decode)] {
        let error = refused(status, &["token-12345"], body);
        assert_eq!((error.kind, error.raw.as_deref()), (kind, Some("<pre>X-Auth-Token: ***\n\n***</pre>")));
    }
}

#[test]
fn a_secret_in_json_is_blotted_out_and_the_rest_is_read() {
    for secret in ["token-12345", "pass\"word\n1\\x"] {
        let body = json!({"error_code": "A.1", "error_msg": format!("no {secret}!"), "request_id": "r"}).to_string();
        let error = refused(400, &["another-one", secret], &body);
        assert_eq!(error.message, "ShowDetailsOfInstanceProgressV2 answered 400 A.1: no ***!");
        assert_eq!((error.code.as_deref(), error.request_id.as_deref()), (Some("A.1"), Some("r")));
        assert_eq!(error.raw.as_deref(), Some(r#"{"error_code":"A.1","error_msg":"no ***!","request_id":"r"}"#));
    }
}

#[test]
fn an_answer_and_its_body_hold_none_either() {
    let body = r#"{"status":"failed","error_code":"A.1","error_msg":"no token-12345"}"#;
    let progress = read::<GatewayProgress>(200, &["token-12345"], body).unwrap();
    let expected = Failure { code: Some("A.1".into()), message: Some("no ***".into()), request_id: None };
    assert_eq!(progress.error, Some(expected));
    let expected = r#"{"status":"failed","error_code":"A.1","error_msg":"no ***"}"#;
    assert_eq!(redacted(200, &["token-12345"], body).body, expected);
    // What nothing was blotted out of is not copied.
    for secrets in [&["token-1234567"][..], &[]] {
        assert_eq!(redacted(200, secrets, body).body, body);
    }
}

#[test]
fn a_secret_comes_out_in_no_spelling() {
    let escaped: String = KEY.encode_utf16().map(|unit| format!("\\u{unit:04X}")).collect();
    let within = |text: &str| json!({"error_code": "KPS.1", "error_msg": text, "status": "FAILED"}).to_string();
    let bodies = [
        KEY.to_owned(),
        within(KEY),
        within(KEY).replace('/', "\\/").replace('=', "\\u003d"),
        format!(r#"{{"error_code":"KPS.1","error_msg":"{escaped}","status":"FAILED"}}"#),
        // JSON within JSON, as services wrap each other's answers.
        within(&within(KEY)),
        within(&within(&within(KEY))),
        format!(r#"{{"{escaped}":{{}}}}"#),
    ];
    for body in &bodies {
        for status in [202, 400, 502] {
            let outcome = match read::<KeypairDispatch>(status, &[KEY], body) {
                Ok(dispatch) => to_text(&dispatch),
                Err(error) => to_text(&error),
            };
            for text in texts(&serde_json::from_str(&outcome).unwrap()) {
                // Half of it would be one half of a secret.
                assert!(
                    !text.contains("BEGIN") && !text.contains("M\\I") && !text.contains("\\u00"),
                    "{text} of {body}"
                );
            }
        }
    }
}

#[test]
fn a_secret_is_blotted_out_before_anything_is_cut() {
    // An error keeps 64 KiB of a body, and 1,000 characters of a message.
    let filled = "x".repeat(65_532);
    let error = refused(500, &["token-12345"], &format!("{filled}token-12345"));
    assert_eq!(error.raw.as_deref(), Some(&*(filled + "***")));

    let filled = "m".repeat(995);
    let body = json!({"error_msg": format!("{filled}token-12345")}).to_string();
    let error = refused(500, &["token-12345"], &body);
    assert!(error.message.ends_with("mm***"), "{error}");
}

#[test]
fn one_secret_that_is_none_does_not_give_the_others_away() {
    for none in ["", "a", "short"] {
        for secrets in [["token-12345", none], [none, "token-12345"]] {
            assert_eq!(redacted(502, &secrets, "token-12345").body, "***", "{none}");
        }
    }
}

#[test]
fn a_request_id_is_no_place_for_a_secret_either() {
    let of = |status, body: &'static str| {
        let request_id = Some("r-token-12345".into());
        Response { status, request_id, body: body.into(), ..Response::default() }.redacted(&["token-12345"])
    };
    let job = of(200, r#"{"job_id":"j","status":"running"}"#).read::<Job>(&request()).unwrap();
    assert_eq!(job.request_id.as_deref(), Some("r-***"));
    for (status, body) in [(200, "{}"), (404, "{}")] {
        let error = of(status, body).read::<Job>(&request()).unwrap_err();
        assert_eq!(error.request_id.as_deref(), Some("r-***"), "{status}");
    }
    let untouched = Response { request_id: Some("request-1".into()), ..Response::default() }.redacted(&["token-12345"]);
    assert_eq!(untouched.request_id.as_deref(), Some("request-1"));
}

#[test]
fn what_came_beside_the_body_stays() {
    let response = Response { status: 201, subject_token: Some("MII-token".into()), ..Response::default() };
    let response = response.redacted(&["token-12345"]);
    assert_eq!((response.status, response.subject_token.as_deref(), &*response.body), (201, Some("MII-token"), ""));
}
