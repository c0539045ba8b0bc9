/** The errors of the package and nothing else. They are those of every other entry: `instanceof` holds across them. */
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
} from './index.cjs';
export type { ErrorKind } from './index.cjs';
