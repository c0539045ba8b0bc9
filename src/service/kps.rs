//! Key Pair Service (KPS): binding a key pair to a server, replacing or resetting it, and what has become of that.

use serde::Serialize;

use super::View;
use crate::arguments::Arguments;
use crate::call::{Body, Call};
use crate::error::{Error, Failure};
use crate::json::{self, Mismatch, Value};
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

/// Whether a task was dispatched: it has begun at best, and [`task`] tells how it ends.
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

/// `ListKeypairTask`: what has become of a task. Arguments: `projectId`, `taskId`.
///
/// # Errors
///
/// [`Kind::Config`](crate::error::Kind::Config) that names the argument.
pub fn task(arguments: &Arguments) -> Result<Call<Box<View>>, Error> {
    let (project, task) = (arguments.segment("projectId")?, arguments.segment("taskId")?);
    arguments.only(&["projectId", "taskId"])?;
    let path = format!("/v3/{project}/tasks/{task}");
    Ok(Call::get("ListKeypairTask", SERVICE, path, |answer| read_task(answer.body).map(View::KeypairTask)))
}

/// `AssociateKeypair`: binds a key pair to a server. Arguments: `projectId`, `keypairName`, and `server` with `id` and,
/// optionally, how to log in now (`auth` with `type` and `key`), `disablePassword` and the SSH `port` from 1 to 65535.
///
/// # Errors
///
/// [`Kind::Config`](crate::error::Kind::Config) that names the argument.
pub fn associate(arguments: &Arguments) -> Result<Call<Box<View>>, Error> {
    let keypair = arguments.text("keypairName")?;
    let server = server(arguments)?;
    let id = server.text("id")?;
    let auth = Auth::read(server)?;
    let disable_password = server.flag("disablePassword")?;
    let port = server.integer("port", 1..=65_535)?;
    server.only(&["id", "auth", "disablePassword", "port"])?;
    arguments.only(&["projectId", "keypairName", "server"])?;
    let server = Value::Object(vec![
        ("id", Some(Value::Text(id))),
        ("auth", auth.map(Auth::value)),
        ("disable_password", disable_password.map(Value::Flag)),
        ("port", port.map(Value::Integer)),
    ]);
    let body = Value::Object(vec![("keypair_name", Some(Value::Text(keypair))), ("server", Some(server))]);
    dispatch("AssociateKeypair", "associate", arguments, &body, auth)
}

/// `DisassociateKeypair`: replaces or resets a server's key pair. Arguments: `projectId`, and `server` with `id` and,
/// optionally, how to log in now (`auth` with `type` and `key`): with it, the key pair is replaced; without it, reset.
///
/// # Errors
///
/// [`Kind::Config`](crate::error::Kind::Config) that names the argument.
pub fn disassociate(arguments: &Arguments) -> Result<Call<Box<View>>, Error> {
    let server = server(arguments)?;
    let id = server.text("id")?;
    let auth = Auth::read(server)?;
    server.only(&["id", "auth"])?;
    arguments.only(&["projectId", "server"])?;
    let server = Value::Object(vec![("id", Some(Value::Text(id))), ("auth", auth.map(Auth::value))]);
    let body = Value::Object(vec![("server", Some(server))]);
    dispatch("DisassociateKeypair", "disassociate", arguments, &body, auth)
}

fn server(arguments: &Arguments) -> Result<&Arguments, Error> {
    arguments.object("server")?.ok_or_else(|| arguments.wrong("server", "expected an object"))
}

fn dispatch(
    name: &'static str,
    action: &str,
    arguments: &Arguments,
    body: &Value<'_>,
    auth: Option<Auth<'_>>,
) -> Result<Call<Box<View>>, Error> {
    let path = format!("/v3/{}/keypairs/{action}", arguments.segment("projectId")?);
    let call = Call::post(name, SERVICE, path, Body::Json(body.to_json()), |answer| {
        read_dispatch(answer.body).map(View::KeypairDispatch)
    });
    Ok(Call { secrets: auth.iter().map(|auth| auth.key.to_owned()).collect(), ..call })
}

/// How to log in to a server.
#[derive(Clone, Copy)]
struct Auth<'a> {
    kind: &'static str,
    /// The password or the private key.
    key: &'a str,
}

impl<'a> Auth<'a> {
    fn read(server: &'a Arguments) -> Result<Option<Self>, Error> {
        const KINDS: [&str; 2] = ["password", "keypair"];
        let Some(auth) = server.object("auth")? else { return Ok(None) };
        let kind = auth.word("type", &KINDS)?;
        let kind = kind.ok_or_else(|| auth.wrong("type", "expected one of password, keypair"))?;
        let key = auth.text("key")?;
        auth.only(&["type", "key"])?;
        Ok(Some(Self { kind, key }))
    }

    fn value(self) -> Value<'a> {
        Value::Object(vec![("type", Some(Value::Text(self.kind))), ("key", Some(Value::Text(self.key)))])
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
    let (phase, operation) = status.split_once('_').unwrap_or((&status, ""));
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
