//! When to ask: as the schedule of whoever watches says, else as the module thinks best.

use js_sys::{Function, Object};
use wasm_bindgen::prelude::*;

use crate::operation::handle::Handle;
use crate::wasm::convert::{Thrown, set};
use crate::wasm::host::property;
use crate::wasm::outside::clock::Clock;

/// Whatever a schedule of the caller's says, or how often a page is hidden and shown.
pub const SHORTEST_WAIT_MS: i64 = 100;

/// When to ask, in epoch milliseconds: `schedule` is a caller's, or nothing. The error is what a function of the caller's
/// threw.
pub fn due_at(
    clock: &Clock,
    handle: &Handle,
    least_ms: u64,
    schedule: &JsValue,
    view: &JsValue,
) -> Result<i64, Thrown> {
    // What was written after its end is asked about once more, to show it.
    if handle.ended && handle.failures == 0 {
        return clock.now();
    }
    // What was started just now is not asked about at once; what was running already is.
    let since = handle.asked_at.or(handle.fresh.then_some(handle.begun_at));
    let (false, Some(since)) = (handle.failures > 0 || is_adaptive(schedule), since) else { return Ok(handle.next_at) };
    let wanted = match schedule.dyn_ref::<Function>() {
        Some(function) => {
            let context = Object::new();
            set(&context, "asked", &JsValue::from_f64(handle.asked as f64));
            set(&context, "view", view);
            function.call1(&JsValue::UNDEFINED, &context).map_err(Thrown::Reason)?
        }
        None => property(schedule, "intervalMs"),
    };
    let wanted = wanted.as_f64().filter(|wanted| wanted.is_finite()).unwrap_or(0.0) as i64;
    let least = i64::try_from(least_ms).unwrap_or(i64::MAX);
    Ok(since.saturating_add(wanted.max(least).max(SHORTEST_WAIT_MS)))
}

/// Whether a schedule leaves it to the module.
fn is_adaptive(schedule: &JsValue) -> bool {
    schedule.is_undefined() || schedule.is_null() || schedule.is_string()
}
