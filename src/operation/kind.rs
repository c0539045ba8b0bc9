//! The kinds of long-running operation, and what each is asked with.

use std::borrow::Cow;
use std::fmt::Debug;
use std::sync::Arc;

use serde::Serialize;

use super::prior::Prior;
use crate::error::Error;
use crate::http::{Reply, Request, Response, Site};
use crate::json::Mismatch;
use crate::model::snapshot::Snapshot;
use crate::service::apig::{AsyncTask, GatewayProgress};
use crate::service::kps::KeypairTask;
use crate::service::roma::RomaInstanceProgress;
use crate::service::sfs_turbo::Job;
use crate::text::{concat, join};

/// A kind of long-running operation. Those of this crate are rows of [`KINDS`]; others are made while it runs, out of data.
#[derive(Debug, Clone)]
pub struct Kind {
    /// Its name.
    pub name: Cow<'static, str>,
    /// The names of what the question takes.
    pub ids: Cow<'static, [Cow<'static, str>]>,
    /// How long it is likely to take.
    pub prior: Prior,
    question: Question,
}

/// How an operation of a kind is asked about.
#[derive(Debug, Clone)]
enum Question {
    /// By a call of this crate.
    Call { request: fn(&Site, &[&str]) -> Result<Request, Error>, read: fn(&Response) -> Result<Answer, Mismatch> },
    /// By a call that was described while it runs.
    Described(Arc<dyn Ask + Send + Sync>),
}

/// A question about an operation, for a kind that is made while it runs.
pub trait Ask: Debug {
    /// The question: the values of the kind's ids, in their order.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Config`](crate::error::ErrorKind::Config) that names the id which cannot be part of a path.
    fn request(&self, site: &Site, ids: &[&str]) -> Result<Request, Error>;

    /// What the answer shows of the operation.
    ///
    /// # Errors
    ///
    /// The place where the body is not what was described.
    fn read(&self, response: &Response) -> Result<Snapshot, Mismatch>;
}

/// The answer of the call that tells how an operation fares.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Answer {
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
    /// What is shown of the answer of a call that was described while this runs.
    Described(Snapshot),
}

/// The kinds that this crate knows. A further one is a row here and a variant of [`Answer`]; its service says what its
/// answers show, and how it is told of.
pub static KINDS: &[Kind] = &[
    Kind {
        name: Cow::Borrowed("apig.gateway"),
        ids: Cow::Borrowed(&[Cow::Borrowed("instanceId")]),
        prior: Prior::GATEWAY,
        question: Question::Call {
            request: |site, ids| GatewayProgress::request(site, id(ids, 0)),
            read: |response| GatewayProgress::read(response).map(Answer::Gateway),
        },
    },
    Kind {
        name: Cow::Borrowed("apig.task"),
        ids: Cow::Borrowed(&[Cow::Borrowed("instanceId"), Cow::Borrowed("taskId")]),
        prior: Prior::APIG_TASK,
        question: Question::Call {
            request: |site, ids| AsyncTask::request(site, id(ids, 0), id(ids, 1)),
            read: |response| AsyncTask::read(response).map(Answer::Task),
        },
    },
    Kind {
        name: Cow::Borrowed("roma.instance"),
        ids: Cow::Borrowed(&[Cow::Borrowed("instanceId")]),
        prior: Prior::ROMA_INSTANCE,
        question: Question::Call {
            request: |site, ids| RomaInstanceProgress::request(site, id(ids, 0)),
            read: |response| RomaInstanceProgress::read(response).map(Answer::RomaInstance),
        },
    },
    Kind {
        name: Cow::Borrowed("sfs-turbo.job"),
        ids: Cow::Borrowed(&[Cow::Borrowed("jobId")]),
        prior: Prior::SFS_TURBO_JOB,
        question: Question::Call {
            request: |site, ids| Job::request(site, id(ids, 0)),
            read: |response| Job::read(response).map(Answer::SfsTurboJob),
        },
    },
    Kind {
        name: Cow::Borrowed("kps.task"),
        ids: Cow::Borrowed(&[Cow::Borrowed("taskId")]),
        prior: Prior::KPS_TASK,
        question: Question::Call {
            request: |site, ids| KeypairTask::request(site, id(ids, 0)),
            read: |response| KeypairTask::read(response).map(Answer::KeypairTask),
        },
    },
];

/// A kind by its name.
///
/// # Errors
///
/// [`ErrorKind::Config`](crate::error::ErrorKind::Config) that tells the names.
pub fn find(name: &str) -> Result<&'static Kind, Error> {
    let names = || join(KINDS.iter().map(|kind| &*kind.name), ", ");
    let known = KINDS.iter().find(|kind| kind.name == name);
    known.ok_or_else(|| Error::config("kind", &concat(&["expected one of ", &names()])))
}

impl Kind {
    /// A kind that is described while this runs.
    pub fn described(name: String, ids: Vec<String>, prior: Prior, ask: Arc<dyn Ask + Send + Sync>) -> Self {
        let ids = ids.into_iter().map(Cow::Owned).collect();
        Self { name: Cow::Owned(name), ids: Cow::Owned(ids), prior, question: Question::Described(ask) }
    }

    /// The question how an operation fares, by its ids in their order.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Config`](crate::error::ErrorKind::Config) that names the id which cannot be part of a path.
    pub fn request(&self, site: &Site, ids: &[&str]) -> Result<Request, Error> {
        match &self.question {
            Question::Call { request, .. } => request(site, ids),
            Question::Described(ask) => ask.request(site, ids),
        }
    }

    /// What the answer says.
    ///
    /// # Errors
    ///
    /// As [`Response::read`] says.
    pub fn read(&self, response: &Response, request: &Request) -> Result<Answer, Error> {
        match &self.question {
            Question::Call { read, .. } => response.read_with(request, *read),
            Question::Described(ask) => {
                response.read_with(request, |response| ask.read(response).map(Answer::Described))
            }
        }
    }
}

impl Answer {
    /// What it shows of the operation, the same for every kind.
    pub fn snapshot(&self) -> Snapshot {
        match self {
            Self::Gateway(progress) => progress.into(),
            Self::Task(task) => task.into(),
            Self::RomaInstance(progress) => progress.into(),
            Self::SfsTurboJob(job) => job.into(),
            Self::KeypairTask(task) => task.into(),
            Self::Described(snapshot) => snapshot.clone(),
        }
    }
}

fn id<'a>(ids: &[&'a str], index: usize) -> &'a str {
    ids.get(index).copied().unwrap_or_default()
}
