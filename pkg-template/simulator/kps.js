// @ts-check
/**
 * Key pairs: binding one to a server, resetting or replacing it, and the task that does so. No key, no password and no
 * body of a request is kept or repeated.
 *
 * Documented: the fields, the words, status 202 also for a task that could not be dispatched. Assumed: the codes and
 * messages, how long a task is ready and runs, and that `disassociate` replaces with `auth` and resets without.
 */
import { gatewayUnauthorized, refusal, troubles } from './answers.js';
import { between, randomFrom, randomUuid } from './random.js';
import { isMap, isText, readJson } from './values.js';

/** @import { Asked, Endpoint, JsonObject, Range, Scenario, Scenarios, SimulatedRequest } from './types.js' */

/** @type {Range} */
const READY_MS = [1_600, 2_400];
/** @type {Range} */
const RUN_MS = [20_000, 60_000];

/**
 * How a task stands: it is ready, it runs, and then it has succeeded or failed.
 *
 * @param {Asked} operation
 * @param {string} action
 * @param {string} outcome
 */
function progress({ id, elapsed, timing, content }, action, outcome, serverId = randomUuid(content)) {
  const ready = between(timing, ...READY_MS);
  const end = ready + between(timing, ...RUN_MS);
  const word = elapsed < ready ? 'READY' : elapsed < end ? 'RUNNING' : outcome;
  return { status: 200, body: { server_id: serverId, task_id: id, task_status: `${word}_${action}` } };
}

/** @type {(action: string, outcome?: string) => Scenario} */
const plays =
  (action, outcome = 'SUCCESS') =>
  (operation) =>
    progress(operation, action, outcome);

const bind = plays('BIND');

/**
 * What can become of a task.
 *
 * @type {Scenarios}
 */
const taskScenarios = {
  'kps-bind': ['The key pair is bound.', bind],
  'kps-bind-failed': ['Binding the key pair fails.', plays('BIND', 'FAILED')],
  'kps-unbind': ['The key pair is unbound.', plays('UNBIND')],
  'kps-unbind-failed': ['Unbinding the key pair fails.', plays('UNBIND', 'FAILED')],
  'kps-reset': ['The key pair is reset.', plays('RESET')],
  'kps-reset-failed': ['Resetting the key pair fails.', plays('RESET', 'FAILED')],
  'kps-replace': ['The key pair is replaced.', plays('REPLACE')],
  'kps-replace-failed': ['Replacing the key pair fails.', plays('REPLACE', 'FAILED')],
  unauthorized: ['401 APIG.0307: the token must be updated.', gatewayUnauthorized],
  missing: ['404 KPS.0404: there is no such task.', () => refusal(404, 'KPS.0404', 'The task does not exist')],
  ...troubles(bind),
};

/** @param {unknown} value */
const isBoolean = (value) => typeof value === 'boolean';

/** @param {unknown} value */
const isPort = (value) => typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 65_535;

/** @type {(check: (value: unknown) => boolean) => (value: unknown) => boolean} */
const optional = (check) => (value) => value === undefined || check(value);

/** @param {JsonObject} auth */
const isAuth = ({ type, key }) =>
  (type === undefined || type === 'password' || type === 'keypair') && optional(isText)(key);

/**
 * What is wrong with the server in a body: the name of the field, or `null`.
 *
 * @param {unknown} server
 */
function wrongField(server) {
  if (!isMap(server)) return 'server';
  if (!isText(server.id)) return 'server.id';
  if (!optional((auth) => isMap(auth) && isAuth(auth))(server.auth)) return 'server.auth';
  if (!optional(isBoolean)(server.disable_password)) return 'server.disable_password';
  if (!optional(isPort)(server.port)) return 'server.port';
  return null;
}

/**
 * The field of a body that is missing or wrong, or `null`.
 *
 * @param {JsonObject | null} body
 */
const wrongInAssociate = (body) => (isText(body?.keypair_name) ? wrongField(body?.server) : 'keypair_name');
/** @param {JsonObject | null} body */
const wrongInDisassociate = (body) => wrongField(body?.server);

/**
 * The body of a request that `check` has let pass.
 *
 * @param {SimulatedRequest} request
 */
const checkedBody = (request) => /** @type {JsonObject} */ (readJson(request));

/**
 * Dispatches a task.
 *
 * @type {(actionOf: (body: JsonObject) => string, outcome: string) => Scenario}
 */
const dispatch =
  (actionOf, outcome) =>
  ({ id: serverId, request, requestId, address, begin }) => {
    const action = actionOf(checkedBody(request));
    const taskId = randomUuid(randomFrom(requestId, 'task'));
    begin(address.replace(/keypairs\/[a-z]+$/, `tasks/${taskId}`), (task) => progress(task, action, outcome, serverId));
    return { status: 202, body: { task_id: taskId, server_id: serverId, status: 'SUCCESS' } };
  };

/**
 * A request that is accepted, and yet no task comes of it.
 *
 * @type {Scenario}
 */
const refuse = ({ id }) => ({
  status: 202,
  body: { server_id: id, status: 'FAILED', error_code: 'KPS.0500', error_msg: 'The task cannot be dispatched' },
});

/**
 * What can become of a request about a server.
 *
 * @type {(actionOf: (body: JsonObject) => string) => Scenarios}
 */
const serverScenarios = (actionOf) => ({
  server: ['202 SUCCESS: the task is dispatched, and it succeeds.', dispatch(actionOf, 'SUCCESS')],
  'kps-failed': ['202 SUCCESS: the task is dispatched, but it fails.', dispatch(actionOf, 'FAILED')],
  'kps-refused': ['202 FAILED: the task is not dispatched.', refuse],
  unauthorized: ['401 APIG.0307: the token must be updated.', gatewayUnauthorized],
  ...troubles(dispatch(actionOf, 'SUCCESS')),
});

/**
 * @param {string} name
 * @param {(body: JsonObject | null) => string | null} wrongIn
 * @param {(body: JsonObject) => string} actionOf
 * @returns {Endpoint}
 */
const start = (name, wrongIn, actionOf) => ({
  path: `/v3/{project}/keypairs/${name}`,
  method: 'POST',
  unauthorized: gatewayUnauthorized,
  check: (request) => {
    const wrong = wrongIn(readJson(request));
    return wrong === null ? null : refusal(400, 'KPS.0400', `The parameter ${wrong} is missing or wrong`);
  },
  idOf: (request) => checkedBody(request).server.id,
  scenarios: serverScenarios(actionOf),
  usual: ['server'],
});

export const associate = start('associate', wrongInAssociate, () => 'BIND');
export const disassociate = start('disassociate', wrongInDisassociate, ({ server }) =>
  server.auth === undefined ? 'RESET' : 'REPLACE',
);

/** A task whose id names no scenario is of any kind, and one in ten fails. */
const usualTasks = ['bind', 'unbind', 'reset', 'replace'].flatMap((action) => [
  ...Array(9).fill(`kps-${action}`),
  `kps-${action}-failed`,
]);

/** @type {Endpoint} */
export const keypairTask = {
  path: '/v3/{project}/tasks/{id}',
  unauthorized: gatewayUnauthorized,
  scenarios: taskScenarios,
  usual: usualTasks,
};
