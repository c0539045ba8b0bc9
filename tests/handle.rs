//! The handle of a watched operation: all that is known of it, as it is written and read again.

#![allow(clippy::unwrap_used, clippy::string_slice, clippy::indexing_slicing, reason = "a test may panic")]

use handles::{HANDLE, OWNED};
use huaweicloud_tasks::error::{Error, ErrorKind};
use huaweicloud_tasks::http::{Argument, Site};
use huaweicloud_tasks::json;
use huaweicloud_tasks::operation::handle::{Handle, Owner};
use huaweicloud_tasks::operation::poll::{Action, Event, MAX_CONSECUTIVE_ERRORS};
use huaweicloud_tasks::service::{self, KINDS};
use serde_json::{Value, json};

mod handles;

const NOW: i64 = 1_700_000_000_000;

fn argument(text: &str) -> Argument {
    serde_json::from_str(text).unwrap()
}

fn begin(kind: &str, ids: &Value, now: i64, fresh: bool) -> Result<Handle, Error> {
    Handle::begin(service::find_kind(kind)?, argument(&ids.to_string()), None, now, fresh)
}

/// A gateway that was just started.
fn started() -> Handle {
    begin("apig.gateway", &json!({"instanceId": "i"}), NOW, true).unwrap()
}

fn task() -> Handle {
    begin("kps.task", &json!({"taskId": "t"}), NOW, false).unwrap()
}

fn resume(text: &str, now: i64) -> Result<Handle, Error> {
    Handle::resume(argument(text), service::find_kind, None, now)
}

fn written(handle: &Handle) -> Value {
    serde_json::from_str(&json::to_text(handle)).unwrap()
}

/// The handle after an event, by way of another writer of JSON.
fn advanced(handle: &Handle, event: Event, now: i64) -> (Handle, Action) {
    resume(&written(handle).to_string(), NOW).unwrap().advance(event, now, &[])
}

const RUNNING: Event = Event::Answered { is_final: false, percent: None, started_at: None };
const ENDED: Event = Event::Answered { is_final: true, percent: None, started_at: None };

fn failed(kind: ErrorKind, retryable: bool, least_ms: u64) -> Event {
    Event::Failed { kind, least_ms, retryable, most: MAX_CONSECUTIVE_ERRORS }
}

/// The field that a refusal names.
fn refused(text: &str) -> String {
    let error = resume(text, NOW).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Config);
    error.field.clone().unwrap()
}

fn in_region(region: &str, project_id: &str) -> Site {
    Site { project_id: project_id.into(), region: Some(region.into()), ..Site::default() }
}

fn at(endpoint: &str) -> Site {
    Site { project_id: "p".into(), endpoint: Some(endpoint.into()), ..Site::default() }
}

#[test]
fn a_handle_is_all_that_is_known() {
    let mut handle = written(&task());
    let check = handle["check"].take();
    let check = check.as_str().unwrap();
    assert!(check.len() == 16 && check.bytes().all(|byte| byte.is_ascii_hexdigit()), "{check}");
    let expected = json!({
        "version": 1, "kind": "kps.task", "ids": {"taskId": "t"}, "begunAt": NOW, "fresh": false, "startedAt": null,
        "asked": 0, "askedAt": null, "nextAt": NOW, "failures": 0, "milestones": [], "ended": false, "check": null,
    });
    assert_eq!(handle, expected);
}

#[test]
fn the_ids_of_a_handle_make_its_request() {
    let site = at("https://example.com");
    for (kind, ids, url) in [
        ("apig.gateway", json!({"instanceId": "i 1"}), "/v2/p/apigw/instances/i%201/progress"),
        ("apig.task", json!({"taskId": "t/1", "instanceId": "i 1"}), "/v2/p/apigw/instances/i%201/async-tasks/t%2F1"),
        ("roma.instance", json!({"instanceId": "i 1"}), "/v2/p/instances/i%201/process"),
        ("sfs-turbo.job", json!({"jobId": "j?"}), "/v1/p/sfs-turbo/jobs/j%3F"),
        ("kps.task", json!({"taskId": "t/1"}), "/v3/p/tasks/t%2F1"),
    ] {
        let handle = begin(kind, &ids, NOW, false).unwrap();
        let known = service::find_kind(kind).unwrap();
        assert!(handle.ids.iter().map(|(name, _)| name).eq(&known.ids()), "{kind}");
        let request = known.request(&site, &handle.ids()).unwrap();
        assert_eq!((request.reads(), request.url), (true, format!("https://example.com{url}")), "{kind}");
    }
}

#[test]
fn what_begins_nothing_is_named() {
    for (kind, ids, field) in [
        ("", json!({"taskId": "t"}), "kind"),
        ("kps", json!({"taskId": "t"}), "kind"),
        ("kps.task", json!({}), "taskId"),
        ("kps.task", json!({"taskId": ""}), "taskId"),
        ("kps.task", json!({"taskId": null}), "taskId"),
        ("kps.task", json!({"taskId": 5}), "taskId"),
        ("apig.task", json!({"instanceId": "i"}), "taskId"),
        ("kps.task", json!({"taskId": "t", "jobId": "j"}), "jobId"),
        ("kps.task", json!(["t"]), "ids"),
        ("kps.task", json!("t"), "ids"),
        ("kps.task", json!(null), "ids"),
    ] {
        let error = begin(kind, &ids, NOW, false).unwrap_err();
        assert_eq!((error.kind, error.field.as_deref()), (ErrorKind::Config, Some(field)), "{kind} {ids}");
    }
    let error = begin("kps", &json!({}), NOW, false).unwrap_err();
    let kinds = KINDS.iter().map(|kind| &*kind.name).collect::<Vec<_>>().join(", ");
    assert_eq!(error.message, format!("kind: expected one of {kinds}"));
    let error = begin("kps.task", &json!({"taskId": "t", "id": "t"}), NOW, false).unwrap_err();
    assert_eq!(error.message, "id: unknown; expected one of taskId");
}

#[test]
fn an_end_is_told_and_everything_else_goes_on() {
    let (over, action) = advanced(&started(), ENDED, NOW + 20_000);
    assert_eq!(
        (action, over.ended, over.next_at, over.elapsed_ms(NOW + 20_000)),
        (Action::End, true, NOW + 20_000, 20_000)
    );
    let (running, action) = advanced(&started(), RUNNING, NOW + 20_000);
    assert_eq!((action, running.ended), (Action::Ask { least_ms: 0 }, false));
    assert!(running.next_at > NOW + 20_000);
    assert_eq!(running.wait_ms(), u64::try_from(running.next_at - NOW - 20_000).unwrap());
}

#[test]
fn durations_of_the_like_tell_a_time_left() {
    let (handle, _) = task().advance(RUNNING, NOW + 1_000, &[40_000, 41_000]);
    assert_eq!(handle.eta_ms(NOW + 1_000, &[]), None);
    let (earliest, latest) = handle.eta_ms(NOW + 1_000, &[40_000, 41_000]).unwrap();
    assert!((1_000..39_000).contains(&earliest) && (39_000..600_000).contains(&latest), "{earliest} to {latest}");
}

#[test]
fn a_failed_poll_is_waited_for_or_is_the_end() {
    for (event, expected) in [
        (failed(ErrorKind::Server, false, 0), Action::Ask { least_ms: 1_000 }),
        (failed(ErrorKind::RateLimit, true, 90_000), Action::Ask { least_ms: 90_000 }),
        (failed(ErrorKind::NotFound, false, 0), Action::Ask { least_ms: 1_000 }),
        (failed(ErrorKind::Auth, false, 0), Action::GiveUp),
        (failed(ErrorKind::Permission, false, 0), Action::GiveUp),
        (failed(ErrorKind::Api, false, 60_000), Action::GiveUp),
        (failed(ErrorKind::Config, false, 0), Action::GiveUp),
    ] {
        let (handle, action) = advanced(&started(), event, NOW + 4_000);
        assert_eq!(action, expected, "{event:?}");
        assert_eq!((handle.failures, handle.ended), (1, false));
        if let Action::Ask { least_ms } = action {
            assert_eq!(handle.next_at, NOW + 4_000 + i64::try_from(least_ms).unwrap(), "{event:?}");
        }
    }
}

#[test]
fn who_gave_up_goes_on_without_failures_and_who_did_not_goes_on_with_them() {
    let mut handle = started();
    for failures in 1..=5 {
        let action;
        (handle, action) = advanced(&handle, failed(ErrorKind::Decode, false, 0), NOW + 4_000);
        assert_eq!((handle.failures, action == Action::GiveUp), (failures, failures == 5));
        let expected = if failures == 5 { 0 } else { failures };
        let forgiven = handle.clone().forgiven();
        let but_for_failures = |handle: &Handle| {
            let mut handle = written(handle);
            handle["failures"] = Value::Null;
            handle["check"] = Value::Null;
            handle
        };
        assert_eq!(forgiven.failures, expected);
        assert_eq!(but_for_failures(&forgiven), but_for_failures(&handle));
        assert_eq!(resume(&json::to_text(&forgiven), NOW + 5_000).unwrap(), forgiven);
    }
}

#[test]
fn a_handle_goes_on_where_it_was() {
    let handle = resume(HANDLE, NOW + 10_000).unwrap();
    assert_eq!(json::to_text(&handle), HANDLE);
    assert_eq!((&*handle.kind, handle.elapsed_ms(NOW + 10_000), handle.wait_ms()), ("kps.task", 10_000, 3_000));
    let (over, _) = advanced(&started(), ENDED, NOW + 20_000);
    assert_eq!(resume(&json::to_text(&over), NOW + 30_000).unwrap(), over);
}

#[test]
fn a_handle_of_which_anything_was_changed_is_refused() {
    let handle: Value = serde_json::from_str(HANDLE).unwrap();
    for (field, values) in [
        ("kind", json!(["sfs-turbo.job", "kps.tasks", "", null])),
        ("ids", json!([{"taskId": "t2"}, {"taskId": "T"}, {"taskId": ""}, {}, null])),
        ("begunAt", json!([NOW + 1, NOW - 1, -1, null, "1700000000000", NOW as f64 + 0.5])),
        ("fresh", json!([false, null, "true"])),
        ("startedAt", json!([NOW, 0])),
        ("asked", json!([3, 1, 0, null])),
        ("askedAt", json!([NOW + 9_001, NOW + 8_999, null])),
        ("nextAt", json!([NOW + 12_001, NOW + 11_999, 0, null])),
        ("failures", json!([1])),
        ("ended", json!([true, 0])),
        ("check", json!(["c8b2fca8e4fdfaeb", "C8B2FCA8E4FDFAEA", "c8b2fca8e4fdfa", "x", ""])),
        (
            "milestones",
            json!([
                [],
                ["31 1700000004000 1700000009000"],
                ["30 1700000004001 1700000009000"],
                ["30 1700000004000 1700000009001"],
                ["30 1700000004000 1700000009000", "50 1 2"],
                ["30"],
                null
            ]),
        ),
    ] {
        for value in values.as_array().unwrap() {
            let mut changed = handle.clone();
            changed[field] = value.clone();
            let named = refused(&changed.to_string());
            let is_of_field = named == field || matches!((field, &*named), ("ids", "taskId") | ("kind", "jobId"));
            assert!(named == "check" || is_of_field, "{field} {value}: {named}");
        }
    }
    // Every field was changed, but for the version.
    assert_eq!(handle.as_object().unwrap().len(), 13);
    let mut owned = handle.clone();
    owned["owner"] = json!({"projectId": "p"});
    assert_eq!(refused(&owned.to_string()), "check");
    owned = serde_json::from_str(OWNED).unwrap();
    for owner in [
        json!({"region": "cn-north-1", "projectId": "p"}),
        json!({"region": "cn-north-4", "projectId": "q"}),
        json!({"region": "cn-north-4", "projectId": "p", "endpoint": "0000000000000000"}),
        json!({"projectId": "p"}),
        json!(null),
    ] {
        owned["owner"] = owner.clone();
        assert_eq!(refused(&owned.to_string()), "check", "{owner}");
    }
}

#[test]
fn what_is_no_handle_of_this_version_is_refused() {
    let versioned = |version: &str| HANDLE.replace("\"version\":1", &format!("\"version\":{version}"));
    for version in ["0", "-1", "1.5", "\"1\"", "null", "2", "9007199254740991", "1e300", "true", "[]"] {
        assert_eq!(refused(&versioned(version)), "version", "{version}");
    }
    let message = |handle: &str| resume(handle, NOW).unwrap_err().message.clone();
    let later = "version: the handle is of a later version of this package";
    assert_eq!(message(&versioned("2")), later);
    // Whatever else a later version may have.
    assert_eq!(message(r#"{"version":2,"kind":5,"ids":[],"further":{}}"#), later);
    assert_eq!(message(&versioned("0")), "version: expected a handle, which JSON.stringify(operation) gives");
    for none in ["{}", "null", "[]", "\"x\"", "5", "true", r#"{"kind":"kps.task","ids":{"taskId":"t"}}"#] {
        assert_eq!(refused(none), "version", "{none}");
    }
    assert_eq!(refused(r#"{"version":1,"ids":{"taskId":"t"}}"#), "kind");
    assert_eq!(refused(r#"{"version":1,"kind":"kps.task"}"#), "ids");
    // The ids stand in `ids`, and nowhere else.
    assert_eq!(refused(r#"{"version":1,"kind":"kps.task","taskId":"t"}"#), "taskId");
    assert!(serde_json::from_str::<Argument>(&HANDLE[..HANDLE.len() - 1]).is_err());
}

#[test]
fn a_handle_that_only_tells_what_is_watched_begins_anew() {
    let ids = json!({"instanceId": "i", "taskId": "t"});
    let anew = begin("apig.task", &ids, NOW, false).unwrap();
    let mut bare = json!({"version": 1, "kind": "apig.task", "ids": ids});
    assert_eq!(resume(&bare.to_string(), NOW).unwrap(), anew);
    // What else it tells without a `check` is not believed.
    bare["begunAt"] = 5.into();
    bare["fresh"] = true.into();
    bare["ended"] = true.into();
    assert_eq!(resume(&bare.to_string(), NOW).unwrap(), anew);
    // It belongs to whom it says, else to whoever goes on with it.
    let owner = Owner::of(&in_region("cn-north-4", "p"));
    let owned = |bare: &Value| Handle::resume(argument(&bare.to_string()), service::find_kind, Some(&owner), NOW);
    assert_eq!(owned(&bare).unwrap().owner, Some(owner.clone()));
    bare["owner"] = json!({"region": "cn-north-1", "projectId": "p"});
    assert_eq!(owned(&bare).unwrap_err().field.as_deref(), Some("owner"));
    let others = resume(&bare.to_string(), NOW).unwrap().owner;
    assert_eq!(others, Some(Owner::of(&in_region("cn-north-1", "p"))));
}

#[test]
fn no_secret_is_in_a_handle() {
    let secret = "s3cret-token";
    let mut handle: Value = serde_json::from_str(HANDLE).unwrap();
    handle["ids"]["token"] = secret.into();
    let error = resume(&handle.to_string(), NOW).unwrap_err();
    assert_eq!(error.field.as_deref(), Some("token"));
    assert!(!json::to_text(&error).contains(secret));
    // Nor is it in an error.
    for field in ["kind", "version", "begunAt", "owner", "check", "more"] {
        let mut handle: Value = serde_json::from_str(HANDLE).unwrap();
        handle[field] = secret.into();
        assert!(!json::to_text(&resume(&handle.to_string(), NOW).unwrap_err()).contains(secret), "{field}");
    }
    let site = Site { endpoint: Some("https://user:s3cret-token@h".into()), ..in_region("cn-north-4", "p") };
    assert!(!json::to_text(&Owner::of(&site)).contains(secret));
}

#[test]
fn ids_of_any_text_survive() {
    for id in [
        "\"",
        "\\",
        "a\"b\\\"c",
        "line\nbreak\r\n\ttab",
        "\u{0}\u{1f}\u{7f}",
        "ç ñ 网关 😀",
        "\u{2028}\u{feff}",
        "../..?#%2F",
        "{}",
        "check\":\"",
    ] {
        let ids = json!({"instanceId": id, "taskId": id});
        let mut handle = begin("apig.task", &ids, NOW, true).unwrap();
        assert_eq!((handle.ids(), &written(&handle)["ids"]), (vec![("instanceId", id), ("taskId", id)], &ids));
        for event in [RUNNING, failed(ErrorKind::Server, true, 0), ENDED] {
            (handle, _) = advanced(&handle, event, NOW + 9_000);
            assert_eq!(written(&handle)["ids"], ids);
            assert_eq!(resume(&written(&handle).to_string(), NOW + 9_000).unwrap(), handle);
        }
    }
}

#[test]
fn a_time_before_1970_is_a_time() {
    // A service may write -1 for a start that it does not know.
    let unknown = Event::Answered { is_final: false, percent: None, started_at: Some(-1) };
    let (handle, _) = advanced(&started(), unknown, NOW + 9_000);
    assert_eq!(handle.started_at, Some(-1));
    let handle = resume(&json::to_text(&handle), NOW + 9_000).unwrap();
    assert_eq!(handle.advance(ENDED, NOW + 20_000, &[]).1, Action::End);
    // A device without a battery may not know the time yet.
    let handle = begin("apig.gateway", &json!({"instanceId": "i"}), -5_000, false).unwrap();
    let (handle, _) = handle.advance(RUNNING, -4_000, &[]);
    let handle = resume(&json::to_text(&handle), -4_000).unwrap();
    assert_eq!(handle.advance(ENDED, NOW, &[]).1, Action::End);
}

#[test]
fn a_handle_holds_no_number_that_javascript_cannot() {
    // So long a `Retry-After` is as long as one gets: a day.
    let (handle, _) = advanced(&started(), failed(ErrorKind::Server, true, (1 << 53) - 1), NOW + 1);
    assert_eq!(handle.next_at, NOW + 1 + 86_400_000);
    let (handle, _) = task().advance(RUNNING, (1 << 53) - 1, &[]);
    assert_eq!(handle.next_at, (1 << 53) - 1);
    // What is no integer that JavaScript holds exactly is no number of a handle.
    for number in ["1.5", "1e30", "\"5\"", "9223372036854775808", "9007199254740993", "-9007199254740993"] {
        for field in ["startedAt", "nextAt", "asked"] {
            let mut text = HANDLE.to_owned();
            let (start, _) = text.match_indices(&format!("\"{field}\":")).next().unwrap();
            let end = start + text[start..].find(',').unwrap();
            text.replace_range(start..end, &format!("\"{field}\":{number}"));
            assert_eq!(refused(&text), field, "{number}");
        }
    }
}
