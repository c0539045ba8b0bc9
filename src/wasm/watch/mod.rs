//! The watching of an operation: it is asked about again and again, while somebody looks.

use futures_lite::future::or;
use js_sys::{Array, Object, Promise};
use wasm_bindgen::prelude::*;

use self::poll::{Asked, ask};
use self::schedule::{SHORTEST_WAIT_MS, due_at};
use crate::operation::handle::Handle;
use crate::operation::poll::{Action, MAX_CONSECUTIVE_ERRORS};
use crate::operation::view::View;
use crate::service;
use crate::wasm::calls::client::Client;
use crate::wasm::calls::options::{CallOptions, read_argument};
use crate::wasm::convert::{Thrown, set, to_js};
use crate::wasm::host::property;
use crate::wasm::outside::clock::{CallersClock, Clock};
use crate::wasm::outside::gate::{Gate, Group};
use crate::wasm::outside::settled;
use crate::wasm::outside::signal::{Signal, until_aborted};

pub mod poll;
mod schedule;

/// What went before, for the error of an operation that failed.
const LONGEST_HISTORY: u32 = 100;

#[wasm_bindgen]
extern "C" {
    /// An operation that is watched, as JavaScript holds it: what is known of it, and who looks.
    #[wasm_bindgen(typescript_type = "Poll")]
    pub type Poll;

    #[wasm_bindgen(method, getter)]
    fn handle(this: &Poll) -> JsValue;

    #[wasm_bindgen(method, getter)]
    fn view(this: &Poll) -> JsValue;

    #[wasm_bindgen(method, getter)]
    fn history(this: &Poll) -> Array;

    #[wasm_bindgen(method, getter, js_name = maxConsecutiveErrors)]
    fn max_consecutive_errors(this: &Poll) -> Option<f64>;

    /// The schedule of the first who has one.
    #[wasm_bindgen(method, getter)]
    fn schedule(this: &Poll) -> JsValue;

    /// The groups that it is in.
    #[wasm_bindgen(method, getter)]
    fn groups(this: &Poll) -> Array;

    /// An answer came: what is known now, what was seen, what makes it another view than the one before, and when.
    #[wasm_bindgen(method)]
    fn answered(this: &Poll, handle: JsValue, view: JsValue, likeness: String, at: f64);

    /// No answer came.
    #[wasm_bindgen(method)]
    fn unanswered(this: &Poll, handle: JsValue);
}

#[wasm_bindgen]
extern "C" {
    /// How long to wait for an event.
    #[wasm_bindgen(typescript_type = "WaitLimits")]
    pub type WaitLimits;

    #[wasm_bindgen(method, getter)]
    fn signal(this: &WaitLimits) -> JsValue;

    #[wasm_bindgen(method, getter)]
    fn milliseconds(this: &WaitLimits) -> Option<f64>;

    #[wasm_bindgen(method, getter)]
    fn clock(this: &WaitLimits) -> Option<CallersClock>;

    /// When that is over, in the clock's monotonic time. The first wait sets it, for one that has to begin again.
    #[wasm_bindgen(method, getter)]
    fn until(this: &WaitLimits) -> Option<f64>;
}

/// Watches an operation until it is over, or until `stopped` resolves as nobody looks any more. `poll` is told of every
/// answer; what it knows is where the watching begins, so it can begin again after a trap.
///
/// Rejects when the polling has failed for good, which says nothing of the operation.
#[wasm_bindgen(js_name = watchOperation)]
pub async fn watch_operation(
    client: Client,
    poll: Poll,
    #[wasm_bindgen(unchecked_param_type = "Promise<void>")] stopped: Promise,
) -> Result<(), JsValue> {
    let handle =
        Handle::resume(read_argument("handle", &poll.handle())?, service::find_kind, None, client.clock().now()?)?;
    let least_ms = if handle.failures > 0 { handle.wait_ms() } else { 0 };
    let watching = Watching { client, poll, handle: handle.forgiven(), least_ms };
    let stopped = async {
        let _nobody = settled(&stopped).await;
        Ok(())
    };
    or(stopped, watching.run()).await
}

/// Waits for an event: resolves to `null` when it has come, or to the time in epoch milliseconds when so many have passed
/// without it. Rejects with the signal's own reason.
#[wasm_bindgen(unchecked_return_type = "number | null")]
pub async fn wait(
    #[wasm_bindgen(unchecked_param_type = "Promise<unknown>")] event: Promise,
    limits: WaitLimits,
) -> Result<JsValue, JsValue> {
    let signal = Signal::read(limits.signal())?;
    if let Some(reason) = signal.as_ref().and_then(Signal::reason_if_aborted) {
        return Err(reason);
    }
    let come = async {
        let _whatever = settled(&event).await;
        Ok(JsValue::NULL)
    };
    let late = async {
        let Some(milliseconds) = limits.milliseconds() else { return std::future::pending().await };
        let (clock, left) = (Clock(limits.clock()), limits.until());
        let start = clock.monotonic()? as f64;
        let left = left.map_or(milliseconds, |until| (until - start).max(0.0));
        set(&limits, "until", &JsValue::from_f64(start + left));
        clock.pass(left).await?;
        Ok(JsValue::from_f64(clock.now()? as f64))
    };
    let aborted = async { Err(until_aborted(signal.as_ref()).await.into()) };
    or(come, or(aborted, late)).await
}

struct Watching {
    client: Client,
    poll: Poll,
    handle: Handle,
    /// How long to wait at least after an error, whatever the schedule is.
    least_ms: u64,
}

impl Watching {
    async fn run(mut self) -> Result<(), JsValue> {
        let most = self.poll.max_consecutive_errors().map_or(MAX_CONSECUTIVE_ERRORS, |most| most as i64);
        let mut options = CallOptions { max_retries: 0, ..CallOptions::read(&JsValue::UNDEFINED, &self.client)? };
        let clock = self.client.clock();
        loop {
            let due_at = self.until_due(&clock).await?;
            options.due_at = Some(due_at);
            for group in self.poll.groups().iter() {
                Gate::of(group.unchecked_ref::<Group>(), clock.monotonic()?).turn(&clock, due_at).await?;
            }
            let Asked { handle, action, outcome } = ask(&self.client, self.handle.clone(), most, &options).await?;
            self.handle = handle;
            self.least_ms = if let Action::Ask { least_ms } = action { least_ms } else { 0 };
            match outcome {
                Ok((view, object)) => self.tell(&view, object, clock.now()?),
                Err(failed) => {
                    self.poll.unanswered(to_js(&self.handle));
                    if action == Action::GiveUp {
                        return Err(failed.into());
                    }
                }
            }
            if action == Action::End {
                return Ok(());
            }
        }
    }

    /// Waits until it is time to ask.
    async fn until_due(&self, clock: &Clock) -> Result<i64, Thrown> {
        let watchers = self.poll.schedule();
        let schedule = if watchers.is_undefined() { self.client.schedule() } else { watchers };
        let due_at = due_at(clock, &self.handle, self.least_ms, &schedule, &self.poll.view())?;
        let least = i64::try_from(self.least_ms).unwrap_or(i64::MAX).max(SHORTEST_WAIT_MS);
        let earliest = self.handle.asked_at.unwrap_or(0).saturating_add(least);
        loop {
            let back = clock.sleep(due_at.saturating_sub(clock.now()?)).await?;
            // A clock of the caller's is believed: it is not asked again whether it is time.
            if !clock.is_platforms() || clock.now()? + back >= due_at.min(earliest) {
                return Ok(due_at);
            }
        }
    }

    fn tell(&self, view: &View, object: JsValue, at: i64) {
        self.remember(view, at);
        self.poll.answered(to_js(&self.handle), object, view.likeness(), at as f64);
    }

    /// Keeps the changes of state and percentage.
    fn remember(&self, view: &View, at: i64) {
        let history = self.poll.history();
        let seen = to_js(&view.seen_state(at));
        let last = history.get(history.length().saturating_sub(1));
        let differs = |name| !Object::is(&property(&last, name), &property(&seen, name));
        if differs("state") || differs("percent") {
            history.push(&seen);
        }
        if history.length() > LONGEST_HISTORY {
            history.shift();
        }
    }
}
