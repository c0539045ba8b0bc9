import * as checks from './checks.js';
import { check, text, wrong } from './checks.js';
import { clientOf } from './client.js';
import { checkAddresses } from './options.js';

const OPTIONS = {
  region: checks.regionName,
  endpoint: checks.address,
  allowInsecure: checks.flag,
  fetch: checks.callable,
  timeoutMs: checks.timeout,
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

/** @see index.d.ts */
export function passwordToken(options) {
  const { user, password, domain, project, projectId, ...where } = check('options', options, OPTIONS);
  checkAddresses(where);
  for (const [field, value] of Object.entries({ user, password, domain })) if (value === undefined) throw wrong(field, 'missing');
  if (project === undefined && projectId === undefined) throw wrong('project', 'missing; or give `projectId`');

  const { iam } = clientOf({ ...where, projectId, token: null });
  let last = null;
  let asking = null;
  // Many calls at once find out at once that the token has ended: they share one new one.
  const renew = () => {
    asking ??= iam.token({ user, password, domain, project })
      .then((given) => (last = given).token)
      .finally(() => {
        asking = null;
      });
    return asking;
  };
  return async ({ expired = null } = {}) => {
    return last === null || isOver(last) || expired === last.token ? renew() : last.token;
  };
}

function isOver({ expiresAt, issuedAt }) {
  if (expiresAt === null) return false;
  const lifetime = issuedAt === null ? Infinity : expiresAt - issuedAt;
  return expiresAt - Math.min(MARGIN_MS, MARGIN * lifetime) < Date.now();
}
