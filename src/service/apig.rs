//! API Gateway (APIG), dedicated gateways: the progress of a creation, and the result of an asynchronous task.

use std::borrow::Cow;

use serde::Serialize;

use super::View;
use crate::call::Endpoint;
use crate::error::Failure;
use crate::json::{self, Mismatch};
use crate::task_result::{self, TaskResult};
use crate::words;

/// The service, as its address names it.
pub(super) const SERVICE: &str = "apig";

words! {
    /// The state of a gateway's creation.
    pub enum GatewayState { Creating = "creating", Success = "success", Failed = "failed" }
}

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

/// How far the creation of a dedicated gateway is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GatewayProgress {
    /// In percent. The documents list 30, 50, 80, 90 and 100, their own examples also hold 0; any integer is passed on.
    pub percent: Option<i64>,
    /// The state, an unknown word kept.
    pub state: GatewayState,
    /// Why it failed; there whenever the state is `failed`.
    pub error: Option<Failure>,
    /// In epoch milliseconds.
    pub started_at: Option<i64>,
    /// In epoch milliseconds, once the state is final: the service fills `end_time` in before the end.
    pub ended_at: Option<i64>,
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

/// How far the creation of a dedicated gateway is.
pub const GATEWAY_PROGRESS: Endpoint<View> = Endpoint::get(
    "ShowDetailsOfInstanceProgressV2",
    SERVICE,
    "/v2/{projectId}/apigw/instances/{instanceId}/progress",
    |answer| read_gateway_progress(answer.body).map(View::GatewayProgress),
);

/// What has become of an asynchronous task.
pub const ASYNC_TASK: Endpoint<View> = Endpoint::get(
    "ShowAsyncTaskResult",
    SERVICE,
    "/v2/{projectId}/apigw/instances/{instanceId}/async-tasks/{taskId}",
    |answer| read_async_task(answer.body).map(View::AsyncTask),
);

/// Reads the body of a gateway's progress.
///
/// # Errors
///
/// The place where the body is not what the documents describe. Only `status` has to be there.
pub fn read_gateway_progress(body: &str) -> Result<GatewayProgress, Mismatch> {
    let (mut percent, mut state, mut code, mut message, mut start, mut end) = (None, None, None, None, None, None);
    json::object(body, &mut |key, value| {
        match key {
            "progress" => percent = value.integer_or_null()?,
            "status" => state = value.text_or_null()?,
            "error_code" => code = value.text_or_null()?,
            "error_msg" => message = value.text_or_null()?,
            "start_time" => start = value.integer_or_null()?,
            "end_time" => end = value.integer_or_null()?,
            _ => value.skip()?,
        }
        Ok(())
    })?;
    let state = GatewayState::from(&*state.ok_or_else(|| Mismatch::missing("status", "a word"))?);
    let error = Failure::of(code.map(Cow::into_owned), message.map(Cow::into_owned));
    // 0 stands for a time that is not there.
    let time = |time: Option<i64>| time.filter(|&time| time != 0);
    Ok(GatewayProgress {
        percent,
        error: if state == GatewayState::Failed { error.or_else(|| Some(Failure::default())) } else { error },
        started_at: time(start),
        ended_at: if matches!(state, GatewayState::Success | GatewayState::Failed) { time(end) } else { None },
        state,
    })
}

/// Reads the body of an asynchronous task, with its nested result.
///
/// # Errors
///
/// The place where the body is not what the documents describe.
pub fn read_async_task(body: &str) -> Result<AsyncTask, Mismatch> {
    let (mut id, mut task_type, mut status, mut result) = (None, None, None, "null");
    json::object(body, &mut |key, value| {
        match key {
            "task_id" => id = value.text_or_null()?,
            "task_type" => task_type = value.text_or_null()?,
            "task_status" => status = value.text_or_null()?,
            "task_result" => result = value.span()?,
            _ => value.skip()?,
        }
        Ok(())
    })?;
    let id = id.ok_or_else(|| Mismatch::missing("task_id", "an id"))?.into_owned();
    let task_type = TaskType::from(&*task_type.ok_or_else(|| Mismatch::missing("task_type", "a word"))?);
    let status = task_status(&status.ok_or_else(|| Mismatch::missing("task_status", "a word"))?);
    let result = read_result(&task_type, &status, result).map_err(|mismatch| mismatch.inside("task_result"))?;
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
