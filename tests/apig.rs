//! Every example body of the documents, decoded. Expected values are written by hand from the documents.

#![allow(clippy::unwrap_used, clippy::string_slice, clippy::indexing_slicing, reason = "a test may panic")]

use huaweicloud_tasks::error::{Error, ErrorKind, Failure};
use huaweicloud_tasks::http::{Body, Method, Reply, Request, Response, Site};
use huaweicloud_tasks::json::rows::Rows;
use huaweicloud_tasks::service::apig::task_result::{FileType, ImportReport, ImportedDocument, TaskResult};
use huaweicloud_tasks::service::apig::{
    ASYNC_TASK, AsyncTask, GATEWAY_PROGRESS, GatewayProgress, GatewayState, TaskStatus, TaskType, read_async_task,
    read_gateway_progress,
};

macro_rules! body {
    ($path:literal) => {
        include_str!(concat!("fixtures/", $path))
    };
}

const STARTED: Option<i64> = Some(1_597_389_901_161);
const ENDED: Option<i64> = Some(1_597_390_224_911);

fn failure(code: &str, message: &str) -> Failure {
    Failure { code: Some(code.into()), message: Some(message.into()), request_id: None }
}

#[test]
fn a_gateway_that_was_created() {
    let expected = GatewayProgress {
        percent: Some(100),
        state: GatewayState::Success,
        error: None,
        started_at: STARTED,
        ended_at: ENDED,
    };
    assert_eq!(read_gateway_progress(body!("apig-gateway-progress/200-success.json")).unwrap(), expected);
}

#[test]
fn a_gateway_being_created_has_no_end_though_the_body_does() {
    let body = body!("apig-gateway-progress/200-creating.json");
    assert!(body.contains("\"end_time\" : 1597390224911"));
    let expected = GatewayProgress {
        percent: Some(50),
        state: GatewayState::Creating,
        error: None,
        started_at: STARTED,
        ended_at: None,
    };
    assert_eq!(read_gateway_progress(body).unwrap(), expected);
}

#[test]
fn a_gateway_that_failed_is_an_answer() {
    for (body, code) in [
        (body!("apig-gateway-progress/200-failed-quota.json"), "APIC.9218"),
        (body!("apig-gateway-progress/200-failed-resources.json"), "APIC.9219"),
        (body!("apig-gateway-progress/200-failed-other.json"), "APIC.9206"),
    ] {
        let expected = GatewayProgress {
            percent: Some(0),
            state: GatewayState::Failed,
            error: Some(failure(code, "create failed...")),
            started_at: STARTED,
            ended_at: ENDED,
        };
        assert_eq!(read_gateway_progress(body).unwrap(), expected);
    }
}

#[test]
fn words_match_without_case_and_unknown_ones_are_kept() {
    let state = |word: &str| read_gateway_progress(&format!(r#"{{"status":"{word}","end_time":5}}"#)).unwrap();
    assert_eq!(state("SUCCESS").state, GatewayState::Success);
    assert_eq!(state("Creating").state, GatewayState::Creating);
    let unknown = state("Hibernating");
    assert_eq!(unknown.state, GatewayState::Unknown("Hibernating".into()));
    assert_eq!(unknown.ended_at, None, "only a final state has an end");
    // A word of another service is not a word of this one.
    assert_eq!(state("succeed").state, GatewayState::Unknown("succeed".into()));
}

#[test]
fn what_is_not_there_is_none() {
    let progress = read_gateway_progress(r#"{"status":"failed","error_code":null,"error_msg":"","start_time":0}"#);
    let expected = GatewayProgress {
        percent: None,
        state: GatewayState::Failed,
        error: Some(Failure::default()),
        started_at: None,
        ended_at: None,
    };
    assert_eq!(progress.unwrap(), expected);
}

#[test]
fn an_import_that_ended() {
    let task = read_async_task(body!("apig-async-task/200-import-succeed.json")).unwrap();
    assert_eq!(task.id, "d9ce8c9eede54b3f841ec324fe0bfdc2");
    assert_eq!((&task.task_type, &task.status), (&TaskType::ImportApi, &TaskStatus::Succeed));
    let Some(TaskResult::Import(report)) = task.result else { panic!("no report") };
    assert_eq!(report.group_id.as_deref(), Some("9100ae30705947cc9543d37cd7fb388c"));
    assert_eq!(
        report.success.iter().collect::<Vec<_>>(),
        [[Some("ee93ce6815f04896b301452982b92222"), Some("GET"), Some("/test1"), Some("create")]]
    );
    assert!(report.failure.is_empty() && report.ignore.is_empty() && !report.partial);
    let swagger =
        ImportedDocument { id: Some("de1852ab6c5e4090b0bd88a02058e650".into()), result: Some("Success".into()) };
    assert_eq!(report.swagger, Some(swagger));
}

#[test]
fn an_import_in_part_has_failures_though_it_succeeded() {
    let result = r#"{"group_id":"g","success":[],"swagger":null,
        "failure":[{"method":"POST","path":"/a","error_code":"APIG.3202","error_msg":"The API name already exists"}],
        "ignore":[{"path":"/b","method":"GET"}]}"#;
    let body = serde_json::json!({"task_id":"t","task_status":"succeed","task_type":"import_api","task_result":result});
    let Some(TaskResult::Import(report)) = read_async_task(&body.to_string()).unwrap().result else { panic!() };
    assert!(report.partial);
    let refused = [Some("POST"), Some("/a"), Some("APIG.3202"), Some("The API name already exists")];
    assert_eq!(report.failure.iter().collect::<Vec<_>>(), [refused]);
    assert_eq!(report.ignore.iter().collect::<Vec<_>>(), [[Some("GET"), Some("/b")]]);
}

#[test]
fn an_export_that_ended() {
    let task = read_async_task(body!("apig-async-task/200-export-succeed.json")).unwrap();
    assert_eq!((&task.task_type, &task.status), (&TaskType::ExportApi, &TaskStatus::Succeed));
    let Some(TaskResult::Export(exported)) = task.result else { panic!("no document") };
    assert_eq!(exported.file_name.as_deref(), Some("test8-RELEASE-all-2023-07-11-19:54:22"));
    assert_eq!(exported.file_type, Some(FileType::Json));
    assert_eq!(exported.safe_file_name, "test8-RELEASE-all-2023-07-11-19-54-22.json");
    assert!(exported.content.starts_with("{\n\t\"swagger\": \"2.0\",\n\t\"info\": {\n\t\t\"title\": \"test8\","));
    let document: serde_json::Value = serde_json::from_str(&exported.content).unwrap();
    assert_eq!(document["host"], "9100ae30705947cc9543d37cd7fb388c.apic.cn-north-7.huaweicloudapis.com");
}

#[test]
fn an_export_under_the_names_of_the_documents_table() {
    let result = r#"{"file_type":"YAML","content":"openapi: 3.0.0\n"}"#;
    let body = serde_json::json!({"task_id":"t","task_status":"succeed","task_type":"export_api","task_result":result});
    let Some(TaskResult::Export(exported)) = read_async_task(&body.to_string()).unwrap().result else { panic!() };
    assert_eq!((exported.file_name, exported.file_type), (None, Some(FileType::Yaml)));
    assert_eq!((&*exported.content, &*exported.safe_file_name), ("openapi: 3.0.0\n", "export.yaml"));
}

#[test]
fn a_task_that_failed_is_an_answer() {
    let expected = AsyncTask {
        id: "f01d2772ea4944408fa544c8ae5a9999".into(),
        task_type: TaskType::ImportApi,
        status: TaskStatus::Failed,
        result: Some(TaskResult::Failed(failure("APIG.3201", "The API group name already exists"))),
    };
    assert_eq!(read_async_task(body!("apig-async-task/200-import-failed.json")).unwrap(), expected);
}

#[test]
fn a_task_may_fail_in_plain_words() {
    let body = r#"{"task_id":"t","task_status":"failed","task_type":"export_api","task_result":"disk full"}"#;
    let Some(TaskResult::Failed(failure)) = read_async_task(body).unwrap().result else { panic!() };
    assert_eq!((failure.code, failure.message.as_deref()), (None, Some("disk full")));
}

#[test]
fn a_pending_task_has_no_result() {
    for (body, id, status) in [
        (body!("apig-async-task/200-import-waiting.json"), "c3b78a52fb28461aab92bf6c6989f731", TaskStatus::Waiting),
        (
            body!("apig-async-task/200-import-processing.json"),
            "4dfbf6acaacf4c41a8b3c50daa90d3dc",
            TaskStatus::Processing,
        ),
    ] {
        let expected = AsyncTask { id: id.into(), task_type: TaskType::ImportApi, status, result: None };
        assert_eq!(read_async_task(body).unwrap(), expected);
    }
}

#[test]
fn requests_go_where_the_documents_say() {
    assert_eq!(GATEWAY_PROGRESS.name, "ShowDetailsOfInstanceProgressV2");
    assert_eq!(ASYNC_TASK.name, "ShowAsyncTaskResult");
    let site = Site { project_id: "p".into(), ..Site::default() };
    let in_region = Site { region: Some("cn-north-4".into()), ..site.clone() };
    let at_endpoint = Site { endpoint: Some("/huawei/".into()), ..site };
    for (request, name, url) in [
        (
            GatewayProgress::request(&in_region, "a b/ç"),
            GATEWAY_PROGRESS.name,
            "https://apig.cn-north-4.myhuaweicloud.com/v2/p/apigw/instances/a%20b%2F%C3%A7/progress",
        ),
        (
            AsyncTask::request(&at_endpoint, "a b/ç", "../../x"),
            ASYNC_TASK.name,
            "/huawei/v2/p/apigw/instances/a%20b%2F%C3%A7/async-tasks/..%2F..%2Fx",
        ),
    ] {
        let request = request.unwrap();
        assert_eq!((request.name, request.method, &request.body), (name, Method::Get, &Body::Nothing));
        assert_eq!((&*request.url, request.content_type), (url, None));
    }
}

/// Why a response says nothing.
fn refused<T: Reply>(request: Result<Request, Error>, response: &Response) -> Error {
    response.read::<T>(&request.unwrap()).map(|_| ()).unwrap_err()
}

#[test]
fn every_documented_error_has_its_kind_code_and_message() {
    let site = Site { project_id: "p".into(), endpoint: Some("/".into()), ..Site::default() };
    let [progress, task] = [GATEWAY_PROGRESS.name, ASYNC_TASK.name];
    for (name, status, body, kind, code, message) in [
        (
            progress,
            401,
            body!("apig-gateway-progress/401.json"),
            ErrorKind::Auth,
            "APIC.7102",
            "Incorrect token or token resolution failed",
        ),
        (
            progress,
            403,
            body!("apig-gateway-progress/403.json"),
            ErrorKind::Permission,
            "APIC.7106",
            "No permissions to request for the method",
        ),
        (
            progress,
            404,
            body!("apig-gateway-progress/404.json"),
            ErrorKind::NotFound,
            "APIC.7302",
            "Instance not found",
        ),
        (
            progress,
            500,
            body!("apig-gateway-progress/500.json"),
            ErrorKind::Server,
            "APIC.9000",
            "Failed to request internal service",
        ),
        (
            task,
            400,
            body!("apig-async-task/400.json"),
            ErrorKind::Api,
            "APIG.2001",
            "The request parameters must be specified,parameterName:task_id. Please refer to the support documentation",
        ),
        (
            task,
            401,
            body!("apig-async-task/401.json"),
            ErrorKind::Auth,
            "APIG.1002",
            "Incorrect token or token resolution failed",
        ),
        (
            task,
            403,
            body!("apig-async-task/403.json"),
            ErrorKind::Permission,
            "APIG.1005",
            "No permissions to request this method",
        ),
        (
            task,
            404,
            body!("apig-async-task/404.json"),
            ErrorKind::NotFound,
            "APIG.3093",
            "The asynchronous task d9ce8c9eede54b3f841ec324fe0bfdc2 does not exist",
        ),
        (task, 500, body!("apig-async-task/500.json"), ErrorKind::Server, "APIG.9999", "System error"),
    ] {
        let response =
            Response { status, request_id: Some("request-1".into()), body: body.into(), ..Response::default() };
        let error = if name == task {
            refused::<AsyncTask>(AsyncTask::request(&site, "i", "t"), &response)
        } else {
            refused::<GatewayProgress>(GatewayProgress::request(&site, "i"), &response)
        };
        let message = format!("{name} answered {status} {code}: {message}");
        let expected = Error::new(kind, message).with(|error| {
            error.status = Some(status);
            error.code = Some(code.into());
            error.request_id = Some("request-1".into());
            error.raw = Some(body.into());
        });
        assert_eq!(error, expected);
    }
}

fn written(body: &str) -> serde_json::Value {
    serde_json::to_value(read_async_task(body).unwrap()).unwrap()
}

/// The report of an import, as it was read.
fn report_of(body: &str) -> ImportReport {
    let report = read_async_task(body).unwrap().result.and_then(|result| match result {
        TaskResult::Import(report) => Some(report),
        _ => None,
    });
    report.unwrap()
}

/// Rows as they cross to JavaScript: the text, whether it is wide, the words and the cells.
fn crossing(rows: &Rows) -> (&str, bool, Vec<&str>, &[i32]) {
    (rows.text(), rows.is_wide(), rows.words().iter().map(String::as_str).collect(), rows.cells())
}

#[test]
fn rows_leave_their_place_where_a_task_is_written() {
    let written = written(body!("apig-async-task/200-import-succeed.json"));
    let expected = serde_json::json!({
        "id": "d9ce8c9eede54b3f841ec324fe0bfdc2",
        "type": "import_api",
        "status": "succeed",
        "result": {
            "groupId": "9100ae30705947cc9543d37cd7fb388c",
            "success": null,
            "failure": null,
            "ignore": null,
            "swagger": {"id": "de1852ab6c5e4090b0bd88a02058e650", "result": "Success"},
            "partial": false,
        },
    });
    assert_eq!(written, expected);
}

#[test]
fn rows_cross_as_one_text() {
    let report = report_of(body!("apig-async-task/200-import-succeed.json"));
    // The id and the path are in the text; the method and the action are words.
    let text = "ee93ce6815f04896b301452982b92222/test1";
    assert_eq!(crossing(&report.success), (text, false, vec!["GET", "create"], &[32, -2, 6, -3][..]));
    assert_eq!(crossing(&report.failure), ("", false, vec![], &[][..]));
}

#[test]
fn a_cell_is_as_long_as_javascript_counts() {
    let result = serde_json::json!({
        "success": [{"id": "é😀", "path": ""}, {"path": "/漢字", "method": "GET", "action": "update"}],
        "failure": [
            {"method": "GET", "path": "/a", "error_code": "A.1", "error_msg": "né"},
            {"method": "GET", "path": "/b", "error_code": "A.1", "error_msg": "né"},
        ],
        "ignore": [{"method": "PUT", "path": "/c"}],
    });
    let body = serde_json::json!({
        "task_id": "t", "task_type": "import_api", "task_status": "succeed", "task_result": result.to_string(),
    });
    let report = report_of(&body.to_string());
    let cells = &[3, -1, -1, -1, -1, -2, 3, -3][..];
    assert_eq!(crossing(&report.success), ("é😀/漢字", true, vec!["GET", "update"], cells));
    // A word does not make the text of the cells wide.
    let cells = &[-2, 2, -3, -4, -2, 2, -3, -4][..];
    assert_eq!(crossing(&report.failure), ("/a/b", false, vec!["GET", "A.1", "né"], cells));
    assert_eq!(crossing(&report.ignore), ("/c", false, vec!["PUT"], &[-2, 2][..]));
    assert!(report.partial);
}

#[test]
fn what_is_no_task_says_where() {
    for (body, path) in [
        ("<html>", ""),
        ("", ""),
        (r#"{"task_id":"t","task_type":"import_api"}"#, "task_status"),
        (r#"{"task_id":"t","task_type":"import_api","task_status":"succeed","task_result":"{"}"#, "task_result"),
    ] {
        let mismatch = read_async_task(body).unwrap_err();
        assert_eq!(mismatch.path, path, "{body}");
        let error = Error::decode(ASYNC_TASK.name, &mismatch, body);
        assert_eq!((error.kind, error.path.as_deref(), error.status), (ErrorKind::Decode, Some(path), None));
        assert_eq!(error.raw.as_deref(), Some(body));
    }
}
