//! Budgets of requests: that of a group of operations, and that of a client.

use futures_lite::future::zip;
use huaweicloud_tasks::wasm::calls;
use huaweicloud_tasks::wasm::calls::client::Client;
use huaweicloud_tasks::wasm::outside::gate::leave_group;
use huaweicloud_tasks::wasm::watch::poll;
use huaweicloud_tasks::wasm::watch::watch_operation;
use serde_json::json;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{CREATING, SILENCE, SUCCESS, Service, Watched, answer, js, passed, script};

/// A gateway that is watched in a group.
fn gateway(service: &Service, id: &str, group: &str, more: &str) -> Watched {
    let target = js(&format!("{{ kind: 'apig.gateway', instanceId: '{id}' }}"));
    let handle = poll::begin_handle(&service.client("{}"), &target, false).unwrap();
    Watched::from(&handle, &format!("{{ groups: [{group}], ...{more} }}"))
}

type Outcome = Result<(), JsValue>;

async fn watch(service: &Service, watched: &Watched) -> Outcome {
    watch_by(service.client("{}"), watched).await
}

async fn watch_by(client: Client, watched: &Watched) -> Outcome {
    watch_operation(client, watched.poll(), watched.stopped()).await
}

#[wasm_bindgen_test]
async fn a_budget_is_kept_by_all_of_a_group() {
    let service = Service::giving(SUCCESS);
    // Requests arrive closer together than they were sent, so a second is left besides.
    let group = "{ key: 1, limit: 2, perMs: 100 }";
    let [a, b, c] = ["a", "b", "c"].map(|id| gateway(&service, id, group, "{}"));
    let (outcomes, last) = zip(zip(watch(&service, &a), watch(&service, &b)), watch(&service, &c)).await;
    assert_eq!((outcomes, last), ((Ok(()), Ok(())), Ok(())));
    assert_eq!(service.count(), 3);
    assert!((1_000.0..5_000.0).contains(&service.since(2)), "{}", service.since(2));
}

#[wasm_bindgen_test]
async fn a_group_without_a_budget_goes_at_once() {
    let service = Service::giving(SUCCESS);
    let [a, b] = ["a", "b"].map(|id| gateway(&service, id, "{ key: 2 }", "{}"));
    let (first, second) = zip(watch(&service, &a), watch(&service, &b)).await;
    assert_eq!((first, second), (Ok(()), Ok(())));
    assert!(service.since(1) < 500.0, "{}", service.since(1));
}

#[wasm_bindgen_test]
async fn who_waits_in_a_group_that_is_left_may_go() {
    let service = Service::giving(SUCCESS);
    let group = "{ key: 3, limit: 1, perMs: 3600000 }";
    let [a, b] = ["a", "b"].map(|id| gateway(&service, id, group, "{}"));
    let leave = async {
        passed(50.0).await;
        assert_eq!(service.count(), 1);
        leave_group(3);
    };
    let ((first, second), ()) = zip(zip(watch(&service, &a), watch(&service, &b)), leave).await;
    assert_eq!((first, second, service.count()), (Ok(()), Ok(()), 2));
    // There is none with this key any more.
    leave_group(3);
}

#[wasm_bindgen_test]
async fn who_stops_waiting_lets_the_next_one_go() {
    let service = Service::giving(SUCCESS);
    let group = "{ key: 4, limit: 1, perMs: 100 }";
    let [a, b, c] = ["a", "b", "c"].map(|id| gateway(&service, id, group, "{}"));
    let leave = async {
        passed(50.0).await;
        b.stop();
    };
    let watching = zip(zip(watch(&service, &a), watch(&service, &b)), watch(&service, &c));
    let (((first, second), third), ()) = zip(watching, leave).await;
    assert_eq!((first, second, third), (Ok(()), Ok(()), Ok(())));
    assert_eq!((b.at("told"), service.count()), (json!([]), 2));
    assert!((1_000.0..5_000.0).contains(&service.since(1)), "{}", service.since(1));
}

#[wasm_bindgen_test]
async fn a_request_that_never_ends_holds_nobody_up() {
    let service = Service::answering(&[script(SILENCE), answer(200, SUCCESS)]);
    let group = "{ key: 5, limit: 5, perMs: 60000 }";
    let [a, b] = ["a", "b"].map(|id| gateway(&service, id, group, "{}"));
    let watching_b = async {
        watch(&service, &b).await.unwrap();
        a.stop();
    };
    let (outcome, ()) = zip(watch(&service, &a), watching_b).await;
    assert_eq!((outcome, service.is_aborted(0), service.is_aborted(1)), (Ok(()), true, false));
}

/// One operation of a client is answered and another is refused, 100 ms after the first question: the refusal tells of one
/// request in a second. Gives how the two watches ended, and the services that they asked.
async fn beside_a_refusal(client: &str, refused: &str) -> ((Outcome, Outcome), Service, Service) {
    let body = r#"{"error_code":"APIG.0308","error_msg":"policy user over ratelimit,limit:1,time:1 second"}"#;
    let running = Service::answering(&[answer(200, CREATING), answer(200, SUCCESS)]);
    let busy = Service::answering(&[answer(429, body)]);
    let a = gateway(&running, "a", "", "{ schedule: { intervalMs: 300 } }");
    let b = gateway(&busy, "b", "", refused);
    let later = async {
        passed(100.0).await;
        watch_by(busy.client(client), &b).await
    };
    let outcomes = zip(watch_by(running.client(client), &a), later).await;
    (outcomes, running, busy)
}

#[wasm_bindgen_test]
async fn a_budget_that_the_service_tells_of_counts_for_all_of_a_client() {
    let (outcomes, running, busy) = beside_a_refusal("{ group: { key: 6 } }", "{ most: 1 }").await;
    assert_eq!(outcomes, (Ok(()), Ok(())));
    assert_eq!((running.count(), busy.count()), (2, 1));
    // Two seconds after the other was refused, instead of 300 ms after the answer.
    assert!((2_000.0..5_000.0).contains(&running.since(1)), "{}", running.since(1));
}

#[wasm_bindgen_test]
async fn a_budget_that_the_last_refusal_tells_of_counts_as_well() {
    let client = "{ group: { key: 7 } }";
    let ((first, second), running, _) = beside_a_refusal(client, "{ maxConsecutiveErrors: 1 }").await;
    assert!(first.is_ok() && second.is_err());
    assert!((2_000.0..5_000.0).contains(&running.since(1)), "{}", running.since(1));
}

#[wasm_bindgen_test]
async fn a_budget_of_a_client_holds_its_calls_too() {
    let service = Service::giving(CREATING);
    let client = service.client("{ group: { key: 8, limit: 1, perMs: 100 }, timeoutMs: 900 }");
    let ask = || calls::apig_gateway_progress(client.clone().unchecked_into(), "i".into(), JsValue::UNDEFINED);
    let (first, second) = zip(ask(), ask()).await;
    // To wait for a turn is no part of the time that a call may take.
    assert!(first.is_ok() && second.is_ok());
    assert!((1_000.0..5_000.0).contains(&service.since(1)), "{}", service.since(1));
}

#[wasm_bindgen_test]
async fn a_signal_ends_the_waiting_for_a_turn() {
    let service = Service::giving(CREATING);
    let client = service.client("{ group: { key: 9, limit: 1, perMs: 3600000 } }");
    let ask = |options| calls::apig_gateway_progress(client.clone().unchecked_into(), "i".into(), js(options));
    assert!(ask("undefined").await.is_ok());
    let end = "{ signal: ((end) => (setTimeout(() => end.abort('mine'), 20), end.signal))(new AbortController()) }";
    assert_eq!(ask(end).await, Err("mine".into()));
    assert_eq!(service.count(), 1);
}
