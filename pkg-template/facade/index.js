export { createClient } from './client.js';
export { decodeAsyncTask } from './decode.js';
export {
  AbortedError,
  ApiError,
  AuthError,
  ConfigError,
  ConnectionError,
  DecodeError,
  isTasksError,
  NotFoundError,
  OperationFailedError,
  PermissionError,
  RateLimitError,
  ServerError,
  TasksError,
  TimeoutError,
  WaitTimeoutError,
} from './errors.js';
export { fileFromPath } from './file.js';
export { init } from './instance.js';
export { passwordToken } from './token.js';
