//! The decoders: bodies that came by another way, as text, as bytes, or parsed already.

use huaweicloud_tasks::wasm::decode;
use serde_json::{Value, json};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{CREATING, data, js, refused, some, value_of};

type Decoder = fn(&JsValue) -> Result<JsValue, JsValue>;

const IMPORTED: &str = include_str!("../fixtures/apig-async-task/200-import-succeed.json");
const ROMA: &str = include_str!("../fixtures/roma-instance-process/200-creating.json");
const JOB: &str = include_str!("../fixtures/sfs-turbo-job/200-success.json");
const RESETTING: &str = include_str!("../fixtures/kps-task/200-running-reset.json");
const DISPATCHED: &str = r#"{"task_id":"t","server_id":"s","status":"SUCCESS"}"#;
const STARTED: &str = include_str!("../fixtures/apig-async-import/202.json");
const RENDERING: &str = include_str!("../fixtures/cvr-render-tasks/200-one-active.json");

/// Each decoder, the call that it is of, a body, and a field of what comes out.
const DECODERS: [(Decoder, &str, &str, &str, &str); 8] = [
    (decode::decode_async_task, "apig.asyncTask", IMPORTED, "status", "succeed"),
    (decode::decode_gateway_progress, "apig.gatewayProgress", CREATING, "state", "creating"),
    (decode::decode_roma_instance_progress, "roma.instanceProgress", ROMA, "name", "roma-2222"),
    (decode::decode_sfs_turbo_job, "sfsTurbo.job", JOB, "type", "bind_ldap"),
    (decode::decode_keypair_task, "kps.task", RESETTING, "phase", "running"),
    (decode::decode_keypair_dispatch, "kps.associate", DISPATCHED, "state", "dispatched"),
    (decode::decode_started_task, "apig.importApis", STARTED, "kind", "apig.task"),
    (decode::decode_render_tasks, "cvr.renderTasks", RENDERING, "count", "1"),
];

/// A body in every form in which it holds the same text.
fn forms(body: &str) -> Vec<(&'static str, JsValue)> {
    let bytes = js_sys::Uint8Array::from(body.as_bytes());
    let marked = js_sys::Uint8Array::from([b"\xef\xbb\xbf", body.as_bytes()].concat().as_slice());
    let part = js_sys::Uint8Array::from([b"{{{", body.as_bytes(), b"}}}"].concat().as_slice());
    let (start, length) = (3, body.len());
    vec![
        ("a text", body.into()),
        ("a text with a byte order mark", format!("\u{feff}{body}").into()),
        ("bytes", bytes.clone().into()),
        ("bytes with a byte order mark", marked.into()),
        ("a part of a buffer", part.subarray(start, start + length as u32).into()),
        ("a view of a buffer", js_sys::DataView::new(&part.buffer(), 3, length).into()),
        ("a buffer", bytes.buffer().into()),
    ]
}

#[wasm_bindgen_test]
fn every_decoder_takes_text_bytes_and_buffers() {
    for (decoder, call, body, field, expected) in DECODERS {
        for (form, value) in forms(body) {
            let decoded = data(&decoder(&value).unwrap());
            assert_eq!(decoded[field].to_string().trim_matches('"'), expected, "{call} from {form}");
            assert_eq!(decoded["raw"], body, "{call} from {form}");
            assert_eq!(decode::recognise(&value).unwrap(), call, "{form}");
        }
    }
}

#[wasm_bindgen_test]
fn every_decoder_takes_what_was_parsed_already() {
    for (decoder, call, body, ..) in DECODERS {
        let parsed: Value = serde_json::from_str(body).unwrap();
        let mut decoded = data(&decoder(&value_of(&parsed)).unwrap());
        assert_eq!(serde_json::from_str::<Value>(decoded["raw"].as_str().unwrap()).unwrap(), parsed, "{call}");
        decoded["raw"] = body.into();
        assert_eq!(decoded, data(&decoder(&body.into()).unwrap()), "{call}");
        assert_eq!(decode::recognise(&value_of(&parsed)).unwrap(), call);
    }
    let written = js("{ toJSON: () => ({ task_id: 't' }) }");
    assert_eq!(data(&decode::decode_started_task(&written).unwrap())["taskId"], "t");
}

#[wasm_bindgen_test]
fn a_result_that_was_parsed_already_is_read_as_well() {
    let mut parsed: Value = serde_json::from_str(IMPORTED).unwrap();
    parsed["task_result"] = serde_json::from_str(parsed["task_result"].as_str().unwrap()).unwrap();
    let decoded = data(&decode::decode_async_task(&value_of(&parsed)).unwrap());
    let row =
        json!({ "id": "ee93ce6815f04896b301452982b92222", "method": "GET", "path": "/test1", "action": "create" });
    assert_eq!(decoded["result"]["success"], json!([row]));
}

#[wasm_bindgen_test]
fn many_rows_become_objects_with_nothing_where_nothing_was() {
    let result = json!({
        "success": (0..500).map(|index| json!({ "id": format!("网{index}"), "action": "CREATE" })).collect::<Value>(),
        "failure": [{ "method": "GET", "path": "/a", "error_code": "APIG.1", "error_msg": "\u{1f600} \"no\"" }, {}],
        "ignore": [{ "path": "" }, { "path": "/" }],
    });
    let body = json!({
        "task_id": "t", "task_type": "import_api", "task_status": "succeed", "task_result": result.to_string(),
    });
    let decoded = data(&decode::decode_async_task(&body.to_string().into()).unwrap());
    let result = &decoded["result"];
    assert_eq!(result["success"].as_array().unwrap().len(), 500);
    assert_eq!(result["success"][499], json!({ "id": "网499", "method": null, "path": null, "action": "create" }));
    let failure = json!([
        { "method": "GET", "path": "/a", "code": "APIG.1", "message": "\u{1f600} \"no\"" },
        { "method": null, "path": null, "code": null, "message": null },
    ]);
    assert_eq!(result["failure"], failure);
    // An empty text is nothing, too.
    let ignored = json!([{ "method": null, "path": null }, { "method": null, "path": "/" }]);
    assert_eq!([&result["ignore"], &result["partial"]], [&ignored, &json!(true)]);
}

#[wasm_bindgen_test]
fn a_document_is_parsed_when_it_is_an_object_in_json() {
    for (content, document) in [
        (r#"{"swagger":"2.0"}"#, json!({ "swagger": "2.0" })),
        ("swagger: '2.0'\n", Value::Null),
        ("5", Value::Null),
        ("[]", Value::Null),
        ("", Value::Null),
    ] {
        let result = json!({ "file_name": "n", "file_type": "yaml", "content": content }).to_string();
        let body = json!({
            "task_id": "t", "task_type": "export_api", "task_status": "succeed", "task_result": result,
        });
        let decoded = data(&decode::decode_async_task(&body.to_string().into()).unwrap());
        let names = ["fileName", "fileType", "content", "safeFileName", "document"];
        assert_eq!(some(&decoded["result"], names), json!(["n", "yaml", content, "n.yaml", document]));
    }
}

#[wasm_bindgen_test]
fn an_error_says_where_a_body_is_not_what_it_should_be() {
    let task =
        r#"{"task_id":"t","task_type":"import_api","task_status":"succeed","task_result":"{\"success\":[{},5]}"}"#;
    for (decoder, body, path, expected) in [
        (decode::decode_async_task as Decoder, "<html>", "", "an object"),
        (decode::decode_async_task, "", "", "an object"),
        (decode::decode_async_task, "{}", "task_id", "an id"),
        (decode::decode_async_task, task, "task_result.success[1]", "an object"),
        (decode::decode_gateway_progress, r#"{"progress":1}"#, "status", "a word"),
        (decode::decode_roma_instance_progress, r#"{"status":"x","item":[{}]}"#, "item[0].status", "a word"),
        (decode::decode_sfs_turbo_job, r#"{"status":"x"}"#, "job_id", "an id"),
        (decode::decode_keypair_task, r#"{"task_id":"t"}"#, "task_status", "a word"),
        (decode::decode_keypair_dispatch, r#"{"status":"SUCCESS"}"#, "task_id", "an id"),
        (decode::decode_started_task, r#"{"task_id":null}"#, "task_id", "an id"),
        (decode::decode_render_tasks, r#"{"render_tasks":[null]}"#, "render_tasks[0]", "an object"),
    ] {
        for (form, value) in forms(body) {
            let refused = refused(decoder(&value));
            let names = ["kind", "path", "expected", "raw", "status", "retryable"];
            assert_eq!(refused.some(names), json!(["decode", path, expected, body, null, false]), "{body} as {form}");
        }
    }
    let message = "ShowAsyncTaskResult: expected an object at task_result.success[1], found a number";
    assert_eq!(refused(decode::decode_async_task(&task.into())).error["message"], message);
}

#[wasm_bindgen_test]
fn what_is_no_body_is_refused() {
    let unwritten = "expected bytes, text or an object that can be written as JSON";
    for (body, problem, has_cause) in [
        ("undefined", unwritten, false),
        ("() => {}", unwritten, false),
        ("Symbol()", unwritten, false),
        ("1n", "cannot be written as JSON", true),
        ("((loop) => (loop.loop = loop))({})", "cannot be written as JSON", true),
        ("{ toJSON() { throw 5 } }", "cannot be written as JSON", true),
        ("{ get [Symbol.toStringTag]() { throw 5 } }", "cannot be read", true),
    ] {
        for decoder in DECODERS.map(|(decoder, ..)| decoder).into_iter().chain([decode::recognise as Decoder]) {
            let refused = refused(decoder(&js(body)));
            let expected = json!(["config", "body", format!("body: {problem}")]);
            assert_eq!(refused.some(["kind", "field", "message"]), expected, "{body}");
            assert_eq!(!refused.cause.is_undefined(), has_cause, "{body}");
        }
    }
}

#[wasm_bindgen_test]
fn what_is_json_and_no_object_is_no_answer() {
    for body in ["null", "5", "true", "[]", "NaN"] {
        assert_eq!(refused(decode::decode_started_task(&js(body))).some(["kind", "path"]), json!(["decode", ""]));
        assert!(decode::recognise(&js(body)).unwrap().is_null(), "{body}");
    }
}

#[wasm_bindgen_test]
fn what_is_no_text_is_replaced() {
    let bytes = js_sys::Uint8Array::from(&b"{\"task_id\":\"\xc3\"}"[..]);
    let decoded = data(&decode::decode_started_task(&bytes).unwrap());
    assert_eq!([&decoded["taskId"], &decoded["raw"]], ["\u{fffd}", "{\"task_id\":\"\u{fffd}\"}"]);
    let text = js("'{\"task_id\":\"a\\ud800\"}'");
    assert_eq!(data(&decode::decode_started_task(&text).unwrap())["taskId"], "a\u{fffd}");
}

#[wasm_bindgen_test]
fn an_error_is_the_answer_to_no_call() {
    for body in [crate::support::MISSING, "{}", "", "<html>", r#"{"task_id":[]}"#] {
        assert!(decode::recognise(&body.into()).unwrap().is_null(), "{body}");
    }
}
