//! A request on its way: it is sent by `fetch`, and what comes back is read.

use gloo_net::http::Method as HttpMethod;
use js_sys::{Function, JsString, Object, Reflect};
use wasm_bindgen::JsThreadLocal;
use wasm_bindgen::prelude::*;
use web_sys::{FormData, ReadableStreamDefaultReader, RequestInit, RequestRedirect};

use super::client::Client;
use crate::error::Error;
use crate::http::{Body, Method, Request, Response};
use crate::wasm::convert::{Thrown, set};
use crate::wasm::decode::clean_text;
use crate::wasm::host::{self, method, property};
use crate::wasm::outside::settled;
use crate::wasm::outside::signal::Leash;

/// What proves who asks.
#[derive(Debug)]
pub enum Proof<'a> {
    /// Nothing: the request does so itself, or a proxy on the way.
    Nothing,
    /// A token.
    Token(&'a str),
    /// The headers of a signature.
    Signature(Vec<(&'static str, String)>),
}

// Names and texts that each call needs are strings of JavaScript's own: none is made of bytes again and again.
#[wasm_bindgen]
extern "C" {
    /// The headers of a request, in the plain form that `fetch` takes.
    type RequestHeaders;

    #[wasm_bindgen(method, setter, js_name = "Accept")]
    fn set_accept(this: &RequestHeaders, media_type: &JsString);

    #[wasm_bindgen(method, setter, js_name = "X-Auth-Token")]
    fn set_token(this: &RequestHeaders, token: &str);

    /// The headers of a response.
    type ResponseHeaders;

    #[wasm_bindgen(method, catch)]
    fn get(this: &ResponseHeaders, name: &JsString) -> Result<Option<String>, JsValue>;
}

// rustfmt takes the texts away.
#[rustfmt::skip]
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(thread_local_v2, static_string)]
    static APPLICATION_JSON: JsString = "application/json";
    #[wasm_bindgen(thread_local_v2, static_string)]
    static CONTENT_ENCODING: JsString = "Content-Encoding";
    #[wasm_bindgen(thread_local_v2, static_string)]
    static CONTENT_LENGTH: JsString = "Content-Length";
    #[wasm_bindgen(thread_local_v2, static_string)]
    static REQUEST_ID: JsString = "X-Request-Id";
    #[wasm_bindgen(thread_local_v2, static_string)]
    static RETRY_AFTER: JsString = "Retry-After";
    #[wasm_bindgen(thread_local_v2, static_string)]
    static SUBJECT_TOKEN: JsString = "X-Subject-Token";
}

/// Sends a request. Whatever `fetch` throws is an error that has it as its cause.
pub async fn send(
    client: &Client,
    request: &Request,
    proof: &Proof<'_>,
    file: Option<&JsValue>,
    max_body_bytes: f64,
) -> Result<Response, Thrown> {
    let fetch = fetch_of(client, request)?;
    let leash = Leash::new()?;
    let init = init_of(request, proof, file, &leash);
    let unanswered = |cause: JsValue| {
        let is_aborted = property(&cause, "name").as_string().as_deref() == Some("AbortError");
        let error = if is_aborted { request.self_aborted() } else { request.unanswered() };
        Thrown::Error(error, cause)
    };
    let answer = fetch.call2(&JsValue::UNDEFINED, &JsString::from(request.url.as_str()), &init).map_err(unanswered)?;
    let response = Answer::new(settled(&answer).await.map_err(unanswered)?, unanswered)?;
    let body = read_body(&response, request, max_body_bytes, unanswered).await?;
    leash.let_go();
    Ok(Response {
        status: response.status,
        request_id: response.header(&REQUEST_ID),
        subject_token: if request.proves_itself { response.header(&SUBJECT_TOKEN) } else { None },
        retry_after_ms: if response.status < 400 {
            None
        } else {
            response.header(&RETRY_AFTER).and_then(retry_after_ms)
        },
        body: clean_text(body),
    })
}

fn fetch_of(client: &Client, request: &Request) -> Result<Function, Error> {
    if let Some(fetch) = client.callers_fetch() {
        return Ok(fetch);
    }
    let global: JsValue = js_sys::global().into();
    if request.url.starts_with('/') && property(&global, "location").is_undefined() {
        return Err(Error::config("endpoint", "a path needs a page to be on; expected an absolute URL here"));
    }
    method(&global, "fetch").ok_or_else(|| Error::config("fetch", "expected a function, and this platform has none"))
}

/// What `fetch` is told. It has no prototype: a polluted one would have a say in it.
fn init_of(request: &Request, proof: &Proof<'_>, file: Option<&JsValue>, leash: &Leash) -> RequestInit {
    let method = match request.method {
        Method::Get => HttpMethod::GET,
        Method::Post => HttpMethod::POST,
    };
    let headers: Object = Object::create(JsValue::NULL.unchecked_ref());
    let headers: RequestHeaders = headers.unchecked_into();
    APPLICATION_JSON.with(|json| headers.set_accept(json));
    if let Some(content_type) = request.content_type {
        set(&headers, "Content-Type", &content_type.into());
    }
    match proof {
        Proof::Nothing => {}
        Proof::Token(token) => headers.set_token(token),
        Proof::Signature(fields) => fields.iter().for_each(|(name, value)| set(&headers, name, &value.into())),
    }
    let init: Object = Object::create(JsValue::NULL.unchecked_ref());
    let init: RequestInit = init.unchecked_into();
    init.set_method(method.as_str());
    init.set_headers(&headers);
    // A redirect is not followed: the token would go with it.
    init.set_redirect(RequestRedirect::Manual);
    init.set_signal(Some(&leash.signal()));
    match &request.body {
        Body::Nothing => {}
        Body::Json(text) => init.set_body(&text.into()),
        Body::Form(form) => {
            if let Ok(data) = FormData::new() {
                for (name, value) in &form.fields {
                    let _always = data.append_with_str(name, value);
                }
                if let Some(file) = file {
                    let _always =
                        data.append_with_blob_and_filename(form.file.field, file.unchecked_ref(), &form.file.name);
                }
                init.set_body(&data);
            }
        }
    }
    init
}

/// A response: the platform's own, or that of a mock, with few of the properties of a real one.
struct Answer {
    value: JsValue,
    real: Option<gloo_net::http::Response>,
    headers: Option<ResponseHeaders>,
    status: u16,
}

impl Answer {
    fn new(value: JsValue, unanswered: impl Fn(JsValue) -> Thrown) -> Result<Self, Thrown> {
        if host::is_response(&value) {
            let real = gloo_net::http::Response::from(value.clone().unchecked_into::<web_sys::Response>());
            let headers = real.headers().into_raw().unchecked_into();
            return Ok(Self { status: real.status(), real: Some(real), headers: Some(headers), value });
        }
        let status = Reflect::get(&value, &"status".into());
        // What is no object has no properties at all.
        let status = if value.is_object() { status.map_err(unanswered)? } else { JsValue::UNDEFINED };
        let status = status.as_f64().filter(|status| (0.0..=65_535.0).contains(status));
        match status.filter(|status| status.fract() == 0.0) {
            Some(status) => Ok(Self { value, real: None, headers: None, status: status as u16 }),
            None => Err(no_response().into()),
        }
    }

    fn header(&self, name: &'static JsThreadLocal<JsString>) -> Option<String> {
        name.with(|name| match &self.headers {
            Some(headers) => headers.get(name).ok()?,
            None => {
                let headers = property(&self.value, "headers");
                method(&headers, "get")?.call1(&headers, name).ok()?.as_string()
            }
        })
    }

    /// How long its body is, when that is sure: one that is compressed is longer than it says.
    fn length(&self) -> Option<f64> {
        let declared: Option<u64> = self.header(&CONTENT_LENGTH)?.trim().parse().ok();
        let declared = declared.map(|length| length as f64);
        declared.filter(|_| self.header(&CONTENT_ENCODING).is_none_or(|encoding| encoding == "identity"))
    }
}

fn no_response() -> Error {
    Error::config("fetch", "expected it to answer with a Response")
}

/// Reads a body that is no larger than it may be. What counts are the bytes that come, not those that were announced; where
/// nothing sure was announced, it is read bit by bit and left when it is too large.
async fn read_body(
    response: &Answer,
    request: &Request,
    most: f64,
    unanswered: impl Fn(JsValue) -> Thrown,
) -> Result<Vec<u8>, Thrown> {
    let too_large = || {
        let error = Error::too_large(Some(request.name), "a body within `maxBodyBytes`");
        Thrown::from(error.with(|error| error.status = Some(response.status)))
    };
    let length = response.length();
    if length.is_some_and(|length| length > most) {
        return Err(too_large());
    }
    let stream = response.real.as_ref().filter(|_| length.is_none()).and_then(gloo_net::http::Response::body);
    if let Some(stream) = stream {
        let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
        let mut body = Vec::new();
        loop {
            let part = settled(&reader.read()).await.map_err(&unanswered)?;
            if property(&part, "done").is_truthy() {
                return Ok(body);
            }
            let part = host::bytes_of(&property(&part, "value")).ok().flatten().ok_or_else(no_response)?;
            if (body.len() as f64) + f64::from(part.length()) > most {
                return Err(too_large());
            }
            body.extend_from_slice(&part.to_vec());
        }
    }
    let reading = match &response.real {
        Some(_) => response.value.unchecked_ref::<web_sys::Response>().array_buffer().map(JsValue::from),
        None => match method(&response.value, "arrayBuffer").or_else(|| method(&response.value, "text")) {
            Some(read) => read.call0(&response.value),
            None => return Err(no_response().into()),
        },
    };
    let body = settled(&reading.map_err(&unanswered)?).await.map_err(&unanswered)?;
    let body = match host::bytes_of(&body) {
        Ok(Some(bytes)) if f64::from(bytes.length()) <= most => bytes.to_vec(),
        Ok(Some(_)) => return Err(too_large()),
        Ok(None) => body.as_string().ok_or_else(no_response)?.into_bytes(),
        Err(_) => return Err(no_response().into()),
    };
    if body.len() as f64 > most { Err(too_large()) } else { Ok(body) }
}

/// What a `Retry-After` asks for: seconds or a date.
fn retry_after_ms(text: String) -> Option<u64> {
    let text = text.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(
            text.parse::<u64>().unwrap_or(u64::MAX).saturating_mul(1_000).min(crate::json::MAX_SAFE_INTEGER as u64),
        );
    }
    let date = text.ends_with("GMT").then(|| js_sys::Date::parse(text))?;
    (!date.is_nan()).then(|| (date - js_sys::Date::now()).max(0.0) as u64)
}
