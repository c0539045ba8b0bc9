//! Calls that are made again by themselves.

use huaweicloud_tasks::wasm::calls;
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{CREATING, NOTHING, Service, answer, answer_with, data, js, refused, script, with};

/// A service that is busy this often, and then answers.
fn busy(times: usize) -> Service {
    let mut answers = vec![answer_with(503, "{}", json!({ "Retry-After": "0" })); times];
    answers.push(answer(200, CREATING));
    Service::answering(&answers)
}

#[wasm_bindgen_test]
async fn a_call_that_reads_is_made_again_twice_when_nothing_is_said() {
    let service = busy(2);
    assert_eq!(data(&service.ask("{}", "undefined").await.unwrap())["percent"], 50);
    assert_eq!(service.count(), 3);
    assert_eq!(service.request(2).await, service.request(0).await);

    let service = busy(3);
    assert_eq!(refused(service.ask("{}", "{}").await).some(["kind", "status"]), json!(["server", 503]));
    assert_eq!(service.count(), 3);
}

#[wasm_bindgen_test]
async fn how_often_is_said_by_the_client_or_by_the_call() {
    for (client, options, count) in [
        ("{ maxRetries: 0 }", "undefined", 1),
        ("{ maxRetries: 1 }", "{}", 2),
        ("{ maxRetries: 1 }", "{ maxRetries: 0 }", 1),
        ("{ maxRetries: 0 }", "{ maxRetries: 1 }", 2),
    ] {
        let service = busy(9);
        refused(service.ask(client, options).await);
        assert_eq!(service.count(), count, "{client} {options}");
    }
}

#[wasm_bindgen_test]
async fn no_answer_at_all_is_a_reason_to_ask_again() {
    let service = Service::answering(&[script("throw new TypeError('no network')"), answer(200, CREATING)]);
    service.ask("{}", "undefined").await.unwrap();
    assert_eq!(service.count(), 2);
}

#[wasm_bindgen_test]
async fn the_service_says_how_long_to_leave_it_alone() {
    let soon = "new Date(Date.now() + 2000).toUTCString()";
    for (retry_after, least) in [("'1'", 1_000.0), (soon, 900.0)] {
        let busy =
            format!("return new Response('{{}}', {{ status: 503, headers: {{ 'Retry-After': {retry_after} }} }})");
        let service = Service::answering(&[script(&busy), answer(200, CREATING)]);
        service.ask("{}", "undefined").await.unwrap();
        let waited = service.since(1);
        assert!((least..5_000.0).contains(&waited), "{retry_after}: {waited}");
    }
}

#[wasm_bindgen_test]
async fn a_wait_that_does_not_fit_into_the_time_is_not_begun() {
    for (retry_after, options) in [("30", "{ timeoutMs: 5000 }"), ("86400", "{}"), (&"9".repeat(30), "{}")] {
        let service = Service::answering(&[answer_with(503, "{}", json!({ "Retry-After": retry_after }))]);
        let refused = refused(service.ask("{}", options).await);
        assert_eq!(refused.some(["kind", "status"]), json!(["server", 503]), "{retry_after}");
        assert_eq!(service.count(), 1, "{retry_after}");
    }
}

#[wasm_bindgen_test]
async fn the_time_of_a_call_is_that_of_all_its_tries() {
    let busy = "return new Promise((resolve) => setTimeout(resolve, 60, new Response('{}', { status: 503 })))";
    let service = Service::answering(&[script(busy)]);
    // By chance, no wait is longer than nothing.
    let random = js("((random) => (Math.random = () => 0, random))(Math.random)");
    let outcome = service.ask("{}", "{ timeoutMs: 200, maxRetries: 100 }").await;
    with(js("Math"), "random", &random);
    assert_eq!(refused(outcome).error["kind"], "timeout");
    assert!((2..=4).contains(&service.count()), "{}", service.count());
    assert!(service.is_aborted(service.count() - 1));
}

#[wasm_bindgen_test]
async fn a_call_that_writes_is_never_made_again() {
    let service = busy(1);
    let request = js("{ server: { id: 's' } }");
    let outcome = calls::kps_disassociate(service.client("{}"), request, js("{ maxRetries: 5 }")).await;
    assert_eq!(refused(outcome).some(["kind", "retryable"]), json!(["server", true]));
    let login = js("{ user: 'u', password: 'p', domain: 'd' }");
    let failing = Service::answering(&[script("throw 0")]);
    refused(calls::iam_token(failing.client("{}"), login, NOTHING).await);
    assert_eq!((service.count(), failing.count()), (1, 1));
}
