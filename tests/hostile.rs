//! Bodies that nobody documented: each ends in a value or in an error that says where.

#![allow(clippy::unwrap_used, clippy::string_slice, clippy::indexing_slicing, reason = "a test may panic")]

use huaweicloud_tasks::service::apig::task_result::TaskResult;
use huaweicloud_tasks::service::apig::{TaskStatus, TaskType, read_async_task, read_gateway_progress};

fn task(status: &str, kind: &str, result: &str) -> String {
    format!(r#"{{"task_id":"t","task_status":"{status}","task_type":"{kind}","task_result":{result}}}"#)
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[test]
fn what_is_no_object_is_told() {
    for (body, found) in [
        ("", "nothing"),
        (" \n", "nothing"),
        ("null", "null"),
        ("[]", "an array"),
        ("5", "a number"),
        ("\"x\"", "a string"),
        ("true", "a boolean"),
        ("<html><h1>502</h1></html>", "`<` at byte 0"),
    ] {
        for mismatch in [read_gateway_progress(body).unwrap_err(), read_async_task(body).unwrap_err()] {
            assert_eq!((&*mismatch.path, mismatch.expected, &*mismatch.found), ("", "an object", found), "{body}");
        }
    }
}

#[test]
fn a_body_cut_anywhere_is_told() {
    for body in [
        include_str!("fixtures/apig-gateway-progress/200-success.json"),
        include_str!("fixtures/apig-async-task/200-import-succeed.json"),
        include_str!("fixtures/apig-async-task/200-export-succeed.json"),
    ] {
        let body = body.trim_end();
        for cut in 0..body.len() {
            assert!(read_gateway_progress(&body[..cut]).is_err(), "{}", &body[..cut]);
            assert!(read_async_task(&body[..cut]).is_err(), "{}", &body[..cut]);
        }
    }
}

#[test]
fn a_wrong_type_in_a_gateways_body_is_told_by_field() {
    for (field, wrong) in [
        ("progress", "true"),
        ("progress", "[]"),
        ("progress", "\"half\""),
        ("progress", "50.5"),
        ("progress", "9007199254740992"),
        ("status", "{}"),
        ("status", "false"),
        ("error_code", "[]"),
        ("error_msg", "{}"),
        ("start_time", "\"yesterday\""),
        ("start_time", "9007199254740993"),
        ("end_time", "{}"),
    ] {
        let body = format!(r#"{{"status":"creating","{field}":{wrong}}}"#);
        assert_eq!(read_gateway_progress(&body).unwrap_err().path, field, "{body}");
    }
    assert_eq!(read_gateway_progress("{}").unwrap_err().path, "status");
    assert_eq!(read_gateway_progress(r#"{"status":null}"#).unwrap_err().path, "status");
    // A number in quotes is the number: services send times so elsewhere.
    let body = r#"{"status":"creating","progress":"50","start_time":"1597389901161"}"#;
    let progress = read_gateway_progress(body).unwrap();
    assert_eq!((progress.percent, progress.started_at), (Some(50), Some(1_597_389_901_161)));
}

#[test]
fn a_wrong_type_in_a_tasks_body_is_told_by_place() {
    for (body, path) in [
        (r#"{"task_status":"waiting","task_type":"import_api"}"#.to_owned(), "task_id"),
        (r#"{"task_id":"t","task_type":"import_api"}"#.to_owned(), "task_status"),
        (r#"{"task_id":"t","task_status":"waiting"}"#.to_owned(), "task_type"),
        (r#"{"task_id":{},"task_status":"waiting","task_type":"import_api"}"#.to_owned(), "task_id"),
        (task("succeed", "import_api", "5"), "task_result"),
        (task("succeed", "import_api", "[]"), "task_result"),
        (task("succeed", "import_api", "null"), "task_result"),
        (task("succeed", "import_api", "\"\""), "task_result"),
        (task("succeed", "import_api", "\"not JSON\""), "task_result"),
        (task("succeed", "import_api", &quoted("{\"success\":[")), "task_result.success[0]"),
        (task("succeed", "import_api", &quoted("{\"success\":{}}")), "task_result.success"),
        (task("succeed", "import_api", &quoted("{\"success\":[5]}")), "task_result.success[0]"),
        (task("succeed", "import_api", &quoted("{\"success\":[{},{\"id\":[]}]}")), "task_result.success[1].id"),
        (
            task("succeed", "import_api", &quoted("{\"failure\":[{\"error_msg\":{}}]}")),
            "task_result.failure[0].error_msg",
        ),
        (task("succeed", "import_api", &quoted("{\"ignore\":[{\"path\":true}]}")), "task_result.ignore[0].path"),
        (task("succeed", "import_api", &quoted("{\"group_id\":[]}")), "task_result.group_id"),
        (task("succeed", "import_api", &quoted("{\"swagger\":{\"id\":[]}}")), "task_result.swagger.id"),
        (task("succeed", "export_api", &quoted("{}")), "task_result.content"),
        (task("succeed", "export_api", &quoted("{\"Comment\":5,\"FileName\":[]}")), "task_result.FileName"),
        (task("failed", "export_api", "true"), "task_result"),
    ] {
        assert_eq!(read_async_task(&body).unwrap_err().path, path, "{body}");
    }
}

#[test]
fn a_result_that_was_parsed_already_is_read() {
    let body = task("succeed", "import_api", r#"{"group_id":"g","success":[{"id":"a"}],"failure":null}"#);
    let Some(TaskResult::Import(report)) = read_async_task(&body).unwrap().result else { panic!() };
    assert_eq!(report.success.iter().collect::<Vec<_>>(), [[Some("a"), None, None, None]]);
    let body = task("succeed", "export_api", r#"{"FileType":".json","Comment":{"openapi":"3.0.0"}}"#);
    let Some(TaskResult::Export(exported)) = read_async_task(&body).unwrap().result else { panic!() };
    assert_eq!(exported.content, r#"{"openapi":"3.0.0"}"#);
    let body = task("succeed", "export_api", &quoted(r#"{"content":{"openapi":"3.\u0030.0"},"content":null}"#));
    let Some(TaskResult::Export(exported)) = read_async_task(&body).unwrap().result else { panic!() };
    assert_eq!(exported.content, r#"{"openapi":"3.\u0030.0"}"#);
    let body = task("succeed", "export_api", &quoted(r#"{"content":""}"#));
    let Some(TaskResult::Export(exported)) = read_async_task(&body).unwrap().result else { panic!() };
    assert_eq!(exported.content, "");
}

#[test]
fn unknown_words_are_kept_and_read_as_neither_success_nor_failure() {
    let read = |status, kind| read_async_task(&task(status, kind, "\"{}\"")).unwrap();
    let paused = read("paused", "import_api");
    assert_eq!((paused.status, paused.result), (TaskStatus::Unknown("paused".into()), None));
    let deleted = read("succeed", "delete_api");
    assert_eq!((deleted.task_type, deleted.result), (TaskType::Unknown("delete_api".into()), None));
    assert_eq!(read("FAILED", "IMPORT_API").status, TaskStatus::Failed);
}

#[test]
fn a_word_in_another_case_gets_its_documented_spelling() {
    let body = task("SUCCEED", "import_api", &quoted(r#"{"success":[{"action":"CREATE"},{"action":"Rename"}]}"#));
    let Some(TaskResult::Import(report)) = read_async_task(&body).unwrap().result else { panic!() };
    let actions: Vec<_> = report.success.iter().map(|row| row[3]).collect();
    assert_eq!(actions, [Some("create"), Some("Rename")]);
}

#[test]
fn the_last_of_repeated_keys_counts_and_a_key_of_the_prototype_is_a_key() {
    let body = r#"{"status":"success","__proto__":{"status":"failed"},"status":"creating","constructor":1}"#;
    assert_eq!(read_gateway_progress(body).unwrap().state.as_str(), "creating");
}

#[test]
fn nesting_of_10_000_is_no_matter() {
    let deep = "[".repeat(10_000) + &"]".repeat(10_000);
    let body = format!(r#"{{"status":"creating","more":{deep}}}"#);
    assert_eq!(read_gateway_progress(&body).unwrap().state.as_str(), "creating");
    assert_eq!(read_async_task(&task("succeed", "import_api", &deep)).unwrap_err().path, "task_result");
    let body = task("succeed", "import_api", &quoted(&format!("{{\"more\":{deep},\"group_id\":\"g\"}}")));
    let Some(TaskResult::Import(report)) = read_async_task(&body).unwrap().result else { panic!() };
    assert_eq!(report.group_id.as_deref(), Some("g"));
}

#[test]
fn a_report_of_20_mb_is_read() {
    let row =
        r#"{"id":"ee93ce6815f04896b301452982b92222","method":"GET","path":"/a/rather/long/path","action":"create"}"#;
    let rows = vec![row; 200_000].join(",");
    let body = task("succeed", "import_api", &quoted(&format!("{{\"success\":[{rows}]}}")));
    assert!(body.len() > 20_000_000);
    let Some(TaskResult::Import(report)) = read_async_task(&body).unwrap().result else { panic!() };
    assert_eq!(report.success.len(), 200_000);
}
