//! One place a service: endpoints, what their calls take, response models, and what these show of an operation.
//!
//! A new service is one new file here, its rows in [`registry`], and its fixtures; its calls are exported in
//! `wasm/calls.rs`.

pub mod apig;
pub mod cvr;
pub mod iam;
pub mod kind;
pub mod kps;
pub mod registry;
pub mod roma;
pub mod sfs_turbo;
