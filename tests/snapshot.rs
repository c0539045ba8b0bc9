//! One view of every kind of operation: the documents' bodies, and what else a body may hold.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

use huaweicloud_tasks::error::Failure;
use huaweicloud_tasks::http::{Method, Response, Site};
use huaweicloud_tasks::model::snapshot::{Part, Resource, Snapshot, State};
use huaweicloud_tasks::service::{self, KINDS};

const ROMA_CREATING: &str = include_str!("fixtures/roma-instance-process/200-creating.json");
const JOB: &str = include_str!("fixtures/sfs-turbo-job/200-success.json");
const IMPORTED: &str = include_str!("fixtures/apig-async-task/200-import-succeed.json");
const GATEWAY_CREATING: &str = include_str!("fixtures/apig-gateway-progress/200-creating.json");

/// What an answer shows of an operation of a kind.
fn seen(name: &str, body: &str) -> Snapshot {
    let kind = service::find_kind(name).unwrap();
    let site = Site { project_id: "p".into(), endpoint: Some("/".into()), ..Site::default() };
    let ids: Vec<_> = kind.ids().into_iter().map(|name| (name, "i")).collect();
    let request = kind.request(&site, &ids).unwrap();
    let response = Response { status: 200, body: body.into(), ..Response::default() };
    kind.read(&response, &request).unwrap().snapshot()
}

/// What shows no more than a state.
fn plain(state: State, status: &str) -> Snapshot {
    let (status, parts, resources) = (status.to_owned(), vec![], vec![]);
    Snapshot { state, status, percent: None, started_at: None, ended_at: None, error: None, parts, resources }
}

fn failure(code: &str, message: &str) -> Option<Failure> {
    Some(Failure { code: Some(code.into()), message: Some(message.into()), request_id: None })
}

#[test]
fn a_gateway() {
    let started_at = Some(1_597_389_901_161);
    // The service fills the end in before the end.
    let creating = Snapshot { percent: Some(50), started_at, ..plain(State::Running, "creating") };
    assert_eq!(seen("apig.gateway", GATEWAY_CREATING), creating);

    let ended_at = Some(1_597_390_224_911);
    let success = Snapshot { percent: Some(100), started_at, ended_at, ..plain(State::Succeeded, "success") };
    assert_eq!(seen("apig.gateway", include_str!("fixtures/apig-gateway-progress/200-success.json")), success);

    for (body, code) in [
        (include_str!("fixtures/apig-gateway-progress/200-failed-other.json"), "APIC.9206"),
        (include_str!("fixtures/apig-gateway-progress/200-failed-quota.json"), "APIC.9218"),
        (include_str!("fixtures/apig-gateway-progress/200-failed-resources.json"), "APIC.9219"),
    ] {
        let failed = Snapshot {
            percent: Some(0),
            started_at,
            ended_at,
            error: failure(code, "create failed..."),
            ..plain(State::Failed, "failed")
        };
        assert_eq!(seen("apig.gateway", body), failed);
    }
    let unknown = GATEWAY_CREATING.replace("creating", "Succeeding");
    let expected = Snapshot { percent: Some(50), started_at, ..plain(State::Unknown, "Succeeding") };
    assert_eq!(seen("apig.gateway", &unknown), expected);
    assert_eq!(seen("apig.gateway", r#"{"status":"CREATING"}"#), plain(State::Running, "creating"));
}

#[test]
fn an_async_task() {
    let task = |body| seen("apig.task", body);
    for (body, expected) in [
        (include_str!("fixtures/apig-async-task/200-import-waiting.json"), plain(State::Waiting, "waiting")),
        (include_str!("fixtures/apig-async-task/200-import-processing.json"), plain(State::Running, "processing")),
        (IMPORTED, plain(State::Succeeded, "succeed")),
        (include_str!("fixtures/apig-async-task/200-export-succeed.json"), plain(State::Succeeded, "succeed")),
    ] {
        assert_eq!(task(body), expected);
    }
    let failed = task(include_str!("fixtures/apig-async-task/200-import-failed.json"));
    let error = failure("APIG.3201", "The API group name already exists");
    assert_eq!(failed, Snapshot { error, ..plain(State::Failed, "failed") });
    let silent = r#"{"task_id":"t","task_type":"import_api","task_status":"failed","task_result":""}"#;
    assert_eq!(task(silent), Snapshot { error: Some(Failure::default()), ..plain(State::Failed, "failed") });
    assert_eq!(task(&IMPORTED.replace("\"succeed\"", "\"paused\"")), plain(State::Unknown, "paused"));
}

#[test]
fn an_import_with_apis_refused_is_done_in_part() {
    let refused =
        r#"\"failure\":[{\"method\":\"GET\",\"path\":\"/a\",\"error_code\":\"APIG.1\",\"error_msg\":\"no\"}]"#;
    let body = IMPORTED.replace(r#"\"failure\":[]"#, refused);
    assert_ne!(body, IMPORTED);
    assert_eq!(seen("apig.task", &body), plain(State::Partial, "succeed"));
}

#[test]
fn an_instance_and_its_items() {
    let item = |name: &str, started_at| Part {
        name: Some(name.into()),
        state: State::Running,
        status: "creating".into(),
        percent: Some(0),
        started_at,
        ended_at: None,
        error: None,
        parts: vec![],
    };
    let (start, end) = (1_741_262_473_785, 1_741_262_800_000);
    let parts = vec![item("mqs", None), item("lvs", Some(start))];
    // `errorCode` holds the id of a job, and 0 stands for a time that is not there.
    // It is the instance itself that is made.
    let id = "b037d389-62a4-464a-8461-c88797ad4f23".into();
    let resources = vec![Resource { name: "instance_id".into(), id }];
    let creating =
        Snapshot { percent: Some(0), started_at: Some(start), parts, resources, ..plain(State::Running, "creating") };
    assert_eq!(seen("roma.instance", ROMA_CREATING), creating);

    let over = |status: &str| {
        ROMA_CREATING
            .replace("\"creating\"", &format!("\"{status}\""))
            .replace("\"end_time\" : 0", &format!("\"end_time\" : {end}"))
            .replace("\"error_msg\" : \"\"", "\"error_msg\" : \"no address\"")
    };
    let ended = |state, status: &str| {
        let of = |part: &Part| Part {
            state,
            status: status.into(),
            ended_at: Some(end),
            error: Some(Failure { message: Some("no address".into()), ..Failure::default() }),
            ..part.clone()
        };
        let parts = creating.parts.iter().map(of).collect();
        let error = (state == State::Failed)
            .then(|| Failure { code: Some("JOB-0d42a6bc-3f3d-446a-8351-00a110f56137".into()), ..Failure::default() });
        Snapshot {
            percent: Some(0),
            started_at: Some(start),
            ended_at: Some(end),
            error,
            parts,
            resources: creating.resources.clone(),
            ..plain(state, status)
        }
    };
    assert_eq!(seen("roma.instance", &over("failed")), ended(State::Failed, "failed"));
    assert_eq!(seen("roma.instance", &over("success")), ended(State::Succeeded, "success"));
    assert_eq!(seen("roma.instance", &over("CREATE_FAILED")).state, State::Failed);
    assert_eq!(seen("roma.instance", &over("RUNNING")).state, State::Succeeded);
    let unknown = seen("roma.instance", &over("Freezing"));
    assert_eq!((unknown.state, &*unknown.status, unknown.ended_at), (State::Unknown, "Freezing", None));
    assert_eq!((unknown.parts[1].state, &*unknown.parts[1].status), (State::Unknown, "Freezing"));
}

#[test]
fn a_job_and_its_sub_jobs() {
    // 2023-07-26 09:33:58 UTC
    let time = Some(1_690_364_038_000);
    let success = Snapshot { started_at: time, ended_at: time, ..plain(State::Succeeded, "success") };
    assert_eq!(seen("sfs-turbo.job", JOB), success);

    let body = r#"{"job_id":"j","status":"running","begin_time":"2023-07-26 09:33:58","end_time":"2023-07-26 09:33:58",
        "sub_jobs":[{"job_id":"a","status":"waiting"},{"status":"failed","end_time":"2023-07-26 09:33:58",
        "error_code":"SFS.TURBO.0001","fail_reason":"no space"},{"job_id":"c","status":"FAILED"},
        {"job_id":"d","status":"idle"}]}"#;
    let part = |name: Option<&str>, state, status: &str| Part {
        name: name.map(str::to_owned),
        state,
        status: status.into(),
        percent: None,
        started_at: None,
        ended_at: None,
        error: None,
        parts: vec![],
    };
    let parts = vec![
        part(Some("a"), State::Waiting, "waiting"),
        Part { ended_at: time, error: failure("SFS.TURBO.0001", "no space"), ..part(None, State::Failed, "failed") },
        Part { error: Some(Failure::default()), ..part(Some("c"), State::Failed, "failed") },
        part(Some("d"), State::Unknown, "idle"),
    ];
    let running = Snapshot { started_at: time, parts, ..plain(State::Running, "running") };
    assert_eq!(seen("sfs-turbo.job", body), running);
    for (word, state) in [("waiting", State::Waiting), ("Failed", State::Failed), ("done", State::Unknown)] {
        assert_eq!(seen("sfs-turbo.job", &JOB.replace("\"success\"", &format!("\"{word}\""))).state, state, "{word}");
    }
}

#[test]
fn a_key_pair_task() {
    let body = include_str!("fixtures/kps-task/200-running-reset.json");
    assert_eq!(seen("kps.task", body), plain(State::Running, "RUNNING_RESET"));
    let phases = [("READY", State::Waiting), ("RUNNING", State::Running), ("SUCCESS", State::Succeeded)];
    for operation in ["RESET", "REPLACE", "UNBIND", "BIND"] {
        for (phase, state) in phases {
            let word = format!("{phase}_{operation}");
            assert_eq!(seen("kps.task", &body.replace("RUNNING_RESET", &word)), plain(state, &word));
        }
        // The service gives no reason.
        let word = format!("FAILED_{operation}");
        let failed = Snapshot { error: Some(Failure::default()), ..plain(State::Failed, &word) };
        assert_eq!(seen("kps.task", &body.replace("RUNNING_RESET", &word)), failed);
    }
    for word in ["PAUSED_RESET", "SUCCESSFUL_RESET", "done", "_"] {
        assert_eq!(seen("kps.task", &body.replace("RUNNING_RESET", word)), plain(State::Unknown, word));
    }
}

#[test]
fn three_states_are_ends() {
    let states = [State::Waiting, State::Running, State::Succeeded, State::Partial, State::Failed, State::Unknown];
    assert_eq!(states.map(State::is_final), [false, false, true, true, true, false]);
    let written = serde_json::json!(["waiting", "running", "succeeded", "partial", "failed", "unknown"]);
    assert_eq!(serde_json::to_value(states).unwrap(), written);
}

#[test]
fn every_kind_is_asked_about_by_a_call_that_reads() {
    let site = Site { project_id: "p".into(), endpoint: Some("https://h".into()), ..Site::default() };
    for kind in KINDS {
        let whole: Vec<_> = kind.ids().into_iter().map(|name| (name, "i")).collect();
        let request = kind.request(&site, &whole).unwrap();
        assert!(request.reads() && request.method == Method::Get, "{}", kind.name);
        for (index, (id, _)) in whole.iter().enumerate() {
            let mut ids = whole.clone();
            ids[index].1 = "..";
            assert_eq!(kind.request(&site, &ids).unwrap_err().field.as_deref(), Some(*id), "{}", kind.name);
            assert_eq!(kind.request(&site, &ids[..index]).unwrap_err().field.as_deref(), Some(*id), "{}", kind.name);
        }
    }
    assert!(KINDS.len() >= 5);
    for name in ["", "apig", "kps.tasks", "KPS.TASK", "constructor"] {
        assert!(service::find_kind(name).is_err(), "{name}");
    }
}
