//! A caller's signal, and the bounds of a call.

use std::future::Future;

use futures_lite::future::or;
use wasm_bindgen::prelude::*;
use web_sys::AbortController;

use super::Outside;
use crate::error::Error;
use crate::wasm::convert::Thrown;
use crate::wasm::host::{self, DomException, property};
use crate::wasm::outside;

/// A signal that a caller gave: an `AbortSignal` of any make.
#[derive(Debug, Clone)]
pub struct Signal(JsValue);

impl Signal {
    /// A signal, where one was given.
    pub fn read(value: JsValue) -> Result<Option<Self>, Error> {
        if value.is_undefined() {
            return Ok(None);
        }
        let is_signal =
            property(&value, "aborted").as_bool().is_some() && host::method(&value, "addEventListener").is_some();
        if is_signal { Ok(Some(Self(value))) } else { Err(Error::config("signal", "expected an AbortSignal")) }
    }

    /// Its reason, if it is aborted.
    pub fn reason_if_aborted(&self) -> Option<JsValue> {
        (property(&self.0, "aborted").as_bool() == Some(true)).then(|| self.reason())
    }

    /// The caller's own reason; signals of older platforms have none.
    pub fn reason(&self) -> JsValue {
        match property(&self.0, "reason") {
            reason if reason.is_undefined() => DomException::new("The call was aborted.", "AbortError").into(),
            reason => reason,
        }
    }

    /// Its end.
    pub fn aborted(&self) -> Result<Outside, Thrown> {
        let refused = |cause| Thrown::Error(Error::config("signal", "cannot be listened to"), cause);
        outside::aborted(&self.0).map_err(refused)
    }
}

/// Waits for a signal's end; for ever where there is none.
pub async fn until_aborted(signal: Option<&Signal>) -> Thrown {
    let Some(signal) = signal else { return std::future::pending().await };
    match signal.aborted() {
        Ok(aborted) => {
            let _event = aborted.await;
            Thrown::Reason(signal.reason())
        }
        Err(thrown) => thrown,
    }
}

/// What ends a request that is dropped before its answer is there: nobody waits for it any more.
#[derive(Debug)]
pub struct Leash {
    controller: AbortController,
    is_let_go: bool,
}

impl Leash {
    /// A leash for one call.
    pub fn new() -> Result<Self, Error> {
        let none = |_| Error::config("fetch", "this platform has no AbortController");
        Ok(Self { controller: AbortController::new().map_err(none)?, is_let_go: false })
    }

    /// The signal to hand on.
    pub fn signal(&self) -> web_sys::AbortSignal {
        self.controller.signal()
    }
}

impl Leash {
    /// The answer is there: nothing is left to end.
    pub fn let_go(mut self) {
        self.is_let_go = true;
    }
}

impl Drop for Leash {
    fn drop(&mut self) {
        if !self.is_let_go {
            self.controller.abort();
        }
    }
}

/// Runs a step within the bounds of a call: the caller's signal, and its time.
pub async fn within<T, E: From<Thrown>>(
    signal: Option<&Signal>,
    timeout_ms: f64,
    timed_out: impl FnOnce() -> Error,
    step: impl Future<Output = Result<T, E>>,
) -> Result<T, E> {
    if let Some(reason) = signal.and_then(Signal::reason_if_aborted) {
        return Err(Thrown::Reason(reason).into());
    }
    let late = async {
        let _timer = outside::passed(timeout_ms).await;
        Err(Thrown::from(timed_out()).into())
    };
    let aborted = async { Err(until_aborted(signal).await.into()) };
    or(or(aborted, late), step).await
}
