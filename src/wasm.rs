//! The only file that knows JavaScript, and it decides nothing: text in, text out.
//!
//! Every export is a plain function that keeps nothing and waits for nothing. So there is nothing to free, no call can
//! borrow what another holds, and a trap is an exception that the caller catches, never a promise that does not settle.

use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::error::Error;
use crate::{exchange, json};

/// [`exchange::prepare`]: a request, or `{ error }`.
#[wasm_bindgen]
pub fn prepare(name: &str, arguments: &str, place: &str) -> String {
    written(exchange::prepare(name, arguments, place))
}

/// [`exchange::authorize`]: headers, or `{ error }`.
#[wasm_bindgen]
pub fn authorize(given: &str) -> String {
    written(exchange::authorize(given))
}

/// [`exchange::conclude`]: an outcome. The body is UTF-8.
#[wasm_bindgen]
pub fn conclude(name: &str, given: &str, body: &[u8]) -> String {
    json::to_text(&exchange::conclude(name, given, text(body)))
}

/// [`exchange::decode_async_task`]: an outcome. The body is UTF-8.
#[wasm_bindgen(js_name = decodeAsyncTask)]
pub fn decode_async_task(body: &[u8]) -> String {
    json::to_text(&exchange::decode_async_task(text(body)))
}

/// Bytes and not a text cross: writing a text into the module's memory takes longer than reading it there.
fn text(body: &[u8]) -> &str {
    std::str::from_utf8(body).unwrap_or_default()
}

fn written<T: Serialize>(result: Result<T, Error>) -> String {
    #[derive(Serialize)]
    struct Refused {
        error: Error,
    }
    match result {
        Ok(value) => json::to_text(&value),
        Err(error) => json::to_text(&Refused { error }),
    }
}
