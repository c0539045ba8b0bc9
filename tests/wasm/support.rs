//! What the tests share: JavaScript values, a service that is none, and what the exports reject with.

use huaweicloud_tasks::wasm::calls;
use huaweicloud_tasks::wasm::calls::client::Client;
use huaweicloud_tasks::wasm::host::Refusal;
use huaweicloud_tasks::wasm::watch::Poll;
use js_sys::{Array, Function, JSON, Object, Promise, Reflect};
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

pub const CREATING: &str = include_str!("../fixtures/apig-gateway-progress/200-creating.json");
pub const SUCCESS: &str = include_str!("../fixtures/apig-gateway-progress/200-success.json");
pub const MISSING: &str = include_str!("../fixtures/apig-gateway-progress/404.json");

/// An argument that is left out.
pub const NOTHING: JsValue = JsValue::UNDEFINED;

/// An answer that never comes.
pub const SILENCE: &str = "return new Promise(() => {})";

#[wasm_bindgen(module = "/tests/wasm/service.js")]
extern "C" {
    pub type Service;

    #[wasm_bindgen(constructor)]
    fn new(answers: &Array) -> Service;

    #[wasm_bindgen(method, getter)]
    pub fn fetch(this: &Service) -> Function;

    #[wasm_bindgen(method, getter)]
    fn requests(this: &Service) -> Array;

    #[wasm_bindgen(method, js_name = client)]
    pub fn client_with(this: &Service, more: &JsValue) -> Client;

    #[wasm_bindgen(method, js_name = request)]
    fn request_text(this: &Service, index: u32) -> Promise;

    #[wasm_bindgen(method, js_name = form)]
    fn form_text(this: &Service, index: u32) -> String;

    #[wasm_bindgen(method, js_name = isAborted)]
    pub fn is_aborted(this: &Service, index: u32) -> bool;

    #[wasm_bindgen(method)]
    pub fn since(this: &Service, index: u32) -> f64;

    pub type Watched;

    #[wasm_bindgen(constructor)]
    fn new(handle: &JsValue, more: &JsValue) -> Watched;

    #[wasm_bindgen(method, getter)]
    pub fn stopped(this: &Watched) -> Promise;

    #[wasm_bindgen(method)]
    pub fn stop(this: &Watched);

    #[wasm_bindgen(js_name = passed)]
    fn passing(milliseconds: f64) -> Promise;
}

impl Service {
    /// Gives these answers in turn, and the last one again and again.
    pub fn answering(answers: &[JsValue]) -> Self {
        Self::new(&answers.iter().collect())
    }

    /// Gives this body with a 200.
    pub fn giving(body: &str) -> Self {
        Self::answering(&[answer(200, body)])
    }

    /// A client that asks it, with these options besides.
    pub fn client(&self, more: &str) -> Client {
        self.client_with(&js(more))
    }

    /// How many requests came.
    pub fn count(&self) -> u32 {
        self.requests().length()
    }

    /// What `fetch` was given, as plain data.
    pub async fn request(&self, index: u32) -> Value {
        let text = JsFuture::from(self.request_text(index)).await.unwrap();
        serde_json::from_str(&text.as_string().unwrap()).unwrap()
    }

    /// In what form it was given that.
    pub fn form(&self, index: u32) -> Value {
        serde_json::from_str(&self.form_text(index)).unwrap()
    }

    /// Asks for the progress of a gateway: the plainest of all calls.
    pub async fn ask(&self, client: &str, options: &str) -> Result<JsValue, JsValue> {
        calls::apig_gateway_progress(self.client(client), "i".into(), js(options)).await
    }
}

impl Watched {
    /// An operation that is watched from a handle on; `more` is what else there is to say.
    pub fn from(handle: &JsValue, more: &str) -> Self {
        Self::new(handle, &js(more))
    }

    /// The same as the module takes it.
    pub fn poll(&self) -> Poll {
        self.clone().unchecked_into()
    }

    /// A property, as plain data.
    pub fn at(&self, name: &str) -> Value {
        data(&property(self, name))
    }
}

impl Clone for Watched {
    fn clone(&self) -> Self {
        JsValue::from(self).unchecked_into()
    }
}

/// What the exports reject with, when it is an error of ours.
pub struct Refused {
    pub error: Value,
    pub cause: JsValue,
    handle: JsValue,
}

impl Refused {
    /// Some of what is told of the error.
    pub fn some<const N: usize>(&self, names: [&str; N]) -> Value {
        some(&self.error, names)
    }

    /// The handle that it carries.
    pub fn handle(&self) -> Value {
        data(&self.handle)
    }

    /// Whether it was made from this value.
    pub fn is_from(&self, cause: &JsValue) -> bool {
        Object::is(&self.cause, cause)
    }
}

/// The error that something was refused with; anything else fails the test.
pub fn refused<T>(outcome: Result<T, JsValue>) -> Refused {
    let Err(thrown) = outcome else { panic!("it was not refused") };
    let Ok(refusal) = thrown.clone().dyn_into::<Refusal>() else { panic!("it was refused with {thrown:?}") };
    Refused { error: data(&refusal.error()), cause: refusal.cause(), handle: refusal.handle() }
}

/// The same of a value in its place.
pub fn refused_at(value: &JsValue, name: &str) -> Refused {
    refused::<()>(Err(property(value, name)))
}

/// Some fields of an object, as an array.
pub fn some<const N: usize>(value: &Value, names: [&str; N]) -> Value {
    names.map(|name| value[name].clone()).into_iter().collect()
}

/// The value of an expression in JavaScript.
pub fn js(expression: &str) -> JsValue {
    Function::new_no_args(&format!("return ({expression})")).call0(&JsValue::UNDEFINED).unwrap()
}

/// A JavaScript value as plain data.
pub fn data(value: &JsValue) -> Value {
    let text = JSON::stringify(value).unwrap().as_string();
    text.map_or(Value::Null, |text| serde_json::from_str(&text).unwrap())
}

/// Plain data as a JavaScript value.
pub fn value_of(data: &Value) -> JsValue {
    JSON::parse(&data.to_string()).unwrap()
}

pub fn property(value: &JsValue, name: &str) -> JsValue {
    Reflect::get(value, &name.into()).unwrap()
}

/// An object with one property more.
pub fn with(object: JsValue, name: &str, value: &JsValue) -> JsValue {
    Reflect::set(&object, &name.into(), value).unwrap();
    object
}

/// An answer of the platform's own make.
pub fn answer(status: u16, body: &str) -> JsValue {
    answer_with(status, body, json!({}))
}

/// The same with headers.
pub fn answer_with(status: u16, body: &str, headers: Value) -> JsValue {
    value_of(&json!({ "status": status, "body": body, "headers": headers }))
}

/// An answer that is made by JavaScript, which has `url` and `init`.
pub fn script(body: &str) -> JsValue {
    Function::new_with_args("url, init", body).into()
}

/// Waits so many milliseconds.
pub async fn passed(milliseconds: f64) {
    JsFuture::from(passing(milliseconds)).await.unwrap();
}
