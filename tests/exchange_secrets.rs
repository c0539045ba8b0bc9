//! No token, key or password comes out of an exchange again, whatever repeats it.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

use huaweicloud_tasks::exchange;
use huaweicloud_tasks::json::to_text;
use serde_json::{Value, json};

const GET: &str = "apig.gatewayProgress";

/// A private key, which JSON writes otherwise than it is.
const KEY: &str = "-----BEGIN RSA PRIVATE KEY-----\n\"M\\I\"=/\t\u{1}é";

fn conclude(name: &str, status: u16, secrets: &[&str], body: &str) -> Value {
    let given = json!({"status": status, "secrets": secrets, "maxRetries": 2}).to_string();
    serde_json::from_str(&to_text(&exchange::conclude(name, &given, body))).unwrap()
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
    let outcome = conclude(GET, 502, &["token-12345"], body);
    assert_eq!(outcome["error"]["raw"], "<pre>X-Auth-Token: ***\n\n***</pre>");
    let outcome = conclude(GET, 200, &["token-12345"], body);
    assert_eq!(outcome["error"]["kind"], "decode");
    assert_eq!(outcome["error"]["raw"], "<pre>X-Auth-Token: ***\n\n***</pre>");
}

#[test]
fn a_secret_in_json_is_blotted_out_and_the_rest_is_read() {
    for secret in ["token-12345", "pass\"word\n1\\x"] {
        let body = json!({"error_code": "A.1", "error_msg": format!("no {secret}!"), "request_id": "r"}).to_string();
        let error = &conclude(GET, 400, &["another-one", secret], &body)["error"];
        assert_eq!(error["message"], "ShowDetailsOfInstanceProgressV2 answered 400 A.1: no ***!");
        assert_eq!([&error["code"], &error["requestId"]], ["A.1", "r"]);
        assert_eq!(error["raw"], r#"{"error_code":"A.1","error_msg":"no ***!","request_id":"r"}"#);
    }
}

#[test]
fn a_view_and_its_body_hold_none_either() {
    let body = r#"{"status":"failed","error_code":"A.1","error_msg":"no token-12345"}"#;
    let outcome = conclude(GET, 200, &["token-12345"], body);
    assert_eq!(outcome["view"]["error"], json!({"code": "A.1", "message": "no ***"}));
    assert_eq!(outcome["raw"], r#"{"status":"failed","error_code":"A.1","error_msg":"no ***"}"#);
    assert_eq!(outcome["error"], Value::Null);
    // What nothing was blotted out of does not cross back.
    assert_eq!(conclude(GET, 200, &["token-1234567"], body)["raw"], Value::Null);
    assert_eq!(conclude(GET, 200, &[], body)["raw"], Value::Null);
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
            let outcome = conclude("kps.disassociate", status, &[KEY], body);
            for text in texts(&outcome) {
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
    let error = conclude(GET, 500, &["token-12345"], &format!("{filled}token-12345"))["error"].clone();
    assert_eq!(error["raw"].as_str().unwrap(), filled + "***");

    let filled = "m".repeat(995);
    let body = json!({"error_msg": format!("{filled}token-12345")}).to_string();
    let error = conclude(GET, 500, &["token-12345"], &body)["error"].clone();
    assert!(error["message"].as_str().unwrap().ends_with("mm***"), "{error}");
}

#[test]
fn one_secret_that_is_none_does_not_give_the_others_away() {
    for none in [json!(""), Value::Null, json!(5)] {
        let given = json!({"status": 502, "secrets": ["token-12345", none]}).to_string();
        let outcome = exchange::conclude(GET, &given, "token-12345");
        assert!(!to_text(&outcome).contains("token-12345"), "{none}");
    }
}

#[test]
fn a_request_id_is_no_place_for_a_secret_either() {
    for (status, body) in [(200, r#"{"job_id":"j","status":"running"}"#), (200, "{}"), (404, "{}")] {
        let given = json!({"status": status, "requestId": "r-token-12345", "secrets": ["token-12345"]}).to_string();
        let outcome: Value = serde_json::from_str(&to_text(&exchange::conclude("sfsTurbo.job", &given, body))).unwrap();
        let id = outcome.pointer("/view/requestId").or(outcome.pointer("/error/requestId"));
        assert_eq!(id, Some(&json!("r-***")), "{outcome}");
    }
}
