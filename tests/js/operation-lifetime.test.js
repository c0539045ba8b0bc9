/** How long a watch lives: the errors it outlives, the clock and the page, and that it leaves nothing behind. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

import { createClient } from 'huaweicloud-tasks';

import { settle, stopClock } from './stopped-clock.js';
import { rejection, thrown } from './support.js';

const run = promisify(execFile);

const START = 1_700_000_000_000;
const IN_40_SECONDS = new Date(START + 40_000).toUTCString();
const TASK = { kind: 'apig.task', instanceId: 'i', taskId: 't' };
const HURRIED = { schedule: { intervalMs: 100 } };
const BUDGET = 'The throttling threshold has been reached: policy user over ratelimit,limit:';

const standStill = (t, step) => stopClock(t, { now: START, step });

const answering = (body, init) => () => new Response(typeof body === 'string' ? body : JSON.stringify(body), init);
const refusing = (status, code, headers, message = 'm') =>
  answering({ error_code: code, error_msg: message }, { status, headers });
const reset = () => {
  throw new TypeError('fetch failed', { cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }) });
};
const WORKING = answering({ task_id: 't', task_status: 'processing', task_type: 'import_api', task_result: '' });
const DONE = answering({ task_id: 't', task_status: 'succeed', task_type: 'unknown_api', task_result: '' });
const STARTED = answering({ task_id: 't' }, { status: 202 });
const MISSING = refusing(404, 'APIG.3093');

/** A client of a service that gives these answers one after the other, the last one for ever. */
function scripted(answers, options) {
  const requests = [];
  const times = [];
  const fetch = async (url, init) => {
    requests.push({ url, ...init });
    times.push(Date.now());
    return answers[Math.min(requests.length, answers.length) - 1](url, init);
  };
  const cloud = createClient({ endpoint: 'https://h.example', projectId: 'p', token: 'a-token', fetch, ...options });
  return { cloud, requests, times };
}

describe('a poll that fails', () => {
  const PASSING = {
    'a reset connection': [reset, 'ConnectionError'],
    502: [refusing(502, 'X.1'), 'ServerError'],
    503: [answering('', { status: 503 }), 'ServerError'],
    '500 without a word': [answering('', { status: 500 }), 'ServerError'],
    429: [refusing(429, 'APIG.0308'), 'RateLimitError'],
    'HTML with 200': [answering('<html>Sign in</html>'), 'DecodeError'],
  };
  for (const [about, [failure, name]] of Object.entries(PASSING)) {
    test(`is outlived four times in a row, and the fifth is the end: ${about}`, async (t) => {
      const { until, untilRejected } = standStill(t);
      const four = Array(4).fill(failure);
      const passing = scripted([...four, WORKING, ...four, WORKING, ...four, DONE]);
      assert.equal((await until(passing.cloud.watch(TASK, HURRIED).result())).state, 'succeeded');
      assert.equal(passing.requests.length, 15);
      const lasting = scripted([...four, WORKING, ...four, failure, DONE]);
      const operation = lasting.cloud.watch(TASK, HURRIED);
      const seen = [];
      const error = await untilRejected(
        (async () => {
          for await (const { state } of operation) seen.push(state);
        })(),
      );
      assert.deepEqual([error.name, seen, lasting.requests.length], [name, ['running'], 10]);
      assert.equal(await rejection(operation.result()), error, 'the end is known to all who ask');
      assert.equal(operation.isOver, true);
    });
  }

  test('is outlived as often as the caller says', async (t) => {
    const { untilRejected } = standStill(t);
    const { cloud, requests } = scripted([refusing(503, 'X.1'), refusing(503, 'X.2'), DONE]);
    const operation = cloud.watch(TASK, { ...HURRIED, maxConsecutiveErrors: 2 });
    assert.deepEqual([(await untilRejected(operation.result())).code, requests.length], ['X.2', 2]);
    for (const wrong of [0, 1.5, '5', null]) {
      assert.equal(thrown(() => cloud.watch(TASK, { maxConsecutiveErrors: wrong })).field, 'maxConsecutiveErrors');
    }
  });

  test('five times ends with the last of the errors', async (t) => {
    const { untilRejected } = standStill(t);
    const { cloud } = scripted([reset, ...['2', '3', '4', '5', '6'].map((code) => refusing(503, `X.${code}`))]);
    assert.equal((await untilRejected(cloud.watch(TASK, HURRIED).result())).code, 'X.5');
  });

  for (const [about, answer, name] of [
    ['403', refusing(403, 'APIG.1005'), 'PermissionError'],
    ['404 of what was not started here', MISSING, 'NotFoundError'],
    ['400', refusing(400, 'APIG.2001'), 'ApiError'],
    ['a 401 that no new token helps against', refusing(401, 'APIG.0301'), 'AuthError'],
  ]) {
    test(`is the end at once: ${about}`, async (t) => {
      const { untilRejected } = standStill(t);
      const { cloud, requests } = scripted([WORKING, answer, DONE]);
      assert.equal((await untilRejected(cloud.watch(TASK, HURRIED).result())).name, name);
      assert.equal(requests.length, 2);
    });
  }

  test('for its token asks for another one once, and is the end when that is refused', async (t) => {
    const { until, untilRejected } = standStill(t);
    const expired = refusing(401, 'APIG.1002');
    const watch = (...answers) => {
      let given = 0;
      const { cloud, requests } = scripted(answers, { token: () => `token-${++given}` });
      return { result: cloud.watch(TASK, HURRIED).result(), requests };
    };
    const renewed = watch(WORKING, expired, DONE);
    assert.equal((await until(renewed.result)).state, 'succeeded');
    const refused = watch(WORKING, expired, expired, DONE);
    assert.equal((await untilRejected(refused.result)).name, 'AuthError');
    for (const { requests } of [renewed, refused]) {
      const tokens = requests.map(({ headers }) => headers['X-Auth-Token']);
      assert.deepEqual(tokens, ['token-1', 'token-2', 'token-3']);
    }
  });

  test('with 404 is outlived for a minute after a start, also when it is resumed', async (t) => {
    const { until, untilRejected } = standStill(t);
    const moment = scripted([STARTED, ...Array(6).fill(MISSING), WORKING, DONE]);
    const operation = await moment.cloud.apig.importApis('i', '{"swagger":"2.0"}');
    const again = moment.cloud.resume(JSON.stringify(operation), HURRIED);
    assert.equal((await until(again.result())).state, 'succeeded');
    assert.equal(moment.requests.length, 9);
    const { cloud } = scripted([STARTED, MISSING]);
    const begun = Date.now();
    const lost = (await cloud.apig.importApis('i', '{"swagger":"2.0"}')).result(HURRIED);
    assert.equal((await untilRejected(lost)).name, 'NotFoundError');
    const took = Date.now() - begun;
    assert.ok(took >= 60_000 && took <= 90_000, `${took} ms`);
  });
});

describe('what a service asks for is heeded, whatever the schedule says:', () => {
  const WAITS = [
    ['the seconds of Retry-After', refusing(503, 'X.1', { 'retry-after': '40' }), 40_000],
    ['the date of Retry-After', refusing(503, 'X.1', { 'retry-after': IN_40_SECONDS }), 40_000],
    ['the budget of a 429', refusing(429, 'APIG.0308', {}, `${BUDGET}2,time:1 minute`), 30_000],
    ['once a minute', refusing(400, 'APIG.3711'), 60_000],
  ];
  const waited = ([first, second]) => second - first;
  const SCHEDULES = { intervalMs: { intervalMs: 100 }, 'a function': () => 1, adaptive: 'adaptive' };
  for (const [about, answer, least] of WAITS) {
    for (const [name, schedule] of Object.entries(SCHEDULES)) {
      test(`${about}, with ${name}`, async (t) => {
        const { until } = standStill(t);
        const { cloud, times } = scripted([answer, DONE]);
        await until(cloud.watch(TASK, { schedule }).result());
        assert.ok(waited(times) >= least && waited(times) <= least + 1_000, `${waited(times)} ms`);
      });
    }

    test(`${about}, after a resume`, async (t) => {
      const { pass, until } = standStill(t);
      const { cloud, times } = scripted([answer, DONE]);
      const operation = cloud.watch(TASK, HURRIED);
      const left = rejection(operation.result({ maxWaitMs: 500 }));
      await pass(500);
      await left;
      await until(cloud.resume(JSON.stringify(operation), HURRIED).result());
      assert.ok(waited(times) >= least, `${waited(times)} ms`);
    });
  }

  test('also when an operation that is over is asked about once more', async (t) => {
    const { until } = standStill(t);
    const over = scripted([DONE]).cloud.watch(TASK);
    await until(over.result());
    const { cloud, times } = scripted([refusing(503, 'X.1', { 'retry-after': '40' }), reset, DONE]);
    assert.equal((await until(cloud.resume(JSON.stringify(over)).result())).state, 'succeeded');
    assert.ok(waited(times) >= 40_000, `${waited(times)} ms`);
    assert.ok(waited(times.slice(1)) >= 1_000, `${waited(times.slice(1))} ms`);
  });

  test('no schedule asks more than ten times in a second', async (t) => {
    for (const schedule of [{ intervalMs: 0.001 }, () => 0, () => -5, () => NaN, () => 'soon']) {
      const { pass } = standStill(t);
      const { cloud, requests } = scripted([WORKING]);
      const controller = new AbortController();
      const left = rejection(cloud.watch(TASK, { schedule }).result({ signal: controller.signal }));
      await pass(1_000);
      controller.abort();
      await left;
      assert.ok(requests.length >= 2 && requests.length <= 11, `${requests.length} requests`);
      t.mock.timers.reset();
    }
  });
});

describe('a page', () => {
  /** A page that can be hidden, and counts who listens to that. */
  function openPage(t) {
    const page = Object.assign(new EventTarget(), { visibilityState: 'visible', listeners: 0 });
    for (const [name, by] of [
      ['addEventListener', 1],
      ['removeEventListener', -1],
    ]) {
      page[name] = (...given) => {
        page.listeners += by;
        EventTarget.prototype[name].apply(page, given);
      };
    }
    globalThis.document = page;
    t.after(() => delete globalThis.document);
    const show = (visibilityState) => {
      page.visibilityState = visibilityState;
      page.dispatchEvent(new Event('visibilitychange'));
    };
    return { page, show };
  }

  test('that is seen again asks at once, and one that is hidden does not', async (t) => {
    const { pass, until } = standStill(t);
    const { page, show } = openPage(t);
    const { cloud, times } = scripted([WORKING, WORKING, DONE]);
    const result = cloud.watch(TASK, { schedule: { intervalMs: 60_000 } }).result();
    await pass(5_000);
    show('hidden');
    await pass(5_000);
    assert.equal(times.length, 1);
    show('visible');
    await pass(100);
    assert.equal(times.length, 2);
    await until(result);
    assert.deepEqual(
      times.map((time) => Math.round((time - START) / 1_000)),
      [0, 10, 70],
    );
    assert.equal(page.listeners, 0);
  });

  test('that is seen again does not ask before what a service asked for, however often', async (t) => {
    const { pass } = standStill(t);
    const { show } = openPage(t);
    const { cloud, times } = scripted([refusing(503, 'X.1', { 'retry-after': '30' }), DONE]);
    const result = cloud.watch(TASK, HURRIED).result();
    for (let second = 0; second < 29; second += 1) {
      show('hidden');
      show('visible');
      await pass(1_000);
    }
    assert.equal(times.length, 1);
    await pass(2_000);
    assert.equal((await result).state, 'succeeded');
  });

  test('that is hidden and seen again all the time does not ask all the time', async (t) => {
    const { pass } = standStill(t, 10);
    const { show } = openPage(t);
    const { cloud, times } = scripted([WORKING]);
    const controller = new AbortController();
    const left = rejection(cloud.watch(TASK).result({ signal: controller.signal }));
    for (let turn = 0; turn < 50; turn += 1) {
      show('visible');
      await pass(10);
    }
    controller.abort();
    await left;
    assert.ok(times.length >= 1 && times.length <= 6, `${times.length} requests in half a second`);
  });
});

for (const [about, jump] of [
  ['a laptop that slept', 3_600_000],
  ['a clock that was put back', -3_600_000],
]) {
  test(`${about} does not hold up a watch`, async (t) => {
    let now = START;
    t.mock.timers.enable({ apis: ['setTimeout'] });
    t.mock.method(Date, 'now', () => now);
    const pass = async (seconds) => {
      for (let left = seconds; left > 0; left -= 1) {
        await settle();
        now += 1_000;
        t.mock.timers.tick(1_000);
      }
      await settle();
    };
    const { cloud, requests } = scripted([WORKING, DONE]);
    const result = cloud.watch(TASK, { schedule: { intervalMs: 600_000 } }).result({ maxWaitMs: 86_400_000 });
    await pass(60);
    assert.equal(requests.length, 1);
    now += jump;
    await pass(jump > 0 ? 31 : 600);
    assert.equal(requests.length, 2);
    assert.equal((await result).state, 'succeeded');
  });
}

test('whoever stops watching leaves no timer, and nothing is sent any more', async () => {
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout');
  const { cloud, requests } = scripted([WORKING]);
  const operation = cloud.watch(TASK, HURRIED);
  const aborted = (ms) => ({ signal: AbortSignal.any([AbortSignal.timeout(ms)]) });
  for (const watch of [
    async () => {
      for await (const { state } of operation.changes({ heartbeatMs: 60_000 })) if (state === 'running') break;
    },
    () => rejection(operation.result(aborted(150))),
    () => rejection(operation.result({ maxWaitMs: 150 })),
    () =>
      rejection(
        (async () => {
          for await (const _ of operation.changes(aborted(150)));
        })(),
      ),
    async () => {
      for await (const _ of cloud.watchAll([operation])) break;
    },
  ]) {
    await watch();
    await settle();
    const sent = requests.length;
    assert.deepEqual([timers(), operation.isOver], [[], false]);
    await sleep(250);
    assert.equal(requests.length, sent);
  }
});

test('ten thousand operations, one after the other, leave nothing behind', async (t) => {
  const program = `
    import { getEventListeners } from 'node:events';
    import { mock } from 'node:test';
    import { createClient } from 'huaweicloud-tasks';
    mock.timers.enable({ apis: ['setTimeout', 'Date'], now: ${START} });
    const is = (task_status) => ({ task_id: 't', task_status, task_type: 'import_api', task_result: '' });
    let asked = 0;
    let rounds = 0;
    const fetch = async () => {
      asked += 1;
      rounds -= 1;
      const text = async () => JSON.stringify(is(rounds === 0 ? 'failed' : 'processing'));
      return { status: 200, headers: new Headers(), text };
    };
    const cloud = createClient({
      endpoint: 'https://h.example', projectId: 'p', token: 'a-token', fetch, schedule: { intervalMs: 100 },
    });
    const { signal } = new AbortController();
    const ways = [
      (operation) => operation.result({ signal, onProgress: () => {} }).catch(() => {}),
      async (operation) => { for await (const _ of operation.changes({ signal, heartbeatMs: 1_000 })); },
      async (operation) => { for await (const _ of operation) break; await operation.result().catch(() => {}); },
      (operation) => cloud.watchAll([operation], { signal, budget: { limit: 1_000_000, perMs: 1_000 } }).summary(),
    ];
    const heaps = [];
    for (let count = 1; count <= 10_000; count += 1) {
      let isOver = false;
      // The one that is left early and gone back to has to be asked about twice, and so has every fifth of the others.
      rounds = count % ways.length === 2 || count % 5 === 0 ? 2 : 1;
      const operation = cloud.watch({ kind: 'apig.task', instanceId: 'i', taskId: 't' + count });
      ways[count % ways.length](operation).then(() => (isOver = true));
      while (!isOver) {
        await new Promise(setImmediate);
        mock.timers.tick(100);
      }
      if (count === 2_000 || count === 10_000) {
        await new Promise(setImmediate);
        gc();
        heaps.push(process.memoryUsage().heapUsed);
      }
    }
    mock.timers.reset();
    const listeners = getEventListeners(signal, 'abort').length;
    const timers = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    console.log(JSON.stringify({ asked, grown: heaps[1] - heaps[0], listeners, timers }));
  `;
  const { stdout } = await run(process.execPath, ['--expose-gc', '--input-type=module', '--eval', program]);
  const { grown, ...left } = JSON.parse(stdout);
  t.diagnostic(`the heap has grown by ${grown} bytes over 8,000 operations`);
  assert.deepEqual(left, { asked: 14_000, listeners: 0, timers: 0 });
  assert.ok(grown < 2_000_000, `${grown} bytes`);
});
