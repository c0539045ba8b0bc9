// @ts-check
import { now } from '../platform/clock.js';
import { address, callable, check, flag, regionName, text, timeout, wrong } from './checks.js';
import { clientOf } from './client.js';
import { checkAddresses } from './options.js';

/** @import { IamToken, TokenContext } from 'huaweicloud-tasks' */

const OPTIONS = {
  region: regionName,
  endpoint: address,
  allowInsecure: flag,
  fetch: callable,
  timeoutMs: timeout,
  user: text,
  password: text,
  domain: text,
  project: text,
  projectId: text,
};

// A token that is about to end would end on its way.
const MARGIN_MS = 5 * 60_000;

// One that is short-lived is kept all the same, for most of its time.
const MARGIN = 0.1;

/** @see index.d.ts @param {unknown} options */
export function passwordToken(options) {
  const { user, password, domain, project, projectId, ...where } = check('options', options, OPTIONS);
  checkAddresses(where);
  if (user === undefined) throw wrong('user', 'missing');
  if (password === undefined) throw wrong('password', 'missing');
  if (domain === undefined) throw wrong('domain', 'missing');
  if (project === undefined && projectId === undefined) throw wrong('project', 'missing; or give `projectId`');

  const { iam } = clientOf({ ...where, projectId, token: null });
  /** @type {IamToken | null} */
  let last = null;
  /** @type {Promise<string> | null} */
  let asking = null;
  // Many calls at once find out at once that the token has ended: they share one new one.
  const renew = () => {
    asking ??= iam
      .token({ user, password, domain, project })
      .then((renewed) => {
        last = renewed;
        return renewed.token;
      })
      .finally(() => {
        asking = null;
      });
    return asking;
  };
  /** @param {Partial<TokenContext>} [context] */
  return async ({ expired = null } = {}) => {
    return last === null || isOver(last) || expired === last.token ? renew() : last.token;
  };
}

/** @param {IamToken} token */
function isOver({ expiresAt, issuedAt }) {
  if (expiresAt === null) return false;
  const lifetime = issuedAt === null ? Infinity : expiresAt - issuedAt;
  return expiresAt - Math.min(MARGIN_MS, MARGIN * lifetime) < now();
}
