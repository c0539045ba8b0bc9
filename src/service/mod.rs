//! One place a service: endpoints, what their calls take, response models, and what these show of an operation.
//!
//! A new service is one new file here, its rows in the three tables below, and its fixtures; its calls are exported in
//! [`wasm`](crate). What JavaScript knows of kinds and calls, its types and its command line included, is made from these
//! tables.

use crate::error::Error;
use crate::http::Endpoint;
use crate::text::{concat, join};

pub mod apig;
pub mod cvr;
pub mod iam;
pub mod kind;
pub mod kps;
mod recognise;
pub mod roma;
pub mod sfs_turbo;

pub use kind::{Kind, Watched};
pub use recognise::{Answer, recognise};

kind::kinds! {
    /// gateways that are being created
    GatewayProgress(apig::GatewayProgress),
    /// imports and exports of a gateway
    AsyncTask(apig::AsyncTask),
    /// ROMA Connect instances that are being created
    RomaInstanceProgress(roma::RomaInstanceProgress),
    /// jobs of SFS Turbo
    SfsTurboJob(sfs_turbo::Job),
    /// key pairs that are bound or unbound
    KeypairTask(kps::KeypairTask),
}

/// The calls, by the names that the client gives them.
pub const CALLS: &[(&str, &Endpoint)] = &[
    ("apig.gatewayProgress", &apig::GATEWAY_PROGRESS),
    ("apig.asyncTask", &apig::ASYNC_TASK),
    ("apig.importApis", &apig::IMPORT_APIS),
    ("apig.exportApis", &apig::EXPORT_APIS),
    ("roma.instanceProgress", &roma::INSTANCE_PROGRESS),
    ("sfsTurbo.job", &sfs_turbo::JOB),
    ("kps.associate", &kps::ASSOCIATE),
    ("kps.disassociate", &kps::DISASSOCIATE),
    ("kps.task", &kps::TASK),
    ("cvr.renderTasks", &cvr::RENDER_TASKS),
    ("iam.token", &iam::TOKEN),
];

/// The answers, those with more to tell them by first.
pub const ANSWERS: &[Answer] = &[
    Answer {
        call: "apig.asyncTask",
        decoded: "AsyncTask",
        fields: &["task_id", "task_type", "task_status"],
        fits: |body| apig::read_async_task(body).is_ok(),
    },
    Answer {
        call: "kps.task",
        decoded: "KeypairTask",
        fields: &["task_id", "task_status"],
        fits: |body| kps::read_task(body).is_ok(),
    },
    Answer {
        call: "kps.associate",
        decoded: "KeypairDispatch",
        fields: &["server_id", "status"],
        fits: |body| kps::read_dispatch(body).is_ok(),
    },
    Answer {
        call: "cvr.renderTasks",
        decoded: "RenderTasks",
        fields: &["render_tasks"],
        fits: |body| cvr::read_render_tasks(body).is_ok(),
    },
    Answer {
        call: "sfsTurbo.job",
        decoded: "SfsTurboJob",
        fields: &["job_id", "status"],
        fits: |body| sfs_turbo::read_job(body, None).is_ok(),
    },
    Answer {
        call: "roma.instanceProgress",
        decoded: "RomaInstanceProgress",
        fields: &["item", "status"],
        fits: |body| roma::read_instance_progress(body).is_ok(),
    },
    Answer {
        call: "roma.instanceProgress",
        decoded: "RomaInstanceProgress",
        fields: &["instance", "status"],
        fits: |body| roma::read_instance_progress(body).is_ok(),
    },
    Answer {
        call: "apig.gatewayProgress",
        decoded: "GatewayProgress",
        fields: &["progress", "status"],
        fits: |body| apig::read_gateway_progress(body).is_ok(),
    },
    Answer {
        call: "apig.importApis",
        decoded: "StartedTask",
        fields: &["task_id"],
        fits: |body| apig::read_started_task(body).is_ok(),
    },
];

/// A kind of this crate by its name.
///
/// # Errors
///
/// [`ErrorKind::Config`](crate::error::ErrorKind::Config) that tells the names.
pub fn find_kind(name: &str) -> Result<&'static Kind, Error> {
    let names = || join(KINDS.iter().map(|kind| &*kind.name), ", ");
    let known = KINDS.iter().find(|kind| kind.name == name);
    known.ok_or_else(|| Error::config("kind", &concat(&["expected one of ", &names()])))
}
