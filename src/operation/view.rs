//! What there is to tell of an operation: the same for every kind.

use serde::Serialize;

use super::handle::{Handle, ids_as_object};
use crate::error::Failure;
use crate::json;
use crate::model::snapshot::{Part, Resource, Snapshot, State};
use crate::service::Detail;
use crate::text::hash;

/// What was seen of an operation, and what is made of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct View {
    /// The kind of operation.
    pub kind: String,
    /// Its ids.
    #[serde(flatten, serialize_with = "ids_as_object")]
    pub ids: Vec<(String, String)>,
    /// How it fares.
    pub state: State,
    /// The service's own word.
    pub status: String,
    /// The progress that the service reports, in percent.
    pub percent: Option<i64>,
    /// How far it may be by the time it has taken, in percent.
    pub estimated_percent: Option<u64>,
    /// In epoch milliseconds, by the service's clock.
    pub started_at: Option<i64>,
    /// In epoch milliseconds, by the service's clock.
    pub ended_at: Option<i64>,
    /// How long it has been running, or took, in milliseconds.
    pub elapsed_ms: i64,
    /// When it may end.
    pub eta: Option<Eta>,
    /// Whether it takes longer than 95 % of its like.
    pub slow: bool,
    /// What it is made of.
    pub parts: Vec<Part>,
    /// What it has made.
    pub resources: Vec<Resource>,
    /// Why it failed, or what went wrong so far.
    pub error: Option<Failure>,
    /// The answer of the service's own call.
    pub detail: Detail,
}

/// When an operation may end, in epoch milliseconds: the range holds the end four times out of five.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Eta {
    /// Not likely before.
    pub earliest: i64,
    /// Not likely after.
    pub latest: i64,
}

/// A state that an operation was seen in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SeenState {
    /// When it was seen, in epoch milliseconds.
    pub at: i64,
    /// How it fared.
    pub state: State,
    /// The service's own word.
    pub status: String,
    /// The progress that the service reported, in percent.
    pub percent: Option<i64>,
}

impl View {
    /// What there is to tell after an answer, which the handle knows of already. `durations` are those of operations of the
    /// like that have ended, in milliseconds.
    pub fn new(handle: &Handle, detail: Detail, now: i64, durations: &[u64]) -> Self {
        let Snapshot { state, status, percent, started_at, ended_at, error, parts, resources } =
            detail.snapshot().bounded();
        let elapsed_ms = handle.elapsed_ms(now);
        let range_ms = handle.eta_ms(now, durations);
        // By a guess, nothing is slow.
        let slow = range_ms.is_some() && handle.is_slow(now, durations);
        let range_ms = range_ms.filter(|_| !handle.ended);
        let at = |left: u64| now.saturating_add_unsigned(left);
        let is_done = matches!(state, State::Succeeded | State::Partial | State::Steady);
        Self {
            kind: handle.kind.clone(),
            ids: handle.ids.clone(),
            percent,
            estimated_percent: if is_done { Some(100) } else { estimate(elapsed_ms, range_ms) },
            started_at,
            ended_at,
            elapsed_ms: match started_at.zip(ended_at) {
                Some((start, end)) => end.saturating_sub(start),
                None => i64::try_from(elapsed_ms).unwrap_or(i64::MAX),
            },
            eta: range_ms.map(|(earliest, latest)| Eta { earliest: at(earliest), latest: at(latest) }),
            slow,
            parts,
            resources,
            error,
            detail,
            state,
            status,
        }
    }

    /// What two views that say something else differ in, as a short text.
    pub fn likeness(&self) -> String {
        let what = (self.state, &self.status, self.percent, self.slow, &self.parts, &self.resources, &self.error);
        hash(json::to_text(&what).as_bytes())
    }

    /// Whether it ended well.
    pub fn is_success(&self) -> bool {
        self.state == State::Succeeded
    }

    /// The state that it was seen in, at this time.
    pub fn seen_state(&self, at: i64) -> SeenState {
        SeenState { at, state: self.state, status: self.status.clone(), percent: self.percent }
    }
}

/// How far it may be, in percent, when so much is over and so much is left.
fn estimate(elapsed_ms: u64, range_ms: Option<(u64, u64)>) -> Option<u64> {
    let (earliest, latest) = range_ms?;
    let total = elapsed_ms.saturating_add(earliest / 2).saturating_add(latest / 2);
    elapsed_ms.saturating_mul(100).checked_div(total).map(|percent| percent.min(99))
}
