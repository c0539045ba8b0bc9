//! A kind of operation that this crate does not know: described while it runs, and watched like any other.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

use std::sync::Arc;

use huaweicloud_tasks::error::{Error, ErrorKind};
use huaweicloud_tasks::http::{Argument, Endpoint, Request, Response, Site};
use huaweicloud_tasks::json::{self, Mismatch};
use huaweicloud_tasks::model::prior::Prior;
use huaweicloud_tasks::model::snapshot::{MAX_DEPTH, Part, Resource, Snapshot, State};
use huaweicloud_tasks::operation::handle::Handle;
use huaweicloud_tasks::operation::poll::{Action, Event};
use huaweicloud_tasks::operation::view::View;
use huaweicloud_tasks::service;
use huaweicloud_tasks::service::kind::{Ask, Kind};

const NOW: i64 = 1_700_000_000_000;

/// Jobs of a service of the user's own: a word, the id of a server, and jobs within jobs.
#[derive(Debug)]
struct Jobs(Endpoint);

impl Ask for Jobs {
    fn ids(&self) -> Vec<&str> {
        self.0.ids().collect()
    }

    fn request(&self, site: &Site, ids: &[(&str, &str)]) -> Result<Request, Error> {
        self.0.request(site, ids)
    }

    fn read(&self, response: &Response) -> Result<Snapshot, Mismatch> {
        let [word, server] = json::texts(&response.body, ["status", "server_id"])?;
        let state = match word.as_deref() {
            Some("STOPPED") => State::Cancelled,
            Some("IN_SYNC") => State::Steady,
            Some("DONE") => State::Succeeded,
            _ => State::Running,
        };
        let resources = server.into_iter().map(|id| Resource { name: "server_id".into(), id }).collect();
        let parts = vec![(0..20).fold(part(), |inner, _| Part { parts: vec![inner], ..part() })];
        Ok(Snapshot { parts, resources, ..Snapshot::of(state, word.as_deref().unwrap_or_default()) })
    }
}

fn part() -> Part {
    Part {
        name: None,
        state: State::Running,
        status: String::new(),
        percent: None,
        started_at: None,
        ended_at: None,
        error: None,
        parts: vec![],
    }
}

fn kind() -> Kind {
    let endpoint = Endpoint::get("ShowJob", "ecs", "ecs", "/v1/{projectId}/clusters/{clusterId}/jobs/{jobId}");
    let prior = Prior { median_ms: 60_000, steepness: 1, worth: 1, milestones: &[] };
    Kind::described("mine.job".into(), prior, Arc::new(Jobs(endpoint)))
}

fn handle() -> Handle {
    Handle::begin(&kind(), [("jobId", "j/1"), ("clusterId", "c")].into(), None, NOW, false).unwrap()
}

/// The handle and the view after an answer, and what to do then.
fn answered(body: &str) -> (Handle, View, Action) {
    let (kind, handle) = (kind(), handle());
    let site = Site { project_id: "p".into(), endpoint: Some("https://example.com".into()), ..Site::default() };
    let request = kind.request(&site, &handle.ids()).unwrap();
    assert_eq!(request.url, "https://example.com/v1/p/clusters/c/jobs/j%2F1");
    let response = Response { status: 200, body: body.into(), ..Response::default() };
    let detail = kind.read(&response, &request).unwrap();
    let (handle, action) = handle.advance(Event::from(&detail.snapshot()), NOW + 1_000, &[]);
    let view = View::new(&handle, detail, NOW + 1_000, &[]);
    (handle, view, action)
}

#[test]
fn it_is_watched_like_any_other() {
    let (handle, view, action) = answered(r#"{"status":"BUSY"}"#);
    assert_eq!((view.state, &*view.status, &*view.kind), (State::Running, "BUSY", "mine.job"));
    assert_eq!((action, handle.ended), (Action::Ask { least_ms: 0 }, false));
    let written = serde_json::to_value(&view).unwrap();
    assert_eq!((&written["jobId"], &written["clusterId"]), (&"j/1".into(), &"c".into()));
    let (_, view, action) = answered(r#"{"status":"DONE","server_id":"s"}"#);
    assert_eq!((view.is_success(), action), (true, Action::End));
    assert_eq!(view.resources, [Resource { name: "server_id".into(), id: "s".into() }]);
}

#[test]
fn what_was_cancelled_and_what_need_not_end_are_over_and_no_success() {
    for (word, state, estimate) in [("STOPPED", State::Cancelled, None), ("IN_SYNC", State::Steady, Some(100))] {
        let (handle, view, action) = answered(&format!(r#"{{"status":"{word}"}}"#));
        assert_eq!((view.state, action, handle.ended), (state, Action::End, true), "{word}");
        // A duration that was cut short teaches nothing.
        assert_eq!((view.is_success(), view.estimated_percent), (false, estimate), "{word}");
    }
}

#[test]
fn parts_within_parts_are_kept_to_a_depth() {
    fn depth(parts: &[Part]) -> usize {
        parts.iter().map(|part| 1 + depth(&part.parts)).max().unwrap_or(0)
    }
    assert_eq!(depth(&answered("{}").1.parts), MAX_DEPTH);
}

#[test]
fn its_handle_goes_on_where_the_kind_is_known_and_names_it_where_it_is_not() {
    let (handle, ..) = answered("{}");
    let written = json::to_text(&handle);
    assert!(!written.contains("example.com") && !written.contains("/v1/"), "{written}");
    let argument = || serde_json::from_str::<Argument>(&written).unwrap();
    let own = kind();
    assert_eq!(Handle::resume(argument(), |_| Ok(&own), None, NOW + 2_000).unwrap(), handle);
    let error = Handle::resume(argument(), service::find_kind, None, NOW + 2_000).unwrap_err();
    assert_eq!((error.kind, error.field.as_deref()), (ErrorKind::Config, Some("kind")));
}

#[test]
fn its_ids_are_those_of_its_path() {
    let begin = |ids: Argument| Handle::begin(&kind(), ids, None, NOW, false).unwrap_err().field.clone();
    assert_eq!(begin([("jobId", "j")].into()).as_deref(), Some("clusterId"));
    assert_eq!(begin([("clusterId", "c"), ("jobId", "j"), ("taskId", "t")].into()).as_deref(), Some("taskId"));
}
