//! Waiting for an event.

use huaweicloud_tasks::wasm::watch::{WaitLimits, wait};
use js_sys::Date;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{js, property};

async fn wait_for(event: &str, limits: &str) -> (Result<JsValue, JsValue>, f64, JsValue) {
    let (limits, begin) = (js(limits), Date::now());
    let outcome = wait(js(event).into(), WaitLimits::from(limits.clone())).await;
    (outcome, Date::now() - begin, limits)
}

#[wasm_bindgen_test]
async fn an_event_ends_it_whether_it_is_fine_or_not() {
    for event in [
        "Promise.resolve(5)",
        "Promise.reject(5)",
        "new Promise((resolve) => setTimeout(resolve, 20))",
        "new Promise((_, reject) => setTimeout(reject, 20))",
    ] {
        for limits in ["{}", "{ milliseconds: 60000, signal: new AbortController().signal }"] {
            let (outcome, took, _) = wait_for(event, limits).await;
            assert_eq!(outcome, Ok(JsValue::NULL), "{event}");
            assert!(took < 5_000.0, "{event}");
        }
    }
}

#[wasm_bindgen_test]
async fn its_time_ends_it_with_the_time_of_the_day() {
    let (outcome, took, limits) = wait_for("new Promise(() => {})", "{ milliseconds: 50 }").await;
    let at = outcome.unwrap().as_f64().unwrap();
    assert!((0.0..1_000.0).contains(&(Date::now() - at)));
    assert!((45.0..5_000.0).contains(&took), "{took}");
    // So that a wait which has to begin again ends no later.
    let until = property(&limits, "until").as_f64().unwrap();
    assert!((until - at).abs() < 1_000.0);
}

#[wasm_bindgen_test]
async fn a_wait_that_begins_again_takes_what_is_left_of_its_time() {
    for until in ["Date.now() + 30", "Date.now() - 5000"] {
        let limits = format!("{{ milliseconds: 60000, until: {until} }}");
        let (outcome, took, _) = wait_for("new Promise(() => {})", &limits).await;
        assert!(outcome.unwrap().as_f64().is_some() && took < 5_000.0, "{until}: {took}");
    }
}

#[wasm_bindgen_test]
async fn a_signal_ends_it_with_the_callers_own_reason() {
    for (event, signal) in [
        ("new Promise(() => {})", "AbortSignal.abort('mine')"),
        ("Promise.resolve()", "AbortSignal.abort('mine')"),
        (
            "new Promise(() => {})",
            "((end) => (setTimeout(() => end.abort('mine'), 20), end.signal))(new AbortController())",
        ),
    ] {
        let limits = format!("{{ signal: {signal}, milliseconds: 60000 }}");
        let (outcome, took, _) = wait_for(event, &limits).await;
        assert_eq!(outcome, Err("mine".into()), "{signal}");
        assert!(took < 5_000.0, "{signal}");
    }
}
