// SFS Turbo's jobs over real HTTP. Expected values are written by hand from the documents.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';

import { createClient } from 'huaweicloud-tasks';

import { answering, fixture, rejection, serve } from './support.js';

const SUCCESS = fixture('sfs-turbo-job/200-success.json');
// 2023-07-26 09:33:58 UTC
const AT_09_33_58 = 1690364038000;
const run = promisify(execFile);

const sfsTurboAt = (url) => createClient({ endpoint: url, projectId: 'project/1', token: 'token-1' }).sfsTurbo;

/** What is made of a body. */
async function jobOf(test, body) {
  const { url } = await serve(test, answering(200, typeof body === 'string' ? body : JSON.stringify(body)));
  return sfsTurboAt(url).job('j');
}

test('sfs-turbo-job/200-success.json: a job that ended', async (t) => {
  const { url, requests } = await serve(t, answering(200, SUCCESS, { 'X-request-id': 'request-1' }));
  assert.deepEqual(await sfsTurboAt(url).job('job ä/1'), {
    id: '26f6b565-xxxx-XXXX-xxxx-03f0bd975433',
    type: 'bind_ldap',
    state: 'success',
    error: null,
    startedAt: AT_09_33_58,
    endedAt: AT_09_33_58,
    subJobs: [],
    requestId: 'request-1',
    raw: SUCCESS,
  });
  const [{ method, url: path, headers, body }] = requests;
  assert.deepEqual([requests.length, method, path], [1, 'GET', '/v1/project%2F1/sfs-turbo/jobs/job%20%C3%A4%2F1']);
  assert.deepEqual([headers['x-auth-token'], headers['content-type']], ['token-1', 'application/json']);
  assert.equal((await body).length, 0);
});

for (const [status, name, kind, code, message] of [
  [400, 'ApiError', 'api', 'SFS.TURBO.0001', 'parameter error'],
  [404, 'NotFoundError', 'notFound', 'SFS.TURBO.0001', 'parameter error'],
  [500, 'ServerError', 'server', 'SFS.TURBO.0005', 'Internal server error'],
]) {
  test(`sfs-turbo-job/${status}.json: ${name}`, async (t) => {
    const raw = fixture(`sfs-turbo-job/${status}.json`);
    const { url, requests } = await serve(t, answering(status, raw, { 'X-request-id': 'request-1' }));
    const error = await rejection(sfsTurboAt(url).job('j'));
    assert.deepEqual(
      { ...error, name: error.name, message: error.message, raw: error.raw },
      {
        ...{ name, kind, status, code, requestId: 'request-1', retryable: false, raw },
        message: `ShowJobDetail answered ${status} ${code}: ${message}`,
      },
    );
    assert.equal(requests.length, 1);
  });
}

for (const zone of ['America/New_York', 'Asia/Shanghai']) {
  test(`a time without zone is UTC, also to a computer in ${zone}`, async (t) => {
    const { url } = await serve(t, answering(200, SUCCESS));
    const program = `
      const { createClient } = await import(${JSON.stringify(import.meta.resolve('huaweicloud-tasks'))});
      const { sfsTurbo } = createClient({ endpoint: ${JSON.stringify(url)}, projectId: 'p', token: 't' });
      const { startedAt, endedAt } = await sfsTurbo.job('j');
      console.log(JSON.stringify([startedAt, endedAt, Date.parse('2023-07-26 09:33:58')]));`;
    const env = { ...process.env, TZ: zone };
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', program], { env });
    // The last shows that the zone took effect: read as local time, it is 4 hours later or 8 hours earlier.
    const local = { 'America/New_York': 1690378438000, 'Asia/Shanghai': 1690335238000 }[zone];
    assert.deepEqual(JSON.parse(stdout), [AT_09_33_58, AT_09_33_58, local]);
  });
}

test('a job with its parts, each in its own state', async (t) => {
  const [begin_time, end_time] = ['2016-01-02 15:04:05', '2016-01-02 15:15:06'];
  const body = JSON.stringify({
    job_id: 'job-1',
    job_type: 'create_share',
    status: 'running',
    begin_time,
    end_time: '',
    sub_jobs: [
      { job_id: 'a', job_type: 'A', status: 'SUCCESS', begin_time, end_time },
      { job_id: 'b', job_type: 'B', status: 'failed', error_code: 'SFS.TURBO.0005', fail_reason: 'no space' },
      { job_id: 'c', job_type: null, status: 'Waiting', begin_time: '', end_time },
      { status: 'paused', sub_jobs: [{ status: 'failed' }] },
    ],
  });
  const startedAt = 1451747045000;
  assert.deepEqual(await jobOf(t, body), {
    id: 'job-1',
    type: 'create_share',
    state: 'running',
    error: null,
    startedAt,
    endedAt: null,
    subJobs: [
      { id: 'a', type: 'A', state: 'success', error: null, startedAt, endedAt: 1451747706000 },
      {
        ...{ id: 'b', type: 'B', state: 'failed', startedAt: null, endedAt: null },
        error: { code: 'SFS.TURBO.0005', message: 'no space' },
      },
      { id: 'c', type: null, state: 'waiting', error: null, startedAt: null, endedAt: null },
      { id: null, type: null, state: 'paused', error: null, startedAt: null, endedAt: null },
    ],
    requestId: null,
    raw: body,
  });
});

test('a job that failed is an answer that says why', async (t) => {
  const body = {
    ...{ job_id: 'j', status: 'failed', begin_time: '2016-01-02 15:04:05', end_time: '2016-01-02 15:15:06' },
    ...{ error_code: 'SFS.TURBO.0005', fail_reason: 'Internal server error' },
  };
  const { state, error, startedAt, endedAt } = await jobOf(t, body);
  assert.deepEqual(
    { state, error, startedAt, endedAt },
    {
      state: 'failed',
      error: { code: 'SFS.TURBO.0005', message: 'Internal server error' },
      startedAt: 1451747045000,
      endedAt: 1451747706000,
    },
  );
  assert.deepEqual((await jobOf(t, { job_id: 'j', status: 'FAILED' })).error, { code: null, message: null });
});

test('every documented word is known in any case, another is kept and is no end', async (t) => {
  for (const [status, state, endedAt] of [
    ['success', 'success', AT_09_33_58],
    ['Success', 'success', AT_09_33_58],
    ['FAILED', 'failed', AT_09_33_58],
    ['running', 'running', null],
    ['WAITING', 'waiting', null],
    ['succeed', 'succeed', null],
    ['Timeout', 'Timeout', null],
  ]) {
    const job = await jobOf(t, { ...JSON.parse(SUCCESS), status });
    assert.deepEqual([job.state, job.endedAt], [state, endedAt], status);
  }
});

test('what is not a job is told by place', async (t) => {
  for (const [body, path] of [
    ['', ''],
    ['<html>', ''],
    ['{"status":"success"}', 'job_id'],
    ['{"job_id":"j"}', 'status'],
    ['{"job_id":"j","status":"success","begin_time":"yesterday"}', 'begin_time'],
    ['{"job_id":"j","status":"success","end_time":"2023-02-29 00:00:00"}', 'end_time'],
    ['{"job_id":"j","status":"success","sub_jobs":[{"status":"success","end_time":1}]}', 'sub_jobs[0].end_time'],
    ['{"job_id":"j","status":"success","sub_jobs":[{"job_id":"k"}]}', 'sub_jobs[0].status'],
  ]) {
    const error = await rejection(jobOf(t, body));
    assert.deepEqual([error.name, error.path, error.raw], ['DecodeError', path, body]);
  }
});

test('an id that is none is refused by name, and nothing is sent', async (t) => {
  const { url, requests } = await serve(t, answering(200, SUCCESS));
  for (const id of [undefined, null, '', 5, '.', '..']) {
    const error = await rejection(sfsTurboAt(url).job(id));
    assert.deepEqual([error.name, error.field], ['ConfigError', 'jobId']);
  }
  const error = await rejection(sfsTurboAt(url).job('j', { foo: 1 }));
  assert.deepEqual([error.name, error.field, requests.length], ['ConfigError', 'foo', 0]);
});
