/** Going on with an operation from its handle: in the same process, and in another one after the first was killed. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { describe, test } from 'node:test';
import { createInterface } from 'node:readline';

import { createClient, isTasksError } from 'huaweicloud-tasks';

import { rejection, serve, thrown } from './support.js';

const START = 1_700_000_000_000;
const TOKEN = 'a-token-that-is-secret';
const GATEWAY = { kind: 'apig.gateway', instanceId: 'gateway-1' };
const KINDS = [
  ['apig.gateway', { instanceId: 'i' }],
  ['apig.task', { instanceId: 'i', taskId: 't' }],
  ['roma.instance', { instanceId: 'i' }],
  ['sfs-turbo.job', { jobId: 'j' }],
  ['kps.task', { taskId: 't' }],
];

const progressIs = (progress, status = 'creating', more) =>
  JSON.stringify({ progress, status, start_time: START - 20_000, ...more });
const BROKEN = null;

/** A client of a service that gives these bodies one after the other, the last one for ever. */
function scripted(bodies) {
  const times = [];
  const fetch = async () => {
    times.push(Date.now());
    const body = bodies[Math.min(times.length, bodies.length) - 1];
    return body === BROKEN ? new Response('', { status: 503 }) : new Response(body);
  };
  return { times, cloud: createClient({ endpoint: 'https://h.example', projectId: 'p', token: TOKEN, fetch }) };
}

/** Moves a clock that stands still until a promise is settled. */
async function until(t, promise) {
  let isOver = false;
  const end = () => (isOver = true);
  promise.then(end, end);
  for (let left = 20_000; !isOver; left -= 1) {
    assert.ok(left > 0, 'it does not end');
    await new Promise(setImmediate);
    t.mock.timers.tick(100);
  }
  return promise;
}

/** A handle in which every field says something: two percentages were seen, and the last poll failed. */
async function eventfulHandle(t) {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: START });
  const { cloud, times } = scripted([progressIs(30), progressIs(50), BROKEN]);
  const operation = cloud.watch(GATEWAY);
  const controller = new AbortController();
  const left = rejection(operation.result({ signal: controller.signal }));
  while (times.length < 3) {
    await new Promise(setImmediate);
    t.mock.timers.tick(100);
  }
  await new Promise(setImmediate);
  controller.abort();
  await left;
  return { handle: JSON.parse(JSON.stringify(operation)), times };
}

describe('a handle', () => {
  test('holds what is known, as plain JSON, and no token', async (t) => {
    const { handle, times } = await eventfulHandle(t);
    const { begunAt, askedAt, nextAt, milestones, check, owner, ...rest } = handle;
    assert.deepEqual(rest, {
      ...{ version: 1, kind: 'apig.gateway', ids: { instanceId: 'gateway-1' }, fresh: false },
      ...{ startedAt: START - 20_000, asked: 3, failures: 1, ended: false },
    });
    // The client's address is a hash: a handle holds no host.
    assert.deepEqual(owner, { endpoint: 'c245c62bc55f793a', projectId: 'p' });
    assert.deepEqual([begunAt, askedAt], [START, times[2]]);
    assert.ok(nextAt >= askedAt + 1_000, `${nextAt - askedAt} ms`);
    assert.deepEqual(
      milestones.map((text) => Number.parseInt(text, 10)),
      [30, 50],
    );
    assert.match(check, /^[0-9a-f]{16}$/);
    assert.equal(JSON.stringify(handle).includes(TOKEN), false);
  });

  test('is what an operation goes on from, as text or parsed, and nothing of it is lost', async (t) => {
    const { handle } = await eventfulHandle(t);
    for (const given of [handle, JSON.stringify(handle), structuredClone(handle)]) {
      const { cloud, times } = scripted([progressIs(80), progressIs(100, 'success')]);
      const operation = cloud.resume(given);
      assert.deepEqual([operation.kind, operation.view, operation.isOver], ['apig.gateway', null, false]);
      assert.deepEqual(operation.toJSON(), handle);
      const views = operation.changes();
      assert.equal((await until(t, views.next())).value.percent, 80);
      assert.ok(times[0] >= handle.nextAt, `${times[0] - handle.nextAt} ms`);
      const { asked, failures, begunAt, milestones } = operation.toJSON();
      assert.deepEqual([asked, failures, begunAt], [4, 0, START]);
      assert.deepEqual(milestones.slice(0, 2), handle.milestones);
      assert.equal((await until(t, operation.result())).state, 'succeeded');
      assert.equal(operation.toJSON().ended, true);
      await views.return();
      t.mock.timers.reset();
      t.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: handle.askedAt });
    }
  });

  test('of what was over is asked about once more, to show it', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: START });
    const first = scripted([progressIs(100, 'success')]);
    const operation = first.cloud.watch(GATEWAY);
    await until(t, operation.result());
    const { cloud, times } = scripted([progressIs(100, 'success')]);
    const again = cloud.resume(JSON.stringify(operation));
    assert.equal((await until(t, again.result())).percent, 100);
    assert.deepEqual([times.length, again.toJSON().asked], [1, 2]);
  });

  for (const [kind, ids] of KINDS) {
    test(`that says only what is watched is enough: ${kind}`, () => {
      const { cloud, times } = scripted([]);
      for (const handle of [{ version: 1, kind, ids }, JSON.stringify({ version: 1, kind, ids })]) {
        const operation = cloud.resume(handle);
        assert.deepEqual([operation.kind, operation.view], [kind, null]);
        assert.deepEqual(operation.toJSON().ids, ids);
        assert.equal(operation.toJSON().asked, 0);
      }
      for (const missing of Object.keys(ids)) {
        const error = thrown(() => cloud.resume({ version: 1, kind, ids: { ...ids, [missing]: undefined } }));
        assert.deepEqual([error.name, error.field], ['ConfigError', missing]);
      }
      assert.equal(times.length, 0);
    });
  }
});

/** Every way to change one character of a value. */
function* changesOf(value) {
  if (typeof value === 'string') {
    for (let at = 0; at < value.length; at += 1) {
      yield value.slice(0, at) + (value[at] === '7' ? '8' : '7') + value.slice(at + 1);
    }
  } else if (typeof value === 'number') {
    const digits = String(value);
    for (let at = 0; at < digits.length; at += 1) {
      yield Number(`${digits.slice(0, at)}${(Number(digits[at]) + 1) % 10}${digits.slice(at + 1)}`);
    }
  } else if (typeof value === 'boolean') {
    yield !value;
  } else {
    for (const key of Object.keys(value)) {
      for (const changed of changesOf(value[key])) {
        yield Array.isArray(value) ? value.with(key, changed) : { ...value, [key]: changed };
      }
    }
  }
}

describe('what is no handle is refused', () => {
  test('when one character of any field was changed', async (t) => {
    const { handle } = await eventfulHandle(t);
    const { cloud } = scripted([]);
    assert.ok(cloud.resume(handle), 'as it is, it is a good one');
    for (const [field, value] of Object.entries(handle)) {
      const changes = [...changesOf(value), ...(Array.isArray(value) ? [value.slice(1), value.toReversed()] : [])];
      assert.ok(changes.length > 0, field);
      for (const changed of changes) {
        const error = thrown(() => cloud.resume(JSON.stringify({ ...handle, [field]: changed })));
        assert.equal(error.name, 'ConfigError', `${field}: ${JSON.stringify(changed)}`);
        assert.ok(isTasksError(error));
      }
    }
  });

  test('when one field was left out', async (t) => {
    const { handle } = await eventfulHandle(t);
    for (const field of Object.keys(handle).filter((name) => name !== 'check' && handle[name] !== false)) {
      const { [field]: _, ...rest } = handle;
      assert.equal(thrown(() => scripted([]).cloud.resume(rest)).name, 'ConfigError', field);
    }
  });

  test('by the name of its version when that is a later one', async (t) => {
    const { handle } = await eventfulHandle(t);
    for (const given of [
      { ...handle, version: 2 },
      { version: 99, kind: 'apig.gateway', ids: { instanceId: 'i' } },
    ]) {
      const error = thrown(() => scripted([]).cloud.resume(JSON.stringify(given)));
      assert.deepEqual([error.name, error.field], ['ConfigError', 'version']);
      assert.match(error.message, /later version/);
    }
  });

  for (const given of [
    ...[undefined, null, 5, '', 'gateway-1', '{"version":1', '[]', 'null', '"text"', {}, [], { version: 1 }],
    { version: 1, kind: 'apig.gateway' },
    { version: 1, kind: 'apig.gateway', ids: null },
    { version: 1, kind: 'constructor', ids: {} },
    { kind: 'apig.gateway', ids: { instanceId: 'i' } },
    { version: 0, kind: 'apig.gateway', ids: { instanceId: 'i' } },
    { version: 1, kind: 'apig.gateway', ids: { instanceId: 'i', extra: 'e' } },
  ]) {
    test(`when it is ${JSON.stringify(given)}`, () => {
      assert.equal(thrown(() => scripted([]).cloud.resume(given)).name, 'ConfigError');
    });
  }
});

describe('a process that is killed', { concurrency: true }, () => {
  const steps = [0, 30, 50, 80, 90].map((percent) => progressIs(percent));
  const failure = { error_code: 'APIC.9218', error_msg: 'create failed...' };
  const ENDS = [
    [
      'succeeds',
      progressIs(100, 'success', { end_time: START }),
      {
        ...{ state: 'succeeded', status: 'success', percent: 100, error: null },
        ...{ startedAt: START - 20_000, endedAt: START, thrown: null },
      },
      [1, 2, 3, 4, 5, 6],
    ],
    [
      'fails',
      progressIs(90, 'failed', { end_time: START, ...failure }),
      {
        ...{
          state: 'failed',
          status: 'failed',
          percent: 90,
          error: { code: 'APIC.9218', message: 'create failed...' },
        },
        ...{ startedAt: START - 20_000, endedAt: START, thrown: 'OperationFailedError' },
      },
      [3, 6],
    ],
  ];

  // It is given the address, and what to go on from; it prints its handle at each view, and how it ended.
  const program = `
    import { createClient } from 'huaweicloud-tasks';
    const [endpoint, given] = process.argv.slice(1);
    const cloud = createClient({ endpoint, projectId: 'p', token: '${TOKEN}' });
    const schedule = { intervalMs: 100 };
    const operation = given ? cloud.resume(given, { schedule }) : cloud.watch(${JSON.stringify(GATEWAY)}, { schedule });
    const print = (line) => process.stdout.write(JSON.stringify(line) + '\\n');
    for await (const view of operation) print({ handle: operation });
    const { state, status, percent, error, startedAt, endedAt } = operation.view;
    const thrown = await operation.result().then(() => null, ({ name }) => name);
    print({ handle: operation, ending: { state, status, percent, error, startedAt, endedAt, thrown } });
  `;

  /** Runs it from a handle and kills it at view number `killAt`; gives the last handle, and the ending if it came. */
  async function watchIn(url, handle, killAt) {
    const given = handle ? [url, handle] : [url];
    const child = spawn(process.execPath, ['--input-type=module', '--eval', program, ...given], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let seen = 0;
    let last = {};
    for await (const line of createInterface({ input: child.stdout })) {
      if (child.killed) continue;
      last = JSON.parse(line);
      seen += 1;
      if (seen === killAt) child.kill('SIGKILL');
    }
    return { handle: JSON.stringify(last.handle), ending: last.ending };
  }

  /** A gateway that is a step further each time it is asked about. */
  async function serveGateway(t, end) {
    const bodies = [...steps, end];
    const { url, requests } = await serve(t, (_request, response) => {
      response.end(bodies[Math.min(requests.length, bodies.length) - 1]);
    });
    return { url, requests };
  }

  for (const [about, end, expected, views] of ENDS) {
    for (const killAt of views) {
      test(`at view ${killAt} of an operation that ${about} is gone on from in another`, async (t) => {
        const { url, requests } = await serveGateway(t, end);
        const killed = await watchIn(url, undefined, killAt);
        assert.equal(killed.ending, undefined);
        const before = JSON.parse(killed.handle);
        assert.deepEqual([before.asked, before.ended], [killAt, killAt === 6]);
        const { handle, ending } = await watchIn(url, killed.handle);
        assert.deepEqual(ending, expected);
        const after = JSON.parse(handle);
        assert.equal(after.begunAt, before.begunAt);
        assert.deepEqual(after.milestones.slice(0, before.milestones.length), before.milestones);
        // One request may have been on its way when the process was killed.
        assert.ok([after.asked, after.asked + 1].includes(requests.length), `${after.asked} of ${requests.length}`);
      });
    }
  }

  test('again and again, at its first view each time, comes to the same end', async (t) => {
    const [[, end, expected]] = ENDS;
    const { url } = await serveGateway(t, end);
    let handle;
    let views = 0;
    do {
      ({ handle } = await watchIn(url, handle, 1));
      views += 1;
    } while (!JSON.parse(handle).ended);
    assert.ok(views >= 3 && views <= 6, `${views} views`);
    assert.deepEqual((await watchIn(url, handle)).ending, expected);
  });
});
