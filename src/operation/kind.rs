//! The kinds of long-running operation.

use super::prior::Prior;

/// A kind of long-running operation. A further kind is a row here, and what its answers show in
/// [`seen`](super::seen).
#[derive(Debug)]
pub struct Kind {
    /// Its name.
    pub name: &'static str,
    /// The call that asks how it fares.
    pub call: &'static str,
    /// What that call takes.
    pub ids: &'static [&'static str],
    /// How long it is likely to take.
    pub prior: &'static Prior,
}

/// Every kind.
pub const KINDS: &[Kind] = &[
    Kind { name: "apig.gateway", call: "apig.gatewayProgress", ids: &["instanceId"], prior: &Prior::GATEWAY },
    Kind { name: "apig.task", call: "apig.asyncTask", ids: &["instanceId", "taskId"], prior: &Prior::APIG_TASK },
    Kind { name: "roma.instance", call: "roma.instanceProgress", ids: &["instanceId"], prior: &Prior::ROMA_INSTANCE },
    Kind { name: "sfs-turbo.job", call: "sfsTurbo.job", ids: &["jobId"], prior: &Prior::SFS_TURBO_JOB },
    Kind { name: "kps.task", call: "kps.task", ids: &["taskId"], prior: &Prior::KPS_TASK },
];

/// A kind by its name.
pub fn find(name: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.name == name)
}
