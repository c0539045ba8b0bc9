//! What an import came to, API by API.

use std::borrow::Cow;

use serde::Serialize;

use crate::json::rows::{Column, Rows};
use crate::json::{Mismatch, Reader};

/// The columns of the APIs that were imported.
pub const SUCCESS: &[Column] = &[
    Column::text("id"),
    Column::word("method"),
    Column::text("path"),
    Column { spellings: &ACTIONS, ..Column::word("action") },
];

/// The columns of the APIs that were refused.
pub const FAILURE: &[Column] =
    &[Column::word("method"), Column::text("path"), Column::word("error_code"), Column::word("error_msg")];

/// The columns of the APIs that were left out.
pub const IGNORE: &[Column] = &[Column::word("method"), Column::text("path")];

/// The documented words of an API's `action`.
pub const ACTIONS: [&str; 2] = ["create", "update"];

/// What an import came to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ImportReport {
    /// The API group that the APIs went into.
    pub group_id: Option<String>,
    /// The APIs that were imported; columns: [`SUCCESS`].
    pub success: Rows,
    /// The APIs that were refused; columns: [`FAILURE`].
    pub failure: Rows,
    /// The APIs that were left out; columns: [`IGNORE`]. The documents' example has no such field.
    pub ignore: Rows,
    /// The imported document as a whole.
    pub swagger: Option<ImportedDocument>,
    /// Whether APIs were refused though the import "succeeded".
    pub partial: bool,
}

/// The imported document as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ImportedDocument {
    /// The document's id.
    pub id: Option<String>,
    /// What the service says of it, such as `Success`.
    pub result: Option<String>,
}

/// Reads the JSON inside `task_result`.
pub(in crate::service::apig) fn read(reader: &mut Reader<'_>) -> Result<ImportReport, Mismatch> {
    let mut report = ImportReport::default();
    reader.whole_object(&mut |key, value| {
        match key {
            "group_id" => report.group_id = value.text_or_null()?.map(Cow::into_owned),
            "success" => report.success = Rows::read(value, SUCCESS)?,
            "failure" => report.failure = Rows::read(value, FAILURE)?,
            "ignore" => report.ignore = Rows::read(value, IGNORE)?,
            "swagger" if value.peek() == Some(b'{') => report.swagger = Some(read_swagger(value)?),
            _ => value.skip()?,
        }
        Ok(())
    })?;
    report.partial = !report.failure.is_empty();
    Ok(report)
}

fn read_swagger(reader: &mut Reader<'_>) -> Result<ImportedDocument, Mismatch> {
    let mut document = ImportedDocument::default();
    reader.object(&mut |key, value| {
        match key {
            "id" => document.id = value.text_or_null()?.map(Cow::into_owned),
            "result" => document.result = value.text_or_null()?.map(Cow::into_owned),
            _ => value.skip()?,
        }
        Ok(())
    })?;
    Ok(document)
}
