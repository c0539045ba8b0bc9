//! What has become of an asynchronous import or export.

use serde::Serialize;

use super::GROUP;
use super::task_result::{self, TaskResult};
use crate::error::{Error, Failure};
use crate::http::{Endpoint, Reply, Request, Response, Site};
use crate::json::{self, Mismatch, Reader};
use crate::model::prior::Prior;
use crate::model::snapshot::{Snapshot, State};
use crate::service::Watched;
use crate::words;

words! {
    /// What an asynchronous task does.
    pub enum TaskType { ImportApi = "import_api", ExportApi = "export_api" }
}

words! {
    /// The state of an asynchronous task.
    pub enum TaskStatus {
        Waiting = "waiting",
        Processing = "processing",
        Succeed = "succeed",
        Failed = "failed",
    }
}

/// What has become of an asynchronous import or export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AsyncTask {
    /// The task's id.
    pub id: String,
    /// What it does, an unknown word kept.
    #[serde(rename = "type")]
    pub task_type: TaskType,
    /// Its state, an unknown word kept.
    pub status: TaskStatus,
    /// What it came to; `None` before the end.
    pub result: Option<TaskResult>,
}

/// What has become of an asynchronous task.
pub const ASYNC_TASK: Endpoint = Endpoint::get(
    "ShowAsyncTaskResult",
    GROUP,
    GROUP,
    "/v2/{projectId}/apigw/instances/{instanceId}/async-tasks/{taskId}",
);

impl AsyncTask {
    /// The request that asks for it.
    ///
    /// # Errors
    ///
    /// See [`Endpoint::request`].
    pub fn request(site: &Site, instance_id: &str, task_id: &str) -> Result<Request, Error> {
        ASYNC_TASK.request(site, &[("instanceId", instance_id), ("taskId", task_id)])
    }
}

impl Reply for AsyncTask {
    fn read(response: &Response) -> Result<Self, Mismatch> {
        read_async_task(&response.body)
    }
}

impl Watched for AsyncTask {
    const KIND: &'static str = "apig.task";
    const ENDPOINT: &'static Endpoint = &ASYNC_TASK;

    /// Nothing public. A guess: seconds, many for a large file.
    const PRIOR: Prior = Prior { median_ms: 8_000, steepness: 1, worth: 1, milestones: &[] };

    fn snapshot(&self) -> Snapshot {
        let (state, error) = match (&self.status, &self.result) {
            (TaskStatus::Waiting, _) => (State::Waiting, None),
            (TaskStatus::Processing, _) => (State::Running, None),
            (TaskStatus::Failed, Some(TaskResult::Failed(failure))) => (State::Failed, Some(failure.clone())),
            (TaskStatus::Failed, _) => (State::Failed, Some(Failure::default())),
            (TaskStatus::Succeed, Some(TaskResult::Import(report))) if report.partial => (State::Partial, None),
            (TaskStatus::Succeed, _) => (State::Succeeded, None),
            (TaskStatus::Unknown(_), _) => (State::Unknown, None),
        };
        Snapshot { error, ..Snapshot::of(state, self.status.as_str()) }
    }
}

/// Reads the body of an asynchronous task, with its nested result.
///
/// # Errors
///
/// The place where the body is not what the documents describe.
pub fn read_async_task(body: &str) -> Result<AsyncTask, Mismatch> {
    read(body, true)
}

/// Services write `task_result` after the words that tell how it is to be read: then it is read where it stands, and the
/// body is gone through once. What they said then is kept, as they may come again.
fn read(body: &str, in_place: bool) -> Result<AsyncTask, Mismatch> {
    let (mut id, mut task_type, mut status) = (None, None, None);
    let (mut result, mut found) = ("null", None);
    json::object(body, &mut |key, value| {
        match key {
            "task_id" => id = value.text_or_null()?,
            "task_type" => task_type = value.text_or_null()?,
            "task_status" => status = value.text_or_null()?,
            "task_result" => {
                let words = task_type.as_deref().zip(status.as_deref()).filter(|_| in_place);
                found = words.and_then(|(task_type, status)| {
                    let (task_type, status) = (TaskType::from(task_type), task_status(status));
                    let result = read_in_place(&task_type, &status, value)?;
                    Some((task_type, status, result))
                });
                if found.is_none() {
                    result = value.span()?;
                }
            }
            _ => value.skip()?,
        }
        Ok(())
    })?;
    let id = id.ok_or_else(|| Mismatch::missing("task_id", "an id"))?.into_owned();
    let task_type = TaskType::from(&*task_type.ok_or_else(|| Mismatch::missing("task_type", "a word"))?);
    let status = task_status(&status.ok_or_else(|| Mismatch::missing("task_status", "a word"))?);
    let result = match found {
        Some((type_then, status_then, result)) if type_then == task_type && status_then == status => Some(result),
        Some(_) => return read(body, false),
        None => read_result(&task_type, &status, result).map_err(|mismatch| mismatch.inside("task_result"))?,
    };
    Ok(AsyncTask { id, task_type, status, result })
}

/// The pages of the service do not agree on how they spell a success.
fn task_status(word: &str) -> TaskStatus {
    match TaskStatus::from(word) {
        TaskStatus::Unknown(word) if ["succeeded", "success"].iter().any(|other| other.eq_ignore_ascii_case(&word)) => {
            TaskStatus::Succeed
        }
        status => status,
    }
}

fn read_result(task_type: &TaskType, status: &TaskStatus, result: &str) -> Result<Option<TaskResult>, Mismatch> {
    Ok(match (status, task_type) {
        (TaskStatus::Failed, _) => Some(TaskResult::Failed(task_result::read_failure(result)?)),
        (TaskStatus::Succeed, TaskType::ImportApi) => {
            Some(TaskResult::Import(task_result::read_import_report(result)?))
        }
        (TaskStatus::Succeed, TaskType::ExportApi) => {
            Some(TaskResult::Export(task_result::read_exported_document(result)?))
        }
        _ => None,
    })
}

/// The same where it stands in its string; `None`, and nothing is read, where that will not do.
fn read_in_place(task_type: &TaskType, status: &TaskStatus, value: &mut Reader<'_>) -> Option<TaskResult> {
    match (status, task_type) {
        (TaskStatus::Succeed, TaskType::ImportApi) => {
            value.in_place(task_result::read_nested_import).map(TaskResult::Import)
        }
        (TaskStatus::Succeed, TaskType::ExportApi) => {
            value.in_place(task_result::read_nested_export).map(TaskResult::Export)
        }
        _ => None,
    }
}
