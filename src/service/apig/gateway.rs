//! The progress of a gateway's creation.

use std::borrow::Cow;

use serde::Serialize;

use super::GROUP;
use crate::error::{Error, Failure};
use crate::http::{Endpoint, Reply, Request, Response, Site};
use crate::json::{self, Mismatch};
use crate::model::prior::Prior;
use crate::model::snapshot::{Snapshot, State};
use crate::service::Watched;
use crate::words;

words! {
    /// The state of a gateway's creation.
    pub enum GatewayState { Creating = "creating", Success = "success", Failed = "failed" }
}

/// How far the creation of a dedicated gateway is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GatewayProgress {
    /// In percent. The documents list 30, 50, 80, 90 and 100, their own examples also hold 0; any integer is passed on.
    pub percent: Option<i64>,
    /// The state, an unknown word kept.
    pub state: GatewayState,
    /// Why it failed; there whenever the state is `failed`.
    pub error: Option<Failure>,
    /// In epoch milliseconds.
    pub started_at: Option<i64>,
    /// In epoch milliseconds, once the state is final: the service fills `end_time` in before the end.
    pub ended_at: Option<i64>,
}

/// How far the creation of a dedicated gateway is.
pub const GATEWAY_PROGRESS: Endpoint = Endpoint::get(
    "ShowDetailsOfInstanceProgressV2",
    GROUP,
    GROUP,
    "/v2/{projectId}/apigw/instances/{instanceId}/progress",
);

impl GatewayProgress {
    /// The request that asks for it.
    ///
    /// # Errors
    ///
    /// See [`Endpoint::request`].
    pub fn request(site: &Site, instance_id: &str) -> Result<Request, Error> {
        GATEWAY_PROGRESS.request(site, &[("instanceId", instance_id)])
    }
}

impl Reply for GatewayProgress {
    fn read(response: &Response) -> Result<Self, Mismatch> {
        read_gateway_progress(&response.body)
    }
}

impl Watched for GatewayProgress {
    const KIND: &'static str = "apig.gateway";
    const ENDPOINT: &'static Endpoint = &GATEWAY_PROGRESS;

    /// 4.5 to 7 minutes; the documents' example takes 323.75 s. A log-normal with a mean of 324 s and a coefficient of
    /// variation of 0.25 has this median. The percentages are the documents', their times an assumption.
    const PRIOR: Prior = Prior {
        median_ms: 314_000,
        steepness: 3,
        worth: Prior::SOURCED,
        milestones: &[(30, 0.08), (50, 0.30), (80, 0.55), (90, 0.80)],
    };

    fn snapshot(&self) -> Snapshot {
        let state = match self.state {
            GatewayState::Creating => State::Running,
            GatewayState::Success => State::Succeeded,
            GatewayState::Failed => State::Failed,
            GatewayState::Unknown(_) => State::Unknown,
        };
        let GatewayProgress { percent, started_at, ended_at, .. } = *self;
        Snapshot {
            percent,
            started_at,
            ended_at,
            error: self.error.clone(),
            ..Snapshot::of(state, self.state.as_str())
        }
    }
}

/// Reads the body of a gateway's progress.
///
/// # Errors
///
/// The place where the body is not what the documents describe. Only `status` has to be there.
pub fn read_gateway_progress(body: &str) -> Result<GatewayProgress, Mismatch> {
    let (mut percent, mut state, mut code, mut message, mut start, mut end) = (None, None, None, None, None, None);
    json::object(body, &mut |key, value| {
        match key {
            "progress" => percent = value.integer_or_null()?,
            "status" => state = value.text_or_null()?,
            "error_code" => code = value.text_or_null()?,
            "error_msg" => message = value.text_or_null()?,
            "start_time" => start = value.integer_or_null()?,
            "end_time" => end = value.integer_or_null()?,
            _ => value.skip()?,
        }
        Ok(())
    })?;
    let state = GatewayState::from(&*state.ok_or_else(|| Mismatch::missing("status", "a word"))?);
    let error = Failure::of(code.map(Cow::into_owned), message.map(Cow::into_owned));
    // 0 stands for a time that is not there.
    let time = |time: Option<i64>| time.filter(|&time| time != 0);
    Ok(GatewayProgress {
        percent,
        error: if state == GatewayState::Failed { error.or_else(|| Some(Failure::default())) } else { error },
        started_at: time(start),
        ended_at: if matches!(state, GatewayState::Success | GatewayState::Failed) { time(end) } else { None },
        state,
    })
}
