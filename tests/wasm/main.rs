//! The exports of the module in a real engine: Node, and every browser whose driver is there. `fetch` is the tests'
//! own, so there is no network. What the module decides is tested natively; here it is that it is carried out.

#![cfg(all(target_arch = "wasm32", feature = "client"))]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may panic")]

mod bodies;
mod calls;
mod clock;
mod decode;
mod failures;
mod files;
mod groups;
mod options;
mod poll;
mod proof;
mod retries;
mod support;
mod wait;
mod watch;
