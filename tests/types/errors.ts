// Every class of error, by `instanceof` and by `kind`.
import {
  AbortedError,
  type AnyTasksError,
  ApiError,
  AuthError,
  ConfigError,
  ConnectionError,
  DecodeError,
  type ErrorKind,
  isTasksError,
  NotFoundError,
  OperationFailedError,
  type OperationHandle,
  type OperationView,
  PermissionError,
  RateLimitError,
  type SeenState,
  ServerError,
  TasksError,
  TimeoutError,
  WaitTimeoutError,
} from 'huaweicloud-tasks';

/** A class tells the kind. */
export function kindOf(error: unknown): ErrorKind {
  if (error instanceof ConfigError) return error.kind satisfies 'config';
  if (error instanceof AuthError) return error.kind satisfies 'auth';
  if (error instanceof PermissionError) return error.kind satisfies 'permission';
  if (error instanceof NotFoundError) return error.kind satisfies 'notFound';
  if (error instanceof RateLimitError) return error.kind satisfies 'rateLimit';
  if (error instanceof ServerError) return error.kind satisfies 'server';
  if (error instanceof ApiError) return error.kind satisfies 'api';
  if (error instanceof ConnectionError) return error.kind satisfies 'connection';
  if (error instanceof TimeoutError) return error.kind satisfies 'timeout';
  if (error instanceof AbortedError) return error.kind satisfies 'aborted';
  if (error instanceof DecodeError) return error.kind satisfies 'decode';
  if (error instanceof OperationFailedError) return error.kind satisfies 'operationFailed';
  if (error instanceof WaitTimeoutError) return error.kind satisfies 'waitTimeout';
  if (error instanceof TasksError) return error.kind;
  throw error;
}

/** The kind tells the class, where `instanceof` cannot: an error of another realm. */
export function told(error: unknown): string {
  if (!isTasksError(error)) throw error;
  const any: AnyTasksError = error;
  const known: TasksError = any;
  switch (error.kind) {
    case 'config':
      return error.field satisfies string;
    case 'decode':
      return error.path + error.expected;
    case 'operationFailed': {
      const view: OperationView = error.view;
      const before: readonly SeenState[] = error.history;
      return view.state + before.map(({ at, state, status, percent }) => [at, state, status, percent].join()).join();
    }
    case 'waitTimeout': {
      const handle: OperationHandle = error.handle;
      return handle.kind + (error.view satisfies OperationView | null)?.state;
    }
    case 'auth':
    case 'permission':
    case 'notFound':
    case 'rateLimit':
    case 'server':
    case 'api':
    case 'connection':
    case 'timeout':
    case 'aborted':
    case 'internal':
      return `${known.status} ${known.code} ${known.requestId} ${known.retryable} ${known.raw} ${known.cause}`;
    default:
      return error satisfies never;
  }
}
