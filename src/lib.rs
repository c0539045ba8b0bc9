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
//! | [`json`] | a pull reader for JSON text: typed reading, and the place in the body when it fails |
//! | [`time`] | times as the services write them, read as epoch milliseconds |
//! | [`text`] | texts put together and taken apart, without `format!` and patterns |
//! | [`word`] | the services' words: matched without case, unknown ones kept |
//! | [`error`] | the error kinds, and the reading of every error body |
//! | [`call`] | an endpoint as a table, the request that it makes, and how its answer is read |
//! | [`task_result`] | the layers inside an async task: import report, exported document |
//! | [`operation`] | one view of every long-running operation; what is asked again, and when |
//! | [`service`] | one file a service: endpoints, parameters, response models |
//! | [`exchange`] | one exchange as data: the request, what the answer comes to, what to do then |
//! | [`watching`] | the watching of operations as text in and text out |
//! | `wasm` | the only file that knows JavaScript: text in, text out (on `wasm32` only) |
//!
//! Arrows run one way: `wasm → exchange, watching → operation → service → task_result, call → error → word, time,
//! json, text`.

pub mod call;
pub mod error;
pub mod exchange;
pub mod json;
pub mod operation;
pub mod service;
pub mod task_result;
pub mod text;
pub mod time;
pub mod watching;
pub mod word;

#[cfg(target_arch = "wasm32")]
pub mod wasm;

// Smaller and faster than the allocator that comes with Rust for WebAssembly.
#[cfg(all(target_arch = "wasm32", not(target_feature = "atomics")))]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
