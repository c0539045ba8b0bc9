//! The decoders: bodies that came by another way, without network.

use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::convert::{Thrown, complete, set, to_js, with_raw};
use super::host;
use crate::error::Error;
use crate::http::Endpoint;
use crate::json::Mismatch;
use crate::service::apig;
#[cfg(feature = "client")]
use crate::service::{self, cvr, kps, roma, sfs_turbo};
use crate::text::text_of;

/// More than memory is sure to hold, twice.
const MAX_BYTES: u32 = 256 * 1024 * 1024;

/// Decodes the body of an APIG async task, with its nested result.
///
/// `body` is bytes, a text, or the object that it was parsed into; 256 MiB at most. Throws a `decode` error that says where
/// it is not what the documents describe. The official name of the call is `ShowAsyncTaskResult`.
#[wasm_bindgen(js_name = decodeAsyncTask, unchecked_return_type = "AsyncTask")]
pub fn decode_async_task(#[wasm_bindgen(unchecked_param_type = "AnyBody")] body: &JsValue) -> Result<JsValue, JsValue> {
    let body = Body::of(body)?;
    let task = read(&apig::ASYNC_TASK, &body.text, apig::read_async_task)?;
    let object = body.with(&task);
    complete(&task, &object);
    Ok(object)
}

/// Decodes the body of a gateway's progress (`ShowDetailsOfInstanceProgressV2`). See [`decode_async_task`].
#[cfg(feature = "client")]
#[wasm_bindgen(js_name = decodeGatewayProgress, unchecked_return_type = "GatewayProgress")]
pub fn decode_gateway_progress(
    #[wasm_bindgen(unchecked_param_type = "AnyBody")] body: &JsValue,
) -> Result<JsValue, JsValue> {
    decode(&apig::GATEWAY_PROGRESS, body, apig::read_gateway_progress)
}

/// Decodes the body of a ROMA Connect instance's progress (`GetCreateInstanceProcessV2`). See [`decode_async_task`].
#[cfg(feature = "client")]
#[wasm_bindgen(js_name = decodeRomaInstanceProgress, unchecked_return_type = "RomaInstanceProgress")]
pub fn decode_roma_instance_progress(
    #[wasm_bindgen(unchecked_param_type = "AnyBody")] body: &JsValue,
) -> Result<JsValue, JsValue> {
    decode(&roma::INSTANCE_PROGRESS, body, roma::read_instance_progress)
}

/// Decodes the body of an SFS Turbo job (`ShowJobDetail`). See [`decode_async_task`].
#[cfg(feature = "client")]
#[wasm_bindgen(js_name = decodeSfsTurboJob, unchecked_return_type = "SfsTurboJob")]
pub fn decode_sfs_turbo_job(
    #[wasm_bindgen(unchecked_param_type = "AnyBody")] body: &JsValue,
) -> Result<JsValue, JsValue> {
    decode(&sfs_turbo::JOB, body, |body| sfs_turbo::read_job(body, None))
}

/// Decodes the body of a key pair task (`ListKeypairTask`). See [`decode_async_task`].
#[cfg(feature = "client")]
#[wasm_bindgen(js_name = decodeKeypairTask, unchecked_return_type = "KeypairTask")]
pub fn decode_keypair_task(
    #[wasm_bindgen(unchecked_param_type = "AnyBody")] body: &JsValue,
) -> Result<JsValue, JsValue> {
    decode(&kps::TASK, body, kps::read_task)
}

/// Decodes the answer to a change of a key pair (`AssociateKeypair`, `DisassociateKeypair`). See [`decode_async_task`].
#[cfg(feature = "client")]
#[wasm_bindgen(js_name = decodeKeypairDispatch, unchecked_return_type = "DecodedKeypairDispatch")]
pub fn decode_keypair_dispatch(
    #[wasm_bindgen(unchecked_param_type = "AnyBody")] body: &JsValue,
) -> Result<JsValue, JsValue> {
    decode(&kps::ASSOCIATE, body, kps::read_dispatch)
}

/// Decodes the answer to an import or an export (`ImportApiDefinitionsAsync`, `ExportApiDefinitionsAsync`). See
/// [`decode_async_task`].
#[cfg(feature = "client")]
#[wasm_bindgen(js_name = decodeStartedTask, unchecked_return_type = "DecodedStartedTask")]
pub fn decode_started_task(
    #[wasm_bindgen(unchecked_param_type = "AnyBody")] body: &JsValue,
) -> Result<JsValue, JsValue> {
    decode(&apig::IMPORT_APIS, body, apig::read_started_task)
}

/// Decodes the body of a list of render tasks. See [`decode_async_task`].
#[cfg(feature = "client")]
#[wasm_bindgen(js_name = decodeRenderTasks, unchecked_return_type = "RenderTasks")]
pub fn decode_render_tasks(
    #[wasm_bindgen(unchecked_param_type = "AnyBody")] body: &JsValue,
) -> Result<JsValue, JsValue> {
    decode(&cvr::RENDER_TASKS, body, cvr::read_render_tasks)
}

/// Says which call a body is an answer to, by the client's name of it; `null` when it is an error, or of no call.
#[cfg(feature = "client")]
#[wasm_bindgen(unchecked_return_type = "AnsweredCall | null")]
pub fn recognise(#[wasm_bindgen(unchecked_param_type = "AnyBody")] body: &JsValue) -> Result<JsValue, JsValue> {
    Ok(service::recognise(&Body::of(body)?.text).map_or(JsValue::NULL, JsValue::from))
}

/// What a body says, with the body.
#[cfg(feature = "client")]
fn decode<T: Serialize>(
    endpoint: &Endpoint,
    body: &JsValue,
    reader: impl Fn(&str) -> Result<T, Mismatch>,
) -> Result<JsValue, JsValue> {
    let body = Body::of(body)?;
    Ok(body.with(&read(endpoint, &body.text, reader)?))
}

fn read<T>(endpoint: &Endpoint, text: &str, reader: impl Fn(&str) -> Result<T, Mismatch>) -> Result<T, Thrown> {
    reader(text).map_err(|mismatch| Error::decode(endpoint.name, &mismatch, text).into())
}

/// A body that a caller has.
struct Body {
    text: String,
    /// The same text of JavaScript's, where there is one.
    text_in_js: Option<JsValue>,
}

impl Body {
    fn of(body: &JsValue) -> Result<Self, Thrown> {
        let is_text = body.is_string();
        let unreadable = |cause| Thrown::Error(Error::config("body", "cannot be read"), cause);
        let bytes = if is_text { Some(host::encoded(body)) } else { host::bytes_of(body).map_err(unreadable)? };
        if let Some(bytes) = bytes {
            let length = bytes.length();
            if length > MAX_BYTES {
                return Err(Error::too_large(None, "a body of at most 256 MiB").into());
            }
            let text = clean_text(bytes.to_vec());
            // Neither a byte order mark was left out, nor half of a surrogate pair replaced.
            let is_whole = || text.is_ascii() || !text.chars().any(|character| character == '\u{fffd}');
            let is_same = is_text && text.len() == length as usize && is_whole();
            return Ok(Self { text, text_in_js: is_same.then(|| body.clone()) });
        }
        let written = js_sys::JSON::stringify(body)
            .map_err(|cause| Thrown::Error(Error::config("body", "cannot be written as JSON"), cause))?;
        let expected = "expected bytes, text or an object that can be written as JSON";
        let text = written.as_string().ok_or_else(|| Error::config("body", expected))?;
        Ok(Self { text, text_in_js: None })
    }

    /// What it says, with the body itself.
    fn with<T: Serialize>(&self, value: &T) -> JsValue {
        match &self.text_in_js {
            None => with_raw(value, &self.text),
            Some(text) => {
                let object = to_js(value);
                set(&object, "raw", text);
                object
            }
        }
    }
}

/// A body's text, as a browser would read it: what is not UTF-8 becomes U+FFFD, a byte order mark goes.
pub fn clean_text(mut bytes: Vec<u8>) -> String {
    if bytes.starts_with(b"\xef\xbb\xbf") {
        bytes.drain(..3);
    }
    text_of(bytes)
}
