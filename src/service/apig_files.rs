//! API Gateway (APIG), dedicated gateways: the asynchronous import and export of APIs.

use serde::Serialize;

use super::View;
use super::apig::SERVICE;
use crate::call::{Arguments, Body, Endpoint, Kind, Parameter};
use crate::error::Error;
use crate::json::{self, Mismatch};

/// A task that was started.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StartedTask {
    /// What kind of operation it is.
    pub kind: &'static str,
    /// The task's id.
    pub task_id: String,
}

const MODES: Kind = Kind::Word(&["merge", "override"]);

/// Starts the import of an OpenAPI document, which is the file of its form.
pub const IMPORT_APIS: Endpoint<View> = Endpoint {
    check: needs_group,
    ..Endpoint::post(
        "ImportApiDefinitionsAsync",
        SERVICE,
        "/v2/{projectId}/apigw/instances/{instanceId}/openapi/async-import",
        Body::Form,
        |answer| read_started(answer.body),
    )
    .taking(&[
        Parameter::field("isCreateGroup", "is_create_group", Kind::Flag).or("true"),
        Parameter::field("groupId", "group_id", Kind::Text),
        Parameter::field("extendMode", "extend_mode", MODES).or("merge"),
        Parameter::field("simpleMode", "simple_mode", Kind::Flag).or("false"),
        Parameter::field("mockMode", "mock_mode", Kind::Flag).or("false"),
        Parameter::field("apiMode", "api_mode", MODES).or("merge"),
        Parameter::field("fileName", "file_name", Kind::FileName).required(),
    ])
};

/// Starts the export of APIs as an OpenAPI document. What is left out is the service's choice: `spec`, `json`, the time of
/// the export, all APIs of the group.
pub const EXPORT_APIS: Endpoint<View> = Endpoint::post(
    "ExportApiDefinitionsAsync",
    SERVICE,
    "/v2/{projectId}/apigw/instances/{instanceId}/openapi/async-export",
    Body::Json,
    |answer| read_started(answer.body),
)
.taking(&[
    Parameter::query("oasVersion", "oas_version", Kind::Word(&["2.0", "3.0"])).or("2.0"),
    Parameter::field("envId", "env_id", Kind::Text).required(),
    Parameter::field("groupId", "group_id", Kind::Text).required(),
    Parameter::field("define", "define", Kind::Word(&["spec", "proxy", "all", "dev"])),
    Parameter::field("type", "type", Kind::Word(&["json", "yaml", "yml"])),
    Parameter::field("version", "version", Kind::Text),
    Parameter::field("apis", "apis", Kind::Texts),
]);

fn needs_group(arguments: Arguments) -> Result<Arguments, Error> {
    if arguments.is_false("isCreateGroup") && arguments.text("groupId").is_none() {
        return Err(Error::config("groupId", "expected the group to import into, as isCreateGroup is false"));
    }
    Ok(arguments)
}

fn read_started(body: &str) -> Result<View, Mismatch> {
    let mut task_id = None;
    json::object(body, &mut |key, value| {
        match key {
            "task_id" => task_id = value.text_or_null()?,
            _ => value.skip()?,
        }
        Ok(())
    })?;
    let task_id = task_id.ok_or_else(|| Mismatch::missing("task_id", "an id"))?.into_owned();
    Ok(View::StartedTask(StartedTask { kind: "apig.task", task_id }))
}
