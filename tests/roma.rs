//! ROMA Connect: the example body of the documents, and what else a body may hold.

#![allow(clippy::unwrap_used, clippy::string_slice, clippy::indexing_slicing, reason = "a test may panic")]

use huaweicloud_tasks::error::{Error, ErrorKind, Failure};
use huaweicloud_tasks::http::{Body, Method, Request, Response, Site};
use huaweicloud_tasks::model::record::FieldValue;
use huaweicloud_tasks::service::roma::{RomaInstanceProgress, RomaItem, RomaState, read_instance_progress};

const CREATING: &str = include_str!("fixtures/roma-instance-process/200-creating.json");

fn request(project_id: &str, instance_id: &str) -> Result<Request, Error> {
    let region = Some("cn-north-4".into());
    RomaInstanceProgress::request(&Site { project_id: project_id.into(), region, ..Site::default() }, instance_id)
}

fn read(body: &str) -> RomaInstanceProgress {
    read_instance_progress(body).unwrap()
}

fn failure(code: &str, message: &str) -> Failure {
    Failure { code: Some(code.into()), message: Some(message.into()), request_id: None }
}

#[test]
fn an_instance_being_created() {
    let RomaInstanceProgress { instance, items, name, instance_id, state, .. } = read(CREATING);
    assert_eq!(state, RomaState::Creating);
    assert_eq!(instance_id.as_deref(), Some("b037d389-62a4-464a-8461-c88797ad4f23"));
    assert_eq!(name.as_deref(), Some("roma-2222"));
    let item = |name: &str, started_at, taken_time| RomaItem {
        name: Some(name.into()),
        state: RomaState::Creating,
        percent: Some(0),
        started_at,
        ended_at: None,
        taken_time: Some(taken_time),
        error: None,
    };
    assert_eq!(items, [item("mqs", None, 0), item("lvs", Some(1_741_262_473_785), 1)]);
    assert_eq!(instance.text("specCode"), Some("roma.basic.001"));
    assert_eq!(instance.get("chargingMode"), Some(&FieldValue::Integer(1)));
    assert_eq!(instance.get("bandwidths"), Some(&FieldValue::Integer(0)));
    assert_eq!(instance.get("noPasswordAccess"), Some(&FieldValue::Flag(false)));
    assert_eq!(instance.get("connectAddress"), Some(&FieldValue::Nothing));
    assert_eq!(instance.get("nobodyDocumentedThis"), None);
}

#[test]
fn all_69_fields_of_the_instance_are_there_in_order_and_as_they_came() {
    let mut body: serde_json::Value = serde_json::from_str(CREATING).unwrap();
    let expected = body["instance"].as_object_mut().unwrap();
    assert_eq!(expected.len(), 69);
    expected["availableZones"] = serde_json::json!(["az0.dc0"]);
    let instance = read(CREATING).instance;
    assert_eq!(serde_json::to_value(&instance).unwrap(), body["instance"]);
    let mut rest = CREATING;
    for (name, _) in instance.fields() {
        rest = rest.split_once(&format!("\"{name}\" :")).unwrap().1;
    }
}

#[test]
fn a_zero_is_no_end_and_no_start() {
    let progress = read(CREATING);
    assert!(CREATING.contains("\"end_time\" : 0"));
    assert_eq!((progress.started_at, progress.ended_at), (Some(1_741_262_473_785), None));
    let progress = read(r#"{"status":"success","start_time":0,"end_time":0,"currentTime":0}"#);
    assert_eq!((progress.started_at, progress.ended_at, progress.current_time), (None, None, None));
}

#[test]
fn an_end_counts_only_in_a_final_state() {
    let body = |status| format!(r#"{{"status":"{status}","start_time":1000,"end_time":5000,"currentTime":4000}}"#);
    for (status, ended_at, elapsed_ms) in [
        ("creating", None, Some(3_000)),
        ("Hibernating", None, Some(3_000)),
        ("success", Some(5_000), Some(4_000)),
        ("failed", Some(5_000), Some(4_000)),
    ] {
        let progress = read(&body(status));
        assert_eq!((progress.ended_at, progress.elapsed_ms), (ended_at, elapsed_ms), "{status}");
        let item = &read(&format!(r#"{{"status":"creating","item":[{}]}}"#, body(status))).items[0];
        assert_eq!(item.ended_at, ended_at, "{status}");
    }
}

#[test]
fn the_time_that_passed_is_computed_because_the_unit_of_taken_time_is_unknown() {
    let progress = read(CREATING);
    assert_eq!(progress.current_time, Some(1_741_262_503_894));
    assert_eq!((progress.elapsed_ms, progress.taken_time), (Some(30_109), Some(1)));
    for body in [
        r#"{"status":"creating","start_time":1000}"#,
        r#"{"status":"creating","currentTime":4000}"#,
        // How long ago it began is not how long it took.
        r#"{"status":"success","start_time":1000,"end_time":0,"currentTime":4000}"#,
    ] {
        assert_eq!(read(body).elapsed_ms, None, "{body}");
    }
}

#[test]
fn an_error_code_before_the_end_is_the_id_of_a_job() {
    let progress = read(CREATING);
    assert_eq!(progress.error, None);
    assert_eq!(progress.instance.text("errorCode"), Some("JOB-0d42a6bc-3f3d-446a-8351-00a110f56137"));
    for status in ["success", "RUNNING", "Hibernating"] {
        let body = format!(r#"{{"status":"{status}","instance":{{"errorCode":"JOB-1"}}}}"#);
        assert_eq!(read(&body).error, None, "{status}");
    }
}

#[test]
fn a_creation_that_failed_is_an_answer_that_says_why() {
    let instance = r#"{"errorCode":"ROMA.0001","errorMessage":"no resources"}"#;
    for status in ["failed", "FAILED", "CREATE_FAILED"] {
        let progress = read(&format!(r#"{{"status":"{status}","instance":{instance}}}"#));
        assert_eq!((progress.state, progress.error), (RomaState::Failed, Some(failure("ROMA.0001", "no resources"))));
    }
    assert_eq!(read(r#"{"status":"failed"}"#).error, Some(Failure::default()));
}

#[test]
fn words_match_without_case_and_unknown_ones_are_kept() {
    for (word, state) in [
        ("creating", RomaState::Creating),
        ("CREATING", RomaState::Creating),
        ("success", RomaState::Success),
        ("RUNNING", RomaState::Success),
        ("running", RomaState::Success),
        ("create_failed", RomaState::Failed),
        ("Hibernating", RomaState::Unknown("Hibernating".into())),
        ("succeed", RomaState::Unknown("succeed".into())),
    ] {
        let progress = read(&format!(r#"{{"status":"{word}","item":[{{"status":"{word}"}}]}}"#));
        assert_eq!((&progress.state, &progress.items[0].state), (&state, &state));
    }
}

#[test]
fn an_empty_text_is_no_error_of_an_item() {
    let error = |code, message| {
        let item = format!(r#"{{"status":"failed","error_code":{code},"error_msg":{message}}}"#);
        read(&format!(r#"{{"status":"creating","item":[{item}]}}"#)).items[0].error.clone()
    };
    assert_eq!(error("\"\"", "\"\""), None);
    assert_eq!(error("null", "null"), None);
    assert_eq!(error("\"MQS.1\"", "\"disk full\""), Some(failure("MQS.1", "disk full")));
}

#[test]
fn available_zones_are_json_inside_a_string() {
    let zones = |value: &str| {
        let body = format!(r#"{{"status":"creating","instance":{{"availableZones":{value}}}}}"#);
        read(&body).instance.get("availableZones").cloned().unwrap()
    };
    assert_eq!(zones(r#""[\"az1\", \"az2\"]""#), FieldValue::Texts(vec!["az1".into(), "az2".into()]));
    for unreadable in ["null", "\"\"", "\"az1\"", r#""[\"az1\"""#, r#""[\"az1\"]]""#, r#""[{}]""#, r#""{}""#] {
        assert_eq!(zones(unreadable), FieldValue::Texts(vec![]), "{unreadable}");
    }
}

#[test]
fn numbers_and_booleans_may_come_as_text_and_texts_as_numbers() {
    let body = r#"{"status":"creating","progress":"40","instance":{"conAmount":25,"deletedAt":1741262473785,
        "createdAt":"1741262473785","demondPay":"true","prePay":"false","ipv6Enable":""}}"#;
    let progress = read(body);
    assert_eq!(progress.percent, Some(40));
    assert_eq!(progress.instance.text("conAmount"), Some("25"));
    assert_eq!(progress.instance.text("deletedAt"), Some("1741262473785"));
    assert_eq!(progress.instance.get("createdAt"), Some(&FieldValue::Integer(1_741_262_473_785)));
    assert_eq!(progress.instance.get("demondPay"), Some(&FieldValue::Flag(true)));
    assert_eq!(progress.instance.get("prePay"), Some(&FieldValue::Flag(false)));
    assert_eq!(progress.instance.get("ipv6Enable"), Some(&FieldValue::Nothing));
}

#[test]
fn what_is_masked_is_kept_as_it_came() {
    assert_eq!(read(CREATING).instance.text("resTenantId"), Some("#"));
}

#[test]
fn what_is_left_out_is_none() {
    for body in [r#"{"status":"creating"}"#, r#"{"status":"creating","instance":null,"item":null}"#] {
        let progress = read(body);
        assert!(progress.items.is_empty());
        let view = serde_json::to_value(&progress).unwrap();
        assert_eq!(view["instance"].as_object().unwrap().len(), 69);
        assert_eq!(view["instance"]["availableZones"], serde_json::json!([]));
        assert_eq!((&view["instance"]["name"], &view["percent"]), (&serde_json::Value::Null, &serde_json::Value::Null));
    }
}

#[test]
fn the_view_has_the_names_of_the_javascript_api() {
    let view = serde_json::to_value(read(CREATING)).unwrap();
    let names = |value: &serde_json::Value| {
        let mut names: Vec<_> = value.as_object().unwrap().keys().cloned().collect();
        names.sort();
        names.join(" ")
    };
    assert_eq!(
        names(&view),
        "currentTime elapsedMs endedAt error instance instanceId items name percent startedAt state takenTime"
    );
    assert_eq!(names(&view["items"][0]), "endedAt error name percent startedAt state takenTime");
}

#[test]
fn a_wrong_type_is_told_by_place() {
    for (field, wrong) in [
        ("instance", "[]"),
        ("instance", "\"x\""),
        ("currentTime", "\"now\""),
        ("instance_id", "{}"),
        ("name", "[]"),
        ("start_time", "true"),
        ("taken_time", "1.5"),
        ("end_time", "{}"),
        ("progress", "[]"),
        ("item", "{}"),
        ("status", "false"),
    ] {
        let body = format!(r#"{{"status":"creating","{field}":{wrong}}}"#);
        assert_eq!(read_instance_progress(&body).unwrap_err().path, field, "{body}");
    }
    for field in ["name", "start_time", "end_time", "status", "taken_time", "progress", "error_msg", "error_code"] {
        let body = format!(r#"{{"status":"creating","item":[{{"status":"creating"}},{{"{field}":{{}}}}]}}"#);
        assert_eq!(read_instance_progress(&body).unwrap_err().path, format!("item[1].{field}"));
    }
    for (name, _) in read(CREATING).instance.fields() {
        let body = format!(r#"{{"status":"creating","instance":{{"{name}":{{}}}}}}"#);
        assert_eq!(read_instance_progress(&body).unwrap_err().path, format!("instance.{name}"));
    }
    for wrong in ["1", "\"yes\"", "[]"] {
        let body = format!(r#"{{"status":"creating","instance":{{"demondPay":{wrong}}}}}"#);
        let mismatch = read_instance_progress(&body).unwrap_err();
        assert_eq!((&*mismatch.path, mismatch.expected), ("instance.demondPay", "true or false"));
    }
    assert_eq!(read_instance_progress("{}").unwrap_err().path, "status");
    assert_eq!(read_instance_progress(r#"{"status":"creating","item":[{}]}"#).unwrap_err().path, "item[0].status");
}

#[test]
fn a_body_cut_anywhere_is_told() {
    for cut in 0..CREATING.trim_end().len() {
        assert!(read_instance_progress(&CREATING[..cut]).is_err(), "{}", &CREATING[..cut]);
    }
}

#[test]
fn the_request_goes_where_the_documents_say() {
    let asked = request("p", "a/b").unwrap();
    assert_eq!((asked.name, asked.method, &asked.body), ("GetCreateInstanceProcessV2", Method::Get, &Body::Nothing));
    assert_eq!(asked.url, "https://roma.cn-north-4.myhuaweicloud.com/v2/p/instances/a%2Fb/process");
    assert_eq!(asked.content_type, None);
    for (project_id, instance_id, field) in [("", "i", "projectId"), ("p", "", "instanceId")] {
        assert_eq!(request(project_id, instance_id).unwrap_err().field.as_deref(), Some(field));
    }
}

#[test]
fn a_token_that_is_wrong_is_a_400_here() {
    let body = r#"{"error_code":"ROMA.1002","error_msg":"m"}"#;
    let response = Response { status: 400, body: body.into(), ..Response::default() };
    let error = response.read::<RomaInstanceProgress>(&request("p", "i").unwrap()).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Auth);
}
