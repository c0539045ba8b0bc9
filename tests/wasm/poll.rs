//! One question at a time, as queues and serverless functions ask it; and the handles that go from one to the next.

use huaweicloud_tasks::wasm::watch::poll;
use js_sys::Date;
use serde_json::{Value, json};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{
    CREATING, MISSING, NOTHING, SUCCESS, Service, answer, answer_with, data, js, property, refused, refused_at, script,
    some,
};

const GATEWAY: &str = "{ kind: 'apig.gateway', instanceId: 'i' }";

/// Asks once, with no options.
async fn ask(service: &Service, client: &str, given: JsValue) -> Result<JsValue, JsValue> {
    poll::poll(service.client(client), given, NOTHING).await
}

/// A handle that begins now.
fn begun(service: &Service, is_fresh: bool) -> JsValue {
    poll::begin_handle(&service.client("{}"), &js(GATEWAY), is_fresh).unwrap()
}

#[wasm_bindgen_test]
async fn a_target_is_asked_about_and_gives_a_view_and_a_handle() {
    let service = Service::answering(&[answer_with(200, CREATING, json!({ "X-Request-Id": "r" }))]);
    let before = Date::now();
    let polled = data(&ask(&service, "{}", js(GATEWAY)).await.unwrap());
    let after = Date::now();
    assert_eq!(some(&polled, ["error", "isOver"]), json!([null, false]));
    let (view, handle) = (&polled["view"], &polled["handle"]);
    let names = ["kind", "instanceId", "state", "status", "percent", "startedAt", "endedAt", "parts", "error", "raw"];
    let started_at = 1_597_389_901_161_i64;
    let expected = json!(["apig.gateway", "i", "running", "creating", 50, started_at, null, [], null, CREATING]);
    assert_eq!(some(view, names), expected);
    let detail = json!({
        "percent": 50, "state": "creating", "error": null, "startedAt": started_at, "endedAt": null, "raw": CREATING,
    });
    assert_eq!(view["detail"], detail);

    let names = ["version", "kind", "ids", "owner", "fresh", "startedAt", "asked", "failures", "ended"];
    let owner = json!({ "region": "cn-north-4", "projectId": "p" });
    let expected = json!([1, "apig.gateway", { "instanceId": "i" }, owner, false, started_at, 1, 0, false]);
    assert_eq!(some(handle, names), expected);
    let asked_at = handle["askedAt"].as_f64().unwrap();
    assert!((before..=after).contains(&asked_at));
    assert_eq!(handle["milestones"].as_array().unwrap().len(), 1);
    assert_eq!(polled["nextAt"], handle["nextAt"]);
    assert!(polled["nextAt"].as_f64().unwrap() > asked_at);
    let url = "https://apig.cn-north-4.myhuaweicloud.com/v2/p/apigw/instances/i/progress";
    assert_eq!(service.request(0).await["url"], url);
}

#[wasm_bindgen_test]
async fn every_kind_of_operation_is_asked_about() {
    for (target, body, url, state) in [
        (
            "{ kind: 'apig.task', instanceId: 'i', taskId: 't' }",
            include_str!("../fixtures/apig-async-task/200-import-failed.json"),
            "https://apig.cn-north-4.myhuaweicloud.com/v2/p/apigw/instances/i/async-tasks/t",
            "failed",
        ),
        (
            "{ kind: 'roma.instance', instanceId: 'i' }",
            include_str!("../fixtures/roma-instance-process/200-creating.json"),
            "https://roma.cn-north-4.myhuaweicloud.com/v2/p/instances/i/process",
            "running",
        ),
        (
            "{ kind: 'sfs-turbo.job', jobId: 'j' }",
            include_str!("../fixtures/sfs-turbo-job/200-success.json"),
            "https://sfs-turbo.cn-north-4.myhuaweicloud.com/v1/p/sfs-turbo/jobs/j",
            "succeeded",
        ),
        (
            "{ kind: 'kps.task', taskId: 't' }",
            include_str!("../fixtures/kps-task/200-running-reset.json"),
            "https://kms.cn-north-4.myhuaweicloud.com/v3/p/tasks/t",
            "running",
        ),
    ] {
        let service = Service::giving(body);
        let polled = data(&ask(&service, "{}", js(target)).await.unwrap());
        assert_eq!([&polled["view"]["state"], &polled["view"]["detail"]["raw"]], [state, body], "{target}");
        assert_eq!(service.request(0).await["url"], url);
    }
}

#[wasm_bindgen_test]
async fn the_rows_of_an_import_are_objects_in_a_view_as_well() {
    let service = Service::giving(include_str!("../fixtures/apig-async-task/200-import-succeed.json"));
    let polled = data(&ask(&service, "{}", js("{ kind: 'apig.task', instanceId: 'i', taskId: 't' }")).await.unwrap());
    let row =
        json!({ "id": "ee93ce6815f04896b301452982b92222", "method": "GET", "path": "/test1", "action": "create" });
    assert_eq!(polled["view"]["detail"]["result"]["success"], json!([row]));
    assert_eq!([&polled["isOver"], &polled["nextAt"]], [&json!(true), &Value::Null]);
}

#[wasm_bindgen_test]
async fn a_handle_is_gone_on_from_as_an_object_or_as_text() {
    let service = Service::answering(&[answer(200, CREATING), answer(200, SUCCESS)]);
    let first = ask(&service, "{}", js(GATEWAY)).await.unwrap();
    let handle = property(&first, "handle");
    let text = data(&handle).to_string();
    for given in [handle, text.as_str().into()] {
        let polled = data(&ask(&service, "{}", given).await.unwrap());
        assert_eq!(some(&polled, ["isOver", "nextAt"]), json!([true, null]));
        assert_eq!(some(&polled["view"], ["state", "elapsedMs"]), json!(["succeeded", 323_750]));
        assert_eq!(some(&polled["handle"], ["asked", "ended"]), json!([2, true]));
    }
}

#[wasm_bindgen_test]
async fn what_is_over_is_asked_about_once_more() {
    let service = Service::giving(SUCCESS);
    let over = ask(&service, "{}", js(GATEWAY)).await.unwrap();
    let again = data(&ask(&service, "{}", property(&over, "handle")).await.unwrap());
    assert_eq!((again["isOver"].clone(), service.count()), (json!(true), 2));
    assert_eq!(again["view"]["state"], "succeeded");
}

#[wasm_bindgen_test]
async fn a_success_is_remembered_by_the_client() {
    let service = Service::giving(SUCCESS);
    let client = service.client("{ durations: { 'apig.gateway': Array.from({ length: 20 }, (_, at) => at) } }");
    let durations = property(&client, "durations");
    poll::poll(client, js(GATEWAY), NOTHING).await.unwrap();
    let durations = data(&durations)["apig.gateway"].take();
    let expected: Vec<u32> = (1..20).chain([323_750]).collect();
    assert_eq!(durations, json!(expected));
}

#[wasm_bindgen_test]
async fn no_answer_gives_an_error_and_no_view() {
    let service = Service::answering(&[answer(503, "{}")]);
    let polled = ask(&service, "{}", js(GATEWAY)).await.unwrap();
    assert_eq!(refused_at(&polled, "error").some(["kind", "status"]), json!(["server", 503]));
    let polled = data(&polled);
    assert_eq!(some(&polled, ["view", "isOver"]), json!([null, false]));
    assert_eq!(some(&polled["handle"], ["asked", "failures", "ended"]), json!([1, 1, false]));
    let asked_at = polled["handle"]["askedAt"].as_i64().unwrap();
    assert_eq!([&polled["nextAt"], &polled["handle"]["nextAt"]], [asked_at + 1_000; 2]);
    // It is never made again by itself, whatever the client says.
    assert_eq!(service.count(), 1);
}

#[wasm_bindgen_test]
async fn after_so_many_errors_in_a_row_it_rejects_with_the_handle() {
    let service = Service::answering(&[script("throw 'mine'")]);
    let options = || js("{ maxConsecutiveErrors: 2 }");
    let first = poll::poll(service.client("{}"), js(GATEWAY), options()).await.unwrap();
    let error = refused_at(&first, "error");
    assert!(error.is_from(&"mine".into()));
    let refused = refused(poll::poll(service.client("{}"), property(&first, "handle"), options()).await);
    assert_eq!(refused.error["kind"], "connection");
    assert!(refused.is_from(&"mine".into()));
    assert_eq!(some(&refused.handle(), ["asked", "failures"]), json!([2, 2]));

    // Whoever goes on later may: nothing was changed in it.
    let later = Service::giving(SUCCESS);
    let handle = js(&format!("({})", refused.handle()));
    let polled = data(&ask(&later, "{}", handle).await.unwrap());
    assert_eq!(some(&polled["handle"], ["asked", "failures", "ended"]), json!([3, 0, true]));
}

#[wasm_bindgen_test]
async fn five_errors_are_the_end_when_nothing_is_said() {
    let service = Service::answering(&[answer(503, "{}")]);
    let mut given = js(GATEWAY);
    for _ in 0..4 {
        given = property(&ask(&service, "{}", given).await.unwrap(), "handle");
    }
    assert_eq!(refused(ask(&service, "{}", given).await).handle()["failures"], 5);
}

#[wasm_bindgen_test]
async fn an_error_that_cannot_pass_rejects_at_once() {
    let service = Service::answering(&[answer(404, MISSING)]);
    let refused = refused(ask(&service, "{}", js(GATEWAY)).await);
    assert_eq!(refused.some(["kind", "code"]), json!(["notFound", "APIC.7302"]));
    assert_eq!(some(&refused.handle(), ["kind", "asked", "failures"]), json!(["apig.gateway", 1, 1]));
}

#[wasm_bindgen_test]
async fn what_was_started_just_now_may_not_be_known_yet() {
    let service = Service::answering(&[answer(404, MISSING)]);
    let polled = ask(&service, "{}", begun(&service, true)).await.unwrap();
    assert_eq!(refused_at(&polled, "error").error["kind"], "notFound");
    assert_eq!(data(&polled)["handle"]["fresh"], true);
}

#[wasm_bindgen_test]
async fn a_page_in_the_place_of_an_answer_may_pass() {
    let service = Service::giving("<html>");
    let polled = ask(&service, "{}", js(GATEWAY)).await.unwrap();
    assert_eq!(refused_at(&polled, "error").some(["kind", "raw"]), json!(["decode", "<html>"]));
}

#[wasm_bindgen_test]
async fn a_reason_of_the_callers_own_says_nothing_of_the_operation() {
    let service = Service::giving(SUCCESS);
    let options = js("{ signal: AbortSignal.abort('mine') }");
    assert_eq!(poll::poll(service.client("{}"), js(GATEWAY), options).await, Err("mine".into()));
    // Nor does a fault in what was given: the handle is what it was before.
    let client = service.client("{ token: () => 5 }");
    let refused = refused(poll::poll(client, js(GATEWAY), NOTHING).await);
    assert_eq!(refused.some(["kind", "field"]), json!(["config", "token"]));
    assert_eq!(some(&refused.handle(), ["asked", "failures"]), json!([0, 0]));
}

#[wasm_bindgen_test]
async fn the_schedule_of_a_client_says_when_to_ask_next() {
    for (schedule, milliseconds) in [
        ("{ intervalMs: 5000 }", 5_000),
        ("{ intervalMs: 1 }", 100),
        ("({ asked, view }) => asked === 1 && view.percent === 50 ? 7000 : 0", 7_000),
        ("() => NaN", 100),
    ] {
        let service = Service::giving(CREATING);
        let polled = data(&ask(&service, &format!("{{ schedule: {schedule} }}"), js(GATEWAY)).await.unwrap());
        let asked_at = polled["handle"]["askedAt"].as_i64().unwrap();
        assert_eq!(polled["nextAt"], asked_at + milliseconds, "{schedule}");
    }
    let service = Service::giving(CREATING);
    let polled = data(&ask(&service, "{ schedule: 'adaptive' }", js(GATEWAY)).await.unwrap());
    assert_eq!(polled["nextAt"], polled["handle"]["nextAt"]);
    let thrown = ask(&service, "{ schedule() { throw 'mine' } }", js(GATEWAY)).await;
    assert_eq!(thrown, Err("mine".into()));
}

#[wasm_bindgen_test]
async fn a_handle_of_another_client_is_refused() {
    let service = Service::giving(SUCCESS);
    let handle = begun(&service, false);
    for (client, what) in [
        ("{ projectId: 'q' }", "project"),
        ("{ region: 'cn-north-1' }", "region"),
        ("{ endpoint: 'https://h' }", "endpoint"),
    ] {
        let client = service.client(client);
        let message = format!("owner: the handle is of a client with another {what}");
        let resumed = refused(poll::resume_handle(&client, &handle));
        assert_eq!(resumed.some(["kind", "message"]), json!(["config", message]));
        let polled = refused(poll::poll(client, handle.clone(), NOTHING).await);
        assert_eq!(polled.some(["kind", "message"]), json!(["config", message]));
        // It may go on elsewhere.
        assert_eq!(polled.handle(), data(&handle));
    }
    assert_eq!(service.count(), 0);
}

#[wasm_bindgen_test]
async fn what_is_no_handle_and_no_target_is_refused() {
    let service = Service::giving(SUCCESS);
    let with_handle = |change: &str| js(&format!("Object.assign({}, {change})", data(&begun(&service, false))));
    for (given, field) in [
        (NOTHING, "kind"),
        ("{".into(), "handle"),
        (js("{ kind: 'apig.gateway' }"), "instanceId"),
        (js("{ kind: 'apig.gateway', instanceId: 'i', taskId: 't' }"), "taskId"),
        (js("{ kind: 'apig', instanceId: 'i' }"), "kind"),
        (js("{ get kind() { throw 'mine' } }"), "handle"),
        (with_handle("{ version: 2 }"), "version"),
        (with_handle("{ version: '1' }"), "version"),
        (with_handle("{ asked: 7 }"), "check"),
        (with_handle("{ ids: { instanceId: 'j' } }"), "check"),
        (with_handle("{ url: 'https://elsewhere' }"), "url"),
    ] {
        let refused = refused(ask(&service, "{}", given).await);
        assert_eq!(refused.some(["kind", "field"]), json!(["config", field]));
    }
    let outcome = poll::poll(service.client("{}"), js(GATEWAY), js("{ maxConsecutiveErrors: 0 }")).await;
    assert_eq!(refused(outcome).some(["kind", "field"]), json!(["config", "maxConsecutiveErrors"]));
    assert_eq!(service.count(), 0);
}

#[wasm_bindgen_test]
fn a_handle_begins_now_and_is_left_alone_for_a_moment_when_it_is_fresh() {
    let service = Service::giving(SUCCESS);
    for is_fresh in [false, true] {
        let before = Date::now();
        let handle = data(&begun(&service, is_fresh));
        let (begun_at, next_at) = (handle["begunAt"].as_f64().unwrap(), handle["nextAt"].as_f64().unwrap());
        assert!((before..=Date::now()).contains(&begun_at));
        assert_eq!((next_at > begun_at, &handle["fresh"]), (is_fresh, &json!(is_fresh)));
        assert_eq!(some(&handle, ["asked", "askedAt", "milestones"]), json!([0, null, []]));
    }
}

#[wasm_bindgen_test]
fn a_handle_is_resumed_as_it_is_and_one_that_only_says_what_is_watched_begins_now() {
    let service = Service::giving(SUCCESS);
    let client = service.client("{}");
    let handle = begun(&service, true);
    assert_eq!(data(&poll::resume_handle(&client, &handle).unwrap()), data(&handle));
    let short = js("{ version: 1, kind: 'kps.task', ids: { taskId: '网\"关' } }");
    let resumed = data(&poll::resume_handle(&client, &short).unwrap());
    let owner = json!({ "region": "cn-north-4", "projectId": "p" });
    let names = ["kind", "ids", "owner", "fresh", "asked"];
    assert_eq!(some(&resumed, names), json!(["kps.task", { "taskId": "网\"关" }, owner, false, 0]));
    let other = refused(poll::begin_handle(&client, &js("{ kind: 'kps.task' }"), false));
    assert_eq!(other.some(["kind", "field"]), json!(["config", "taskId"]));
}
