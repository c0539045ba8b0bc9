//! Key Pair Service (KPS): binding a key pair to a server, replacing or resetting it, and what has become of that.

use serde::Serialize;

use super::View;
use crate::call::{Body, Endpoint, Kind, Parameter};
use crate::error::Failure;
use crate::json::{self, Mismatch};
use crate::text::split_once;
use crate::words;

/// The service, as its address names it: key pairs live with the Key Management Service.
const SERVICE: &str = "kms";

words! {
    /// How far a task is.
    pub enum Phase { Ready = "ready", Running = "running", Failed = "failed", Success = "success" }
}

words! {
    /// What a task does with a server's key pair.
    pub enum Operation { Reset = "reset", Replace = "replace", Unbind = "unbind", Bind = "bind" }
}

words! {
    /// Whether a task was dispatched.
    pub enum DispatchState { Dispatched = "dispatched", Failed = "failed" }
}

/// What has become of a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct KeypairTask {
    /// The task's id.
    pub task_id: String,
    /// The server's id.
    pub server_id: Option<String>,
    /// The word as it came, such as `RUNNING_RESET`; in upper case when it is documented.
    pub status: String,
    /// How far it is: the first half of the word, `None` when it is unknown.
    pub phase: Option<Phase>,
    /// What it does: the second half of the word, `None` when it is unknown.
    pub operation: Option<Operation>,
}

/// Whether a task was dispatched: it has begun at best, and [`TASK`] tells how it ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct KeypairDispatch {
    /// What `task_id` is the id of: `kps.task`.
    pub kind: &'static str,
    /// The task's id; there whenever it was dispatched.
    pub task_id: Option<String>,
    /// The server's id.
    pub server_id: Option<String>,
    /// The state, an unknown word kept. The service's `SUCCESS` is `dispatched`.
    pub state: DispatchState,
    /// Why it was not dispatched; there whenever the state is `failed`.
    pub error: Option<Failure>,
}

/// What has become of a task.
pub const TASK: Endpoint<View> =
    Endpoint::get("ListKeypairTask", SERVICE, "/v3/{projectId}/tasks/{taskId}", |answer| {
        read_task(answer.body).map(View::KeypairTask)
    });

/// Binds a key pair to a server.
pub const ASSOCIATE: Endpoint<View> =
    Endpoint::post("AssociateKeypair", SERVICE, "/v3/{projectId}/keypairs/associate", Body::Json, |answer| {
        read_dispatch(answer.body).map(View::KeypairDispatch)
    })
    .taking(&[
        Parameter::field("keypairName", "keypair_name", Kind::Text).required(),
        SERVER,
        SERVER_ID,
        AUTH,
        AUTH_TYPE,
        AUTH_KEY,
        Parameter::field("server.disablePassword", "server.disable_password", Kind::Flag),
        Parameter::field("server.port", "server.port", Kind::Integer(1, 65_535)),
    ]);

/// Replaces a server's key pair, or resets it when nothing says how to log in now.
pub const DISASSOCIATE: Endpoint<View> =
    Endpoint::post("DisassociateKeypair", SERVICE, "/v3/{projectId}/keypairs/disassociate", Body::Json, |answer| {
        read_dispatch(answer.body).map(View::KeypairDispatch)
    })
    .taking(&[SERVER, SERVER_ID, AUTH, AUTH_TYPE, AUTH_KEY]);

const SERVER: Parameter = Parameter::field("server", "server", Kind::Object).required();
const SERVER_ID: Parameter = Parameter::field("server.id", "server.id", Kind::Text).required();

/// How to log in to the server now.
const AUTH: Parameter = Parameter::field("server.auth", "server.auth", Kind::Object);
const AUTH_TYPE: Parameter =
    Parameter::field("server.auth.type", "server.auth.type", Kind::Word(&["password", "keypair"])).required();

/// The password or the private key.
const AUTH_KEY: Parameter = Parameter::field("server.auth.key", "server.auth.key", Kind::Secret).required();

/// Reads the body of a task.
///
/// # Errors
///
/// The place where the body is not what the documents describe. `task_id` and `task_status` have to be there.
pub fn read_task(body: &str) -> Result<KeypairTask, Mismatch> {
    let [id, server_id, status] = json::texts(body, ["task_id", "server_id", "task_status"])?;
    let task_id = id.ok_or_else(|| Mismatch::missing("task_id", "an id"))?;
    let status = status.ok_or_else(|| Mismatch::missing("task_status", "a word"))?;
    let (phase, operation) = split_once(&status, b'_').unwrap_or((&status, ""));
    let phase = Some(Phase::from(phase)).filter(|phase| !matches!(phase, Phase::Unknown(_)));
    let operation = Some(Operation::from(operation)).filter(|operation| !matches!(operation, Operation::Unknown(_)));
    let is_known = phase.is_some() && operation.is_some();
    let status = if is_known { status.to_ascii_uppercase() } else { status };
    Ok(KeypairTask { task_id, server_id, status, phase, operation })
}

/// Reads the body of the answer to a request for a task. It came with a 202 even when the task was not dispatched.
///
/// # Errors
///
/// The place where the body is not what the documents describe. `status` has to be there, and `task_id` when it is a
/// success.
pub fn read_dispatch(body: &str) -> Result<KeypairDispatch, Mismatch> {
    let [task_id, server_id, status, code, message] =
        json::texts(body, ["task_id", "server_id", "status", "error_code", "error_msg"])?;
    let status = status.ok_or_else(|| Mismatch::missing("status", "a word"))?;
    let state = match status {
        word if word.eq_ignore_ascii_case("SUCCESS") => DispatchState::Dispatched,
        word if word.eq_ignore_ascii_case("FAILED") => DispatchState::Failed,
        word => DispatchState::Unknown(word),
    };
    if state == DispatchState::Dispatched && task_id.is_none() {
        return Err(Mismatch::missing("task_id", "an id"));
    }
    let error = Failure::of(code, message);
    Ok(KeypairDispatch {
        kind: "kps.task",
        task_id,
        server_id,
        error: if state == DispatchState::Failed { error.or_else(|| Some(Failure::default())) } else { error },
        state,
    })
}
