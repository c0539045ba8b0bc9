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
    const isOver = last === null || (last.expiresAt !== null && last.expiresAt - MARGIN_MS < Date.now());
    return isOver || expired === last.token ? renew() : last.token;
  };
}
