//! Start, watch and read Huawei Cloud's long-running operations: the part of the npm package `huaweicloud-tasks` that
//! knows the services.
//!
//! Everything outside [`wasm`](self#modules) turns data into data and does no I/O, so it is tested natively:
//!
//! ```
//! use huaweicloud_tasks::service::apig::{self, GatewayState};
//!
//! let body = r#"{"progress": 50, "status": "creating", "start_time": 1597389901161}"#;
//! let progress = apig::read_gateway_progress(body)?;
//! assert_eq!(progress.state, GatewayState::Creating);
//! assert_eq!(progress.percent, Some(50));
//! # Ok::<(), huaweicloud_tasks::json::Mismatch>(())
//! ```
//!
//! # Modules
//!
//! | module | what it holds |
//! |---|---|
//! | [`error`] | the error kinds, the reading of every error body, what helps against a failure; redaction |
//! | [`json`] | a pull reader for JSON text: typed reading, and the place in the body when it fails; a package of its own |
//! | [`http`] | one call as data: endpoint, arguments, request, response, retry, signature |
//! | [`model`] | what services share: words, times, records with many fields |
//! | [`service`] | one place a service: endpoints, what their calls take, response models |
//! | [`operation`] | the watching of every long-running operation as data: handle, poll, schedule, budget, view |
//! | [`text`] | texts put together and taken apart |
//! | `wasm` | the face to JavaScript: exported async functions over `fetch` (on `wasm32` only) |
//!
//! Arrows run one way: `wasm → operation → service → http, model → error → json`.

pub use huaweicloud_tasks_json as json;
pub use huaweicloud_tasks_json::text;

pub mod error;
pub mod http;
pub mod model;
pub mod operation;
pub mod service;

#[cfg(target_arch = "wasm32")]
pub mod wasm;

// Smaller and faster than the allocator that comes with Rust for WebAssembly.
#[cfg(all(target_arch = "wasm32", not(target_feature = "atomics")))]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
