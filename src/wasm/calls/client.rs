//! A client, as JavaScript holds it: the options that `createClient` checked. They are read here at each call and never kept,
//! as the module's memory is gone after a trap, and a plain client has no `free`.

use js_sys::{Array, Function, Object};
use wasm_bindgen::prelude::*;

use crate::http::Site;
use crate::http::signature::Credentials;
use crate::wasm::convert::set;
use crate::wasm::host::property;
use crate::wasm::outside::clock::{CallersClock, Clock};
use crate::wasm::outside::gate::Group;

/// How long a call may take, when nothing is said.
const TIMEOUT_MS: f64 = 30_000.0;

/// How often a call that reads is made again, when nothing is said.
const RETRIES: f64 = 2.0;

/// How large a body may be, when nothing is said: 32 MiB.
const BODY_BYTES: f64 = 33_554_432.0;

/// How many durations of operations of a kind a client remembers.
const MOST_DURATIONS: u32 = 20;

#[wasm_bindgen]
extern "C" {
    /// A client's options, checked.
    #[wasm_bindgen(typescript_type = "CheckedClient")]
    pub type Client;

    #[wasm_bindgen(method, getter, js_name = projectId)]
    fn project_id(this: &Client) -> Option<String>;

    #[wasm_bindgen(method, getter)]
    fn region(this: &Client) -> Option<String>;

    #[wasm_bindgen(method, getter)]
    fn endpoint(this: &Client) -> Option<String>;

    #[wasm_bindgen(method, getter)]
    fn endpoints(this: &Client) -> Option<Object>;

    /// A token, a function that gives one, or `null`.
    #[wasm_bindgen(method, getter)]
    pub fn token(this: &Client) -> JsValue;

    #[wasm_bindgen(method, getter, js_name = credentials)]
    fn credentials_object(this: &Client) -> Option<Object>;

    #[wasm_bindgen(method, getter, js_name = clockSkewMs)]
    fn clock_skew(this: &Client) -> Option<f64>;

    /// The caller's `fetch`.
    #[wasm_bindgen(method, getter, js_name = fetch)]
    pub fn callers_fetch(this: &Client) -> Option<Function>;

    #[wasm_bindgen(method, getter, js_name = timeoutMs)]
    fn timeout(this: &Client) -> Option<f64>;

    #[wasm_bindgen(method, getter, js_name = maxRetries)]
    fn retries(this: &Client) -> Option<f64>;

    #[wasm_bindgen(method, getter, js_name = maxBodyBytes)]
    fn body_bytes(this: &Client) -> Option<f64>;

    /// When to ask about operations that are watched.
    #[wasm_bindgen(method, getter)]
    pub fn schedule(this: &Client) -> JsValue;

    #[wasm_bindgen(method, getter, js_name = clock)]
    fn callers_clock(this: &Client) -> Option<CallersClock>;

    /// Its own budget of requests.
    #[wasm_bindgen(method, getter)]
    pub fn group(this: &Client) -> Group;

    #[wasm_bindgen(method, getter, js_name = durations)]
    fn durations_object(this: &Client) -> JsValue;
}

impl Client {
    /// Where its requests go, and whose resources are meant.
    pub fn site(&self) -> Site {
        Site {
            project_id: self.project_id().unwrap_or_default(),
            region: self.region(),
            endpoint: self.endpoint(),
            endpoints: self.addresses(),
        }
    }

    fn addresses(&self) -> Vec<(String, String)> {
        let Some(endpoints) = self.endpoints() else { return Vec::new() };
        let pair = |entry: JsValue| {
            let entry: Array = entry.unchecked_into();
            Some((entry.get(0).as_string()?, entry.get(1).as_string()?))
        };
        Object::entries(&endpoints).iter().filter_map(pair).collect()
    }

    /// The access key that signs its requests, if one does.
    pub fn credentials(&self) -> Option<Credentials> {
        let object = self.credentials_object()?;
        let text = |name| property(&object, name).as_string();
        Some(Credentials {
            access_key: text("accessKey")?,
            secret_key: text("secretKey")?,
            security_token: text("securityToken"),
        })
    }

    /// How much later the services' clock is than this one, in milliseconds.
    pub fn clock_skew_ms(&self) -> i64 {
        self.clock_skew().unwrap_or(0.0) as i64
    }

    /// What its waiting goes by.
    pub fn clock(&self) -> Clock {
        Clock(self.callers_clock())
    }

    /// How long a call may take, in milliseconds.
    pub fn timeout_ms(&self) -> f64 {
        self.timeout().unwrap_or(TIMEOUT_MS)
    }

    /// How often a call that reads is made again.
    pub fn max_retries(&self) -> u32 {
        self.retries().unwrap_or(RETRIES) as u32
    }

    /// How large a body may be, in bytes.
    pub fn max_body_bytes(&self) -> f64 {
        self.body_bytes().unwrap_or(BODY_BYTES)
    }

    /// How long operations of a kind took, in milliseconds: the schedule learns from it.
    pub fn durations(&self, kind: &str) -> Vec<u64> {
        match property(&self.durations_object(), kind).dyn_into::<Array>() {
            Ok(durations) => durations.iter().filter_map(|duration| Some(duration.as_f64()? as u64)).collect(),
            Err(_) => Vec::new(),
        }
    }

    /// How long one took: the next of its kind may take as long.
    pub fn remember(&self, kind: &str, took_ms: i64) {
        let object = self.durations_object();
        let durations = property(&object, kind).dyn_into::<Array>().unwrap_or_else(|_| Array::new());
        durations.push(&JsValue::from_f64(took_ms as f64));
        if durations.length() > MOST_DURATIONS {
            durations.shift();
        }
        set(&object, kind, &durations);
    }
}
