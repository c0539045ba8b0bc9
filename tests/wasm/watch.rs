//! The watching of an operation, with small schedules under the real clock.

use futures_lite::future::zip;
use huaweicloud_tasks::wasm::watch::poll;
use huaweicloud_tasks::wasm::watch::watch_operation;
use serde_json::{Value, json};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{
    CREATING, MISSING, NOTHING, SILENCE, SUCCESS, Service, Watched, answer, data, js, passed, property, refused,
    script, some, with,
};

const STARTING: &str = r#"{"progress":30,"status":"creating","start_time":1597389901161}"#;

/// An operation that is watched from now on.
fn watched(service: &Service, more: &str) -> Watched {
    let target = js("{ kind: 'apig.gateway', instanceId: 'i' }");
    Watched::from(&poll::begin_handle(&service.client("{}"), &target, false).unwrap(), more)
}

async fn watch(service: &Service, watched: &Watched) -> Result<(), JsValue> {
    watch_operation(service.client("{}"), watched.poll(), watched.stopped()).await
}

fn told(watched: &Watched, names: [&str; 2]) -> Value {
    watched.at("told").as_array().unwrap().iter().map(|one| some(one, names)).collect()
}

#[wasm_bindgen_test]
async fn an_operation_is_watched_to_its_end() {
    let answers = [STARTING, STARTING, CREATING, SUCCESS].map(|body| answer(200, body));
    let service = Service::answering(&answers);
    let operation = watched(&service, "{}");
    let client = service.client("{}");
    let durations = property(&client, "durations");
    watch_operation(client, operation.poll(), operation.stopped()).await.unwrap();

    let expected = json!([["running", 30], ["running", 30], ["running", 50], ["succeeded", 100]]);
    assert_eq!(told(&operation, ["state", "percent"]), expected);
    let told = operation.at("told");
    let likeness = |index: usize| &told[index]["likeness"];
    assert_eq!(likeness(0), likeness(1));
    assert!(likeness(1) != likeness(2) && likeness(2) != likeness(3));
    let history = operation.at("history");
    let names = ["state", "status", "percent"];
    let seen: Value = history.as_array().unwrap().iter().map(|seen| some(seen, names)).collect();
    let expected = json!([["running", "creating", 30], ["running", "creating", 50], ["succeeded", "success", 100]]);
    assert_eq!(seen, expected);
    assert_eq!(history[2]["at"], told[3]["at"]);
    assert_eq!(some(&operation.at("handle"), ["asked", "ended", "failures"]), json!([4, true, 0]));
    assert_eq!(some(&operation.at("view"), ["state", "elapsedMs"]), json!(["succeeded", 323_750]));
    assert_eq!(operation.at("view")["detail"]["raw"], SUCCESS);
    assert_eq!(data(&durations), json!({ "apig.gateway": [323_750] }));
    // A tenth of a second apart, three times; timers may fire a little early.
    assert_eq!(service.count(), 4);
    assert!((290.0..5_000.0).contains(&service.since(3)), "{}", service.since(3));
}

#[wasm_bindgen_test]
async fn an_operation_that_ended_before_is_asked_about_once_more() {
    let service = Service::giving(SUCCESS);
    let first = watched(&service, "{}");
    watch(&service, &first).await.unwrap();
    let again = Watched::from(&property(&first, "handle"), "{ schedule: { intervalMs: 60000 } }");
    watch(&service, &again).await.unwrap();
    assert_eq!(service.count(), 2);
    assert_eq!(told(&again, ["state", "percent"]), json!([["succeeded", 100]]));
}

#[wasm_bindgen_test]
async fn no_answer_is_told_and_asked_again_when_a_second_has_passed() {
    let service = Service::answering(&[answer(503, "{}"), answer(200, SUCCESS)]);
    let operation = watched(&service, "{}");
    watch(&service, &operation).await.unwrap();
    assert_eq!(told(&operation, ["failures", "state"]), json!([[1, null], [null, "succeeded"]]));
    assert!((950.0..5_000.0).contains(&service.since(1)), "{}", service.since(1));
}

#[wasm_bindgen_test]
async fn a_polling_that_has_failed_for_good_rejects() {
    let service = Service::answering(&[script("throw 'mine'")]);
    let operation = watched(&service, "{ maxConsecutiveErrors: 1 }");
    let failed = refused(watch(&service, &operation).await);
    assert_eq!(failed.error["kind"], "connection");
    assert!(failed.is_from(&"mine".into()));
    assert_eq!(told(&operation, ["failures", "state"]), json!([[1, null]]));
    assert_eq!(operation.at("handle")["failures"], 1);

    let service = Service::answering(&[answer(404, MISSING)]);
    let operation = watched(&service, "{}");
    assert_eq!(refused(watch(&service, &operation).await).error["kind"], "notFound");
    assert_eq!((service.count(), operation.at("view")), (1, Value::Null));
}

#[wasm_bindgen_test]
async fn a_request_ends_when_nobody_looks_any_more() {
    let service = Service::answering(&[script(SILENCE)]);
    let operation = watched(&service, "{}");
    let leave = async {
        passed(30.0).await;
        assert_eq!((service.count(), service.is_aborted(0)), (1, false));
        operation.stop();
    };
    let (outcome, ()) = zip(watch(&service, &operation), leave).await;
    outcome.unwrap();
    assert!(service.is_aborted(0));
    assert_eq!(operation.at("told"), json!([]));
    assert_eq!(operation.at("handle")["asked"], 0);
}

#[wasm_bindgen_test]
async fn a_wait_ends_when_nobody_looks_any_more() {
    let service = Service::giving(CREATING);
    for more in ["{ most: 1, schedule: { intervalMs: 60000 } }", "{ most: 1, schedule: undefined }"] {
        let operation = watched(&service, more);
        watch(&service, &operation).await.unwrap();
        assert_eq!(told(&operation, ["state", "percent"]), json!([["running", 50]]));
    }
    assert_eq!(service.count(), 2);
}

#[wasm_bindgen_test]
async fn whoever_had_left_before_is_told_nothing() {
    let service = Service::giving(SUCCESS);
    let operation = watched(&service, "{}");
    operation.stop();
    watch(&service, &operation).await.unwrap();
    passed(30.0).await;
    assert_eq!(operation.at("told"), json!([]));
}

#[wasm_bindgen_test]
async fn a_promise_that_rejects_is_an_end_as_well() {
    let service = Service::giving(CREATING);
    let operation = watched(&service, "{ schedule: { intervalMs: 60000 } }");
    let stopped = js("new Promise((_, reject) => setTimeout(reject, 30))").into();
    watch_operation(service.client("{}"), operation.poll(), stopped).await.unwrap();
    assert_eq!(service.count(), 1);
}

#[wasm_bindgen_test]
async fn the_schedule_is_that_of_whoever_looks_or_else_the_clients() {
    let service = Service::answering(&[answer(200, CREATING), answer(200, SUCCESS)]);
    let client = service.client("{ schedule: { intervalMs: 200 } }");
    let operation = watched(&service, "{ schedule: undefined }");
    watch_operation(client, operation.poll(), operation.stopped()).await.unwrap();
    assert!((190.0..5_000.0).contains(&service.since(1)), "{}", service.since(1));
}

#[wasm_bindgen_test]
async fn a_function_is_asked_for_each_wait() {
    let answers = [STARTING, CREATING, SUCCESS].map(|body| answer(200, body));
    let service = Service::answering(&answers);
    let asked = js("[]");
    let schedule = js("(asked) => (given) => { asked.push([given.asked, given.view.percent]); return 100 }");
    let schedule = js_sys::Function::from(schedule).call1(&NOTHING, &asked).unwrap();
    let operation = watched(&service, "{}");
    with(operation.clone().into(), "schedule", &schedule);
    watch(&service, &operation).await.unwrap();
    assert_eq!(data(&asked), json!([[1, 30], [2, 50]]));
}

#[wasm_bindgen_test]
async fn a_schedule_that_throws_rejects_with_what_it_threw() {
    let service = Service::giving(CREATING);
    let operation = watched(&service, "{ schedule() { throw 'mine' } }");
    assert_eq!(watch(&service, &operation).await, Err("mine".into()));
    assert_eq!((told(&operation, ["state", "percent"]), service.count()), (json!([["running", 50]]), 1));
}

#[wasm_bindgen_test]
async fn a_handle_that_was_changed_is_refused() {
    let service = Service::giving(SUCCESS);
    let operation = watched(&service, "{}");
    with(property(&operation, "handle"), "asked", &7.into());
    let refused = refused(watch(&service, &operation).await);
    assert_eq!(refused.some(["kind", "field"]), json!(["config", "check"]));
    assert_eq!(service.count(), 0);
}

#[wasm_bindgen_test]
async fn the_history_holds_the_last_hundred_changes() {
    let service = Service::giving(SUCCESS);
    let operation = watched(&service, "{ history: Array.from({ length: 100 }, (_, at) => ({ at })) }");
    watch(&service, &operation).await.unwrap();
    let history = operation.at("history");
    assert_eq!(history.as_array().unwrap().len(), 100);
    assert_eq!([&history[0]["at"], &history[99]["state"]], [&json!(1), &json!("succeeded")]);
}
