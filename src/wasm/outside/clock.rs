//! The time that all waiting goes by, but for the time-out of a call: the platform's, or a clock that the caller gave.

use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

use super::settled;
use super::signal::Leash;
use crate::error::Error;
use crate::wasm::convert::Thrown;
use crate::wasm::outside;

#[wasm_bindgen]
extern "C" {
    /// The `clock` of a client, which was found to have these.
    #[wasm_bindgen(typescript_type = "Clock")]
    #[derive(Debug, Clone)]
    pub type CallersClock;

    #[wasm_bindgen(method, catch)]
    fn now(this: &CallersClock) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn monotonic(this: &CallersClock) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn sleep(this: &CallersClock, milliseconds: f64, signal: &AbortSignal) -> Result<JsValue, JsValue>;
}

/// A clock; `None` is the platform's.
#[derive(Debug, Clone)]
pub struct Clock(pub Option<CallersClock>);

impl Clock {
    /// The time, in epoch milliseconds.
    pub fn now(&self) -> Result<i64, Thrown> {
        match &self.0 {
            None => Ok(outside::now()),
            Some(clock) => time("clock.now", clock.now()),
        }
    }

    /// A time that is only compared with others of its kind, in milliseconds. The platform's is that on the wall: its own
    /// monotonic one stands still while a laptop sleeps, and a budget does not.
    pub fn monotonic(&self) -> Result<i64, Thrown> {
        match &self.0 {
            None => Ok(outside::now()),
            Some(clock) => time("clock.monotonic", clock.monotonic()),
        }
    }

    /// Waits so many milliseconds.
    pub async fn pass(&self, milliseconds: f64) -> Result<(), Thrown> {
        let Some(clock) = &self.0 else {
            let _timer = outside::passed(milliseconds).await;
            return Ok(());
        };
        let failed = |cause| Thrown::Error(Error::config("clock.sleep", "failed"), cause);
        // Whoever no longer waits tells the clock.
        let leash = Leash::new()?;
        let sleep = clock.sleep(milliseconds, &leash.signal()).map_err(failed)?;
        settled(&sleep).await.map_err(failed)?;
        leash.let_go();
        Ok(())
    }

    /// Waits so many milliseconds; by the platform's clock, no longer than until somebody comes back to a page that was
    /// hidden: what it shows is old then. Gives by how many milliseconds the clock was set back meanwhile.
    pub async fn sleep(&self, milliseconds: i64) -> Result<i64, Thrown> {
        if self.is_platforms() {
            return Ok(outside::sleep_until(outside::now().saturating_add(milliseconds)).await);
        }
        if milliseconds > 0 {
            self.pass(milliseconds as f64).await?;
        }
        Ok(0)
    }

    /// Whether it is the platform's, which may wake too early and be set back.
    pub fn is_platforms(&self) -> bool {
        self.0.is_none()
    }
}

fn time(field: &str, told: Result<JsValue, JsValue>) -> Result<i64, Thrown> {
    let told = told.map_err(|cause| Thrown::Error(Error::config(field, "failed"), cause))?;
    let time = told.as_f64().filter(|time| time.is_finite());
    Ok(time.ok_or_else(|| Error::config(field, "expected a number of milliseconds"))? as i64)
}
