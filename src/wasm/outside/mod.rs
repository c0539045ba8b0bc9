//! Waiting for what happens outside of the module: a promise, a time, a signal.
//!
//! It is a leaf future of our own and not `JsFuture`: what comes back goes through the guard of `host.js`, so that a trap is
//! noticed there, and what was begun for an instance that has trapped since does not come back at all.

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use futures_lite::future::or;
use js_sys::Date;
use wasm_bindgen::prelude::*;

use crate::wasm::host;

pub mod clock;
pub mod gate;
pub(super) mod signal;

/// How it ended: as a promise does.
pub type Settled = Result<JsValue, JsValue>;

/// A timer may fire late: a laptop sleeps, a page in the background is throttled. So the clock on the wall is asked, at
/// least this often.
const LONGEST_NAP_MS: i64 = 30_000;

thread_local! {
    static PLACES: RefCell<Places> = RefCell::default();
    static SETTLE: Closure<dyn Fn(usize, bool, JsValue)> = Closure::new(settle);
}

/// Places that are waited at. One that was left is used again: `host.js` lets nothing back to somebody who has left.
#[derive(Default)]
struct Places {
    places: Vec<Waiting>,
    left: Vec<usize>,
}

#[derive(Default)]
enum Waiting {
    #[default]
    Nobody,
    Somebody(Option<Waker>),
    Settled(Settled),
}

/// A future that something outside of the module completes.
#[derive(Debug)]
pub struct Outside {
    place: usize,
}

/// A promise of any make, or a value, as a future.
pub async fn settled(value: &JsValue) -> Settled {
    Outside::begin(|key, settle| host::when_settled(value, key, settle))?.await
}

/// So many milliseconds.
pub fn passed(milliseconds: f64) -> Outside {
    Outside::new(|key, settle| host::when_passed(milliseconds, key, settle))
}

/// A signal's end; the error is what its `addEventListener` threw.
pub fn aborted(signal: &JsValue) -> Result<Outside, JsValue> {
    Outside::begin(|key, settle| host::when_aborted(signal, key, settle))
}

/// The time on the wall clock, in epoch milliseconds.
pub fn now() -> i64 {
    Date::now() as i64
}

/// Waits until a time on the wall clock, or until the page is seen again after it was hidden: what it shows is old then.
/// Gives by how many milliseconds the clock was set back meanwhile.
pub async fn sleep_until(at: i64) -> i64 {
    // A clock that was set back would make the wait as much longer.
    let (mut back, mut seen) = (0, now());
    loop {
        let now = now();
        back += (seen - now).max(0);
        seen = now;
        let left = at.saturating_sub(back).saturating_sub(now);
        if left <= 0 {
            return back;
        }
        let nap = passed(left.min(LONGEST_NAP_MS) as f64);
        let visible = Outside::new(host::when_visible);
        let is_seen = or(async { nap.await.is_err() }, async { visible.await.is_ok() }).await;
        if is_seen {
            return back;
        }
    }
}

fn settle(place: usize, is_fine: bool, value: JsValue) {
    let settled = if is_fine { Ok(value) } else { Err(value) };
    let waker = PLACES.with_borrow_mut(|places| match places.places.get_mut(place) {
        Some(waiting @ Waiting::Somebody(_)) => match std::mem::replace(waiting, Waiting::Settled(settled)) {
            Waiting::Somebody(waker) => waker,
            _ => None,
        },
        _ => None,
    });
    if let Some(waker) = waker {
        waker.wake();
    }
}

impl Places {
    fn take(&mut self) -> usize {
        let place = self.left.pop().unwrap_or(self.places.len());
        match self.places.get_mut(place) {
            Some(waiting) => *waiting = Waiting::Somebody(None),
            None => self.places.push(Waiting::Somebody(None)),
        }
        place
    }
}

impl Outside {
    fn new(begin: impl FnOnce(usize, &JsValue)) -> Self {
        let outside = Self { place: PLACES.with_borrow_mut(Places::take) };
        SETTLE.with(|settle| begin(outside.place, settle.as_ref()));
        outside
    }

    fn begin(begin: impl FnOnce(usize, &JsValue) -> Result<(), JsValue>) -> Result<Self, JsValue> {
        let mut begun = Ok(());
        let outside = Self::new(|place, settle| begun = begin(place, settle));
        begun.map(|()| outside)
    }
}

impl Future for Outside {
    type Output = Settled;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Settled> {
        PLACES.with_borrow_mut(|places| match places.places.get_mut(self.place) {
            Some(Waiting::Somebody(waker)) => {
                *waker = Some(context.waker().clone());
                Poll::Pending
            }
            waiting => match waiting.map(std::mem::take) {
                Some(Waiting::Settled(settled)) => Poll::Ready(settled),
                _ => Poll::Pending,
            },
        })
    }
}

impl Drop for Outside {
    fn drop(&mut self) {
        let waiting = PLACES.with_borrow_mut(|places| places.places.get_mut(self.place).map(std::mem::take));
        if matches!(waiting, Some(Waiting::Somebody(_))) {
            host::cancel(self.place);
        }
        PLACES.with_borrow_mut(|places| places.left.push(self.place));
    }
}
