//! The document that an export wrote.

use std::borrow::Cow;

use serde::{Serialize, Serializer};

use crate::json::{Mismatch, Reader};
use crate::text::{concat, split_once};
use crate::words;

words! {
    /// The format of an exported document.
    pub enum FileType { Json = "json", Yaml = "yaml", Yml = "yml" }
}

/// The document that an export wrote. The table of the service's page calls its fields `file_type` and `content`, its
/// example `FileName`, `FileType` and `Comment`; both are read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ExportedDocument {
    /// The name as the service gave it; it may hold `:`.
    pub file_name: Option<String>,
    /// The format, without the dot that the example starts it with.
    pub file_type: Option<FileType>,
    /// The document's text. It is left out of what is serialized, as a long one crosses to JavaScript faster by itself.
    #[serde(serialize_with = "left_out")]
    pub content: String,
    /// The name with its extension, made fit for any file system.
    pub safe_file_name: String,
}

/// Holds the place among the keys.
fn left_out<S: Serializer>(_content: &str, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_none()
}

/// Reads the JSON inside `task_result`.
pub(in crate::service::apig) fn read(reader: &mut Reader<'_>) -> Result<ExportedDocument, Mismatch> {
    let (mut file_name, mut file_type, mut content) = (None, None, None);
    reader.whole_object(&mut |key, value| {
        match key {
            "FileName" | "file_name" => file_name = value.text_or_null()?.map(Cow::into_owned),
            "FileType" | "file_type" => file_type = value.text_or_null()?,
            "Comment" | "content" => content = read_content(value)?.or(content.take()),
            _ => value.skip()?,
        }
        Ok(())
    })?;
    let file_type = file_type.map(|text| text.strip_prefix('.').unwrap_or(&text).to_ascii_lowercase());
    Ok(ExportedDocument {
        safe_file_name: safe_file_name(file_name.as_deref(), file_type.as_deref()),
        file_type: file_type.map(|text| FileType::from(&*text)),
        content: content.ok_or_else(|| Mismatch::missing("content", "the document's text"))?.into_owned(),
        file_name,
    })
}

/// The document's text, which may be empty; a document that was already parsed is its own text.
fn read_content<'a>(value: &mut Reader<'a>) -> Result<Option<Cow<'a, str>>, Mismatch> {
    match value.peek() {
        Some(b'{') => Ok(Some(value.span()?.into())),
        Some(b'"') => Ok(Some(value.text_or_null()?.unwrap_or_default())),
        _ => value.text_or_null(),
    }
}

/// A file name that Windows, macOS and Linux all take, made from one that they may not: at most 200 bytes (255 is the
/// limit, and a browser may add a number), no separators, no device names, no invisible or direction-changing characters.
///
/// ```
/// use huaweicloud_tasks::service::apig::task_result::safe_file_name;
/// assert_eq!(safe_file_name(Some("test8-2023-07-11-19:54:22"), Some("json")), "test8-2023-07-11-19-54-22.json");
/// ```
pub fn safe_file_name(name: Option<&str>, extension: Option<&str>) -> String {
    const MAX_BYTES: usize = 200;
    let is_extension = |text: &&str| (1..=16).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric());
    let extension = extension.filter(is_extension).map(|text| concat(&[".", text])).unwrap_or_default();

    let visible = |character: char| if is_unsafe(character) { '-' } else { character };
    let name: String = name.unwrap_or_default().chars().map(visible).collect();
    let has_extension = !extension.is_empty() && name.to_ascii_lowercase().ends_with(&extension);
    let stem = if has_extension { name.get(..name.len() - extension.len()).unwrap_or_default() } else { &name };

    let is_edge = |byte: &u8| matches!(byte, b'.' | b' ');
    let stem = stem.get(stem.bytes().take_while(is_edge).count()..).unwrap_or_default();
    let stem = stem.get(..stem.floor_char_boundary(MAX_BYTES - extension.len())).unwrap_or_default();
    let stem = stem.get(..stem.len() - stem.bytes().rev().take_while(is_edge).count()).unwrap_or_default();
    match stem {
        "" => concat(&["export", &extension]),
        _ if is_device(stem) => concat(&["_", stem, &extension]),
        _ => concat(&[stem, &extension]),
    }
}

fn is_unsafe(character: char) -> bool {
    character.is_control()
        || matches!(character, '<' | '>' | ':' | '"' | '/' | '\\' | '|' | '?' | '*')
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Windows keeps these names for devices, whatever follows the first dot.
fn is_device(stem: &str) -> bool {
    let word = split_once(stem, b'.').map_or(stem, |(word, _)| word).trim_ascii_end().to_ascii_uppercase();
    let numbered = |prefix: &str| {
        word.strip_prefix(prefix).is_some_and(|rest| {
            let mut characters = rest.chars();
            matches!((characters.next(), characters.next()), (Some('0'..='9' | '¹' | '²' | '³'), None))
        })
    };
    matches!(&*word, "CON" | "PRN" | "AUX" | "NUL") || numbered("COM") || numbered("LPT")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_is_safe_everywhere() {
        for (name, extension, expected) in [
            (Some("a/b\\c:d*e?f\"g<h>i|j"), Some("yaml"), "a-b-c-d-e-f-g-h-i-j.yaml"),
            (Some("../../etc/passwd"), Some("json"), "-..-etc-passwd.json"),
            (Some(".."), Some("json"), "export.json"),
            (Some(""), None, "export"),
            (None, Some("yml"), "export.yml"),
            (Some("CON"), Some("json"), "_CON.json"),
            (Some("com1.backup"), Some("json"), "_com1.backup.json"),
            (Some("COMMON"), Some("json"), "COMMON.json"),
            (Some("API.JSON"), Some("json"), "API.json"),
            (Some("ends. . "), None, "ends"),
            (Some("evil\u{202e}nosj.exe"), Some("json"), "evil-nosj.exe.json"),
            (Some("new\nline\u{0}"), Some("../x"), "new-line-"),
            (Some("接口"), Some("json"), "接口.json"),
        ] {
            assert_eq!(safe_file_name(name, extension), expected, "{name:?} {extension:?}");
        }
    }

    #[test]
    fn a_long_file_name_is_cut_between_characters() {
        let name = safe_file_name(Some(&"界".repeat(100)), Some("json"));
        assert_eq!(name, "界".repeat(65) + ".json");
    }
}
