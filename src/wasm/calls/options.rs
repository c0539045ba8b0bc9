//! Arguments in: what a caller gave becomes Rust structs by serde-wasm-bindgen, and errors name its path.
//!
//! serde-wasm-bindgen reads through the prototype, and its getters must not throw. So it is handed a plain copy, which
//! `host.js` makes.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;

use super::client::Client;
use crate::error::Error;
use crate::http::{Argument, Milliseconds, Within};
use crate::json::MAX_SAFE_INTEGER;
use crate::wasm::convert::Thrown;
use crate::wasm::host;
use crate::wasm::outside::signal::Signal;

/// What every call takes.
#[derive(Debug)]
pub struct CallOptions {
    /// Ends the call.
    pub signal: Option<Signal>,
    /// How long the call may take.
    pub timeout_ms: f64,
    /// How often it is made again, if it reads.
    pub max_retries: u32,
    /// How large the body of the answer may be.
    pub max_body_bytes: f64,
    /// When the call was to be made, in epoch milliseconds, if that is not now: of those that wait for a budget, the first
    /// goes first.
    pub due_at: Option<i64>,
}

/// The part of it that is data.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Limits {
    /// A signal is no data, and is read apart: it is here for its name.
    #[serde(rename = "signal")]
    _signal: (),
    timeout_ms: Option<Milliseconds>,
    max_retries: Option<Within<0, 100>>,
    max_body_bytes: Option<Within<1, MAX_SAFE_INTEGER>>,
}

/// What every call takes, by name.
const NAMES: [&str; 3] = ["timeoutMs", "maxRetries", "maxBodyBytes"];

impl CallOptions {
    /// What a call was given as its last argument.
    pub fn read(options: &JsValue, client: &Client) -> Result<Self, Thrown> {
        if options.is_undefined() {
            return Ok(Self::of(Limits::default(), None, client));
        }
        let (options, signal) = read_bag("options", options)?;
        Ok(Self::of(options.without_nulls().read("options")?, signal, client))
    }

    /// The same where a call takes more, which is a struct of its argument.
    pub fn read_with<T: DeserializeOwned>(options: &JsValue, client: &Client) -> Result<(T, Self), Thrown> {
        let (mut argument, signal) =
            if options.is_undefined() { (Argument::Object(Vec::new()), None) } else { read_bag("options", options)? };
        let common = argument.split(&NAMES).without_nulls();
        let common = Self::of(common.read("options")?, signal, client);
        Ok((argument.read("options")?, common))
    }

    fn of(limits: Limits, signal: Option<Signal>, client: &Client) -> Self {
        Self {
            signal,
            timeout_ms: limits.timeout_ms.map_or_else(|| client.timeout_ms(), |timeout| timeout.0),
            max_retries: limits.max_retries.map_or_else(|| client.max_retries(), |retries| retries.0 as u32),
            max_body_bytes: limits.max_body_bytes.map_or_else(|| client.max_body_bytes(), |bytes| bytes.0 as f64),
            due_at: None,
        }
    }
}

/// An argument that is an object: what a call needs, a target, a handle.
pub fn read_argument(name: &str, value: &JsValue) -> Result<Argument, Thrown> {
    let unreadable = |cause| Thrown::Error(Error::config(name, "cannot be read"), cause);
    let plain = host::plain(value).map_err(unreadable)?;
    let argument = serde_wasm_bindgen::from_value(plain);
    argument.map_err(|error| Thrown::Error(Error::config(name, "expected plain data"), error.into()))
}

/// An id: a text that is not empty.
pub fn read_id(name: &str, value: &JsValue) -> Result<String, Error> {
    match value.as_string() {
        Some(text) if !text.is_empty() => {
            // What has no half of a surrogate pair comes across as it is.
            let is_whole = !text.chars().any(|character| character == '\u{fffd}')
                || value.unchecked_ref::<js_sys::JsString>().is_valid_utf16();
            let problem = "expected well-formed text, found half of a surrogate pair";
            if is_whole { Ok(text) } else { Err(Error::config(name, problem)) }
        }
        _ => Err(Error::config(name, &format!("expected a non-empty string, found {}", type_of(value)))),
    }
}

/// An object that holds options, and the signal in it, which is no data.
fn read_bag(name: &str, value: &JsValue) -> Result<(Argument, Option<Signal>), Thrown> {
    if !value.is_object() || js_sys::Array::is_array(value) {
        return Err(Error::config(name, &format!("expected an object, found {}", type_of(value))).into());
    }
    let unreadable = |cause| Thrown::Error(Error::config(name, "cannot be read"), cause);
    let plain = host::plain(value).map_err(unreadable)?;
    let signal = Signal::read(host::property(&plain, "signal"))?;
    let _gone = js_sys::Reflect::delete_property(plain.unchecked_ref::<js_sys::Object>(), &"signal".into());
    Ok((read_argument(name, &plain)?, signal))
}

fn type_of(value: &JsValue) -> String {
    match value {
        value if value.is_null() => "null".into(),
        value if value.is_undefined() => "nothing".into(),
        value if value.as_string().is_some_and(|text| text.is_empty()) => "an empty string".into(),
        value if js_sys::Array::is_array(value) => "an array".into(),
        value => format!("a value of type {}", value.js_typeof().as_string().unwrap_or_default()),
    }
}
