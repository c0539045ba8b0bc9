//! The only file that knows JavaScript, and it decides nothing: text in, text out.
//!
//! There is one door. What is behind it keeps nothing and waits for nothing: so there is nothing to free, no call can
//! borrow what another holds, and a trap is an exception that the caller catches, never a promise that does not settle.

use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::error::Error;
#[cfg(feature = "client")]
use crate::watching;
use crate::{exchange, json, text};

/// Does what is asked, and answers as JSON. All texts cross in UTF-8, as bytes: the glue for texts is four times as large.
///
/// What is asked is three texts with a zero byte between them: what to do, a first and a second thing to do it with. `body`
/// is a service's answer.
///
/// | what | first | second | answers |
/// |---|---|---|---|
/// | `prepare <call>` | arguments | place | [`exchange::prepare`] |
/// | `conclude <call>` | what is known of the answer | | [`exchange::conclude`] |
/// | `decode` | | | [`exchange::decode_async_task`] |
/// | `begin` | target | | [`watching::begin`](crate::watching::begin) |
/// | `resume` | handle | `{ now }` | [`watching::resume`](crate::watching::resume) |
/// | `advance` | handle | event | [`watching::advance`](crate::watching::advance) |
///
/// What was refused answers `{ error }`. Without the feature `client`, there is `decode` alone.
#[wasm_bindgen]
pub fn run(asked: &[u8], body: &[u8]) -> Vec<u8> {
    let [asked, body] = [asked, body].map(|bytes| std::str::from_utf8(bytes).unwrap_or_default());
    let (what, with) = text::split_once(asked, 0).unwrap_or((asked, ""));
    let answer = match what {
        "decode" => json::to_text(&exchange::decode_async_task(body)),
        _ => call(what, with, body),
    };
    answer.into_bytes()
}

#[cfg(feature = "client")]
fn call(what: &str, with: &str, body: &str) -> String {
    let (verb, call) = text::split_once(what, b' ').unwrap_or((what, ""));
    let (first, second) = text::split_once(with, 0).unwrap_or((with, ""));
    match verb {
        "prepare" => written(exchange::prepare(call, first, second)),
        "conclude" => json::to_text(&exchange::conclude(call, first, body)),
        "begin" => written(watching::begin(first)),
        "resume" => written(watching::resume(first, second)),
        "advance" => written(watching::advance(first, second)),
        _ => unknown(),
    }
}

#[cfg(not(feature = "client"))]
fn call(_what: &str, _with: &str, _body: &str) -> String {
    unknown()
}

fn unknown() -> String {
    written::<()>(Err(Error::config("what", "expected something to do")))
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
