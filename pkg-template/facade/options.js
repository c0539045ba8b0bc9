import { sign } from '#platform';
import * as checks from './checks.js';
import { check, text, wrong } from './checks.js';

/** The services whose addresses can be overridden. */
const SERVICES = ['apig', 'roma', 'sfsTurbo', 'kps', 'cvr', 'iam'];

const CREDENTIALS = { accessKey: checks.printable, secretKey: text, securityToken: checks.printable };

const CLIENT_OPTIONS = {
  region: checks.regionName,
  endpoint: checks.address,
  endpoints: addresses,
  allowInsecure: checks.flag,
  projectId: text,
  token: checks.token,
  credentials: accessKey,
  clockSkewMs: checks.skew,
  fetch: checks.callable,
  timeoutMs: checks.timeout,
  maxRetries: checks.retries,
  schedule: checks.schedule,
};

const CALL_OPTIONS = { signal: checks.signal, timeoutMs: checks.timeout, maxRetries: checks.retries };

/** Checks what `createClient` was given. */
export function clientOptions(options) {
  const given = check('options', options, CLIENT_OPTIONS);
  checkAddresses(given);
  if (given.projectId === undefined) throw wrong('projectId', 'missing');
  if (given.credentials !== undefined) {
    if (given.token !== undefined) throw wrong('token', 'give it or `credentials`, not both');
    for (const address of [given.endpoint, ...Object.values(given.endpoints ?? {})]) {
      if (address?.startsWith('/')) throw wrong('endpoint', 'a signature covers the host; expected an absolute URL');
    }
    return { ...given, token: null };
  }
  if (given.token === undefined) throw wrong('token', 'missing; `null` when the proxy at `endpoint` adds it');
  if (given.token === null && given.region !== undefined) throw wrong('token', '`null` goes with `endpoint` only');
  return given;
}

/** Checks where requests are to go: `region` or `endpoint`, and what may override them. */
export function checkAddresses({ region, endpoint, endpoints = {}, allowInsecure }) {
  if (region === undefined && endpoint === undefined) throw wrong('region', 'missing; or give `endpoint`');
  if (region !== undefined && endpoint !== undefined) throw wrong('endpoint', 'give it or `region`, not both');
  const others = Object.entries(endpoints).map(([service, address]) => [`endpoints.${service}`, address]);
  for (const [field, address] of [['endpoint', endpoint], ...others]) {
    if (!allowInsecure && checks.isInsecure(address)) {
      throw wrong(field, 'http: to another computer sends the token in the open; use https:, or set `allowInsecure`');
    }
  }
}

/** Checks what a call was given as its last argument. */
export function callOptions(options = {}) {
  return check('options', options, CALL_OPTIONS);
}

/** The same where a call has options of its own: these are checked by the module. */
export function ownAndCallOptions(options = {}) {
  checks.object('options', options);
  const own = {};
  const common = {};
  for (const key of Object.keys(options)) (Object.hasOwn(CALL_OPTIONS, key) ? common : own)[key] = options[key];
  return [own, callOptions(common)];
}

/** Checks what `init` was given. */
export function initOptions(options = {}) {
  return check('options', options, { module: checks.anything });
}

/** Checks the ids of a call: texts that are not empty. */
export function ids(given) {
  for (const [name, value] of Object.entries(given)) text(name, value);
  return given;
}

// What JSON would drop or change crosses as a fraction: no call takes one, so the module refuses it by its full name.
const NOTHING_ANY_CALL_TAKES = 0.5;

/** The arguments of a call as JSON. */
export function argumentsToJson(given) {
  return toJson('options', given, (_key, value) => {
    const isLost =
      /function|symbol|bigint/.test(typeof value) ||
      (typeof value === 'number' && !Number.isFinite(value)) ||
      (typeof value === 'string' && !checks.isWellFormed(value));
    return isLost ? NOTHING_ANY_CALL_TAKES : value;
  });
}

/** A value as JSON. */
export function toJson(field, value, replace) {
  try {
    const json = JSON.stringify(value, replace);
    if (json !== undefined) return json;
  } catch (cause) {
    throw wrong(field, 'cannot be written as JSON', cause);
  }
  throw wrong(field, 'expected bytes, text or an object that can be written as JSON');
}

function addresses(field, value) {
  const known = Object.fromEntries(SERVICES.map((service) => [service, checks.address]));
  return check(field, value, known, `${field}.`);
}

function accessKey(field, value) {
  if (sign === null) {
    throw wrong(field, 'a secret key in a page is everybody\'s; use `token`, or let a proxy of yours sign');
  }
  const given = check(field, value, CREDENTIALS, `${field}.`);
  for (const name of ['accessKey', 'secretKey']) if (given[name] === undefined) throw wrong(`${field}.${name}`, 'missing');
  return given;
}
