//! One file a service: endpoints, parameters, response models.
//!
//! A new service is one new file here, its rows in [`CALLS`], a variant of [`View`] for each answer and its fixtures.

use serde::Serialize;

use crate::arguments::Arguments;
use crate::call::Call;
use crate::error::Error;

pub mod apig;

/// Makes the request of a call from its arguments.
pub type Prepare = fn(&Arguments) -> Result<Call<View>, Error>;

/// Every call, by the name the JavaScript client gives it.
pub const CALLS: &[(&str, Prepare)] =
    &[("apig.gatewayProgress", apig::gateway_progress), ("apig.asyncTask", apig::async_task)];

/// What a call answers, ready for JavaScript.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum View {
    /// How far a gateway's creation is.
    GatewayProgress(apig::GatewayProgress),
    /// What has become of an asynchronous task.
    AsyncTask(apig::AsyncTask),
}
