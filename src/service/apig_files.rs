//! API Gateway (APIG), dedicated gateways: the asynchronous import and export of APIs.

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::View;
use super::apig::SERVICE;
use crate::arguments::Arguments;
use crate::call::{Body, Call};
use crate::error::Error;
use crate::json::{self, Mismatch, Value};

/// A task that was started.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StartedTask {
    /// What kind of operation it is.
    pub kind: &'static str,
    /// The task's id.
    pub task_id: String,
}

/// `ImportApiDefinitionsAsync`: starts the import of an OpenAPI document, given as the file. Arguments: `projectId`,
/// `instanceId`, and what the form has: `isCreateGroup` (true), `groupId` (needed when no group is created), `extendMode`
/// and `apiMode` (`merge` or `override`; merge), `simpleMode` (false), `mockMode` (false), `fileName`.
///
/// # Errors
///
/// [`Kind::Config`](crate::error::Kind::Config) that names the argument.
pub fn import_apis(arguments: &Arguments) -> Result<Call<Box<View>>, Error> {
    const MODES: &[&str] = &["merge", "override"];
    arguments.only(&[
        "projectId",
        "instanceId",
        "isCreateGroup",
        "groupId",
        "extendMode",
        "simpleMode",
        "mockMode",
        "apiMode",
        "fileName",
    ])?;
    let (project, instance) = (arguments.segment("projectId")?, arguments.segment("instanceId")?);
    let file = arguments.file()?;
    let creates = arguments.flag("isCreateGroup")?.unwrap_or(true);
    let group = arguments.optional_text("groupId")?;
    if !creates && group.is_none() {
        return Err(arguments.wrong("groupId", "expected the group to import into, as isCreateGroup is false"));
    }
    let word = |flag: bool| if flag { "true" } else { "false" };
    let mut fields = vec![("is_create_group", word(creates))];
    fields.extend(group.map(|group| ("group_id", group)));
    fields.push(("extend_mode", arguments.word("extendMode", MODES)?.unwrap_or("merge")));
    fields.push(("simple_mode", word(arguments.flag("simpleMode")?.unwrap_or(false))));
    fields.push(("mock_mode", word(arguments.flag("mockMode")?.unwrap_or(false))));
    fields.push(("api_mode", arguments.word("apiMode", MODES)?.unwrap_or("merge")));
    let looks_like_json = file.trim_ascii_start().first() == Some(&b'{');
    let file_name = arguments.optional_text("fileName")?;
    let file_name = file_name.unwrap_or(if looks_like_json { "apis.json" } else { "apis.yaml" });
    let path = format!("/v2/{project}/apigw/instances/{instance}/openapi/async-import");
    let body = multipart(&fields, ("file_name", file_name, file));
    Ok(Call::post("ImportApiDefinitionsAsync", SERVICE, path, body, |answer| read_started(answer.body)))
}

/// `ExportApiDefinitionsAsync`: starts an export. Arguments: `projectId`, `instanceId`, `envId`, `groupId`, `oasVersion`
/// (`2.0` or `3.0`; 2.0), `define` (`spec`, `proxy`, `all` or `dev`; spec), `type` (`json`, `yaml` or `yml`; json),
/// `version` (the time of the export), `apis` (ids; all).
///
/// # Errors
///
/// [`Kind::Config`](crate::error::Kind::Config) that names the argument.
pub fn export_apis(arguments: &Arguments) -> Result<Call<Box<View>>, Error> {
    arguments.only(&[
        "projectId",
        "instanceId",
        "envId",
        "groupId",
        "oasVersion",
        "define",
        "type",
        "version",
        "apis",
    ])?;
    let (project, instance) = (arguments.segment("projectId")?, arguments.segment("instanceId")?);
    let body = Value::Object(vec![
        ("env_id", Some(Value::Text(arguments.text("envId")?))),
        ("group_id", Some(Value::Text(arguments.text("groupId")?))),
        ("define", arguments.word("define", &["spec", "proxy", "all", "dev"])?.map(Value::Text)),
        ("type", arguments.word("type", &["json", "yaml", "yml"])?.map(Value::Text)),
        ("version", arguments.optional_text("version")?.map(Value::Text)),
        ("apis", arguments.texts("apis")?.map(Value::Texts)),
    ]);
    let version = arguments.word("oasVersion", &["2.0", "3.0"])?.unwrap_or("2.0");
    let path = format!("/v2/{project}/apigw/instances/{instance}/openapi/async-export");
    let body = Body::Json(body.to_json());
    let call = Call::post("ExportApiDefinitionsAsync", SERVICE, path, body, |answer| read_started(answer.body));
    Ok(Call { query: vec![("oas_version", version.to_owned())], ..call })
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

/// A form: its fields, then its file.
fn multipart(fields: &[(&str, &str)], (name, file_name, file): (&str, &str, &[u8])) -> Body {
    // Drawn from the file itself: it cannot hold its own hash but by design, and is then drawn again.
    let mut hash = Sha256::digest(file);
    let mut boundary = boundary_of(&hash);
    while file.windows(boundary.len()).any(|window| window == boundary.as_bytes()) {
        hash = Sha256::digest(hash);
        boundary = boundary_of(&hash);
    }
    let mut bytes = Vec::with_capacity(file.len() + 1_024);
    for (name, value) in fields {
        let head = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        bytes.extend_from_slice(head.as_bytes());
    }
    // As browsers write it: what would end the name is percent-encoded, all else stands as it is.
    let file_name = file_name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A");
    let disposition = format!("Content-Disposition: form-data; name=\"{name}\"; filename=\"{file_name}\"");
    let head = format!("--{boundary}\r\n{disposition}\r\nContent-Type: application/octet-stream\r\n\r\n");
    bytes.extend_from_slice(head.as_bytes());
    bytes.extend_from_slice(file);
    bytes.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
    Body::Multipart { boundary, bytes }
}

fn boundary_of(hash: &[u8]) -> String {
    let letters = hash.iter().take(24).map(|byte| char::from(b'a' + byte % 26));
    "form-".chars().chain(letters).collect()
}
