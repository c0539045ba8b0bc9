//! What there is to tell of an operation, from what is known of it and what the last answer says.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use huaweicloud_tasks::error::Failure;
use huaweicloud_tasks::http::{Argument, Response, Site};
use huaweicloud_tasks::json;
use huaweicloud_tasks::model::snapshot::State;
use huaweicloud_tasks::operation::handle::Handle;
use huaweicloud_tasks::operation::poll::Event;
use huaweicloud_tasks::operation::view::{Eta, View};
use huaweicloud_tasks::service::{self, Detail};
use serde_json::{Value, json};

const NOW: i64 = 1_700_000_000_000;

const KEYPAIR_TASK: &str = include_str!("fixtures/kps-task/200-running-reset.json");
const ROMA_CREATING: &str = include_str!("fixtures/roma-instance-process/200-creating.json");
const JOB: &str = include_str!("fixtures/sfs-turbo-job/200-success.json");
const IMPORTED: &str = include_str!("fixtures/apig-async-task/200-import-succeed.json");
const IMPORT_FAILED: &str = include_str!("fixtures/apig-async-task/200-import-failed.json");
const WAITING: &str = include_str!("fixtures/apig-async-task/200-import-waiting.json");

fn begun(kind: &str, ids: Value) -> Handle {
    Handle::begin(service::find_kind(kind).unwrap(), serde_json::from_value(ids).unwrap(), None, NOW, false).unwrap()
}

fn gateway() -> Handle {
    begun("apig.gateway", json!({"instanceId": "i"}))
}

fn task() -> Handle {
    begun("apig.task", json!({"instanceId": "i", "taskId": "t"}))
}

fn keypair_task() -> Handle {
    begun("kps.task", json!({"taskId": "t"}))
}

/// What a body says to the question about an operation.
fn answer(handle: &Handle, body: &str) -> Detail {
    let site = Site { project_id: "p".into(), endpoint: Some("/".into()), ..Site::default() };
    let kind = service::find_kind(&handle.kind).unwrap();
    let request = kind.request(&site, &handle.ids()).unwrap();
    kind.read(&Response { status: 200, body: body.into(), ..Response::default() }, &request).unwrap()
}

/// The handle and the view after an answer.
fn answered(handle: Handle, body: &str, now: i64, durations: &[u64]) -> (Handle, View) {
    let answer = answer(&handle, body);
    let snapshot = answer.snapshot();
    let event = Event::Answered {
        is_final: snapshot.state.is_final(),
        percent: snapshot.percent,
        started_at: snapshot.started_at,
    };
    let (handle, _) = handle.advance(event, now, durations);
    let view = View::new(&handle, answer, now, durations);
    (handle, view)
}

fn seen(handle: Handle, body: &str, now: i64) -> View {
    answered(handle, body, now, &[]).1
}

#[test]
fn a_view_is_written_with_its_ids_beside_its_kind() {
    let view = seen(keypair_task(), KEYPAIR_TASK, NOW + 1_000);
    let expected = json!({
        "kind": "kps.task",
        "taskId": "t",
        "state": "running",
        "status": "RUNNING_RESET",
        "percent": null,
        "estimatedPercent": null,
        "startedAt": null,
        "endedAt": null,
        "elapsedMs": 1_000,
        "eta": null,
        "slow": false,
        "parts": [],
        "resources": [],
        "error": null,
        "detail": {
            "taskId": "aee8d2fe-5484-4753-9177-5a38dc15546c",
            "serverId": "c9aa197b-a6b6-4c33-b3a6-fa0b4ec50006",
            "status": "RUNNING_RESET",
            "phase": "running",
            "operation": "reset",
        },
    });
    let written = json::to_text(&view);
    assert_eq!(serde_json::from_str::<Value>(&written).unwrap(), expected);
    assert!(written.starts_with(r#"{"kind":"kps.task","taskId":"t","state":"running","#), "{written}");
    assert_eq!(serde_json::to_value(&view).unwrap(), expected);
    let written = json::to_text(&seen(task(), WAITING, NOW));
    assert!(written.starts_with(r#"{"kind":"apig.task","instanceId":"i","taskId":"t","#), "{written}");
}

#[test]
fn an_eta_is_a_range_of_two_times() {
    let now = NOW + 20_000;
    let (handle, view) = answered(gateway(), r#"{"status":"creating","progress":30}"#, now, &[]);
    let (earliest, latest) = handle.eta_ms(now, &[]).unwrap();
    assert!(0 < earliest && earliest < latest && latest < 3_600_000, "{earliest} to {latest}");
    let [earliest, latest] = [earliest, latest].map(|left| i64::try_from(left).unwrap());
    assert_eq!(view.eta, Some(Eta { earliest: now + earliest, latest: now + latest }));
    assert_eq!(view.percent, Some(30));
    // What is over, as a part of that and the middle of what is left.
    let estimate = 20_000 * 100 / (20_000 + earliest / 2 + latest / 2);
    assert_eq!(view.estimated_percent, u64::try_from(estimate).ok());
    assert!(!view.slow);
    let written = serde_json::to_value(view.eta).unwrap();
    assert_eq!(written, json!({"earliest": now + earliest, "latest": now + latest}));
}

#[test]
fn nobody_tells_a_time_left_that_nobody_knows() {
    let view = seen(keypair_task(), KEYPAIR_TASK, NOW + 3_600_000);
    assert_eq!((view.eta, view.estimated_percent, view.slow), (None, None, false));
    // Durations of the like do.
    let (_, view) = answered(keypair_task(), KEYPAIR_TASK, NOW + 1_000, &[40_000, 41_000]);
    let eta = view.eta.unwrap();
    assert!((NOW + 2_000..NOW + 40_000).contains(&eta.earliest), "{eta:?}");
    assert!((NOW + 40_000..NOW + 601_000).contains(&eta.latest), "{eta:?}");
    assert!(view.estimated_percent.unwrap() <= 10);
    let (_, view) = answered(keypair_task(), KEYPAIR_TASK, NOW + 3_600_000, &[40_000, 41_000]);
    assert!(view.slow && view.estimated_percent.unwrap() <= 99);
}

#[test]
fn what_began_long_ago_is_slow_and_never_quite_done() {
    let body = format!(r#"{{"status":"creating","progress":90,"start_time":{}}}"#, NOW - 3_600_000);
    let view = seen(gateway(), &body, NOW + 20_000);
    assert_eq!((view.slow, view.elapsed_ms, view.started_at), (true, 3_620_000, Some(NOW - 3_600_000)));
    assert!((50..=99).contains(&view.estimated_percent.unwrap()), "{:?}", view.estimated_percent);
}

#[test]
fn an_end_has_no_time_left() {
    let part = IMPORTED.replace(r#"\"failure\":[]"#, r#"\"failure\":[{\"method\":\"GET\",\"path\":\"/a\"}]"#);
    assert_ne!(part, IMPORTED);
    for (body, state, percent) in [
        (IMPORTED, State::Succeeded, Some(100)),
        (&*part, State::Partial, Some(100)),
        (IMPORT_FAILED, State::Failed, None),
    ] {
        let (handle, view) = answered(task(), body, NOW + 20_000, &[30_000, 40_000]);
        assert!(handle.ended);
        assert_eq!((view.state, view.estimated_percent, view.eta), (state, percent, None));
        assert_eq!((view.elapsed_ms, view.slow), (20_000, false));
    }
    let view = seen(task(), IMPORT_FAILED, NOW);
    let (code, message) = (Some("APIG.3201".into()), Some("The API group name already exists".into()));
    assert_eq!(view.error, Some(Failure { code, message, request_id: None }));
}

#[test]
fn what_the_service_times_took_as_long_as_it_says() {
    let body = r#"{"status":"success","progress":100,"start_time":1597389901161,"end_time":1597390224911}"#;
    let view = seen(gateway(), body, NOW);
    assert_eq!((view.started_at, view.ended_at), (Some(1_597_389_901_161), Some(1_597_390_224_911)));
    assert_eq!(view.elapsed_ms, 323_750);
    // With one of the two, the watching's own clock says how long: from the earlier start of the two.
    let view = seen(gateway(), r#"{"status":"success","end_time":1597390224911}"#, NOW + 7_000);
    assert_eq!(view.elapsed_ms, 7_000);
    let body = format!(r#"{{"status":"success","start_time":{}}}"#, NOW - 1_000);
    assert_eq!(seen(gateway(), &body, NOW + 7_000).elapsed_ms, 8_000);
    let view = seen(begun("sfs-turbo.job", json!({"jobId": "j"})), JOB, NOW);
    assert_eq!((view.elapsed_ms, view.status.as_str()), (0, "success"));
}

#[test]
fn parts_are_told() {
    let view = seen(begun("roma.instance", json!({"instanceId": "i"})), ROMA_CREATING, 1_741_262_503_894);
    let names: Vec<_> = view.parts.iter().map(|part| (part.name.as_deref(), part.state, part.percent)).collect();
    assert_eq!(names, [(Some("mqs"), State::Running, Some(0)), (Some("lvs"), State::Running, Some(0))]);
    assert_eq!((view.state, view.percent), (State::Running, Some(0)));
}

#[test]
fn views_differ_by_what_there_is_to_tell() {
    let creating = |fields: &str| seen(gateway(), &format!(r#"{{"status":"creating"{fields}}}"#), NOW + 20_000);
    let view = creating(r#","progress":30"#);
    assert_eq!(view.likeness(), view.clone().likeness());
    for other in [
        creating(""),
        creating(r#","progress":50"#),
        creating(r#","progress":30,"error_code":"APIC.1","error_msg":"m""#),
        seen(gateway(), r#"{"status":"resting","progress":30}"#, NOW + 20_000),
        seen(gateway(), r#"{"status":"failed","progress":30}"#, NOW + 20_000),
        seen(gateway(), r#"{"status":"creating","progress":30}"#, NOW + 3_600_000),
    ] {
        assert_ne!(view.likeness(), other.likeness(), "{other:?}");
    }
    // Two words that nobody documented are two words.
    let words = ["resting", "sleeping"].map(|word| seen(gateway(), &format!(r#"{{"status":"{word}"}}"#), NOW));
    assert_ne!(words.first().unwrap().likeness(), words.last().unwrap().likeness());
    // That time goes on is nothing to tell.
    let later = seen(gateway(), r#"{"status":"creating","progress":30}"#, NOW + 21_000);
    assert_ne!((later.elapsed_ms, later.eta), (view.elapsed_ms, view.eta));
    assert_eq!(later.likeness(), view.likeness());
    let instance = || begun("roma.instance", json!({"instanceId": "i"}));
    let without_parts = seen(instance(), r#"{"status":"creating","progress":0}"#, NOW);
    assert_ne!(seen(instance(), ROMA_CREATING, NOW).likeness(), without_parts.likeness());
}

#[test]
fn a_state_is_seen_at_a_time() {
    let view = seen(gateway(), r#"{"status":"CREATING","progress":30}"#, NOW);
    let expected = json!({"at": NOW + 5, "state": "running", "status": "creating", "percent": 30});
    assert_eq!(serde_json::to_value(view.seen_state(NOW + 5)).unwrap(), expected);
}

#[test]
fn no_time_is_too_much() {
    let extremes = [i64::MIN, -1, 0, NOW, i64::MAX];
    let body = r#"{"status":"success","start_time":-9007199254740991,"end_time":9007199254740991,"progress":90}"#;
    for begun_at in extremes {
        for now in extremes {
            for body in [body, &body.replace("success", "creating"), r#"{"status":"creating"}"#] {
                let ids = Argument::Object(vec![("instanceId".into(), Argument::Text("i".into()))]);
                let handle =
                    Handle::begin(service::find_kind("apig.gateway").unwrap(), ids, None, begun_at, true).unwrap();
                let (_, view) = answered(handle, body, now, &[u64::MAX, 0]);
                assert!(view.eta.is_none_or(|eta| eta.earliest <= eta.latest), "{view:?}");
                assert!(view.estimated_percent.is_none_or(|percent| percent <= 100), "{view:?}");
                assert_ne!(json::to_text(&view), "null");
            }
        }
    }
}
