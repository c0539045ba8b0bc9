//! The file of an import: whatever can be one, as a `Blob`. Its bytes never enter the module's memory, which cannot shrink.

use js_sys::{Array, JsString, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::Blob;

use crate::error::Error;
use crate::wasm::convert::Thrown;
use crate::wasm::host::{self, method, property};
use crate::wasm::outside::settled;

/// How much of a file tells its format, in bytes.
const HEAD: u32 = 100;

/// A file to send.
#[derive(Debug)]
pub struct File {
    /// What is in it.
    pub blob: JsValue,
    /// Its own name, else one that fits what is in it.
    pub name: String,
}

/// Reads a file: a text, bytes, anything with an `arrayBuffer()`, or an object with `bytes` and a `name`.
pub async fn read_file(file: &JsValue) -> Result<File, Thrown> {
    if let Some(text) = file.dyn_ref::<JsString>() {
        let head = String::from(&text.substring(0, HEAD));
        let blob = Blob::new_with_str_sequence(&Array::of1(text));
        return whole(blob, text.length() == 0, head.as_bytes(), None);
    }
    let bytes = match method(file, "arrayBuffer") {
        Some(read) => {
            let unreadable = |cause| Thrown::Error(Error::config("file", "cannot be read"), cause);
            let buffer = settled(&read.call0(file).map_err(unreadable)?).await.map_err(unreadable)?;
            let other = || Error::config("file", "expected its arrayBuffer() to give an ArrayBuffer");
            host::bytes_of(&buffer).ok().flatten().ok_or_else(other)?
        }
        None => {
            let inner = property(file, "bytes");
            let content = if inner.is_undefined() || inner.is_null() { file } else { &inner };
            let other = || Error::config("file", "expected text, bytes, a Blob or what fileFromPath gives");
            host::bytes_of(content).ok().flatten().ok_or_else(other)?
        }
    };
    // A copy: shared memory cannot be sent, and what a caller holds may change.
    let bytes = Uint8Array::new(&bytes);
    let head = bytes.subarray(0, HEAD).to_vec();
    let name = property(file, "name").as_string().filter(|name| !name.is_empty());
    whole(Blob::new_with_u8_array_sequence(&Array::of1(&bytes)), bytes.length() == 0, &head, name)
}

fn whole(blob: Result<Blob, JsValue>, is_empty: bool, head: &[u8], name: Option<String>) -> Result<File, Thrown> {
    if is_empty {
        return Err(Error::config("file", "expected a file that is not empty").into());
    }
    let no_blob = |cause| Thrown::Error(Error::config("file", "cannot be made a Blob"), cause);
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let looks_like_json = matches!(head.first(), Some(b'{' | b'['));
    let default = if looks_like_json { "apis.json" } else { "apis.yaml" };
    Ok(File { blob: blob.map_err(no_blob)?.into(), name: name.unwrap_or_else(|| default.to_owned()) })
}
