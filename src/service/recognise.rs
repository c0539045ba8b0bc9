//! Which call a body is an answer to.

use super::{apig, cvr, kps, roma, sfs_turbo};
use crate::json;

/// What tells the answer of a call.
struct Answer {
    /// The call, by the name that the client gives it.
    call: &'static str,
    /// What it has at its outermost level, and no row above it.
    fields: &'static [&'static str],
    /// Whether the rest of it fits.
    fits: fn(&str) -> bool,
}

const ANSWERS: &[Answer] = &[
    Answer {
        call: "apig.asyncTask",
        fields: &["task_id", "task_type", "task_status"],
        fits: |body| apig::read_async_task(body).is_ok(),
    },
    Answer { call: "kps.task", fields: &["task_id", "task_status"], fits: |body| kps::read_task(body).is_ok() },
    Answer { call: "kps.associate", fields: &["server_id", "status"], fits: |body| kps::read_dispatch(body).is_ok() },
    Answer { call: "cvr.renderTasks", fields: &["render_tasks"], fits: |body| cvr::read_render_tasks(body).is_ok() },
    Answer {
        call: "sfsTurbo.job",
        fields: &["job_id", "status"],
        fits: |body| sfs_turbo::read_job(body, None).is_ok(),
    },
    Answer {
        call: "roma.instanceProgress",
        fields: &["item", "status"],
        fits: |body| roma::read_instance_progress(body).is_ok(),
    },
    Answer {
        call: "roma.instanceProgress",
        fields: &["instance", "status"],
        fits: |body| roma::read_instance_progress(body).is_ok(),
    },
    Answer {
        call: "apig.gatewayProgress",
        fields: &["progress", "status"],
        fits: |body| apig::read_gateway_progress(body).is_ok(),
    },
    Answer { call: "apig.importApis", fields: &["task_id"], fits: |body| apig::read_started_task(body).is_ok() },
];

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
