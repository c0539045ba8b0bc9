//! Cloud VR: the example body of the documents, and what else a body may hold.

#![allow(clippy::unwrap_used, clippy::string_slice, clippy::indexing_slicing, reason = "a test may panic")]

use huaweicloud_tasks::error::{Error, ErrorKind};
use huaweicloud_tasks::http::{Argument, Body, Method, Request, Response, Site};
use huaweicloud_tasks::model::record::{FieldValue, Record};
use huaweicloud_tasks::service::cvr::{Filter, RENDER_TASK, RenderTasks, read_render_tasks};

const ACTIVE: &str = include_str!("fixtures/cvr-render-tasks/200-one-active.json");

const TEXTS: [&str; 12] = [
    "task_id",
    "application_id",
    "server_id",
    "session_id",
    "device_id",
    "device_brand",
    "device_type",
    "application_user",
    "application_launch_args",
    "protocol_type",
    "resolution",
    "gpu_ip_type",
];

fn request(arguments: &str) -> Result<Request, Error> {
    let site = Site { region: Some("cn-north-4".into()), ..Site::default() };
    serde_json::from_str::<Argument>(arguments).unwrap().read::<Filter>("filter")?.request(&site)
}

/// The only task of a list, with one field.
fn task(field: &str, value: &str) -> Record {
    read_render_tasks(&format!(r#"{{"render_tasks":[{{"{field}":{value}}}]}}"#)).unwrap().render_tasks.remove(0)
}

#[test]
fn a_task_that_is_active() {
    let expected = serde_json::json!({"count": 1, "renderTasks": [{
        "taskId": "5a229588-7bea-11eb-bb6d-84a93e805fe6",
        "applicationId": "63b79e6e-7be9-11eb-8817-84a93e805fe6",
        "serverId": "63231434-7bea-11eb-9409-84a93e805fe6",
        "sessionId": "1",
        "deviceId": "0FBCA6",
        "deviceBrand": null,
        "deviceType": null,
        "applicationUser": null,
        "applicationLaunchArgs": null,
        "protocolType": null,
        "location": [],
        "resolution": null,
        "gpuIpType": null,
        "status": "active",
        "startedAt": 1_614_689_713_000_i64,
        "finishedAt": null,
        "finishReason": null,
    }]});
    assert_eq!(serde_json::to_value(read_render_tasks(ACTIVE).unwrap()).unwrap(), expected);
}

#[test]
fn every_documented_field_has_its_name_in_javascript() {
    let mut body = serde_json::json!({"location": ["north", "edge"], "status": "FINISH", "finish_reason": "CANCEL"});
    for text in TEXTS {
        body[text] = format!("the {text}").into();
    }
    body["start_time"] = "2020-05-20T03:30:52Z".into();
    body["finish_time"] = "2020-05-20T03:30:53.5Z".into();
    let body = serde_json::json!({"count": 7, "render_tasks": [body]});
    let expected = serde_json::json!({"count": 7, "renderTasks": [{
        "taskId": "the task_id",
        "applicationId": "the application_id",
        "serverId": "the server_id",
        "sessionId": "the session_id",
        "deviceId": "the device_id",
        "deviceBrand": "the device_brand",
        "deviceType": "the device_type",
        "applicationUser": "the application_user",
        "applicationLaunchArgs": "the application_launch_args",
        "protocolType": "the protocol_type",
        "location": ["north", "edge"],
        "resolution": "the resolution",
        "gpuIpType": "the gpu_ip_type",
        "status": "finish",
        "startedAt": 1_589_945_452_000_i64,
        "finishedAt": 1_589_945_453_500_i64,
        "finishReason": "cancel",
    }]});
    assert_eq!(serde_json::to_value(read_render_tasks(&body.to_string()).unwrap()).unwrap(), expected);
}

#[test]
fn what_is_left_out_is_none() {
    let nothing = RenderTasks { count: None, render_tasks: vec![] };
    assert_eq!(read_render_tasks("{}").unwrap(), nothing);
    assert_eq!(read_render_tasks(r#"{"count":null,"render_tasks":null}"#).unwrap(), nothing);
    for field in TEXTS.iter().chain(&["status", "start_time", "finish_time", "finish_reason"]) {
        assert_eq!(task(field, "\"\""), Record::empty(&RENDER_TASK));
        assert_eq!(task(field, "null"), Record::empty(&RENDER_TASK));
    }
    assert_eq!(task("location", "null"), Record::empty(&RENDER_TASK));
}

#[test]
fn times_are_rfc_3339_or_empty() {
    assert_eq!(task("finish_time", "\"\"").get("finishedAt"), Some(&FieldValue::Nothing));
    assert_eq!(
        task("finish_time", "\"2021-03-02T12:55:13Z\"").get("finishedAt"),
        Some(&FieldValue::Integer(1_614_689_713_000))
    );
    assert_eq!(
        task("start_time", "\"2021-03-02T20:55:13.25+08:00\"").get("startedAt"),
        Some(&FieldValue::Integer(1_614_689_713_250))
    );
    for wrong in ["\"2021-03-02 12:55:13\"", "\"2021-02-29T12:55:13Z\"", "\"2021-13-02T12:55:13Z\"", "1614689713000"] {
        for field in ["start_time", "finish_time"] {
            let body = format!(r#"{{"render_tasks":[{{}},{{"{field}":{wrong}}}]}}"#);
            assert_eq!(read_render_tasks(&body).unwrap_err().path, format!("render_tasks[1].{field}"), "{body}");
        }
    }
}

#[test]
fn words_match_without_case_and_unknown_ones_are_kept() {
    assert_eq!(task("status", "\"Active\"").text("status"), Some("active"));
    assert_eq!(task("status", "\"Paused\"").text("status"), Some("Paused"));
    for (word, reason) in [
        ("cancel", "cancel"),
        ("NORMAL", "normal"),
        ("error", "error"),
        ("server_deleted", "server_deleted"),
        ("application_start_failed", "application_start_failed"),
        ("Device_Changed", "device_changed"),
        ("Bored", "Bored"),
    ] {
        assert_eq!(task("finish_reason", &format!("\"{word}\"")).text("finishReason"), Some(reason));
    }
}

#[test]
fn a_wrong_type_is_told_by_place() {
    for field in TEXTS.iter().chain(&["status", "start_time", "finish_time", "finish_reason", "location"]) {
        let body = format!(r#"{{"render_tasks":[{{"{field}":{{}}}}]}}"#);
        assert_eq!(read_render_tasks(&body).unwrap_err().path, format!("render_tasks[0].{field}"));
    }
    for (body, path) in [
        (r#"{"count":"many"}"#, "count"),
        (r#"{"render_tasks":{}}"#, "render_tasks"),
        (r#"{"render_tasks":[null]}"#, "render_tasks[0]"),
        (r#"{"render_tasks":[{"location":["a",{}]}]}"#, "render_tasks[0].location[1]"),
    ] {
        assert_eq!(read_render_tasks(body).unwrap_err().path, path, "{body}");
    }
}

#[test]
fn a_body_cut_anywhere_is_told() {
    for cut in 0..ACTIVE.trim_end().len() {
        assert!(read_render_tasks(&ACTIVE[..cut]).is_err(), "{}", &ACTIVE[..cut]);
    }
}

#[test]
fn the_query_has_what_was_given_in_the_order_of_the_documents() {
    let url = |arguments| request(arguments).unwrap().url;
    let address = "https://cvr.cn-north-4.myhuaweicloud.com/v2/cvr/render-tasks";
    assert_eq!(url("{}"), address);
    assert_eq!(url(r#"{"status":null,"limit":null}"#), address);
    assert_eq!(url(r#"{"offset":0}"#), format!("{address}?offset=0"));
    assert_eq!(
        url(r#"{"offset":20,"limit":1000,"deviceId":"d&d","serverId":"s","applicationId":"a b","status":"active"}"#),
        format!("{address}?status=active&application_id=a%20b&server_id=s&device_id=d%26d&limit=1000&offset=20")
    );
    let request = request(r#"{"status":"finish"}"#).unwrap();
    assert_eq!((request.name, request.method, request.body), ("list render tasks", Method::Get, Body::Nothing));
    assert_eq!(request.content_type, None);
}

#[test]
fn an_argument_out_of_range_is_told_by_name() {
    for (arguments, field) in [
        (r#"{"status":"paused"}"#, "status"),
        (r#"{"applicationId":""}"#, "applicationId"),
        (r#"{"serverId":5}"#, "serverId"),
        (r#"{"deviceId":[]}"#, "deviceId"),
        (r#"{"limit":0}"#, "limit"),
        (r#"{"limit":1001}"#, "limit"),
        (r#"{"limit":"10"}"#, "limit"),
        (r#"{"offset":-1}"#, "offset"),
        (r#"{"offset":9007199254740992}"#, "offset"),
        (r#"{"page":1}"#, "page"),
        (r#"{"projectId":"p"}"#, "projectId"),
        ("[]", "filter"),
    ] {
        let error = request(arguments).unwrap_err();
        assert_eq!((error.kind, error.field.as_deref()), (ErrorKind::Config, Some(field)));
    }
}

#[test]
fn a_documented_error_has_its_code_and_message() {
    let body = r#"{"error_code":"CVR.0001","error_msg":"Invalid parameter"}"#;
    let response = Response { status: 400, body: body.into(), ..Response::default() };
    let error = response.read::<RenderTasks>(&request("{}").unwrap()).unwrap_err();
    assert_eq!((error.kind, error.code.as_deref()), (ErrorKind::Api, Some("CVR.0001")));
    assert_eq!(error.message, "list render tasks answered 400 CVR.0001: Invalid parameter");
}
