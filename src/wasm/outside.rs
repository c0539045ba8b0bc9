//! Waiting for what happens outside of the module: a promise, a time, a signal.
//!
//! It is a leaf future of our own and not `JsFuture`: what comes back goes through the guard of `host.js`, so that a trap is
//! noticed there, and what was begun for an instance that has trapped since does not come back at all.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::future::Future;
use std::hash::{BuildHasherDefault, Hasher};
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use futures_lite::future::or;
use js_sys::{Date, Promise};
use wasm_bindgen::prelude::*;

use super::host;

/// How it ended: as a promise does.
pub type Settled = Result<JsValue, JsValue>;

/// A timer may fire late: a laptop sleeps, a page in the background is throttled. So the clock on the wall is asked, at
/// least this often.
const LONGEST_NAP_MS: i64 = 30_000;

thread_local! {
    static WAITING: RefCell<HashMap<u32, Place, BuildHasherDefault<Spread>>> = RefCell::default();
    static LAST_KEY: Cell<u32> = const { Cell::new(0) };
    static SETTLE: Closure<dyn Fn(u32, bool, JsValue)> = Closure::new(settle);
}

/// Keys come one after another: a multiplication spreads them.
#[derive(Default)]
struct Spread(u64);

impl Hasher for Spread {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u32((*byte).into()));
    }

    fn write_u32(&mut self, key: u32) {
        self.0 = (self.0 ^ u64::from(key)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

enum Place {
    Empty(Option<Waker>),
    Filled(Settled),
}

/// A future that something outside of the module completes.
#[derive(Debug)]
pub struct Outside {
    key: u32,
}

/// A promise, as a future.
pub fn settled(promise: &Promise) -> Outside {
    Outside::new(|key, settle| host::when_settled(promise, key, settle))
}

/// Whatever a caller's function gave, as a future: a value, or a promise of any make.
pub async fn resolved(value: &JsValue) -> Settled {
    settled(&host::to_promise(value)?).await
}

/// So many milliseconds.
pub fn passed(milliseconds: f64) -> Outside {
    Outside::new(|key, settle| host::when_passed(milliseconds, key, settle))
}

/// A signal's end; the error is what its `addEventListener` threw.
pub fn aborted(signal: &JsValue) -> Result<Outside, JsValue> {
    let mut refused = None;
    let outside = Outside::new(|key, settle| refused = host::when_aborted(signal, key, settle).err());
    refused.map_or(Ok(outside), Err)
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

fn settle(key: u32, is_fine: bool, value: JsValue) {
    let settled = if is_fine { Ok(value) } else { Err(value) };
    let waker = WAITING.with_borrow_mut(|waiting| match waiting.get_mut(&key) {
        Some(place) => match std::mem::replace(place, Place::Filled(settled)) {
            Place::Empty(waker) => waker,
            Place::Filled(_) => None,
        },
        None => None,
    });
    if let Some(waker) = waker {
        waker.wake();
    }
}

impl Outside {
    fn new(begin: impl FnOnce(u32, &JsValue)) -> Self {
        let key = LAST_KEY.get().wrapping_add(1);
        LAST_KEY.set(key);
        WAITING.with_borrow_mut(|waiting| waiting.insert(key, Place::Empty(None)));
        let settle = SETTLE.with(|settle| settle.as_ref().clone());
        let outside = Self { key };
        begin(key, &settle);
        outside
    }
}

impl Future for Outside {
    type Output = Settled;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Settled> {
        WAITING.with_borrow_mut(|waiting| match waiting.get_mut(&self.key) {
            Some(Place::Empty(waker)) => {
                *waker = Some(context.waker().clone());
                Poll::Pending
            }
            _ => match waiting.remove(&self.key) {
                Some(Place::Filled(settled)) => Poll::Ready(settled),
                _ => Poll::Pending,
            },
        })
    }
}

impl Drop for Outside {
    fn drop(&mut self) {
        let place = WAITING.with_borrow_mut(|waiting| waiting.remove(&self.key));
        if matches!(place, Some(Place::Empty(_))) {
            host::cancel(self.key);
        }
    }
}
