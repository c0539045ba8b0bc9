//! Every call, as JavaScript calls it. Each is one request with typed arguments, and one typed answer; errors reject.
//!
//! `client` is what `createClient` checked, `options` what every call takes: `signal`, `timeoutMs`, `maxRetries`,
//! `maxBodyBytes`.

use std::future::{Future, ready};
use std::pin::Pin;

use serde::Serialize;
use wasm_bindgen::prelude::*;

use self::client::Client;
use self::exchange::exchange;
use self::file::read_file;
use self::options::{CallOptions, read_argument, read_id};
use crate::error::Error;
use crate::http::{Argument, Reply, Request, Response, Site};
use crate::service::apig::{AsyncTask, ExportApis, GatewayProgress, IMPORT_APIS, ImportApis, StartedTask};
use crate::service::cvr::{Filter, RenderTasks};
use crate::service::iam::{IamToken, PasswordLogin};
use crate::service::kps::{Associate, Disassociate, KeypairDispatch, KeypairTask};
use crate::service::roma::RomaInstanceProgress;
use crate::service::sfs_turbo::Job;
use crate::wasm::convert::{Thrown, complete, to_js, with_raw};
use crate::wasm::outside::signal::within;

pub mod client;
pub(super) mod exchange;
mod fetch;
mod file;
pub(super) mod options;

/// How far the creation of a dedicated gateway is (`ShowDetailsOfInstanceProgressV2`).
#[wasm_bindgen(js_name = apigGatewayProgress, unchecked_return_type = "GatewayProgress")]
pub async fn apig_gateway_progress(
    client: Client,
    #[wasm_bindgen(js_name = instanceId, unchecked_param_type = "string")] instance_id: JsValue,
    #[wasm_bindgen(unchecked_param_type = "CallOptions | undefined")] options: JsValue,
) -> Result<JsValue, JsValue> {
    let request = |site: &Site| Ok(GatewayProgress::request(site, &read_id("instanceId", &instance_id)?)?);
    ask(client, &options, request, object::<GatewayProgress>).await
}

/// What has become of an asynchronous import or export (`ShowAsyncTaskResult`), with its nested result.
#[wasm_bindgen(js_name = apigAsyncTask, unchecked_return_type = "AsyncTask")]
pub async fn apig_async_task(
    client: Client,
    #[wasm_bindgen(js_name = instanceId, unchecked_param_type = "string")] instance_id: JsValue,
    #[wasm_bindgen(js_name = taskId, unchecked_param_type = "string")] task_id: JsValue,
    #[wasm_bindgen(unchecked_param_type = "CallOptions | undefined")] options: JsValue,
) -> Result<JsValue, JsValue> {
    let request = |site: &Site| {
        let (instance_id, task_id) = (read_id("instanceId", &instance_id)?, read_id("taskId", &task_id)?);
        Ok(AsyncTask::request(site, &instance_id, &task_id)?)
    };
    ask(client, &options, request, task_object).await
}

/// Starts the import of an OpenAPI document (`ImportApiDefinitionsAsync`).
#[wasm_bindgen(js_name = apigImportApis, unchecked_return_type = "DecodedStartedTask")]
pub async fn apig_import_apis(
    client: Client,
    #[wasm_bindgen(js_name = instanceId, unchecked_param_type = "string")] instance_id: JsValue,
    #[wasm_bindgen(unchecked_param_type = "ImportFile")] file: JsValue,
    #[wasm_bindgen(unchecked_param_type = "ImportOptions | undefined")] options: JsValue,
) -> Result<JsValue, JsValue> {
    let (import, options) = CallOptions::read_with::<ImportApis>(&options, &client)?;
    let instance_id = read_id("instanceId", &instance_id)?;
    let late = || Error::file_timed_out(IMPORT_APIS.name, options.timeout_ms);
    let file = within(options.signal.as_ref(), options.timeout_ms, late, read_file(&file)).await?;
    let request = import.request(&client.site(), &instance_id, &file.name)?;
    answer(Call { client, request, file: Some(file.blob), options }, object::<StartedTask>).await
}

/// Starts the export of APIs as an OpenAPI document (`ExportApiDefinitionsAsync`).
#[wasm_bindgen(js_name = apigExportApis, unchecked_return_type = "DecodedStartedTask")]
pub async fn apig_export_apis(
    client: Client,
    #[wasm_bindgen(js_name = instanceId, unchecked_param_type = "string")] instance_id: JsValue,
    #[wasm_bindgen(unchecked_param_type = "ExportOptions")] options: JsValue,
) -> Result<JsValue, JsValue> {
    let (export, options) = CallOptions::read_with::<ExportApis>(&options, &client)?;
    let request = export.request(&client.site(), &read_id("instanceId", &instance_id)?)?;
    answer(Call { client, request, file: None, options }, object::<StartedTask>).await
}

/// How far the creation of a ROMA Connect instance is (`GetCreateInstanceProcessV2`).
#[wasm_bindgen(js_name = romaInstanceProgress, unchecked_return_type = "RomaInstanceProgress")]
pub async fn roma_instance_progress(
    client: Client,
    #[wasm_bindgen(js_name = instanceId, unchecked_param_type = "string")] instance_id: JsValue,
    #[wasm_bindgen(unchecked_param_type = "CallOptions | undefined")] options: JsValue,
) -> Result<JsValue, JsValue> {
    let request = |site: &Site| Ok(RomaInstanceProgress::request(site, &read_id("instanceId", &instance_id)?)?);
    ask(client, &options, request, object::<RomaInstanceProgress>).await
}

/// What has become of an SFS Turbo job (`ShowJobDetail`).
#[wasm_bindgen(js_name = sfsTurboJob, unchecked_return_type = "SfsTurboJob")]
pub async fn sfs_turbo_job(
    client: Client,
    #[wasm_bindgen(js_name = jobId, unchecked_param_type = "string")] job_id: JsValue,
    #[wasm_bindgen(unchecked_param_type = "CallOptions | undefined")] options: JsValue,
) -> Result<JsValue, JsValue> {
    let request = |site: &Site| Ok(Job::request(site, &read_id("jobId", &job_id)?)?);
    ask(client, &options, request, object::<Job>).await
}

/// What has become of a key pair task (`ListKeypairTask`).
#[wasm_bindgen(js_name = kpsTask, unchecked_return_type = "KeypairTask")]
pub async fn kps_task(
    client: Client,
    #[wasm_bindgen(js_name = taskId, unchecked_param_type = "string")] task_id: JsValue,
    #[wasm_bindgen(unchecked_param_type = "CallOptions | undefined")] options: JsValue,
) -> Result<JsValue, JsValue> {
    let request = |site: &Site| Ok(KeypairTask::request(site, &read_id("taskId", &task_id)?)?);
    ask(client, &options, request, object::<KeypairTask>).await
}

/// Binds a key pair to a server (`AssociateKeypair`).
#[wasm_bindgen(js_name = kpsAssociate, unchecked_return_type = "DecodedKeypairDispatch")]
pub async fn kps_associate(
    client: Client,
    #[wasm_bindgen(unchecked_param_type = "AssociateRequest")] request: JsValue,
    #[wasm_bindgen(unchecked_param_type = "CallOptions | undefined")] options: JsValue,
) -> Result<JsValue, JsValue> {
    let request = read_argument("request", &request);
    let request = |site: &Site| Ok(request?.read::<Associate>("request")?.request(site)?);
    ask(client, &options, request, object::<KeypairDispatch>).await
}

/// Takes a key pair from a server, or replaces it (`DisassociateKeypair`).
#[wasm_bindgen(js_name = kpsDisassociate, unchecked_return_type = "DecodedKeypairDispatch")]
pub async fn kps_disassociate(
    client: Client,
    #[wasm_bindgen(unchecked_param_type = "DisassociateRequest")] request: JsValue,
    #[wasm_bindgen(unchecked_param_type = "CallOptions | undefined")] options: JsValue,
) -> Result<JsValue, JsValue> {
    let request = read_argument("request", &request);
    let request = |site: &Site| Ok(request?.read::<Disassociate>("request")?.request(site)?);
    ask(client, &options, request, object::<KeypairDispatch>).await
}

/// A page of render tasks (CVR, list render tasks).
#[wasm_bindgen(js_name = cvrRenderTasks, unchecked_return_type = "RenderTasks")]
pub async fn cvr_render_tasks(
    client: Client,
    #[wasm_bindgen(unchecked_param_type = "RenderTaskFilter | undefined")] filter: JsValue,
    #[wasm_bindgen(unchecked_param_type = "CallOptions | undefined")] options: JsValue,
) -> Result<JsValue, JsValue> {
    let filter = if filter.is_undefined() { Ok(Argument::empty()) } else { read_argument("filter", &filter) };
    let request = |site: &Site| Ok(filter?.read::<Filter>("filter")?.request(site)?);
    ask(client, &options, request, object::<RenderTasks>).await
}

/// A token for a user's password (`KeystoneCreateUserTokenByPassword`).
#[wasm_bindgen(js_name = iamToken, unchecked_return_type = "IamToken")]
pub async fn iam_token(
    client: Client,
    #[wasm_bindgen(unchecked_param_type = "TokenRequest")] request: JsValue,
    #[wasm_bindgen(unchecked_param_type = "CallOptions | undefined")] options: JsValue,
) -> Result<JsValue, JsValue> {
    let request = read_argument("request", &request);
    let request = |site: &Site| Ok(request?.read::<PasswordLogin>("request")?.request(site)?);
    ask(client, &options, request, token_object).await
}

/// A call before it is made.
struct Call {
    client: Client,
    request: Request,
    file: Option<JsValue>,
    options: CallOptions,
}

/// What a call answers with, or rejects with. Boxed, so that there is one way through a call for all of them.
type Answer = Pin<Box<dyn Future<Output = Result<JsValue, JsValue>>>>;

/// Reads a response that is a success, as the object that a call answers with.
type Read = fn(&Response, &Request) -> Result<JsValue, Error>;

/// Makes a call that takes no more than what every call takes.
fn ask(
    client: Client,
    options: &JsValue,
    request: impl FnOnce(&Site) -> Result<Request, Thrown>,
    read: Read,
) -> Answer {
    let options = CallOptions::read(options, &client);
    let call = options.and_then(|options| {
        let request = request(&client.site())?;
        Ok(Call { client, request, file: None, options })
    });
    match call {
        Ok(call) => answer(call, read),
        Err(thrown) => Box::pin(ready(Err(thrown.into()))),
    }
}

fn answer(call: Call, read: Read) -> Answer {
    Box::pin(async move {
        let Call { client, request, file, options } = call;
        let response = exchange(&client, &request, file.as_ref(), &options).await?;
        Ok(read(&response, &request)?)
    })
}

/// An answer with the body that it came in.
fn object<T: Reply + Serialize>(response: &Response, request: &Request) -> Result<JsValue, Error> {
    Ok(with_raw(&response.read::<T>(request)?, &response.body))
}

fn task_object(response: &Response, request: &Request) -> Result<JsValue, Error> {
    let task = response.read::<AsyncTask>(request)?;
    let object = with_raw(&task, &response.body);
    complete(&task, &object);
    Ok(object)
}

/// A token without the body that it came in.
fn token_object(response: &Response, request: &Request) -> Result<JsValue, Error> {
    Ok(to_js(&response.read::<IamToken>(request)?))
}

impl From<Error> for JsValue {
    fn from(error: Error) -> Self {
        Thrown::from(error).into()
    }
}
