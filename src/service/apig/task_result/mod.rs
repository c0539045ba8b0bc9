//! The layers inside an async task.
//!
//! A task's body holds `task_result`: a text that is JSON again, `""` while the task is pending. For an export that JSON
//! holds a third layer, the text of the exported document. A `task_result` that was already parsed into an object is
//! read as well.

use std::borrow::Cow;

use serde::Serialize;

use crate::error::Failure;
use crate::json::{Mismatch, Reader};

mod exported_document;
mod import_report;

pub(super) use exported_document::read as read_nested_export;
pub(super) use import_report::read as read_nested_import;

pub use exported_document::{ExportedDocument, FileType, safe_file_name};
pub use import_report::{ACTIONS, FAILURE, IGNORE, ImportReport, ImportedDocument, SUCCESS};

/// What an async task came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum TaskResult {
    /// It failed.
    Failed(Failure),
    /// The import ended, perhaps with APIs refused.
    Import(ImportReport),
    /// The export ended.
    Export(ExportedDocument),
}

/// Reads the `task_result` of an import that ended. `value` is the JSON value as it stands in the body.
///
/// # Errors
///
/// The place, within `task_result`, where it is not what the documents describe.
pub fn read_import_report(value: &str) -> Result<ImportReport, Mismatch> {
    read_layer(value, import_report::read)
}

/// Reads the `task_result` of an export that ended. `value` is the JSON value as it stands in the body.
///
/// # Errors
///
/// The place, within `task_result`, where it is not what the documents describe.
pub fn read_exported_document(value: &str) -> Result<ExportedDocument, Mismatch> {
    read_layer(value, exported_document::read)
}

/// Reads the `task_result` of a task that failed. Words that are not JSON are the message.
///
/// # Errors
///
/// When it is neither a text nor an object.
pub fn read_failure(value: &str) -> Result<Failure, Mismatch> {
    let text = unwrap_layer(value)?;
    let failure = Failure::read(&text);
    let is_words = !matches!(Reader::new(&text).peek(), None | Some(b'{' | b'['));
    if is_words { Ok(Failure { message: Some(text.into_owned()), ..failure }) } else { Ok(failure) }
}

/// Reads the JSON inside a text where it stands, and unescapes it first only where that will not do.
fn read_layer<T>(value: &str, read: fn(&mut Reader<'_>) -> Result<T, Mismatch>) -> Result<T, Mismatch> {
    let escaped = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    if let Some(read) = escaped.and_then(|escaped| read(&mut Reader::nested(escaped)).ok()) {
        return Ok(read);
    }
    read(&mut Reader::new(&unwrap_layer(value)?))
}

/// The JSON inside a text, or the value itself where it was already parsed; nothing for `null`.
fn unwrap_layer(value: &str) -> Result<Cow<'_, str>, Mismatch> {
    let mut reader = Reader::new(value);
    match reader.peek() {
        Some(b'{') => Ok(Cow::Borrowed(value)),
        Some(b'"' | b'n') => reader.text_or_null().map(Option::unwrap_or_default),
        _ => Err(reader.mismatch("a JSON object, as text")),
    }
}

#[cfg(test)]
#[allow(clippy::string_slice, reason = "a test may panic")]
mod tests {
    use super::*;

    /// What the nested reader reads must be what is read after unescaping, for every text it does not refuse.
    #[test]
    fn reading_in_place_is_reading_after_unescaping() {
        let result = r#"{"group_id":"g\"h","swagger":{"id":null,"result":"Süccess \\ \/ \n \u00e9 \ud83d\ude00"},
            "success":[{"id":"a","path":"/a/{b}","method":"GET","action":"create","more":[1,{"x":"\\\""}]}, {}],
            "failure": [ {"error_msg":"it's \"bad\"","error_code":"A.1"} ],"ignore":null}"#;
        let quoted = serde_json::Value::from(result).to_string();
        assert!(import_report::read(&mut Reader::nested(&quoted[1..quoted.len() - 1])).is_ok(), "nothing is gained");

        let mut read_in_place = 0;
        for at in 0..result.len() {
            for change in ["", "\"", "\\", "\n", "{", "]", "\\\"", "\\u", "é"] {
                let Some((before, after)) = result.get(..at).zip(result.get(at + 1..)) else { continue };
                let quoted = serde_json::Value::from(format!("{before}{change}{after}")).to_string();
                let in_place = import_report::read(&mut Reader::nested(&quoted[1..quoted.len() - 1]));
                let unescaped = import_report::read(&mut Reader::new(&unwrap_layer(&quoted).unwrap()));
                if let Ok(report) = in_place {
                    assert_eq!(Ok(report), unescaped, "{quoted}");
                    read_in_place += 1;
                } else {
                    assert!(unescaped.is_err(), "{quoted}");
                }
            }
        }
        assert!(read_in_place > 500, "{read_in_place}");
    }

    #[test]
    fn what_could_have_been_written_otherwise_is_read_as_well() {
        let value = r#""{\u0022group_id\":\u0020\"\u0067\/\\u0068\"}""#;
        assert!(import_report::read(&mut Reader::nested(&value[1..value.len() - 1])).is_err());
        assert_eq!(read_import_report(value).unwrap().group_id.as_deref(), Some("g/h"));
    }
}
