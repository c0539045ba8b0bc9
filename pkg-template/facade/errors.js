// A registered symbol is the same in every realm and every copy of the package; `instanceof` is not.
const BRAND = Symbol.for('huaweicloud-tasks.error');

/** @see index.d.ts, as for every class here. Made from the plain form in which errors leave the module. */
export class TasksError extends Error {
  static {
    label(this, 'TasksError');
    Object.defineProperty(this.prototype, BRAND, { value: true });
  }

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
  static { label(this, 'ConfigError'); }

  constructor(plain) {
    super({ kind: 'config', ...plain });
    this.field = plain.field ?? null;
  }
}

export class DecodeError extends TasksError {
  static { label(this, 'DecodeError'); }

  constructor(plain) {
    super(plain);
    this.path = plain.path ?? '';
    this.expected = plain.expected ?? '';
  }
}

export class AuthError extends TasksError { static { label(this, 'AuthError'); } }
export class PermissionError extends TasksError { static { label(this, 'PermissionError'); } }
export class NotFoundError extends TasksError { static { label(this, 'NotFoundError'); } }
export class RateLimitError extends TasksError { static { label(this, 'RateLimitError'); } }
export class ServerError extends TasksError { static { label(this, 'ServerError'); } }
export class ApiError extends TasksError { static { label(this, 'ApiError'); } }
export class ConnectionError extends TasksError { static { label(this, 'ConnectionError'); } }
export class TimeoutError extends TasksError { static { label(this, 'TimeoutError'); } }
export class AbortedError extends TasksError { static { label(this, 'AbortedError'); } }

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
};

export function isTasksError(value) {
  return typeof value === 'object' && value !== null && value[BRAND] === true;
}

/** An error in the plain form in which it leaves the module, as an instance of its class. */
export const toError = (plain) => new CLASSES[plain.kind](plain);

/** The caller's own reason; signals of older platforms have none. */
export const reasonOf = ({ reason }) =>
  reason === undefined ? new DOMException('The call was aborted.', 'AbortError') : reason;

/** An error for what should not have happened. The next call starts a fresh instance. */
export function defect(cause) {
  return new TasksError({ message: 'the module failed; this is a defect of huaweicloud-tasks, please report it', cause });
}

// Minifiers rename classes; what people see and tests match must stay.
function label(Class, name) {
  Object.defineProperty(Class, 'name', { value: name });
  Object.defineProperty(Class.prototype, 'name', { value: name, configurable: true, writable: true });
}
