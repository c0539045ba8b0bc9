//! One question about an operation, and what is known then.

use std::future::Future;
use std::pin::Pin;

use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

use super::schedule::due_at;
use crate::error::Error;
use crate::http::{Argument, Within};
use crate::json::MAX_SAFE_INTEGER;
use crate::operation::handle::{Handle, Owner};
use crate::operation::poll::{Action, Event, MAX_CONSECUTIVE_ERRORS};
use crate::operation::view::View;
use crate::service::{self, Detail};
use crate::wasm::calls::client::Client;
use crate::wasm::calls::exchange::{Failed, exchange};
use crate::wasm::calls::options::{CallOptions, read_argument};
use crate::wasm::convert::{Thrown, complete, set, to_js};
use crate::wasm::host::{self, property};

/// What one question came to.
#[derive(Debug)]
pub struct Asked {
    /// What is known now.
    pub handle: Handle,
    /// What to do then.
    pub action: Action,
    /// What was seen, as Rust and as JavaScript have it; or why nothing was.
    pub outcome: Result<(View, JsValue), Failed>,
}

/// What `poll` takes beside what every call takes.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct PollOptions {
    max_consecutive_errors: Option<Within<1, MAX_SAFE_INTEGER>>,
}

/// What `poll` answers, but for the view.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Polled<'a> {
    handle: &'a Handle,
    view: Option<()>,
    error: Option<()>,
    is_over: bool,
    next_at: Option<i64>,
}

/// Asks once about an operation, by its handle or by what to watch: for queues, serverless functions and cron. It never
/// waits between two questions, and what was learnt is in the handle that it gives.
///
/// A question that has no answer, and may have one later, gives `error` and no `view`. After `maxConsecutiveErrors` of them
/// in a row, or after an error that cannot pass, it rejects; what it rejects with carries the handle.
#[wasm_bindgen(unchecked_return_type = "Polled")]
pub async fn poll(
    client: Client,
    #[wasm_bindgen(js_name = handleOrTarget, unchecked_param_type = "string | OperationHandle | OperationTarget")]
    handle_or_target: JsValue,
    #[wasm_bindgen(unchecked_param_type = "PollOptions | undefined")] options: JsValue,
) -> Result<JsValue, JsValue> {
    let (PollOptions { max_consecutive_errors }, options) =
        CallOptions::read_with(&options, &client).map_err(|thrown| thrown.with_handle(&handle_or_target))?;
    let begun = client.clock().now().and_then(|now| handle_of(&client, &handle_or_target, now));
    let handle = begun.map_err(|thrown| thrown.with_handle(&handle_or_target))?;
    let most = max_consecutive_errors.map_or(MAX_CONSECUTIVE_ERRORS, |most| most.0);
    let options = CallOptions { max_retries: 0, ..options };
    let before = handle.clone();
    let asked = ask(&client, handle, most, &options).await.map_err(|thrown| thrown.with_handle(&to_js(&before)))?;
    let Asked { handle, action, outcome } = asked;
    let is_over = action == Action::End;
    let (view, failed) = match outcome {
        Ok((_, view)) => (view, None),
        Err(failed) if action == Action::GiveUp => return Err(failed.thrown.with_handle(&to_js(&handle))),
        Err(failed) => (JsValue::NULL, Some(failed.thrown)),
    };
    let next_at = match action {
        Action::Ask { least_ms } => Some(due_at(&client.clock(), &handle, least_ms, &client.schedule(), &view)?),
        _ => None,
    };
    let polled = to_js(&Polled { handle: &handle, view: None, error: None, is_over, next_at });
    set(&polled, "view", &view);
    if let Some(thrown) = failed {
        set(&polled, "error", &thrown.into());
    }
    Ok(polled)
}

/// The handle of an operation that begins to be watched.
#[wasm_bindgen(js_name = beginHandle, unchecked_return_type = "OperationHandle")]
pub fn begin_handle(
    client: &Client,
    #[wasm_bindgen(unchecked_param_type = "OperationTarget")] target: &JsValue,
    #[wasm_bindgen(js_name = isFresh)] is_fresh: bool,
) -> Result<JsValue, JsValue> {
    Ok(to_js(&begin(client, read_argument("target", target)?, client.clock().now()?, is_fresh)?))
}

/// A handle as it is gone on from: one that only says what is watched begins now.
#[wasm_bindgen(js_name = resumeHandle, unchecked_return_type = "OperationHandle")]
pub fn resume_handle(
    client: &Client,
    #[wasm_bindgen(unchecked_param_type = "OperationHandle")] handle: &JsValue,
) -> Result<JsValue, JsValue> {
    Ok(to_js(&resume(client, read_argument("handle", handle)?, client.clock().now()?)?))
}

/// Asks once. What is thrown says nothing of the operation: the caller's own reason, or a fault in what was given.
///
/// It is boxed, so that there is one of it for all who wait for it.
pub fn ask<'a>(
    client: &'a Client,
    handle: Handle,
    most: i64,
    options: &'a CallOptions,
) -> Pin<Box<dyn Future<Output = Result<Asked, Thrown>> + 'a>> {
    Box::pin(asked(client, handle, most, options))
}

async fn asked(client: &Client, handle: Handle, most: i64, options: &CallOptions) -> Result<Asked, Thrown> {
    let kind = service::find_kind(&handle.kind)?;
    let request = kind.request(&client.site(), &handle.ids())?;
    let answered = exchange(client, &request, None, options).await;
    let answered = answered.and_then(|response| Ok((kind.read(&response, &request)?, response)));
    let (durations, now) = (client.durations(&kind.name), client.clock().now()?);
    match answered {
        Ok((detail, response)) => {
            let (handle, action) = handle.advance(Event::from(&detail.snapshot()), now, &durations);
            let view = View::new(&handle, detail, now, &durations);
            if view.is_success() {
                client.remember(&kind.name, view.elapsed_ms);
            }
            let object = view_object(&view, &response.body);
            Ok(Asked { handle, action, outcome: Ok((view, object)) })
        }
        Err(Failed { thrown: Thrown::Error(error, cause), least_ms }) => {
            if error.kind == crate::error::ErrorKind::Config {
                return Err(Thrown::Error(error, cause));
            }
            let (least, retryable) = (least_ms.unwrap_or(0), error.retryable);
            let event = Event::Failed { kind: error.kind, least_ms: least, retryable, most };
            let (handle, action) = handle.advance(event, now, &durations);
            Ok(Asked { handle, action, outcome: Err(Failed { thrown: Thrown::Error(error, cause), least_ms }) })
        }
        Err(failed) => Err(failed.thrown),
    }
}

/// A handle or a target, as the handle that it is.
fn handle_of(client: &Client, handle_or_target: &JsValue, now: i64) -> Result<Handle, Thrown> {
    let parsed = handle_or_target.as_string().map(|text| js_sys::JSON::parse(&text));
    let object = match &parsed {
        None => handle_or_target,
        Some(Ok(parsed)) => parsed,
        Some(Err(cause)) => return Err(Thrown::Error(no_handle(), cause.clone())),
    };
    let argument = read_argument("handle", object)?;
    let is_handle = !property(object, "version").is_undefined();
    if is_handle { resume(client, argument, now) } else { begin(client, argument, now, false) }
}

fn begin(client: &Client, mut target: Argument, now: i64, is_fresh: bool) -> Result<Handle, Thrown> {
    let kind = match target.take("kind") {
        Argument::Text(kind) => kind,
        _ => String::new(),
    };
    Ok(Handle::begin(service::find_kind(&kind)?, target, Some(Owner::of(&client.site())), now, is_fresh)?)
}

fn resume(client: &Client, handle: Argument, now: i64) -> Result<Handle, Thrown> {
    Ok(Handle::resume(handle, service::find_kind, Some(&Owner::of(&client.site())), now)?)
}

fn no_handle() -> Error {
    Error::config("handle", "expected what JSON.stringify(operation) gives")
}

/// A view as an object, with the body that it came in.
fn view_object(view: &View, raw: &str) -> JsValue {
    let (object, raw) = (to_js(view), host::text_of(raw.as_bytes(), raw.is_ascii()));
    let detail = property(&object, "detail");
    if let Detail::AsyncTask(task) = &view.detail {
        complete(task, &detail);
    }
    set(&detail, "raw", &raw);
    set(&object, "raw", &raw);
    object
}
