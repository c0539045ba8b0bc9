// @ts-check
/**
 * The creation of a ROMA Connect instance.
 *
 * Documented: the fields, the words of `instance.status`, `creating` next to `CREATING`, a JOB id as `errorCode` while
 * it is created, `end_time` 0 until the end, the codes of a refused token and their status 400. Assumed: how long a
 * creation takes, its other words (`success`, `failed`) and codes, which items it has and when each begins, that the
 * progress is the mean of theirs, and that `taken_time` counts begun minutes.
 */
import { refusal, troubles } from './answers.js';
import { between, lognormal, randomId, randomUuid } from './random.js';

/** @import { Asked, Endpoint, Random, RequestHead, Scenarios } from './types.js' */

const MEAN_DURATION_MS = 600_000;
const VARIATION = 0.25;

/**
 * The items, each with the parts of the duration at which it begins and ends.
 *
 * @type {[name: string, from: number, to: number][]}
 */
const ITEMS = [
  ['mqs', 0.3, 1],
  ['lvs', 0, 0.6],
];

const FAILURE = { code: 'ROMA.9999', message: 'create failed' };

/** What `updatedAt` lies after `createdAt` in the documents' example. */
const ACCEPTED_MS = 1_668;

/** @param {number} milliseconds */
const minutes = (milliseconds) => Math.ceil(milliseconds / 60_000);

/** @param {number} time */
const timeOfDay = (time) => new Date(time).toISOString().slice(11, 19);

/**
 * The number of an order: its time to the second, and nine digits.
 *
 * @param {Random} random
 * @param {number} time
 */
const orderId = (random, time) =>
  new Date(time).toISOString().slice(0, 19).replace(/\D/g, '') + String(Math.floor(random() * 1e9)).padStart(9, '0');

/**
 * The fields of an instance in the documents' order. Those that the example has as `null` or "#" are so here.
 *
 * @param {Asked} operation
 * @param {Random} random
 * @param {{ status: string, updatedAt: number, errorCode: string | null, errorMessage: string | null }} state
 */
function instance({ id, start }, random, { status, updatedAt, errorCode, errorMessage }) {
  return {
    instanceId: id,
    name: `roma-${Math.floor(between(random, 1_000, 10_000))}`,
    status,
    connectAddress: null,
    connectAddressWithPP: null,
    mgmtConnectAddress: null,
    mgmtExtraConnectAddress: null,
    port: null,
    conAmount: '25',
    type: 'basic',
    location: null,
    productId: '00300-30101-0--0',
    engine: 'ROMA',
    engineVersion: '1.0.0',
    chargingMode: 1,
    description: null,
    errorCode,
    errorMessage,
    resTenantId: '#',
    resDomainId: '#',
    resVpcId: '#',
    resSubnetId: '#',
    resSecurityGroupId: '#',
    tenantId: randomId(random),
    tenantVpcId: randomUuid(random),
    tenantSubnetId: randomUuid(random),
    tenantSecurityGroupId: randomUuid(random),
    userId: randomId(random),
    userName: 'simulated-user',
    domainId: null,
    virtualRouterId: null,
    orderId: orderId(random, start),
    createdAt: start,
    updatedAt,
    deletedAt: null,
    availableZones: '["az0.dc0"]',
    maintainBegin: timeOfDay(start),
    maintainEnd: timeOfDay(start),
    taskStatus: null,
    noPasswordAccess: false,
    accessUser: null,
    publicipId: null,
    publicipAddr: null,
    publicipBounded: false,
    outZones: null,
    resourceList: null,
    nameLike: null,
    instanceIdLike: null,
    specCode: 'roma.basic.001',
    statusIncluded: null,
    epId: '0',
    resLeakStatus: null,
    tagEntries: null,
    epIds: null,
    typeExcluded: null,
    ipv6Enable: false,
    ipv6ConnectAddress: null,
    bandwidths: 0,
    ingressBandwidthSize: null,
    resInstanceClusterId: '#',
    scope: 'center',
    cpuArch: 'x86_64',
    cryptoType: null,
    rocketmqEnable: false,
    externalElbEnable: false,
    ltsLogGroupId: null,
    demondPay: true,
    prePay: false,
    epIdOrDefault: '0',
  };
}

/**
 * How one item stands `elapsed` milliseconds after the start.
 *
 * @param {Asked} operation
 * @param {typeof ITEMS[number]} row
 * @param {number} duration
 * @param {number} failedAt when everything fails, if it does
 */
function item({ start, elapsed }, [name, from, to], duration, failedAt) {
  const [begin, end] = [from * duration, to * duration];
  const until = Math.min(elapsed, end, failedAt);
  const begun = until >= begin;
  const ended = until >= end;
  const failed = begun && !ended && elapsed >= failedAt;
  return {
    name,
    start_time: begun ? start + Math.round(begin) : 0,
    end_time: ended || failed ? start + Math.round(until) : 0,
    status: failed ? 'failed' : ended ? 'success' : 'creating',
    taken_time: begun ? minutes(until - begin) : 0,
    progress: begun ? Math.floor((100 * (until - begin)) / (end - begin)) : 0,
    error_msg: failed ? FAILURE.message : '',
    error_code: failed ? FAILURE.code : '',
  };
}

/** @param {number[]} numbers */
const mean = (numbers) => Math.floor(numbers.reduce((sum, number) => sum + number) / numbers.length);

/**
 * How the creation stands; with `fails`, it fails part-way.
 *
 * @param {Asked} operation
 */
function progress(operation, { fails = false } = {}) {
  const { id, start, elapsed, timing, content } = operation;
  const duration = lognormal(timing, MEAN_DURATION_MS, VARIATION);
  const failedAt = fails ? duration * between(timing, 0.2, 0.8) : Infinity;
  const end = Math.min(duration, failedAt);
  const ended = elapsed >= end;
  const failed = ended && fails;
  const endTime = start + Math.round(end);

  const job = `JOB-${randomUuid(content)}`;
  const state = {
    status: failed ? 'CREATE_FAILED' : ended ? 'RUNNING' : 'CREATING',
    updatedAt: ended ? endTime : start + Math.floor(Math.min(elapsed, ACCEPTED_MS)),
    errorCode: failed ? FAILURE.code : ended ? null : job,
    errorMessage: failed ? FAILURE.message : null,
  };
  const created = instance(operation, content, state);
  const items = ITEMS.map((row) => item(operation, row, duration, failedAt));
  return {
    status: 200,
    body: {
      instance: created,
      currentTime: start + Math.floor(elapsed),
      instance_id: id,
      name: created.name,
      start_time: start,
      taken_time: minutes(Math.min(elapsed, end)),
      end_time: ended ? endTime : 0,
      progress: mean(items.map((row) => row.progress)),
      status: failed ? 'failed' : ended ? 'success' : 'creating',
      item: items,
    },
  };
}

/**
 * The refusal of a token, which is HTTP 400 here.
 *
 * @param {RequestHead} request
 */
const unauthorized = ({ headers }) =>
  headers.has('X-Auth-Token')
    ? refusal(400, 'ROMA.1002', 'The token is incorrect')
    : refusal(400, 'ROMA.1000', 'The token is missing');

/**
 * What can become of an instance.
 *
 * @type {Scenarios}
 */
const scenarios = {
  roma: ['The creation succeeds.', (operation) => progress(operation)],
  'roma-failed': ['The creation fails part-way.', (operation) => progress(operation, { fails: true })],
  unauthorized: ['400 ROMA.1002: the token is not accepted.', ({ request }) => unauthorized(request)],
  ...troubles((operation) => progress(operation)),
};

/** @type {Endpoint} */
export const romaProcess = {
  path: '/v2/{project}/instances/{id}/process',
  unauthorized,
  scenarios,
  usual: [...Array(9).fill('roma'), 'roma-failed'],
};
