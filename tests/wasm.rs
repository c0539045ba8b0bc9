//! The exports of the module in a real engine: Node, and every browser whose driver is there.

#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use huaweicloud_tasks::wasm::{Host, call, decode_async_task};
use js_sys::{Array, Function, Int32Array, JSON, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

const ARGUMENTS: &str = r#"{"projectId":"p","instanceId":"a b","taskId":"t"}"#;
const CREATING: &str = include_str!("fixtures/apig-gateway-progress/200-creating.json");
const IMPORTED: &str = include_str!("fixtures/apig-async-task/200-import-succeed.json");
const MISSING: &str = include_str!("fixtures/apig-gateway-progress/404.json");

/// A client's host whose `fetch` does this; `body`, `controller` and `reason` are in its scope.
fn host(fetch: &str, body: &str) -> Host {
    let make = format!(
        "const controller = new AbortController(); const reason = {{}};
         return {{ endpoint: 'https://h', token: async () => 'token-12345', timeoutMs: 200, reason,
           signal: controller.signal, fetch: async (url, init) => {{ {fetch} }} }};"
    );
    let made = Function::new_with_args("body", &make).call1(&JsValue::NULL, &body.into()).unwrap();
    made.unchecked_into()
}

fn get(value: &JsValue, path: &str) -> JsValue {
    path.split('.').fold(value.clone(), |value, key| Reflect::get(&value, &key.into()).unwrap())
}

fn text(value: &JsValue, path: &str) -> String {
    get(value, path).as_string().unwrap_or_else(|| format!("{:?}", get(value, path)))
}

async fn progress(host: Host) -> Result<JsValue, JsValue> {
    call("apig.gatewayProgress".into(), ARGUMENTS.into(), host).await
}

#[wasm_bindgen_test]
async fn a_call_resolves_with_its_view() {
    let view = progress(host("return new Response(body)", CREATING)).await.unwrap();
    assert_eq!(get(&view, "percent"), 50);
    assert_eq!(text(&view, "state"), "creating");
    assert_eq!(get(&view, "startedAt"), 1_597_389_901_161_f64);
    assert!(get(&view, "endedAt").is_null() && get(&view, "error").is_null());
    assert_eq!(text(&view, "raw"), CREATING);
}

#[wasm_bindgen_test]
async fn a_request_is_what_the_service_expects() {
    let fetch = "return new Response(JSON.stringify({ status: JSON.stringify([url, init.method, init.headers]) }))";
    let view = progress(host(fetch, "")).await.unwrap();
    let sent: Array = JSON::parse(&text(&view, "state")).unwrap().unchecked_into();
    assert_eq!(sent.get(0), "https://h/v2/p/apigw/instances/a%20b/progress");
    assert_eq!(sent.get(1), "GET");
    assert_eq!(text(&sent.get(2), "X-Auth-Token"), "token-12345");
}

#[wasm_bindgen_test]
async fn an_error_body_rejects_in_plain_form() {
    let fetch = "return new Response(body, { status: 404, headers: { 'x-request-id': 'r' } })";
    let error = progress(host(fetch, MISSING)).await.unwrap_err();
    assert_eq!(text(&error, "kind"), "notFound");
    assert_eq!(get(&error, "status"), 404);
    assert_eq!(text(&error, "code"), "APIC.7302");
    assert_eq!(text(&error, "requestId"), "r");
    assert_eq!(text(&error, "raw"), MISSING);
}

#[wasm_bindgen_test]
async fn whatever_fetch_does_the_call_settles() {
    for (fetch, kind) in [
        ("throw new TypeError('x')", "connection"),
        ("throw 'x'", "connection"),
        ("return new Promise(() => {})", "timeout"),
        ("return { status: 200, headers: new Headers(), arrayBuffer: () => new Promise(() => {}) }", "timeout"),
        ("return undefined", "config"),
        ("return new Response('<html>')", "decode"),
    ] {
        assert_eq!(text(&progress(host(fetch, "")).await.unwrap_err(), "kind"), kind, "{fetch}");
    }
}

#[wasm_bindgen_test]
async fn an_abort_rejects_with_the_callers_reason() {
    let host = host("controller.abort(reason); return new Promise(() => {})", "");
    let reason = get(&host, "reason");
    for _late_then_early in 0..2 {
        let error = progress(host.clone()).await.unwrap_err();
        assert_eq!(text(&error, "kind"), "reason");
        assert!(Object::is(&get(&error, "reason"), &reason));
    }
}

#[wasm_bindgen_test]
fn a_body_decodes_without_network() {
    let task = decode_async_task(Uint8Array::from(IMPORTED.as_bytes()).into()).unwrap();
    assert_eq!(text(&task, "type"), "import_api");
    assert_eq!(text(&task, "result.groupId"), "9100ae30705947cc9543d37cd7fb388c");
    // One row: the id and the path are in the text, method and action among the words.
    assert_eq!(text(&task, "result.success.text"), "ee93ce6815f04896b301452982b92222/test1");
    let cells: Int32Array = get(&task, "result.success.cells").unchecked_into();
    assert_eq!(cells.to_vec(), [32, -2, 38, -3]);
    assert_eq!(JSON::stringify(&get(&task, "result.success.words")).unwrap(), r#"["GET","create"]"#);
}

#[wasm_bindgen_test]
fn what_is_no_body_throws_in_plain_form() {
    let error = decode_async_task(Uint8Array::from(&b"<html>"[..]).into()).unwrap_err();
    assert_eq!((text(&error, "kind"), text(&error, "expected")), ("decode".into(), "an object".into()));
    for value in [JsValue::NULL, 5.into(), Object::new().into()] {
        assert_eq!(text(&decode_async_task(value).unwrap_err(), "kind"), "config");
    }
}
