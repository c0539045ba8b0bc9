/**
 * What the simulator answers, against the vendor's pages: everything that is expected here is their example, or was
 * copied from them by hand.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { begin, gateway, START, task, TEN_MINUTES } from './simulated.js';
import { fixture } from './support.js';

const parsed = (name) => JSON.parse(fixture(`${name}.json`));

/** The keys of a value at every depth; a list is as its first item is. */
function shape(value) {
  if (Array.isArray(value)) return value.slice(0, 1).map(shape);
  if (typeof value !== 'object' || value === null) return '';
  return Object.fromEntries(Object.keys(value).map((key) => [key, shape(value[key])]));
}

/** The body of a task that has ended. */
async function ended(id) {
  const { simulator, read } = begin();
  await read(task(id));
  simulator.advance(60_000);
  return read(task(id));
}

describe('a gateway', () => {
  test('passes the documented milestones in order, at about the assumed times', async () => {
    const { simulator, read } = begin();
    const seen = new Map();
    let body;
    for (let second = 0; body?.status !== 'success'; second += 1) {
      body = await read(gateway('gateway'));
      if (!seen.has(body.progress)) seen.set(body.progress, second);
      simulator.advance(1_000);
    }
    assert.deepEqual([...seen.keys()], [0, 30, 50, 80, 90, 100]);
    const shares = [...seen.values()].map((second) => second / seen.get(100));
    for (const [index, share] of [0, 0.08, 0.3, 0.55, 0.8, 1].entries()) {
      assert.ok(Math.abs(shares[index] - share) < 0.09, `${shares[index]} is about ${share}`);
    }
  });

  test('has an end_time before the end, later than start_time, and the true one after it', async () => {
    const { simulator, read } = begin();
    const creating = await read(gateway('gateway'));
    assert.deepEqual(creating, {
      end_time: START + 323_750,
      error_code: null,
      error_msg: null,
      progress: 0,
      start_time: START,
      status: 'creating',
    });
    simulator.advance(TEN_MINUTES);
    const { end_time: end, ...success } = await read(gateway('gateway'));
    assert.deepEqual(success, {
      error_code: null,
      error_msg: null,
      progress: 100,
      start_time: START,
      status: 'success',
    });
    assert.ok(Number.isInteger(end) && end > START && end < START + TEN_MINUTES);
  });

  test('has the keys of the documents', async () => {
    const { simulator, read } = begin();
    const creating = await read(gateway('gateway'));
    await read(gateway('quota'));
    simulator.advance(TEN_MINUTES);
    assert.deepEqual(shape(creating), shape(parsed('apig-gateway-progress/200-creating')));
    const success = await read(gateway('gateway'));
    assert.deepEqual(shape(success), shape(parsed('apig-gateway-progress/200-success')));
    const failed = await read(gateway('quota'));
    assert.deepEqual(shape(failed), shape(parsed('apig-gateway-progress/200-failed-quota')));
  });

  for (const [id, code] of [
    ['quota', 'APIC.9218'],
    ['resources', 'APIC.9219'],
    ['other', 'APIC.9206'],
  ]) {
    test(`${id} fails part-way, with HTTP 200 and ${code}`, async () => {
      const { simulator, ask, read } = begin();
      const seen = new Set();
      let body = await read(gateway(id));
      while (body.status === 'creating') {
        assert.equal(body.error_code, null);
        assert.equal(body.error_msg, null);
        seen.add(body.progress);
        simulator.advance(1_000);
        const response = await ask(gateway(id));
        assert.equal(response.status, 200);
        body = await response.json();
      }
      const { end_time: end, ...rest } = body;
      assert.ok(seen.has(30), 'it had begun well');
      assert.ok(end > START && end <= simulator.now());
      assert.deepEqual(rest, {
        error_code: code,
        error_msg: 'create failed...',
        progress: 0,
        start_time: START,
        status: 'failed',
      });
    });
  }

  test('unknown-state says a word that no document has, and then succeeds', async () => {
    const { simulator, read } = begin();
    assert.equal((await read(gateway('unknown-state'))).status, 'queued');
    simulator.advance(TEN_MINUTES);
    assert.equal((await read(gateway('unknown-state'))).status, 'success');
  });

  test('takes 324 s on average, more or less a quarter', async () => {
    const { simulator, read } = begin();
    const ids = Array.from({ length: 1_000 }, (_, index) => `gateway-${index}`);
    for (const id of ids) await read(gateway(id));
    simulator.advance(4 * TEN_MINUTES);
    const seconds = [];
    for (const id of ids) seconds.push(((await read(gateway(id))).end_time - START) / 1_000);
    const mean = seconds.reduce((sum, value) => sum + value) / seconds.length;
    const deviation = Math.sqrt(seconds.reduce((sum, value) => sum + (value - mean) ** 2, 0) / seconds.length);
    assert.ok(Math.abs(mean - 324) < 8, `mean ${mean}`);
    assert.ok(Math.abs(deviation / mean - 0.25) < 0.02, `coefficient of variation ${deviation / mean}`);
  });
});

describe('a task', () => {
  test('waits about 2 s, is processed for 8 to 20 s, and has "" as its result meanwhile', async () => {
    const { simulator, read } = begin();
    const changes = [];
    for (let tenth = 0; changes.at(-1)?.[0] !== 'succeed'; tenth += 1) {
      const body = await read(task('import'));
      if (body.task_status !== 'succeed') assert.equal(body.task_result, '');
      if (body.task_status !== changes.at(-1)?.[0]) changes.push([body.task_status, tenth / 10]);
      simulator.advance(100);
    }
    const [[waiting], [processing, worksFrom], [succeed, end]] = changes;
    assert.deepEqual([waiting, processing, succeed], ['waiting', 'processing', 'succeed']);
    assert.ok(worksFrom > 1.5 && worksFrom < 2.6, `waited ${worksFrom} s`);
    assert.ok(end - worksFrom > 7.8 && end - worksFrom < 20.2, `worked ${end - worksFrom} s`);
  });

  test('that imports has the keys of the documents, and no ignore, as in their example', async () => {
    const { simulator, read } = begin();
    const waiting = await read(task('import-1'));
    assert.deepEqual(waiting, {
      task_id: 'import-1',
      task_status: 'waiting',
      task_type: 'import_api',
      task_result: '',
    });
    assert.deepEqual(shape(waiting), shape(parsed('apig-async-task/200-import-waiting')));
    simulator.advance(60_000);
    const body = await read(task('import-1'));
    const example = parsed('apig-async-task/200-import-succeed');
    assert.deepEqual(shape(body), shape(example));
    const report = JSON.parse(body.task_result);
    assert.deepEqual(shape(report), shape(JSON.parse(example.task_result)));
    assert.ok(report.success.length > 1);
    assert.equal(report.swagger.result, 'Success');
    assert.match(report.group_id, /^[0-9a-f]{32}$/);
  });

  test('import-partial succeeds with refused and ignored APIs', async () => {
    const body = await ended('import-partial');
    assert.equal(body.task_status, 'succeed');
    const { success, failure, ignore } = JSON.parse(body.task_result);
    assert.deepEqual([success.length, failure.length, ignore.length], [6, 3, 2]);
    for (const row of success) assert.deepEqual(Object.keys(row).sort(), ['action', 'id', 'method', 'path']);
    for (const row of failure) assert.deepEqual(Object.keys(row).sort(), ['error_code', 'error_msg', 'method', 'path']);
    for (const row of ignore) assert.deepEqual(Object.keys(row).sort(), ['method', 'path']);
    assert.match(failure[0].error_code, /^APIG\.\d{4}$/);
  });

  test('import-many reports 1,000 APIs, no two the same', async () => {
    const { success, failure } = JSON.parse((await ended('import-many')).task_result);
    assert.equal(new Set(success.map(({ method, path }) => `${method} ${path}`)).size, 1_000);
    assert.equal(new Set(success.map(({ id }) => id)).size, 1_000);
    assert.deepEqual(new Set(success.map(({ action }) => action)), new Set(['create', 'update']));
    assert.deepEqual(failure, []);
  });

  test('import-failed fails with the code and message of the documents', async () => {
    const example = parsed('apig-async-task/200-import-failed');
    assert.deepEqual(await ended('import-failed'), { ...example, task_id: 'import-failed' });
  });

  test("export-json has the names of the example, and a document like the example's", async () => {
    const body = await ended('export-json');
    const example = parsed('apig-async-task/200-export-succeed');
    assert.deepEqual(shape(body), shape(example));
    assert.equal(body.task_type, 'export_api');
    const { FileName, FileType, Comment, ...rest } = JSON.parse(body.task_result);
    assert.deepEqual(rest, {});
    assert.equal(FileType, '.json');
    assert.equal(FileName, 'shop-RELEASE-all-2023-11-14-22:13:20');
    const { paths, ...document } = JSON.parse(Comment);
    const { paths: examplePaths, ...exampleDocument } = JSON.parse(JSON.parse(example.task_result).Comment);
    assert.deepEqual(shape(document), shape(exampleDocument));
    assert.deepEqual(document.info, { title: 'shop', version: '2023-11-14-22:13:20' });
    assert.deepEqual(shape(paths['/v1/orders'].get), shape(examplePaths['/test1'].get));
  });

  test('export-yaml holds a YAML document', async () => {
    const { FileType, Comment } = JSON.parse((await ended('export-yaml')).task_result);
    assert.equal(FileType, '.yaml');
    assert.throws(() => JSON.parse(Comment));
    assert.ok(Comment.startsWith('swagger: "2.0"\ninfo:\n  title: "shop"\n  version: "2023-11-14-22:13:20"\n'));
    assert.ok(Comment.includes('\npaths:\n  "/v1/orders":\n    get:\n      security:\n        -\n'));
    assert.ok(Comment.endsWith('x-apigateway-responses: {}\n'));
  });

  test('export-documented has the names of the table', async () => {
    const { file_type: fileType, content, ...rest } = JSON.parse((await ended('export-documented')).task_result);
    assert.deepEqual(rest, {});
    assert.equal(fileType, 'json');
    assert.equal(JSON.parse(content).swagger, '2.0');
  });

  test('export-failed fails with a code and a message', async () => {
    const body = await ended('export-failed');
    assert.deepEqual([body.task_status, body.task_type], ['failed', 'export_api']);
    assert.deepEqual(shape(JSON.parse(body.task_result)), { error_code: '', error_msg: '' });
  });

  test('waiting never ends', async () => {
    const body = await ended('waiting');
    assert.deepEqual([body.task_status, body.task_result], ['waiting', '']);
  });

  test('unknown-status and unknown-type say words that no document has', async () => {
    const { read } = begin();
    assert.equal((await read(task('unknown-status'))).task_status, 'queued');
    assert.equal((await ended('unknown-status')).task_status, 'succeed');
    assert.equal((await read(task('unknown-type'))).task_type, 'check_api');
    const body = await ended('unknown-type');
    assert.deepEqual([body.task_type, body.task_status], ['check_api', 'succeed']);
  });
});

describe('an error', () => {
  for (const [kind, path, id, status, example] of [
    ['a gateway', gateway, 'unauthorized', 401, 'apig-gateway-progress/401'],
    ['a gateway', gateway, 'forbidden', 403, 'apig-gateway-progress/403'],
    ['a gateway', gateway, 'missing', 404, 'apig-gateway-progress/404'],
    ['a gateway', gateway, 'broken', 500, 'apig-gateway-progress/500'],
    ['a task', task, 'invalid', 400, 'apig-async-task/400'],
    ['a task', task, 'unauthorized', 401, 'apig-async-task/401'],
    ['a task', task, 'forbidden', 403, 'apig-async-task/403'],
    ['a task', task, 'broken', 500, 'apig-async-task/500'],
  ]) {
    test(`${id} of ${kind} is that of the documents`, async () => {
      const response = await begin().ask(path(id));
      assert.equal(response.status, status);
      assert.deepEqual(await response.json(), parsed(example));
    });
  }

  test('missing of a task names the task', async () => {
    const response = await begin().ask(task('missing-7'));
    assert.equal(response.status, 404);
    assert.deepEqual(await response.json(), {
      error_code: 'APIG.3093',
      error_msg: 'The asynchronous task missing-7 does not exist',
    });
  });

  for (const path of [gateway, task]) {
    test(`of any service is also that of ${path('{id}')}`, async () => {
      const { ask } = begin();
      const throttled = await ask(path('throttled'));
      assert.equal(throttled.status, 429);
      assert.equal(throttled.headers.get('retry-after'), '1');
      const body = await throttled.json();
      assert.equal(body.error_code, 'APIG.0308');
      assert.ok(body.error_msg.includes('policy user over ratelimit,limit:200,time:5 minute'));
      assert.equal(body.request_id, throttled.headers.get('x-request-id'));

      const busy = await ask(path('busy'));
      assert.equal(busy.status, 500);
      assert.equal((await busy.json()).error_code, 'APIG.9008');

      const unavailable = await ask(path('unavailable'));
      assert.equal(unavailable.status, 503);
      assert.equal(unavailable.headers.get('retry-after'), '2');

      const html = await ask(path('html'));
      assert.equal(html.status, 502);
      assert.equal(html.headers.get('content-type'), 'text/html');
      assert.match(await html.text(), /^<!DOCTYPE html>/);

      const empty = await ask(path('empty'));
      assert.equal(empty.status, 200);
      assert.equal(await empty.text(), '');

      const truncated = await ask(path('truncated'));
      assert.equal(truncated.status, 200);
      const text = await truncated.text();
      assert.ok(text.startsWith('{"'));
      assert.throws(() => JSON.parse(text));
    });
  }
});
