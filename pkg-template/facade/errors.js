// @ts-check
// What is exported here is exported by the package.
import { classOf, TasksError } from './failure.js';

/** @import { OperationHandle, OperationKind, OperationView, SeenState } from 'huaweicloud-tasks' */
/** @import { Plain } from './failure.js' */

export { isTasksError, TasksError } from './failure.js';

export class ConfigError extends TasksError {
  /** @param {Plain} plain */
  constructor(plain) {
    super({ kind: 'config', ...plain });
    this.field = plain.field ?? null;
  }
}

export class DecodeError extends TasksError {
  /** @param {Plain} plain */
  constructor(plain) {
    super(plain);
    this.path = plain.path ?? '';
    this.expected = plain.expected ?? '';
  }
}

/** The operation ended, and did not do what was asked. */
export class OperationFailedError extends TasksError {
  /** @param {{ view: OperationView, history: SeenState[] }} seen */
  constructor({ view, history }) {
    const { kind, status, error } = view;
    const why = [error?.code, error?.message].filter(Boolean).join(': ') || 'the service gave no reason';
    super({ kind: 'operationFailed', message: `${kind} ended as ${status}: ${why}`, code: error?.code, raw: view.raw });
    Object.defineProperties(this, { view: { value: view }, history: { value: history } });
  }
}

/** The operation is still running, and the caller does not want to wait for longer. */
export class WaitTimeoutError extends TasksError {
  /** @param {{ kind: OperationKind, view: OperationView | null, handle: OperationHandle, maxWaitMs: number }} seen */
  constructor({ kind, view, handle, maxWaitMs }) {
    super({ kind: 'waitTimeout', message: `${kind}: still running after ${maxWaitMs} ms of waiting`, retryable: true });
    Object.defineProperties(this, { view: { value: view }, handle: { value: handle } });
  }
}

classOf('config', ConfigError);
classOf('decode', DecodeError);
classOf('operationFailed', OperationFailedError);
classOf('waitTimeout', WaitTimeoutError);
export const AuthError = classOf('auth', class extends TasksError {});
export const PermissionError = classOf('permission', class extends TasksError {});
export const NotFoundError = classOf('notFound', class extends TasksError {});
export const RateLimitError = classOf('rateLimit', class extends TasksError {});
export const ServerError = classOf('server', class extends TasksError {});
export const ApiError = classOf('api', class extends TasksError {});
export const ConnectionError = classOf('connection', class extends TasksError {});
export const TimeoutError = classOf('timeout', class extends TasksError {});
export const AbortedError = classOf('aborted', class extends TasksError {});
