//! The exports of the module in a real engine: Node, and every browser whose driver is there. What they decide is tested
//! natively; here it is that texts and bytes cross whole.

#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

use huaweicloud_tasks::wasm;
use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

const CREATING: &str = include_str!("fixtures/apig-gateway-progress/200-creating.json");
const IMPORTED: &str = include_str!("fixtures/apig-async-task/200-import-succeed.json");
const MISSING: &str = include_str!("fixtures/apig-gateway-progress/404.json");

fn run(what: &str, first: &str, second: &str, body: &[u8]) -> String {
    String::from_utf8(wasm::run([what, first, second].join("\0").as_bytes(), body)).unwrap()
}

fn prepare(call: &str, arguments: &str, place: &str) -> String {
    run(&format!("prepare {call}"), arguments, place, b"")
}

fn conclude(call: &str, given: &str, body: &[u8]) -> String {
    run(&format!("conclude {call}"), given, "", body)
}

fn decode(body: &[u8]) -> String {
    run("decode", "", "", body)
}

/// What takes a text and answers with one.
fn ask(what: &str, first: &str) -> String {
    run(what, first, "", b"")
}

fn resume(handle: &str, now: i64) -> String {
    run("resume", handle, &json!({ "now": now }).to_string(), b"")
}

fn advance(handle: &str, event: &str) -> String {
    run("advance", handle, event, b"")
}

fn read(text: String) -> Value {
    serde_json::from_str(&text).unwrap()
}

fn answered(status: u16, body: &[u8]) -> Value {
    read(conclude("apig.gatewayProgress", &json!({"status": status, "requestId": "r"}).to_string(), body))
}

#[wasm_bindgen_test]
fn a_request_is_written() {
    let arguments = r#"{"projectId":"p","server":{"id":"ç","auth":{"type":"password","key":"a\"b\\c"}}}"#;
    let request = read(prepare("kps.disassociate", arguments, r#"{"region":"cn-north-4"}"#));
    let expected = json!({
        "name": "DisassociateKeypair",
        "method": "POST",
        "url": "https://kms.cn-north-4.myhuaweicloud.com/v3/p/keypairs/disassociate",
        "headers": [["Accept", "application/json"], ["Content-Type", "application/json"]],
        "body": r#"{"server":{"id":"ç","auth":{"type":"password","key":"a\"b\\c"}}}"#,
        "form": null,
        "file": null,
        "provesItself": false,
        "secrets": ["a\"b\\c"],
    });
    assert_eq!(request, expected);
}

#[wasm_bindgen_test]
fn what_is_no_request_is_an_error() {
    let refused = read(prepare("apig.gatewayProgress", r#"{"projectId":"p"}"#, r#"{"endpoint":"/huawei"}"#));
    assert_eq!(refused["error"]["field"], "instanceId");
    assert_eq!(refused.as_object().unwrap().len(), 1);
    let refused = read(ask("dance", ""));
    assert_eq!([&refused["error"]["kind"], &refused["error"]["field"]], ["config", "what"]);
}

#[wasm_bindgen_test]
fn an_answer_is_a_view_or_an_error() {
    let outcome = answered(200, CREATING.as_bytes());
    let view = json!({
        "percent": 50, "state": "creating", "error": null, "startedAt": 1_597_389_901_161_i64, "endedAt": null,
    });
    assert_eq!([&outcome["view"], &outcome["error"]], [&view, &Value::Null]);

    let outcome = answered(404, MISSING.as_bytes());
    let error = &outcome["error"];
    assert_eq!([&error["kind"], &error["code"], &error["requestId"]], ["notFound", "APIC.7302", "r"]);
    assert_eq!([&error["raw"], &outcome["view"]], [&json!(MISSING), &Value::Null]);
}

#[wasm_bindgen_test]
fn a_task_is_read_its_rows_as_one_text() {
    let outcome = read(decode(IMPORTED.as_bytes()));
    assert_eq!([&outcome["view"]["type"], &outcome["view"]["status"]], ["import_api", "succeed"]);
    let success = json!({
        "text": "ee93ce6815f04896b301452982b92222/test1", "words": ["GET", "create"], "cells": [32, -2, 6, -3],
    });
    assert_eq!(outcome["view"]["result"]["success"], success);
}

#[wasm_bindgen_test]
fn what_is_no_body_is_an_error() {
    for body in [&b""[..], b"<html>", b"\xff\xfe{}", b"{\"status\":\"\xc3\"}"] {
        for outcome in [read(decode(body)), answered(200, body)] {
            assert_eq!([&outcome["error"]["kind"], &outcome["view"]], [&json!("decode"), &Value::Null]);
        }
    }
}

/// A key pair task with a name that is not Latin, watched since a time beyond 32 bits.
fn begun() -> Value {
    read(ask("begin", r#"{"kind":"kps.task","taskId":"网\"关","now":1700000000000}"#))
}

#[wasm_bindgen_test]
fn an_operation_begins_to_be_watched() {
    let step = begun();
    assert_eq!([&step["call"], &step["watch"]["kind"]], ["kps.task", "kps.task"]);
    assert_eq!(step["watch"]["ids"], json!({"taskId": "网\"关"}));
    assert_eq!([&step["watch"]["begunAt"], &step["watch"]["nextAt"]], [1_700_000_000_000_i64; 2]);
    let refused = read(ask("begin", r#"{"kind":"kps.task"}"#));
    assert_eq!([&refused["error"]["kind"], &refused["error"]["field"]], ["config", "taskId"]);
}

#[wasm_bindgen_test]
fn a_watch_is_resumed() {
    let step = begun();
    let resumed = read(resume(&step["watch"].to_string(), 1_700_000_005_000));
    assert_eq!([&resumed["watch"], &resumed["elapsedMs"]], [&step["watch"], &json!(5_000)]);
    let mut changed = step["watch"].clone();
    changed["asked"] = 1.into();
    assert_eq!(read(resume(&changed.to_string(), 1_700_000_005_000))["error"]["field"], "check");
    // A clock that tells no time.
    for now in [i64::MIN, -1, 0, i64::MAX] {
        assert_eq!(read(resume(&step["watch"].to_string(), now))["watch"]["ids"], step["watch"]["ids"], "{now}");
    }
}

#[wasm_bindgen_test]
fn a_watch_is_advanced() {
    let event = r#"{"seen":{"state":"running","percent":30},"durations":["40000","50000"],"now":1700000009000}"#;
    let step = read(advance(&begun()["watch"].to_string(), event));
    assert_eq!(step["watch"]["milestones"], json!(["30 1700000000000 1700000009000"]));
    assert_eq!([&step["watch"]["asked"], &step["elapsedMs"]], [1, 9_000]);
    assert!(step["etaMs"][0].as_i64().unwrap() < step["etaMs"][1].as_i64().unwrap());

    let event = r#"{"failed":{"kind":"server","retryable":true,"leastMs":2500},"now":1700000010000}"#;
    let step = read(advance(&step["watch"].to_string(), event));
    assert_eq!([&step["watch"]["nextAt"], &step["leastMs"]], [1_700_000_012_500_i64, 2_500]);

    let step = read(advance(&step["watch"].to_string(), r#"{"seen":{"state":"partial"},"now":1700000020000}"#));
    assert_eq!([&step["watch"]["ended"], &step["givenUp"]], [true, false]);
    assert_eq!(read(advance("{}", "{}"))["error"]["field"], "version");
}
