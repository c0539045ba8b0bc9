/** How the simulator behaves: scenarios, seed, time, requests. What it answers is in simulator-bodies.test.js. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createSimulator, scenarios } from 'huaweicloud-tasks/simulator';

import { begin, gateway, START, task, TEN_MINUTES, TOKEN } from './simulated.js';

describe('a refusal', () => {
  test('401 comes before anything else when the token is wrong or missing', async () => {
    const { ask } = begin({ token: 'secret' });
    for (const headers of [{}, { 'X-Auth-Token': 'simulator-token' }]) {
      for (const method of ['GET', 'POST']) {
        const progress = await ask(gateway('missing'), { method, headers });
        assert.equal(progress.status, 401);
        assert.equal((await progress.json()).error_code, 'APIC.7102');
        const result = await ask(task('broken'), { method, headers });
        assert.equal(result.status, 401);
        assert.equal((await result.json()).error_code, 'APIG.1002');
      }
    }
    assert.equal((await ask(gateway('gateway'), { headers: { 'x-auth-token': 'secret' } })).status, 200);
  });

  test('404 for an unknown path, 405 for another method than GET', async () => {
    const { ask } = begin();
    for (const path of [
      '/',
      '/v2/p/apigw/instances/i',
      '/v2/p/apigw/instances/i/async-tasks/',
      '/v2/p/apigw/instances/%ff/progress',
      `${gateway('gateway')}/more`,
    ]) {
      const response = await ask(path);
      assert.equal(response.status, 404, path);
      assert.deepEqual(Object.keys(await response.json()), ['error_code', 'error_msg']);
    }
    const response = await ask(gateway('gateway'), { ...TOKEN, method: 'DELETE' });
    assert.equal(response.status, 405);
    assert.equal(response.headers.get('allow'), 'GET');
    assert.deepEqual(Object.keys(await response.json()), ['error_code', 'error_msg']);
  });
});

describe('an id', () => {
  test('plays every scenario that is listed, and each is described', async () => {
    const { ask } = begin();
    for (const [table, path] of [
      [scenarios.instances, gateway],
      [scenarios.tasks, task],
    ]) {
      assert.ok(Object.isFrozen(table));
      for (const [name, description] of Object.entries(table)) {
        assert.match(description, /\.$/, name);
        const response = await ask(path(name));
        assert.ok(response.headers.get('content-type'), name);
        assert.match(response.headers.get('x-request-id'), /^[0-9a-f]{32}$/, name);
        const { status } = await ask(path(`${name}-another`));
        assert.equal(status, response.status, name);
      }
    }
  });

  test('plays the longest scenario that it names, whole words only', async () => {
    const { simulator, read } = begin();
    const ids = ['import-many-1', 'import-x', 'waiting-1'];
    for (const id of ids) await read(task(id));
    simulator.advance(60_000);
    const results = [];
    for (const id of ids) results.push((await read(task(id))).task_result);
    assert.equal(JSON.parse(results[0]).success.length, 1_000);
    assert.equal(JSON.parse(results[1]).success.length, 6);
    assert.equal(results[2], '');
    assert.equal((await read(gateway('missingness'))).start_time, simulator.now());
  });

  test('that names none mostly goes well, and not always', async () => {
    const { simulator, read } = begin();
    const ids = Array.from({ length: 300 }, (_, index) => `id${index}`);
    for (const id of ids) await Promise.all([read(gateway(id)), read(task(id))]);
    simulator.advance(4 * TEN_MINUTES);
    const counts = { success: 0, succeed: 0, failed: 0 };
    for (const id of ids) {
      counts[(await read(gateway(id))).status] += 1;
      counts[(await read(task(id))).task_status] += 1;
    }
    assert.ok(counts.success > 220 && counts.success < 300, `${counts.success} of 300 gateways`);
    assert.ok(counts.succeed > 220 && counts.succeed < 300, `${counts.succeed} of 300 tasks`);
    assert.equal(counts.success + counts.succeed + counts.failed, 600);
  });

  test('may hold anything that a path segment can', async () => {
    const body = await begin().read(task('import-ä/b?c'));
    assert.equal(body.task_id, 'import-ä/b?c');
  });
});

describe('the seed', () => {
  const paths = [...['gateway', 'a', 'quota'].map(gateway), ...['import', 'b', 'export-json'].map(task)];

  async function transcript(seed) {
    const { simulator, ask } = begin({ seed });
    const lines = [];
    for (let round = 0; round < 6; round += 1) {
      for (const path of paths) {
        const response = await ask(path);
        lines.push(response.status, ...response.headers, await response.text());
      }
      simulator.advance(80_000);
    }
    return lines.join('\n');
  }

  test('decides everything: the same seed gives the same answers, byte for byte', async () => {
    assert.equal(await transcript(7), await transcript(7));
    assert.notEqual(await transcript(7), await transcript(8));
  });

  test('and the id decide a duration, whenever and among whatever else it is asked about', async () => {
    const duration = async (before) => {
      const { simulator, read } = begin();
      for (const id of before) await read(gateway(id));
      simulator.advance(12_345 * before.length);
      await read(gateway('gateway-x'));
      simulator.advance(4 * TEN_MINUTES);
      const body = await read(gateway('gateway-x'));
      return body.end_time - body.start_time;
    };
    assert.equal(await duration([]), await duration(['gateway', 'quota', 'else']));
  });
});

describe('the time', () => {
  test("is the clock's, at the given speed", async () => {
    let clock = START;
    const simulator = createSimulator({ clock: () => clock, speed: 60 });
    assert.equal(simulator.now(), START);
    clock += 1_000;
    assert.equal(simulator.now(), START + 60_000);
    simulator.advance(500);
    assert.equal(simulator.now(), START + 60_500);
    assert.equal((await (await simulator(gateway('gateway'), TOKEN)).json()).start_time, START + 60_500);
  });

  test('does not jump when the speed changes', () => {
    let clock = START;
    const simulator = createSimulator({ clock: () => clock });
    clock += 1_000;
    simulator.speed = 100;
    assert.equal(simulator.speed, 100);
    assert.equal(simulator.now(), START + 1_000);
    clock += 10;
    assert.equal(simulator.now(), START + 2_000);
    simulator.speed = 0;
    clock += 5_000;
    assert.equal(simulator.now(), START + 2_000);
  });

  test('never goes back, even if the clock does', () => {
    let clock = START;
    const simulator = createSimulator({ clock: () => clock });
    clock -= 5_000;
    assert.equal(simulator.now(), START);
    clock += 1_000;
    assert.equal(simulator.now(), START + 1_000);
  });

  test("is the platform's when no clock is given", () => {
    const before = Date.now();
    const now = createSimulator().now();
    assert.ok(now >= before && now <= Date.now());
  });

  test('takes only speeds and steps that are numbers, 0 or more', () => {
    const { simulator } = begin();
    for (const wrong of [-1, Number.NaN, Infinity, '60', null]) {
      assert.throws(() => createSimulator({ speed: wrong }), RangeError);
      assert.throws(() => (simulator.speed = wrong), RangeError);
      assert.throws(() => simulator.advance(wrong), RangeError);
    }
    assert.equal(simulator.speed, 1);
    assert.equal(simulator.now(), START);
  });

  test('of an operation begins when it is first asked about', async () => {
    const { simulator, read } = begin();
    await read(gateway('gateway-1'));
    simulator.advance(TEN_MINUTES);
    assert.equal((await read(gateway('gateway-1'))).start_time, START);
    assert.equal((await read(gateway('gateway-2'))).start_time, START + TEN_MINUTES);
  });

  test('of the oldest operation is forgotten above 10,000', async () => {
    const { simulator, read } = begin();
    for (let index = 0; index < 10_000; index += 1) await read(gateway(`gateway-${index}`));
    simulator.advance(TEN_MINUTES);
    assert.equal((await read(gateway('gateway-0'))).start_time, START);
    await read(gateway('gateway-10000'));
    assert.equal((await read(gateway('gateway-1'))).start_time, START);
    assert.equal((await read(gateway('gateway-0'))).start_time, START + TEN_MINUTES);
  });
});

describe('a request', () => {
  test('is answered at any prefix, relative or absolute, as text, URL or Request', async () => {
    const { simulator, read } = begin();
    await read(gateway('gateway'));
    simulator.advance(TEN_MINUTES);
    const path = gateway('gateway');
    const absolute = `https://apig.cn-north-4.myhuaweicloud.com${path}`;
    for (const [input, init] of [
      [path, TOKEN],
      [`/huawei${path}?x=1`, TOKEN],
      [`a/b/c${path}`, TOKEN],
      [absolute, TOKEN],
      [new URL(absolute), TOKEN],
      [new Request(absolute, TOKEN)],
      [new Request(absolute), TOKEN],
      [absolute, { headers: new Headers(TOKEN.headers), method: 'get' }],
      [absolute, { headers: [['x-auth-token', 'simulator-token']] }],
    ]) {
      const response = await simulator(input, init);
      assert.ok(response instanceof Response);
      assert.equal(response.status, 200, String(input));
      assert.equal((await response.json()).status, 'success');
    }
    assert.equal((await simulator(new Request(absolute, { ...TOKEN, method: 'POST' }))).status, 405);
  });

  test("that is already aborted is rejected with the signal's own reason", async () => {
    const { ask, simulator } = begin();
    const reason = { why: 'enough' };
    const signal = AbortSignal.abort(reason);
    await assert.rejects(ask(gateway('gateway'), { ...TOKEN, signal }), (error) => error === reason);
    const request = new Request('https://x.example/', { signal });
    await assert.rejects(simulator(request), (error) => error === reason);
    assert.equal((await ask(gateway('gateway'), { ...TOKEN, signal: new AbortController().signal })).status, 200);
  });

  test('to an address that is none is rejected, as fetch does', async () => {
    await assert.rejects(begin().ask('http://[broken'), TypeError);
  });
});
