//! Whose an operation is: a handle of one client is refused by another.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use handles::{HANDLE, OWNED};
use huaweicloud_tasks::error::{Error, ErrorKind};
use huaweicloud_tasks::http::{Argument, Site};
use huaweicloud_tasks::json;
use huaweicloud_tasks::operation::handle::{Handle, Owner};
use huaweicloud_tasks::operation::poll::{Event, MAX_CONSECUTIVE_ERRORS};
use huaweicloud_tasks::service;
use serde_json::{Value, json};

mod handles;

const NOW: i64 = 1_700_000_000_000;

const RUNNING: Event = Event::Answered { is_final: false, percent: None, started_at: None };
const ENDED: Event = Event::Answered { is_final: true, percent: None, started_at: None };

fn failed(kind: ErrorKind, retryable: bool) -> Event {
    Event::Failed { kind, least_ms: 0, retryable, most: MAX_CONSECUTIVE_ERRORS }
}

fn argument(text: &str) -> Argument {
    serde_json::from_str(text).unwrap()
}

fn begin(owner: &Owner) -> Handle {
    let kind = service::find_kind("kps.task").unwrap();
    Handle::begin(kind, argument(r#"{"taskId":"t"}"#), Some(owner.clone()), NOW, false).unwrap()
}

/// A handle goes on at a client of this owner; `None` for one who does not say who he is.
fn resume(text: &str, owner: Option<&Owner>, now: i64) -> Result<Handle, Error> {
    Handle::resume(argument(text), service::find_kind, owner, now)
}

fn in_region(region: &str, project_id: &str) -> Site {
    Site { project_id: project_id.into(), region: Some(region.into()), ..Site::default() }
}

fn at(endpoint: &str) -> Site {
    Site { project_id: "p".into(), endpoint: Some(endpoint.into()), ..Site::default() }
}

#[test]
fn an_owner_is_region_and_project_or_a_hash_of_an_address() {
    let owner = Owner::of(&in_region("cn-north-4", "p"));
    assert_eq!(json::to_text(&owner), r#"{"region":"cn-north-4","projectId":"p"}"#);
    // FNV-1a of 64 bits; the address itself may say more than it should.
    let owner = Owner::of(&at("https://example.com/huawei"));
    assert_eq!(json::to_text(&owner), r#"{"endpoint":"688e2afccde97211","projectId":"p"}"#);
    // An address for a single service makes no other client of it.
    let overrides = vec![("kps".to_owned(), "https://keys.example".to_owned())];
    let site = Site { endpoints: overrides, ..in_region("cn-north-4", "p") };
    assert_eq!(Owner::of(&site), Owner::of(&in_region("cn-north-4", "p")));
}

#[test]
fn a_handle_of_another_client_is_refused() {
    let sites = [
        in_region("cn-north-4", "p"),
        in_region("cn-north-4", "q"),
        in_region("cn-north-1", "p"),
        at("https://h"),
        at("https://h/other"),
    ];
    for one in &sites {
        for other in &sites {
            let owner = Owner::of(one);
            let handle = begin(&owner);
            let again = resume(&json::to_text(&handle), Some(&Owner::of(other)), NOW);
            if one == other {
                assert_eq!(again.unwrap(), handle);
                continue;
            }
            let error = again.unwrap_err();
            assert_eq!((error.kind, error.field.as_deref()), (ErrorKind::Config, Some("owner")));
            // Only what differs is told, and never whose it is.
            let what = match (one, other) {
                _ if one.project_id != other.project_id => "project",
                _ if one.region != other.region => "region",
                _ => "endpoint",
            };
            assert_eq!(error.message, format!("owner: the handle is of a client with another {what}"));
            // Whoever does not say who he is may read it.
            assert_eq!(resume(&json::to_text(&handle), None, NOW).unwrap().owner, Some(owner));
        }
    }
}

#[test]
fn an_owner_goes_with_a_handle_through_everything() {
    let owner = Owner::of(&in_region("cn-north-4", "p"));
    let handle = begin(&owner);
    assert_eq!(json::to_text(&handle), OWNED);
    for event in [RUNNING, ENDED, failed(ErrorKind::Server, true), failed(ErrorKind::Auth, false)] {
        let (handle, _) = handle.clone().advance(event, NOW + 9_000, &[]);
        let again = resume(&json::to_text(&handle), Some(&owner), NOW + 9_000).unwrap();
        assert_eq!((again.owner.as_ref(), &again), (Some(&owner), &handle));
        assert_eq!(again.forgiven().owner.as_ref(), Some(&owner));
    }
}

#[test]
fn a_handle_without_an_owner_is_anybodys() {
    for owner in [Owner::of(&in_region("cn-north-4", "p")), Owner::of(&at("https://h"))] {
        let handle = resume(HANDLE, Some(&owner), NOW + 10_000).unwrap();
        assert_eq!(handle.owner, None);
        // So it is written as it was, and its check still holds.
        assert_eq!(json::to_text(&handle), HANDLE);
        let (handle, _) = handle.advance(RUNNING, NOW + 20_000, &[]);
        assert_eq!(resume(&json::to_text(&handle), Some(&owner), NOW + 20_000).unwrap(), handle);
    }
}

#[test]
fn an_owner_that_is_none_is_told_by_place() {
    let mut handle: Value = serde_json::from_str(OWNED).unwrap();
    for (owner, field) in [
        (json!("p"), "owner"),
        (json!([]), "owner"),
        (json!({}), "owner.projectId"),
        (json!({"projectId": 5}), "owner.projectId"),
        (json!({"projectId": "p", "region": {}}), "owner.region"),
        (json!({"projectId": "p", "endpoint": ""}), "owner.endpoint"),
        (json!({"projectId": "p", "token": "s3cret"}), "owner.token"),
    ] {
        handle["owner"] = owner.clone();
        let error = resume(&handle.to_string(), None, NOW).unwrap_err();
        assert_eq!((error.kind, error.field.as_deref()), (ErrorKind::Config, Some(field)), "{owner}");
    }
}
