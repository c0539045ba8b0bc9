//! The face to JavaScript: exported async functions over `fetch`, timers and signals.
//!
//! It decides nothing. What is sent, what an answer means, whether and when to ask again is [`http`](crate::http) and
//! [`operation`](crate::operation); here it is carried out.
//!
//! Three rules keep it from hanging, whatever traps:
//!
//! * No borrow is held across an import: what is imported may call back into the module at any moment.
//! * A future waits on [`outside`] alone, whose ways back go through the guard of `host.js`.
//! * Nothing that has to survive a trap is kept here: JavaScript holds clients, handles and views.

#[cfg(feature = "client")]
use wasm_bindgen::prelude::*;

#[cfg(feature = "client")]
pub mod calls;
mod convert;
pub mod decode;
pub mod host;
#[cfg(feature = "client")]
pub mod outside;
#[cfg(feature = "traps")]
pub mod traps;
mod types;
#[cfg(feature = "client")]
pub mod watch;

/// Runs when the module is loaded: what a panic says is kept for the error that is told of it.
#[cfg(feature = "client")]
#[wasm_bindgen(start)]
pub fn start() {
    std::panic::set_hook(Box::new(|panic| host::panicked(&panic.to_string())));
}
