//! Every call: the request that `fetch` is given, and the object that comes out. Expected values are written by hand
//! from the documents.

use huaweicloud_tasks::wasm::calls;
use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{CREATING, NOTHING, SUCCESS, Service, answer, answer_with, data, js, script, some, value_of};

const STARTED: &str = include_str!("../fixtures/apig-async-import/202.json");
const IMPORTED: &str = include_str!("../fixtures/apig-async-task/200-import-succeed.json");
const EXPORTED: &str = include_str!("../fixtures/apig-async-task/200-export-succeed.json");
const ROMA: &str = include_str!("../fixtures/roma-instance-process/200-creating.json");
const JOB: &str = include_str!("../fixtures/sfs-turbo-job/200-success.json");
const RESETTING: &str = include_str!("../fixtures/kps-task/200-running-reset.json");
const REPLACE: &str = include_str!("../fixtures/kps-disassociate/request-replace.json");
const RESET: &str = include_str!("../fixtures/kps-disassociate/request-reset.json");
const RENDERING: &str = include_str!("../fixtures/cvr-render-tasks/200-one-active.json");

const DISPATCHED: &str = r#"{"task_id":"t","server_id":"s","status":"SUCCESS"}"#;

/// What is asked of a service in a region, with a token and nothing else.
fn reading(url: &str) -> Value {
    let headers = json!({ "Accept": "application/json", "X-Auth-Token": "a-token" });
    json!({ "url": url, "method": "GET", "headers": headers, "redirect": "manual", "body": null })
}

/// The same with JSON as its body.
fn writing(url: &str, body: &str) -> Value {
    let headers =
        json!({ "Accept": "application/json", "Content-Type": "application/json", "X-Auth-Token": "a-token" });
    json!({ "url": url, "method": "POST", "headers": headers, "redirect": "manual", "body": body })
}

#[wasm_bindgen_test]
async fn the_progress_of_a_gateway() {
    let service = Service::giving(CREATING);
    let progress = service.ask("{}", "undefined").await.unwrap();
    let expected = json!({
        "percent": 50,
        "state": "creating",
        "error": null,
        "startedAt": 1_597_389_901_161_i64,
        "endedAt": null,
        "raw": CREATING,
    });
    assert_eq!(data(&progress), expected);
    let url = "https://apig.cn-north-4.myhuaweicloud.com/v2/p/apigw/instances/i/progress";
    assert_eq!(service.request(0).await, reading(url));
    assert_eq!(service.count(), 1);
}

#[wasm_bindgen_test]
async fn fetch_is_called_by_itself_with_an_address_and_an_init_that_has_no_prototype() {
    let service = Service::giving(SUCCESS);
    service.ask("{}", "{}").await.unwrap();
    let expected = json!({
        "arguments": 2,
        "self": null,
        "names": ["headers", "method", "redirect", "signal"],
        "isBare": true,
        "signal": true,
    });
    assert_eq!(service.form(0), expected);
    assert!(!service.is_aborted(0), "the answer was there");
}

#[wasm_bindgen_test]
async fn an_import_that_ended() {
    let service = Service::giving(IMPORTED);
    let task = calls::apig_async_task(service.client("{}"), "i".into(), "a/b".into(), NOTHING).await.unwrap();
    let expected = json!({
        "id": "d9ce8c9eede54b3f841ec324fe0bfdc2",
        "type": "import_api",
        "status": "succeed",
        "result": {
            "groupId": "9100ae30705947cc9543d37cd7fb388c",
            "success": [
                { "id": "ee93ce6815f04896b301452982b92222", "method": "GET", "path": "/test1", "action": "create" },
            ],
            "failure": [],
            "ignore": [],
            "swagger": { "id": "de1852ab6c5e4090b0bd88a02058e650", "result": "Success" },
            "partial": false,
        },
        "raw": IMPORTED,
    });
    assert_eq!(data(&task), expected);
    let url = "https://apig.cn-north-4.myhuaweicloud.com/v2/p/apigw/instances/i/async-tasks/a%2Fb";
    assert_eq!(service.request(0).await, reading(url));
}

#[wasm_bindgen_test]
async fn an_export_that_ended() {
    let service = Service::giving(EXPORTED);
    let task = calls::apig_async_task(service.client("{}"), "i".into(), "t".into(), NOTHING).await.unwrap();
    let task = data(&task);
    assert_eq!(some(&task, ["type", "status"]), json!(["export_api", "succeed"]));
    let names = ["fileName", "fileType", "safeFileName"];
    let name = "test8-RELEASE-all-2023-07-11-19";
    assert_eq!(some(&task["result"], names), json!([format!("{name}:54:22"), "json", format!("{name}-54-22.json")]));
    let document = &task["result"]["document"];
    assert_eq!(document["info"], json!({ "title": "test8", "version": "2023-07-11-19:54:22" }));
    let content = task["result"]["content"].as_str().unwrap();
    assert_eq!(serde_json::from_str::<Value>(content).unwrap(), *document);
}

#[wasm_bindgen_test]
async fn an_export_is_started() {
    let service = Service::answering(&[answer(202, STARTED)]);
    let options = js("{ envId: 'e', groupId: 'g', oasVersion: '3.0', define: 'all', type: 'yaml', apis: ['a', 'b'], \
         version: '1', timeoutMs: 5000 }");
    let started = calls::apig_export_apis(service.client("{}"), "i".into(), options).await.unwrap();
    let expected = json!({ "kind": "apig.task", "taskId": "d9ce8c9eede54b3f841ec324fe0bfdc2", "raw": STARTED });
    assert_eq!(data(&started), expected);
    let url = "https://apig.cn-north-4.myhuaweicloud.com/v2/p/apigw/instances/i/openapi/async-export?oas_version=3.0";
    let body = r#"{"env_id":"e","group_id":"g","define":"all","type":"yaml","version":"1","apis":["a","b"]}"#;
    assert_eq!(service.request(0).await, writing(url, body));
    assert_eq!(service.form(0)["names"], json!(["body", "headers", "method", "redirect", "signal"]));
}

#[wasm_bindgen_test]
async fn the_progress_of_a_roma_connect_instance() {
    let service = Service::giving(ROMA);
    let progress = calls::roma_instance_progress(service.client("{}"), "i".into(), NOTHING).await.unwrap();
    let mut progress = data(&progress);
    let instance = progress.as_object_mut().unwrap().remove("instance").unwrap();
    let item = |name, started_at: Option<i64>, taken_time| {
        json!({
            "name": name,
            "state": "creating",
            "percent": 0,
            "startedAt": started_at,
            "endedAt": null,
            "takenTime": taken_time,
            "error": null,
        })
    };
    let expected = json!({
        "percent": 0,
        "state": "creating",
        "error": null,
        "startedAt": 1_741_262_473_785_i64,
        "endedAt": null,
        "elapsedMs": 30_109,
        "currentTime": 1_741_262_503_894_i64,
        "takenTime": 1,
        "instanceId": "b037d389-62a4-464a-8461-c88797ad4f23",
        "name": "roma-2222",
        "items": [item("mqs", None, 0), item("lvs", Some(1_741_262_473_785), 1)],
        "raw": ROMA,
    });
    assert_eq!(progress, expected);
    let names = ["specCode", "chargingMode", "noPasswordAccess", "connectAddress", "availableZones"];
    assert_eq!(some(&instance, names), json!(["roma.basic.001", 1, false, null, ["az0.dc0"]]));
    assert_eq!(instance.as_object().unwrap().len(), 69);
    let url = "https://roma.cn-north-4.myhuaweicloud.com/v2/p/instances/i/process";
    assert_eq!(service.request(0).await, reading(url));
}

#[wasm_bindgen_test]
async fn a_job_of_sfs_turbo_with_the_id_of_the_request() {
    let service = Service::answering(&[answer_with(200, JOB, json!({ "X-Request-Id": "r" }))]);
    let job = calls::sfs_turbo_job(service.client("{}"), "j".into(), NOTHING).await.unwrap();
    let expected = json!({
        "id": "26f6b565-xxxx-XXXX-xxxx-03f0bd975433",
        "type": "bind_ldap",
        "state": "success",
        "error": null,
        "startedAt": 1_690_364_038_000_i64,
        "endedAt": 1_690_364_038_000_i64,
        "subJobs": [],
        "requestId": "r",
        "raw": JOB,
    });
    assert_eq!(data(&job), expected);
    let mut request = reading("https://sfs-turbo.cn-north-4.myhuaweicloud.com/v1/p/sfs-turbo/jobs/j");
    // The service insists on it, though there is no body.
    request["headers"]["Content-Type"] = "application/json".into();
    assert_eq!(service.request(0).await, request);
}

#[wasm_bindgen_test]
async fn a_key_pair_task() {
    let service = Service::giving(RESETTING);
    let task = calls::kps_task(service.client("{}"), "t".into(), NOTHING).await.unwrap();
    let expected = json!({
        "taskId": "aee8d2fe-5484-4753-9177-5a38dc15546c",
        "serverId": "c9aa197b-a6b6-4c33-b3a6-fa0b4ec50006",
        "status": "RUNNING_RESET",
        "phase": "running",
        "operation": "reset",
        "raw": RESETTING,
    });
    assert_eq!(data(&task), expected);
    assert_eq!(service.request(0).await, reading("https://kms.cn-north-4.myhuaweicloud.com/v3/p/tasks/t"));
}

#[wasm_bindgen_test]
async fn a_key_pair_is_bound() {
    let service = Service::answering(&[answer(202, DISPATCHED)]);
    let request = js("{ keypairName: 'k', server: { id: 'ç', auth: { type: 'password', key: 'a\"b\\\\c' }, \
         disablePassword: true, port: 22 } }");
    let dispatch = calls::kps_associate(service.client("{}"), request, NOTHING).await.unwrap();
    let expected = json!({
        "kind": "kps.task",
        "taskId": "t",
        "serverId": "s",
        "state": "dispatched",
        "error": null,
        "raw": DISPATCHED,
    });
    assert_eq!(data(&dispatch), expected);
    let body = concat!(
        r#"{"keypair_name":"k","server":{"id":"ç","auth":{"type":"password","key":"a\"b\\c"},"#,
        r#""disable_password":true,"port":22}}"#
    );
    let url = "https://kms.cn-north-4.myhuaweicloud.com/v3/p/keypairs/associate";
    assert_eq!(service.request(0).await, writing(url, body));
}

#[wasm_bindgen_test]
async fn a_key_pair_is_replaced_and_reset() {
    let service = Service::answering(&[answer(202, DISPATCHED)]);
    for (index, body) in [REPLACE, RESET].into_iter().enumerate() {
        let body: Value = serde_json::from_str(body).unwrap();
        calls::kps_disassociate(service.client("{}"), value_of(&body), NOTHING).await.unwrap();
        let request = service.request(index as u32).await;
        assert_eq!(request["url"], "https://kms.cn-north-4.myhuaweicloud.com/v3/p/keypairs/disassociate");
        assert_eq!(serde_json::from_str::<Value>(request["body"].as_str().unwrap()).unwrap(), body);
    }
}

#[wasm_bindgen_test]
async fn a_page_of_render_tasks() {
    let service = Service::giving(RENDERING);
    let filter = js("{ status: 'active', applicationId: 'a b', limit: 1, offset: 0 }");
    let tasks = calls::cvr_render_tasks(service.client("{}"), filter, NOTHING).await.unwrap();
    let tasks = data(&tasks);
    assert_eq!(some(&tasks, ["count", "raw"]), json!([1, RENDERING]));
    let names = ["taskId", "deviceId", "status", "startedAt", "finishedAt", "finishReason", "location"];
    let expected =
        json!(["5a229588-7bea-11eb-bb6d-84a93e805fe6", "0FBCA6", "active", 1_614_689_713_000_i64, null, null, [],]);
    assert_eq!(some(&tasks["renderTasks"][0], names), expected);
    let url = "https://cvr.cn-north-4.myhuaweicloud.com/v2/cvr/render-tasks";
    let query = "?status=active&application_id=a%20b&limit=1&offset=0";
    assert_eq!(service.request(0).await, reading(&format!("{url}{query}")));

    calls::cvr_render_tasks(service.client("{}"), NOTHING, NOTHING).await.unwrap();
    assert_eq!(service.request(1).await, reading(url));
}

#[wasm_bindgen_test]
async fn a_token_for_a_password() {
    let body = r#"{"token":{"expires_at":"2023-07-12T11:54:22.000000Z","issued_at":"2023-07-11T11:54:22.000000Z"}}"#;
    let service = Service::answering(&[answer_with(201, body, json!({ "X-Subject-Token": "MII" }))]);
    let login = js("{ user: 'u', password: 'a-password', domain: 'd', project: 'cn-north-4' }");
    let token = calls::iam_token(service.client("{ projectId: undefined }"), login, NOTHING).await.unwrap();
    let expected = json!({ "token": "MII", "expiresAt": 1_689_162_862_000_i64, "issuedAt": 1_689_076_462_000_i64 });
    // A body that names the user is not handed on.
    assert_eq!(data(&token), expected);
    let body = concat!(
        r#"{"auth":{"identity":{"methods":["password"],"password":{"user":{"name":"u","password":"a-password","#,
        r#""domain":{"name":"d"}}}},"scope":{"project":{"name":"cn-north-4"}}}}"#
    );
    let mut request = writing("https://iam.cn-north-4.myhuaweicloud.com/v3/auth/tokens?nocatalog=true", body);
    // It says by itself who sends it.
    request["headers"].as_object_mut().unwrap().remove("X-Auth-Token");
    assert_eq!(service.request(0).await, request);
}

#[wasm_bindgen_test]
async fn a_client_may_have_addresses_of_its_own() {
    let service = Service::giving(CREATING);
    service.ask("{ region: undefined, endpoint: '/huawei/' }", "undefined").await.unwrap();
    assert_eq!(service.request(0).await["url"], "/huawei/v2/p/apigw/instances/i/progress");
    service.ask("{ endpoints: { kps: 'https://k', apig: 'https://a' } }", "undefined").await.unwrap();
    assert_eq!(service.request(1).await["url"], "https://a/v2/p/apigw/instances/i/progress");
}

#[wasm_bindgen_test]
async fn a_mock_needs_few_of_the_properties_of_a_response() {
    for mock in [
        "{ status: 200, text: async () => body }",
        "{ status: 200, text: () => body }",
        "{ status: 200, headers: new Map(), arrayBuffer: async () => new TextEncoder().encode(body).buffer }",
        "Promise.resolve({ status: 200, arrayBuffer: () => new TextEncoder().encode('\\ufeff' + body) })",
        "Object.assign(new Response(body), { mine: true })",
        "new (class extends Response {})(body)",
        "{ then: (resolve) => resolve({ status: 200, text: async () => body }) }",
    ] {
        let service = Service::answering(&[script(&format!("const body = {}; return ({mock})", json!(CREATING)))]);
        let progress = data(&service.ask("{}", "undefined").await.unwrap());
        assert_eq!(some(&progress, ["percent", "raw"]), json!([50, CREATING]), "{mock}");
    }
}
