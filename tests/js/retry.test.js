// What a single call does when it fails: which failures it tries again, how long it waits before, and when it gives up.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { createClient } from 'huaweicloud-tasks';

import { answering, fixture, rejection, serve } from './support.js';

const BUDGET = 'The throttling threshold has been reached: policy user over ratelimit,limit:1,time:1 second';
const LONGEST_MS = 2_147_483_647;

const PROGRESS = fixture('apig-gateway-progress/200-creating.json');
const fine = answering(200, PROGRESS);
const failing = (status, code, headers) => answering(status, `{"error_code":"${code}","error_msg":"m"}`, headers);
const reset = (request) => request.socket.resetAndDestroy();

/** Failures that may pass, and the class of their errors. */
const PASSING = [
  ['429', failing(429, 'APIG.0308'), 'RateLimitError'],
  ['502', failing(502, 'X.1'), 'ServerError'],
  ['503', answering(503, ''), 'ServerError'],
  ['504', answering(504, '<html>504 Gateway Time-out</html>'), 'ServerError'],
  ['500 APIG.9008', failing(500, 'APIG.9008'), 'RateLimitError'],
  ['500 SFS.TURBO.0037', failing(500, 'SFS.TURBO.0037'), 'ServerError'],
  ['a reset connection', reset, 'ConnectionError'],
];

const clientFor = (url, options) => createClient({ endpoint: url, projectId: 'p', token: 'a-token', ...options });
const progressAt = (url, options) => clientFor(url, options).apig.gatewayProgress('gateway');

/** Serves the answers one after the other, the last one for ever; `times` is when each request came. */
async function serveInTurn(t, ...answers) {
  const times = [];
  const server = await serve(t, (request, response) => {
    times.push(Date.now());
    answers[Math.min(times.length, answers.length) - 1](request, response);
  });
  return { ...server, times };
}

const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout');

describe('a call that reads', { concurrency: true }, () => {
  for (const [about, failure, name] of PASSING) {
    test(`is made twice more after ${about}`, async (t) => {
      const passing = await serveInTurn(t, failure, failure, fine);
      const lasting = await serveInTurn(t, failure, failure, failure, fine);
      const [progress, error] = await Promise.all([progressAt(passing.url), rejection(progressAt(lasting.url))]);
      assert.equal(progress.raw, PROGRESS);
      assert.deepEqual([error.name, error.retryable], [name, true]);
      assert.deepEqual([passing.requests.length, lasting.requests.length], [3, 3]);
    });

    test(`is not made again after ${about} when maxRetries is 0`, async (t) => {
      const { url, requests } = await serveInTurn(t, failure, fine);
      assert.equal((await rejection(progressAt(url, { maxRetries: 0 }))).name, name);
      assert.equal(requests.length, 1);
    });
  }

  for (const [about, call, path] of [
    ['apig.asyncTask', ({ apig }) => apig.asyncTask('i', 't'), 'apig-async-task/200-import-waiting.json'],
    ['roma.instanceProgress', ({ roma }) => roma.instanceProgress('i'), 'roma-instance-process/200-creating.json'],
    ['sfsTurbo.job', ({ sfsTurbo }) => sfsTurbo.job('j'), 'sfs-turbo-job/200-success.json'],
    ['kps.task', ({ kps }) => kps.task('t'), 'kps-task/200-running-reset.json'],
    ['cvr.renderTasks', ({ cvr }) => cvr.renderTasks({ limit: 1 }), 'cvr-render-tasks/200-one-active.json'],
  ]) {
    test(`is any of them: ${about}`, async (t) => {
      const body = fixture(path);
      const { url, requests } = await serveInTurn(t, failing(503, 'X.1'), answering(200, body));
      assert.equal((await call(clientFor(url))).raw, body);
      const sent = requests.map(({ method, url: target, headers }) => [method, target, headers['x-auth-token']]);
      assert.deepEqual([sent.length, sent[1]], [2, sent[0]], 'the same is asked again');
    });
  }

  test('is made again as often as the call says, or else the client', async (t) => {
    for (const [ofClient, ofCall, expected] of [
      [0, 1, 2],
      [5, 0, 1],
      [1, undefined, 2],
    ]) {
      const { url, requests } = await serveInTurn(t, failing(503, 'X.1'));
      const { apig } = clientFor(url, { maxRetries: ofClient });
      await rejection(apig.gatewayProgress('i', { maxRetries: ofCall }));
      assert.equal(requests.length, expected, `${ofClient}, ${ofCall}`);
    }
  });

  test('is rejected with the last error', async (t) => {
    const { url } = await serveInTurn(
      t,
      failing(503, 'FIRST.1', { 'x-request-id': 'first' }),
      reset,
      failing(504, 'LAST.1', { 'x-request-id': 'last' }),
    );
    const error = await rejection(progressAt(url));
    assert.deepEqual([error.status, error.code, error.requestId], [504, 'LAST.1', 'last']);
  });

  test('is rejected at once with an error that does not pass', async (t) => {
    const { url, requests } = await serveInTurn(t, failing(503, 'X.1'), failing(404, 'APIG.3030'), fine);
    assert.equal((await rejection(progressAt(url))).name, 'NotFoundError');
    assert.equal(requests.length, 2);
  });

  for (const [about, answer, name] of [
    ['400', failing(400, 'APIG.2001'), 'ApiError'],
    ['401', failing(401, 'APIG.0301'), 'AuthError'],
    ['403', failing(403, 'APIG.1005'), 'PermissionError'],
    ['404', failing(404, 'APIG.3030'), 'NotFoundError'],
    ['408', failing(408, 'X.1'), 'ApiError'],
    ['409', failing(409, 'X.1'), 'ApiError'],
    ['500', failing(500, 'APIG.9999'), 'ServerError'],
    ['501', failing(501, 'X.1'), 'ServerError'],
    ['400 that asks to retry', failing(400, 'X.1', { 'retry-after': '0' }), 'ApiError'],
    ['an answer that is not what the documents say', answering(200, '<html>'), 'DecodeError'],
  ]) {
    test(`is never made again after ${about}`, async (t) => {
      const { url, requests } = await serveInTurn(t, answer, fine);
      assert.equal((await rejection(progressAt(url, { maxRetries: 5 }))).name, name);
      assert.equal(requests.length, 1);
    });
  }
});

describe('a call that writes is sent exactly once', { concurrency: true }, () => {
  const most = { maxRetries: 5 };
  const started = answering(202, '{"task_id":"t"}');
  const dispatched = answering(202, '{"task_id":"t","server_id":"s","status":"SUCCESS"}');
  const given = answering(201, '{"token":{}}', { 'x-subject-token': 'another-token' });
  for (const [about, call, success] of [
    ['apig.importApis', ({ apig }) => apig.importApis('i', '{"swagger":"2.0"}', most), started],
    ['apig.exportApis', ({ apig }) => apig.exportApis('i', { envId: 'e', groupId: 'g', ...most }), started],
    ['kps.associate', ({ kps }) => kps.associate({ keypairName: 'k', server: { id: 's' } }, most), dispatched],
    ['kps.disassociate', ({ kps }) => kps.disassociate({ server: { id: 's' } }, most), dispatched],
    ['iam.token', ({ iam }) => iam.token({ user: 'u', password: 'a-password', domain: 'd' }, most), given],
  ]) {
    test(about, async (t) => {
      for (const [what, failure, name] of [...PASSING, ['409 APIG.3718', failing(409, 'APIG.3718'), 'ApiError']]) {
        const { url, requests } = await serveInTurn(t, failure, success);
        const error = await rejection(call(clientFor(url, most)));
        assert.deepEqual([error.name, error.retryable, requests.length], [name, true, 1], what);
      }
      const { url } = await serveInTurn(t, success);
      assert.ok(await call(clientFor(url)), 'nothing but the failure was in the way');
    });
  }
});

describe('the wait before another try', { concurrency: true }, () => {
  for (const [about, failure] of [
    ['the seconds of Retry-After', failing(503, 'X.1', { 'retry-after': '1' })],
    ['the seconds of Retry-After, of a 429', failing(429, 'X.1', { 'Retry-After': '1' })],
    ['the budget in the text of a 429', answering(429, JSON.stringify({ error_code: 'APIG.0308', error_msg: BUDGET }))],
  ]) {
    test(`is at least ${about}`, async (t) => {
      const { url, times } = await serveInTurn(t, failure, fine);
      await progressAt(url);
      // A timer may fire a moment early.
      assert.ok(times[1] - times[0] > 990, `${times[1] - times[0]} ms`);
    });
  }

  test('lasts until the date of Retry-After', async (t) => {
    const date = Math.ceil(Date.now() / 1_000) * 1_000 + 1_000;
    const failure = failing(503, 'X.1', { 'retry-after': new Date(date).toUTCString() });
    const { url, times } = await serveInTurn(t, failure, fine);
    await progressAt(url);
    assert.ok(times[1] > date - 10, `${date - times[1]} ms early`);
  });

  test('is as usual when Retry-After says nothing', async (t) => {
    for (const text of ['soon', '-5', '1.5.2', '', new Date(0).toUTCString()]) {
      const { url, requests } = await serveInTurn(t, failing(503, 'X.1', { 'retry-after': text }), fine);
      assert.equal((await progressAt(url, { timeoutMs: 5_000 })).percent, 50, text);
      assert.equal(requests.length, 2, text);
    }
  });

  const inAnHour = new Date(Date.now() + 3_600_000).toUTCString();
  for (const text of ['3600', inAnHour]) {
    test(`is not begun when it is long: ${text === inAnHour ? 'a date' : text}`, { timeout: 5_000 }, async (t) => {
      const { url, requests } = await serveInTurn(t, failing(503, 'X.1', { 'retry-after': text }), fine);
      const error = await rejection(progressAt(url, { timeoutMs: LONGEST_MS }));
      assert.deepEqual([error.name, error.retryable, requests.length], ['ServerError', true, 1]);
    });
  }

  for (const [about, failure, code] of [
    ['Retry-After', failing(503, 'X.1', { 'retry-after': '5' }), 'X.1'],
    ['a task that is already running', failing(409, 'APIG.3718'), 'APIG.3718'],
    ['once a minute', failing(400, 'APIG.3711'), 'APIG.3711'],
    ['a job that is already running', failing(409, 'SFS.TURBO.0011'), 'SFS.TURBO.0011'],
  ]) {
    test(`is not begun when it does not fit into timeoutMs: ${about}`, async (t) => {
      const { url, requests } = await serveInTurn(t, failure, fine);
      const error = await rejection(progressAt(url, { timeoutMs: 1_500 }));
      assert.deepEqual([error.code, error.retryable, requests.length], [code, true, 1]);
    });
  }
});

test('a call whose time is up is not made again', async (t) => {
  const { url, requests } = await serveInTurn(t, () => {}, fine);
  assert.equal((await rejection(progressAt(url, { timeoutMs: 500 }))).name, 'TimeoutError');
  assert.equal(requests.length, 1);
});

test("an abort ends the wait with the signal's reason, and leaves no timer", { timeout: 10_000 }, async (t) => {
  for (const reason of [new Error('enough'), 'a word', null]) {
    const controller = new AbortController();
    const { url, requests } = await serve(t, (request, response) => {
      response.on('finish', () => setTimeout(() => controller.abort(reason), 100));
      failing(503, 'X.1', { 'retry-after': '30' })(request, response);
    });
    const { apig } = clientFor(url, { timeoutMs: 60_000 });
    assert.equal(await rejection(apig.gatewayProgress('i', { signal: controller.signal })), reason);
    assert.equal(requests.length, 1);
    assert.deepEqual(timers(), []);
  }
});

test('a call that was made again leaves no timer', async (t) => {
  const passing = await serveInTurn(t, failing(503, 'X.1'), fine);
  await progressAt(passing.url, { timeoutMs: 60_000 });
  assert.deepEqual(timers(), []);
  const lasting = await serveInTurn(t, failing(503, 'X.1'));
  await rejection(progressAt(lasting.url, { timeoutMs: 60_000, maxRetries: 1 }));
  assert.deepEqual(timers(), []);
});

test('maxRetries is an integer from 0 to 100', async () => {
  for (const maxRetries of [-1, 1.5, 101, NaN, Infinity, '2', null]) {
    const ofClient = await rejection((async () => clientFor('https://h.example', { maxRetries }))());
    const fetch = () => assert.fail('nothing is sent');
    const ofCall = await rejection(clientFor('https://h.example', { fetch }).apig.gatewayProgress('i', { maxRetries }));
    for (const error of [ofClient, ofCall]) assert.deepEqual([error.name, error.field], ['ConfigError', 'maxRetries']);
  }
});
