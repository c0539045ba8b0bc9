//! One call on its way: what proves who asks, what is sent, and whether it is made again. What to do is decided in
//! [`http`](crate::http); here it is carried out.

use std::future::Future;
use std::pin::Pin;

use futures_lite::future::or;
use js_sys::Math;
use wasm_bindgen::prelude::*;

use super::client::Client;
use super::fetch::{Proof, send};
use super::options::CallOptions;
use crate::error::{Error, ErrorKind};
use crate::http::retry::{self, Attempt, Next};
use crate::http::{Request, Response};
use crate::wasm::convert::{Thrown, set};
use crate::wasm::outside::gate::Gate;
use crate::wasm::outside::signal::{until_aborted, within};
use crate::wasm::outside::{now, settled};

/// Why a call has no answer.
#[derive(Debug)]
pub struct Failed {
    /// What to tell the caller.
    pub thrown: Thrown,
    /// How long to wait at least before the same call; `None` when it would fail again.
    pub least_ms: Option<u64>,
}

impl From<Thrown> for Failed {
    fn from(thrown: Thrown) -> Self {
        Self { thrown, least_ms: None }
    }
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Thrown::from(error).into()
    }
}

impl From<Failed> for JsValue {
    fn from(failed: Failed) -> Self {
        failed.thrown.into()
    }
}

/// Makes a call, again where that may help, within its time and until the caller's signal is aborted. Gives the response that
/// is a success, with secrets blotted out.
///
/// It is boxed: every call waits for it, and would hold it as a whole.
pub fn exchange<'a>(
    client: &'a Client,
    request: &'a Request,
    file: Option<&'a JsValue>,
    options: &'a CallOptions,
) -> Pin<Box<dyn Future<Output = Result<Response, Failed>> + 'a>> {
    Box::pin(async move {
        let clock = client.clock();
        let now = clock.monotonic()?;
        let gate = Gate::of(&client.group(), now);
        if !gate.lets_through(now) {
            // To wait for the client's budget is no part of a call's time.
            let turn = gate.turn(&clock, options.due_at.map_or_else(|| clock.now(), Ok)?);
            or(async { Err(until_aborted(options.signal.as_ref()).await) }, turn).await?;
        }
        let deadline = js_sys::Date::now() + options.timeout_ms;
        let timed_out = || request.timed_out(options.timeout_ms);
        let attempts = attempts(client, &gate, request, file, options, deadline);
        within(options.signal.as_ref(), options.timeout_ms, timed_out, attempts).await
    })
}

async fn attempts(
    client: &Client,
    gate: &Gate,
    request: &Request,
    file: Option<&JsValue>,
    options: &CallOptions,
    deadline: f64,
) -> Result<Response, Failed> {
    let credentials = if request.proves_itself { None } else { client.credentials() };
    let mut token = token_for(client, request, None).await?;
    let (mut retries, mut renewed) = (0, token.is_none());
    loop {
        let proof = match (&credentials, &token) {
            (Some(credentials), _) => {
                let project_id = client.site().project_id;
                refuse_unprintable("projectId", &project_id)?;
                Proof::Signature(credentials.sign(request, &project_id, now() + client.clock_skew_ms()))
            }
            (None, Some(token)) => Proof::Token(token),
            (None, None) => Proof::Nothing,
        };
        let mut secrets: Vec<&str> = request.secrets.iter().map(String::as_str).collect();
        secrets.extend(token.as_deref());
        if let Some(keys) = &credentials {
            secrets.push(&keys.secret_key);
            secrets.extend(keys.security_token.as_deref());
        }
        let (error, cause, retry_after_ms) = match send(client, request, &proof, file, options.max_body_bytes).await {
            Ok(response) => {
                let response = response.redacted(&secrets);
                match response.refusal(request) {
                    None => return Ok(response),
                    Some(error) => (error, JsValue::UNDEFINED, response.retry_after_ms),
                }
            }
            Err(Thrown::Error(error, cause)) => (error, cause, None),
            Err(reason) => return Err(reason.into()),
        };
        if let Some(budget) = retry::rate_limit(&error) {
            gate.learn(budget, client.clock().monotonic()?);
        }
        let attempt = Attempt {
            retries,
            max_retries: options.max_retries,
            reads: request.reads(),
            signed: credentials.is_some(),
            renewed,
            retry_after_ms,
            chance: (Math::random() * 4_294_967_296.0) as u32,
        };
        match retry::next(&error, &attempt) {
            // A wait that does not fit into the time is not begun: the error says more than a time-out.
            Next::After(wait_ms) if (wait_ms as f64) < deadline - js_sys::Date::now() => {
                let clock = client.clock();
                clock.pass(wait_ms as f64).await?;
                if !gate.lets_through(clock.monotonic()?) {
                    gate.turn(&clock, clock.now()?).await?;
                }
                retries += 1;
                continue;
            }
            Next::NewToken => {
                let fresh = token_for(client, request, token.as_deref()).await?;
                if fresh != token {
                    (token, renewed) = (fresh, true);
                    continue;
                }
            }
            _ => {}
        }
        let least_ms = retry::least_ms(&error, retry_after_ms);
        return Err(Failed { thrown: Thrown::Error(error, cause), least_ms });
    }
}

/// The token of the moment; `None` when none is to be sent. `expired` is the one that was refused.
async fn token_for(client: &Client, request: &Request, expired: Option<&str>) -> Result<Option<String>, Failed> {
    if request.proves_itself {
        return Ok(None);
    }
    let token = client.token();
    if let Some(token) = token.as_string() {
        return Ok(Some(token));
    }
    if token.is_null() || token.is_undefined() {
        return Ok(None);
    }
    let failed = |cause| {
        let message = format!("{}: the `token` function failed", request.name);
        Thrown::Error(Error::new(ErrorKind::Auth, message), cause)
    };
    let context = js_sys::Object::new();
    set(&context, "expired", &expired.map_or(JsValue::NULL, JsValue::from));
    let function: &js_sys::Function = token.unchecked_ref();
    let answer = function.call1(&JsValue::UNDEFINED, &context).map_err(failed)?;
    let answer = match answer.as_string() {
        Some(_) => answer,
        None => settled(&answer).await.map_err(failed)?,
    };
    let Some(token) = answer.as_string() else {
        return Err(Error::config("token", "expected a string, found another type").into());
    };
    refuse_unprintable("token", &token)?;
    Ok(Some(token))
}

/// What can be sent as a header. A line break from the end of a file is the usual fault; nothing of the text is told.
fn refuse_unprintable(field: &str, text: &str) -> Result<(), Error> {
    if text.is_empty() {
        return Err(Error::config(field, "expected a non-empty string, found an empty string"));
    }
    let Some(place) = text.chars().position(|character| !character.is_ascii_graphic()) else { return Ok(()) };
    let problem =
        format!("expected printable ASCII without spaces and line breaks, which character {} is not", place + 1);
    Err(Error::config(field, &problem))
}
