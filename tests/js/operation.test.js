/** Watching one operation: its views, its end. What it outlives and leaves behind: operation-lifetime. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inspect } from 'node:util';

import { createClient } from 'huaweicloud-tasks';

import { stopClock } from './stopped-clock.js';
import { fixture } from './support.js';

const START = 1_597_390_000_000;
const TOKEN = 'a-token-that-is-secret';
const GATEWAY = { kind: 'apig.gateway', instanceId: 'i' };
const TASK = { kind: 'apig.task', instanceId: 'i', taskId: 't' };
const ROMA = { kind: 'roma.instance', instanceId: 'i' };
const JOB = { kind: 'sfs-turbo.job', jobId: 'j' };
const KEYPAIR = { kind: 'kps.task', taskId: 't' };
const EVERY_SECOND = { schedule: { intervalMs: 1_000 } };

const standStill = (t) => stopClock(t, { now: START });

const answering = (body, init) => () => new Response(typeof body === 'string' ? body : JSON.stringify(body), init);
const refusing = (status, code, message = 'm') => answering({ error_code: code, error_msg: message }, { status });

const gatewayAt = (progress, status = 'creating', more) => answering({ progress, status, ...more });
const taskIs = (task_status, result = '', task_type = 'import_api') =>
  answering({ task_id: 't', task_status, task_type, task_result: result && JSON.stringify(result) });
const IMPORTED = { success: [{ id: 'a', action: 'create', method: 'GET', path: '/a' }], failure: [], group_id: 'g' };
const REFUSED = { error_code: 'APIG.3201', error_msg: 'The API group name already exists' };
const WAITING = taskIs('waiting');
const WORKING = taskIs('processing');
const DONE = taskIs('succeed', IMPORTED);
const FAILED = taskIs('failed', REFUSED);

/** A client of a service that gives these answers one after the other, the last one for ever. */
function scripted(answers, options) {
  const requests = [];
  const fetch = async (url, init) => {
    requests.push({ at: Date.now(), url, ...init });
    return answers[Math.min(requests.length, answers.length) - 1](url, init);
  };
  const cloud = createClient({ endpoint: 'https://h.example', projectId: 'p', token: TOKEN, fetch, ...options });
  return { cloud, requests };
}

async function collect(views, of = (view) => view) {
  const seen = [];
  for await (const view of views) seen.push(of(view));
  return seen;
}

const stateOf = ({ state }) => state;
const percentOf = ({ percent }) => percent;

describe('a view is the same for every kind', () => {
  const nothing = { percent: null, startedAt: null, endedAt: null, parts: [], resources: [], error: null };
  const working = { state: 'running', status: 'creating', percent: 0, endedAt: null, error: null };
  const moment = Date.UTC(2023, 6, 26, 9, 33, 58);
  const zoneless = '2023-07-26 09:33:58';
  const importIs = (state, status, more) => ({ ...nothing, state, status, ...more });
  const gateway = { parts: [], resources: [], startedAt: 1597389901161 };
  const failedGateway = { ...gateway, state: 'failed', status: 'failed', percent: 0, endedAt: 1597390224911 };
  const askers = {
    'apig.gateway': ({ apig }, { instanceId }) => apig.gatewayProgress(instanceId),
    'apig.task': ({ apig }, { instanceId, taskId }) => apig.asyncTask(instanceId, taskId),
    'roma.instance': ({ roma }, { instanceId }) => roma.instanceProgress(instanceId),
    'sfs-turbo.job': ({ sfsTurbo }, { jobId }) => sfsTurbo.job(jobId),
    'kps.task': ({ kps }, { taskId }) => kps.task(taskId),
  };
  for (const [about, target, body, expected] of [
    [
      'a gateway being created',
      GATEWAY,
      fixture('apig-gateway-progress/200-creating.json'),
      { ...gateway, ...working, percent: 50 },
    ],
    [
      'a gateway',
      GATEWAY,
      fixture('apig-gateway-progress/200-success.json'),
      { ...gateway, state: 'succeeded', status: 'success', percent: 100, endedAt: 1597390224911, error: null },
    ],
    [
      'a gateway that failed',
      GATEWAY,
      fixture('apig-gateway-progress/200-failed-quota.json'),
      { ...failedGateway, error: { code: 'APIC.9218', message: 'create failed...' } },
    ],
    ['a task that waits', TASK, fixture('apig-async-task/200-import-waiting.json'), importIs('waiting', 'waiting')],
    ['a task at work', TASK, fixture('apig-async-task/200-import-processing.json'), importIs('running', 'processing')],
    ['an import', TASK, fixture('apig-async-task/200-import-succeed.json'), importIs('succeeded', 'succeed')],
    ['an export', TASK, fixture('apig-async-task/200-export-succeed.json'), importIs('succeeded', 'succeed')],
    [
      'an import in part',
      TASK,
      JSON.stringify({
        ...{ task_id: 't', task_status: 'succeed', task_type: 'import_api' },
        task_result: JSON.stringify({ ...IMPORTED, failure: [{ method: 'GET', path: '/b', error_code: 'APIG.3202' }] }),
      }),
      importIs('partial', 'succeed'),
    ],
    [
      'an import that failed',
      TASK,
      fixture('apig-async-task/200-import-failed.json'),
      importIs('failed', 'failed', { error: { code: 'APIG.3201', message: 'The API group name already exists' } }),
    ],
    [
      'a ROMA Connect instance',
      ROMA,
      fixture('roma-instance-process/200-creating.json'),
      {
        ...{ ...working, startedAt: 1741262473785 },
        parts: [
          { ...working, name: 'mqs', startedAt: null, parts: [] },
          { ...working, name: 'lvs', startedAt: 1741262473785, parts: [] },
        ],
        resources: [{ name: 'instance_id', id: 'b037d389-62a4-464a-8461-c88797ad4f23' }],
      },
    ],
    [
      'an SFS Turbo job',
      JOB,
      fixture('sfs-turbo-job/200-success.json'),
      { ...nothing, state: 'succeeded', status: 'success', startedAt: moment, endedAt: moment },
    ],
    [
      'an SFS Turbo job of two',
      JOB,
      JSON.stringify({
        ...{ job_id: 'j', status: 'running', begin_time: zoneless },
        sub_jobs: [
          { job_id: 'a', status: 'success', begin_time: zoneless, end_time: zoneless },
          {
            job_id: 'b',
            status: 'failed',
            begin_time: zoneless,
            error_code: 'SFS.TURBO.0104',
            fail_reason: 'no space',
          },
        ],
      }),
      {
        ...{ ...nothing, state: 'running', status: 'running', startedAt: moment },
        parts: [
          {
            ...{ name: 'a', state: 'succeeded', status: 'success', percent: null, startedAt: moment, endedAt: moment },
            ...{ error: null, parts: [] },
          },
          {
            ...{ name: 'b', state: 'failed', status: 'failed', percent: null, startedAt: moment, endedAt: null },
            ...{ error: { code: 'SFS.TURBO.0104', message: 'no space' }, parts: [] },
          },
        ],
      },
    ],
    [
      'a key pair task',
      KEYPAIR,
      fixture('kps-task/200-running-reset.json'),
      { ...nothing, state: 'running', status: 'RUNNING_RESET' },
    ],
    [
      'a gateway in a state that is not documented',
      GATEWAY,
      '{"status":"Frozen","progress":40}',
      { ...nothing, state: 'unknown', status: 'Frozen', percent: 40 },
    ],
  ]) {
    test(about, async (t) => {
      standStill(t);
      const { cloud } = scripted([answering(body)]);
      const operation = cloud.watch(target);
      for await (const view of operation) {
        const { elapsedMs, eta, estimatedPercent, detail, ...rest } = view;
        assert.deepEqual(rest, { ...target, ...expected, slow: false, raw: body });
        assert.deepEqual(detail, await askers[target.kind](cloud, target));
        assert.ok(Number.isInteger(elapsedMs) && elapsedMs >= 0, `${elapsedMs} ms`);
        if (/succeeded|partial/.test(rest.state)) assert.deepEqual([eta, estimatedPercent], [null, 100]);
        else assert.equal(eta === null, estimatedPercent === null);
        assert.equal(operation.view, view);
        break;
      }
    });
  }

  test('what the service reports and what is estimated are two numbers', async (t) => {
    const { until } = standStill(t);
    const stuck = (percent) => gatewayAt(percent, 'creating', { start_time: START });
    const { cloud } = scripted([stuck(30), ...Array(20).fill(stuck(50)), gatewayAt(100, 'success')]);
    const seen = [];
    const onProgress = (view) => seen.push(view);
    await until(cloud.watch(GATEWAY, { schedule: { intervalMs: 10_000 } }).result({ onProgress }));
    const [, first, ...others] = seen;
    const last = others.at(-2);
    assert.deepEqual([first.percent, last.percent], [50, 50]);
    const estimates = [first.estimatedPercent, last.estimatedPercent];
    assert.ok(0 < estimates[0] && estimates[0] < estimates[1], `${estimates} %`);
    const now = START + last.elapsedMs;
    assert.ok(now <= last.eta.earliest && last.eta.earliest < last.eta.latest, JSON.stringify(last.eta));
    assert.deepEqual([others.at(-1).percent, others.at(-1).eta], [100, null]);
  });

  test('nothing is estimated where nothing is known', async () => {
    const { cloud } = scripted([answering(fixture('kps-task/200-running-reset.json'))]);
    for await (const { percent, estimatedPercent, eta } of cloud.watch(KEYPAIR)) {
      assert.deepEqual([percent, estimatedPercent, eta], [null, null, null]);
      break;
    }
  });
});

describe('the iteration', () => {
  test('gives the changes alone, to the end', async (t) => {
    const { until } = standStill(t);
    const steps = [30, 30, 50, 50, 50].map((percent) => gatewayAt(percent));
    const { cloud, requests } = scripted([...steps, gatewayAt(100, 'success')]);
    const operation = cloud.watch(GATEWAY, EVERY_SECOND);
    assert.equal(operation.view, null);
    assert.deepEqual(await until(collect(operation, percentOf)), [30, 50, 100]);
    assert.deepEqual([requests.length, operation.isOver], [6, true]);
    assert.deepEqual(await until(collect(operation.changes(), percentOf)), [100], 'what is over is shown once more');
    assert.equal(requests.length, 6);
  });

  test('gives the last view again after heartbeatMs, older, and asks nothing for it', async (t) => {
    const { until } = standStill(t);
    const { cloud, requests } = scripted([gatewayAt(30), gatewayAt(100, 'success')]);
    const seen = await until(collect(cloud.watch(GATEWAY, EVERY_SECOND).changes({ heartbeatMs: 300 })));
    assert.deepEqual([seen.map(percentOf), requests.length], [[30, 30, 30, 30, 100], 2]);
    const ages = seen.slice(0, 4).map(({ elapsedMs }) => elapsedMs - seen[0].elapsedMs);
    assert.deepEqual(ages, [0, 300, 600, 900]);
  });

  test('goes on through a word that is not documented', async (t) => {
    const { until } = standStill(t);
    const { cloud } = scripted([taskIs('waiting'), taskIs('Succeeded-ish'), DONE]);
    const states = await until(collect(cloud.watch(TASK, EVERY_SECOND), stateOf));
    assert.deepEqual(states, ['waiting', 'unknown', 'succeeded']);
  });

  test('ends with a view, not with an error, when the operation failed', async (t) => {
    const { until } = standStill(t);
    const { cloud } = scripted([WORKING, FAILED]);
    assert.deepEqual(await until(collect(cloud.watch(TASK, EVERY_SECOND), stateOf)), ['running', 'failed']);
  });

  test('and any number of results share one poll', async (t) => {
    const { until } = standStill(t);
    const { cloud, requests } = scripted([WAITING, WORKING, WORKING, DONE]);
    const operation = cloud.watch(TASK, EVERY_SECOND);
    const [seen, others, one, other] = await until(
      Promise.all([collect(operation, stateOf), collect(operation, stateOf), operation.result(), operation.result()]),
    );
    assert.deepEqual([seen, others], Array(2).fill(['waiting', 'running', 'succeeded']));
    assert.deepEqual([one === other, one === operation.view, requests.length], [true, true, 4]);
  });
});

describe('the result', () => {
  for (const [state, result] of [
    ['succeeded', IMPORTED],
    ['partial', { ...IMPORTED, failure: [{ path: '/b' }] }],
  ]) {
    test(`is the last view: ${state}`, async (t) => {
      const { until } = standStill(t);
      const { cloud } = scripted([WAITING, taskIs('succeed', result)]);
      const view = await until(cloud.watch(TASK, EVERY_SECOND).result());
      assert.deepEqual([view.state, view.detail.result.partial], [state, state === 'partial']);
      assert.deepEqual(view.detail.result.success, [{ id: 'a', action: 'create', method: 'GET', path: '/a' }]);
    });
  }

  test('tells onProgress of every answer, and of nothing else', async (t) => {
    const { until } = standStill(t);
    const { cloud } = scripted([refusing(503, 'X.1'), WAITING, WORKING, refusing(503, 'X.1'), WORKING, DONE]);
    const seen = [];
    await until(cloud.watch(TASK, EVERY_SECOND).result({ onProgress: (view) => seen.push(view?.state) }));
    assert.deepEqual(seen, ['waiting', 'running', 'running', 'succeeded']);
  });

  test('comes in spite of a listener that throws or rejects', async (t) => {
    const { until } = standStill(t);
    const { cloud } = scripted([WAITING, WORKING, DONE]);
    const operation = cloud.watch(TASK, EVERY_SECOND);
    const [one, other, seen] = await until(
      Promise.all([
        operation.result({
          onProgress: () => {
            throw new Error('its own matter');
          },
        }),
        operation.result({
          onProgress: async () => {
            throw new Error('its own matter');
          },
        }),
        collect(operation, stateOf),
      ]),
    );
    assert.deepEqual([one.state, other.state, seen.length], ['succeeded', 'succeeded', 3]);
  });

  test('of an operation that failed is an OperationFailedError', async (t) => {
    const { untilRejected } = standStill(t);
    const { cloud } = scripted([WAITING, WORKING, WORKING, FAILED]);
    const operation = cloud.watch(TASK, EVERY_SECOND);
    const error = await untilRejected(operation.result());
    assert.deepEqual([error.name, error.kind, error.code], ['OperationFailedError', 'operationFailed', 'APIG.3201']);
    assert.equal(error.message, 'apig.task ended as failed: APIG.3201: The API group name already exists');
    assert.equal(error.view, operation.view);
    assert.deepEqual(error.history, [
      { at: START, state: 'waiting', status: 'waiting', percent: null },
      { at: START + 1_000, state: 'running', status: 'processing', percent: null },
      { at: START + 3_000, state: 'failed', status: 'failed', percent: null },
    ]);
  });

  test('of an operation that takes too long is a WaitTimeoutError with the handle to go on from', async (t) => {
    const { until, untilRejected } = standStill(t);
    const { cloud, requests } = scripted([WAITING, WORKING, WORKING, DONE]);
    const operation = cloud.watch(TASK, EVERY_SECOND);
    const error = await untilRejected(operation.result({ maxWaitMs: 1_500 }));
    assert.deepEqual([error.name, error.kind, error.retryable], ['WaitTimeoutError', 'waitTimeout', true]);
    assert.deepEqual([error.view.state, error.handle, requests.length], ['running', operation.toJSON(), 2]);
    assert.equal((await until(cloud.resume(error.handle, EVERY_SECOND).result())).state, 'succeeded');
    assert.equal(requests.length, 4);
  });

  test('holds no secret when it is an error, and neither does the operation', async (t) => {
    const { untilRejected } = standStill(t);
    const secretKey = 'a-secret-access-key';
    const signed = { token: undefined, credentials: { accessKey: 'AK', secretKey } };
    for (const [secret, options] of [
      [TOKEN, {}],
      [secretKey, signed],
    ]) {
      const talkative = { error_code: 'X.1', error_msg: `sent with ${secret}` };
      const { cloud } = scripted([WORKING, taskIs('failed', talkative)], options);
      const operation = cloud.watch(TASK, EVERY_SECOND);
      const errors = [
        await untilRejected(operation.result({ maxWaitMs: 500 })),
        await untilRejected(operation.result()),
        await untilRejected(
          scripted([refusing(403, 'X.1', secret)], options)
            .cloud.watch(TASK)
            .result(),
        ),
      ];
      assert.deepEqual(
        errors.map(({ name }) => name),
        ['WaitTimeoutError', 'OperationFailedError', 'PermissionError'],
      );
      assert.equal(errors[1].message, 'apig.task ended as failed: X.1: sent with ***');
      const within = errors.flatMap(({ view, handle, history }) => [view, handle, history]);
      for (const value of [operation, operation.view, ...errors, ...within]) {
        const texts = [inspect(value, { depth: 10, showHidden: true }), `${JSON.stringify(value)}`];
        for (const text of texts) assert.equal(text.includes(secret), false, text);
      }
    }
  });
});
