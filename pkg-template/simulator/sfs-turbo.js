// @ts-check
/**
 * A job of SFS Turbo.
 *
 * Documented: the fields, the words, the codes and messages of the refusals, times in UTC without a zone, and that
 * Content-Type is mandatory. Assumed: how long a job waits and works, which sub jobs it has and that they come one
 * after the other, the code of a failed job, and that fields without a value are left out, as in the example.
 */
import { gatewayUnauthorized, troubles } from './answers.js';
import { between, lognormal, randomUuid } from './random.js';

/** @import { Asked, Endpoint, Range, Scenario, Scenarios } from './types.js' */

/** @type {Range} */
const WAIT_MS = [1_600, 2_400];
const MEAN_DURATION_MS = 660_000;
const VARIATION = 0.25;

const JOB_TYPE = 'create_obs_data_task';

/**
 * The sub jobs, each with the part of the duration at which it ends; the next one then begins.
 *
 * @type {[type: string, share: number][]}
 */
const SUB_JOBS = [
  ['check_obs_bucket', 0.1],
  ['transfer_obs_data', 0.9],
  ['update_metadata', 1],
];

const FAILURE = { error_code: 'SFS.TURBO.0104', fail_reason: 'Failed to import or export OBS data' };

/**
 * @param {number} status
 * @param {string} code
 * @param {string} message
 */
const sfsRefusal = (status, code, message) => ({ status, body: { errCode: code, errMsg: message } });

/**
 * A time as this service writes it: UTC, and no zone that says so.
 *
 * @param {number} time
 */
const zoneless = (time) => new Date(time).toISOString().slice(0, 19).replace('T', ' ');

/**
 * A job that works from `begin` to `end`, as it is at `now`; at `failedAt` it fails if it is at work then.
 *
 * @param {string} id
 * @param {string} type
 * @param {number} now
 * @param {number} begin
 * @param {number} end
 * @param {number} failedAt
 */
function stage(id, type, now, begin, end, failedAt) {
  if (now < begin || failedAt < begin) return { job_id: id, status: 'waiting', job_type: type };
  const stopped = Math.min(end, failedAt);
  const ended = now >= stopped;
  const failed = ended && failedAt < end;
  return {
    job_id: id,
    status: failed ? 'failed' : ended ? 'success' : 'running',
    job_type: type,
    begin_time: zoneless(begin),
    ...(ended ? { end_time: zoneless(stopped) } : {}),
    ...(failed ? FAILURE : {}),
  };
}

/**
 * How the job stands; with `fails`, it fails part-way.
 *
 * @param {Asked} operation
 */
function progress({ id, start, elapsed, timing, content }, { fails = false } = {}) {
  const begin = start + between(timing, ...WAIT_MS);
  const duration = lognormal(timing, MEAN_DURATION_MS, VARIATION);
  const failedAt = fails ? begin + duration * between(timing, 0.2, 0.8) : Infinity;
  const now = start + elapsed;
  const subJobs = SUB_JOBS.map(([type, share], index) => {
    const [, previous] = SUB_JOBS[index - 1] ?? [type, 0];
    return stage(randomUuid(content), type, now, begin + previous * duration, begin + share * duration, failedAt);
  });
  return {
    status: 200,
    body: { ...stage(id, JOB_TYPE, now, begin, begin + duration, failedAt), sub_jobs: subJobs },
  };
}

/**
 * A job that is over as soon as it begins, as the one in the documents' example.
 *
 * @type {Scenario}
 */
const atOnce = ({ id, start }) => ({
  status: 200,
  body: {
    job_id: id,
    status: 'success',
    job_type: 'bind_ldap',
    begin_time: zoneless(start),
    end_time: zoneless(start),
  },
});

/** @param {number} status */
const parameterError = (status) => sfsRefusal(status, 'SFS.TURBO.0001', 'parameter error');

/**
 * What can become of a job.
 *
 * @type {Scenarios}
 */
const scenarios = {
  job: ['The job succeeds, with three sub jobs.', (operation) => progress(operation)],
  'job-ldap': ["The job is over at once and has no sub jobs, as in the documents' example.", atOnce],
  'job-failed': [
    'The job fails part-way: SFS.TURBO.0104, and so does the sub job that is at work.',
    (operation) => progress(operation, { fails: true }),
  ],
  waiting: [
    'The job waits for ever.',
    ({ id }) => ({ status: 200, body: { job_id: id, status: 'waiting', job_type: JOB_TYPE } }),
  ],
  invalid: ['400 SFS.TURBO.0001: a wrong parameter.', () => parameterError(400)],
  conflict: [
    '400 SFS.TURBO.0037: a conflict; the client is asked to try again.',
    () => sfsRefusal(400, 'SFS.TURBO.0037', 'Operation conflict, client retry'),
  ],
  unauthorized: ['401 APIG.0307: the token must be updated.', gatewayUnauthorized],
  missing: ['404 SFS.TURBO.0001: there is no such job.', () => parameterError(404)],
  broken: ['500 SFS.TURBO.0005: the service failed.', () => sfsRefusal(500, 'SFS.TURBO.0005', 'Internal server error')],
  ...troubles((operation) => progress(operation)),
};

/** @type {Endpoint} */
export const sfsTurboJob = {
  path: '/v1/{project}/sfs-turbo/jobs/{id}',
  unauthorized: gatewayUnauthorized,
  check: ({ headers }) => (headers.has('Content-Type') ? null : parameterError(400)),
  scenarios,
  usual: [...Array(9).fill('job'), 'job-failed'],
};
