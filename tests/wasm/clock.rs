//! A clock of the caller's: all waiting goes by it.

use futures_lite::future::zip;
use huaweicloud_tasks::wasm::watch::poll;
use huaweicloud_tasks::wasm::watch::{WaitLimits, wait, watch_operation};
use js_sys::Date;
use serde_json::json;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{CREATING, SUCCESS, Service, Watched, answer, answer_with, data, js, property, refused};

/// A clock that is at the time 5,000,000 and jumps; it notes how long the sleeps were.
const JUMPING: &str = "((sleeps) => ({
    time: 5_000_000, sleeps,
    now() { return this.time; },
    monotonic() { return this.time; },
    async sleep(milliseconds) { sleeps.push(milliseconds); this.time += milliseconds; },
}))([])";

fn client(service: &Service, clock: &JsValue, more: &str) -> JsValue {
    let options = js(more);
    js_sys::Reflect::set(&options, &"clock".into(), clock).unwrap();
    service.client_with(&options).into()
}

#[wasm_bindgen_test]
async fn an_hour_of_polling_takes_no_time() {
    let mut answers = vec![answer(200, CREATING); 59];
    answers.push(answer(200, SUCCESS));
    let (service, clock, begin) = (Service::answering(&answers), js(JUMPING), Date::now());
    let client = client(&service, &clock, "{}");
    let target = js("{ kind: 'apig.gateway', instanceId: 'i' }");
    let handle = poll::begin_handle(client.unchecked_ref(), &target, true).unwrap();
    assert_eq!(data(&handle)["begunAt"], 5_000_000);
    let watched = Watched::from(&handle, "{ schedule: { intervalMs: 60000 } }");
    watch_operation(client.unchecked_into(), watched.poll(), watched.stopped()).await.unwrap();
    assert_eq!(service.count(), 60);
    assert_eq!(data(&property(&clock, "sleeps")), json!(vec![60_000; 60]));
    assert!(Date::now() - begin < 5_000.0);
}

#[wasm_bindgen_test]
async fn the_wait_before_a_retry_goes_by_it_and_the_time_of_a_call_does_not() {
    let busy = answer_with(503, "{}", json!({ "Retry-After": "20" }));
    let (service, clock, begin) = (Service::answering(&[busy, answer(200, CREATING)]), js(JUMPING), Date::now());
    let call = |options| {
        let client = client(&service, &clock, "{}").unchecked_into();
        huaweicloud_tasks::wasm::calls::apig_gateway_progress(client, "i".into(), js(options))
    };
    assert!(call("{}").await.is_ok());
    assert_eq!(data(&property(&clock, "sleeps")), json!([20_000]));
    assert!(Date::now() - begin < 5_000.0);
}

#[wasm_bindgen_test]
async fn a_budget_goes_by_it() {
    let (service, clock, begin) = (Service::giving(CREATING), js(JUMPING), Date::now());
    let client = client(&service, &clock, "{ group: { key: 900, limit: 1, perMs: 60000 } }");
    let call = || {
        let client = client.clone().unchecked_into();
        huaweicloud_tasks::wasm::calls::apig_gateway_progress(client, "i".into(), JsValue::UNDEFINED)
    };
    let (first, second) = zip(call(), call()).await;
    assert!(first.is_ok() && second.is_ok());
    // A second is left besides, as requests arrive closer together than they were sent.
    assert_eq!(data(&property(&clock, "sleeps")), json!([61_000]));
    assert!(Date::now() - begin < 5_000.0);
}

#[wasm_bindgen_test]
async fn a_wait_goes_by_it_and_tells_it_when_nobody_waits_any_more() {
    let limits = js("{ milliseconds: 3600000 }");
    js_sys::Reflect::set(&limits, &"clock".into(), &js(JUMPING)).unwrap();
    let at = wait(js("new Promise(() => {})").into(), WaitLimits::from(limits)).await;
    assert_eq!(at, Ok(8_600_000.into()));

    let limits = js("{ milliseconds: 60000, clock: {
        now: () => 0, monotonic: () => 0,
        sleep(_, signal) { this.signal = signal; return new Promise(() => {}); },
    } }");
    let clock = property(&limits, "clock");
    let come = wait(js("new Promise((resolve) => setTimeout(resolve, 20))").into(), WaitLimits::from(limits)).await;
    assert_eq!(come, Ok(JsValue::NULL));
    assert_eq!(property(&property(&clock, "signal"), "aborted"), true);
}

#[wasm_bindgen_test]
async fn a_clock_that_fails_or_tells_no_time_is_an_error_that_names_it() {
    let service = Service::giving(CREATING);
    for (clock, message) in [
        (
            "{ now: () => '5', monotonic: () => 0, sleep: async () => {} }",
            "clock.now: expected a number of milliseconds",
        ),
        (
            "{ now: () => NaN, monotonic: () => 0, sleep: async () => {} }",
            "clock.now: expected a number of milliseconds",
        ),
        ("{ now() { throw 5; }, monotonic: () => 0, sleep: async () => {} }", "clock.now: failed"),
        ("{ now: () => 0, monotonic: () => 0, sleep() { throw 5; } }", "clock.sleep: failed"),
        ("{ now: () => 0, monotonic: () => 0, sleep: () => Promise.reject(5) }", "clock.sleep: failed"),
    ] {
        let client = client(&service, &js(clock), "{}");
        let target = js("{ kind: 'apig.gateway', instanceId: 'i' }");
        let outcome = match poll::begin_handle(client.unchecked_ref(), &target, true) {
            Ok(handle) => {
                let watched = Watched::from(&handle, "{}");
                watch_operation(client.unchecked_into(), watched.poll(), watched.stopped()).await
            }
            Err(refusal) => Err(refusal),
        };
        let refusal = refused(outcome.map(|()| JsValue::NULL));
        assert_eq!(refusal.some(["kind", "message"]), json!(["config", message]), "{clock}");
    }
}
