//! The requests that start an import or an export, and the token of IAM. Expected values are written by hand from the
//! documents.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::string_slice,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

use huaweicloud_tasks::error::{Error, ErrorKind};
use huaweicloud_tasks::http::{Argument, Body, FilePart, Form, Method, Request, Response, Site};
use huaweicloud_tasks::service::apig::{ExportApis, ImportApis, StartedTask};
use huaweicloud_tasks::service::iam::{IamToken, PasswordLogin};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

fn site() -> Site {
    Site { project_id: "p".into(), endpoint: Some("https://h".into()), ..Site::default() }
}

fn read<T: DeserializeOwned>(arguments: Value) -> Result<T, Error> {
    serde_json::from_value::<Argument>(arguments).unwrap().read("options")
}

fn import(options: Value) -> Result<Request, Error> {
    read::<ImportApis>(options)?.request(&site(), "i", "apis.json")
}

fn export(options: Value) -> Result<Request, Error> {
    read::<ExportApis>(options)?.request(&site(), "i")
}

fn form(request: &Request) -> &Form {
    let Body::Form(form) = &request.body else { panic!("no form") };
    form
}

/// A form's fields but the file.
fn fields(request: &Request) -> Vec<(&str, &str)> {
    form(request).fields.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

fn json_of(request: &Request) -> &str {
    let Body::Json(text) = &request.body else { panic!("no JSON") };
    text
}

#[test]
fn an_import_sends_every_field_and_the_file_last() {
    let request = import(json!({})).unwrap();
    assert_eq!((request.name, request.method), ("ImportApiDefinitionsAsync", Method::Post));
    assert_eq!(request.url, "https://h/v2/p/apigw/instances/i/openapi/async-import");
    let expected = [
        ("is_create_group", "true"),
        ("extend_mode", "merge"),
        ("simple_mode", "false"),
        ("mock_mode", "false"),
        ("api_mode", "merge"),
    ];
    assert_eq!(fields(&request), expected);
    assert_eq!(form(&request).file, FilePart { field: "file_name", name: "apis.json".into() });
    // The content type is the platform's to write: it chooses what separates the parts.
    assert_eq!(request.content_type, None);
}

#[test]
fn an_import_says_what_it_was_told() {
    let options = json!({
        "isCreateGroup": false, "groupId": "g", "extendMode": "override", "simpleMode": true, "mockMode": true,
        "apiMode": "override", "fileName": "my \"apis\"\r\n.yaml",
    });
    let request = import(options).unwrap();
    let expected = [
        ("is_create_group", "false"),
        ("group_id", "g"),
        ("extend_mode", "override"),
        ("simple_mode", "true"),
        ("mock_mode", "true"),
        ("api_mode", "override"),
    ];
    assert_eq!(fields(&request), expected);
    assert_eq!(form(&request).file, FilePart { field: "file_name", name: "my \"apis\"\r\n.yaml".into() });
}

#[test]
fn what_cannot_be_imported_is_refused_by_name() {
    for (options, field) in [
        (json!({"isCreateGroup": false}), "groupId"),
        (json!({"isCreateGroup": false, "groupId": ""}), "groupId"),
        (json!({"isCreateGroup": "false"}), "isCreateGroup"),
        (json!({"extendMode": "replace"}), "extendMode"),
        (json!({"apiMode": 1}), "apiMode"),
        (json!({"simpleMode": 0}), "simpleMode"),
        (json!({"groupID": "g"}), "groupID"),
        (json!({"fileName": ""}), "fileName"),
        (json!({"fileName": 5}), "fileName"),
    ] {
        let error = import(options.clone()).unwrap_err();
        assert_eq!((error.kind, error.field.as_deref()), (ErrorKind::Config, Some(field)), "{options}");
    }
    let nowhere = ImportApis::default().request(&site(), "", "apis.json").unwrap_err();
    assert_eq!(nowhere.field.as_deref(), Some("instanceId"));
}

#[test]
fn an_export_asks_for_what_it_was_told() {
    let options = json!({
        "envId": "e", "groupId": "g", "oasVersion": "3.0", "define": "all", "type": "yaml", "version": "v1",
        "apis": ["a", "b"],
    });
    let request = export(options).unwrap();
    assert_eq!((request.name, request.method), ("ExportApiDefinitionsAsync", Method::Post));
    assert_eq!(request.url, "https://h/v2/p/apigw/instances/i/openapi/async-export?oas_version=3.0");
    assert_eq!(request.content_type, Some("application/json"));
    let expected = r#"{"env_id":"e","group_id":"g","define":"all","type":"yaml","version":"v1","apis":["a","b"]}"#;
    assert_eq!(json_of(&request), expected);

    let least = export(json!({"envId": "e", "groupId": "g"})).unwrap();
    assert_eq!(json_of(&least), r#"{"env_id":"e","group_id":"g"}"#);
    assert!(least.url.ends_with("?oas_version=2.0"));
}

#[test]
fn what_cannot_be_exported_is_refused_by_name() {
    for (options, field) in [
        (json!({"groupId": "g"}), "envId"),
        (json!({"envId": "e"}), "groupId"),
        (json!({"envId": "e", "groupId": "g", "oasVersion": "3.1"}), "oasVersion"),
        (json!({"envId": "e", "groupId": "g", "define": "some"}), "define"),
        (json!({"envId": "e", "groupId": "g", "type": "xml"}), "type"),
        (json!({"envId": "e", "groupId": "g", "apis": "a"}), "apis"),
        (json!({"envId": "e", "groupId": "g", "apis": [1]}), "apis"),
    ] {
        assert_eq!(export(options.clone()).unwrap_err().field.as_deref(), Some(field), "{options}");
    }
}

#[test]
fn a_start_answers_with_its_task() {
    let body = include_str!("fixtures/apig-async-import/202.json");
    for request in [import(json!({})).unwrap(), export(json!({"envId": "e", "groupId": "g"})).unwrap()] {
        let started = StartedTask { kind: "apig.task", task_id: "d9ce8c9eede54b3f841ec324fe0bfdc2".into() };
        let response = Response { status: 202, body: body.into(), ..Response::default() };
        assert_eq!(response.read::<StartedTask>(&request).unwrap(), started);
        let error = Response { body: "{}".into(), ..response }.read::<StartedTask>(&request).unwrap_err();
        assert_eq!((error.kind, error.path.as_deref()), (ErrorKind::Decode, Some("task_id")));
    }
}

#[test]
fn every_documented_error_of_an_import_has_its_kind_and_code() {
    for (status, body, kind, code) in [
        (400, include_str!("fixtures/apig-async-import/400.json"), ErrorKind::Api, "APIG.3603"),
        (401, include_str!("fixtures/apig-async-import/401.json"), ErrorKind::Auth, "APIG.1002"),
        (403, include_str!("fixtures/apig-async-import/403.json"), ErrorKind::Permission, "APIG.1005"),
        (500, include_str!("fixtures/apig-async-import/500.json"), ErrorKind::Server, "APIG.9999"),
    ] {
        let response = Response { status, body: body.into(), ..Response::default() };
        let error = response.read::<StartedTask>(&import(json!({})).unwrap()).unwrap_err();
        assert_eq!((error.kind, error.code.as_deref()), (kind, Some(code)));
    }
}

fn token(login: Value) -> Result<Request, Error> {
    let site = Site { project_id: "p1".into(), region: Some("eu-west-101".into()), ..Site::default() };
    read::<PasswordLogin>(login)?.request(&site)
}

#[test]
fn a_token_is_asked_for_by_password() {
    let request = token(json!({"user": "u", "password": "geheim\"nis", "domain": "d"})).unwrap();
    assert_eq!((request.name, request.method), ("KeystoneCreateUserTokenByPassword", Method::Post));
    assert_eq!(request.url, "https://iam.eu-west-101.myhuaweicloud.eu/v3/auth/tokens?nocatalog=true");
    let identity =
        r#"{"methods":["password"],"password":{"user":{"name":"u","password":"geheim\"nis","domain":{"name":"d"}}}}"#;
    let expected = format!(r#"{{"auth":{{"identity":{identity},"scope":{{"project":{{"id":"p1"}}}}}}}}"#);
    assert_eq!(json_of(&request), expected);
    assert!(request.proves_itself && !request.reads());
    assert_eq!(request.secrets, ["geheim\"nis"]);
    let named = token(json!({"user": "u", "password": "w", "domain": "d", "project": "cn-north-4"})).unwrap();
    assert!(json_of(&named).ends_with(r#""scope":{"project":{"name":"cn-north-4"}}}}"#));
}

#[test]
fn a_token_needs_who_asks_and_for_which_project() {
    for (login, field) in [
        (json!({"password": "w", "domain": "d"}), "user"),
        (json!({"user": "u", "domain": "d"}), "password"),
        (json!({"user": "u", "password": "w"}), "domain"),
        (json!({"user": "u", "password": 5, "domain": "d"}), "password"),
        (json!({"user": "u", "password": "w", "domain": "d", "project": 5}), "project"),
        (json!({"user": "u", "password": "w", "domain": "d", "project": ""}), "project"),
        (json!({"user": "u", "password": "w", "domain": "d", "methods": ["totp"]}), "methods"),
        // The id is the client's.
        (json!({"user": "u", "password": "w", "domain": "d", "projectId": "p"}), "projectId"),
    ] {
        assert_eq!(token(login.clone()).unwrap_err().field.as_deref(), Some(field), "{login}");
    }
    let login = read::<PasswordLogin>(json!({"user": "u", "password": "w", "domain": "d"})).unwrap();
    let nobodys = Site { project_id: String::new(), ..site() };
    let error = login.request(&nobodys).unwrap_err();
    assert_eq!((error.kind, error.field.as_deref()), (ErrorKind::Config, Some("project")));
    let named = PasswordLogin { project: Some("cn-north-4".into()), ..login };
    assert!(named.request(&nobodys).is_ok());
}

#[test]
fn a_token_is_the_header_and_its_times_are_in_the_body() {
    let request = token(json!({"user": "u", "password": "w", "domain": "d"})).unwrap();
    let times = r#""expires_at":"2019-07-11T07:32:32.000000Z","issued_at":"2019-07-10T07:32:32.000000Z""#;
    let body = format!(r#"{{"token":{{{times},"methods":["password"]}}}}"#);
    let response = Response { status: 201, subject_token: Some("MII-token".into()), body, ..Response::default() };
    let token = response.read::<IamToken>(&request).unwrap();
    assert_eq!(token.token, "MII-token");
    assert_eq!((token.issued_at, token.expires_at), (Some(1_562_743_952_000), Some(1_562_830_352_000)));
    assert!(!format!("{token:?}").contains("MII"), "a token is printed");
    let view = json!({"token": "MII-token", "expiresAt": 1_562_830_352_000_i64, "issuedAt": 1_562_743_952_000_i64});
    assert_eq!(serde_json::to_value(&token).unwrap(), view);
    let timeless = Response { body: r#"{"token":{}}"#.into(), ..response.clone() }.read::<IamToken>(&request).unwrap();
    assert_eq!((timeless.issued_at, timeless.expires_at), (None, None));
    let error = Response { subject_token: None, ..response }.read::<IamToken>(&request).unwrap_err();
    assert_eq!(error.path.as_deref(), Some("X-Subject-Token"));
}

#[test]
fn a_password_is_in_no_error_even_where_the_service_repeats_it() {
    let request = token(json!({"user": "u", "password": "geheim\"nis", "domain": "d"})).unwrap();
    let secrets: Vec<&str> = request.secrets.iter().map(String::as_str).collect();
    for body in [r#"{"error":{"code":401,"message":"bad geheim\"nis"}}"#, "<pre>geheim\"nis</pre>"] {
        let response = Response { status: 401, body: body.into(), ..Response::default() }.redacted(&secrets);
        let error = response.read::<IamToken>(&request).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Auth);
        assert!(!format!("{error:?}{}", error.raw.as_deref().unwrap()).contains("geheim"), "{error:?}");
    }
    let error = token(json!({"password": "geheim-nis", "domain": "d"})).unwrap_err();
    assert_eq!(error.field.as_deref(), Some("user"));
    assert!(!format!("{error:?}").contains("geheim"));
}
