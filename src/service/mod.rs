//! One file a service: endpoints, parameters, response models.
//!
//! A new service is one new file here, its rows in [`CALLS`], a variant of [`View`] for each answer and its fixtures.

use serde::Serialize;

use crate::arguments::Arguments;
use crate::call::Call;
use crate::error::Error;

pub mod apig;
pub mod apig_files;
pub mod cvr;
pub mod iam;
pub mod kps;
pub mod record;
pub mod roma;
pub mod sfs_turbo;

/// Makes the request of a call from its arguments.
pub type Prepare = fn(&Arguments) -> Result<Call<Box<View>>, Error>;

/// Every call, by the name the JavaScript client gives it.
pub const CALLS: &[(&str, Prepare)] = &[
    ("apig.gatewayProgress", apig::gateway_progress),
    ("apig.asyncTask", apig::async_task),
    ("apig.importApis", apig_files::import_apis),
    ("apig.exportApis", apig_files::export_apis),
    ("iam.token", iam::token),
    ("roma.instanceProgress", roma::instance_progress),
    ("sfsTurbo.job", sfs_turbo::job),
    ("kps.task", kps::task),
    ("kps.associate", kps::associate),
    ("kps.disassociate", kps::disassociate),
    ("cvr.renderTasks", cvr::render_tasks),
];

/// What a call answers, ready for JavaScript.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum View {
    /// How far a gateway's creation is.
    GatewayProgress(apig::GatewayProgress),
    /// What has become of an asynchronous task.
    AsyncTask(apig::AsyncTask),
    /// An import or export that was started.
    StartedTask(apig_files::StartedTask),
    /// A token.
    IamToken(iam::IamToken),
    /// How far a ROMA Connect instance's creation is.
    RomaInstanceProgress(roma::RomaInstanceProgress),
    /// What has become of an SFS Turbo job.
    Job(sfs_turbo::Job),
    /// What has become of a key pair task.
    KeypairTask(kps::KeypairTask),
    /// Whether a key pair task was dispatched.
    KeypairDispatch(kps::KeypairDispatch),
    /// Render tasks.
    RenderTasks(cvr::RenderTasks),
}
