//! The only file that knows JavaScript, and it decides nothing: text in, text out.
//!
//! There is one door. What is behind it keeps nothing and waits for nothing: so there is nothing to free, no call can
//! borrow what another holds, and a trap is an exception that the caller catches, never a promise that does not settle.

use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::error::Error;
use crate::{exchange, json, text, watching};

/// Does `what`, and answers as JSON. What a call has as its name is `first`, and the body, in UTF-8, is `body`: bytes and
/// not a text cross, as writing a text into the module's memory takes longer than reading it there.
///
/// | what | first | second | answers |
/// |---|---|---|---|
/// | `prepare <call>` | arguments | place | [`exchange::prepare`] |
/// | `authorize` | request and proof | | [`exchange::authorize`] |
/// | `conclude <call>` | what is known of the answer | | [`exchange::conclude`] |
/// | `decode` | | | [`exchange::decode_async_task`] |
/// | `begin` | target | | [`watching::begin`] |
/// | `resume` | handle | `{ now }` | [`watching::resume`] |
/// | `advance` | handle | event | [`watching::advance`] |
///
/// What was refused answers `{ error }`.
#[wasm_bindgen]
pub fn run(what: &str, first: &str, second: &str, body: &[u8]) -> String {
    let (verb, call) = text::split_once(what, b' ').unwrap_or((what, ""));
    let body = std::str::from_utf8(body).unwrap_or_default();
    match verb {
        "prepare" => written(exchange::prepare(call, first, second)),
        "authorize" => written(exchange::authorize(first)),
        "conclude" => json::to_text(&exchange::conclude(call, first, body)),
        "decode" => json::to_text(&exchange::decode_async_task(body)),
        "begin" => written(watching::begin(first)),
        "resume" => written(watching::resume(first, second)),
        "advance" => written(watching::advance(first, second)),
        _ => written::<()>(Err(Error::config("what", "expected something to do"))),
    }
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
