//! What an import came to, API by API.

use std::borrow::Cow;

use serde::Serialize;

use super::{Column, Rows};
use crate::json::{Mismatch, Reader};

/// The columns of the APIs that were imported.
pub const SUCCESS: &[Column] = &[
    Column { name: "id", repeats: false },
    Column { name: "method", repeats: true },
    Column { name: "path", repeats: false },
    Column { name: "action", repeats: true },
];

/// The columns of the APIs that were refused.
pub const FAILURE: &[Column] = &[
    Column { name: "method", repeats: true },
    Column { name: "path", repeats: false },
    Column { name: "error_code", repeats: true },
    Column { name: "error_msg", repeats: true },
];

/// The columns of the APIs that were left out.
pub const IGNORE: &[Column] = &[Column { name: "method", repeats: true }, Column { name: "path", repeats: false }];

/// The columns of the widest table.
const MAX_COLUMNS: usize = 4;

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
pub(super) fn read(reader: Reader<'_>) -> Result<ImportReport, Mismatch> {
    let mut report = ImportReport::default();
    reader.whole_object(&mut |key, value| {
        match key {
            "group_id" => report.group_id = value.text_or_null()?.map(Cow::into_owned),
            "success" => report.success = read_rows(value, SUCCESS)?,
            "failure" => report.failure = read_rows(value, FAILURE)?,
            "ignore" => report.ignore = read_rows(value, IGNORE)?,
            "swagger" if value.peek() == Some(b'{') => report.swagger = Some(read_swagger(value)?),
            _ => value.skip()?,
        }
        Ok(())
    })?;
    report.partial = !report.failure.is_empty();
    Ok(report)
}

fn read_rows(reader: &mut Reader<'_>, columns: &'static [Column]) -> Result<Rows, Mismatch> {
    let mut rows = Rows::new(columns);
    reader.array_or_null(&mut |row| {
        let mut cells = [const { None }; MAX_COLUMNS];
        row.object(&mut |key, value| {
            let index = columns.iter().position(|column| column.name == key);
            match index.and_then(|index| cells.get_mut(index)) {
                Some(cell) if key == "action" => *cell = value.text_or_null()?.map(known_action),
                Some(cell) => *cell = value.text_or_null()?,
                None => value.skip()?,
            }
            Ok(())
        })?;
        rows.push(&cells);
        Ok(())
    })?;
    Ok(rows)
}

/// An action in its documented spelling; an unknown one as it came.
fn known_action(text: Cow<'_, str>) -> Cow<'_, str> {
    let known = ACTIONS.into_iter().find(|action| text.eq_ignore_ascii_case(action));
    known.map_or(text, Cow::Borrowed)
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
