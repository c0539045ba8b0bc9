// Waiting by a clock that the caller gave, as the documents show it, and those that the simulator has.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';

import { ConfigError, createClient, WaitTimeoutError } from 'huaweicloud-tasks';
import { createClock, createSimulator, createVirtualClock } from 'huaweicloud-tasks/simulator';

const OPTIONS = { region: 'cn-north-4', projectId: 'p', token: 'simulator-token' };
const START = 1_700_000_000_000;
const gateway = (instanceId) => ({ kind: 'apig.gateway', instanceId });

function begin(options) {
  const clock = createVirtualClock({ startAt: START });
  const fetch = clock.track(createSimulator({ clock: clock.now }));
  return { clock, cloud: createClient({ ...OPTIONS, fetch, clock, ...options }) };
}

/** The service of the simulator's limits: 429 with the limit in its text, and how it is asked. */
function limited(clock, most, windowMs) {
  const asked = [];
  let begun = -Infinity;
  let count = 0;
  const fetch = async () => {
    const now = clock.now();
    if (now - begun >= windowMs) [begun, count] = [now, 0];
    count += 1;
    asked.push({ at: now, isRefused: count > most });
    const error_msg = `policy user over ratelimit,limit:${most},time:1 minute`;
    if (count > most) return new Response(JSON.stringify({ error_code: 'APIG.0308', error_msg }), { status: 429 });
    return new Response('{ "status": "creating", "progress": 50 }');
  };
  return { asked, fetch: clock.track(fetch) };
}

describe('the example of the documents', () => {
  const page = readFileSync(join(process.env.PROJECT_ROOT, 'docs/testing.md'), 'utf8');
  const [example, mock] = [...page.matchAll(/^```js\n(.*?)^```/gms)].map(([, code]) => code);

  test('passes as it stands', async () => {
    const names = ['assert', 'test', 'createClient', 'WaitTimeoutError', 'createSimulator', 'createVirtualClock'];
    for (const name of names) assert.match(example, new RegExp(`^import .*\\b${name}\\b`, 'm'));
    const body = example.replace(/^import .*\n/gm, '');
    const tests = [];
    const collect = (title, run) => tests.push({ title, run });
    const values = [assert, collect, createClient, WaitTimeoutError, createSimulator, createVirtualClock];
    new Function(...names, body)(...values);
    assert.equal(tests.length, 2);
    for (const { run } of tests) await run();
  });

  test('takes a mock instead of the simulator', async () => {
    const clock = createVirtualClock();
    const cloud = new Function('clock', 'createClient', `${mock}\nreturn cloud;`)(clock, createClient);
    const states = [];
    for await (const { state } of cloud.watch(gateway('i'))) states.push(state);
    assert.deepEqual(states, ['running', 'succeeded']);
  });
});

describe('a virtual clock', () => {
  test('is what handles and views are dated by', async () => {
    const { cloud, clock } = begin();
    const operation = cloud.watch(gateway('gateway-1'));
    assert.equal(JSON.parse(JSON.stringify(operation)).begunAt, START);
    const view = await operation.result();
    assert.equal(view.state, 'succeeded');
    // What the simulator says of its own times, by the same clock.
    assert.ok(view.startedAt === START && view.endedAt <= clock.now(), JSON.stringify(view));
  });

  test('beats as often as was asked for', async () => {
    const { cloud, clock } = begin();
    let beats = 0;
    for await (const _ of cloud.watch(gateway('gateway-1')).changes({ heartbeatMs: 1_000 })) beats += 1;
    const seconds = (clock.now() - START) / 1_000;
    // A change takes the place of a beat now and then.
    assert.ok(beats > seconds * 0.9 && beats < seconds * 1.1 + 10, `${beats} beats in ${seconds} s`);
  });

  test('stands still while a request is under way, and until its body is there', async () => {
    const clock = createVirtualClock({ startAt: START });
    const parts = ['{ "status": ', '"success" }'];
    const body = () =>
      new ReadableStream({
        async pull(controller) {
          await new Promise((resolve) => setTimeout(resolve, 20));
          const part = parts.shift();
          if (part === undefined) controller.close();
          else controller.enqueue(new TextEncoder().encode(part));
        },
      });
    const fetch = clock.track(async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      return new Response(body());
    });
    const cloud = createClient({ ...OPTIONS, fetch, clock });
    const view = await cloud.watch(gateway('i')).result({ maxWaitMs: 5 });
    assert.deepEqual([view.state, clock.now()], ['succeeded', START]);
  });

  test('waits before a retry', async () => {
    const clock = createVirtualClock({ startAt: START });
    let isBusy = true;
    const fetch = clock.track(async () => {
      if (!isBusy) return new Response('{ "status": "creating" }');
      isBusy = false;
      return new Response('{}', { status: 503, headers: { 'Retry-After': '20' } });
    });
    const cloud = createClient({ ...OPTIONS, fetch, clock });
    assert.equal((await cloud.apig.gatewayProgress('i')).state, 'creating');
    assert.equal(clock.now() - START, 20_000);
  });

  test('lets go of a sleep that nobody waits for any more', async () => {
    const { cloud, clock } = begin();
    const end = new AbortController();
    const watching = cloud.watch(gateway('gateway-2')).result({ signal: end.signal, maxWaitMs: 600_000 });
    end.abort('mine');
    await assert.rejects(watching, (reason) => reason === 'mine');
    for (let turn = 0; turn < 3; turn += 1) await new Promise(setImmediate);
    assert.equal(clock.now(), START);
  });
});

describe('a clock of its own speed', () => {
  test('wakes by its time, whenever the speed is set', async () => {
    const clock = createClock({ speed: 0 });
    const woken = [];
    const sleep = (milliseconds) => clock.sleep(milliseconds).then(() => woken.push(milliseconds));
    const sleeps = [sleep(90_000), sleep(30_000), sleep(60_000)];
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.deepEqual(woken, []);
    clock.advance(60_000);
    await Promise.all(sleeps.slice(1));
    assert.deepEqual(woken, [30_000, 60_000]);
    clock.speed = 3_000_000;
    await sleeps[0];
    assert.deepEqual(woken, [30_000, 60_000, 90_000]);
  });

  test("is a client's, and the simulator's", async () => {
    const clock = createClock({ speed: 20_000 });
    const cloud = createClient({ ...OPTIONS, fetch: createSimulator({ clock: clock.now }), clock });
    const begun = performance.now();
    assert.equal((await cloud.watch(gateway('gateway-1')).result()).state, 'succeeded');
    assert.ok(performance.now() - begun < 10_000);
  });

  test('refuses a speed that is none', () => {
    for (const speed of [-1, NaN, Infinity]) assert.throws(() => createClock({ speed }), RangeError);
    assert.throws(() => createVirtualClock({ startAt: NaN }), RangeError);
  });
});

describe('a budget of a client', () => {
  const budget = { limit: 5, perMs: 60_000 };

  test('holds all of its calls, whatever they are', async () => {
    const clock = createVirtualClock({ startAt: START });
    const { asked, fetch } = limited(clock, 5, 60_000);
    const cloud = createClient({ ...OPTIONS, fetch, clock, budget });
    await Promise.all(Array.from({ length: 12 }, (_, index) => cloud.apig.gatewayProgress(`i-${index}`)));
    assert.deepEqual([asked.length, asked.filter(({ isRefused }) => isRefused).length], [12, 0]);
    assert.ok(asked[11].at - START >= 120_000, `${asked[11].at - START} ms`);
  });

  test('holds operations that are watched one by one', async () => {
    const clock = createVirtualClock({ startAt: START });
    const { asked, fetch } = limited(clock, 5, 60_000);
    const cloud = createClient({ ...OPTIONS, fetch, clock, budget, schedule: { intervalMs: 5_000 } });
    const waits = ['a', 'b', 'c'].map((id) => cloud.watch(gateway(id)).result({ maxWaitMs: 600_000 }));
    for (const wait of waits) await assert.rejects(wait, WaitTimeoutError);
    assert.equal(asked.filter(({ isRefused }) => isRefused).length, 0);
    assert.ok(asked.length >= 40 && asked.length <= 51, `${asked.length} requests in ten minutes`);
  });

  test('is learnt from a 429 by all of them', async () => {
    const clock = createVirtualClock({ startAt: START });
    const { asked, fetch } = limited(clock, 5, 60_000);
    const cloud = createClient({ ...OPTIONS, fetch, clock, schedule: { intervalMs: 5_000 } });
    const waits = ['a', 'b', 'c'].map((id) => cloud.watch(gateway(id)).result({ maxWaitMs: 600_000 }));
    for (const wait of waits) await assert.rejects(wait, WaitTimeoutError);
    // Those that are on their way when the first is refused, at most.
    const refused = asked.filter(({ isRefused }) => isRefused).length;
    assert.ok(refused >= 1 && refused <= 3, `${refused} refused`);
  });
});

test('what is no clock and no budget is told by its name', () => {
  const clock = createVirtualClock();
  for (const [options, message] of [
    [{ clock: Date }, 'clock: expected an object, found a value of type function'],
    [{ clock: {} }, 'clock.now: expected a function, found nothing'],
    [{ clock: { ...clock, sleep: 5 } }, 'clock.sleep: expected a function, found a value of type number'],
    [{ budget: { limit: 0, perMs: 5 } }, 'budget.limit: expected a whole number above 0'],
    [{ budget: { limit: 5 } }, 'budget.perMs: expected a number of milliseconds above 0, at most 2147483647'],
  ]) {
    const isTold = (error) => error instanceof ConfigError && error.message === message;
    assert.throws(() => createClient({ ...OPTIONS, ...options }), isTold, message);
  }
});
