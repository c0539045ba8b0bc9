//! API Gateway (APIG), dedicated gateways.

mod files;
mod gateway;
mod task;
pub mod task_result;

pub use files::{
    Define, EXPORT_APIS, ExportApis, FileFormat, IMPORT_APIS, ImportApis, Mode, OasVersion, StartedTask,
    read_started_task,
};
pub use gateway::{GATEWAY_PROGRESS, GatewayProgress, GatewayState, read_gateway_progress};
pub use task::{ASYNC_TASK, AsyncTask, TaskStatus, TaskType, read_async_task};

/// The part of the client, and the service as its address names it.
const GROUP: &str = "apig";
