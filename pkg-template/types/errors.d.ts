import type { OperationHandle, OperationState, OperationTarget, OperationView } from './operation.js';

/** The kinds of error, one for each class; `internal`, a defect of this package, is a `TasksError` itself. */
export type ErrorKind =
  | 'config'
  | 'auth'
  | 'permission'
  | 'notFound'
  | 'rateLimit'
  | 'server'
  | 'api'
  | 'connection'
  | 'timeout'
  | 'aborted'
  | 'decode'
  | 'operationFailed'
  | 'waitTimeout'
  | 'internal';

/**
 * What every error of this package is. `message` is for people and never holds a secret; decide by `kind`, `status` and
 * `code`. The package alone makes them.
 */
export class TasksError extends Error {
  /** What went wrong. */
  readonly kind: ErrorKind;
  /** The HTTP status, `null` when there was no answer. */
  readonly status: number | null;
  /** The service's code, such as `APIG.3093`. */
  readonly code: string | null;
  /** The service's id of the request, to quote to its support. */
  readonly requestId: string | null;
  /** Whether the same call may succeed later, with nothing changed. */
  readonly retryable: boolean;
  /** The body as it came, as text, cut to 64 KiB; `null` when there was none. */
  readonly raw: string | null;
  /** What this error was made from, such as the error that `fetch` threw. */
  readonly cause?: unknown;
  /**
   * Of an error that `client.poll` rejects with: the handle with what was learnt, to poll again. What was given, where
   * that is refused. Not enumerable.
   */
  readonly handle?: string | OperationHandle | OperationTarget;
}

/** The options or arguments are wrong. Thrown before any request. */
export class ConfigError extends TasksError {
  readonly kind: 'config';
  /** The option or argument that is wrong, such as `server.port`. */
  readonly field: string;
}

/** The token is missing, wrong or expired. */
export class AuthError extends TasksError {
  readonly kind: 'auth';
}

/** The token is good, but may not do this. */
export class PermissionError extends TasksError {
  readonly kind: 'permission';
}

/** There is no such resource. */
export class NotFoundError extends TasksError {
  readonly kind: 'notFound';
}

/** Too many requests. */
export class RateLimitError extends TasksError {
  readonly kind: 'rateLimit';
}

/** The service, or a proxy before it, failed. */
export class ServerError extends TasksError {
  readonly kind: 'server';
}

/** The service refused the request for another reason. */
export class ApiError extends TasksError {
  readonly kind: 'api';
}

/** No answer came: `cause` is what `fetch` threw. In a browser this is also what a CORS refusal looks like. */
export class ConnectionError extends TasksError {
  readonly kind: 'connection';
}

/** The call took longer than `timeoutMs`. */
export class TimeoutError extends TasksError {
  readonly kind: 'timeout';
}

/** `fetch` gave up by itself. (When *your* signal aborts, the call rejects with your signal's own reason instead.) */
export class AbortedError extends TasksError {
  readonly kind: 'aborted';
}

/** The answer is not what the documents describe, or is larger than it may be. */
export class DecodeError extends TasksError {
  readonly kind: 'decode';
  /** Where in the body, such as `task_result.success[3].id`; empty for the body as a whole. */
  readonly path: string;
  /** What was expected there, such as `a string`. */
  readonly expected: string;
}

/** A state that an operation was seen in. */
export interface SeenState {
  /** When it was seen, in epoch milliseconds. */
  at: number;
  state: OperationState;
  /** The service's own word. */
  status: string;
  /** The progress that the service reported, in percent. */
  percent: number | null;
}

/**
 * An operation failed, or was cancelled: `view.state` says which. `code` is the service's, `message` has its reason.
 */
export class OperationFailedError extends TasksError {
  readonly kind: 'operationFailed';
  /** What was seen last. */
  readonly view: OperationView;
  /** The changes of state and percentage, oldest first, the end included; the last 100 at most. */
  readonly history: readonly SeenState[];
}

/** An operation is still running after `maxWaitMs`. */
export class WaitTimeoutError extends TasksError {
  readonly kind: 'waitTimeout';
  /** What was seen last; `null` when nothing was. */
  readonly view: OperationView | null;
  /** The handle to resume from. */
  readonly handle: OperationHandle;
}

/** An error that may be gone at the next question: one of no answer, of an answer that is none, or of a busy service. */
export type PassingError =
  | NotFoundError
  | RateLimitError
  | ServerError
  | ApiError
  | ConnectionError
  | TimeoutError
  | AbortedError
  | DecodeError;

/** Every error of this package. Narrow it by `kind`. */
export type AnyTasksError =
  | ConfigError
  | AuthError
  | PermissionError
  | NotFoundError
  | RateLimitError
  | ServerError
  | ApiError
  | ConnectionError
  | TimeoutError
  | AbortedError
  | DecodeError
  | OperationFailedError
  | WaitTimeoutError
  | (TasksError & { readonly kind: 'internal' });

/**
 * Whether something caught is an error of this package: of any copy of it, in any realm (an iframe, a worker, a second
 * version). Its `kind` then tells the classes apart where `instanceof` cannot.
 *
 * @example
 * try {
 *   await operation.result();
 * } catch (error) {
 *   if (!isTasksError(error)) throw error;
 *   if (error.kind === 'waitTimeout') save(error.handle);
 *   else console.error(error.kind, error.code, error.message);
 * }
 */
export function isTasksError(value: unknown): value is AnyTasksError;
