//! Cloud VR (CVR): the render tasks, which connect devices to cloud servers.

use serde::{Deserialize, Serialize};

use crate::choices;
use crate::error::Error;
use crate::http::{Endpoint, Reply, Request, Response, Site, Within};
use crate::json::{self, Mismatch, Reader};
use crate::model::record::{Field, FieldValue, Read, Record, integer_or_nothing, text, texts, word};
use crate::model::time;

choices! {
    /// The states of a render task.
    pub enum Status { Active = "active", Finish = "finish" }
}

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
    word(value, Status::WORDS)
}

fn finish_reason(value: &mut Reader<'_>) -> Result<FieldValue, Mismatch> {
    word(value, &FINISH_REASONS)
}

fn time(value: &mut Reader<'_>) -> Result<FieldValue, Mismatch> {
    time::rfc3339_or_null(value).map(integer_or_nothing)
}

/// Which render tasks to list.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Filter {
    /// Those in this state.
    pub status: Option<Status>,
    /// Those of this application.
    pub application_id: Option<String>,
    /// Those of this server.
    pub server_id: Option<String>,
    /// Those of this device.
    pub device_id: Option<String>,
    /// How many at the most.
    pub limit: Option<Within<1, 1_000>>,
    /// How many to pass over first.
    pub offset: Option<Within<0, { json::MAX_SAFE_INTEGER }>>,
}

/// The list of render tasks, whose path has no project.
pub const RENDER_TASKS: Endpoint = Endpoint::get("list render tasks", "cvr", "cvr", "/v2/cvr/render-tasks");

impl Filter {
    /// The request that asks for a page of them.
    ///
    /// # Errors
    ///
    /// See [`Endpoint::request`].
    pub fn request(&self, site: &Site) -> Result<Request, Error> {
        let number = |number: i64| number.to_string();
        let mut request = RENDER_TASKS.request(site, &[])?;
        for (name, value) in [
            ("status", self.status.map(|status| status.as_str().to_owned())),
            ("application_id", self.application_id.clone()),
            ("server_id", self.server_id.clone()),
            ("device_id", self.device_id.clone()),
            ("limit", self.limit.map(|limit| number(limit.0))),
            ("offset", self.offset.map(|offset| number(offset.0))),
        ] {
            if let Some(value) = value {
                request = request.query(name, &value);
            }
        }
        Ok(request)
    }
}

impl Reply for RenderTasks {
    fn read(response: &Response) -> Result<Self, Mismatch> {
        read_render_tasks(&response.body)
    }
}

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
