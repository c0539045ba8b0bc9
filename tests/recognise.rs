//! Which call a body is an answer to: every body of the documents, and bodies that nobody documented.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::string_slice,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

use std::fs;

use huaweicloud_tasks::service::recognise;
use serde_json::Value;

const TASK: &str = include_str!("fixtures/apig-async-task/200-import-succeed.json");

/// The call whose answers a folder of fixtures holds.
fn call_of(folder: &str) -> Option<String> {
    let answers: Value = serde_json::from_str(include_str!("answers.json")).unwrap();
    // It holds requests, no answers.
    let is_of_answers = folder != "kps-disassociate";
    is_of_answers.then(|| answers[folder]["call"].as_str().unwrap_or_else(|| panic!("what does {folder} hold?")).into())
}

#[test]
fn every_body_of_the_documents_is_recognised_and_no_error_is() {
    let (mut answers, mut others) = (0, 0);
    for folder in fs::read_dir("tests/fixtures").unwrap().map(|entry| entry.unwrap().path()) {
        let folder_name = folder.file_name().unwrap().to_str().unwrap().to_owned();
        if folder.is_file() {
            assert_eq!(recognise(&fs::read_to_string(&folder).unwrap()), None, "{folder_name}");
            continue;
        }
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            let name = path.file_name().unwrap().to_str().unwrap();
            let expected = call_of(&folder_name).filter(|_| name.starts_with('2'));
            assert_eq!(recognise(&fs::read_to_string(&path).unwrap()), expected.as_deref(), "{folder_name}/{name}");
            if expected.is_some() { answers += 1 } else { others += 1 }
        }
    }
    assert!(answers >= 15 && others >= 18, "{answers} and {others}");
}

#[test]
fn what_the_documents_only_describe_is_recognised() {
    for (body, call) in [
        (r#"{"task_id":"t","server_id":"s","status":"SUCCESS"}"#, "kps.associate"),
        (r#"{"server_id":"s","status":"FAILED","error_code":"KPS.1","error_msg":"no"}"#, "kps.associate"),
        (r#"{"count":0,"render_tasks":[]}"#, "cvr.renderTasks"),
        (r#"{"task_id":"t","task_status":"READY_BIND"}"#, "kps.task"),
        (r#"{"job_id":"j","status":"running"}"#, "sfsTurbo.job"),
        (r#"{"progress":0,"status":"creating"}"#, "apig.gatewayProgress"),
        (r#"{"progress":0,"status":"creating","item":[]}"#, "roma.instanceProgress"),
        (r#"{"progress":0,"status":"creating","instance":{}}"#, "roma.instanceProgress"),
        (r#" { "task_id" : "t" } "#, "apig.importApis"),
        // Words that nobody documented are words.
        (r#"{"progress":0,"status":"resting"}"#, "apig.gatewayProgress"),
        (r#"{"task_id":"t","task_type":"delete_api","task_status":"paused"}"#, "apig.asyncTask"),
        // The order of the fields is nobody's.
        (r#"{"task_status":"waiting","more":{},"task_type":"import_api","task_id":"t"}"#, "apig.asyncTask"),
    ] {
        assert_eq!(recognise(body), Some(call), "{body}");
    }
}

#[test]
fn an_error_is_no_answer() {
    for body in [
        r#"{"error_code":"APIG.3093","error_msg":"m","request_id":"r"}"#,
        r#"{"error":{"code":401,"message":"m","title":"Unauthorized"}}"#,
        r#"{"code":"A.1","message":"m"}"#,
        r#"{"timestamp":1,"status":404,"error":"Not Found","path":"/v2"}"#,
        r#"{"error":{"task_id":"t","task_status":"READY_BIND"}}"#,
    ] {
        assert_eq!(recognise(body), None, "{body}");
    }
}

#[test]
fn what_does_not_fit_is_not_recognised() {
    for body in [
        r#"{"task_id":[]}"#,
        r#"{"task_id":null}"#,
        r#"{"task_id":{}}"#,
        r#"{"task_id":"t","task_type":"import_api","task_status":"succeed","task_result":"{"}"#,
        r#"{"task_id":"t","task_status":null}"#,
        r#"{"server_id":"s","status":"SUCCESS"}"#,
        r#"{"render_tasks":{}}"#,
        r#"{"render_tasks":[null]}"#,
        r#"{"job_id":"j","status":"running","begin_time":"soon"}"#,
        r#"{"progress":"half","status":"creating"}"#,
        r#"{"item":5,"status":"creating"}"#,
        r#"{"status":"creating"}"#,
        r#"{"TASK_ID":"t"}"#,
        r#"{"data":{"task_id":"t"}}"#,
    ] {
        assert_eq!(recognise(body), None, "{body}");
    }
}

#[test]
fn what_is_no_object_is_nothing() {
    for body in
        ["", " \n", "null", "true", "5", "\"task_id\"", "[]", r#"[{"task_id":"t"}]"#, "<html>", "{", "{}", "\u{feff}{}"]
    {
        assert_eq!(recognise(body), None, "{body}");
    }
    assert_eq!(recognise(r#"{"task_id":"t"} {}"#), None);
    assert_eq!(recognise(r#"{"task_id":"t"}x"#), None);
    let body = TASK.trim_end();
    assert_eq!(recognise(body), Some("apig.asyncTask"));
    for cut in 0..body.len() {
        assert_eq!(recognise(&body[..cut]), None, "{}", &body[..cut]);
    }
}

#[test]
fn keys_may_be_escaped_repeated_or_of_a_prototype() {
    assert_eq!(recognise(r#"{"task\u005fid":"t"}"#), Some("apig.importApis"));
    assert_eq!(recognise(r#"{"task_id":null,"task_id":"t"}"#), Some("apig.importApis"));
    assert_eq!(recognise(r#"{"__proto__":{"task_id":"t"},"constructor":1}"#), None);
}

#[test]
fn neither_depth_nor_length_is_a_matter() {
    let deep = "[".repeat(10_000) + &"]".repeat(10_000);
    assert_eq!(recognise(&format!(r#"{{"more":{deep},"task_id":"t"}}"#)), Some("apig.importApis"));
    assert_eq!(recognise(&deep), None);
    let fields: Vec<_> = (0..100_000).map(|index| format!("\"field {index}\":{index}")).collect();
    let body = format!("{{{},\"job_id\":\"j\",\"status\":\"running\"}}", fields.join(","));
    assert_eq!(recognise(&body), Some("sfsTurbo.job"));
}
