// @ts-check
/** @import { Signal } from 'huaweicloud-tasks' */

// A registered symbol is the same in every realm and every copy of the package; `instanceof` is not.
const BRAND = Symbol.for('huaweicloud-tasks.error');

/** By kind. `any`: some are made of other things than a plain form. @type {Record<string, any>} */
const classes = {};

/**
 * The form in which errors leave the module. `any`: the module knows what the fields of each kind are.
 *
 * @typedef {{ message?: string, cause?: unknown, [field: string]: any }} Plain
 */

/** @see index.d.ts, as for every class of errors. Made from the plain form in which errors leave the module. */
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

label(TasksError, 'TasksError');

/** @see index.d.ts @param {unknown} value @returns {value is TasksError} */
export function isTasksError(value) {
  return typeof value === 'object' && value !== null && Reflect.get(value, BRAND) === true;
}

/**
 * Makes a class that of the errors of a kind, which gives it its name.
 *
 * @template {{ prototype: TasksError }} T
 * @param {string} kind
 * @param {T} Class
 */
export function classOf(kind, Class) {
  classes[kind] = Class;
  label(Class, `${kind[0].toUpperCase()}${kind.slice(1)}Error`, kind);
  return Class;
}

/**
 * An error in the plain form in which it leaves the module, as an instance of its class.
 *
 * @param {Plain} plain
 * @returns {TasksError}
 */
export const toError = (plain) => new classes[plain.kind](plain);

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
 * Minifiers rename classes; what people see and tests match must stay.
 *
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
