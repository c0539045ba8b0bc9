//! The asynchronous import and export of APIs.

use serde::{Deserialize, Serialize};

use super::GROUP;
use crate::choices;
use crate::error::Error;
use crate::http::{Endpoint, FilePart, Form, Reply, Request, Response, Site};
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

choices! {
    /// What becomes of APIs that are there already.
    pub enum Mode { Merge = "merge", Override = "override" }
}

choices! {
    /// The version of the OpenAPI specification to write.
    pub enum OasVersion { V2 = "2.0", V3 = "3.0" }
}

choices! {
    /// How much of the APIs to write.
    pub enum Define { Spec = "spec", Proxy = "proxy", All = "all", Dev = "dev" }
}

choices! {
    /// The format to write.
    pub enum FileFormat { Json = "json", Yaml = "yaml", Yml = "yml" }
}

/// What an import takes, beside the file.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ImportApis {
    /// Whether to make a new group; `true` when nothing is said.
    pub is_create_group: Option<bool>,
    /// The group to import into; it has to be said when no group is made.
    pub group_id: Option<String>,
    /// What becomes of extended definitions that are there already; `merge` when nothing is said.
    pub extend_mode: Option<Mode>,
    /// Whether to be content with the basic definitions.
    pub simple_mode: Option<bool>,
    /// Whether to switch mock answers on.
    pub mock_mode: Option<bool>,
    /// What becomes of APIs that are there already; `merge` when nothing is said.
    pub api_mode: Option<Mode>,
    /// The file's name, instead of its own.
    pub file_name: Option<String>,
}

/// What an export takes. What is left out is the service's choice: `spec`, `json`, the time of the export, all APIs of the
/// group.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(rename_all(deserialize = "camelCase"))]
pub struct ExportApis {
    /// The version of the OpenAPI specification to write; `2.0` when nothing is said.
    #[serde(skip_serializing)]
    pub oas_version: Option<OasVersion>,
    /// The environment that the APIs were published in.
    pub env_id: String,
    /// The group of the APIs.
    pub group_id: String,
    /// How much of the APIs to write.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub define: Option<Define>,
    /// The format to write.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub file_type: Option<FileFormat>,
    /// The version that the document says it is of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The APIs to export.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub apis: Option<Vec<String>>,
}

/// Starts the import of an OpenAPI document, which is the file of its form.
pub const IMPORT_APIS: Endpoint = Endpoint::post(
    "ImportApiDefinitionsAsync",
    GROUP,
    GROUP,
    "/v2/{projectId}/apigw/instances/{instanceId}/openapi/async-import",
);

/// Starts the export of APIs as an OpenAPI document.
pub const EXPORT_APIS: Endpoint = Endpoint::post(
    "ExportApiDefinitionsAsync",
    GROUP,
    GROUP,
    "/v2/{projectId}/apigw/instances/{instanceId}/openapi/async-export",
);

impl ImportApis {
    /// The request that starts the import of a file, which has this name when no other was given.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Config`](crate::error::ErrorKind::Config) when no group is to be made and none is named, or as
    /// [`Endpoint::request`] says.
    pub fn request(&self, site: &Site, instance_id: &str, name: &str) -> Result<Request, Error> {
        if self.is_create_group == Some(false) && self.group_id.is_none() {
            return Err(Error::config("groupId", "expected the group to import into, as isCreateGroup is false"));
        }
        let flag = |flag: Option<bool>, default: bool| flag.unwrap_or(default).to_string();
        let mode = |mode: Option<Mode>| mode.unwrap_or(Mode::Merge).as_str().to_owned();
        let mut fields = vec![("is_create_group", flag(self.is_create_group, true))];
        fields.extend(self.group_id.iter().map(|id| ("group_id", id.clone())));
        fields.extend([
            ("extend_mode", mode(self.extend_mode)),
            ("simple_mode", flag(self.simple_mode, false)),
            ("mock_mode", flag(self.mock_mode, false)),
            ("api_mode", mode(self.api_mode)),
        ]);
        let name = self.file_name.as_deref().unwrap_or(name).to_owned();
        let request = IMPORT_APIS.request(site, &[("instanceId", instance_id)])?;
        Ok(request.form(Form { fields, file: FilePart { field: "file_name", name } }))
    }
}

impl ExportApis {
    /// The request that starts the export.
    ///
    /// # Errors
    ///
    /// See [`Endpoint::request`].
    pub fn request(&self, site: &Site, instance_id: &str) -> Result<Request, Error> {
        let version = self.oas_version.unwrap_or(OasVersion::V2);
        let request = EXPORT_APIS.request(site, &[("instanceId", instance_id)])?;
        Ok(request.query("oas_version", version.as_str()).json(self))
    }
}

impl Reply for StartedTask {
    fn read(response: &Response) -> Result<Self, Mismatch> {
        read_started_task(&response.body)
    }
}

/// Reads the body of the answer to an import or an export.
///
/// # Errors
///
/// The place where the body is not what the documents describe.
pub fn read_started_task(body: &str) -> Result<StartedTask, Mismatch> {
    let [task_id] = json::texts(body, ["task_id"])?;
    let task_id = task_id.ok_or_else(|| Mismatch::missing("task_id", "an id"))?;
    Ok(StartedTask { kind: "apig.task", task_id })
}
