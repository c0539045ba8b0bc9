//! The only folder that knows JavaScript. It decides nothing: it carries plain data over, and does the I/O.
//!
//! What is exported are functions over plain values, no classes: an exported object that is borrowed by a call in flight
//! cannot be used or freed by another. The facade in `pkg-template/` gives them their friendly shape.

use js_sys::Function;
use wasm_bindgen::prelude::*;

use crate::arguments::Arguments;
use crate::error::Error;
use crate::json::Mismatch;
use crate::service::{CALLS, View, apig};

mod convert;
mod guard;
mod host;
mod request;

pub use host::Host;
use request::{Failed, Request};

/// Has a function told of every panic, before the instance traps: it can then give up on what will never settle.
#[wasm_bindgen(js_name = onPanic)]
pub fn on_panic(tell: Function) {
    std::panic::set_hook(Box::new(move |panic| {
        let _told = tell.call1(&JsValue::UNDEFINED, &panic.to_string().into());
    }));
}

/// Asks a service. `arguments` is a JSON object of texts. Resolves with the view; rejects with an error in plain form.
#[wasm_bindgen]
pub async fn call(name: String, arguments: String, host: Host) -> Result<JsValue, JsValue> {
    match ask(&name, &arguments, &host).await {
        Ok((view, body)) => convert::view(&view, &body),
        Err(Failed::Error(error, cause)) => Err(convert::error(&error, &cause)),
        Err(Failed::Aborted(reason)) => Err(convert::aborted(&reason)),
    }
}

/// Decodes the body of an async task, given as a `Uint8Array`. Throws an error in plain form.
#[wasm_bindgen(js_name = decodeAsyncTask)]
pub fn decode_async_task(body: JsValue) -> Result<JsValue, JsValue> {
    let decoded = text(apig::ASYNC_TASK, &body).and_then(|body| {
        let body = body.ok_or_else(|| Error::config("body", "expected a Uint8Array"))?;
        let task = apig::read_async_task(&body);
        let task = task.map_err(|mismatch| Error::decode(apig::ASYNC_TASK, &mismatch, &body))?;
        Ok((View::AsyncTask(task), body))
    });
    match decoded {
        Ok((view, body)) => convert::view(&view, &body),
        Err(error) => Err(convert::error(&error, &JsValue::UNDEFINED)),
    }
}

async fn ask(name: &str, arguments: &str, host: &Host) -> Result<(View, String), Failed> {
    let prepare = CALLS.iter().find(|(known, _)| *known == name).map(|(_, prepare)| prepare);
    let prepare = prepare.ok_or_else(|| Error::config("call", "expected the name of a call"))?;
    let arguments = Arguments::from_json(arguments)?.with_file(host.file());
    Request::new(prepare(&arguments)?, host)?.run().await
}

/// A body's text, as a browser would read it: what is not UTF-8 becomes U+FFFD, a byte order mark goes. `None` when it
/// is no body.
fn text(what: &str, body: &JsValue) -> Result<Option<String>, Error> {
    let bytes = host::bytes(body).map_err(|host::TooLarge| {
        Error::decode(what, &Mismatch::new("a body of at most 256 MiB", "a larger one"), "")
    })?;
    let Some(bytes) = bytes else { return Ok(None) };
    let text = String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
    Ok(Some(match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    }))
}
