//! What one answer shows of a long-running operation, the same for every service: their words as one set of states. Each
//! service says beside its models what these show.

use serde::Serialize;

use crate::error::Failure;

/// How an operation fares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum State {
    /// It was accepted and has not begun.
    Waiting,
    /// It has begun.
    Running,
    /// It has ended well.
    Succeeded,
    /// It has ended, and did some of what was asked.
    Partial,
    /// It has ended, and did not do what was asked.
    Failed,
    /// It has ended, as somebody wanted it to end.
    Cancelled,
    /// It does what was asked, and need not end: a replication that keeps up with its source.
    Steady,
    /// The service used a word that is not documented. It may be any of the others, so it is no end.
    Unknown,
}

impl State {
    /// Whether there is nothing more to wait for.
    pub fn is_final(self) -> bool {
        matches!(self, Self::Succeeded | Self::Partial | Self::Failed | Self::Cancelled | Self::Steady)
    }
}

/// How many levels of parts are kept: deeper ones are left out.
pub const MAX_DEPTH: usize = 8;

/// What one answer shows of an operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Snapshot {
    /// How it fares.
    pub state: State,
    /// The service's own word.
    pub status: String,
    /// The progress that the service reports, in percent.
    pub percent: Option<i64>,
    /// In epoch milliseconds, by the service's clock.
    pub started_at: Option<i64>,
    /// In epoch milliseconds, by the service's clock.
    pub ended_at: Option<i64>,
    /// Why it failed.
    pub error: Option<Failure>,
    /// What it is made of.
    pub parts: Vec<Part>,
    /// What it has made.
    pub resources: Vec<Resource>,
}

/// A part of an operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Part {
    /// What the service calls it: the name of an item, the id of a job.
    pub name: Option<String>,
    /// How it fares.
    pub state: State,
    /// The service's own word.
    pub status: String,
    /// In percent.
    pub percent: Option<i64>,
    /// In epoch milliseconds.
    pub started_at: Option<i64>,
    /// In epoch milliseconds.
    pub ended_at: Option<i64>,
    /// Why it failed.
    pub error: Option<Failure>,
    /// What it is made of itself, at most [`MAX_DEPTH`] levels in all.
    pub parts: Vec<Part>,
}

/// A resource that an operation has made, such as a server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Resource {
    /// The service's name of its id, such as `server_id`.
    pub name: String,
    /// Its id.
    pub id: String,
}

impl Snapshot {
    /// What shows no more than a state.
    pub fn of(state: State, status: &str) -> Self {
        let (status, parts, resources) = (status.to_owned(), Vec::new(), Vec::new());
        Self { state, status, percent: None, started_at: None, ended_at: None, error: None, parts, resources }
    }

    /// The same with no more than [`MAX_DEPTH`] levels of parts.
    #[must_use]
    pub fn bounded(mut self) -> Self {
        cut(&mut self.parts, MAX_DEPTH);
        self
    }
}

fn cut(parts: &mut Vec<Part>, levels: usize) {
    match levels.checked_sub(1) {
        None => parts.clear(),
        Some(rest) => parts.iter_mut().for_each(|part| cut(&mut part.parts, rest)),
    }
}
