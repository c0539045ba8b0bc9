//! Calls that have no answer: what the service says, what `fetch` throws, time-outs and signals.

use futures_lite::future::zip;
use huaweicloud_tasks::wasm::calls;
use js_sys::Object;
use serde_json::json;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::AbortController;

use crate::support::{
    CREATING, MISSING, NOTHING, SILENCE, Service, answer, answer_with, js, passed, property, refused, script, with,
};

#[wasm_bindgen_test]
async fn a_404_is_an_error_with_all_there_is_to_tell() {
    let service = Service::answering(&[answer_with(404, MISSING, json!({ "X-Request-Id": "r" }))]);
    let refused = refused(service.ask("{}", "undefined").await);
    let expected = json!({
        "kind": "notFound",
        "message": "ShowDetailsOfInstanceProgressV2 answered 404 APIC.7302: Instance not found",
        "status": 404,
        "code": "APIC.7302",
        "requestId": "r",
        "retryable": false,
        "raw": MISSING,
        "field": null,
        "path": null,
        "expected": null,
    });
    assert_eq!(refused.error, expected);
    assert!(refused.is_from(&NOTHING));
    assert!(refused.handle().is_null());
    assert_eq!(service.count(), 1);
}

#[wasm_bindgen_test]
async fn a_status_makes_the_kind_of_an_error() {
    for (status, kind, retryable) in [
        (302, "api", false),
        (400, "api", false),
        (401, "auth", false),
        (403, "permission", false),
        (429, "rateLimit", true),
        (500, "server", false),
        (503, "server", true),
    ] {
        let service = Service::answering(&[answer(status, "{}")]);
        let refused = refused(service.ask("{}", "{ maxRetries: 0 }").await);
        assert_eq!(refused.some(["kind", "status", "retryable"]), json!([kind, status, retryable]));
        assert_eq!(service.count(), 1);
    }
}

#[wasm_bindgen_test]
async fn a_redirect_that_a_browser_hides_is_an_error() {
    let hidden = "return { type: 'opaqueredirect', status: 0, headers: new Headers(), text: async () => '' }";
    for response in ["return Response.error()", hidden] {
        let service = Service::answering(&[script(response)]);
        let refused = refused(service.ask("{}", "undefined").await);
        assert_eq!(refused.some(["kind", "status"]), json!(["api", null]), "{response}");
        assert!(refused.error["message"].as_str().unwrap().contains("redirect"), "{response}");
    }
}

#[wasm_bindgen_test]
async fn a_page_in_the_place_of_an_answer_is_an_error() {
    let page = "<html><title>Hello</title></html>";
    let service = Service::answering(&[answer_with(200, page, json!({ "X-Request-Id": "r" }))]);
    let wrong = refused(service.ask("{}", "undefined").await);
    let names = ["kind", "status", "requestId", "raw", "path", "expected"];
    assert_eq!(wrong.some(names), json!(["decode", 200, "r", page, "", "an object"]));

    let service = Service::answering(&[answer(502, page)]);
    let failed = refused(service.ask("{}", "{ maxRetries: 0 }").await);
    assert_eq!(failed.some(["kind", "code", "raw"]), json!(["server", null, page]));
}

#[wasm_bindgen_test]
async fn an_answer_says_where_it_is_wrong() {
    let service = Service::giving(r#"{"job_id":"j","status":"running","sub_jobs":[{"status":"success"},{}]}"#);
    let outcome = calls::sfs_turbo_job(service.client("{}"), "j".into(), NOTHING).await;
    assert_eq!(refused(outcome).some(["kind", "path", "expected"]), json!(["decode", "sub_jobs[1].status", "a word"]));
}

#[wasm_bindgen_test]
async fn what_fetch_throws_is_the_cause_of_an_error() {
    for throwing in ["throw globalThis.thrown", "return Promise.reject(globalThis.thrown)"] {
        for (thrown, kind) in [
            ("new TypeError('no network')", "connection"),
            ("new DOMException('no', 'AbortError')", "aborted"),
            ("'a text'", "connection"),
            ("undefined", "connection"),
        ] {
            let thrown = js(thrown);
            with(js_sys::global().into(), "thrown", &thrown);
            let service = Service::answering(&[script(throwing)]);
            let refused = refused(service.ask("{}", "{ maxRetries: 0 }").await);
            assert_eq!(refused.error["kind"], kind);
            assert!(refused.is_from(&thrown), "{throwing}");
        }
    }
}

#[wasm_bindgen_test]
async fn what_breaks_off_has_a_cause() {
    for response in [
        "new Response(new ReadableStream({ pull(controller) { controller.error('mine') } }))",
        "{ status: 200, text: () => Promise.reject('mine') }",
        "{ status: 200, arrayBuffer() { throw 'mine' } }",
        "{ get status() { throw 'mine' } }",
    ] {
        let service = Service::answering(&[script(&format!("return ({response})"))]);
        let refused = refused(service.ask("{}", "{ maxRetries: 0 }").await);
        assert_eq!(refused.error["kind"], "connection", "{response}");
        assert!(refused.is_from(&"mine".into()), "{response}");
    }
}

#[wasm_bindgen_test]
async fn what_is_no_response_is_a_fault_of_fetch() {
    for response in
        ["undefined", "null", "'text'", "{}", "{ status: '200' }", "{ status: 200.5 }", "{ status: 200 }", "[]"]
    {
        let service = Service::answering(&[script(&format!("return ({response})"))]);
        let refused = refused(service.ask("{}", "undefined").await);
        assert_eq!(refused.some(["kind", "field"]), json!(["config", "fetch"]), "{response}");
        assert_eq!(service.count(), 1, "{response}");
    }
}

#[wasm_bindgen_test]
async fn a_client_without_a_fetch_takes_that_of_the_platform() {
    let global: JsValue = js_sys::global().into();
    let own = property(&global, "fetch");
    let service = Service::giving(CREATING);
    with(global.clone(), "fetch", &service.fetch());
    let absolute = service.ask("{ fetch: undefined }", "undefined").await;
    let path = service.ask("{ fetch: undefined, endpoint: '/huawei' }", "undefined").await;
    with(global.clone(), "fetch", &NOTHING);
    let without = service.ask("{ fetch: undefined }", "undefined").await;
    with(global.clone(), "fetch", &own);

    absolute.unwrap();
    assert_eq!(refused(without).some(["kind", "field"]), json!(["config", "fetch"]));
    if property(&global, "location").is_undefined() {
        assert_eq!(refused(path).some(["kind", "field"]), json!(["config", "endpoint"]));
    } else {
        path.unwrap();
        assert_eq!(service.request(1).await["url"], "/huawei/v2/p/apigw/instances/i/progress");
    }
}

#[wasm_bindgen_test]
async fn a_call_that_takes_too_long_ends_with_its_request() {
    let never = "return new Response(new ReadableStream({}))";
    for (answer, client, options) in
        [(SILENCE, "{}", "{ timeoutMs: 30 }"), (SILENCE, "{ timeoutMs: 30 }", "{}"), (never, "{}", "{ timeoutMs: 30 }")]
    {
        let service = Service::answering(&[script(answer)]);
        let refused = refused(service.ask(client, options).await);
        let url = "https://apig.cn-north-4.myhuaweicloud.com/v2/p/apigw/instances/i/progress";
        let message = format!("ShowDetailsOfInstanceProgressV2: no answer within 30 ms from {url}");
        assert_eq!(refused.some(["kind", "message", "retryable"]), json!(["timeout", message, true]));
        assert!(service.is_aborted(0));
        assert_eq!(service.count(), 1);
    }
}

#[wasm_bindgen_test]
async fn a_call_that_is_aborted_rejects_with_the_callers_own_reason() {
    for (how, expected) in [("mine", "mine"), ("", "AbortError")] {
        let service = Service::answering(&[script(SILENCE)]);
        let controller = AbortController::new().unwrap();
        let options = with(js("{}"), "signal", &controller.signal());
        let reason = Object::new();
        with(reason.clone().into(), "name", &how.into());
        let abort = async {
            passed(20.0).await;
            assert!(!service.is_aborted(0));
            if how.is_empty() { controller.abort() } else { controller.abort_with_reason(&reason) }
        };
        let call = calls::apig_gateway_progress(service.client("{}"), "i".into(), options);
        let (outcome, ()) = zip(call, abort).await;
        let thrown = outcome.unwrap_err();
        assert_eq!(property(&thrown, "name"), expected);
        assert_eq!(Object::is(&thrown, &reason), !how.is_empty());
        assert!(service.is_aborted(0));
        assert_eq!(service.count(), 1);
    }
}

#[wasm_bindgen_test]
async fn a_signal_that_is_aborted_already_sends_nothing() {
    let service = Service::giving(CREATING);
    for signal in ["AbortSignal.abort('mine')", "{ aborted: true, reason: 'mine', addEventListener() {} }"] {
        assert_eq!(service.ask("{}", &format!("{{ signal: {signal} }}")).await, Err("mine".into()), "{signal}");
    }
    assert_eq!(service.count(), 0);
}

#[wasm_bindgen_test]
async fn a_signal_is_not_listened_to_any_longer_than_the_call_takes() {
    let service = Service::giving(CREATING);
    let signal = js("{ aborted: false, count: 0, addEventListener() { this.count += 1 }, \
         removeEventListener() { this.count -= 1 } }");
    let options = with(js("{}"), "signal", &signal);
    calls::apig_gateway_progress(service.client("{}"), "i".into(), options).await.unwrap();
    assert_eq!(property(&signal, "count"), 0.0);
}

#[wasm_bindgen_test]
async fn a_signal_that_cannot_be_listened_to_is_refused() {
    let service = Service::answering(&[script(SILENCE)]);
    let options = "{ signal: { aborted: false, addEventListener() { throw 'mine' } } }";
    let refused = refused(service.ask("{}", options).await);
    assert_eq!(refused.some(["kind", "field"]), json!(["config", "signal"]));
    assert!(refused.is_from(&"mine".into()));
}

#[wasm_bindgen_test]
async fn a_secret_that_a_service_repeats_is_blotted_out() {
    let service =
        Service::answering(&[script("return new Response(init.body + init.headers['X-Auth-Token'], { status: 400 })")]);
    let request = js("{ server: { id: 's', auth: { type: 'password', key: 'a-pass\"word' } } }");
    let outcome = calls::kps_disassociate(service.client("{}"), request, NOTHING).await;
    let raw = r#"{"server":{"id":"s","auth":{"type":"password","key":"***"}}}***"#;
    assert_eq!(refused(outcome).some(["kind", "raw"]), json!(["api", raw]));
}
