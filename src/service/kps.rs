//! Key Pair Service (KPS): binding a key pair to a server, replacing or resetting it, and what has become of that.

use serde::{Deserialize, Serialize};

use crate::choices;
use crate::error::{Error, Failure};
use crate::http::{Endpoint, Reply, Request, Response, Site, Within};
use crate::json::{self, Mismatch};
use crate::model::prior::Prior;
use crate::model::snapshot::{Snapshot, State};
use crate::service::Watched;
use crate::text::split_once;
use crate::words;

/// The service, as its address names it: key pairs live with the Key Management Service.
const SERVICE: &str = "kms";

/// The part of the client.
const GROUP: &str = "kps";

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

choices! {
    /// How to log in to a server.
    pub enum AuthType { Password = "password", Keypair = "keypair" }
}

/// How to log in to a server now.
#[derive(Clone, Deserialize, Serialize)]
pub struct Auth {
    /// What `key` is.
    #[serde(rename = "type")]
    pub auth_type: AuthType,
    /// The password or the private key.
    pub key: String,
}

/// What is printed of it is its type.
impl std::fmt::Debug for Auth {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Auth").field("auth_type", &self.auth_type).finish_non_exhaustive()
    }
}

/// The key pair that a server is to have.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(rename_all(deserialize = "camelCase"))]
pub struct Associate {
    /// The key pair's name.
    pub keypair_name: String,
    /// The server.
    pub server: AssociateServer,
}

/// The server that a key pair is bound to.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(rename_all(deserialize = "camelCase"))]
pub struct AssociateServer {
    /// The server's id.
    pub id: String,
    /// How to log in to it now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auth: Option<Auth>,
    /// Whether to switch the login by password off.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disable_password: Option<bool>,
    /// The port of SSH.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub port: Option<Within<1, 65_535>>,
}

/// The server that a key pair is taken from. Without a login it is reset.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct Disassociate {
    /// The server.
    pub server: DisassociateServer,
}

/// The server that a key pair is taken from.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct DisassociateServer {
    /// The server's id.
    pub id: String,
    /// How to log in to it now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auth: Option<Auth>,
}

/// What has become of a task.
pub const TASK: Endpoint = Endpoint::get("ListKeypairTask", GROUP, SERVICE, "/v3/{projectId}/tasks/{taskId}");

/// Binds a key pair to a server.
pub const ASSOCIATE: Endpoint =
    Endpoint::post("AssociateKeypair", GROUP, SERVICE, "/v3/{projectId}/keypairs/associate");

/// Replaces a server's key pair, or resets it when nothing says how to log in now.
pub const DISASSOCIATE: Endpoint =
    Endpoint::post("DisassociateKeypair", GROUP, SERVICE, "/v3/{projectId}/keypairs/disassociate");

impl KeypairTask {
    /// The request that asks for it.
    ///
    /// # Errors
    ///
    /// See [`Endpoint::request`].
    pub fn request(site: &Site, task_id: &str) -> Result<Request, Error> {
        TASK.request(site, &[("taskId", task_id)])
    }
}

impl Associate {
    /// The request that starts it.
    ///
    /// # Errors
    ///
    /// See [`Endpoint::request`].
    pub fn request(&self, site: &Site) -> Result<Request, Error> {
        Ok(with_login(ASSOCIATE.request(site, &[])?, self, self.server.auth.as_ref()))
    }
}

impl Disassociate {
    /// The request that starts it.
    ///
    /// # Errors
    ///
    /// See [`Endpoint::request`].
    pub fn request(&self, site: &Site) -> Result<Request, Error> {
        Ok(with_login(DISASSOCIATE.request(site, &[])?, self, self.server.auth.as_ref()))
    }
}

fn with_login<T: Serialize>(request: Request, body: &T, auth: Option<&Auth>) -> Request {
    let secrets = auth.map(|auth| auth.key.clone()).into_iter().collect();
    Request { secrets, ..request.json(body) }
}

impl Reply for KeypairTask {
    fn read(response: &Response) -> Result<Self, Mismatch> {
        read_task(&response.body)
    }
}

impl Reply for KeypairDispatch {
    fn read(response: &Response) -> Result<Self, Mismatch> {
        read_dispatch(&response.body)
    }
}

impl Watched for KeypairTask {
    const KIND: &'static str = "kps.task";
    const ENDPOINT: &'static Endpoint = &TASK;

    /// Nothing public. A guess: tens of seconds.
    const PRIOR: Prior = Prior { median_ms: 30_000, steepness: 1, worth: 1, milestones: &[] };

    fn snapshot(&self) -> Snapshot {
        let state = match self.phase {
            // Half a word that is known is not a word that is known.
            _ if self.operation.is_none() => State::Unknown,
            Some(Phase::Ready) => State::Waiting,
            Some(Phase::Running) => State::Running,
            Some(Phase::Success) => State::Succeeded,
            Some(Phase::Failed) => State::Failed,
            Some(Phase::Unknown(_)) | None => State::Unknown,
        };
        // The service gives no reason.
        let error = (state == State::Failed).then(Failure::default);
        Snapshot { error, ..Snapshot::of(state, &self.status) }
    }
}

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
