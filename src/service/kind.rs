//! A kind of long-running operation: how one is asked about, and how long it is likely to take.

use std::borrow::Cow;
use std::fmt::Debug;
use std::sync::Arc;

use super::Detail;
use crate::error::Error;
use crate::http::{Endpoint, Reply, Request, Response, Site};
use crate::json::Mismatch;
use crate::model::prior::Prior;
use crate::model::snapshot::Snapshot;

/// A kind of long-running operation. Those of this crate are in [`KINDS`](super::KINDS); others are described
/// while it runs.
#[derive(Debug, Clone)]
pub struct Kind {
    /// Its name, such as `apig.gateway`.
    pub name: Cow<'static, str>,
    /// How long it is likely to take.
    pub prior: Prior,
    question: Question,
}

/// A model that tells how a long-running operation fares: what makes the operation one that can be watched.
pub trait Watched: Reply {
    /// The name of the kind of operation, such as `apig.gateway`.
    const KIND: &'static str;

    /// Where it is asked about. The ids of an operation are those of the path.
    const ENDPOINT: &'static Endpoint;

    /// How long it is likely to take.
    const PRIOR: Prior;

    /// What it shows of the operation, the same for every kind.
    fn snapshot(&self) -> Snapshot;
}

/// A question about an operation, for a kind that is described while this runs.
pub trait Ask: Debug {
    /// The names of the ids that an operation has.
    fn ids(&self) -> Vec<&str>;

    /// The question: `ids` are an operation's, by name.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Config`](crate::error::ErrorKind::Config) that names the id which cannot be part of a path.
    fn request(&self, site: &Site, ids: &[(&str, &str)]) -> Result<Request, Error>;

    /// What the answer shows of the operation.
    ///
    /// # Errors
    ///
    /// The place where the body is not what was described.
    fn read(&self, response: &Response) -> Result<Snapshot, Mismatch>;
}

/// How an operation of a kind is asked about.
#[derive(Debug, Clone)]
enum Question {
    /// By a call of this crate.
    Call { endpoint: &'static Endpoint, read: fn(&Response) -> Result<Detail, Mismatch> },
    /// By a call that was described while this runs.
    Described(Arc<dyn Ask + Send + Sync>),
}

impl Kind {
    /// The kind that a model of this crate tells of.
    pub(super) const fn of<T: Watched>(read: fn(&Response) -> Result<Detail, Mismatch>) -> Self {
        let question = Question::Call { endpoint: T::ENDPOINT, read };
        Self { name: Cow::Borrowed(T::KIND), prior: T::PRIOR, question }
    }

    /// A kind that is described while this runs.
    pub fn described(name: String, prior: Prior, ask: Arc<dyn Ask + Send + Sync>) -> Self {
        Self { name: Cow::Owned(name), prior, question: Question::Described(ask) }
    }

    /// The names of the ids that an operation has.
    pub fn ids(&self) -> Vec<&str> {
        match &self.question {
            Question::Call { endpoint, .. } => endpoint.ids().collect(),
            Question::Described(ask) => ask.ids(),
        }
    }

    /// The question how an operation fares, by its ids.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Config`](crate::error::ErrorKind::Config) that names the id which cannot be part of a path.
    pub fn request(&self, site: &Site, ids: &[(&str, &str)]) -> Result<Request, Error> {
        match &self.question {
            Question::Call { endpoint, .. } => endpoint.request(site, ids),
            Question::Described(ask) => ask.request(site, ids),
        }
    }

    /// What the answer says.
    ///
    /// # Errors
    ///
    /// As [`Response::read`] says.
    pub fn read(&self, response: &Response, request: &Request) -> Result<Detail, Error> {
        match &self.question {
            Question::Call { read, .. } => response.read_with(request, read),
            Question::Described(ask) => response.read_with(request, |it| ask.read(it).map(Detail::Described)),
        }
    }
}

/// Declares the kinds, a row for each: what is watched, the name of its answer in TypeScript, and the model that tells how
/// it fares.
macro_rules! kinds {
    ($(#[doc = $about:literal] $detail:ident($model:ty),)+) => {
        /// The answer of the service's own call that tells how an operation fares.
        #[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
        #[serde(untagged)]
        pub enum Detail {
            $(#[doc = $about] $detail($model),)+
            /// What is shown of an operation whose kind was described while this runs.
            Described($crate::model::snapshot::Snapshot),
        }

        impl Detail {
            /// What it shows of the operation, the same for every kind.
            pub fn snapshot(&self) -> $crate::model::snapshot::Snapshot {
                match self {
                    $(Self::$detail(model) => $crate::service::Watched::snapshot(model),)+
                    Self::Described(snapshot) => snapshot.clone(),
                }
            }
        }

        /// The kinds that this crate knows.
        pub static KINDS: &[Kind] =
            &[$(Kind::of::<$model>(|response| $crate::http::Reply::read(response).map(Detail::$detail))),+];

        /// The same for people and for TypeScript: what is watched, and the name of the answer's type.
        pub const KIND_WORDS: &[(&str, &str)] = &[$(($about.trim_ascii(), stringify!($detail))),+];
    };
}

pub(super) use kinds;
