//! One file a service: its endpoints as tables, and its response models.
//!
//! A new service is one new file here, its rows in [`CALLS`], a variant of [`View`] for each answer and its fixtures.

use serde::Serialize;

use crate::call::Endpoint;

pub mod apig;
pub mod apig_files;
pub mod cvr;
pub mod iam;
pub mod kps;
pub mod record;
pub mod roma;
pub mod sfs_turbo;

/// Every call, by the name the JavaScript client gives it.
pub const CALLS: &[(&str, &Endpoint<View>)] = &[
    ("apig.gatewayProgress", &apig::GATEWAY_PROGRESS),
    ("apig.asyncTask", &apig::ASYNC_TASK),
    ("apig.importApis", &apig_files::IMPORT_APIS),
    ("apig.exportApis", &apig_files::EXPORT_APIS),
    ("roma.instanceProgress", &roma::INSTANCE_PROGRESS),
    ("sfsTurbo.job", &sfs_turbo::JOB),
    ("kps.task", &kps::TASK),
    ("kps.associate", &kps::ASSOCIATE),
    ("kps.disassociate", &kps::DISASSOCIATE),
    ("cvr.renderTasks", &cvr::RENDER_TASKS),
    ("iam.token", &iam::TOKEN),
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
