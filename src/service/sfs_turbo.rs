//! SFS Turbo: what has become of a job.

use serde::Serialize;

use crate::error::{Error, Failure};
use crate::http::{Endpoint, Reply, Request, Response, Site};
use crate::json::{self, Mismatch, Reader};
use crate::model::prior::Prior;
use crate::model::snapshot::{Part, Snapshot, State};
use crate::model::time;
use crate::service::Watched;
use crate::words;

words! {
    /// The state of a job.
    pub enum JobState { Waiting = "waiting", Running = "running", Success = "success", Failed = "failed" }
}

/// What has become of a job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Job {
    /// The job's id.
    pub id: String,
    /// What it does, such as `bind_ldap`.
    #[serde(rename = "type")]
    pub job_type: Option<String>,
    /// The state, an unknown word kept.
    pub state: JobState,
    /// Why it failed; there whenever the state is `failed`.
    pub error: Option<Failure>,
    /// In epoch milliseconds.
    pub started_at: Option<i64>,
    /// In epoch milliseconds, once the state is final.
    pub ended_at: Option<i64>,
    /// The jobs it is made of, which have none of their own.
    pub sub_jobs: Vec<SubJob>,
    /// The service's id of the request, to quote to its support.
    pub request_id: Option<String>,
}

/// What has become of a part of a job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SubJob {
    /// The job's id.
    pub id: Option<String>,
    /// What it does.
    #[serde(rename = "type")]
    pub job_type: Option<String>,
    /// The state, an unknown word kept.
    pub state: JobState,
    /// Why it failed; there whenever the state is `failed`.
    pub error: Option<Failure>,
    /// In epoch milliseconds.
    pub started_at: Option<i64>,
    /// In epoch milliseconds, once the state is final.
    pub ended_at: Option<i64>,
}

/// What has become of a job.
pub const JOB: Endpoint = Endpoint {
    needs_content_type: true,
    ..Endpoint::get("ShowJobDetail", "sfsTurbo", "sfs-turbo", "/v1/{projectId}/sfs-turbo/jobs/{jobId}")
};

impl Job {
    /// The request that asks for it.
    ///
    /// # Errors
    ///
    /// See [`Endpoint::request`].
    pub fn request(site: &Site, job_id: &str) -> Result<Request, Error> {
        JOB.request(site, &[("jobId", job_id)])
    }
}

impl Reply for Job {
    fn read(response: &Response) -> Result<Self, Mismatch> {
        read_job(&response.body, response.request_id.as_deref())
    }
}

fn job_state(state: &JobState) -> State {
    match state {
        JobState::Waiting => State::Waiting,
        JobState::Running => State::Running,
        JobState::Success => State::Succeeded,
        JobState::Failed => State::Failed,
        JobState::Unknown(_) => State::Unknown,
    }
}

impl Watched for Job {
    const KIND: &'static str = "sfs-turbo.job";
    const ENDPOINT: &'static Endpoint = &JOB;

    /// About 11 minutes, by one public figure; it depends on the data that is moved.
    const PRIOR: Prior = Prior { median_ms: 660_000, steepness: 1, worth: Prior::SOURCED, milestones: &[] };

    fn snapshot(&self) -> Snapshot {
        let part = |job: &SubJob| Part {
            name: job.id.clone(),
            state: job_state(&job.state),
            status: job.state.as_str().to_owned(),
            percent: None,
            started_at: job.started_at,
            ended_at: job.ended_at,
            error: job.error.clone(),
            parts: Vec::new(),
        };
        Snapshot {
            started_at: self.started_at,
            ended_at: self.ended_at,
            error: self.error.clone(),
            parts: self.sub_jobs.iter().map(part).collect(),
            ..Snapshot::of(job_state(&self.state), self.state.as_str())
        }
    }
}

/// Reads the body of a job; the id of the request stands in a header.
///
/// # Errors
///
/// The place where the body is not what the documents describe. `job_id` has to be there, and `status`, also in each
/// sub-job.
pub fn read_job(body: &str, request_id: Option<&str>) -> Result<Job, Mismatch> {
    let (mut shared, mut sub_jobs) = (Shared::default(), Vec::new());
    json::object(body, &mut |key, value| {
        if key != "sub_jobs" {
            return shared.field(key, value);
        }
        sub_jobs.clear();
        value.array_or_null(&mut |value| {
            let mut shared = Shared::default();
            value.object(&mut |key, value| shared.field(key, value))?;
            sub_jobs.push(shared.sub_job()?);
            Ok(())
        })
    })?;
    let SubJob { id, job_type, state, error, started_at, ended_at } = shared.sub_job()?;
    let id = id.ok_or_else(|| Mismatch::missing("job_id", "an id"))?;
    let request_id = request_id.map(str::to_owned);
    Ok(Job { id, job_type, state, error, started_at, ended_at, sub_jobs, request_id })
}

/// What a job and its sub-jobs have in common.
#[derive(Default)]
struct Shared {
    texts: [Option<String>; 5],
    begin: Option<i64>,
    end: Option<i64>,
}

impl Shared {
    const TEXTS: [&str; 5] = ["job_id", "job_type", "status", "error_code", "fail_reason"];

    fn field(&mut self, key: &str, value: &mut Reader<'_>) -> Result<(), Mismatch> {
        match key {
            "begin_time" => self.begin = time::utc_or_null(value)?,
            "end_time" => self.end = time::utc_or_null(value)?,
            _ if value.text_among(&Self::TEXTS, &mut self.texts, key)? => {}
            _ => value.skip()?,
        }
        Ok(())
    }

    fn sub_job(self) -> Result<SubJob, Mismatch> {
        let [id, job_type, status, code, reason] = self.texts;
        let state = JobState::from(&*status.ok_or_else(|| Mismatch::missing("status", "a word"))?);
        let error = Failure::of(code, reason);
        Ok(SubJob {
            id,
            job_type,
            error: if state == JobState::Failed { error.or_else(|| Some(Failure::default())) } else { error },
            started_at: self.begin,
            ended_at: self.end.filter(|_| matches!(state, JobState::Success | JobState::Failed)),
            state,
        })
    }
}
