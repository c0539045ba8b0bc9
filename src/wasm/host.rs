//! What JavaScript hands in. Everything is read with care: a getter may throw, a mock may lack a method, and an uncaught
//! throw inside an async export would be a promise that never settles.

use js_sys::{Function, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;

use crate::auth::TOKEN_HEADER;

const DEFAULT_TIMEOUT_MS: u32 = 30_000;

/// The largest body that is read: 256 MiB.
const MAX_BODY_BYTES: f64 = 268_435_456.0;

#[wasm_bindgen]
extern "C" {
    /// What a call needs of the client that makes it: `{ endpoint, region, token, fetch, signal, timeoutMs }`.
    #[derive(Debug, Clone)]
    pub type Host;

    /// An `AbortSignal`, or what behaves like one.
    #[derive(Debug, Clone)]
    pub type Signal;
    #[wasm_bindgen(method, js_name = addEventListener, catch)]
    fn add_event_listener(this: &Signal, kind: &str, listener: &Function) -> Result<(), JsValue>;
    #[wasm_bindgen(method, js_name = removeEventListener, catch)]
    fn remove_event_listener(this: &Signal, kind: &str, listener: &Function) -> Result<(), JsValue>;

    /// A `Response`, or what behaves like one.
    #[derive(Debug, Clone)]
    pub type Response;
    #[wasm_bindgen(method, js_name = arrayBuffer, catch)]
    fn array_buffer(this: &Response) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn text(this: &Response) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_name = Uint8Array)]
    type Bytes;
    #[wasm_bindgen(constructor, js_class = "Uint8Array", catch)]
    fn over(buffer: &JsValue) -> Result<Bytes, JsValue>;

    /// `Headers`, or what behaves like them.
    type Headers;
    #[wasm_bindgen(method, catch)]
    fn get(this: &Headers, name: &str) -> Result<JsValue, JsValue>;
}

/// A property of any value; `undefined` where there is none or reading it throws.
fn property(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &name.into()).unwrap_or_default()
}

impl Host {
    /// Where requests go instead of the services' own addresses.
    pub fn endpoint(&self) -> Option<String> {
        property(self, "endpoint").as_string()
    }

    /// The region whose addresses requests go to.
    pub fn region(&self) -> Option<String> {
        property(self, "region").as_string()
    }

    /// Gives the token of the moment; `None` when none is to be sent.
    pub fn token(&self) -> Option<Function> {
        property(self, "token").dyn_into().ok()
    }

    /// The `fetch` to call.
    pub fn fetch(&self) -> Option<Function> {
        property(self, "fetch").dyn_into().ok()
    }

    /// The caller's signal.
    pub fn signal(&self) -> Option<Signal> {
        Some(property(self, "signal")).filter(JsValue::is_object).map(JsCast::unchecked_into)
    }

    /// How long the call may take, in milliseconds.
    pub fn timeout_ms(&self) -> u32 {
        property(self, "timeoutMs").as_f64().map_or(DEFAULT_TIMEOUT_MS, |milliseconds| milliseconds as u32)
    }
}

impl Signal {
    pub fn aborted(&self) -> bool {
        property(self, "aborted").is_truthy()
    }

    pub fn reason(&self) -> JsValue {
        property(self, "reason")
    }

    pub fn listen(&self, listener: &Function) {
        let _listening = self.add_event_listener("abort", listener);
    }

    pub fn unlisten(&self, listener: &Function) {
        let _listening = self.remove_event_listener("abort", listener);
    }
}

impl Response {
    /// The status; 0 for a redirect that a browser keeps to itself.
    pub fn status(&self) -> Option<u16> {
        let status = property(self, "status").as_f64()?;
        // The cast cuts to an integer in range, whatever a mock says.
        Some(status as u16)
    }

    pub fn request_id(&self) -> Option<String> {
        let headers: Headers = property(self, "headers").unchecked_into();
        headers.get("X-Request-Id").ok()?.as_string().filter(|id| !id.is_empty())
    }

    /// Starts to read the body, as bytes or, where a mock has no more, as text.
    pub fn body(&self) -> Result<JsValue, JsValue> {
        if property(self, "arrayBuffer").is_function() { self.array_buffer() } else { self.text() }
    }
}

/// A body of more than 256 MiB.
pub struct TooLarge;

/// The bytes of a text, of an `ArrayBuffer` from any realm, or of a `Uint8Array`; `None` for anything else.
///
/// # Errors
///
/// [`TooLarge`] for more than memory is sure to hold: an allocation that fails takes the instance with it.
pub fn bytes(body: &JsValue) -> Result<Option<Vec<u8>>, TooLarge> {
    if let Some(text) = body.as_string() {
        return Ok(Some(text.into_bytes()));
    }
    let Some(length) = property(body, "byteLength").as_f64() else { return Ok(None) };
    if length > MAX_BODY_BYTES {
        return Err(TooLarge);
    }
    let bytes: Option<Uint8Array> = Bytes::over(body).ok().map(JsCast::unchecked_into);
    Ok(bytes.filter(|bytes| f64::from(bytes.length()) == length).map(|bytes| bytes.to_vec()))
}

/// The `name` of an error.
pub fn name_of(error: &JsValue) -> Option<String> {
    property(error, "name").as_string()
}

/// The second argument of `fetch`. Redirects are not followed: a token in a header of its own would go with them.
pub fn request_init(method: &str, token: &str, signal: JsValue) -> JsValue {
    let headers = Object::new();
    set(&headers, "Accept", &"application/json".into());
    if !token.is_empty() {
        set(&headers, TOKEN_HEADER, &token.into());
    }
    let init = Object::new();
    set(&init, "method", &method.into());
    set(&init, "headers", &headers);
    set(&init, "redirect", &"manual".into());
    set(&init, "signal", &signal);
    init.into()
}

/// Sets a property of an object that was just made, which cannot fail.
pub fn set(object: &Object, name: &str, value: &JsValue) {
    let _set = Reflect::set(object, &name.into(), value);
}
