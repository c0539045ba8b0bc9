//! What a response says to a request: an answer, or an error of one kind. What is made again, and what is blotted out
//! before, have files of their own.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use huaweicloud_tasks::error::{Error, ErrorKind};
use huaweicloud_tasks::http::{Request, Response, Site};
use huaweicloud_tasks::json;
use huaweicloud_tasks::service::apig::{GatewayProgress, GatewayState};
use huaweicloud_tasks::service::sfs_turbo::Job;
use huaweicloud_tasks::service::{Detail, KINDS};
use serde_json::{Value, json};

const CREATING: &str = include_str!("fixtures/apig-gateway-progress/200-creating.json");
const MISSING: &str = include_str!("fixtures/apig-gateway-progress/404.json");
const JOB: &str = include_str!("fixtures/sfs-turbo-job/200-success.json");

fn site() -> Site {
    Site { project_id: "p".into(), endpoint: Some("https://h".into()), ..Site::default() }
}

fn request() -> Request {
    GatewayProgress::request(&site(), "i").unwrap()
}

fn response(status: u16, body: &str) -> Response {
    Response { status, body: body.into(), request_id: Some("request-1".into()), ..Response::default() }
}

fn read(status: u16, body: &str) -> Result<GatewayProgress, Error> {
    response(status, body).read(&request())
}

#[test]
fn every_success_is_read() {
    let expected = GatewayProgress {
        percent: Some(50),
        state: GatewayState::Creating,
        error: None,
        started_at: Some(1_597_389_901_161),
        ended_at: None,
    };
    for status in [200, 202, 299] {
        assert_eq!(read(status, CREATING).unwrap(), expected);
    }
    let written = r#"{"percent":50,"state":"creating","error":null,"startedAt":1597389901161,"endedAt":null}"#;
    assert_eq!(json::to_text(&expected), written);
}

#[test]
fn what_stands_in_a_header_is_read_too() {
    let request = Job::request(&site(), "j").unwrap();
    assert_eq!(response(200, JOB).read::<Job>(&request).unwrap().request_id.as_deref(), Some("request-1"));
    let without = Response { request_id: None, ..response(200, JOB) };
    assert_eq!(without.read::<Job>(&request).unwrap().request_id, None);
}

#[test]
fn an_error_body_is_an_error() {
    let expected = json!({
        "kind": "notFound",
        "message": "ShowDetailsOfInstanceProgressV2 answered 404 APIC.7302: Instance not found",
        "status": 404,
        "code": "APIC.7302",
        "requestId": "request-1",
        "retryable": false,
        "raw": MISSING,
        "field": null,
        "path": null,
        "expected": null,
    });
    let error = read(404, MISSING).unwrap_err();
    assert_eq!(serde_json::from_str::<Value>(&json::to_text(&error)).unwrap(), expected);
    // A success that is none is no success, whatever its status may have been.
    for status in [100, 199, 300, 400, 600] {
        assert!(read(status, CREATING).is_err(), "{status}");
    }
}

#[test]
fn an_answer_that_nobody_documented_says_where() {
    let body = r#"{"status":"creating","progress":[]}"#;
    let error = read(200, body).unwrap_err();
    assert_eq!((error.kind, error.path.as_deref()), (ErrorKind::Decode, Some("progress")));
    assert_eq!((error.status, error.retryable), (Some(200), false));
    assert_eq!((error.request_id.as_deref(), error.raw.as_deref()), (Some("request-1"), Some(body)));
}

#[test]
fn a_redirect_that_a_browser_hides_has_no_status() {
    let error = read(0, "").unwrap_err();
    assert_eq!((error.kind, error.status), (ErrorKind::Api, None));
    assert!(error.message.contains("redirect"), "{}", error.message);
    let error = read(302, "").unwrap_err();
    assert_eq!((error.kind, error.status), (ErrorKind::Api, Some(302)));
}

#[test]
fn an_operation_is_read_by_its_kind() {
    let gateway = KINDS.iter().find(|kind| kind.name == "apig.gateway").unwrap();
    let answer = gateway.read(&response(200, CREATING), &request()).unwrap();
    assert_eq!(answer, Detail::GatewayProgress(read(200, CREATING).unwrap()));
    // It is written as the answer of the service's own call.
    assert_eq!(json::to_text(&answer), json::to_text(&read(200, CREATING).unwrap()));
    assert_eq!(gateway.read(&response(404, MISSING), &request()).unwrap_err(), read(404, MISSING).unwrap_err());
}
