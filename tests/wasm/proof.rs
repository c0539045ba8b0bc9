//! What proves who asks: a token, a function that gives one, or a signature.

use huaweicloud_tasks::wasm::calls;
use huaweicloud_tasks::wasm::calls::client::Client;
use serde_json::{Value, json};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{CREATING, NOTHING, SILENCE, Service, answer, data, js, property, refused, script, some};

const EXPIRED: &str = include_str!("../fixtures/apig-async-import/401.json");
const STARTED: &str = include_str!("../fixtures/apig-async-import/202.json");

async fn token_of(service: &Service, index: u32) -> Value {
    service.request(index).await["headers"]["X-Auth-Token"].take()
}

/// Asks with this function of the token, in JavaScript, and gives the value of `asked` as well.
async fn ask_with(service: &Service, token: &str) -> (Result<JsValue, JsValue>, Value) {
    let known = js(&format!("((asked) => ({{ token: {token}, asked }}))([])"));
    let outcome = calls::apig_gateway_progress(service.client_with(&known), "i".into(), NOTHING).await;
    (outcome, data(&property(&known, "asked")))
}

#[wasm_bindgen_test]
async fn a_token_may_be_given_by_a_function() {
    for token in [
        "() => 'mine'",
        "async () => 'mine'",
        "function () { return this === undefined || this === globalThis ? 'mine' : null }",
        "(...given) => { asked.push(...given); return new Promise((resolve) => setTimeout(resolve, 9, 'mine')) }",
        "() => ({ then(resolve) { resolve('mine') } })",
    ] {
        let service = Service::giving(CREATING);
        let (outcome, asked) = ask_with(&service, token).await;
        outcome.unwrap();
        assert_eq!(token_of(&service, 0).await, "mine", "{token}");
        if token.contains("asked") {
            assert_eq!(asked, json!([{ "expired": null }]));
        }
    }
}

#[wasm_bindgen_test]
async fn without_a_token_none_is_sent() {
    for token in ["null", "undefined"] {
        let service = Service::giving(CREATING);
        service.ask(&format!("{{ token: {token} }}"), "undefined").await.unwrap();
        assert_eq!(service.request(0).await["headers"], json!({ "Accept": "application/json" }));
    }
}

#[wasm_bindgen_test]
async fn a_function_that_throws_is_an_error_with_its_cause() {
    for token in ["() => { throw 'mine' }", "async () => { throw 'mine' }", "() => ({ get then() { throw 'mine' } })"] {
        let service = Service::giving(CREATING);
        let (outcome, _) = ask_with(&service, token).await;
        let refused = refused(outcome);
        let message = "ShowDetailsOfInstanceProgressV2: the `token` function failed";
        assert_eq!(refused.some(["kind", "message", "retryable"]), json!(["auth", message, false]), "{token}");
        assert!(refused.is_from(&"mine".into()), "{token}");
        assert_eq!(service.count(), 0);
    }
}

#[wasm_bindgen_test]
async fn what_a_function_gives_has_to_be_fit_for_a_header() {
    let unprintable =
        |place| format!("expected printable ASCII without spaces and line breaks, which character {place} is not");
    for (token, problem) in [
        ("() => undefined", "expected a string, found another type".to_owned()),
        ("async () => ({ token: 'mine' })", "expected a string, found another type".to_owned()),
        ("() => ''", "expected a non-empty string, found an empty string".to_owned()),
        ("() => 'mine\\n'", unprintable(5)),
        ("async () => 'm\\u00efne'", unprintable(2)),
    ] {
        let service = Service::giving(CREATING);
        let (outcome, _) = ask_with(&service, token).await;
        let expected = json!(["config", "token", format!("token: {problem}")]);
        assert_eq!(refused(outcome).some(["kind", "field", "message"]), expected, "{token}");
        assert_eq!(service.count(), 0);
    }
}

#[wasm_bindgen_test]
async fn a_token_that_has_expired_is_replaced_once() {
    let token = "(given) => { asked.push(given.expired); return given.expired === null ? 'old' : 'new' }";
    let service = Service::answering(&[answer(401, EXPIRED), answer(200, CREATING)]);
    let (outcome, asked) = ask_with(&service, token).await;
    outcome.unwrap();
    assert_eq!((token_of(&service, 0).await, token_of(&service, 1).await), (json!("old"), json!("new")));
    assert_eq!(asked, json!([null, "old"]));

    // The new one is refused as well.
    let service = Service::answering(&[answer(401, EXPIRED)]);
    let (outcome, asked) = ask_with(&service, token).await;
    assert_eq!(refused(outcome).some(["kind", "code"]), json!(["auth", "APIG.1002"]));
    assert_eq!((service.count(), asked), (2, json!([null, "old"])));
}

#[wasm_bindgen_test]
async fn a_call_that_writes_is_made_again_with_a_new_token() {
    let service = Service::answering(&[answer(401, EXPIRED), answer(202, STARTED)]);
    let client = service.client("{ token: ({ expired }) => (expired === null ? 'old' : 'new') }");
    calls::apig_import_apis(client, "i".into(), "{}".into(), NOTHING).await.unwrap();
    assert_eq!(token_of(&service, 1).await, "new");
    // Its form is a new one, with the same file.
    assert_eq!(service.request(1).await["body"], service.request(0).await["body"]);
}

#[wasm_bindgen_test]
async fn a_token_that_stays_the_same_is_not_sent_again() {
    for token in ["'old'", "() => 'old'", "null"] {
        let service = Service::answering(&[answer(401, EXPIRED)]);
        let (outcome, _) = ask_with(&service, token).await;
        assert_eq!(refused(outcome).some(["kind", "code"]), json!(["auth", "APIG.1002"]), "{token}");
        assert_eq!(service.count(), 1, "{token}");
    }
}

#[wasm_bindgen_test]
async fn a_function_is_waited_for_no_longer_than_the_call_may_take() {
    let service = Service::giving(CREATING);
    let client = service.client(&format!("{{ token() {{ {SILENCE} }}, timeoutMs: 30 }}"));
    let outcome = calls::apig_gateway_progress(client, "i".into(), NOTHING).await;
    assert_eq!(refused(outcome).error["kind"], "timeout");
    assert_eq!(service.count(), 0);
}

/// A client with an access key, whose services' clock stands at the time of the vectors.
fn signing(service: &Service, more: &str) -> Client {
    let keys = "credentials: { accessKey: 'AccessKey', secretKey: 'SecretKey' }";
    let project = "projectId: '77b6a44cba5143ab91d13ab9a8ff44fd'";
    let clock = "clockSkewMs: 1573789015100 - Date.now()";
    service.client(&format!("{{ token: null, {project}, {clock}, {keys}, ...{more} }}"))
}

#[wasm_bindgen_test]
async fn a_request_is_signed_with_an_access_key() {
    let service = Service::giving(CREATING);
    let client = signing(&service, "{}");
    calls::apig_gateway_progress(client, "e6a5871bfb5b47d19c5874790f639ef8".into(), NOTHING).await.unwrap();
    // The first of the vectors.
    let expected = json!({
        "Accept": "application/json",
        "X-Project-Id": "77b6a44cba5143ab91d13ab9a8ff44fd",
        "X-Sdk-Date": "20191115T033655Z",
        "Authorization": "SDK-HMAC-SHA256 Access=AccessKey, SignedHeaders=host;x-project-id;x-sdk-date, \
            Signature=f846dae38137181099c8353e6c77117286ca97349ece784662975c46480595bf",
    });
    assert_eq!(service.request(0).await["headers"], expected);
}

#[wasm_bindgen_test]
async fn a_temporary_access_key_and_a_file_have_headers_of_their_own() {
    let service = Service::answering(&[answer(202, STARTED)]);
    let credentials = "{ credentials: { accessKey: 'AccessKey', secretKey: 'SecretKey', securityToken: 'a-secret' } }";
    let client = signing(&service, credentials);
    calls::apig_import_apis(client, "i".into(), "{}".into(), NOTHING).await.unwrap();
    let headers = service.request(0).await["headers"].take();
    let names = ["X-Security-Token", "X-Sdk-Content-Sha256", "Content-Type"];
    assert_eq!(some(&headers, names), json!(["a-secret", "UNSIGNED-PAYLOAD", null]));
    let signed = "SignedHeaders=host;x-project-id;x-sdk-content-sha256;x-sdk-date;x-security-token,";
    assert!(headers["Authorization"].as_str().unwrap().contains(signed));
}

#[wasm_bindgen_test]
async fn a_signature_that_is_refused_is_not_tried_again() {
    let body = r#"{"error_code":"APIG.1002","error_msg":"SecretKey"}"#;
    let service = Service::answering(&[answer(401, body)]);
    let outcome = calls::apig_gateway_progress(signing(&service, "{}"), "i".into(), NOTHING).await;
    let raw = r#"{"error_code":"APIG.1002","error_msg":"***"}"#;
    assert_eq!(refused(outcome).some(["kind", "raw"]), json!(["auth", raw]));
    assert_eq!(service.count(), 1);
}

#[wasm_bindgen_test]
async fn a_project_that_cannot_be_a_header_is_not_signed() {
    let service = Service::giving(CREATING);
    let client = signing(&service, "{ projectId: 'p\\n' }");
    let outcome = calls::apig_gateway_progress(client, "i".into(), NOTHING).await;
    assert_eq!(refused(outcome).some(["kind", "field"]), json!(["config", "projectId"]));
    assert_eq!(service.count(), 0);
}

#[wasm_bindgen_test]
async fn a_login_is_neither_signed_nor_has_it_a_token() {
    let service = Service::answering(&[script("return new Response('{}', { status: 401 })")]);
    let login = js("{ user: 'u', password: 'p', domain: 'd' }");
    let client = signing(&service, "{ token() { throw 'nobody is to ask' } }");
    refused(calls::iam_token(client, login, NOTHING).await);
    let expected = json!({ "Accept": "application/json", "Content-Type": "application/json" });
    assert_eq!(service.request(0).await["headers"], expected);
    assert_eq!(service.count(), 1);
}
