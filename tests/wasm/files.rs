//! The import of a file: the form that is sent, and what cannot be a file.

use huaweicloud_tasks::wasm::calls;
use serde_json::{Value, json};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{Service, answer, data, js, refused};

const STARTED: &str = include_str!("../fixtures/apig-async-import/202.json");

async fn import(file: &str, options: &str) -> (Result<JsValue, JsValue>, Service) {
    let service = Service::answering(&[answer(202, STARTED)]);
    let started = calls::apig_import_apis(service.client("{}"), "i".into(), js(file), js(options)).await;
    (started, service)
}

/// The parts of the form that is sent for a file.
async fn parts(file: &str, options: &str) -> Value {
    let (started, service) = import(file, options).await;
    started.unwrap();
    service.request(0).await["body"].take()
}

#[wasm_bindgen_test]
async fn every_field_is_sent_and_the_file_last_with_its_name_and_its_bytes() {
    let (started, service) = import("new File([new Uint8Array([123, 255, 0])], 'ö.json')", "undefined").await;
    let expected = json!({ "kind": "apig.task", "taskId": "d9ce8c9eede54b3f841ec324fe0bfdc2", "raw": STARTED });
    assert_eq!(data(&started.unwrap()), expected);
    let expected = json!({
        "url": "https://apig.cn-north-4.myhuaweicloud.com/v2/p/apigw/instances/i/openapi/async-import",
        "method": "POST",
        // The content type says where parts end: it is made by whoever writes them.
        "headers": { "Accept": "application/json", "X-Auth-Token": "a-token" },
        "redirect": "manual",
        "body": [
            ["is_create_group", "true"],
            ["extend_mode", "merge"],
            ["simple_mode", "false"],
            ["mock_mode", "false"],
            ["api_mode", "merge"],
            ["file_name", "ö.json", [123, 255, 0]],
        ],
    });
    assert_eq!(service.request(0).await, expected);

    let options = "{ isCreateGroup: false, groupId: 'g', extendMode: 'override', simpleMode: true, mockMode: true, \
         apiMode: 'override', fileName: 'mine.yml', maxRetries: 0 }";
    let expected = json!([
        ["is_create_group", "false"],
        ["group_id", "g"],
        ["extend_mode", "override"],
        ["simple_mode", "true"],
        ["mock_mode", "true"],
        ["api_mode", "override"],
        ["file_name", "mine.yml", [97]],
    ]);
    assert_eq!(parts("'a'", options).await, expected);
}

#[wasm_bindgen_test]
async fn whatever_holds_bytes_is_a_file_and_gets_a_name_that_fits() {
    for (file, name, bytes) in [
        ("'ç'", "apis.yaml", vec![195, 167]),
        ("'\\ufeff {}'", "apis.json", vec![239, 187, 191, 32, 123, 125]),
        ("new Uint8Array([91, 93])", "apis.json", vec![91, 93]),
        ("new Uint8Array([9, 97, 98, 9]).subarray(1, 3)", "apis.yaml", vec![97, 98]),
        ("new DataView(new Uint8Array([9, 123]).buffer, 1)", "apis.json", vec![123]),
        ("new Uint8Array([97]).buffer", "apis.yaml", vec![97]),
        ("new Uint8Array(new SharedArrayBuffer(1)).fill(97)", "apis.yaml", vec![97]),
        ("new Blob(['{', '}'])", "apis.json", vec![123, 125]),
        ("new Response('a')", "apis.yaml", vec![97]),
        ("new File(['a'], 'n.txt')", "n.txt", vec![97]),
        ("new File(['a'], '')", "apis.yaml", vec![97]),
        ("{ bytes: new Uint8Array([97]), name: 'n' }", "n", vec![97]),
        ("{ bytes: new Uint8Array([97]).buffer }", "apis.yaml", vec![97]),
        ("{ arrayBuffer: () => new Uint8Array([97]).buffer, name: 'n' }", "n", vec![97]),
    ] {
        let parts = parts(file, "undefined").await;
        assert_eq!(parts[5], json!(["file_name", name, bytes]), "{file}");
    }
}

#[wasm_bindgen_test]
async fn what_is_changed_while_it_is_sent_is_sent_as_it_was() {
    let service = Service::answering(&[answer(202, STARTED)]);
    let file = js_sys::Uint8Array::from(&[97, 98][..]);
    calls::apig_import_apis(service.client("{}"), "i".into(), file.clone().into(), JsValue::UNDEFINED).await.unwrap();
    file.set_index(0, 0);
    assert_eq!(service.request(0).await["body"][5], json!(["file_name", "apis.yaml", [97, 98]]));
}

#[wasm_bindgen_test]
async fn what_is_no_file_is_refused_before_anything_is_sent() {
    for (file, message) in [
        ("undefined", "file: expected text, bytes, a Blob or what fileFromPath gives"),
        ("5", "file: expected text, bytes, a Blob or what fileFromPath gives"),
        ("{ bytes: 'a' }", "file: expected text, bytes, a Blob or what fileFromPath gives"),
        ("''", "file: expected a file that is not empty"),
        ("new Uint8Array()", "file: expected a file that is not empty"),
        ("new Blob()", "file: expected a file that is not empty"),
        ("{ arrayBuffer: () => 'a' }", "file: expected its arrayBuffer() to give an ArrayBuffer"),
        ("{ async arrayBuffer() { throw 'mine' } }", "file: cannot be read"),
        ("{ arrayBuffer() { throw 'mine' } }", "file: cannot be read"),
    ] {
        let (started, service) = import(file, "undefined").await;
        let refused = refused(started);
        assert_eq!(refused.some(["kind", "field", "message"]), json!(["config", "file", message]), "{file}");
        assert_eq!(refused.is_from(&"mine".into()), file.contains("mine"), "{file}");
        assert_eq!(service.count(), 0, "{file}");
    }
}

#[wasm_bindgen_test]
async fn a_file_is_read_within_the_time_of_the_call_and_until_its_signal_is_aborted() {
    let file = "{ arrayBuffer: () => new Promise(() => {}) }";
    let (started, _) = import(file, "{ timeoutMs: 20 }").await;
    let message = "ImportApiDefinitionsAsync: the file could not be read within 20 ms";
    assert_eq!(refused(started).some(["kind", "message"]), json!(["timeout", message]));
    let (started, service) = import(file, "{ signal: AbortSignal.abort('mine') }").await;
    assert_eq!((started, service.count()), (Err("mine".into()), 0));
}
