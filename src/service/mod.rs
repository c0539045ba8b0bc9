//! One file a service: endpoints, parameters, response models.
//!
//! A new service is one new file here, its rows in [`CALLS`], a variant of [`View`] for each answer and its fixtures.

use serde::Serialize;

use crate::call::{Arguments, Call};
use crate::error::Error;

pub mod apig;

/// Makes the request of a call from its arguments.
pub type Prepare = fn(&Arguments) -> Result<Call, Error>;

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

/// A service with an address of its own in each region.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Service {
    /// API Gateway.
    Apig,
}

impl Service {
    /// The service's own address in a region.
    ///
    /// # Errors
    ///
    /// [`Kind::Config`](crate::error::Kind::Config) for a region that cannot be part of a host name: it would send the
    /// token elsewhere.
    pub fn endpoint(self, region: &str) -> Result<String, Error> {
        let is_label = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if region.is_empty() || !region.bytes().all(is_label) {
            return Err(Error::config("region", "expected lower-case letters, digits and hyphens, such as cn-north-4"));
        }
        let Self::Apig = self;
        Ok(format!("https://apig.{region}.myhuaweicloud.com"))
    }
}
