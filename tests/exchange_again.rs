//! What is asked again, and when: from an answer, or from none, to what is to be done then.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

use huaweicloud_tasks::exchange;
use huaweicloud_tasks::json::to_text;
use serde_json::{Value, json};

/// Half of 2^32: what is drawn by chance is half of what it may be.
const HALF: u64 = 2_147_483_648;

const GET: &str = "apig.gatewayProgress";

/// What comes of an answer to a call that was not made again yet, and may be twice.
fn conclude(name: &str, given: Value, body: &str) -> Value {
    let mut known = json!({"retries": 0, "maxRetries": 2, "signed": false, "renewed": false, "chance": HALF});
    known.as_object_mut().unwrap().extend(given.as_object().unwrap().clone());
    let outcome = exchange::conclude(name, &known.to_string(), body);
    serde_json::from_str(&to_text(&outcome)).unwrap()
}

/// What is done then: how long it waits, and whether it asks for a new token.
fn then(outcome: &Value) -> (Option<u64>, bool) {
    (outcome["waitMs"].as_u64(), outcome["newToken"].as_bool().unwrap())
}

fn coded(code: &str) -> String {
    json!({"error_code": code, "error_msg": "m"}).to_string()
}

const AGAIN: (Option<u64>, bool) = (Some(250), false);
const NEW_TOKEN: (Option<u64>, bool) = (None, true);
const NEVER: (Option<u64>, bool) = (None, false);

#[test]
fn status_and_code_say_what_is_asked_again() {
    for (name, status, code, expected) in [
        (GET, 429, "APIG.0308", AGAIN),
        (GET, 500, "APIG.9008", AGAIN),
        (GET, 502, "X.1", AGAIN),
        ("roma.instanceProgress", 503, "X.1", AGAIN),
        ("cvr.renderTasks", 504, "X.1", AGAIN),
        ("sfsTurbo.job", 500, "SFS.TURBO.0037", AGAIN),
        ("sfsTurbo.job", 409, "SFS.TURBO.0011", (Some(10_000), false)),
        (GET, 409, "APIG.3711", (Some(60_000), false)),
        (GET, 409, "APIG.3718", (Some(10_000), false)),
        (GET, 400, "APIC.7701", (Some(10_000), false)),
        (GET, 401, "APIG.1001", NEW_TOKEN),
        (GET, 401, "APIG.1002", NEW_TOKEN),
        (GET, 401, "APIC.7101", NEW_TOKEN),
        (GET, 401, "APIC.7102", NEW_TOKEN),
        ("kps.task", 401, "APIG.0307", NEW_TOKEN),
        ("kps.task", 401, "IAM.0066", NEW_TOKEN),
        ("roma.instanceProgress", 400, "ROMA.1000", NEW_TOKEN),
        ("roma.instanceProgress", 400, "ROMA.1002", NEW_TOKEN),
        (GET, 400, "APIG.2001", NEVER),
        (GET, 401, "X.1", NEVER),
        (GET, 403, "APIG.1005", NEVER),
        (GET, 403, "APIG.1002", NEVER),
        (GET, 404, "APIG.3093", NEVER),
        (GET, 500, "APIG.9999", NEVER),
        (GET, 302, "X.1", NEVER),
    ] {
        let outcome = conclude(name, json!({"status": status}), &coded(code));
        assert_eq!(then(&outcome), expected, "{status} {code}");
        assert_eq!(outcome["error"]["retryable"], expected.0.is_some(), "{status} {code}");
        assert_eq!(outcome["view"], Value::Null);
    }
}

#[test]
fn what_writes_is_never_asked_again_but_with_a_new_token() {
    for name in ["apig.importApis", "apig.exportApis", "kps.associate", "kps.disassociate", "iam.token"] {
        for (status, code) in [(429, "APIG.0308"), (500, "APIG.9008"), (503, "X.1"), (409, "APIG.3718")] {
            let outcome = conclude(name, json!({"status": status}), &coded(code));
            assert_eq!(then(&outcome), NEVER, "{name} {code}");
            assert_eq!(outcome["error"]["retryable"], true, "its caller may know better");
        }
        assert_eq!(then(&conclude(name, json!({"unanswered": "connection"}), "")), NEVER, "{name}");
        // What was refused for its token has done nothing.
        assert_eq!(then(&conclude(name, json!({"status": 401}), &coded("APIG.1002"))), NEW_TOKEN, "{name}");
    }
}

#[test]
fn a_refused_signature_and_a_refused_new_token_are_the_end() {
    for end in ["signed", "renewed"] {
        for (status, code) in [(401, "APIG.1002"), (400, "ROMA.1002")] {
            assert_eq!(then(&conclude(GET, json!({"status": status, end: true}), &coded(code))), NEVER, "{end}");
        }
        assert_eq!(then(&conclude(GET, json!({"status": 503, end: true}), "")), AGAIN, "{end}");
    }
    // A new token is no retry.
    let given = json!({"status": 401, "maxRetries": 0});
    assert_eq!(then(&conclude(GET, given, &coded("APIG.1002"))), NEW_TOKEN);
}

#[test]
fn the_wait_grows_and_the_retries_end() {
    let wait = |retries: u32, most: u32, chance: u64| {
        let given = json!({"status": 503, "retries": retries, "maxRetries": most, "chance": chance});
        then(&conclude(GET, given, "")).0
    };
    assert_eq!([wait(0, 9, HALF), wait(1, 9, HALF), wait(2, 9, HALF)], [Some(250), Some(500), Some(1_000)]);
    assert_eq!([wait(4, 9, HALF), wait(8, 9, HALF)], [Some(4_000), Some(4_000)]);
    assert_eq!([wait(0, 9, 0), wait(0, 9, 4_294_967_295)], [Some(0), Some(499)]);
    assert_eq!([wait(1, 2, HALF), wait(2, 2, HALF), wait(3, 2, HALF), wait(0, 0, HALF)], [Some(500), None, None, None]);
}

#[test]
fn the_service_says_how_long_to_leave_it_alone() {
    let wait = |status, code, retry_after| {
        then(&conclude(GET, json!({"status": status, "retryAfterMs": retry_after}), &coded(code))).0
    };
    assert_eq!(wait(503, "X.1", 3_000), Some(3_000));
    assert_eq!(wait(503, "X.1", 0), Some(250));
    assert_eq!(wait(503, "X.1", 60_000), Some(60_000));
    assert_eq!(wait(503, "X.1", 60_001), None);
    assert_eq!(wait(409, "APIG.3718", 3_000), Some(10_000));
    assert_eq!(wait(409, "APIG.3718", 20_000), Some(20_000));
    assert_eq!(wait(404, "X.1", 3_000), None);
    for (text, expected) in [
        ("policy user over ratelimit,limit:200,time:5 minute", Some(1_500)),
        ("policy ip over ratelimit,limit:2,time:1 minute", Some(30_000)),
        ("policy api over ratelimit,limit:1,time:1 day", None),
    ] {
        let body = json!({"error_code": "APIG.0308", "error_msg": text}).to_string();
        assert_eq!(then(&conclude(GET, json!({"status": 429}), &body)).0, expected, "{text}");
        // The header goes before the text.
        assert_eq!(then(&conclude(GET, json!({"status": 429, "retryAfterMs": 2_000}), &body)).0, Some(2_000), "{text}");
    }
}

#[test]
fn no_answer_has_a_kind_of_its_own() {
    let url = "https://h/v2/p/apigw/instances/i/progress";
    for (why, kind, message, retryable, expected) in [
        ("connection", "connection", "no answer (in a browser, a refusal by CORS looks the same) from ", true, AGAIN),
        ("timeout", "timeout", "no answer within 200 ms from ", true, NEVER),
        ("aborted", "aborted", "`fetch` was aborted, and not by the caller's signal: ", false, NEVER),
    ] {
        let given = json!({"unanswered": why, "url": url, "timeoutMs": 200});
        let outcome = conclude(GET, given, "");
        let error = json!({
            "kind": kind,
            "message": format!("ShowDetailsOfInstanceProgressV2: {message}{url}"),
            "status": null,
            "code": null,
            "requestId": null,
            "retryable": retryable,
            "raw": null,
            "field": null,
            "path": null,
            "expected": null,
        });
        assert_eq!((&outcome["error"], then(&outcome)), (&error, expected), "{why}");
        assert_eq!([&outcome["view"], &outcome["raw"]], [&Value::Null, &Value::Null], "{why}");
    }
}

#[test]
fn a_number_outside_its_type_is_none() {
    let success = r#"{"status":"success"}"#;
    // 65,736 is 200 in 16 bits.
    for status in
        [json!(1_000_000_000), json!(65_736), json!(-1), json!(-65_336), json!("200"), json!(200.5), json!(null)]
    {
        let outcome = conclude(GET, json!({"status": status}), success);
        assert_eq!([&outcome["view"], &outcome["error"]["status"]], [&Value::Null, &Value::Null], "{status}");
        assert_eq!((&outcome["error"]["kind"], then(&outcome)), (&json!("api"), NEVER), "{status}");
    }
    let refused = |given: Value| {
        let mut given = given;
        given["status"] = 503.into();
        then(&conclude(GET, given, "")).0
    };
    assert_eq!(refused(json!({"retries": -1})), Some(250));
    assert_eq!(refused(json!({"retries": -4_294_967_295_i64})), Some(250));
    for none in [json!(-1), json!(4_294_967_296_i64), json!("2"), json!(1.5), Value::Null] {
        assert_eq!(refused(json!({"maxRetries": none})), None, "{none}");
    }
    for wrong in [json!(-1), json!(4_294_967_296_i64), json!(0.5)] {
        assert_eq!(refused(json!({"chance": wrong})), Some(0), "{wrong}");
    }
    for wrong in [json!(-1), json!("3000"), json!(0.5)] {
        assert_eq!(refused(json!({"retryAfterMs": wrong})), Some(250), "{wrong}");
    }
}

#[test]
fn a_redirect_that_a_browser_hides_has_no_status() {
    let error = conclude(GET, json!({"status": 0}), "")["error"].clone();
    assert_eq!([&error["kind"], &error["status"]], [&json!("api"), &Value::Null]);
    assert!(error["message"].as_str().unwrap().contains("redirect"), "{error}");
}
