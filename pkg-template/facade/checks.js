// @ts-check
// What one option may be, where that has to be known before the module is there. Each check is given the option's name and
// value, and gives the value to use.
import { ConfigError } from './errors.js';

/** @typedef {(field: string, value: any) => any} Check */

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

/**
 * Checks an object whose keys are all known; what is `undefined` is not there. Its fields are named after `prefix`.
 *
 * @param {string} name
 * @param {any} options
 * @param {Record<string, Check>} known
 */
export function check(name, options, known, prefix = '') {
  object(name, options);
  /** @type {any} */
  const checked = Object.create(null);
  for (const key of Object.keys(options)) {
    const field = prefix + key;
    if (!Object.hasOwn(known, key)) throw wrong(field, `unknown; expected one of ${Object.keys(known).join(', ')}`);
    const value = options[key];
    if (value !== undefined) checked[key] = known[key]?.(field, value);
  }
  return checked;
}

/** @type {Check} */
export function object(field, value) {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw wrong(field, `expected an object, found ${type(value)}`);
}

/** @type {Check} */
export function text(field, value) {
  if (typeof value !== 'string' || value === '') throw wrong(field, `expected a non-empty string, found ${type(value)}`);
  if (/\p{Surrogate}/u.test(value)) throw wrong(field, 'expected well-formed text, found half of a surrogate pair');
  return value;
}

/** @type {Check} */
export function regionName(field, value) {
  if (/^[a-z0-9-]+$/.test(text(field, value))) return value;
  throw wrong(field, 'expected lower-case letters, digits and hyphens, such as cn-north-4');
}

/** @type {Check} */
export function address(field, value) {
  text(field, value);
  const isPath = /^\/(?!\/)/.test(value);
  const url = parseUrl(value, isPath ? PAGE : undefined);
  // A URL parser takes `/\\host` for a host as well.
  if (url === null || !/^https?:$/.test(url.protocol) || (isPath && url.origin !== PAGE)) {
    throw wrong(field, 'expected an absolute http: or https: URL, or a path such as /huawei');
  }
  if (url.username || url.password || /[?#]/.test(value)) {
    throw wrong(field, 'expected an address without user name, query and fragment');
  }
  return (isPath ? url.pathname : url.origin + url.pathname).replace(/\/+$/, '') || '/';
}

/** Whether what goes to this address can be read on the way. @param {string} address */
export const isInsecure = (address) =>
  /^http:\/\//.test(address) && !/^http:\/\/(localhost|[^/]+\.localhost|127(\.\d+){3}|\[::1\])(:\d+)?(\/|$)/.test(address);

/** @type {Check} */
export function token(field, value) {
  if (value === null || typeof value === 'function') return value;
  if (typeof value !== 'string') throw wrong(field, `expected a string, a function or null, found ${type(value)}`);
  return printable(field, value);
}

/** What can be sent as a header. A line break from the end of a file is the usual fault; nothing of the text is told. @type {Check} */
export function printable(field, value) {
  const place = text(field, value).search(/[^!-~]/);
  if (place < 0) return value;
  throw wrong(field, `expected printable ASCII without spaces and line breaks, which character ${place + 1} is not`);
}

/** @type {Check} */
export function callable(field, value) {
  if (typeof value !== 'function') throw wrong(field, `expected a function, found ${type(value)}`);
  return value;
}

/** @type {Check} */
export function flag(field, value) {
  if (typeof value !== 'boolean') throw wrong(field, `expected true or false, found ${type(value)}`);
  return value;
}

/** @type {Check} */
export function timeout(field, value) {
  if (typeof value === 'number' && value > 0 && value <= MAX_TIMEOUT_MS) return value;
  throw wrong(field, `expected a number of milliseconds above 0, at most ${MAX_TIMEOUT_MS}`);
}

/** @type {Check} */
export function skew(field, value) {
  if (Number.isInteger(value) && Math.abs(value) <= MAX_TIMEOUT_MS) return value;
  throw wrong(field, `expected a whole number of milliseconds, at most ${MAX_TIMEOUT_MS} either way`);
}

/** @type {Check} */
export function retries(field, value) {
  if (Number.isInteger(value) && value >= 0 && value <= MAX_RETRIES) return value;
  throw wrong(field, `expected an integer from 0 to ${MAX_RETRIES}`);
}

/** @type {Check} */
export function signal(field, value) {
  if (typeof value?.aborted === 'boolean' && typeof value.addEventListener === 'function') return value;
  throw wrong(field, `expected an AbortSignal, found ${type(value)}`);
}

/** @type {Check} */
export function budget(field, value) {
  const { limit, perMs } = check(field, value, { limit: count, perMs: timeout }, `${field}.`);
  return { limit: count(`${field}.limit`, limit), perMs: timeout(`${field}.perMs`, perMs) };
}

/** @type {Check} */
export function count(field, value) {
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw wrong(field, 'expected a whole number above 0');
}

/** @type {Check} */
export function schedule(field, value) {
  if (value === 'adaptive' || typeof value === 'function') return value;
  if (typeof value !== 'object') throw wrong(field, "expected 'adaptive', { intervalMs } or a function");
  const { intervalMs } = check(field, value, { intervalMs: timeout }, `${field}.`);
  return { intervalMs: timeout(`${field}.intervalMs`, intervalMs) };
}

/** @type {Check} */
export const anything = (_field, value) => value;

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
