//! The watching of operations as text: the handle, and the steps that are told.

#![allow(clippy::unwrap_used, clippy::string_slice, clippy::indexing_slicing, reason = "a test may panic")]

use huaweicloud_tasks::error::{Error, Kind};
use huaweicloud_tasks::operation::kind::KINDS;
use huaweicloud_tasks::watching::{self, Step};
use huaweicloud_tasks::{exchange, json};
use serde_json::{Value, json};

const NOW: i64 = 1_700_000_000_000;

/// Written by hand; its `check` is the first 16 digits of the SHA-256 of the same with an empty `check`.
const HANDLE: &str = concat!(
    r#"{"version":1,"kind":"kps.task","ids":{"taskId":"t"},"begunAt":1700000000000,"fresh":true,"startedAt":null,"#,
    r#""asked":2,"askedAt":1700000009000,"nextAt":1700000012000,"failures":0,"#,
    r#""milestones":["30 1700000004000 1700000009000"],"ended":false,"check":"c8b2fca8e4fdfaea"}"#
);

/// A time as it is given.
fn at(now: i64) -> String {
    json!({ "now": now }).to_string()
}

fn written(step: Result<Step, Error>) -> Value {
    serde_json::from_str(&json::to_text(&step.unwrap())).unwrap()
}

fn begun(given: Value) -> Value {
    written(watching::begin(&given.to_string()))
}

/// A gateway that was just started.
fn started() -> Value {
    begun(json!({"kind": "apig.gateway", "instanceId": "i", "fresh": true, "now": NOW}))
}

/// The step after an event, by the handle as another writer of JSON writes it.
fn advanced(step: &Value, mut event: Value, now: i64) -> Value {
    event["now"] = now.into();
    written(watching::advance(&step["watch"].to_string(), &event.to_string()))
}

fn shown(state: &str) -> Value {
    json!({"seen": {"state": state, "status": "any", "percent": null, "startedAt": null}})
}

fn failed(kind: &str, retryable: bool, least_ms: i64) -> Value {
    json!({"failed": {"kind": kind, "retryable": retryable, "leastMs": least_ms}})
}

fn refused(handle: &str) -> String {
    let error = watching::resume(handle, &at(NOW)).unwrap_err();
    assert_eq!(watching::advance(handle, "{}").unwrap_err(), error);
    assert_eq!(error.kind, Kind::Config);
    error.field.clone().unwrap()
}

#[test]
fn a_step_tells_all_there_is() {
    let mut step = begun(json!({"kind": "kps.task", "taskId": "t", "now": NOW}));
    let check = step["watch"]["check"].take();
    let check = check.as_str().unwrap();
    assert!(check.len() == 16 && check.bytes().all(|byte| byte.is_ascii_hexdigit()), "{check}");
    let expected = json!({
        "watch": {
            "version": 1, "kind": "kps.task", "ids": {"taskId": "t"}, "begunAt": NOW, "fresh": false,
            "startedAt": null, "asked": 0, "askedAt": null, "nextAt": NOW, "failures": 0, "milestones": [],
            "ended": false, "check": null,
        },
        "call": "kps.task", "givenUp": false, "leastMs": 0, "elapsedMs": 0, "etaMs": null, "estimatedPercent": null,
        "slow": false,
    });
    assert_eq!(step, expected);
}

#[test]
fn the_call_and_the_ids_of_a_watch_make_its_request() {
    for (kind, url) in [
        ("apig.gateway", "/v2/p/apigw/instances/i%201/progress"),
        ("apig.task", "/v2/p/apigw/instances/i%201/async-tasks/t%2F1"),
        ("roma.instance", "/v2/p/instances/i%201/process"),
        ("sfs-turbo.job", "/v1/p/sfs-turbo/jobs/j%3F"),
        ("kps.task", "/v3/p/tasks/t%2F1"),
    ] {
        let step = begun(json!({"kind": kind, "instanceId": "i 1", "taskId": "t/1", "jobId": "j?", "now": NOW}));
        let mut arguments = step["watch"]["ids"].clone();
        arguments["projectId"] = "p".into();
        let place = r#"{"endpoint":"https://example.com"}"#;
        let request = exchange::prepare(step["call"].as_str().unwrap(), &arguments.to_string(), place).unwrap();
        assert_eq!((request.method, &*request.url), ("GET", &*format!("https://example.com{url}")), "{kind}");
    }
    assert_eq!(KINDS.len(), 5);
}

#[test]
fn what_begins_nothing_is_named() {
    for (given, field) in [
        (json!({"taskId": "t"}), "kind"),
        (json!({"kind": "kps", "taskId": "t"}), "kind"),
        (json!({"kind": "kps.task"}), "taskId"),
        (json!({"kind": "kps.task", "taskId": ""}), "taskId"),
        (json!({"kind": "kps.task", "taskId": null}), "taskId"),
        (json!({"kind": "apig.task", "instanceId": "i"}), "taskId"),
    ] {
        let error = watching::begin(&given.to_string()).unwrap_err();
        assert_eq!((error.kind, error.field.as_deref()), (Kind::Config, Some(field)), "{given}");
    }
    for text in ["", "[]", "null", "{", "x"] {
        assert_eq!(watching::begin(text).unwrap_err().kind, Kind::Config, "{text}");
    }
}

#[test]
fn three_states_are_an_end_and_every_other_word_goes_on() {
    for state in ["succeeded", "partial", "failed"] {
        let step = advanced(&started(), shown(state), NOW + 20_000);
        assert_eq!(
            [&step["watch"]["ended"], &step["watch"]["nextAt"]],
            [&json!(true), &json!(NOW + 20_000)],
            "{state}"
        );
        assert_eq!([&step["etaMs"], &step["estimatedPercent"]], [&Value::Null, &Value::Null]);
        assert_eq!([&step["givenUp"], &step["elapsedMs"]], [&json!(false), &json!(20_000)]);
    }
    for state in ["waiting", "running", "unknown", "Succeeded", "done", ""] {
        let step = advanced(&started(), shown(state), NOW + 20_000);
        assert_eq!([&step["watch"]["ended"], &step["givenUp"]], [false, false], "{state}");
        assert!(step["watch"]["nextAt"].as_i64().unwrap() > NOW + 20_000);
        let [earliest, latest] = [0, 1].map(|index| step["etaMs"][index].as_i64().unwrap());
        assert!(earliest < latest, "{step}");
        let estimate = 20_000 * 100 / (20_000 + earliest / 2 + latest / 2);
        assert_eq!(step["estimatedPercent"], estimate);
    }
}

#[test]
fn a_start_long_ago_is_slow_and_never_quite_done() {
    let event = json!({"seen": {"state": "running", "percent": 90, "startedAt": NOW - 3_600_000}});
    let step = advanced(&started(), event, NOW + 20_000);
    assert_eq!([&step["slow"], &step["elapsedMs"]], [&json!(true), &json!(3_620_000)]);
    assert!(step["estimatedPercent"].as_i64().unwrap() <= 99);
    // Nobody had asked before: it may have been reached at any time since the start.
    assert_eq!(step["watch"]["milestones"], json!([format!("90 {} {}", NOW - 3_600_000, NOW + 20_000)]));
}

#[test]
fn durations_of_the_like_tell_a_time_left() {
    let step = begun(json!({"kind": "kps.task", "taskId": "t", "now": NOW}));
    let mut event = shown("running");
    assert_eq!(advanced(&step, event.clone(), NOW + 1_000)["etaMs"], Value::Null);
    event["durations"] = json!(["40000", "no number", "41000"]);
    let told = advanced(&step, event, NOW + 1_000);
    let [earliest, latest] = [0, 1].map(|index| told["etaMs"][index].as_i64().unwrap());
    assert!((1_000..39_000).contains(&earliest) && (39_000..600_000).contains(&latest), "{told}");
}

#[test]
fn a_failed_poll_is_waited_for_or_is_the_end() {
    for (event, given_up, least_ms) in [
        (failed("server", false, 0), false, 1_000),
        (failed("rateLimit", true, 90_000), false, 90_000),
        (failed("server", true, -5), false, 1_000),
        (failed("notFound", false, 0), false, 1_000),
        (failed("auth", false, 0), true, 0),
        (failed("permission", false, 0), true, 0),
        (failed("api", false, 60_000), true, 0),
        (failed("config", false, 0), true, 0),
    ] {
        let step = advanced(&started(), event.clone(), NOW + 4_000);
        assert_eq!([&step["givenUp"], &step["leastMs"]], [&json!(given_up), &json!(least_ms)], "{event}");
        assert_eq!([&step["watch"]["failures"], &step["watch"]["ended"]], [&json!(1), &json!(false)]);
        if !given_up {
            assert_eq!(step["watch"]["nextAt"], NOW + 4_000 + least_ms, "{event}");
        }
    }
    let mut step = started();
    for given_up in [false, false, false, false, true] {
        step = advanced(&step, failed("decode", false, 0), NOW + 4_000);
        assert_eq!(step["givenUp"], given_up);
    }
}

#[test]
fn a_handle_goes_on_where_it_was() {
    let step = written(watching::resume(HANDLE, &at(NOW + 10_000)));
    assert_eq!(step["watch"], serde_json::from_str::<Value>(HANDLE).unwrap());
    assert_eq!([&step["call"], &step["elapsedMs"]], [&json!("kps.task"), &json!(10_000)]);
    assert_eq!(json::to_text(&watching::resume(HANDLE, &at(NOW + 10_000)).unwrap().watch), HANDLE);
    let over = advanced(&started(), shown("failed"), NOW + 20_000);
    assert_eq!(written(watching::resume(&over["watch"].to_string(), &at(NOW + 30_000)))["watch"], over["watch"]);
}

#[test]
fn a_handle_of_which_anything_was_changed_is_refused() {
    let handle: Value = serde_json::from_str(HANDLE).unwrap();
    for (field, values) in [
        ("kind", json!(["sfs-turbo.job", "kps.tasks", "", null])),
        ("ids", json!([{"taskId": "t2"}, {"taskId": "T"}, {"taskId": ""}, {}, null])),
        ("begunAt", json!([NOW + 1, NOW - 1, -1, null, "1700000000000", NOW as f64 + 0.5])),
        ("fresh", json!([false, null])),
        ("startedAt", json!([NOW, 0])),
        ("asked", json!([3, 1, 0, null])),
        ("askedAt", json!([NOW + 9_001, NOW + 8_999, null])),
        ("nextAt", json!([NOW + 12_001, NOW + 11_999, 0, null])),
        ("failures", json!([1])),
        ("ended", json!([true])),
        ("check", json!(["c8b2fca8e4fdfaeb", "C8B2FCA8E4FDFAEA", "c8b2fca8e4fdfa", "x"])),
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
            let own = matches!((field, &*named), ("kind", "kind") | ("ids", "taskId") | ("begunAt", "begunAt"));
            assert!(named == "check" || own || (field == "kind" && named == "jobId"), "{field} {value}: {named}");
        }
    }
    // Every field was changed, but for the version.
    assert_eq!(handle.as_object().unwrap().len(), 13);
}

#[test]
fn what_is_no_handle_of_this_version_is_refused() {
    let versioned = |version: &str| HANDLE.replace("\"version\":1", &format!("\"version\":{version}"));
    for version in ["0", "-1", "1.5", "\"1\"", "null", "2", "9007199254740991"] {
        assert_eq!(refused(&versioned(version)), "version", "{version}");
    }
    let message = |handle: &str| watching::resume(handle, &at(NOW)).unwrap_err().message.clone();
    assert_eq!(message(&versioned("2")), "version: the handle is of a later version of this package");
    assert_eq!(message(&versioned("0")), "version: expected a handle, which JSON.stringify(operation) gives");
    assert_eq!(refused("{}"), "version");
    assert_eq!(refused(r#"{"version":1,"ids":{"taskId":"t"}}"#), "kind");
    assert_eq!(refused(r#"{"version":1,"kind":"kps.task"}"#), "taskId");
    // The ids stand in `ids`, and nowhere else.
    assert_eq!(refused(r#"{"version":1,"kind":"kps.task","taskId":"t"}"#), "taskId");
    for text in ["", "null", "[]", "\"x\"", &HANDLE[..HANDLE.len() - 1]] {
        assert_eq!(watching::resume(text, &at(NOW)).unwrap_err().kind, Kind::Config, "{text}");
    }
}

#[test]
fn a_handle_that_only_tells_what_is_watched_begins_anew() {
    let anew = begun(json!({"kind": "apig.task", "instanceId": "i", "taskId": "t", "now": NOW}));
    let bare = json!({"version": 1, "kind": "apig.task", "ids": {"instanceId": "i", "taskId": "t"}});
    assert_eq!(written(watching::resume(&bare.to_string(), &at(NOW))), anew);
    // What else it tells without a `check` is not believed.
    let mut full = bare.clone();
    full["begunAt"] = 5.into();
    full["fresh"] = true.into();
    full["ended"] = true.into();
    assert_eq!(written(watching::resume(&full.to_string(), &at(NOW))), anew);
}

#[test]
fn no_secret_is_in_a_handle() {
    let secret = "s3cret-token";
    let given = json!({"kind": "kps.task", "taskId": "t", "now": NOW, "token": secret, "projectId": secret,
        "credentials": {"secretKey": secret}});
    let step = begun(given);
    let mut event = shown("failed");
    event["token"] = secret.into();
    event["seen"]["error"] = json!({"code": secret, "message": secret});
    event["seen"]["status"] = secret.into();
    let mut unanswered = failed("server", true, 0);
    unanswered["failed"]["message"] = secret.into();
    unanswered["failed"]["raw"] = secret.into();
    for step in [step.clone(), advanced(&step, event, NOW), advanced(&step, unanswered, NOW)] {
        assert!(!step.to_string().contains(secret), "{step}");
    }
    let mut handle: Value = serde_json::from_str(HANDLE).unwrap();
    handle["token"] = secret.into();
    handle["ids"]["token"] = secret.into();
    assert!(!written(watching::resume(&handle.to_string(), &at(NOW))).to_string().contains(secret));
    // Nor is it in an error.
    handle["kind"] = secret.into();
    assert!(!json::to_text(&watching::resume(&handle.to_string(), &at(NOW)).unwrap_err()).contains(secret));
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
        let mut step = begun(json!({"kind": "apig.task", "instanceId": id, "taskId": id, "now": NOW, "fresh": true}));
        assert_eq!(step["watch"]["ids"], json!({"instanceId": id, "taskId": id}));
        for event in [shown("running"), failed("server", true, 0), shown("succeeded")] {
            step = advanced(&step, event, NOW + 9_000);
            assert_eq!(step["watch"]["ids"], json!({"instanceId": id, "taskId": id}));
            assert_eq!(written(watching::resume(&step["watch"].to_string(), &at(NOW + 9_000)))["watch"], step["watch"]);
        }
    }
}

#[test]
fn a_time_before_1970_is_a_time() {
    // A service may write -1 for a start that it does not know.
    let event = json!({"seen": {"state": "running", "startedAt": -1}});
    let step = advanced(&started(), event, NOW + 9_000);
    assert_eq!(advanced(&step, shown("succeeded"), NOW + 20_000)["watch"]["ended"], true);
    // A device without a battery may not know the time yet.
    let step = begun(json!({"kind": "apig.gateway", "instanceId": "i", "now": -5_000}));
    let step = advanced(&step, shown("running"), -4_000);
    assert_eq!(advanced(&step, shown("succeeded"), NOW)["watch"]["ended"], true);
}

#[test]
fn a_handle_holds_no_number_that_javascript_cannot() {
    // So long a `Retry-After` is as long as one gets.
    let step = advanced(&started(), failed("server", true, (1 << 53) - 1), NOW + 1);
    assert!(step["watch"]["nextAt"].as_i64().unwrap() < 1 << 53, "{step}");
    // What JSON has and no integer is, is no number.
    for now in ["1.5", "1e30", "\"5\"", "null", "9223372036854775808"] {
        let given = format!(r#"{{"kind":"kps.task","taskId":"t","now":{now}}}"#);
        assert_eq!(written(watching::begin(&given))["watch"]["begunAt"], 0, "{now}");
    }
}
