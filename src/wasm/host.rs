//! What `host.js` has, and what else of JavaScript is foreign: everything here that may throw says so.

use js_sys::{Function, Uint8Array};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/wasm/host.js")]
extern "C" {
    /// See `host.js`.
    #[wasm_bindgen(js_name = setRows)]
    pub fn set_rows(report: &JsValue, name: &str, text: &[u8], is_wide: bool, words: Vec<String>, cells: &[i32]);

    /// A text, of which JavaScript sees the bytes.
    #[wasm_bindgen(js_name = textOf)]
    pub fn text_of(bytes: &[u8], is_ascii: bool) -> JsValue;

    /// Sets the property `raw` of an object that was made here to such a text.
    #[wasm_bindgen(js_name = setRaw)]
    pub fn set_raw(object: &JsValue, bytes: &[u8], is_ascii: bool);

    /// Sets `content` of an exported document to such a text, and `document` to what it is as JSON.
    #[wasm_bindgen(js_name = setDocument)]
    pub fn set_document(result: &JsValue, content: &[u8], is_ascii: bool);

    /// The bytes of a text.
    pub fn encoded(text: &JsValue) -> Bytes;

    /// The bytes of a buffer or of a view of one.
    #[wasm_bindgen(catch, js_name = bytesOf)]
    pub fn bytes_of(value: &JsValue) -> Result<Option<Bytes>, JsValue>;

    /// Bytes that a caller or the platform holds.
    #[wasm_bindgen(extends = Uint8Array)]
    pub type Bytes;

    /// A copy of them in the module's memory. `valueOf` gives what it is asked of, and so all is copied in one step.
    #[wasm_bindgen(method, js_name = valueOf)]
    pub fn to_vec(this: &Bytes) -> Vec<u8>;

    /// Keeps what a panic said.
    pub fn panicked(message: &str);

    /// Waits for a promise of any make, or for a value.
    #[wasm_bindgen(catch, js_name = whenSettled)]
    pub fn when_settled(value: &JsValue, place: usize, settle: &JsValue) -> Result<(), JsValue>;

    /// Waits so many milliseconds.
    #[wasm_bindgen(js_name = whenPassed)]
    pub fn when_passed(milliseconds: f64, place: usize, settle: &JsValue);

    /// Waits for a signal's end.
    #[wasm_bindgen(catch, js_name = whenAborted)]
    pub fn when_aborted(signal: &JsValue, place: usize, settle: &JsValue) -> Result<(), JsValue>;

    /// Waits until the page is seen again.
    #[wasm_bindgen(js_name = whenVisible)]
    pub fn when_visible(place: usize, settle: &JsValue);

    /// Takes a timer or a listener back.
    pub fn cancel(place: usize);

    /// Whether a value is a `Response` of the platform and nothing else.
    #[wasm_bindgen(js_name = isResponse)]
    pub fn is_response(value: &JsValue) -> bool;

    /// A copy of what was given as plain data.
    #[wasm_bindgen(catch)]
    pub fn plain(value: &JsValue) -> Result<JsValue, JsValue>;

    /// What an export rejects with.
    pub type Refusal;

    /// An error in plain form, what it was made from, and the handle of the operation it is about.
    #[wasm_bindgen(constructor)]
    pub fn new(error: &JsValue, cause: &JsValue, handle: &JsValue) -> Refusal;

    /// The error in plain form.
    #[wasm_bindgen(method, getter)]
    pub fn error(this: &Refusal) -> JsValue;

    /// What it was made from.
    #[wasm_bindgen(method, getter)]
    pub fn cause(this: &Refusal) -> JsValue;

    /// The handle of the operation that was asked about.
    #[wasm_bindgen(method, getter)]
    pub fn handle(this: &Refusal) -> JsValue;
}

#[cfg(feature = "client")]
#[wasm_bindgen]
extern "C" {
    /// The platform's own kind of exception.
    #[wasm_bindgen(js_name = DOMException)]
    pub type DomException;

    /// An exception with a message and a name.
    #[wasm_bindgen(constructor, js_class = "DOMException")]
    pub fn new(message: &str, name: &str) -> DomException;
}

/// A property of whatever a caller gave; `undefined` where there is none or it cannot be read.
pub fn property(value: &JsValue, name: &str) -> JsValue {
    if value.is_undefined() || value.is_null() {
        return JsValue::UNDEFINED;
    }
    js_sys::Reflect::get(value, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

/// A method of whatever a caller gave.
pub fn method(value: &JsValue, name: &str) -> Option<Function> {
    property(value, name).dyn_into().ok()
}
