// @ts-check
// What one option may be, where that has to be known before the module is there. Each check is given the option's name
// and value, and gives the value to use.
import { ConfigError } from './errors.js';

/** @import { Clock, RequestBudget, Schedule, Signal, Token } from 'huaweicloud-tasks' */

/**
 * @template T
 * @typedef {(field: string, value: unknown) => T} Check
 */

/** Checks by the names of what they check. `any`: each gives its own. @typedef {Record<string, Check<any>>} Checks */

/**
 * What has passed them.
 *
 * @template {Checks} Known
 * @typedef {{ [Name in keyof Known]?: ReturnType<Known[Name]> }} Checked
 */

// What `setTimeout` can count: beyond it, it fires at once.
const MAX_TIMEOUT_MS = 2_147_483_647;

const MAX_RETRIES = 100;

/** What paths are read against. */
const PAGE = 'https://page.invalid';

/**
 * A `ConfigError` about one field.
 *
 * @param {string} field
 * @param {string} problem
 * @param {unknown} [cause]
 */
export function wrong(field, problem, cause) {
  return new ConfigError({ field, message: `${field}: ${problem}`, cause });
}

/** @param {string} field @param {string} expected @param {unknown} found */
const unlike = (field, expected, found) => wrong(field, `expected ${expected}, found ${type(found)}`);

/**
 * Checks an object whose keys are all known; what is `undefined` is not there. Its fields are named after `prefix`.
 *
 * @template {Checks} Known
 * @param {string} name
 * @param {unknown} options
 * @param {Known} known
 * @returns {Checked<Known>}
 */
export function check(name, options, known, prefix = '') {
  const fields = object(name, options);
  const checked = Object.create(null);
  for (const key of Object.keys(fields)) {
    const field = prefix + key;
    if (!Object.hasOwn(known, key)) throw wrong(field, `unknown; expected one of ${Object.keys(known).join(', ')}`);
    const value = fields[key];
    if (value !== undefined) checked[key] = known[key]?.(field, value);
  }
  return checked;
}

/** @type {Check<Record<string, unknown>>} */
export function object(field, value) {
  if (isObject(value)) return value;
  throw unlike(field, 'an object', value);
}

/** @type {Check<string>} */
export function text(field, value) {
  if (typeof value !== 'string' || value === '') throw unlike(field, 'a non-empty string', value);
  if (/\p{Surrogate}/u.test(value)) throw wrong(field, 'expected well-formed text, found half of a surrogate pair');
  return value;
}

/** @type {Check<string>} */
export function regionName(field, value) {
  if (/^[a-z0-9-]+$/.test(text(field, value))) return /** @type {string} */ (value);
  throw wrong(field, 'expected lower-case letters, digits and hyphens, such as cn-north-4');
}

/** @type {Check<string>} */
export function address(field, value) {
  const written = text(field, value);
  const isPath = /^\/(?!\/)/.test(written);
  const url = parseUrl(written, isPath ? PAGE : undefined);
  // A URL parser takes `/\\host` for a host as well.
  if (url === null || !/^https?:$/.test(url.protocol) || (isPath && url.origin !== PAGE)) {
    throw wrong(field, 'expected an absolute http: or https: URL, or a path such as /huawei');
  }
  if (url.username || url.password || /[?#]/.test(written)) {
    throw wrong(field, 'expected an address without user name, query and fragment');
  }
  return (isPath ? url.pathname : url.origin + url.pathname).replace(/\/+$/, '') || '/';
}

/** Whether what goes to this address can be read on the way. @param {string} address */
export const isInsecure = (address) =>
  /^http:\/\/(?!(localhost|[^/]+\.localhost|127(\.\d+){3}|\[::1\])(:\d+)?(\/|$))/.test(address);

/** @type {Check<Token | null>} */
export function token(field, value) {
  if (value === null || typeof value === 'function') return /** @type {Token | null} */ (value);
  if (typeof value !== 'string') throw unlike(field, 'a string, a function or null', value);
  return printable(field, value);
}

/**
 * What can be sent as a header. A line break from the end of a file is the usual fault; nothing of the text is told.
 *
 * @type {Check<string>}
 */
export function printable(field, value) {
  const place = text(field, value).search(/[^!-~]/);
  if (place < 0) return /** @type {string} */ (value);
  throw wrong(field, `expected printable ASCII without spaces and line breaks, which character ${place + 1} is not`);
}

/** A function of the caller's: what it takes and gives is known where it is called. @type {Check<any>} */
export function callable(field, value) {
  if (typeof value !== 'function') throw unlike(field, 'a function', value);
  return value;
}

/** @type {Check<boolean>} */
export function flag(field, value) {
  if (typeof value !== 'boolean') throw unlike(field, 'true or false', value);
  return value;
}

/** @type {Check<number>} */
export function timeout(field, value) {
  if (typeof value === 'number' && value > 0 && value <= MAX_TIMEOUT_MS) return value;
  throw wrong(field, `expected a number of milliseconds above 0, at most ${MAX_TIMEOUT_MS}`);
}

/** @type {Check<number>} */
export function skew(field, value) {
  if (isInteger(value) && Math.abs(value) <= MAX_TIMEOUT_MS) return value;
  throw wrong(field, `expected a whole number of milliseconds, at most ${MAX_TIMEOUT_MS} either way`);
}

/** @type {Check<number>} */
export function retries(field, value) {
  if (isInteger(value) && value >= 0 && value <= MAX_RETRIES) return value;
  throw wrong(field, `expected an integer from 0 to ${MAX_RETRIES}`);
}

/** @type {Check<Signal>} */
export function signal(field, value) {
  if (isSignal(value)) return value;
  throw unlike(field, 'an AbortSignal', value);
}

/** @type {Check<RequestBudget>} */
export function budget(field, value) {
  const { limit, perMs } = check(field, value, { limit: count, perMs: timeout }, `${field}.`);
  return { limit: count(`${field}.limit`, limit), perMs: timeout(`${field}.perMs`, perMs) };
}

/** @type {Check<Clock>} */
export function clock(field, value) {
  const members = object(field, value);
  for (const name of ['now', 'monotonic', 'sleep']) callable(`${field}.${name}`, members[name]);
  return /** @type {any} */ (members);
}

/** @type {Check<number>} */
export function count(field, value) {
  if (isInteger(value) && value > 0 && value <= Number.MAX_SAFE_INTEGER) return value;
  throw wrong(field, 'expected a whole number above 0');
}

/** @type {Check<Schedule>} */
export function schedule(field, value) {
  if (value === 'adaptive' || typeof value === 'function') return /** @type {Schedule} */ (value);
  if (typeof value !== 'object') throw wrong(field, "expected 'adaptive', { intervalMs } or a function");
  const { intervalMs } = check(field, value, { intervalMs: timeout }, `${field}.`);
  return { intervalMs: timeout(`${field}.intervalMs`, intervalMs) };
}

/** @type {Check<unknown>} */
export const anything = (_field, value) => value;

/** @param {unknown} value @returns {value is Record<string, unknown>} */
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** `any`: what it has is looked at. @param {any} value @returns {value is Signal} */
const isSignal = (value) => typeof value?.aborted === 'boolean' && typeof value.addEventListener === 'function';

/** @param {unknown} value @returns {value is number} */
const isInteger = (value) => Number.isInteger(value);

/** @param {unknown} value */
export function type(value) {
  if (value === null) return 'null';
  if (value === undefined) return 'nothing';
  if (value === '') return 'an empty string';
  return Array.isArray(value) ? 'an array' : `a value of type ${typeof value}`;
}

/** @param {string} value @param {string} [base] */
function parseUrl(value, base) {
  try {
    return new URL(value, base);
  } catch {
    return null;
  }
}
