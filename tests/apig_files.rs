//! The requests that start an import or an export, and the token of IAM. Expected values are written by hand from the
//! documents.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::string_slice,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

use huaweicloud_tasks::arguments::Arguments;
use huaweicloud_tasks::call::{Answer, Body, Call};
use huaweicloud_tasks::error::{Error, Kind};
use huaweicloud_tasks::service::apig_files::{StartedTask, export_apis, import_apis};
use huaweicloud_tasks::service::{View, iam};

fn arguments(own: &str) -> Arguments {
    Arguments::from_json(&format!(r#"{{"projectId":"p","instanceId":"i"{own}}}"#)).unwrap()
}

fn import(own: &str, file: &[u8]) -> Result<Call<View>, Error> {
    import_apis(&arguments(own).with_file(Some(file.to_vec())))
}

/// A form's boundary and text.
fn form(call: &Call<View>) -> (String, String) {
    let Body::Multipart { boundary, bytes } = &call.body else { panic!("no form") };
    (boundary.clone(), String::from_utf8(bytes.clone()).unwrap())
}

#[test]
fn an_import_sends_every_field_and_the_file_last() {
    let call = import("", b"{\"openapi\":\"3.0.0\"}").unwrap();
    assert_eq!((call.name, call.method), ("ImportApiDefinitionsAsync", "POST"));
    assert_eq!(call.path, "/v2/p/apigw/instances/i/openapi/async-import");
    let (boundary, text) = form(&call);
    assert_eq!(call.content_type().unwrap(), format!("multipart/form-data; boundary={boundary}"));
    let field = |name: &str, value: &str| {
        format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let expected = [
        field("is_create_group", "true"),
        field("extend_mode", "merge"),
        field("simple_mode", "false"),
        field("mock_mode", "false"),
        field("api_mode", "merge"),
        format!("--{boundary}\r\nContent-Disposition: form-data; name=\"file_name\"; filename=\"apis.json\"\r\n"),
        "Content-Type: application/octet-stream\r\n\r\n{\"openapi\":\"3.0.0\"}\r\n".to_owned(),
        format!("--{boundary}--\r\n"),
    ];
    assert_eq!(text, expected.concat());
}

#[test]
fn an_import_says_what_it_was_told() {
    let own = r#","isCreateGroup":false,"groupId":"g","extendMode":"override","simpleMode":true,"mockMode":true,
        "apiMode":"override","fileName":"my \"apis\"\r\n.yaml""#;
    let (_, text) = form(&import(own, b"openapi: 3.0.0").unwrap());
    for part in [
        "name=\"is_create_group\"\r\n\r\nfalse\r\n",
        "name=\"group_id\"\r\n\r\ng\r\n",
        "name=\"extend_mode\"\r\n\r\noverride\r\n",
        "name=\"simple_mode\"\r\n\r\ntrue\r\n",
        "name=\"mock_mode\"\r\n\r\ntrue\r\n",
        "name=\"api_mode\"\r\n\r\noverride\r\n",
        "filename=\"my %22apis%22%0D%0A.yaml\"\r\n",
    ] {
        assert!(text.contains(part), "{part}");
    }
    assert!(form(&import("", b"openapi: 3.0.0").unwrap()).1.contains("filename=\"apis.yaml\""));
}

#[test]
fn a_file_that_holds_the_boundary_gets_another() {
    let (first, _) = form(&import("", b"x").unwrap());
    let (second, text) = form(&import("", format!("x{first}").as_bytes()).unwrap());
    assert_ne!(first, second);
    assert_eq!(text.matches(&second).count(), 7);
}

#[test]
fn what_cannot_be_imported_is_refused_by_name() {
    for (own, field) in [
        (r#","isCreateGroup":false"#, "groupId"),
        (r#","isCreateGroup":"false""#, "isCreateGroup"),
        (r#","extendMode":"replace""#, "extendMode"),
        (r#","apiMode":1"#, "apiMode"),
        (r#","simpleMode":0"#, "simpleMode"),
        (r#","groupID":"g""#, "groupID"),
    ] {
        let error = import(own, b"x").unwrap_err();
        assert_eq!((error.kind, error.field.as_deref()), (Kind::Config, Some(field)), "{own}");
    }
    assert_eq!(import("", b"").unwrap_err().field.as_deref(), Some("file"));
    assert_eq!(import_apis(&arguments("")).unwrap_err().field.as_deref(), Some("file"));
}

#[test]
fn an_export_asks_for_what_it_was_told() {
    let call = export_apis(&arguments(
        r#","envId":"e","groupId":"g","oasVersion":"3.0","define":"all","type":"yaml","version":"v1","apis":["a","b"]"#,
    ));
    let call = call.unwrap();
    assert_eq!((call.name, call.method), ("ExportApiDefinitionsAsync", "POST"));
    let url = call.url(Some("https://h"), None).unwrap();
    assert_eq!(url, "https://h/v2/p/apigw/instances/i/openapi/async-export?oas_version=3.0");
    assert_eq!(call.content_type().as_deref(), Some("application/json"));
    let expected = r#"{"env_id":"e","group_id":"g","define":"all","type":"yaml","version":"v1","apis":["a","b"]}"#;
    assert_eq!(call.body, Body::Json(expected.into()));

    let least = export_apis(&arguments(r#","envId":"e","groupId":"g""#)).unwrap();
    assert_eq!(least.body, Body::Json(r#"{"env_id":"e","group_id":"g"}"#.into()));
    assert!(least.url(Some("https://h"), None).unwrap().ends_with("?oas_version=2.0"));
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
        assert_eq!(export_apis(&arguments(own)).unwrap_err().field.as_deref(), Some(field), "{own}");
    }
}

#[test]
fn a_start_answers_with_its_task() {
    let call = import("", b"x").unwrap();
    let body = include_str!("fixtures/apig-async-import/202.json");
    let started = StartedTask { kind: "apig.task", task_id: "d9ce8c9eede54b3f841ec324fe0bfdc2".into() };
    assert_eq!(
        call.answer(&Answer { status: 202, body, ..Answer::default() }, "").unwrap(),
        View::StartedTask(started)
    );
    let error = call.answer(&Answer { status: 202, body: "{}", ..Answer::default() }, "").unwrap_err();
    assert_eq!((error.kind, error.path.as_deref()), (Kind::Decode, Some("task_id")));
}

#[test]
fn every_documented_error_of_an_import_has_its_kind_and_code() {
    let call = import("", b"x").unwrap();
    for (status, body, kind, code) in [
        (400, include_str!("fixtures/apig-async-import/400.json"), Kind::Api, "APIG.3603"),
        (401, include_str!("fixtures/apig-async-import/401.json"), Kind::Auth, "APIG.1002"),
        (403, include_str!("fixtures/apig-async-import/403.json"), Kind::Permission, "APIG.1005"),
        (500, include_str!("fixtures/apig-async-import/500.json"), Kind::Server, "APIG.9999"),
    ] {
        let error = call.answer(&Answer { status, body, ..Answer::default() }, "").unwrap_err();
        assert_eq!((error.kind, error.code.as_deref()), (kind, Some(code)));
    }
}

fn token(own: &str) -> Result<Call<View>, Error> {
    iam::token(&Arguments::from_json(&format!(r#"{{"projectId":"p1"{own}}}"#)).unwrap())
}

#[test]
fn a_token_is_asked_for_by_password() {
    let call = token(r#","user":"u","password":"geheim\"nis","domain":"d""#).unwrap();
    assert_eq!(
        call.url(None, Some("eu-west-101")).unwrap(),
        "https://iam.eu-west-101.myhuaweicloud.eu/v3/auth/tokens?nocatalog=true"
    );
    let Body::Json(body) = &call.body else { panic!("no JSON") };
    let expected = serde_json::json!({"auth": {
        "identity": {"methods": ["password"],
            "password": {"user": {"name": "u", "password": "geheim\"nis", "domain": {"name": "d"}}}},
        "scope": {"project": {"id": "p1"}},
    }});
    assert_eq!(serde_json::from_str::<serde_json::Value>(body).unwrap(), expected);
    let Body::Json(named) = token(r#","user":"u","password":"w","domain":"d","project":"cn-north-4""#).unwrap().body
    else {
        panic!("no JSON")
    };
    assert!(named.ends_with(r#""scope":{"project":{"name":"cn-north-4"}}}}"#));
}

#[test]
fn a_token_is_the_header_and_its_times_are_in_the_body() {
    let call = token(r#","user":"u","password":"w","domain":"d""#).unwrap();
    let body = r#"{"token":{"expires_at":"2019-07-11T07:32:32.000000Z","methods":["password"],"issued_at":"2019-07-10T07:32:32.000000Z"}}"#;
    let answer = Answer { status: 201, subject_token: Some("MII-token"), body, ..Answer::default() };
    let View::IamToken(given) = call.answer(&answer, "").unwrap() else { panic!("no token") };
    assert_eq!(given.token, "MII-token");
    assert_eq!((given.issued_at, given.expires_at), (Some(1_562_743_952_000), Some(1_562_830_352_000)));
    assert!(!format!("{given:?}").contains("MII"), "a token is printed");
    let error = call.answer(&Answer { subject_token: None, ..answer }, "").unwrap_err();
    assert_eq!(error.path.as_deref(), Some("X-Subject-Token"));
}

#[test]
fn a_password_is_in_no_error_even_where_the_service_repeats_it() {
    let call = token(r#","user":"u","password":"geheim\"nis","domain":"d""#).unwrap();
    for body in [r#"{"error":{"code":401,"message":"bad geheim\"nis"}}"#, "<pre>geheim\"nis</pre>"] {
        let error = call.answer(&Answer { status: 401, body, ..Answer::default() }, "").unwrap_err();
        assert_eq!(error.kind, Kind::Auth);
        assert!(!format!("{error:?}{}", error.raw.as_deref().unwrap()).contains("geheim"), "{error:?}");
    }
    let error = token(r#","password":"geheim-nis","domain":"d""#).unwrap_err();
    assert_eq!(error.field.as_deref(), Some("user"));
    assert!(!format!("{error:?}").contains("geheim"));
}
