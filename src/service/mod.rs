//! One place a service: endpoints, what their calls take, and response models.
//!
//! A new service is one new file here and its fixtures; its calls are exported in `wasm/calls.rs`, and an operation of it
//! is a row in [`kind`](crate::operation::kind).

pub mod apig;
pub mod cvr;
pub mod iam;
pub mod kps;
mod recognise;
pub mod roma;
pub mod sfs_turbo;

pub use recognise::recognise;
