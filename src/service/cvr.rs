//! Cloud VR (CVR): the render tasks, which connect devices to cloud servers.

use serde::Serialize;

use super::View;
use super::record::{Field, FieldValue, Read, Record, integer_or_nothing, text, texts, word};
use crate::call::{Endpoint, Kind, Parameter};
use crate::json::{self, Mismatch, Reader};
use crate::time;

/// The states of a render task.
pub const STATUSES: [&str; 2] = ["active", "finish"];

/// Why a render task may have ended.
pub const FINISH_REASONS: [&str; 6] =
    ["cancel", "normal", "error", "server_deleted", "application_start_failed", "device_changed"];

/// Render tasks, a page of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RenderTasks {
    /// How many there are that match, on all pages.
    pub count: Option<i64>,
    /// Those of this page, with the fields of [`RENDER_TASK`].
    pub render_tasks: Vec<Record>,
}

/// The fields of a render task, one device's connection to a cloud server, in the order of the documents.
pub const RENDER_TASK: [Field; 17] = [
    field("task_id", "taskId", text),                                // the task's id
    field("application_id", "applicationId", text),                  // the application's id
    field("server_id", "serverId", text),                            // the cloud server's id
    field("session_id", "sessionId", text),                          // the session of sound and picture, if any
    field("device_id", "deviceId", text),                            // the device's id
    field("device_brand", "deviceBrand", text),                      // the device's brand
    field("device_type", "deviceType", text),                        // the type of device
    field("application_user", "applicationUser", text),              // who uses the application
    field("application_launch_args", "applicationLaunchArgs", text), // what the application was started with
    field("protocol_type", "protocolType", text),                    // how the device and the server speak
    field("location", "location", texts),                            // the regions or the edge sites
    field("resolution", "resolution", text),                         // the resolution of the picture
    field("gpu_ip_type", "gpuIpType", text),                         // the kind of server address the device got
    field("status", "status", status),                               // the state, an unknown word kept
    field("start_time", "startedAt", time),                          // when it started, in epoch milliseconds
    field("finish_time", "finishedAt", time),                        // when it ended, in epoch milliseconds
    field("finish_reason", "finishReason", finish_reason),           // why it ended, an unknown word kept
];

const fn field(name: &'static str, shown: &'static str, read: Read) -> Field {
    Field { name, shown, read }
}

fn status(value: &mut Reader<'_>) -> Result<FieldValue, Mismatch> {
    word(value, &STATUSES)
}

fn finish_reason(value: &mut Reader<'_>) -> Result<FieldValue, Mismatch> {
    word(value, &FINISH_REASONS)
}

fn time(value: &mut Reader<'_>) -> Result<FieldValue, Mismatch> {
    time::rfc3339_or_null(value).map(integer_or_nothing)
}

/// The list of render tasks, whose path has no project.
pub const RENDER_TASKS: Endpoint<View> = Endpoint::get("list render tasks", "cvr", "/v2/cvr/render-tasks", |answer| {
    read_render_tasks(answer.body).map(View::RenderTasks)
})
.taking(&[
    Parameter::query("status", "status", Kind::Word(&STATUSES)),
    Parameter::query("applicationId", "application_id", Kind::Text),
    Parameter::query("serverId", "server_id", Kind::Text),
    Parameter::query("deviceId", "device_id", Kind::Text),
    Parameter::query("limit", "limit", Kind::Integer(1, 1_000)),
    Parameter::query("offset", "offset", Kind::Integer(0, json::MAX_SAFE_INTEGER)),
]);

/// Reads the body of a list of render tasks.
///
/// # Errors
///
/// The place where the body is not what the documents describe. No field has to be there.
pub fn read_render_tasks(body: &str) -> Result<RenderTasks, Mismatch> {
    let (mut count, mut render_tasks) = (None, Vec::new());
    json::object(body, &mut |key, value| {
        match key {
            "count" => count = value.integer_or_null()?,
            "render_tasks" => {
                render_tasks.clear();
                value.array_or_null(&mut |task| {
                    render_tasks.push(Record::read(&RENDER_TASK, task)?);
                    Ok(())
                })?;
            }
            _ => value.skip()?,
        }
        Ok(())
    })?;
    Ok(RenderTasks { count, render_tasks })
}
