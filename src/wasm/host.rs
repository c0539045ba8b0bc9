//! What JavaScript hands in. Everything is read with care: a getter may throw, a mock may lack a method, and an uncaught
//! throw inside an async export would be a promise that never settles.

use js_sys::{Date, Function, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;

use crate::auth::Credentials;
use crate::operation::retry::DEFAULT_RETRIES;

const DEFAULT_TIMEOUT_MS: f64 = 30_000.0;

/// The largest body that is read: 256 MiB.
const MAX_BODY_BYTES: f64 = 268_435_456.0;

#[wasm_bindgen]
extern "C" {
    /// What a call needs of the client that makes it: an endpoint or region, a token or credentials, `fetch`,
    /// and the bounds of the call.
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
    /// Where requests to a service go instead of its own address.
    pub fn endpoint(&self, service: &str) -> Option<String> {
        let own = property(&property(self, "endpoints"), service).as_string();
        own.or_else(|| property(self, "endpoint").as_string())
    }

    /// The project of the client.
    pub fn project_id(&self) -> String {
        property(self, "projectId").as_string().unwrap_or_default()
    }

    /// The file of an import.
    pub fn file(&self) -> Option<Vec<u8>> {
        bytes(&property(self, "file")).ok().flatten()
    }

    /// The access key to sign with.
    pub fn credentials(&self) -> Option<Credentials> {
        let given = property(self, "credentials");
        Some(Credentials {
            access_key: property(&given, "accessKey").as_string()?,
            secret_key: property(&given, "secretKey").as_string()?,
            security_token: property(&given, "securityToken").as_string(),
        })
    }

    /// How much later the service's clock is than this one, in milliseconds.
    pub fn clock_skew_ms(&self) -> f64 {
        property(self, "clockSkewMs").as_f64().unwrap_or(0.0)
    }

    /// How often a call may be made again.
    pub fn max_retries(&self) -> u32 {
        property(self, "maxRetries").as_f64().map_or(DEFAULT_RETRIES, |retries| retries as u32)
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
    pub fn timeout_ms(&self) -> f64 {
        property(self, "timeoutMs").as_f64().unwrap_or(DEFAULT_TIMEOUT_MS)
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
        // A float becomes the nearest integer in range, so that nothing a mock says can be out of it.
        Some(status as u16)
    }

    /// A header that is not empty.
    pub fn header(&self, name: &str) -> Option<String> {
        let headers: Headers = property(self, "headers").unchecked_into();
        headers.get(name).ok()?.as_string().filter(|value| !value.is_empty())
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

/// What a `Retry-After` asks for, in milliseconds: seconds or a date.
pub fn retry_after_ms(text: &str) -> Option<f64> {
    let text = text.trim();
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse::<u32>().ok().map(|seconds| f64::from(seconds) * 1_000.0);
    }
    let date = Date::parse(text);
    (text.ends_with("GMT") && date.is_finite()).then(|| (date - Date::now()).max(0.0))
}

/// The second argument of `fetch`. Redirects are not followed: a token in a header of its own would go with them.
pub fn request_init(method: &str, headers: &[(&str, String)], body: JsValue, signal: JsValue) -> JsValue {
    let fields = Object::new();
    for (name, value) in headers {
        set(&fields, name, &value.as_str().into());
    }
    let init = Object::new();
    set(&init, "method", &method.into());
    set(&init, "headers", &fields);
    if !body.is_undefined() {
        set(&init, "body", &body);
    }
    set(&init, "redirect", &"manual".into());
    set(&init, "signal", &signal);
    init.into()
}

/// Sets a property of an object that was just made, which cannot fail.
pub fn set(object: &Object, name: &str, value: &JsValue) {
    let _set = Reflect::set(object, &name.into(), value);
}
