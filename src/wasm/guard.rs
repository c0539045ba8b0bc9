//! The bounds of one call: the caller's signal and the time it may take.

use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;

use js_sys::{Array, Date, Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortController;

use super::host::Signal;

/// Why a step did not come to its end.
#[derive(Debug, Clone)]
pub enum Interrupt {
    /// The caller's signal was aborted, for this reason.
    Aborted(JsValue),
    /// The call took longer than it may.
    TimedOut,
    /// The step itself failed, with this.
    Failed(JsValue),
}

#[wasm_bindgen]
extern "C" {
    // Node answers with an object, a browser with a number.
    #[wasm_bindgen(js_name = setTimeout, catch)]
    fn set_timeout(run: &Function, milliseconds: f64) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = clearTimeout, catch)]
    fn clear_timeout(timer: &JsValue) -> Result<(), JsValue>;
}

/// A step of a call.
pub type Step<'a> = Pin<Box<dyn Future<Output = Result<JsValue, Interrupt>> + 'a>>;

/// Watches the caller's signal and the clock from when it is made until it is dropped.
pub struct Guard {
    controller: AbortController,
    interrupt: Rc<RefCell<Option<Interrupt>>>,
    /// Resolves on an interrupt, so that a step that ignores its signal is left behind all the same.
    interrupted: Promise,
    signal: Option<Signal>,
    on_abort: Closure<dyn FnMut()>,
    deadline: f64,
    _timer: Timer,
}

/// Runs a function once, unless it is dropped before.
struct Timer {
    id: JsValue,
    _run: Closure<dyn FnMut()>,
}

impl Timer {
    fn new(milliseconds: f64, run: Closure<dyn FnMut()>) -> Result<Self, Interrupt> {
        let id = set_timeout(run.as_ref().unchecked_ref(), milliseconds).map_err(Interrupt::Failed)?;
        Ok(Self { id, _run: run })
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        let _cleared = clear_timeout(&self.id);
    }
}

impl Guard {
    /// # Errors
    ///
    /// At once when the signal is aborted already.
    pub fn new(signal: &Option<Signal>, timeout_ms: f64) -> Result<Self, Interrupt> {
        let signal = signal.clone();
        if let Some(signal) = signal.as_ref().filter(|signal| signal.aborted()) {
            return Err(Interrupt::Aborted(signal.reason()));
        }
        let controller = AbortController::new().map_err(Interrupt::Failed)?;
        let interrupt = Rc::new(RefCell::new(None));
        let mut resolve = None;
        let interrupted = Promise::new(&mut |done, _| resolve = Some(done));
        let resolve = resolve.unwrap_or_default();

        let raise = {
            let (controller, interrupt) = (controller.clone(), Rc::clone(&interrupt));
            move |why: Interrupt| {
                interrupt.borrow_mut().get_or_insert(why);
                controller.abort();
                let _resolved = resolve.call0(&JsValue::UNDEFINED);
            }
        };
        let on_timeout = Closure::<dyn FnMut()>::new({
            let raise = raise.clone();
            move || raise(Interrupt::TimedOut)
        });
        let on_abort = Closure::<dyn FnMut()>::new({
            let signal = signal.clone();
            move || raise(Interrupt::Aborted(signal.as_ref().map_or(JsValue::UNDEFINED, Signal::reason)))
        });
        let timer = Timer::new(timeout_ms, on_timeout)?;
        if let Some(signal) = &signal {
            signal.listen(on_abort.as_ref().unchecked_ref());
        }
        let deadline = Date::now() + timeout_ms;
        Ok(Self { controller, interrupt, interrupted, signal, on_abort, deadline, _timer: timer })
    }

    /// The signal to hand to `fetch`: aborted with the caller's, and when the time is up.
    pub fn signal(&self) -> JsValue {
        self.controller.signal().into()
    }

    /// How many milliseconds are left.
    pub fn left_ms(&self) -> f64 {
        self.deadline - Date::now()
    }

    /// Waits for a while, within the bounds.
    pub async fn sleep(&self, milliseconds: f64) -> Result<(), Interrupt> {
        let mut resolve = None;
        let over = Promise::new(&mut |done, _| resolve = Some(done));
        let resolve = resolve.unwrap_or_default();
        let wake = Closure::<dyn FnMut()>::new(move || {
            let _resolved = resolve.call0(&JsValue::UNDEFINED);
        });
        let _timer = Timer::new(milliseconds, wake)?;
        self.race(Ok(over.into())).await.map(drop)
    }

    /// Waits for what a JavaScript function returned or threw, a promise or not, within the bounds.
    ///
    /// Boxed, so that it is compiled once and not into every place that waits.
    pub fn race(&self, step: Result<JsValue, JsValue>) -> Step<'_> {
        Box::pin(async move {
            let step = step.map_err(Interrupt::Failed)?;
            let first = Promise::race(&Array::of2(&step, &self.interrupted));
            let outcome = JsFuture::from(first).await;
            // Asked first: a step that heeds its signal fails with an error of its own.
            match self.interrupt.borrow().as_ref() {
                Some(interrupt) => Err(interrupt.clone()),
                None => outcome.map_err(Interrupt::Failed),
            }
        })
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        if let Some(signal) = &self.signal {
            signal.unlisten(self.on_abort.as_ref().unchecked_ref());
        }
    }
}
