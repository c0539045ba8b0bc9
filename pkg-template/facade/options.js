// @ts-check
import { isServer } from '#platform';
import { SERVICES } from '#registry';
import * as checks from './checks.js';
import { check, text, wrong } from './checks.js';

/**
 * @import { Credentials, RequestBudget } from 'huaweicloud-tasks'
 * @import { Group } from '#glue'
 */

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
  maxBodyBytes: checks.count,
  schedule: checks.schedule,
  clock: checks.clock,
  budget: checks.budget,
};

/** Tells groups apart. */
let lastKey = 0;

/** Checks what `createClient` was given. @param {unknown} options */
export function clientOptions(options) {
  const checked = check('options', options, CLIENT_OPTIONS);
  checkAddresses(checked);
  if (checked.projectId === undefined) throw wrong('projectId', 'missing');
  if (checked.credentials !== undefined) {
    if (checked.token !== undefined) throw wrong('token', 'give it or `credentials`, not both');
    for (const address of [checked.endpoint, ...Object.values(checked.endpoints ?? {})]) {
      if (address?.startsWith('/')) throw wrong('endpoint', 'a signature covers the host; expected an absolute URL');
    }
    return { ...checked, token: null };
  }
  if (checked.token === undefined) throw wrong('token', 'missing; `null` when the proxy at `endpoint` adds it');
  if (checked.token === null && checked.region !== undefined) throw wrong('token', '`null` goes with `endpoint` only');
  return checked;
}

/** Those who share a budget. @param {RequestBudget | undefined} budget @returns {Group} */
export const groupOf = (budget) => ({ key: ++lastKey, limit: budget?.limit, perMs: budget?.perMs });

/**
 * Checks where requests are to go: `region` or `endpoint`, and what may override them.
 *
 * @param {{ region?: string, endpoint?: string, endpoints?: Record<string, string>, allowInsecure?: boolean }} options
 */
export function checkAddresses({ region, endpoint, endpoints = {}, allowInsecure }) {
  if (region === undefined && endpoint === undefined) throw wrong('region', 'missing; or give `endpoint`');
  if (region !== undefined && endpoint !== undefined) throw wrong('endpoint', 'give it or `region`, not both');
  const others = Object.entries(endpoints).map(([service, address]) => [`endpoints.${service}`, address]);
  for (const [field, address] of Object.entries({ endpoint, ...Object.fromEntries(others) })) {
    if (!allowInsecure && address !== undefined && checks.isInsecure(address)) {
      throw wrong(field, 'http: to another computer sends the token in the open; use https:, or set `allowInsecure`');
    }
  }
}

/** @type {checks.Check<Record<string, string>>} */
function addresses(field, value) {
  const known = Object.fromEntries(SERVICES.map((service) => [service, checks.address]));
  return /** @type {Record<string, string>} */ (check(field, value, known, `${field}.`));
}

/** @type {checks.Check<Credentials>} */
function accessKey(field, value) {
  if (!isServer) {
    throw wrong(field, "a secret key in a page is everybody's; use `token`, or let a proxy of yours sign");
  }
  const checked = check(field, value, CREDENTIALS, `${field}.`);
  if (checked.accessKey === undefined) throw wrong(`${field}.accessKey`, 'missing');
  if (checked.secretKey === undefined) throw wrong(`${field}.secretKey`, 'missing');
  return /** @type {Credentials} */ (checked);
}
