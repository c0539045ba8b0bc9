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
    /// The service used a word that is not documented. It may be any of the others, so it is no end.
    Unknown,
}

impl State {
    /// Whether nothing more will happen.
    pub fn is_final(self) -> bool {
        matches!(self, Self::Succeeded | Self::Partial | Self::Failed)
    }
}

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
}

impl Snapshot {
    /// What shows no more than a state.
    pub fn of(state: State, status: &str) -> Self {
        let status = status.to_owned();
        Self { state, status, percent: None, started_at: None, ended_at: None, error: None, parts: Vec::new() }
    }
}
