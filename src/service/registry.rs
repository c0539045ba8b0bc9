//! What there is: each kind of long-running operation, and each call whose answers are recognised. What JavaScript knows of
//! them, its types and its command line included, is made from here.

use serde::Serialize;

use super::kind::{Kind, Watched};
use super::{apig, cvr, kps, roma, sfs_turbo};
use crate::error::Error;
use crate::http::Reply;
use crate::json;
use crate::model::snapshot::Snapshot;
use crate::text::{concat, join};

/// Declares the kinds, a row for each: what is watched, the name of its answer in TypeScript, and the model that tells how
/// it fares.
macro_rules! kinds {
    ($(#[doc = $about:literal] $detail:ident($model:ty),)+) => {
        /// The answer of the service's own call that tells how an operation fares.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
        #[serde(untagged)]
        pub enum Detail {
            $(#[doc = $about] $detail($model),)+
            /// What is shown of an operation whose kind was described while this runs.
            Described(Snapshot),
        }

        impl Detail {
            /// What it shows of the operation, the same for every kind.
            pub fn snapshot(&self) -> Snapshot {
                match self {
                    $(Self::$detail(model) => model.snapshot(),)+
                    Self::Described(snapshot) => snapshot.clone(),
                }
            }
        }

        /// The kinds that this crate knows.
        pub static KINDS: &[Kind] =
            &[$(Kind::of::<$model>(|response| Reply::read(response).map(Detail::$detail))),+];

        /// The same for people and for TypeScript: what is watched, and the name of the answer's type.
        pub const KIND_WORDS: &[(&str, &str)] = &[$(($about.trim_ascii(), stringify!($detail))),+];
    };
}

kinds! {
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

/// An answer that is recognised and decoded without network.
#[derive(Debug)]
pub struct Answer {
    /// The call, by the name that the client gives it. Calls whose answers are alike have one name.
    pub call: &'static str,
    /// What is decoded: `decode` and this is the decoder's name.
    pub decoded: &'static str,
    /// What it has at its outermost level, and no row above it.
    fields: &'static [&'static str],
    /// Whether the rest of it fits.
    fits: fn(&str) -> bool,
}

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
pub fn find(name: &str) -> Result<&'static Kind, Error> {
    let names = || join(KINDS.iter().map(|kind| &*kind.name), ", ");
    let known = KINDS.iter().find(|kind| kind.name == name);
    known.ok_or_else(|| Error::config("kind", &concat(&["expected one of ", &names()])))
}

/// The call that a body is an answer to, by the name that the client gives it; `None` for any other body, such as that of
/// an error. Two calls whose answers are alike have one name: `apig.importApis` is an export as well, `kps.associate` any
/// change of a key pair.
pub fn recognise(body: &str) -> Option<&'static str> {
    let mut fields = Vec::new();
    json::object(body, &mut |key, value| {
        fields.push(key.to_owned());
        value.skip()
    })
    .ok()?;
    let has = |needed: &&str| fields.iter().any(|field| field == needed);
    let answer = ANSWERS.iter().find(|answer| answer.fields.iter().all(has))?;
    (answer.fits)(body).then_some(answer.call)
}
