/** Many operations at once, within one budget of requests. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { createClient } from 'huaweicloud-tasks';
import { createSimulator } from 'huaweicloud-tasks/simulator';

import { gateway, TOKEN as BY_TOKEN } from './simulated.js';
import { settle, stopClock } from './stopped-clock.js';
import { rejection, thrown } from './support.js';

const START = 1_700_000_000_000;
const MINUTE = 60_000;
const TOKEN = 'simulator-token';
const EVERY_SECOND = { schedule: { intervalMs: 1_000 } };
const REFUSAL = 'The throttling threshold has been reached: policy user over ratelimit,limit:';

const standStill = (t, step = 250) => stopClock(t, { now: START, step, most: 100_000 });

/** Lets so many requests through in any span of time, and answers the others as the documents say. */
function throttled(fetch, { limit, perMs }) {
  const accepted = [];
  const refused = [];
  const fetchWithin = async (...request) => {
    const now = Date.now();
    if (accepted.length >= limit && accepted.at(-limit) > now - perMs) {
      refused.push(now);
      const error_msg = `${REFUSAL}${limit},time:${perMs / MINUTE} minute`;
      return new Response(JSON.stringify({ error_code: 'APIG.0308', error_msg }), { status: 429 });
    }
    accepted.push(now);
    return fetch(...request);
  };
  return { fetch: fetchWithin, accepted, refused };
}

const clientOf = (fetch) => createClient({ endpoint: 'https://h.example', projectId: 'p', token: TOKEN, fetch });
const taskOf = (url) => /async-tasks\/([^/]+)$/.exec(url)[1];
const taskIs = (task_status) =>
  new Response(JSON.stringify({ task_id: 't', task_status, task_type: 'import_api', task_result: '' }));
const failing = (status, error_code) => new Response(JSON.stringify({ error_code, error_msg: 'm' }), { status });

/** A client of tasks that each end with the given number of the question; `asked` counts the questions to each. */
function tasksEndingAt(ends, answer = () => undefined) {
  const asked = {};
  const fetch = async (url) => {
    const task = taskOf(url);
    asked[task] = (asked[task] ?? 0) + 1;
    return answer(task, asked[task]) ?? taskIs(asked[task] >= (ends[task] ?? Infinity) ? 'failed' : 'processing');
  };
  const cloud = clientOf(fetch);
  const watch = (taskId) => cloud.watch({ kind: 'apig.task', instanceId: 'i', taskId });
  return { fetch, asked, cloud, watch };
}

/** The value that 95 % are not above. */
const p95 = (values) => values.toSorted((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1];

const names = (count) => Array.from({ length: count }, (_, index) => `task-${index}`);

describe('a budget', () => {
  test('of 200 in 5 minutes is enough for a thousand gateways: none is refused, none is lost', async (t) => {
    const { until } = standStill(t, 301);
    const budget = { limit: 200, perMs: 5 * MINUTE };
    const simulator = createSimulator({ clock: () => Date.now() });
    const ids = names(1_000).map((name) => `gateway-${name}`);
    // They all begin now, and not when they are first asked about within the budget.
    for (const id of ids) await simulator(gateway(id), BY_TOKEN);
    const { fetch, accepted, refused } = throttled(simulator, budget);
    const cloud = clientOf(fetch);
    const operations = ids.map((instanceId) => cloud.watch({ kind: 'apig.gateway', instanceId }));
    const noticed = new Map();
    await until(
      (async () => {
        for await (const { operation, now } of cloud.watchAll(operations, { budget })) {
          if (operation.isOver) noticed.set(operation, Date.now() - now.endedAt);
        }
      })(),
    );
    assert.equal(refused.length, 0);
    assert.equal(noticed.size, 1_000);
    assert.deepEqual([...new Set(operations.map(({ view }) => view.state))], ['succeeded']);

    // Whoever knew when each of them ends would ask each once, then or as soon as the budget has room.
    const ends = operations.map(({ view }) => view.endedAt).sort((a, b) => a - b);
    const best = [];
    for (const [index, end] of ends.entries()) {
      const hasRoomAt = (best[index - budget.limit] ?? -Infinity) + budget.perMs;
      best.push(Math.max(end, hasRoomAt));
    }
    const [delay, bound] = [p95([...noticed.values()]), p95(best.map((time, index) => time - ends[index]))];
    t.diagnostic(`p95 of the delay: ${delay / 1_000} s, at best ${bound / 1_000} s; ${accepted.length} requests`);
    assert.ok(bound <= delay && delay <= 4 * bound, `${delay} ms, at best ${bound} ms`);
  });

  test('is learnt from the text of a 429: the first ones alone are refused', async (t) => {
    const { until } = standStill(t);
    const { fetch } = tasksEndingAt(Object.fromEntries(names(60).map((name) => [name, 2])));
    const { fetch: within, accepted, refused } = throttled(fetch, { limit: 20, perMs: MINUTE });
    const cloud = clientOf(within);
    const operations = names(60).map((taskId) => cloud.watch({ kind: 'apig.task', instanceId: 'i', taskId }));
    const ends = await until(cloud.watchAll(operations, EVERY_SECOND).summary());
    assert.deepEqual(
      ends.map(({ view, error }) => [view?.state, error]),
      Array(60).fill(['failed', null]),
    );
    assert.deepEqual(accepted.slice(0, 20), Array(20).fill(START), 'they went at once, as no budget was known');
    assert.ok(refused.length > 0);
    const later = refused.filter((time) => time > START);
    assert.deepEqual(later, [], 'whoever counts what was sent knows when there is room again');
  });

  test('of a service that counts in windows and says when to come back is learnt as well', async (t) => {
    const { until } = standStill(t, 1_000);
    const simulator = createSimulator({ clock: () => Date.now(), throttle: { limit: 20, windowMs: MINUTE } });
    const refused = [];
    const cloud = clientOf(async (...request) => {
      const response = await simulator(...request);
      if (response.status === 429) refused.push(Date.now());
      return response;
    });
    const operations = names(60).map((name) => cloud.watch({ kind: 'apig.gateway', instanceId: `gateway-${name}` }));
    const ends = await until(cloud.watchAll(operations).summary());
    assert.deepEqual(
      ends.map(({ view, error }) => [view?.state, error]),
      Array(60).fill(['succeeded', null]),
    );
    assert.ok(refused.length > 0);
    assert.deepEqual(
      refused.filter((time) => time > START),
      [],
    );
  });

  test('is never exceeded in any span of time, and is used', async (t) => {
    const { pass } = standStill(t, 100);
    const budget = { limit: 10, perMs: MINUTE };
    const { fetch, asked } = tasksEndingAt({});
    const { fetch: within, accepted, refused } = throttled(fetch, budget);
    const cloud = clientOf(within);
    const operations = names(30).map((taskId) => cloud.watch({ kind: 'apig.task', instanceId: 'i', taskId }));
    const controller = new AbortController();
    const { signal } = controller;
    const end = rejection(cloud.watchAll(operations, { budget, ...EVERY_SECOND, signal }).summary());
    await pass(20 * MINUTE);
    assert.equal(refused.length, 0);
    assert.ok(accepted.length >= 190 && accepted.length <= 210, `${accepted.length} requests in 20 minutes`);
    const counts = names(30).map((name) => asked[name]);
    const [least, most] = [Math.min(...counts), Math.max(...counts)];
    assert.ok(least >= 6 && most - least <= 1, `each has its turn: ${least} to ${most}`);
    controller.abort('enough');
    assert.equal(await end, 'enough');
  });
});

describe('operations that are watched together', () => {
  test('are each told of when they change, and summed up in the order given', async (t) => {
    const { until } = standStill(t);
    const { cloud, watch } = tasksEndingAt({ a: 3, b: 1, c: 2 });
    const operations = new Set(['a', 'b', 'c'].map(watch));
    const [a, b, c] = operations;
    const seen = [];
    await until(
      (async () => {
        for await (const { operation, now, error } of cloud.watchAll(operations, EVERY_SECOND)) {
          assert.equal(error, null);
          seen.push([operation, now.state]);
        }
      })(),
    );
    assert.deepEqual(
      seen.map(([operation, state]) => ['abc'[[a, b, c].indexOf(operation)], state]),
      [
        ...[
          ['a', 'running'],
          ['b', 'failed'],
          ['c', 'running'],
        ],
        ...[
          ['c', 'failed'],
          ['a', 'failed'],
        ],
      ],
    );
    const summary = await until(cloud.watchAll([c, a, b]).summary());
    assert.deepEqual(
      summary,
      [c, a, b].map((operation) => ({ operation, view: operation.view, error: null })),
    );
  });

  test('and are the same resource are asked about once', async (t) => {
    const { until } = standStill(t);
    const { cloud, watch, asked } = tasksEndingAt({ a: 3, b: 2 });
    const operations = ['a', 'b', 'a', 'a'].map(watch);
    const summary = await until(cloud.watchAll(operations, EVERY_SECOND).summary());
    assert.deepEqual(asked, { a: 3, b: 2 });
    assert.deepEqual(
      summary.map(({ operation }) => operations.indexOf(operation)),
      [0, 1, 2, 3],
    );
    const [a, b] = ['a', 'b'].map((id) => [id, 'failed']);
    assert.deepEqual(
      summary.map(({ view }) => [view.taskId, view.state]),
      [a, b, a, a],
    );
  });

  test('do not disturb each other when the poll of one fails', async (t) => {
    const { until } = standStill(t);
    const answer = (task, count) => {
      if (task === 'gone') return failing(404, 'APIG.3093');
      if (task === 'broken') throw new TypeError('fetch failed');
      return task === 'shaky' && count < 5 ? failing(503, 'X.1') : undefined;
    };
    const { cloud, watch } = tasksEndingAt({ a: 4, shaky: 5, b: 2 }, answer);
    const operations = ['gone', 'a', 'broken', 'shaky', 'b'].map(watch);
    const told = [];
    await until(
      (async () => {
        for await (const { operation, now, error } of cloud.watchAll(operations, EVERY_SECOND)) {
          if (error !== null) told.push([operations.indexOf(operation), now, error.name]);
        }
      })(),
    );
    assert.deepEqual(told, [
      [0, null, 'NotFoundError'],
      [2, null, 'ConnectionError'],
    ]);
    const summary = await cloud.watchAll(operations).summary();
    assert.deepEqual(
      summary.map(({ view, error }) => view?.state ?? error.name),
      [...['NotFoundError', 'failed', 'ConnectionError', 'failed', 'failed']],
    );
  });

  test('may be none, and must be operations', async () => {
    const { cloud, watch } = tasksEndingAt({});
    assert.deepEqual(await cloud.watchAll([]).summary(), []);
    for (const given of [[{}], [null], [watch('a').toJSON()], ['a']]) {
      const error = thrown(() => cloud.watchAll(given));
      assert.deepEqual([error.name, error.field], ['ConfigError', 'operations']);
    }
    for (const budget of [{ limit: 0, perMs: 1 }, { limit: 1.5, perMs: 1 }, { limit: 1 }, { limit: 1, perMs: -1 }, 5]) {
      assert.equal(thrown(() => cloud.watchAll([], { budget })).name, 'ConfigError', JSON.stringify(budget));
    }
  });

  test('for long are a burden to nobody: no warning of listeners that are left', async (t) => {
    const { until } = standStill(t, 500);
    const warnings = [];
    const onWarning = ({ name }) => warnings.push(name);
    process.on('warning', onWarning);
    t.after(() => process.off('warning', onWarning));
    const { cloud, watch } = tasksEndingAt({ a: 100 });
    await until(cloud.watchAll([watch('a')], { ...EVERY_SECOND, budget: { limit: 1_000, perMs: 1_000 } }).summary());
    await settle();
    assert.deepEqual(
      warnings.filter((name) => name === 'MaxListenersExceededWarning'),
      [],
    );
  });
});

describe('leaving', () => {
  const TIGHT = { ...EVERY_SECOND, budget: { limit: 1, perMs: 10 * MINUTE } };

  for (const [about, options] of [
    ['a sleep', EVERY_SECOND],
    ['a wait for the budget', TIGHT],
  ]) {
    test(`by an abort in the middle of ${about} stops everything, with the caller's own reason`, async (t) => {
      const { pass, until } = standStill(t);
      const unhandled = [];
      const onUnhandled = (error) => unhandled.push(error);
      process.on('unhandledRejection', onUnhandled);
      t.after(() => process.off('unhandledRejection', onUnhandled));
      const { cloud, watch, asked } = tasksEndingAt({ a: 5, b: 5 });
      const operations = ['a', 'b'].map(watch);
      const controller = new AbortController();
      const end = rejection(cloud.watchAll(operations, { ...options, signal: controller.signal }).summary());
      await pass(500);
      const reason = new Error('enough');
      controller.abort(reason);
      assert.equal(await end, reason);
      const before = { ...asked };
      await pass(20 * MINUTE);
      assert.deepEqual(asked, before);
      assert.deepEqual(unhandled, []);
      const summary = await until(cloud.watchAll(operations, EVERY_SECOND).summary());
      assert.deepEqual(
        summary.map(({ view }) => view.state),
        ['failed', 'failed'],
      );
    });
  }

  test('a signal that is aborted already sends nothing', async (t) => {
    const { pass } = standStill(t);
    const { cloud, watch, asked } = tasksEndingAt({ a: 1 });
    const all = cloud.watchAll([watch('a')], { signal: AbortSignal.abort('late') });
    assert.equal(await rejection(all.summary()), 'late');
    await pass(MINUTE);
    assert.deepEqual(asked, {});
  });

  test('does not hold up whoever else watches one of the operations', async (t) => {
    const { until } = standStill(t);
    const { cloud, watch } = tasksEndingAt({ a: 5, b: 5 });
    const operations = ['a', 'b'].map(watch);
    const patience = { ...EVERY_SECOND, maxWaitMs: 5 * MINUTE };
    const results = operations.map((operation) => rejection(operation.result(patience)));
    await until(
      (async () => {
        for await (const _ of cloud.watchAll(operations, TIGHT)) break;
      })(),
    );
    const errors = await until(Promise.all(results));
    assert.deepEqual(
      errors.map(({ name }) => name),
      ['OperationFailedError', 'OperationFailedError'],
    );
  });
});
