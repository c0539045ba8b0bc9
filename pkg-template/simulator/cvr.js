// @ts-check
/**
 * The render tasks of Cloud VR: a list of a few hundred that follows from the seed alone and does not change.
 *
 * Documented: the parameters, the fields, their words, times in RFC 3339, "" for what a task does not have, CVR.0001.
 * Assumed: what is in the fields that the documents describe by a sentence only, the message, that `limit` is 10 and
 * `offset` 0 by default, and that the newest task comes first.
 */
import { gatewayUnauthorized, refusal, troubles } from './answers.js';
import { between, choose, randomFrom, randomUuid } from './random.js';

/** @import { Asked, Endpoint, Random, Range, Scenarios } from './types.js' */

/** The list ends at this time, whatever the time of the simulator is. */
const NEWEST = Date.UTC(2021, 2, 2, 12, 55, 13);

/** @type {Range} */
const COUNT = [240, 360];
/** @type {Range} */
const PAUSE_MS = [60_000, 1_800_000];
/** @type {Range} */
const WORK_MS = [30_000, 3_600_000];
const ACTIVE_SHARE = 0.1;
const APPLICATIONS = 4;
const SERVERS = 12;
const DEVICES = 40;

const REASONS = ['cancel', 'error', 'server_deleted', 'application_start_failed', 'device_changed'];
const FINISH_REASONS = [...Array(20).fill('normal'), ...REASONS];
const BRANDS = [
  ['HUAWEI', 'VR Glass'],
  ['Oculus', 'Quest 2'],
  ['Pico', 'Neo 3'],
];
const RESOLUTIONS = ['1920x1080', '2560x1440', '3664x1920'];

/** @param {number} time */
const rfc3339 = (time) => new Date(time).toISOString().replace(/\.\d+/, '');

/** @type {<Item>(count: number, make: (index: number) => Item) => Item[]} */
const times = (count, make) => Array.from({ length: count }, (_, index) => make(index));

/**
 * @param {Random} random
 * @param {{ application: string, server: string, device: { id: string, brand: string, type: string } }} used
 * @param {number} start
 */
function renderTask(random, { application, server, device }, start) {
  const active = random() < ACTIVE_SHARE;
  const finish = start + between(random, ...WORK_MS);
  const isSession = random() < 0.5;
  return {
    task_id: randomUuid(random),
    application_id: application,
    server_id: server,
    session_id: isSession ? String(1 + Math.floor(random() * 8)) : '',
    device_id: device.id,
    device_brand: device.brand,
    device_type: device.type,
    application_user: `user-${Math.floor(random() * 100)}`,
    application_launch_args: random() < 0.2 ? '--fullscreen' : '',
    protocol_type: 'HUAWEI_VR',
    location: ['cn-north-4'],
    resolution: choose(random, RESOLUTIONS),
    gpu_ip_type: choose(random, ['PUBLIC', 'PRIVATE']),
    status: active ? 'active' : 'finish',
    start_time: rfc3339(start),
    finish_time: active ? '' : rfc3339(finish),
    finish_reason: active ? '' : choose(random, FINISH_REASONS),
  };
}

/**
 * Every render task there is, the newest first.
 *
 * @param {number} seed
 */
function allTasks(seed) {
  const random = randomFrom(seed, 'render-tasks');
  const applications = times(APPLICATIONS, () => randomUuid(random));
  const servers = times(SERVERS, () => randomUuid(random));
  const devices = times(DEVICES, () => {
    const [brand, type] = choose(random, BRANDS);
    return { id: randomUuid(random).slice(0, 6).toUpperCase(), brand, type };
  });
  let start = NEWEST;
  return times(Math.floor(between(random, ...COUNT)), () => {
    const used = {
      application: choose(random, applications),
      server: choose(random, servers),
      device: choose(random, devices),
    };
    const task = renderTask(random, used, start);
    start -= between(random, ...PAUSE_MS);
    return task;
  });
}

const FILTERS = /** @type {const} */ (['status', 'application_id', 'server_id', 'device_id']);

/**
 * The number of a parameter; NaN when it is none, or is outside its limits.
 *
 * @param {string} text
 * @param {number} low
 * @param {number} high
 */
function readNumber(text, low, high) {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return number >= low && number <= high ? number : Number.NaN;
}

/** @param {string} name */
const invalid = (name) => refusal(400, 'CVR.0001', `Invalid parameter: ${name}`);

/**
 * The tasks that match, from the `offset`th on, `limit` at most; `count` is of all that match.
 *
 * @param {Asked} operation
 */
function list({ seed, request }) {
  const query = request.url.searchParams;
  if (!['active', 'finish', null].includes(query.get('status'))) return invalid('status');
  const limit = readNumber(query.get('limit') ?? '10', 1, 1_000);
  if (Number.isNaN(limit)) return invalid('limit');
  const offset = readNumber(query.get('offset') ?? '0', 0, Number.MAX_SAFE_INTEGER);
  if (Number.isNaN(offset)) return invalid('offset');

  const matching = allTasks(seed).filter((task) =>
    FILTERS.every((name) => !query.has(name) || task[name] === query.get(name)),
  );
  return { status: 200, body: { count: matching.length, render_tasks: matching.slice(offset, offset + limit) } };
}

/**
 * What can become of a list, by the application it is asked for.
 *
 * @type {Scenarios}
 */
const scenarios = {
  list: ['The list.', list],
  invalid: ['400 CVR.0001: a wrong parameter.', () => invalid('application_id')],
  unauthorized: ['401 APIG.0307: the token must be updated.', gatewayUnauthorized],
  ...troubles(list),
};

/** @type {Endpoint} */
export const renderTasks = {
  path: '/v2/cvr/render-tasks',
  unauthorized: gatewayUnauthorized,
  idOf: ({ url }) => url.searchParams.get('application_id') ?? '',
  scenarios,
  usual: ['list'],
};
