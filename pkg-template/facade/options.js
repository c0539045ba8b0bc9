import { ConfigError } from './errors.js';

// What `setTimeout` can count: beyond it, it fires at once.
const MAX_TIMEOUT_MS = 2_147_483_647;

const CLIENT_OPTIONS = {
  region: text,
  endpoint: address,
  projectId: text,
  token,
  fetch: callable,
  timeoutMs: milliseconds,
};

const CALL_OPTIONS = { signal, timeoutMs: milliseconds };

/** Checks what `createClient` was given. */
export function clientOptions(options) {
  const given = check('options', options, CLIENT_OPTIONS);
  if (given.region === undefined && given.endpoint === undefined) throw wrong('region', 'missing; or give `endpoint`');
  if (given.region !== undefined && given.endpoint !== undefined) throw wrong('endpoint', 'give it or `region`, not both');
  if (given.projectId === undefined) throw wrong('projectId', 'missing');
  if (given.token === undefined) throw wrong('token', 'missing; `null` when the proxy at `endpoint` adds it');
  if (given.token === null && given.region !== undefined) throw wrong('token', '`null` goes with `endpoint` only');
  if (given.region !== undefined && !/^[a-z0-9-]+$/.test(given.region)) {
    throw wrong('region', 'expected lower-case letters, digits and hyphens, such as cn-north-4');
  }
  if (given.endpoint?.startsWith('/') && given.fetch === undefined && globalThis.location === undefined) {
    throw wrong('endpoint', 'a path needs a page to be on; expected an absolute URL here');
  }
  return given;
}

/** Checks what a call was given as its last argument. */
export function callOptions(options = {}) {
  return check('options', options, CALL_OPTIONS);
}

/** Checks what `init` was given. */
export function initOptions(options = {}) {
  return check('options', options, { module: (_field, value) => value });
}

/** Checks the arguments of a call: texts that are not empty. */
export function callArguments(given) {
  for (const [name, value] of Object.entries(given)) text(name, value);
  return given;
}

/** A `ConfigError` about one field. */
export function wrong(field, problem, cause) {
  return new ConfigError({ field, message: `${field}: ${problem}`, cause });
}

function check(name, options, known) {
  if (typeof options !== 'object' || options === null) throw wrong(name, `expected an object, found ${type(options)}`);
  const checked = {};
  for (const key of Object.keys(options)) {
    if (!Object.hasOwn(known, key)) throw wrong(key, `unknown; expected one of ${Object.keys(known).join(', ')}`);
    const value = options[key];
    if (value !== undefined) checked[key] = known[key](key, value);
  }
  return checked;
}

function text(field, value) {
  if (typeof value !== 'string' || value === '') throw wrong(field, `expected a non-empty string, found ${type(value)}`);
  if (/\p{Surrogate}/u.test(value)) throw wrong(field, 'expected well-formed text, found half of a surrogate pair');
  return value;
}

function address(field, value) {
  text(field, value);
  const isPath = /^\/(?!\/)/.test(value);
  const url = parseUrl(value, isPath ? 'https://page.invalid' : undefined);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw wrong(field, 'expected an absolute http: or https: URL, or a path such as /huawei');
  }
  if (url.username || url.password || /[?#]/.test(value)) {
    throw wrong(field, 'expected an address without user name, query and fragment');
  }
  return (isPath ? url.pathname : url.origin + url.pathname).replace(/\/+$/, '') || '/';
}

function parseUrl(value, base) {
  try {
    return new URL(value, base);
  } catch {
    return null;
  }
}

function token(field, value) {
  if (value === null || typeof value === 'function') return value;
  if (typeof value !== 'string') throw wrong(field, `expected a string, a function or null, found ${type(value)}`);
  return text(field, value);
}

function callable(field, value) {
  if (typeof value !== 'function') throw wrong(field, `expected a function, found ${type(value)}`);
  return value;
}

function milliseconds(field, value) {
  if (typeof value === 'number' && value > 0 && value <= MAX_TIMEOUT_MS) return value;
  throw wrong(field, `expected a number of milliseconds above 0, at most ${MAX_TIMEOUT_MS}`);
}

function signal(field, value) {
  if (typeof value?.aborted === 'boolean' && typeof value.addEventListener === 'function') return value;
  throw wrong(field, `expected an AbortSignal, found ${type(value)}`);
}

function type(value) {
  if (value === null) return 'null';
  if (value === '') return 'an empty string';
  return Array.isArray(value) ? 'an array' : typeof value === 'undefined' ? 'nothing' : `a value of type ${typeof value}`;
}
