// @ts-check
export {
  AbortedError, ApiError, AuthError, ConfigError, ConnectionError, DecodeError, isTasksError, NotFoundError,
  OperationFailedError, PermissionError, RateLimitError, ServerError, TasksError, TimeoutError, WaitTimeoutError,
} from '../facade/errors.js';
