//! One view of every long-running operation: the services' words as one set of states.

use serde::Serialize;

use crate::error::Failure;
use crate::service::apig::task_result::TaskResult;
use crate::service::apig::{AsyncTask, GatewayProgress, GatewayState, TaskStatus};
use crate::service::kps::{KeypairTask, Phase};
use crate::service::roma::{RomaInstanceProgress, RomaItem, RomaState};
use crate::service::sfs_turbo::{Job, JobState, SubJob};

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

fn plain(state: State, status: &str) -> Snapshot {
    let status = status.to_owned();
    Snapshot { state, status, percent: None, started_at: None, ended_at: None, error: None, parts: Vec::new() }
}

impl From<&GatewayProgress> for Snapshot {
    fn from(progress: &GatewayProgress) -> Self {
        let state = match progress.state {
            GatewayState::Creating => State::Running,
            GatewayState::Success => State::Succeeded,
            GatewayState::Failed => State::Failed,
            GatewayState::Unknown(_) => State::Unknown,
        };
        let GatewayProgress { percent, started_at, ended_at, .. } = *progress;
        Snapshot {
            percent,
            started_at,
            ended_at,
            error: progress.error.clone(),
            ..plain(state, progress.state.as_str())
        }
    }
}

impl From<&AsyncTask> for Snapshot {
    fn from(task: &AsyncTask) -> Self {
        let (state, error) = match (&task.status, &task.result) {
            (TaskStatus::Waiting, _) => (State::Waiting, None),
            (TaskStatus::Processing, _) => (State::Running, None),
            (TaskStatus::Failed, Some(TaskResult::Failed(failure))) => (State::Failed, Some(failure.clone())),
            (TaskStatus::Failed, _) => (State::Failed, Some(Failure::default())),
            (TaskStatus::Succeed, Some(TaskResult::Import(report))) if report.partial => (State::Partial, None),
            (TaskStatus::Succeed, _) => (State::Succeeded, None),
            (TaskStatus::Unknown(_), _) => (State::Unknown, None),
        };
        Snapshot { error, ..plain(state, task.status.as_str()) }
    }
}

fn roma_state(state: &RomaState) -> State {
    match state {
        RomaState::Creating => State::Running,
        RomaState::Success => State::Succeeded,
        RomaState::Failed => State::Failed,
        RomaState::Unknown(_) => State::Unknown,
    }
}

impl From<&RomaInstanceProgress> for Snapshot {
    fn from(progress: &RomaInstanceProgress) -> Self {
        let part = |item: &RomaItem| Part {
            name: item.name.clone(),
            state: roma_state(&item.state),
            status: item.state.as_str().to_owned(),
            percent: item.percent,
            started_at: item.started_at,
            ended_at: item.ended_at,
            error: item.error.clone(),
        };
        Snapshot {
            percent: progress.percent,
            started_at: progress.started_at,
            ended_at: progress.ended_at,
            error: progress.error.clone(),
            parts: progress.items.iter().map(part).collect(),
            ..plain(roma_state(&progress.state), progress.state.as_str())
        }
    }
}

fn job_state(state: &JobState) -> State {
    match state {
        JobState::Waiting => State::Waiting,
        JobState::Running => State::Running,
        JobState::Success => State::Succeeded,
        JobState::Failed => State::Failed,
        JobState::Unknown(_) => State::Unknown,
    }
}

impl From<&Job> for Snapshot {
    fn from(job: &Job) -> Self {
        let part = |job: &SubJob| Part {
            name: job.id.clone(),
            state: job_state(&job.state),
            status: job.state.as_str().to_owned(),
            percent: None,
            started_at: job.started_at,
            ended_at: job.ended_at,
            error: job.error.clone(),
        };
        Snapshot {
            started_at: job.started_at,
            ended_at: job.ended_at,
            error: job.error.clone(),
            parts: job.sub_jobs.iter().map(part).collect(),
            ..plain(job_state(&job.state), job.state.as_str())
        }
    }
}

impl From<&KeypairTask> for Snapshot {
    fn from(task: &KeypairTask) -> Self {
        let state = match task.phase {
            // Half a word that is known is not a word that is known.
            _ if task.operation.is_none() => State::Unknown,
            Some(Phase::Ready) => State::Waiting,
            Some(Phase::Running) => State::Running,
            Some(Phase::Success) => State::Succeeded,
            Some(Phase::Failed) => State::Failed,
            Some(Phase::Unknown(_)) | None => State::Unknown,
        };
        // The service gives no reason.
        let error = (state == State::Failed).then(Failure::default);
        Snapshot { error, ..plain(state, &task.status) }
    }
}
