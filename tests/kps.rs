//! Key pairs: the example bodies of the documents, both ways, and that no key is ever shown.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::string_slice,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

use huaweicloud_tasks::error::{Error, ErrorKind, Failure};
use huaweicloud_tasks::http::{Argument, Body, Request, Response, Site};
use huaweicloud_tasks::service::kps::{
    Associate, Disassociate, DispatchState, KeypairDispatch, KeypairTask, Operation, Phase, read_dispatch, read_task,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

const RUNNING: &str = include_str!("fixtures/kps-task/200-running-reset.json");
const KEY: &str = "-----BEGINRSAPRIVATEKEY-----\nM...";

/// A project in the region of the tests.
fn site() -> Site {
    Site { project_id: "p".into(), region: Some("cn-north-4".into()), ..Site::default() }
}

fn read<T: DeserializeOwned>(arguments: Value) -> Result<T, Error> {
    serde_json::from_value::<Argument>(arguments).unwrap().read("request")
}

fn associate(server: Value) -> Result<Request, Error> {
    read::<Associate>(json!({"keypairName": "mine", "server": server}))?.request(&site())
}

fn disassociate(server: Value) -> Result<Request, Error> {
    read::<Disassociate>(json!({"server": server}))?.request(&site())
}

fn body(request: &Request) -> Value {
    let Body::Json(body) = &request.body else { panic!("no JSON") };
    serde_json::from_str(body).unwrap()
}

#[test]
fn a_task_that_runs() {
    let expected = KeypairTask {
        task_id: "aee8d2fe-5484-4753-9177-5a38dc15546c".into(),
        server_id: Some("c9aa197b-a6b6-4c33-b3a6-fa0b4ec50006".into()),
        status: "RUNNING_RESET".into(),
        phase: Some(Phase::Running),
        operation: Some(Operation::Reset),
    };
    assert_eq!(read_task(RUNNING).unwrap(), expected);
}

#[test]
fn every_documented_word_says_how_far_and_what() {
    for (first, phase) in
        [("READY", Phase::Ready), ("RUNNING", Phase::Running), ("FAILED", Phase::Failed), ("SUCCESS", Phase::Success)]
    {
        for (second, operation) in [
            ("RESET", Operation::Reset),
            ("REPLACE", Operation::Replace),
            ("UNBIND", Operation::Unbind),
            ("BIND", Operation::Bind),
        ] {
            let word = format!("{first}_{second}");
            for written in [word.clone(), word.to_lowercase()] {
                let task = read_task(&format!(r#"{{"task_id":"t","task_status":"{written}"}}"#)).unwrap();
                let expected = (&word, Some(&phase), Some(&operation));
                assert_eq!((&task.status, task.phase.as_ref(), task.operation.as_ref()), expected);
            }
        }
    }
}

#[test]
fn an_unknown_word_is_kept_and_its_unknown_half_is_none() {
    for (word, phase, operation) in [
        ("Ready_Rotate", Some(Phase::Ready), None),
        ("Paused_Bind", None, Some(Operation::Bind)),
        ("success", Some(Phase::Success), None),
        ("RESET", None, None),
        ("RUNNING_", Some(Phase::Running), None),
        ("RUNNING_RESET_ALL", Some(Phase::Running), None),
        ("Gone", None, None),
    ] {
        let task = read_task(&format!(r#"{{"task_id":"t","task_status":"{word}"}}"#)).unwrap();
        assert_eq!((&*task.status, task.phase, task.operation), (word, phase, operation));
    }
}

#[test]
fn a_success_means_that_it_was_dispatched() {
    let body = r#"{"task_id":"t","server_id":"s","status":"SUCCESS","error_code":null,"error_msg":""}"#;
    let expected = KeypairDispatch {
        kind: "kps.task",
        task_id: Some("t".into()),
        server_id: Some("s".into()),
        state: DispatchState::Dispatched,
        error: None,
    };
    assert_eq!(read_dispatch(body).unwrap(), expected);
    let view = json!({"kind": "kps.task", "taskId": "t", "serverId": "s", "state": "dispatched", "error": null});
    assert_eq!(serde_json::to_value(expected).unwrap(), view);
}

#[test]
fn a_202_that_failed_is_an_answer() {
    let body = r#"{"server_id":"s","status":"FAILED","error_code":"KPS.1","error_msg":"no such server"}"#;
    let expected = KeypairDispatch {
        kind: "kps.task",
        task_id: None,
        server_id: Some("s".into()),
        state: DispatchState::Failed,
        error: Some(Failure { code: Some("KPS.1".into()), message: Some("no such server".into()), request_id: None }),
    };
    let response = Response { status: 202, body: body.into(), ..Response::default() };
    let request = disassociate(json!({"id": "s"})).unwrap();
    assert_eq!(response.read::<KeypairDispatch>(&request).unwrap(), expected);
    assert_eq!(read_dispatch(r#"{"status":"failed"}"#).unwrap().error, Some(Failure::default()));
}

#[test]
fn an_unknown_word_is_not_dispatched() {
    for word in ["QUEUED", "succeed", "dispatched"] {
        let state = read_dispatch(&format!(r#"{{"status":"{word}","task_id":"t"}}"#)).unwrap().state;
        assert_eq!(state, DispatchState::Unknown(word.into()));
    }
}

#[test]
fn the_bodies_of_the_documents_come_out() {
    let reset = disassociate(json!({"id": "x76baba7-ef09-40a2-87ff-3eafec0696e7"})).unwrap();
    let expected = include_str!("fixtures/kps-disassociate/request-reset.json");
    assert_eq!(body(&reset), serde_json::from_str::<Value>(expected).unwrap());
    assert!(reset.secrets.is_empty());

    let auth = json!({"type": "keypair", "key": KEY});
    let replace = disassociate(json!({"id": "d76baba7-ef09-40a2-87ff-3eafec0696e7", "auth": auth})).unwrap();
    let expected = include_str!("fixtures/kps-disassociate/request-replace.json");
    assert_eq!(body(&replace), serde_json::from_str::<Value>(expected).unwrap());
    assert_eq!(replace.secrets, [KEY]);
}

#[test]
fn a_binding_has_all_it_may_have() {
    let auth = json!({"type": "password", "key": "correct horse"});
    let full = associate(json!({"id": "s", "auth": auth, "disablePassword": true, "port": 65535})).unwrap();
    let server = json!({"id": "s", "auth": auth, "disable_password": true, "port": 65535});
    assert_eq!(body(&full), json!({"keypair_name": "mine", "server": server}));
    assert_eq!(full.secrets, ["correct horse"]);
    let least = associate(json!({"id": "s", "disablePassword": false})).unwrap();
    assert_eq!(body(&least), json!({"keypair_name": "mine", "server": {"id": "s", "disable_password": false}}));
}

#[test]
fn requests_go_where_the_documents_say() {
    let task = KeypairTask::request(&site(), "../t").unwrap();
    let host = "https://kms.cn-north-4.myhuaweicloud.com/v3/p";
    for (request, method, name, path) in [
        (task, "GET", "ListKeypairTask", "tasks/..%2Ft"),
        (associate(json!({"id": "s"})).unwrap(), "POST", "AssociateKeypair", "keypairs/associate"),
        (disassociate(json!({"id": "s"})).unwrap(), "POST", "DisassociateKeypair", "keypairs/disassociate"),
    ] {
        assert_eq!((request.method.as_str(), request.name, request.url), (method, name, format!("{host}/{path}")));
    }
}

#[test]
fn what_is_wrong_with_an_argument_is_told_by_name_and_never_repeats_a_key() {
    let with_auth = |auth: Value| json!({"id": "s", "auth": auth});
    for (server, field) in [
        (json!({}), "server.id"),
        (json!({"id": 5}), "server.id"),
        (json!({"id": "s", "name": KEY}), "server.name"),
        (json!({"id": "s", "auth": KEY}), "server.auth"),
        (with_auth(json!({"key": KEY})), "server.auth.type"),
        (with_auth(json!({"type": KEY, "key": KEY})), "server.auth.type"),
        (with_auth(json!({"type": "password"})), "server.auth.key"),
        (with_auth(json!({"type": "password", "key": [KEY]})), "server.auth.key"),
        (with_auth(json!({"type": "password", "key": KEY, "user": KEY})), "server.auth.user"),
        (json!(KEY), "server"),
        (Value::Null, "server"),
    ] {
        for error in [associate(server.clone()).unwrap_err(), disassociate(server.clone()).unwrap_err()] {
            assert_eq!((error.kind, error.field.as_deref()), (ErrorKind::Config, Some(field)), "{}", error.message);
            assert!(!format!("{error:?}").contains("BEGIN"), "{error:?}");
        }
    }
    for (server, field) in [
        (json!({"id": "s", "port": 0}), "server.port"),
        (json!({"id": "s", "port": 65536}), "server.port"),
        (json!({"id": "s", "port": "22"}), "server.port"),
        (json!({"id": "s", "disablePassword": "yes"}), "server.disablePassword"),
    ] {
        assert_eq!(associate(server).unwrap_err().field.as_deref(), Some(field));
    }
    // Only a binding has these.
    for field in ["port", "disablePassword"] {
        let error = disassociate(json!({"id": "s", field: 22})).unwrap_err();
        assert_eq!(error.field, Some(format!("server.{field}")));
    }
    let named = |value: Value| read::<Associate>(value).unwrap_err().field.clone();
    assert_eq!(named(json!({"server": {"id": "s"}})).as_deref(), Some("keypairName"));
    assert_eq!(named(json!({"keypairName": "k"})).as_deref(), Some("server"));
    assert_eq!(named(json!({"keypairName": "k", "server": {"id": "s"}, "key": KEY})).as_deref(), Some("key"));
    let nobodys = Site { project_id: String::new(), ..site() };
    let associate = read::<Associate>(json!({"keypairName": "k", "server": {"id": "s"}})).unwrap();
    assert_eq!(associate.request(&nobodys).unwrap_err().field.as_deref(), Some("projectId"));
}

#[test]
fn an_error_never_holds_the_key_though_the_answer_does() {
    let request = disassociate(json!({"id": "s", "auth": {"type": "keypair", "key": KEY}})).unwrap();
    let secrets: Vec<&str> = request.secrets.iter().map(String::as_str).collect();
    let echo = json!({"error_code": "KPS.1", "error_msg": format!("cannot use {KEY}")}).to_string();
    for (status, body) in [(400, &*echo), (502, KEY), (202, &*echo), (202, KEY)] {
        let response = Response { status, body: body.into(), ..Response::default() }.redacted(&secrets);
        let Err(error) = response.read::<KeypairDispatch>(&request) else { panic!("{body} is read") };
        assert_eq!(error.status, Some(status));
        assert!(!format!("{error:?}").contains("BEGINRSA"), "{error:?}");
    }
}

#[test]
fn a_wrong_type_is_told_by_field() {
    for field in ["task_id", "server_id", "task_status"] {
        let body = format!(r#"{{"task_id":"t","task_status":"READY_BIND","{field}":{{}}}}"#);
        assert_eq!(read_task(&body).unwrap_err().path, field);
    }
    for field in ["task_id", "server_id", "status", "error_code", "error_msg"] {
        let body = format!(r#"{{"task_id":"t","status":"SUCCESS","{field}":[]}}"#);
        assert_eq!(read_dispatch(&body).unwrap_err().path, field);
    }
    assert_eq!(read_task(r#"{"task_id":"t"}"#).unwrap_err().path, "task_status");
    assert_eq!(read_task(r#"{"task_status":"READY_BIND"}"#).unwrap_err().path, "task_id");
    assert_eq!(read_dispatch(r#"{"task_id":"t"}"#).unwrap_err().path, "status");
    assert_eq!(read_dispatch(r#"{"status":"SUCCESS"}"#).unwrap_err().path, "task_id");
}

#[test]
fn a_body_cut_anywhere_is_told() {
    let dispatch = r#"{"task_id":"t","server_id":"s","status":"SUCCESS"}"#;
    for cut in 0..RUNNING.trim_end().len() {
        assert!(read_task(&RUNNING[..cut]).is_err(), "{}", &RUNNING[..cut]);
    }
    for cut in 0..dispatch.len() {
        assert!(read_dispatch(&dispatch[..cut]).is_err(), "{}", &dispatch[..cut]);
    }
}
