//! What a caller gives wrong: it is named by its path, its value is not repeated, and nothing is sent.

use huaweicloud_tasks::wasm::calls;
use serde_json::{Value, json};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{CREATING, NOTHING, Service, js, refused, script};

/// The field and the message of what is refused before anything is sent.
fn complaint(service: &Service, outcome: Result<JsValue, JsValue>) -> Value {
    let refused = refused(outcome);
    assert_eq!(refused.error["kind"], "config");
    assert_eq!(service.count(), 0);
    refused.some(["field", "message"])
}

#[wasm_bindgen_test]
async fn an_id_is_a_text_that_is_not_empty() {
    for (id, problem) in [
        ("undefined", "expected a non-empty string, found nothing"),
        ("null", "expected a non-empty string, found null"),
        ("''", "expected a non-empty string, found an empty string"),
        ("5", "expected a non-empty string, found a value of type number"),
        ("['i']", "expected a non-empty string, found an array"),
        ("'..'", "expected an id, found a step in a path"),
        ("'a\\ud800'", "expected well-formed text, found half of a surrogate pair"),
    ] {
        let service = Service::giving(CREATING);
        for (name, outcome) in [
            ("instanceId", calls::apig_gateway_progress(service.client("{}"), js(id), NOTHING).await),
            ("instanceId", calls::apig_async_task(service.client("{}"), js(id), "t".into(), NOTHING).await),
            ("taskId", calls::apig_async_task(service.client("{}"), "i".into(), js(id), NOTHING).await),
            ("instanceId", calls::apig_import_apis(service.client("{}"), js(id), "{}".into(), NOTHING).await),
            ("instanceId", calls::roma_instance_progress(service.client("{}"), js(id), NOTHING).await),
            ("jobId", calls::sfs_turbo_job(service.client("{}"), js(id), NOTHING).await),
            ("taskId", calls::kps_task(service.client("{}"), js(id), NOTHING).await),
        ] {
            assert_eq!(complaint(&service, outcome), json!([name, format!("{name}: {problem}")]), "{id}");
        }
    }
    // What stands for half of a pair may be meant.
    let service = Service::giving(CREATING);
    calls::apig_gateway_progress(service.client("{}"), "\u{fffd}".into(), NOTHING).await.unwrap();
    assert!(service.request(0).await["url"].as_str().unwrap().ends_with("/%EF%BF%BD/progress"));
}

#[wasm_bindgen_test]
async fn an_option_that_is_unknown_or_wrong_is_named() {
    for (options, field, problem) in [
        ("null", "options", "expected an object, found null"),
        ("5", "options", "expected an object, found a value of type number"),
        ("[]", "options", "expected an object, found an array"),
        ("() => {}", "options", "expected an object, found a value of type function"),
        ("{ timeoutMs: 0 }", "timeoutMs", "expected a number of milliseconds above 0, at most 2147483647"),
        ("{ timeoutMs: '5' }", "timeoutMs", "expected a number of milliseconds above 0, at most 2147483647"),
        ("{ timeoutMs: null }", "timeoutMs", "expected a number of milliseconds above 0, at most 2147483647"),
        ("{ maxRetries: 1.5 }", "maxRetries", "expected an integer from 0 to 100"),
        ("{ maxRetries: 1n }", "maxRetries", "expected an integer from 0 to 100"),
        ("{ maxBodyBytes: 0 }", "maxBodyBytes", "expected an integer from 1 to 9007199254740991"),
        ("{ signal: {} }", "signal", "expected an AbortSignal"),
        ("{ signal: null }", "signal", "expected an AbortSignal"),
        ("{ time: 5 }", "time", "unknown; expected one of signal, timeoutMs, maxRetries, maxBodyBytes"),
    ] {
        let service = Service::giving(CREATING);
        let outcome = service.ask("{}", options).await;
        assert_eq!(complaint(&service, outcome), json!([field, format!("{field}: {problem}")]), "{options}");
    }
}

#[wasm_bindgen_test]
async fn what_a_call_takes_is_named_by_its_path() {
    for (request, field, problem) in [
        ("undefined", "request", "expected an object"),
        ("{ keypairName: 'k' }", "server", "expected an object"),
        ("{ server: { id: 's' } }", "keypairName", "expected a non-empty string"),
        ("{ keypairName: 'k', server: {} }", "server.id", "expected a non-empty string"),
        ("{ keypairName: 'k', server: { id: 's', port: 0 } }", "server.port", "expected an integer from 1 to 65535"),
        (
            "{ keypairName: 'k', server: { id: 's', colour: 'red' } }",
            "server.colour",
            "unknown; expected one of server.id, server.auth, server.disablePassword, server.port",
        ),
        (
            "{ keypairName: 'k', server: { id: 's', auth: { type: 'secret-word', key: 'k' } } }",
            "server.auth.type",
            "expected one of password, keypair",
        ),
        (
            "{ keypairName: 'k', server: { id: 's', auth: { type: 'password', key: 5 } } }",
            "server.auth.key",
            "expected a non-empty string",
        ),
        (
            "{ keypairName: 'k', server: { id: 's', auth: { type: 'password', key: 'a\\udc00' } } }",
            "server.auth.key",
            "expected a non-empty string",
        ),
    ] {
        let service = Service::giving(CREATING);
        let outcome = calls::kps_associate(service.client("{}"), js(request), NOTHING).await;
        assert_eq!(complaint(&service, outcome), json!([field, format!("{field}: {problem}")]), "{request}");
    }
}

#[wasm_bindgen_test]
async fn every_call_that_takes_more_says_what_is_wrong_with_it() {
    let service = Service::giving(CREATING);
    let client = || service.client("{}");
    for (field, outcome) in [
        ("groupId", calls::apig_import_apis(client(), "i".into(), "{}".into(), js("{ isCreateGroup: false }")).await),
        ("apiMode", calls::apig_import_apis(client(), "i".into(), "{}".into(), js("{ apiMode: 'all' }")).await),
        ("mode", calls::apig_import_apis(client(), "i".into(), "{}".into(), js("{ mode: 'merge' }")).await),
        ("envId", calls::apig_export_apis(client(), "i".into(), NOTHING).await),
        ("apis", calls::apig_export_apis(client(), "i".into(), js("{ envId: 'e', groupId: 'g', apis: [5] }")).await),
        ("timeoutMs", calls::apig_export_apis(client(), "i".into(), js("{ timeoutMs: -1 }")).await),
        ("server.auth.key", {
            let request = js("{ server: { id: 's', auth: { type: 'keypair' } } }");
            calls::kps_disassociate(client(), request, NOTHING).await
        }),
        ("limit", calls::cvr_render_tasks(client(), js("{ limit: 1001 }"), NOTHING).await),
        ("filter", calls::cvr_render_tasks(client(), js("[]"), NOTHING).await),
        ("password", calls::iam_token(client(), js("{ user: 'u', domain: 'd' }"), NOTHING).await),
        ("signal", calls::iam_token(client(), js("{}"), js("{ signal: 5 }")).await),
    ] {
        assert_eq!(complaint(&service, outcome)[0], field);
    }
}

#[wasm_bindgen_test]
async fn options_that_cannot_be_read_are_refused_with_what_they_threw() {
    let service = Service::giving(CREATING);
    let outcome = service.ask("{}", "{ get timeoutMs() { throw 'mine' } }").await;
    let refused = refused(outcome);
    assert_eq!(refused.some(["kind", "field"]), json!(["config", "options"]));
    assert!(refused.is_from(&"mine".into()));
}

#[wasm_bindgen_test]
async fn options_of_a_prototype_have_no_say() {
    let late = format!("return new Promise((resolve) => setTimeout(resolve, 30, new Response({})))", json!(CREATING));
    let service = Service::answering(&[script(&late)]);
    js("Object.defineProperty(Object.prototype, 'timeoutMs', { value: 1, configurable: true })");
    let outcomes = [service.ask("{}", "{ maxRetries: 0 }").await, service.ask("{}", "Object.create(null)").await];
    js("delete Object.prototype.timeoutMs");
    assert!(outcomes.iter().all(Result::is_ok));
    service.ask("{}", "{ timeoutMs: undefined }").await.unwrap();
}

#[wasm_bindgen_test]
async fn a_client_without_a_region_or_a_project_is_refused() {
    for (client, field) in [
        ("{ region: undefined }", "region"),
        ("{ region: 'a.b' }", "region"),
        ("{ projectId: undefined }", "projectId"),
    ] {
        let service = Service::giving(CREATING);
        let outcome = service.ask(client, "undefined").await;
        assert_eq!(complaint(&service, outcome)[0], field, "{client}");
    }
}
