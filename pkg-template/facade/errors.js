// @ts-check
/** @import { OperationHandle, OperationKind, OperationView, SeenState, Signal } from 'huaweicloud-tasks' */

// A registered symbol is the same in every realm and every copy of the package; `instanceof` is not.
const BRAND = Symbol.for('huaweicloud-tasks.error');

/**
 * The form in which errors leave the module. `any`: the module knows what the fields of each kind are.
 *
 * @typedef {{ message?: string, cause?: unknown, [field: string]: any }} Plain
 */

/** @see index.d.ts, as for every class here. Made from the plain form in which errors leave the module. */
export class TasksError extends Error {
  static {
    // biome-ignore lint/complexity/noThisInStatic: the class's own name here would keep it in every bundle
    Object.defineProperty(this.prototype, BRAND, { value: true });
  }

  /** @param {Plain} plain */
  constructor(plain) {
    super(plain.message, plain.cause === undefined ? undefined : { cause: plain.cause });
    this.kind = plain.kind ?? 'internal';
    this.status = plain.status ?? null;
    this.code = plain.code ?? null;
    this.requestId = plain.requestId ?? null;
    this.retryable = plain.retryable ?? false;
    // Not enumerable: a logged error must not spill a whole body.
    Object.defineProperty(this, 'raw', { value: plain.raw ?? null });
  }
}

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

export class AuthError extends TasksError {}
export class PermissionError extends TasksError {}
export class NotFoundError extends TasksError {}
export class RateLimitError extends TasksError {}
export class ServerError extends TasksError {}
export class ApiError extends TasksError {}
export class ConnectionError extends TasksError {}
export class TimeoutError extends TasksError {}
export class AbortedError extends TasksError {}

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

/** By kind. `any`: the last two are made of other things than a plain form. @type {Record<string, any>} */
const CLASSES = {
  config: ConfigError,
  auth: AuthError,
  permission: PermissionError,
  notFound: NotFoundError,
  rateLimit: RateLimitError,
  server: ServerError,
  api: ApiError,
  connection: ConnectionError,
  timeout: TimeoutError,
  aborted: AbortedError,
  decode: DecodeError,
  operationFailed: OperationFailedError,
  waitTimeout: WaitTimeoutError,
};

/** @param {string} kind */
const nameOf = (kind) => `${kind[0].toUpperCase()}${kind.slice(1)}Error`;

// Minifiers rename classes; what people see and tests match must stay.
label(TasksError, 'TasksError');
for (const [kind, Class] of Object.entries(CLASSES)) label(Class, nameOf(kind), kind);

/** @see index.d.ts @param {unknown} value @returns {value is TasksError} */
export function isTasksError(value) {
  return typeof value === 'object' && value !== null && Reflect.get(value, BRAND) === true;
}

/**
 * An error in the plain form in which it leaves the module, as an instance of its class.
 *
 * @param {Plain} plain
 * @returns {TasksError}
 */
export const toError = (plain) => new CLASSES[plain.kind](plain);

/** The caller's own reason; signals of older platforms have none. @param {Signal} signal */
export const reasonOf = ({ reason }) =>
  reason === undefined ? new DOMException('The call was aborted.', 'AbortError') : reason;

/**
 * An error for what should not have happened. The next call starts a fresh instance.
 *
 * @param {unknown} cause
 * @param {string | null} panic what the module said of it
 */
export function defect(cause, panic) {
  const what = panic === null ? '' : `: ${panic}`;
  const message = `the module failed; this is a defect of huaweicloud-tasks, please report it${what}`;
  return new TasksError({ message, cause });
}

/**
 * @param {{ prototype: TasksError }} Class
 * @param {string} name
 * @param {string} [kind]
 */
function label(Class, name, kind) {
  Object.defineProperty(Class, 'name', { value: name });
  // An error of another copy of this package, such as one of `/errors`, or of another realm is one as well.
  Object.defineProperty(Class, Symbol.hasInstance, {
    /** @this {unknown} @param {unknown} error */
    value(error) {
      if (this !== Class) return Function.prototype[Symbol.hasInstance].call(this, error);
      return isTasksError(error) && (kind === undefined || error.kind === kind);
    },
  });
  Object.defineProperty(Class.prototype, 'name', { value: name, configurable: true, writable: true });
}
