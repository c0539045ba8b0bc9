//! The kinds of long-running operation, and what each is asked with.

use serde::{Serialize, Serializer};

use super::prior::Prior;
use super::snapshot::Snapshot;
use crate::error::Error;
use crate::http::{Reply, Request, Response, Site};
use crate::json::Mismatch;
use crate::service::apig::{AsyncTask, GatewayProgress};
use crate::service::kps::KeypairTask;
use crate::service::roma::RomaInstanceProgress;
use crate::service::sfs_turbo::Job;

/// A kind of long-running operation. A further kind is a row here, a variant of [`Detail`], and what its answers show in
/// [`snapshot`](super::snapshot).
#[derive(Debug)]
pub struct Kind {
    /// Its name.
    pub name: &'static str,
    /// What the question takes.
    pub ids: &'static [&'static str],
    /// How long it is likely to take.
    pub prior: &'static Prior,
    /// The question how it fares: the values of `ids`, in their order.
    request: fn(&Site, &[&str]) -> Result<Request, Error>,
    /// Reads the answer.
    read: fn(&Response) -> Result<Detail, Mismatch>,
}

/// A kind is written as its name, and there is one of a name.
impl Serialize for Kind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name)
    }
}

impl PartialEq for Kind {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Kind {}

/// The answer of a service's own call about an operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Detail {
    /// How far a gateway's creation is.
    Gateway(GatewayProgress),
    /// What has become of an asynchronous task.
    Task(AsyncTask),
    /// How far a ROMA Connect instance's creation is.
    RomaInstance(RomaInstanceProgress),
    /// What has become of an SFS Turbo job.
    SfsTurboJob(Job),
    /// What has become of a key pair task.
    KeypairTask(KeypairTask),
}

/// Every kind.
pub const KINDS: &[Kind] = &[
    Kind {
        name: "apig.gateway",
        ids: &["instanceId"],
        prior: &Prior::GATEWAY,
        request: |site, ids| GatewayProgress::request(site, id(ids, 0)),
        read: |response| GatewayProgress::read(response).map(Detail::Gateway),
    },
    Kind {
        name: "apig.task",
        ids: &["instanceId", "taskId"],
        prior: &Prior::APIG_TASK,
        request: |site, ids| AsyncTask::request(site, id(ids, 0), id(ids, 1)),
        read: |response| AsyncTask::read(response).map(Detail::Task),
    },
    Kind {
        name: "roma.instance",
        ids: &["instanceId"],
        prior: &Prior::ROMA_INSTANCE,
        request: |site, ids| RomaInstanceProgress::request(site, id(ids, 0)),
        read: |response| RomaInstanceProgress::read(response).map(Detail::RomaInstance),
    },
    Kind {
        name: "sfs-turbo.job",
        ids: &["jobId"],
        prior: &Prior::SFS_TURBO_JOB,
        request: |site, ids| Job::request(site, id(ids, 0)),
        read: |response| Job::read(response).map(Detail::SfsTurboJob),
    },
    Kind {
        name: "kps.task",
        ids: &["taskId"],
        prior: &Prior::KPS_TASK,
        request: |site, ids| KeypairTask::request(site, id(ids, 0)),
        read: |response| KeypairTask::read(response).map(Detail::KeypairTask),
    },
];

/// A kind by its name.
pub fn find(name: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.name == name)
}

impl Kind {
    /// The question how an operation fares, by its ids in their order.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Config`](crate::error::ErrorKind::Config) that names the id which cannot be part of a path.
    pub fn request(&self, site: &Site, ids: &[&str]) -> Result<Request, Error> {
        (self.request)(site, ids)
    }

    /// What the answer says.
    ///
    /// # Errors
    ///
    /// As [`Response::read`] says.
    pub fn read(&self, response: &Response, request: &Request) -> Result<Detail, Error> {
        response.read_with(request, self.read)
    }
}

impl Detail {
    /// What it shows of the operation, the same for every kind.
    pub fn snapshot(&self) -> Snapshot {
        match self {
            Self::Gateway(progress) => progress.into(),
            Self::Task(task) => task.into(),
            Self::RomaInstance(progress) => progress.into(),
            Self::SfsTurboJob(job) => job.into(),
            Self::KeypairTask(task) => task.into(),
        }
    }
}

fn id<'a>(ids: &[&'a str], index: usize) -> &'a str {
    ids.get(index).copied().unwrap_or_default()
}
