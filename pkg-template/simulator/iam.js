// @ts-check
/**
 * The tokens of IAM: who may have one, and which are accepted.
 *
 * Documented: the request, status 201, the token in X-Subject-Token, that it is valid for 24 hours. Assumed: the
 * messages, the ids, and that every project exists.
 */
import { atLeastZero } from './clock.js';
import { randomFrom, randomId } from './random.js';
import { isText, readJson } from './values.js';

/** @import { Endpoint, JsonObject, Settings, SimulatedRequest } from './types.js' */

const DAY_MS = 86_400_000;

/**
 * @param {number} status
 * @param {string} title
 * @param {string} message
 */
const refuse = (status, title, message) => ({ status, body: { error: { code: status, message, title } } });

/**
 * A time as IAM writes it: to the microsecond.
 *
 * @param {number} time
 */
const microseconds = (time) => new Date(time).toISOString().replace('Z', '000Z');

/**
 * What a body asks for, or `null` when something is missing or wrong.
 *
 * @param {SimulatedRequest} request
 */
function readAuth(request) {
  const { identity, scope } = readJson(request)?.auth ?? {};
  const user = identity?.password?.user;
  const project = scope?.project;
  const isComplete =
    Array.isArray(identity?.methods) &&
    identity.methods.includes('password') &&
    [user?.name, user?.password, user?.domain?.name, project?.id ?? project?.name].every(isText);
  return isComplete ? { user, project } : null;
}

/**
 * The tokens of one simulator.
 *
 * @param {Settings} settings
 * @param {() => number} now the simulated time
 */
export function createIdentity({ seed, token, user, password, domain, tokenLifetimeMs }, now) {
  const lifetime = atLeastZero(tokenLifetimeMs ?? DAY_MS, 'tokenLifetimeMs');
  /** @param {string | null} value */
  const isEternal = (value) => value === token && tokenLifetimeMs === undefined;
  /** @type {Map<string | null, number>} */
  const validUntil = new Map([[token, now() + lifetime]]);
  let issued = 0;

  /** @param {number} time */
  function issueToken(time) {
    for (const [value, end] of validUntil) if (end <= time) validUntil.delete(value);
    issued += 1;
    const value = issued === 1 ? token : `${token}-${issued}`;
    validUntil.set(value, time + lifetime);
    return value;
  }

  /**
   * @param {string} kind
   * @param {string} name
   */
  const named = (kind, name) => ({ id: randomId(randomFrom(seed, kind, name)), name });

  /**
   * @param {JsonObject} project its id or its name
   * @param {number} time
   */
  function describe(project, time) {
    const account = named('domain', domain);
    const { id, name } = named('project', project.name ?? project.id);
    return {
      expires_at: microseconds(time + lifetime),
      issued_at: microseconds(time),
      methods: ['password'],
      project: { domain: account, id: project.id ?? id, name },
      roles: [{ id: '0', name: 'te_admin' }],
      user: { domain: account, ...named('user', user), password_expires_at: '' },
    };
  }

  return {
    /**
     * Whether a token is let in at this time.
     *
     * @param {string | null} value
     */
    accepts: (value) => isEternal(value) || now() < (validUntil.get(value) ?? -Infinity),

    /**
     * Answers a request for a token.
     *
     * @param {SimulatedRequest} request
     */
    authenticate(request) {
      const asked = readAuth(request);
      if (asked === null) return refuse(400, 'Bad Request', 'The request body is invalid');
      const { name, password: typed, domain: account } = asked.user;
      if (name !== user || typed !== password || account.name !== domain) {
        return refuse(401, 'Unauthorized', 'The username or password is wrong.');
      }
      const time = now();
      return {
        status: 201,
        body: { token: describe(asked.project, time) },
        headers: { 'X-Subject-Token': issueToken(time) },
      };
    },
  };
}

/** @type {Endpoint} */
export const tokens = {
  path: '/v3/auth/tokens',
  method: 'POST',
  isOpen: true,
  scenarios: {
    token: ['A token is handed out.', ({ identity, request }) => identity.authenticate(request)],
  },
  usual: ['token'],
};
