/** The demo page's server with the simulator, over real connections on this computer, and its command line. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

import { createClient } from 'huaweicloud-tasks';

import { rejection } from './support.js';

const ROOT = process.env.PROJECT_ROOT;
const { serve } = await import(pathToFileURL(join(ROOT, 'www/server.js')).href);
const packageDir = dirname(fileURLToPath(import.meta.resolve('huaweicloud-tasks/simulator')));
const run = promisify(execFile);

const CSP =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src 'self' " +
  "data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const PROGRESS = '/v2/p/apigw/instances/gateway/progress';

/** One request exactly as written: `fetch` would tidy the path and choose the Host header. */
async function ask(url, path, { method = 'GET', headers = {}, body } = {}) {
  const request = httpRequest(url, { path, method, headers, agent: false });
  request.end(body);
  const [response] = await once(request, 'response');
  const chunks = await response.toArray();
  return { status: response.statusCode, headers: response.headers, text: Buffer.concat(chunks).toString() };
}

/** Sends bytes that need not be HTTP, and gives back what comes until the connection ends. */
async function sendRaw(url, text) {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.setTimeout(5_000, () => socket.destroy());
  socket.end(text);
  return Buffer.concat(await socket.toArray()).toString();
}

describe('with the simulator', () => {
  let server;
  before(async () => {
    server = await serve({ packageDir, speed: 100 });
  });
  after(() => server.close());

  test('listens on this computer only, at a free port', () => {
    assert.match(server.url, /^http:\/\/127\.0\.0\.1:\d+$/);
  });

  test('serves the page and its files with their types', async () => {
    const page = await ask(server.url, '/');
    assert.equal(page.status, 200);
    assert.match(page.text, /^<!doctype html>/i);
    assert.equal(page.headers['content-type'], 'text/html; charset=utf-8');
    const script = await ask(server.url, '/server.js');
    assert.equal(script.text, await readFile(join(ROOT, 'www/server.js'), 'utf8'));
    assert.equal(script.headers['content-type'], 'text/javascript; charset=utf-8');
    const simulator = await ask(server.url, '/pkg/simulator.js');
    assert.equal(simulator.text, await readFile(join(packageDir, 'simulator.js'), 'utf8'));
    const wasm = await ask(server.url, '/pkg/huaweicloud-tasks.wasm');
    assert.equal(wasm.status, 200);
    assert.equal(wasm.headers['content-type'], 'application/wasm');
  });

  test('sends the security headers with everything', async () => {
    for (const path of ['/', '/config.json', '/pkg/simulator.js', '/nothing.js', `/huawei${PROGRESS}`]) {
      const { headers } = await ask(server.url, path);
      assert.equal(headers['content-security-policy'], CSP, path);
      assert.equal(headers['x-content-type-options'], 'nosniff', path);
      assert.equal(headers['cache-control'], 'no-store', path);
    }
  });

  test('answers HEAD as GET without the body, and nothing else on files', async () => {
    const head = await ask(server.url, '/server.js', { method: 'HEAD' });
    assert.deepEqual([head.status, head.text], [200, '']);
    const post = await ask(server.url, '/', { method: 'POST', body: 'x' });
    assert.deepEqual([post.status, post.headers.allow], [405, 'GET, HEAD']);
  });

  test('serves no file outside its folders, however the path is written', async () => {
    assert.ok(existsSync(join(ROOT, 'www/server.js')));
    for (const path of [
      '/../www/server.js/../../tests/js/server.test.js',
      '/..%2ftests%2fjs%2fserver.test.js',
      '/..%2Fwww%2F..%2Ftests%2Fjs%2Fserver.test.js',
      '/%2e%2e/tests/js/server.test.js',
      '/%2e%2e%2ftests/js/server.test.js',
      '/..%5ctests%5cjs%5cserver.test.js',
      '/..%252ftests%252fjs%252fserver.test.js',
      '/pkg/..%2f..%2fwww%2fserver.js',
      '/pkg/..%2fwww%2fserver.js',
      '/pkg/../../www%2fserver.js',
      `/${encodeURIComponent(join(ROOT, 'tests/js/server.test.js'))}`,
      `/${join(ROOT, 'tests/js/server.test.js')}`,
      '/etc/passwd',
      '/..%2f..%2f..%2f..%2f..%2fetc%2fpasswd',
      '/server.js%00.css',
      '/%ff.js',
      '/pkg/',
      '/pkg',
      '/pkg/package.json',
      '/.git/config',
    ]) {
      const { status, text } = await ask(server.url, path);
      assert.equal(status, 404, path);
      assert.equal(JSON.parse(text).error_code, 'DEMO.404', path);
    }
  });

  test('follows no link out of its folders, and outlives a failure of its own', async (t) => {
    const log = t.mock.method(console, 'error', () => {});
    const folder = await mkdtemp(join(tmpdir(), 'package-'));
    await writeFile(join(folder, 'simulator.js'), 'export const createSimulator = () => () => {};');
    await symlink(join(ROOT, 'www/server.js'), join(folder, 'link.js'));
    const other = await serve({ packageDir: folder });
    assert.equal((await ask(other.url, '/pkg/simulator.js')).status, 200);
    assert.equal((await ask(other.url, '/pkg/link.js')).status, 404);
    assert.equal((await ask(other.url, `/huawei${PROGRESS}`)).status, 500);
    assert.equal(log.mock.callCount(), 1);
    await other.close();
    await rm(folder, { recursive: true });
  });

  test('tells the page how to ask', async () => {
    const { headers, text } = await ask(server.url, '/config.json');
    assert.equal(headers['content-type'], 'application/json');
    const { sizes, projectId, ...config } = JSON.parse(text);
    assert.equal(typeof projectId, 'string');
    assert.deepEqual(config, { mode: 'simulator', endpoint: '/huawei', token: 'simulator-token', speed: 100 });
    const written = await readFile(join(ROOT, 'target/package-sizes.json'), 'utf8').catch(() => 'null');
    assert.deepEqual(sizes ?? null, JSON.parse(written));
  });

  test('answers at /huawei from the simulator', async () => {
    const headers = { 'X-Auth-Token': 'simulator-token' };
    const good = await ask(server.url, `/huawei${PROGRESS}`, { headers });
    assert.equal(good.status, 200);
    assert.equal(good.headers['content-type'], 'application/json');
    assert.match(good.headers['x-request-id'], /^[0-9a-f]{32}$/);
    assert.equal(JSON.parse(good.text).status, 'creating');
    const slashInId = await ask(server.url, '/huawei/v2/p/apigw/instances/i/async-tasks/import-%2F..%2F', { headers });
    assert.equal(JSON.parse(slashInId.text).task_id, 'import-/../');
    const throttled = await ask(server.url, '/huawei/v2/p/apigw/instances/throttled/progress', { headers });
    assert.deepEqual([throttled.status, throttled.headers['retry-after']], [429, '1']);
    const empty = await ask(server.url, '/huawei/v2/p/apigw/instances/empty/progress', { headers });
    assert.deepEqual([empty.status, empty.text], [200, '']);
    assert.equal((await ask(server.url, `/huawei${PROGRESS}`)).status, 401);
    assert.equal((await ask(server.url, `/huawei${PROGRESS}`, { method: 'POST', headers, body: '{}' })).status, 405);
    assert.equal((await ask(server.url, '/huawei/v2/else', { headers })).status, 404);
  });

  test('takes a body of 4 MiB, and answers 413 to a larger one', async () => {
    const path = '/huawei/v2/p/apigw/instances/gateway/openapi/async-export';
    const headers = { 'X-Auth-Token': 'simulator-token', 'Content-Type': 'application/json' };
    const post = (size, more) => {
      const body = '{"env_id":"e","group_id":"g"}'.padEnd(size);
      return ask(server.url, path, { method: 'POST', headers: { ...headers, ...more }, body });
    };
    const limit = 4 * 1024 * 1024;
    assert.equal((await post(limit)).status, 202);
    for (const more of [{}, { 'Transfer-Encoding': 'chunked' }]) {
      const { status, headers: sent, text } = await post(limit + 1, more);
      assert.deepEqual([status, sent['content-type']], [413, 'application/json']);
      assert.deepEqual(JSON.parse(text), {
        error_code: 'DEMO.413',
        error_msg: 'A body may have 4194304 bytes here.',
      });
    }
    assert.equal((await post(30)).status, 202);
  });

  test("refuses other host names, and other sites' pages", async () => {
    const { port } = new URL(server.url);
    for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1', `127.0.0.1:${port}.evil.example`]) {
      assert.equal((await ask(server.url, '/config.json', { headers: { host } })).status, 403, host);
    }
    for (const host of [`localhost:${port}`, `127.0.0.1:${port}`]) {
      assert.equal((await ask(server.url, '/config.json', { headers: { host } })).status, 200, host);
    }
    const token = { 'X-Auth-Token': 'simulator-token' };
    for (const [headers, status] of [
      [{ origin: 'https://evil.example' }, 403],
      [{ origin: 'null' }, 403],
      [{ origin: 'http://127.0.0.1:1' }, 403],
      [{ 'sec-fetch-site': 'cross-site' }, 403],
      [{ 'sec-fetch-site': 'same-site' }, 403],
      [{ 'sec-fetch-site': 'same-origin', origin: server.url }, 200],
      [{ 'sec-fetch-site': 'none' }, 200],
    ]) {
      const answer = await ask(server.url, `/huawei${PROGRESS}`, { headers: { ...token, ...headers } });
      assert.equal(answer.status, status, JSON.stringify(headers));
    }
  });

  test('outlives bad requests, and is silent about them', async (t) => {
    const log = t.mock.method(console, 'error', () => {});
    const { host } = new URL(server.url);
    for (const text of [
      'nonsense\r\n\r\n',
      'GET / HTTP/1.1\r\n\r\n',
      'GET / HTTP/1.0\r\n\r\n',
      `GET http://evil.example/ HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
      `OPTIONS * HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
      `CONNECT evil.example:443 HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
      `GET /config.json HTTP/1.1\r\nHost: ${host}\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
      `GET /huawei${PROGRESS} HTTP/1.1\r\nHost: ${host}\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n`,
      `POST /huawei${PROGRESS} HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 100\r\n\r\nshort`,
      '',
    ]) {
      assert.doesNotMatch(await sendRaw(server.url, text), /^HTTP\/1\.1 200/, text);
    }
    assert.equal((await ask(server.url, '/config.json')).status, 200);
    assert.deepEqual(
      log.mock.calls.map(({ arguments: words }) => words),
      [],
    );
  });

  test('says so when its port is taken, or the package is not there', async () => {
    await assert.rejects(serve({ packageDir, port: Number(new URL(server.url).port) }), /EADDRINUSE/);
    await assert.rejects(serve({ packageDir: join(tmpdir(), 'no-such-package') }), /not built/);
  });
});

describe('with the simulator, asked by the client', () => {
  const SWAGGER = { swagger: '2.0', paths: { '/orders': { get: {}, post: {} }, '/orders/{id}': { delete: {} } } };
  let server;
  let cloud;
  before(async () => {
    server = await serve({ packageDir, speed: 500 });
    cloud = createClient({ endpoint: `${server.url}/huawei`, projectId: 'p', token: 'simulator-token' });
  });
  after(() => server.close());

  /** Asks about a task until it has ended. */
  async function taskAfter({ instanceId, taskId }) {
    for (;;) {
      const task = await cloud.apig.asyncTask(instanceId, taskId);
      if (task.result !== null) return task;
      await sleep(5);
    }
  }

  test('an import into a group that is there, until it has succeeded', async () => {
    const options = { isCreateGroup: false, groupId: 'group-1', fileName: 'shop.json' };
    const started = await cloud.apig.importApis('gateway-1', JSON.stringify(SWAGGER), options);
    assert.deepEqual([started.kind, started.instanceId], ['apig.task', 'gateway-1']);
    const { id, type, status, result } = await taskAfter(started);
    assert.deepEqual([id, type, status], [started.taskId, 'import_api', 'succeed']);
    assert.deepEqual([result.groupId, result.partial, result.failure], ['group-1', false, []]);
    assert.deepEqual(
      result.success.map(({ method, path, action }) => [method, path, action]),
      [
        ['GET', '/orders', 'update'],
        ['POST', '/orders', 'update'],
        ['DELETE', '/orders/{id}', 'update'],
      ],
    );
  });

  test('an import that is refused', async () => {
    const error = await rejection(cloud.apig.importApis('gateway-1', '{"swagger":"1.2","paths":{}}'));
    assert.deepEqual([error.name, error.status, error.code], ['ApiError', 400, 'APIG.3601']);
  });

  test('an export, in the version that was asked for', async () => {
    const options = { envId: 'env-1', groupId: 'group-1', oasVersion: '3.0', version: 'v7', apis: ['a', 'b'] };
    const { type, status, result } = await taskAfter(await cloud.apig.exportApis('gateway-1', options));
    assert.deepEqual([type, status, result.fileType], ['export_api', 'succeed', 'json']);
    assert.deepEqual([result.document.openapi, result.document.info.version], ['3.0.0', 'v7']);
  });

  test('a key pair that is bound to a server, and the task that does so', async () => {
    const server = { id: 'server-1', disablePassword: true, port: 22 };
    const started = await cloud.kps.associate({ keypairName: 'my-keypair', server });
    assert.deepEqual([started.kind, started.state, started.serverId], ['kps.task', 'dispatched', 'server-1']);
    const task = await cloud.kps.task(started.taskId);
    assert.deepEqual([task.taskId, task.serverId, task.operation], [started.taskId, 'server-1', 'bind']);
  });

  test('a token for a password, and none for a wrong one', async () => {
    const request = { user: 'demo-user', password: 'demo-password', domain: 'demo-domain', project: 'cn-north-4' };
    const { token, expiresAt, issuedAt } = await cloud.iam.token(request);
    assert.deepEqual([token, expiresAt - issuedAt], ['simulator-token', 24 * 60 * 60 * 1_000]);
    const error = await rejection(cloud.iam.token({ ...request, password: 'wrong' }));
    assert.deepEqual([error.name, error.status], ['AuthError', 401]);
  });

  test('render tasks, those that the query asks for', async () => {
    const { count, renderTasks } = await cloud.cvr.renderTasks({ status: 'active', limit: 3 });
    assert.deepEqual(
      renderTasks.map(({ status }) => status),
      ['active', 'active', 'active'],
    );
    assert.ok(count > 3);
  });

  test('a job of SFS Turbo, whose Content-Type must arrive', async () => {
    const job = await cloud.sfsTurbo.job('job-1');
    assert.deepEqual([job.id, job.state, job.endedAt], ['job-1', 'waiting', null]);
  });

  test('the creation of a ROMA instance', async () => {
    const progress = await cloud.roma.instanceProgress('roma-1');
    assert.deepEqual([progress.instanceId, progress.state, progress.endedAt], ['roma-1', 'creating', null]);
  });
});

describe('on the command line', () => {
  const node = (file, ...args) => run(process.execPath, [join(ROOT, 'www', file), ...args], { timeout: 20_000 });

  test('server.js says in one line why it cannot start', async () => {
    for (const args of [['--port', 'x'], ['--speed', '-1'], ['--upstream', 'http://apig.example'], ['--what']]) {
      await assert.rejects(node('server.js', ...args), ({ code, stdout, stderr }) => {
        assert.deepEqual([code, stdout], [1, '']);
        assert.match(stderr, /^The demo server cannot start: .+\n$/);
        return true;
      });
    }
  });

  test('once.js watches a creation, an import and an export', async () => {
    const { stdout, stderr } = await node('once.js');
    assert.equal(stderr, '');
    for (const line of [
      / {2}0 % {2}being created\n/,
      / 100 % {2}created\n/,
      / {2}succeeded\n/,
      / {2}imported {2}GET +\/v1\/orders +new\n/,
      / {2}refused +PUT +\/v1\/customers\/\{id\} +APIG\.3301: The API already exists\.\n/,
      / {2}ignored +POST +\/v1\/invoices\n/,
      / {2}file name +shop-RELEASE-all-\d{4}-\d\d-\d\d-\d\d:\d\d:\d\d\n/,
      / {2}safe file name +shop-RELEASE-all-[^:\s]+\.json\n/,
      / {2}title +shop\n {2}version +\S+\n {2}paths +3\n$/,
    ]) {
      assert.match(stdout, line);
    }
  });
});
