//! The headers that prove who sends a request: a token, or a signature with an access key. JSON in, JSON out.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

use huaweicloud_tasks::exchange;
use huaweicloud_tasks::json::to_text;
use serde::Serialize;
use serde_json::{Value, json};

const VECTORS: &str = include_str!("fixtures/signing-vectors.json");

/// What crosses to JavaScript.
fn crossed<T: Serialize>(value: &T) -> Value {
    serde_json::from_str(&to_text(value)).unwrap()
}

fn authorize(given: &Value) -> Result<Value, Value> {
    exchange::authorize(&given.to_string()).map(|headers| crossed(&headers)).map_err(|error| crossed(&error))
}

#[test]
fn a_token_is_a_header() {
    let headers = json!([["X-Auth-Token", "MIIQ-abc_123=+/"]]);
    assert_eq!(authorize(&json!({"token": "MIIQ-abc_123=+/"})), Ok(headers));
    for wrong in [json!({}), json!({"token": ""}), json!({"token": "s3cret\n"}), json!({"token": "s3crét"})] {
        let error = authorize(&wrong).unwrap_err();
        assert_eq!([&error["kind"], &error["field"]], ["config", "token"]);
        assert!(!error.to_string().contains("s3cr"), "{error}");
    }
    // Half an access key signs nothing.
    assert!(authorize(&json!({"credentials": {"accessKey": "AccessKey"}})).is_err());
}

#[test]
fn what_cannot_be_a_header_signs_nothing() {
    for (field, wrong) in [
        ("credentials.accessKey", json!({"credentials": {"secretKey": "s3cret"}})),
        ("credentials.accessKey", json!({"credentials": {"accessKey": "s3c\n", "secretKey": "s3cret"}})),
        (
            "credentials.securityToken",
            json!({"credentials": {"accessKey": "A", "secretKey": "s3cret", "securityToken": "s3c\r\n"}}),
        ),
        ("projectId", json!({"projectId": "p q"})),
        ("projectId", json!({"projectId": null})),
    ] {
        let error = authorize(&signed(wrong)).unwrap_err();
        assert_eq!([&error["kind"], &error["field"]], ["config", field]);
        assert!(!error.to_string().contains("s3c"), "{error}");
    }
}

/// What the vectors were signed with, at their time.
fn signed(more: Value) -> Value {
    let mut given = json!({
        "credentials": {"accessKey": "AccessKey", "secretKey": "SecretKey"},
        "projectId": "77b6a44cba5143ab91d13ab9a8ff44fd",
        "now": 1_573_789_015_000_i64,
    });
    given.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    given
}

#[test]
fn a_signature_is_that_of_the_vectors() {
    let vectors: Vec<Value> = serde_json::from_str(VECTORS).unwrap();
    // Content types are not signed here.
    let ours: Vec<_> = vectors.iter().filter(|vector| vector["headers"].get("Content-Type").is_none()).collect();
    assert_eq!(ours.len(), 7);
    for vector in ours {
        let text = |key: &str| vector[key].as_str().unwrap();
        let url = format!("https://{}{}", text("host"), text("request_target"));
        let mut given = signed(json!({"method": text("method"), "url": url}));
        let mut expected = vec![
            json!(["X-Project-Id", "77b6a44cba5143ab91d13ab9a8ff44fd"]),
            json!(["X-Sdk-Date", "20191115T033655Z"]),
        ];
        if let Some(token) = vector["headers"].get("X-Security-Token") {
            given["credentials"]["securityToken"] = token.clone();
            expected.push(json!(["X-Security-Token", token]));
        }
        expected.push(json!(["Authorization", text("authorization")]));
        assert_eq!(authorize(&given), Ok(expected.into()), "{}", text("name"));
    }
}

#[test]
fn a_body_is_signed_unless_it_is_a_form() {
    let at = |host: &str, path: &str| format!("https://{host}.cn-north-4.myhuaweicloud.com{path}");
    let authorization = |given| {
        let headers = authorize(&signed(given)).unwrap();
        let names: Vec<_> = headers.as_array().unwrap().iter().map(|header| header[0].as_str().unwrap()).collect();
        let last = headers[names.len() - 1][1].as_str().unwrap();
        (names.join(" "), last.to_owned())
    };
    // Computed apart from this crate, with the vectors' own algorithm.
    let body = r#"{"server":{"id":"d76baba7-ef09-40a2-87ff-3eafec0696e7","auth":{"type":"keypair","key":"-----BEGINRSAPRIVATEKEY-----\nM..."}}}"#;
    let url = at("kms", "/v3/77b6a44cba5143ab91d13ab9a8ff44fd/keypairs/disassociate");
    let expected = "SDK-HMAC-SHA256 Access=AccessKey, SignedHeaders=host;x-project-id;x-sdk-date, \
        Signature=b832a27b67f540db5e8b3b68199aa168f122b283e391b2e7b73f53ba226faa13";
    assert_eq!(
        authorization(json!({"method": "POST", "url": url, "body": body, "isForm": false})),
        ("X-Project-Id X-Sdk-Date Authorization".into(), expected.into())
    );
    let url = at("apig", "/v2/77b6a44cba5143ab91d13ab9a8ff44fd/apigw/instances/i/openapi/async-import");
    let expected = "SDK-HMAC-SHA256 Access=AccessKey, SignedHeaders=host;x-project-id;x-sdk-content-sha256;x-sdk-date, \
        Signature=05d5c8ffe9c1434d5772db9596db27807431cca53738178442e847d82c2ac7b0";
    assert_eq!(
        authorization(json!({"method": "POST", "url": url, "body": null, "isForm": true})),
        ("X-Project-Id X-Sdk-Date X-Sdk-Content-Sha256 Authorization".into(), expected.into())
    );
}

#[test]
fn what_says_nothing_of_who_sends_it_is_refused() {
    for text in ["", "[]", "null", "{", "{} {}", "{}"] {
        assert!(exchange::authorize(text).is_err(), "{text}");
    }
}
