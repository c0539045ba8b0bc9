//! How large a body may be, and how its bytes become text.

use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{CREATING, Service, answer, answer_with, data, js, property, refused, script};

/// What is told of a body that is too large.
async fn is_refused(service: &Service, client: &str, options: &str) {
    let refused = refused(service.ask(client, options).await);
    let expected = "a body within `maxBodyBytes`";
    let message = format!("ShowDetailsOfInstanceProgressV2: expected {expected}, found a larger one");
    let names = ["kind", "message", "expected", "status", "retryable"];
    assert_eq!(refused.some(names), json!(["decode", message, expected, 200, false]));
    assert_eq!(service.count(), 1);
    assert!(service.is_aborted(0), "the rest of it would still come");
}

#[wasm_bindgen_test]
async fn a_body_that_is_announced_too_large_is_not_read() {
    js("globalThis.kept = null");
    let service = Service::answering(&[script(
        "return globalThis.kept = new Response('{}', { headers: { 'Content-Length': '33554433' } })",
    )]);
    is_refused(&service, "{}", "undefined").await;
    assert_eq!(property(&js("globalThis.kept"), "bodyUsed"), false);
    // The most that is read when nothing is said: 32 MiB.
    let service = Service::answering(&[answer_with(200, CREATING, json!({ "Content-Length": "33554432" }))]);
    service.ask("{}", "undefined").await.unwrap();
}

#[wasm_bindgen_test]
async fn the_client_or_the_call_says_how_large_it_may_be() {
    let length = CREATING.len();
    for (client, options, is_fine) in [
        (format!("{{ maxBodyBytes: {length} }}"), "undefined".to_owned(), true),
        (format!("{{ maxBodyBytes: {} }}", length - 1), "{}".to_owned(), false),
        ("{}".to_owned(), format!("{{ maxBodyBytes: {} }}", length - 1), false),
        ("{ maxBodyBytes: 1 }".to_owned(), format!("{{ maxBodyBytes: {length} }}"), true),
    ] {
        for mock in [
            "new Response(body)",
            "new Response(body, { headers: { 'Content-Length': String(body.length) } })",
            "{ status: 200, text: () => body }",
            "{ status: 200, arrayBuffer: () => new TextEncoder().encode(body).buffer }",
        ] {
            let answer = script(&format!("const body = {}; return ({mock})", json!(CREATING)));
            let service = Service::answering(&[answer]);
            if is_fine {
                service.ask(&client, &options).await.unwrap();
            } else {
                is_refused(&service, &client, &options).await;
            }
        }
    }
}

#[wasm_bindgen_test]
async fn a_body_without_an_end_is_left() {
    js("globalThis.parts = 0");
    let service = Service::answering(&[script(
        "return new Response(new ReadableStream({ pull(controller) { \
             globalThis.parts += 1; controller.enqueue(new Uint8Array(1000).fill(32)) } }))",
    )]);
    is_refused(&service, "{}", "{ maxBodyBytes: 10000 }").await;
    let parts = js("globalThis.parts").as_f64().unwrap();
    assert!((10.0..20.0).contains(&parts), "{parts}");
}

#[wasm_bindgen_test]
async fn a_length_that_is_a_lie_helps_nobody() {
    for headers in [
        json!({ "Content-Length": "10" }),
        json!({ "Content-Length": "10", "Content-Encoding": "gzip" }),
        json!({ "Content-Length": "soon" }),
    ] {
        let service = Service::answering(&[answer_with(200, &" ".repeat(1_000), headers)]);
        is_refused(&service, "{}", "{ maxBodyBytes: 100 }").await;
    }
    // What is compressed is as long as it is when it is not any more.
    let headers = json!({ "Content-Length": "100000", "Content-Encoding": "gzip" });
    let service = Service::answering(&[answer_with(200, CREATING, headers)]);
    service.ask("{}", "{ maxBodyBytes: 1000 }").await.unwrap();
}

#[wasm_bindgen_test]
async fn a_body_that_comes_in_parts_is_put_together() {
    let service = Service::answering(&[script(&format!(
        "const bytes = new TextEncoder().encode({}); let at = 0; \
         return new Response(new ReadableStream({{ pull(controller) {{ \
             if (at === bytes.length) controller.close(); else controller.enqueue(bytes.slice(at, at += 1)) }} }}))",
        json!(r#"{"status":"网关"}"#)
    ))]);
    let progress = data(&service.ask("{}", "undefined").await.unwrap());
    assert_eq!(progress["state"], "网关");
}

#[wasm_bindgen_test]
async fn what_is_neither_bytes_nor_text_is_no_body() {
    for response in [
        "new Response(new ReadableStream({ pull(controller) { controller.enqueue('text') } }))",
        "{ status: 200, arrayBuffer: () => ({ byteLength: 5 }), text: () => '{}' }",
        "{ status: 200, text: () => ({}) }",
    ] {
        let service = Service::answering(&[script(&format!("return ({response})"))]);
        let refused = refused(service.ask("{}", "undefined").await);
        assert_eq!(refused.some(["kind", "field"]), json!(["config", "fetch"]), "{response}");
    }
}

#[wasm_bindgen_test]
async fn a_byte_order_mark_goes_and_what_is_no_text_is_replaced() {
    let body = "new Uint8Array([0xef, 0xbb, 0xbf, ...new TextEncoder().encode('{\"status\":\"'), 0xc3, 34, 125])";
    for response in [format!("new Response({body})"), format!("{{ status: 200, arrayBuffer: () => {body} }}")] {
        let service = Service::answering(&[script(&format!("return ({response})"))]);
        let progress = data(&service.ask("{}", "undefined").await.unwrap());
        assert_eq!([&progress["state"], &progress["raw"]], ["\u{fffd}", "{\"status\":\"\u{fffd}\"}"]);
    }
}

#[wasm_bindgen_test]
async fn an_empty_body_is_no_answer() {
    for service in [Service::giving(""), Service::answering(&[script("return new Response(null, { status: 204 })")])] {
        let refused = refused(service.ask("{}", "undefined").await);
        assert_eq!(refused.some(["kind", "path", "raw"]), json!(["decode", "", ""]));
    }
    let service = Service::answering(&[answer(404, "")]);
    let refused = refused(service.ask("{}", "undefined").await);
    let message = "ShowDetailsOfInstanceProgressV2 answered 404: no message, the body is empty";
    assert_eq!(refused.some(["kind", "message"]), json!(["notFound", message]));
}
