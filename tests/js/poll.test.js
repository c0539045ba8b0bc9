/** One question at a time, for queues and cron: what it gives, what the handle counts, whose handle it takes. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';

import { createClient, isTasksError, NotFoundError, ServerError } from 'huaweicloud-tasks';
import { createSimulator } from 'huaweicloud-tasks/simulator';

import { answering, rejection, serve, thrown } from './support.js';

const START = 1_700_000_000_000;
const GATEWAY = { kind: 'apig.gateway', instanceId: 'gateway-1' };

const gatewayAt = (progress, status = 'creating', more) =>
  answering(200, JSON.stringify({ progress, status, start_time: START - 20_000, ...more }));
const CREATING = gatewayAt(30);
const CREATED = gatewayAt(100, 'success', { end_time: START });
const FAILED = gatewayAt(50, 'failed', { end_time: START, error_code: 'APIC.9218', error_msg: 'create failed...' });
const refusing = (status, code, headers) =>
  answering(status, JSON.stringify({ error_code: code, error_msg: 'm' }), headers);
const UNAVAILABLE = refusing(503, 'X.1');

const clientAt = (url, options) => createClient({ endpoint: url, projectId: 'p', token: 'token-1', ...options });

/** Serves these answers one after the other, the last one for ever. Every question is of a client of its own. */
async function scripted(t, answers, options) {
  const { url, requests } = await serve(t, (request, response) => {
    answers[Math.min(requests.length, answers.length) - 1](request, response);
  });
  return { requests, url, poll: (given, how) => clientAt(url, options).poll(given, how) };
}

/** As if the handle had been in a queue. */
const queued = (handle) => JSON.stringify(handle);

const stopDate = (t, now = START) => t.mock.timers.enable({ apis: ['Date'], now });

describe('an answer', () => {
  test('has what was seen, what is known now, and when to ask again', async (t) => {
    stopDate(t);
    const { poll, requests } = await scripted(t, [CREATING]);
    const { handle, view, error, isOver, nextAt, ...rest } = await poll(GATEWAY);
    assert.deepEqual([error, isOver, rest], [null, false, {}]);
    assert.deepEqual([view.kind, view.instanceId], ['apig.gateway', 'gateway-1']);
    assert.deepEqual([view.state, view.percent, view.detail.state], ['running', 30, 'creating']);
    assert.deepEqual([handle.kind, handle.ids, handle.asked], ['apig.gateway', { instanceId: 'gateway-1' }, 1]);
    assert.deepEqual([handle.askedAt, handle.nextAt], [START, nextAt]);
    // A gateway takes minutes: to ask again within a second, or in an hour, would be wrong.
    assert.ok(nextAt >= START + 1_000 && nextAt <= START + 600_000, `${nextAt - START} ms`);
    const [{ method, url, headers }] = requests;
    assert.deepEqual([requests.length, method, url], [1, 'GET', '/v2/p/apigw/instances/gateway-1/progress']);
    assert.equal(headers['x-auth-token'], 'token-1');
    assert.equal(queued(handle).includes('token-1'), false);
  });

  test('comes at once, also before it is time, and for a handle as text, parsed or copied', async (t) => {
    const { poll, requests } = await scripted(t, [CREATING, gatewayAt(50), gatewayAt(80), gatewayAt(90)]);
    const begin = performance.now();
    const first = await poll(GATEWAY);
    const second = await poll(queued(first.handle));
    const third = await poll(JSON.parse(queued(second.handle)));
    const fourth = await poll(structuredClone(third.handle));
    assert.ok(performance.now() - begin < 5_000);
    assert.deepEqual(
      [first, second, third, fourth].map(({ view }) => view.percent),
      [30, 50, 80, 90],
    );
    assert.ok(first.nextAt > Date.now(), 'it was not time yet');
    assert.deepEqual([fourth.handle.asked, fourth.handle.milestones.length, requests.length], [4, 4, 4]);
  });

  test('follows the schedule of the client', async (t) => {
    stopDate(t);
    const { poll } = await scripted(t, [CREATING], { schedule: { intervalMs: 45_000 } });
    assert.equal((await poll(GATEWAY)).nextAt, START + 45_000);
    const own = [];
    const schedule = ({ asked, view }) => own.push([asked, view.percent]) && 7_000;
    const next = await scripted(t, [CREATING], { schedule });
    assert.equal((await next.poll(GATEWAY)).nextAt, START + 7_000);
    assert.deepEqual(own, [[1, 30]]);
  });

  test('of an operation that has ended is the last one, and may be asked for once more', async (t) => {
    for (const [end, state, failure] of [
      [CREATED, 'succeeded', null],
      [FAILED, 'failed', { code: 'APIC.9218', message: 'create failed...' }],
    ]) {
      const { poll, requests } = await scripted(t, [end]);
      const over = await poll(GATEWAY);
      const again = await poll(queued(over.handle));
      for (const { view, error, isOver, nextAt } of [over, again]) {
        assert.deepEqual([view.state, view.error, view.endedAt], [state, failure, START]);
        assert.deepEqual([error, isOver, nextAt], [null, true, null]);
      }
      assert.deepEqual([again.handle.asked, again.handle.ended, requests.length], [2, true, 2]);
    }
  });

  test('is what an operation that is watched goes on from', async (t) => {
    const { poll, url } = await scripted(t, [CREATING, CREATED]);
    const { handle } = await poll(GATEWAY);
    const operation = clientAt(url, { schedule: { intervalMs: 100 } }).resume(queued(handle));
    assert.deepEqual(operation.toJSON(), handle);
    assert.equal((await operation.result()).state, 'succeeded');
    assert.equal((await poll(queued(operation))).isOver, true);
  });
});

describe('a question without an answer', () => {
  test('is not made again, whatever maxRetries says, and tells the error', async (t) => {
    stopDate(t);
    const { poll, requests } = await scripted(t, [UNAVAILABLE], { maxRetries: 9 });
    const { handle, view, error, isOver, nextAt } = await poll(GATEWAY, { maxRetries: 5 });
    assert.deepEqual([view, isOver, requests.length], [null, false, 1]);
    assert.ok(error instanceof ServerError && isTasksError(error));
    assert.deepEqual([error.status, error.code, 'handle' in error], [503, 'X.1', false]);
    assert.deepEqual([handle.asked, handle.failures, handle.nextAt], [1, 1, nextAt]);
  });

  test('is asked again later each time, until it is given up; the handle counts', async (t) => {
    stopDate(t);
    const { poll, requests } = await scripted(t, [UNAVAILABLE]);
    let given = GATEWAY;
    const waits = [];
    for (let failures = 1; failures <= 4; failures += 1) {
      const { handle, nextAt } = await poll(given);
      assert.equal(handle.failures, failures);
      waits.push(nextAt - START);
      given = queued(handle);
    }
    assert.deepEqual(waits, [1_000, 2_000, 4_000, 8_000]);
    const error = await rejection(poll(given));
    const { name, handle } = error;
    assert.deepEqual([name, handle.failures, handle.asked, requests.length], ['ServerError', 5, 5, 5]);
    assert.equal(Object.keys(error).includes('handle'), false);
  });

  test('is not asked again before the service allows it', async (t) => {
    stopDate(t);
    const busy = refusing(503, 'X.1', { 'Retry-After': '120' });
    const { poll } = await scripted(t, [busy], { schedule: { intervalMs: 100 } });
    assert.equal((await poll(GATEWAY)).nextAt, START + 120_000);
  });

  test('may be given up earlier, and is forgotten when the next one has an answer', async (t) => {
    const { poll } = await scripted(t, [UNAVAILABLE, UNAVAILABLE, CREATING]);
    const { handle } = await poll(GATEWAY, { maxConsecutiveErrors: 2 });
    const error = await rejection(poll(queued(handle), { maxConsecutiveErrors: 2 }));
    assert.deepEqual([error.name, error.handle.failures], ['ServerError', 2]);
    const recovered = await poll(queued(error.handle), { maxConsecutiveErrors: 2 });
    assert.deepEqual([recovered.view.percent, recovered.error], [30, null]);
    assert.deepEqual([recovered.handle.asked, recovered.handle.failures], [3, 0]);
  });

  test('is given up at once when nothing would change', async (t) => {
    for (const [status, code, name] of [
      [401, 'APIG.0301', 'AuthError'],
      [403, 'APIG.0302', 'PermissionError'],
      [404, 'APIC.7302', 'NotFoundError'],
    ]) {
      const { poll, requests } = await scripted(t, [refusing(status, code)]);
      const error = await rejection(poll(GATEWAY));
      assert.deepEqual([error.name, error.code, error.handle.ids], [name, code, { instanceId: 'gateway-1' }]);
      assert.deepEqual([error.handle.asked, error.handle.failures, requests.length], [1, 1, 1]);
    }
  });

  test('about what was started a moment ago may be too early', async (t) => {
    const started = answering(202, '{ "task_id": "task-1" }');
    const { poll, url, requests } = await scripted(t, [started, refusing(404, 'APIG.3093')]);
    const operation = await clientAt(url).apig.importApis('gateway-1', '{}');
    const { handle, view, error } = await poll(queued(operation));
    assert.equal(view, null);
    assert.ok(error instanceof NotFoundError);
    assert.deepEqual([handle.ids, handle.fresh], [{ instanceId: 'gateway-1', taskId: 'task-1' }, true]);
    assert.equal(requests[1].url, '/v2/p/apigw/instances/gateway-1/async-tasks/task-1');
  });

  test('is one when the answer is none, does not come in time, is too large, or the connection breaks', async (t) => {
    const silent = () => {};
    const broken = (request) => request.socket.destroy();
    for (const [answer, how, name] of [
      [answering(200, '[]'), {}, 'DecodeError'],
      [silent, { timeoutMs: 50 }, 'TimeoutError'],
      [CREATING, { maxBodyBytes: 10 }, 'DecodeError'],
      [broken, {}, 'ConnectionError'],
    ]) {
      const { poll } = await scripted(t, [answer]);
      const { view, error, isOver, handle } = await poll(GATEWAY, how);
      assert.deepEqual([view, error.name, isOver, handle.failures], [null, name, false, 1]);
    }
  });

  test('that the caller aborts rejects with the reason of the caller', async (t) => {
    const { poll } = await scripted(t, [() => {}]);
    const controller = new AbortController();
    const reason = new Error('the function has no time left');
    const asked = rejection(poll(GATEWAY, { signal: controller.signal }));
    await wait(20);
    controller.abort(reason);
    assert.equal(await asked, reason);
    assert.equal('handle' in reason, false);
  });
});

describe('a handle has an owner', () => {
  const byRegion = { region: 'cn-north-4', projectId: 'p' };
  const byEndpoint = { endpoint: 'https://h.example', projectId: 'p' };
  const watched = (options) =>
    createClient({ ...options, token: 't' })
      .watch(GATEWAY)
      .toJSON();

  test('which is the region, or a hash of the address, and the project', () => {
    assert.deepEqual(watched(byRegion).owner, { region: 'cn-north-4', projectId: 'p' });
    const { endpoint, ...rest } = watched(byEndpoint).owner;
    assert.deepEqual(rest, { projectId: 'p' });
    assert.match(endpoint, /^[0-9a-f]{16}$/);
    assert.notEqual(watched({ ...byEndpoint, endpoint: 'https://h.example/a' }).owner.endpoint, endpoint);
    assert.equal(JSON.stringify(watched(byEndpoint)).includes('example'), false);
  });

  for (const [about, mine, other, what] of [
    ['another project', byRegion, { ...byRegion, projectId: 'q' }, /another project/],
    ['another region', byRegion, { ...byRegion, region: 'cn-south-1' }, /another region/],
    ['another endpoint', byEndpoint, { ...byEndpoint, endpoint: 'https://evil.example' }, /another endpoint/],
    ['a region instead of an endpoint', byEndpoint, byRegion, /another region/],
  ]) {
    test(`and a client of ${about} refuses it before any request`, async () => {
      let requests = 0;
      const fetch = async () => {
        requests += 1;
        return new Response('{}');
      };
      const handle = watched(mine);
      const stranger = createClient({ ...other, token: 't', fetch });
      for (const given of [handle, queued(handle)]) {
        const error = await rejection(stranger.poll(given));
        assert.deepEqual([error.name, error.field, error.handle], ['ConfigError', 'owner', given]);
        assert.match(error.message, what);
        const refused = thrown(() => stranger.resume(given));
        assert.deepEqual([refused.name, refused.field], ['ConfigError', 'owner']);
      }
      assert.equal(requests, 0);
    });
  }

  test('and a client with another token, as of the next process, takes it', async (t) => {
    const { url, requests } = await scripted(t, [CREATING]);
    const { handle } = await clientAt(url).poll(GATEWAY);
    assert.equal((await clientAt(url, { token: () => 'token-2', timeoutMs: 5_000 }).poll(handle)).view.percent, 30);
    assert.deepEqual(
      requests.map(({ headers }) => headers['x-auth-token']),
      ['token-1', 'token-2'],
    );
  });

  test('and one that names none gets that of the client', async (t) => {
    const { url } = await scripted(t, [CREATING]);
    const { handle } = await clientAt(url).poll({ version: 1, kind: 'apig.gateway', ids: { instanceId: 'gateway-1' } });
    assert.equal(handle.owner.projectId, 'p');
  });
});

describe('what can be no question is refused, with what was given as the handle', () => {
  const good = { version: 1, kind: 'kps.task', ids: { taskId: 't' } };
  for (const [about, given, how, field] of [
    ['nothing', undefined, {}, 'kind'],
    ['a text that is no JSON', 'gateway-1', {}, 'handle'],
    ['an unknown kind', { kind: 'ecs.server', serverId: 's' }, {}, 'kind'],
    ['a missing id', { kind: 'apig.task', instanceId: 'i' }, {}, 'taskId'],
    ['an id too many', { kind: 'kps.task', taskId: 't', jobId: 'j' }, {}, 'jobId'],
    ['a later version', { ...good, version: 2 }, {}, 'version'],
    ['an unknown option', good, { heartbeatMs: 5 }, 'heartbeatMs'],
    ['maxConsecutiveErrors of 0', good, { maxConsecutiveErrors: 0 }, 'maxConsecutiveErrors'],
    ['maxBodyBytes of 0', good, { maxBodyBytes: 0 }, 'maxBodyBytes'],
  ]) {
    test(about, async (t) => {
      const { poll, requests } = await scripted(t, [CREATING]);
      const error = await rejection(poll(given, how));
      assert.deepEqual([error.name, error.field, error.handle, requests.length], ['ConfigError', field, given, 0]);
    });
  }

  test('a handle that was changed', async (t) => {
    const { poll, requests } = await scripted(t, [CREATING]);
    const { handle } = await poll(GATEWAY);
    const changed = { ...handle, ids: { instanceId: 'gateway-2' } };
    const error = await rejection(poll(changed));
    assert.deepEqual([error.name, error.field, error.handle, requests.length], ['ConfigError', 'check', changed, 1]);
  });
});

test('a queue of handles, each asked about when it is time, sees every operation to its end', async (t) => {
  stopDate(t);
  const simulator = createSimulator({ clock: () => Date.now(), seed: 7 });
  const options = { region: 'cn-north-4', projectId: 'p', token: 'simulator-token', fetch: simulator };
  const cloud = createClient(options);
  const operations = [
    cloud.watch(GATEWAY),
    cloud.watch({ kind: 'sfs-turbo.job', jobId: 'job-1' }),
    await cloud.apig.exportApis('gateway-1', { envId: 'e', groupId: 'g' }),
  ];
  const queue = operations.map((operation) => ({ at: START, message: queued(operation) }));
  const ends = {};
  let questions = 0;
  while (queue.length > 0) {
    queue.sort((a, b) => a.at - b.at);
    const { at, message } = queue.shift();
    if (at > Date.now()) t.mock.timers.setTime(at);
    // Each time it is another process that asks.
    const { handle, view, error, isOver, nextAt } = await createClient(options).poll(message);
    questions += 1;
    assert.ok(questions < 200, 'it does not end');
    assert.equal(error, null);
    if (isOver) ends[handle.kind] = [view.state, handle.asked];
    else {
      assert.ok(nextAt > Date.now());
      queue.push({ at: nextAt, message: queued(handle) });
    }
  }
  assert.deepEqual(Object.keys(ends).sort(), ['apig.gateway', 'apig.task', 'sfs-turbo.job']);
  for (const [kind, [state, asked]] of Object.entries(ends)) {
    assert.equal(state, 'succeeded', kind);
    assert.ok(asked >= 2, `${kind}: ${asked}`);
  }
  assert.equal(
    questions,
    Object.values(ends).reduce((sum, [, asked]) => sum + asked, 0),
  );
});
