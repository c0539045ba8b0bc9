//! One exchange as whoever carries it sees it: JSON in, JSON out. The proof of who sends it, what is asked again, and
//! what is blotted out have files of their own.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

use huaweicloud_tasks::exchange;
use huaweicloud_tasks::json::to_text;
use serde::Serialize;
use serde_json::{Value, json};

const CREATING: &str = include_str!("fixtures/apig-gateway-progress/200-creating.json");
const IMPORTED: &str = include_str!("fixtures/apig-async-task/200-import-succeed.json");
const MISSING: &str = include_str!("fixtures/apig-gateway-progress/404.json");

/// What crosses to JavaScript.
fn crossed<T: Serialize>(value: &T) -> Value {
    serde_json::from_str(&to_text(value)).unwrap()
}

fn prepare(name: &str, arguments: &Value, place: &Value) -> Result<Value, Value> {
    let prepared = exchange::prepare(name, &arguments.to_string(), &place.to_string());
    prepared.map(|request| crossed(&request)).map_err(|error| crossed(&error))
}

fn conclude(name: &str, given: &Value, body: &str) -> Value {
    crossed(&exchange::conclude(name, &given.to_string(), body))
}

fn region() -> Value {
    json!({"region": "cn-north-4"})
}

#[test]
fn a_request_is_all_that_is_to_be_sent() {
    let arguments = json!({"projectId": "p", "instanceId": "a b"});
    let expected = json!({
        "name": "ShowDetailsOfInstanceProgressV2",
        "method": "GET",
        "url": "https://apig.cn-north-4.myhuaweicloud.com/v2/p/apigw/instances/a%20b/progress",
        "headers": [["Accept", "application/json"]],
        "body": null,
        "form": null,
        "file": null,
        "provesItself": false,
        "secrets": [],
    });
    assert_eq!(prepare("apig.gatewayProgress", &arguments, &region()), Ok(expected));

    let server = json!({"id": "s", "auth": {"type": "keypair", "key": "one\ntwo"}});
    let expected = json!({
        "name": "DisassociateKeypair",
        "method": "POST",
        "url": "https://kms.cn-north-4.myhuaweicloud.com/v3/p/keypairs/disassociate",
        "headers": [["Accept", "application/json"], ["Content-Type", "application/json"]],
        "body": r#"{"server":{"id":"s","auth":{"type":"keypair","key":"one\ntwo"}}}"#,
        "form": null,
        "file": null,
        "provesItself": false,
        "secrets": ["one\ntwo"],
    });
    let arguments = json!({"projectId": "p", "server": server});
    assert_eq!(prepare("kps.disassociate", &arguments, &region()), Ok(expected));

    let arguments = json!({"projectId": "p", "instanceId": "i", "fileName": "a.yaml"});
    let import = prepare("apig.importApis", &arguments, &region()).unwrap();
    let form = [
        ["is_create_group", "true"],
        ["extend_mode", "merge"],
        ["simple_mode", "false"],
        ["mock_mode", "false"],
        ["api_mode", "merge"],
    ];
    assert_eq!(
        [&import["form"], &import["file"], &import["body"]],
        [&json!(form), &json!(["file_name", "a.yaml"]), &Value::Null]
    );
}

#[test]
fn every_call_goes_where_the_documents_say() {
    let instance = json!({"projectId": "p", "instanceId": "i"});
    let with = |more: Value| {
        let mut arguments = instance.as_object().unwrap().clone();
        arguments.extend(more.as_object().unwrap().clone());
        Value::from(arguments)
    };
    let server = json!({"id": "s"});
    for (name, arguments, asked) in [
        ("apig.gatewayProgress", instance.clone(), "GET apig /v2/p/apigw/instances/i/progress"),
        ("apig.asyncTask", with(json!({"taskId": "t"})), "GET apig /v2/p/apigw/instances/i/async-tasks/t"),
        ("apig.importApis", with(json!({"fileName": "f"})), "POST apig /v2/p/apigw/instances/i/openapi/async-import"),
        (
            "apig.exportApis",
            with(json!({"envId": "e", "groupId": "g"})),
            "POST apig /v2/p/apigw/instances/i/openapi/async-export?oas_version=2.0",
        ),
        ("roma.instanceProgress", instance.clone(), "GET roma /v2/p/instances/i/process"),
        ("sfsTurbo.job", json!({"projectId": "p", "jobId": "j"}), "GET sfs-turbo /v1/p/sfs-turbo/jobs/j"),
        ("kps.task", json!({"projectId": "p", "taskId": "t"}), "GET kms /v3/p/tasks/t"),
        (
            "kps.associate",
            json!({"projectId": "p", "keypairName": "k", "server": server}),
            "POST kms /v3/p/keypairs/associate",
        ),
        ("kps.disassociate", json!({"projectId": "p", "server": server}), "POST kms /v3/p/keypairs/disassociate"),
        ("cvr.renderTasks", json!({"projectId": "p"}), "GET cvr /v2/cvr/render-tasks"),
        (
            "iam.token",
            json!({"projectId": "p", "user": "u", "password": "w", "domain": "d"}),
            "POST iam /v3/auth/tokens?nocatalog=true",
        ),
    ] {
        let (method, to) = asked.split_once(' ').unwrap();
        let (service, path) = to.split_once(' ').unwrap();
        let request = prepare(name, &arguments, &region()).unwrap();
        let url = format!("https://{service}.cn-north-4.myhuaweicloud.com{path}");
        assert_eq!([&request["method"], &request["url"]], [method, &*url], "{name}");
        assert_eq!(request["provesItself"], name == "iam.token", "{name}");
    }
}

#[test]
fn a_service_may_be_elsewhere_than_the_others() {
    let url = |name, arguments, place| prepare(name, &arguments, &place).unwrap()["url"].clone();
    let task = || json!({"projectId": "p", "taskId": "t"});
    let own = || json!({"kps": "https://keys.example/"});
    let [at_region, at_endpoint] = [
        json!({"region": "cn-north-4", "endpoints": own()}),
        json!({"endpoint": "https://all.example/huawei", "endpoints": own()}),
    ];
    assert_eq!(url("kps.task", task(), at_region.clone()), "https://keys.example/v3/p/tasks/t");
    assert_eq!(url("kps.task", task(), at_endpoint.clone()), "https://keys.example/v3/p/tasks/t");
    let others = |place| url("cvr.renderTasks", json!({}), place);
    assert_eq!(others(at_region), "https://cvr.cn-north-4.myhuaweicloud.com/v2/cvr/render-tasks");
    assert_eq!(others(at_endpoint), "https://all.example/huawei/v2/cvr/render-tasks");
    assert_eq!(others(json!({"endpoint": "/huawei", "endpoints": {}})), "/huawei/v2/cvr/render-tasks");
    // A service goes by its name in the client, not by that in its address.
    let job = json!({"projectId": "p", "jobId": "j"});
    let place =
        json!({"region": "eu-west-101", "endpoints": {"sfsTurbo": "https://files.example", "kms": "https://no"}});
    assert_eq!(url("sfsTurbo.job", job, place.clone()), "https://files.example/v1/p/sfs-turbo/jobs/j");
    assert_eq!(url("kps.task", task(), place), "https://kms.eu-west-101.myhuaweicloud.eu/v3/p/tasks/t");
}

#[test]
fn what_is_wrong_with_a_request_is_told_by_field() {
    for (name, arguments, place, field) in [
        ("apig.gatewayprogress", json!({}), region(), "call"),
        ("toString", json!({}), region(), "call"),
        ("", json!({}), region(), "call"),
        ("cvr.renderTasks", json!({}), json!({}), "region"),
        ("cvr.renderTasks", json!({}), json!({"region": "evil.example/"}), "region"),
        ("cvr.renderTasks", json!({}), json!({"endpoints": {"kps": "https://keys.example"}}), "region"),
        ("cvr.renderTasks", json!({"limit": 0}), region(), "limit"),
        ("kps.task", json!({"projectId": "p"}), region(), "taskId"),
    ] {
        let error = prepare(name, &arguments, &place).unwrap_err();
        assert_eq!([&error["kind"], &error["field"]], ["config", field], "{name}");
    }
    for text in ["", "[]", "null", "{", "{} {}"] {
        assert!(exchange::prepare("cvr.renderTasks", text, r#"{"endpoint":"/"}"#).is_err(), "{text}");
        assert!(exchange::prepare("cvr.renderTasks", "{}", text).is_err(), "{text}");
    }
}

#[test]
fn an_answer_is_a_view() {
    let expected = json!({
        "view": {
            "percent": 50,
            "state": "creating",
            "error": null,
            "startedAt": 1_597_389_901_161_i64,
            "endedAt": null,
        },
        "raw": null,
        "error": null,
        "waitMs": null,
        "newToken": false,
        "seen": {
            "state": "running",
            "status": "creating",
            "percent": 50,
            "startedAt": 1_597_389_901_161_i64,
            "endedAt": null,
            "error": null,
            "parts": [],
        },
        "leastMs": null,
        "budget": null,
    });
    for status in [200, 202, 299] {
        let given = json!({"status": status, "secrets": ["token-12345"], "chance": 5, "maxRetries": 2});
        assert_eq!(conclude("apig.gatewayProgress", &given, CREATING), expected);
    }
    let job = conclude(
        "sfsTurbo.job",
        &json!({"status": 200, "requestId": "request-1"}),
        include_str!("fixtures/sfs-turbo-job/200-success.json"),
    );
    assert_eq!(job["view"]["requestId"], "request-1");
    let token = conclude("iam.token", &json!({"status": 201, "subjectToken": "MII-token"}), r#"{"token":{}}"#);
    assert_eq!(token["view"], json!({"token": "MII-token", "expiresAt": null, "issuedAt": null}));
}

#[test]
fn an_error_body_is_an_error() {
    let expected = json!({
        "view": null,
        "raw": null,
        "error": {
            "kind": "notFound",
            "message": "ShowDetailsOfInstanceProgressV2 answered 404 APIC.7302: Instance not found",
            "status": 404,
            "code": "APIC.7302",
            "requestId": "request-1",
            "retryable": false,
            "raw": MISSING,
            "field": null,
            "path": null,
            "expected": null,
        },
        "waitMs": null,
        "newToken": false,
        "seen": null,
        "leastMs": null,
        "budget": null,
    });
    let given = json!({"status": 404, "requestId": "request-1", "maxRetries": 2});
    assert_eq!(conclude("apig.gatewayProgress", &given, MISSING), expected);
}

#[test]
fn an_answer_that_nobody_documented_says_where() {
    let given = json!({"status": 200, "requestId": "request-1", "maxRetries": 2});
    let outcome = conclude("apig.gatewayProgress", &given, r#"{"status":"creating","progress":[]}"#);
    let error = &outcome["error"];
    assert_eq!([&error["kind"], &error["path"], &error["requestId"]], ["decode", "progress", "request-1"]);
    assert_eq!([&error["status"], &error["retryable"]], [&json!(200), &json!(false)]);
    assert_eq!([&outcome["view"], &outcome["waitMs"]], [&Value::Null, &Value::Null]);
    assert_eq!(error["raw"], r#"{"status":"creating","progress":[]}"#);
}

#[test]
fn what_is_no_exchange_is_told() {
    let outcome = conclude("apig.gatewayprogress", &json!({"status": 200}), CREATING);
    assert_eq!([&outcome["error"]["kind"], &outcome["error"]["field"]], ["config", "call"]);
    assert_eq!(
        [&outcome["view"], &outcome["waitMs"], &outcome["newToken"]],
        [&json!(null), &json!(null), &json!(false)]
    );
    for given in ["", "[]", "nonsense"] {
        let outcome = exchange::conclude("apig.gatewayProgress", given, CREATING);
        assert!(outcome.view.is_none() && outcome.error.is_some(), "{given}");
    }
}

fn decode(body: &str) -> Value {
    crossed(&exchange::decode_async_task(body))
}

#[test]
fn a_task_is_read_without_a_call_its_rows_as_one_text() {
    let nothing = json!({"text": "", "words": [], "cells": []});
    let expected = json!({
        "view": {
            "id": "d9ce8c9eede54b3f841ec324fe0bfdc2",
            "type": "import_api",
            "status": "succeed",
            "result": {
                "groupId": "9100ae30705947cc9543d37cd7fb388c",
                // The id and the path are in the text; the method and the action are words.
                "success": {
                    "text": "ee93ce6815f04896b301452982b92222/test1",
                    "words": ["GET", "create"],
                    "cells": [32, -2, 6, -3],
                },
                "failure": nothing,
                "ignore": nothing,
                "swagger": {"id": "de1852ab6c5e4090b0bd88a02058e650", "result": "Success"},
                "partial": false,
            },
        },
        "error": null,
    });
    assert_eq!(decode(IMPORTED), expected);
}

#[test]
fn a_cell_is_as_long_as_javascript_counts() {
    let result = json!({
        "success": [{"id": "é😀", "path": ""}, {"path": "/漢字", "method": "GET", "action": "update"}],
        "failure": [
            {"method": "GET", "path": "/a", "error_code": "A.1", "error_msg": "no"},
            {"method": "GET", "path": "/b", "error_code": "A.1", "error_msg": "no"},
        ],
        "ignore": [{"method": "PUT", "path": "/c"}],
    });
    let body = json!({
        "task_id": "t", "task_type": "import_api", "task_status": "succeed", "task_result": result.to_string(),
    });
    let result = &decode(&body.to_string())["view"]["result"];
    let success = json!({"text": "é😀/漢字", "words": ["GET", "update"], "cells": [3, -1, -1, -1, -1, -2, 3, -3]});
    let failure = json!({"text": "/a/b", "words": ["GET", "A.1", "no"], "cells": [-2, 2, -3, -4, -2, 2, -3, -4]});
    let ignore = json!({"text": "/c", "words": ["PUT"], "cells": [-2, 2]});
    assert_eq!([&result["success"], &result["failure"], &result["ignore"]], [&success, &failure, &ignore]);
    assert_eq!(result["partial"], true);
}

#[test]
fn what_is_no_task_is_told_with_its_body() {
    for (body, path) in [
        ("<html>", ""),
        ("", ""),
        (r#"{"task_id":"t","task_type":"import_api"}"#, "task_status"),
        (r#"{"task_id":"t","task_type":"import_api","task_status":"succeed","task_result":"{"}"#, "task_result"),
    ] {
        let outcome = decode(body);
        let error = &outcome["error"];
        assert_eq!([&error["kind"], &error["path"], &error["raw"]], ["decode", path, body]);
        assert_eq!([&outcome["view"], &error["status"]], [&Value::Null, &Value::Null]);
    }
}
