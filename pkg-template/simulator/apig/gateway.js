// @ts-check
/**
 * The creation of a dedicated gateway.
 *
 * Documented: the fields, the words and codes, the numbers 30, 50, 80, 90 and 100, progress 0 in a failure, and an
 * `end_time` that is there before the end. Assumed: how long a creation takes, when each number is reached, when a
 * failure comes, that progress begins at 0, and that the early `end_time` is an estimate.
 */
import { refusal, troubles } from '../answers.js';
import { between, lognormal } from '../random.js';

/** @import { Asked, Endpoint, Scenarios } from '../types.js' */

const MEAN_DURATION_MS = 324_000;
const VARIATION = 0.25;

/** What `end_time` lies after `start_time` in the documents' example, and here in every answer before the end. */
const ESTIMATE_MS = 323_750;

/** The progress in percent, and the part of the duration after which it is shown. */
const MILESTONES = [
  [90, 0.8],
  [80, 0.55],
  [50, 0.3],
  [30, 0.08],
  [0, 0],
];

/**
 * How the creation stands after `elapsed` milliseconds.
 *
 * @param {Asked} operation
 * @param {{ failure?: string | null, pendingWord?: string }} [options] `failure` is the code it ends with, if it fails
 */
function progress({ start, elapsed, timing }, { failure = null, pendingWord = 'creating' } = {}) {
  const duration = lognormal(timing, MEAN_DURATION_MS, VARIATION);
  const drift = between(timing, 0.9, 1.1);
  // The last of them is reached at the start.
  const [percent] = /** @type {number[]} */ (MILESTONES.find(([, share]) => elapsed >= share * drift * duration));
  const end = failure === null ? duration : duration * between(timing, 0.2, 0.8);
  const ended = elapsed >= end;
  const failed = ended && failure !== null;
  return {
    status: 200,
    body: {
      end_time: start + (ended ? Math.round(end) : ESTIMATE_MS),
      error_code: failed ? failure : null,
      error_msg: failed ? 'create failed...' : null,
      progress: ended ? (failed ? 0 : 100) : percent,
      start_time: start,
      status: ended ? (failed ? 'failed' : 'success') : pendingWord,
    },
  };
}

const unauthorized = () => refusal(401, 'APIC.7102', 'Incorrect token or token resolution failed');

/**
 * What can become of a gateway.
 *
 * @type {Scenarios}
 */
const scenarios = {
  gateway: ['The creation succeeds.', (operation) => progress(operation)],
  quota: [
    'The creation fails part-way: APIC.9218, insufficient quota.',
    (operation) => progress(operation, { failure: 'APIC.9218' }),
  ],
  resources: [
    'The creation fails part-way: APIC.9219, insufficient resources.',
    (operation) => progress(operation, { failure: 'APIC.9219' }),
  ],
  other: [
    'The creation fails part-way: APIC.9206, other reasons.',
    (operation) => progress(operation, { failure: 'APIC.9206' }),
  ],
  'unknown-state': [
    'The creation succeeds, but until then its status is "queued", a word that no document has.',
    (operation) => progress(operation, { pendingWord: 'queued' }),
  ],
  unauthorized: ['401 APIC.7102: the token is not accepted.', unauthorized],
  forbidden: [
    '403 APIC.7106: no permission.',
    () => refusal(403, 'APIC.7106', 'No permissions to request for the method'),
  ],
  missing: ['404 APIC.7302: there is no such gateway.', () => refusal(404, 'APIC.7302', 'Instance not found')],
  broken: ['500 APIC.9000: the service failed.', () => refusal(500, 'APIC.9000', 'Failed to request internal service')],
  ...troubles((operation) => progress(operation)),
};

/** What becomes of a gateway whose id names no scenario: one of these, each as likely. */
const usual = [...Array(17).fill('gateway'), 'quota', 'resources', 'other'];

/** @type {Endpoint} */
export const gatewayProgress = {
  path: '/v2/{project}/apigw/instances/{id}/progress',
  unauthorized,
  scenarios,
  usual,
};
