//! The requests that start an import or an export, and the token of IAM. Expected values are written by hand from the
//! documents.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::string_slice,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

use huaweicloud_tasks::call::{Answer, Arguments, Endpoint, Request};
use huaweicloud_tasks::error::{Error, Kind};
use huaweicloud_tasks::exchange;
use huaweicloud_tasks::service::View;
use huaweicloud_tasks::service::apig_files::{EXPORT_APIS, IMPORT_APIS, StartedTask};
use huaweicloud_tasks::service::iam::TOKEN;
use serde_json::json;

fn start(call: &Endpoint<View>, own: &str) -> Result<Request, Error> {
    let arguments = Arguments::from_json(&format!(r#"{{"projectId":"p","instanceId":"i"{own}}}"#)).unwrap();
    call.request(arguments, "https://h")
}

fn import(own: &str) -> Result<Request, Error> {
    start(&IMPORT_APIS, &format!(r#","fileName":"apis.json"{own}"#))
}

fn export(own: &str) -> Result<Request, Error> {
    start(&EXPORT_APIS, own)
}

/// A form's fields but the file.
fn fields(request: &Request) -> Vec<(&str, &str)> {
    request.form.as_ref().unwrap().iter().map(|(name, value)| (*name, value.as_str())).collect()
}

#[test]
fn an_import_sends_every_field_and_the_file_last() {
    let request = import("").unwrap();
    assert_eq!((request.name, request.method), ("ImportApiDefinitionsAsync", "POST"));
    assert_eq!(request.url, "https://h/v2/p/apigw/instances/i/openapi/async-import");
    let expected = [
        ("is_create_group", "true"),
        ("extend_mode", "merge"),
        ("simple_mode", "false"),
        ("mock_mode", "false"),
        ("api_mode", "merge"),
    ];
    assert_eq!(fields(&request), expected);
    assert_eq!((request.file, request.body), (Some(("file_name", "apis.json".into())), None));
    // The content type is the platform's to write: it chooses what separates the parts.
    assert_eq!(request.headers, [("Accept", "application/json")]);
}

#[test]
fn an_import_says_what_it_was_told() {
    let own = r#","isCreateGroup":false,"groupId":"g","extendMode":"override","simpleMode":true,"mockMode":true,
        "apiMode":"override","fileName":"my \"apis\"\r\n.yaml""#;
    let request = import(own).unwrap();
    let expected = [
        ("is_create_group", "false"),
        ("group_id", "g"),
        ("extend_mode", "override"),
        ("simple_mode", "true"),
        ("mock_mode", "true"),
        ("api_mode", "override"),
    ];
    assert_eq!(fields(&request), expected);
    assert_eq!(request.file, Some(("file_name", "my \"apis\"\r\n.yaml".into())));
}

#[test]
fn what_cannot_be_imported_is_refused_by_name() {
    for (own, field) in [
        (r#","isCreateGroup":false"#, "groupId"),
        (r#","isCreateGroup":false,"groupId":"""#, "groupId"),
        (r#","isCreateGroup":"false""#, "isCreateGroup"),
        (r#","extendMode":"replace""#, "extendMode"),
        (r#","apiMode":1"#, "apiMode"),
        (r#","simpleMode":0"#, "simpleMode"),
        (r#","groupID":"g""#, "groupID"),
        (r#","fileName":"""#, "fileName"),
        (r#","fileName":5"#, "fileName"),
    ] {
        let error = import(own).unwrap_err();
        assert_eq!((error.kind, error.field.as_deref()), (Kind::Config, Some(field)), "{own}");
    }
    assert_eq!(start(&IMPORT_APIS, "").unwrap_err().field.as_deref(), Some("fileName"));
}

#[test]
fn an_export_asks_for_what_it_was_told() {
    let request = export(
        r#","envId":"e","groupId":"g","oasVersion":"3.0","define":"all","type":"yaml","version":"v1","apis":["a","b"]"#,
    );
    let request = request.unwrap();
    assert_eq!((request.name, request.method), ("ExportApiDefinitionsAsync", "POST"));
    assert_eq!(request.url, "https://h/v2/p/apigw/instances/i/openapi/async-export?oas_version=3.0");
    assert_eq!(request.headers, [("Accept", "application/json"), ("Content-Type", "application/json")]);
    let expected = r#"{"env_id":"e","group_id":"g","define":"all","type":"yaml","version":"v1","apis":["a","b"]}"#;
    assert_eq!(request.body.as_deref(), Some(expected));

    let least = export(r#","envId":"e","groupId":"g""#).unwrap();
    assert_eq!(least.body.as_deref(), Some(r#"{"env_id":"e","group_id":"g"}"#));
    assert!(least.url.ends_with("?oas_version=2.0"));
}

#[test]
fn what_cannot_be_exported_is_refused_by_name() {
    for (own, field) in [
        (r#","groupId":"g""#, "envId"),
        (r#","envId":"e""#, "groupId"),
        (r#","envId":"e","groupId":"g","oasVersion":"3.1""#, "oasVersion"),
        (r#","envId":"e","groupId":"g","define":"some""#, "define"),
        (r#","envId":"e","groupId":"g","type":"xml""#, "type"),
        (r#","envId":"e","groupId":"g","apis":"a""#, "apis"),
        (r#","envId":"e","groupId":"g","apis":[1]"#, "apis"),
    ] {
        assert_eq!(export(own).unwrap_err().field.as_deref(), Some(field), "{own}");
    }
}

#[test]
fn a_start_answers_with_its_task() {
    let body = include_str!("fixtures/apig-async-import/202.json");
    for call in [&IMPORT_APIS, &EXPORT_APIS] {
        let started = StartedTask { kind: "apig.task", task_id: "d9ce8c9eede54b3f841ec324fe0bfdc2".into() };
        let answer = Answer { status: 202, body, ..Answer::default() };
        assert_eq!(call.answer(&answer).unwrap(), View::StartedTask(started));
        let error = call.answer(&Answer { body: "{}", ..answer }).unwrap_err();
        assert_eq!((error.kind, error.path.as_deref()), (Kind::Decode, Some("task_id")));
    }
}

#[test]
fn every_documented_error_of_an_import_has_its_kind_and_code() {
    for (status, body, kind, code) in [
        (400, include_str!("fixtures/apig-async-import/400.json"), Kind::Api, "APIG.3603"),
        (401, include_str!("fixtures/apig-async-import/401.json"), Kind::Auth, "APIG.1002"),
        (403, include_str!("fixtures/apig-async-import/403.json"), Kind::Permission, "APIG.1005"),
        (500, include_str!("fixtures/apig-async-import/500.json"), Kind::Server, "APIG.9999"),
    ] {
        let error = IMPORT_APIS.answer(&Answer { status, body, ..Answer::default() }).unwrap_err();
        assert_eq!((error.kind, error.code.as_deref()), (kind, Some(code)));
    }
}

fn token(own: &str) -> Result<Request, Error> {
    let arguments = Arguments::from_json(&format!(r#"{{"projectId":"p1"{own}}}"#)).unwrap();
    TOKEN.request(arguments, &TOKEN.address(None, Some("eu-west-101")).unwrap())
}

#[test]
fn a_token_is_asked_for_by_password() {
    let request = token(r#","user":"u","password":"geheim\"nis","domain":"d""#).unwrap();
    assert_eq!((request.name, request.method), ("KeystoneCreateUserTokenByPassword", "POST"));
    assert_eq!(request.url, "https://iam.eu-west-101.myhuaweicloud.eu/v3/auth/tokens?nocatalog=true");
    let expected = json!({"auth": {
        "identity": {"methods": ["password"],
            "password": {"user": {"name": "u", "password": "geheim\"nis", "domain": {"name": "d"}}}},
        "scope": {"project": {"id": "p1"}},
    }});
    let body: serde_json::Value = serde_json::from_str(request.body.as_deref().unwrap()).unwrap();
    assert_eq!(body, expected);
    assert!(request.proves_itself);
    assert_eq!(request.secrets, ["geheim\"nis"]);
    let named = token(r#","user":"u","password":"w","domain":"d","project":"cn-north-4""#).unwrap();
    assert!(named.body.unwrap().ends_with(r#""scope":{"project":{"name":"cn-north-4"}}}}"#));
}

#[test]
fn a_token_needs_who_asks_and_for_which_project() {
    for (own, field) in [
        (r#","password":"w","domain":"d""#, "user"),
        (r#","user":"u","domain":"d""#, "password"),
        (r#","user":"u","password":"w""#, "domain"),
        (r#","user":"u","password":5,"domain":"d""#, "password"),
        (r#","user":"u","password":"w","domain":"d","project":5"#, "project"),
        (r#","user":"u","password":"w","domain":"d","project":"""#, "project"),
        (r#","user":"u","password":"w","domain":"d","methods":["totp"]"#, "methods"),
    ] {
        assert_eq!(token(own).unwrap_err().field.as_deref(), Some(field), "{own}");
    }
    let none = Arguments::from_json(r#"{"user":"u","password":"w","domain":"d"}"#).unwrap();
    assert_eq!(TOKEN.request(none, "https://h").unwrap_err().field.as_deref(), Some("project"));
}

#[test]
fn a_token_is_the_header_and_its_times_are_in_the_body() {
    let body = r#"{"token":{"expires_at":"2019-07-11T07:32:32.000000Z","methods":["password"],"issued_at":"2019-07-10T07:32:32.000000Z"}}"#;
    let answer = Answer { status: 201, subject_token: Some("MII-token"), body, ..Answer::default() };
    let View::IamToken(given) = TOKEN.answer(&answer).unwrap() else { panic!("no token") };
    assert_eq!(given.token, "MII-token");
    assert_eq!((given.issued_at, given.expires_at), (Some(1_562_743_952_000), Some(1_562_830_352_000)));
    assert!(!format!("{given:?}").contains("MII"), "a token is printed");
    let error = TOKEN.answer(&Answer { subject_token: None, ..answer }).unwrap_err();
    assert_eq!(error.path.as_deref(), Some("X-Subject-Token"));
}

#[test]
fn a_password_is_in_no_error_even_where_the_service_repeats_it() {
    let secrets = token(r#","user":"u","password":"geheim\"nis","domain":"d""#).unwrap().secrets;
    for body in [r#"{"error":{"code":401,"message":"bad geheim\"nis"}}"#, "<pre>geheim\"nis</pre>"] {
        let given = json!({"status": 401, "secrets": secrets}).to_string();
        let error = exchange::conclude("iam.token", &given, body).error.unwrap();
        assert_eq!(error.kind, Kind::Auth);
        assert!(!format!("{error:?}{}", error.raw.as_deref().unwrap()).contains("geheim"), "{error:?}");
    }
    let error = token(r#","password":"geheim-nis","domain":"d""#).unwrap_err();
    assert_eq!(error.field.as_deref(), Some("user"));
    assert!(!format!("{error:?}").contains("geheim"));
}
