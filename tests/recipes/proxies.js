// What any proxy before the services must do, asked over HTTP as a page would ask it, and as an enemy would.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import { buffer, text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, beforeEach, describe, test } from 'node:test';

import { createClient } from 'huaweicloud-tasks';
import { createSimulator } from 'huaweicloud-tasks/simulator';

const SECRET = 'the-token-of-the-proxy';
const INSTANCE = '/huawei/v2/my-project/apigw/instances/gateway-1';
const PROGRESS = `${INSTANCE}/progress`;
const IMPORT = `${INSTANCE}/openapi/async-import`;
const OWN_PAGE = { 'sec-fetch-site': 'same-origin' };

/** Listens on loopback until the tests of the file have ended, and gives its address. */
export async function listen(handler) {
  const server = createServer(handler).listen(0, '127.0.0.1');
  await once(server, 'listening');
  after(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${server.address().port}`;
}

/** Sends the head of a request exactly as written: `fetch` would tidy the path. */
function open(url, path, { method = 'GET', headers = OWN_PAGE } = {}) {
  const request = httpRequest(url, { path, method, headers, agent: false });
  const answered = once(request, 'response').then(([response]) => response);
  answered.catch(() => {}); // awaited only where there is an answer
  return { request, answered };
}

/** One request and its whole answer. */
async function ask(url, path, { body, ...options } = {}) {
  const { request, answered } = open(url, path, options);
  request.end(body);
  const response = await answered;
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

const json =
  (status, body, headers = {}) =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(body);
  };

/** What must not reach the service, each as the request line says it. */
const HOSTILE = [
  ['another project', '/huawei/v2/another/apigw/instances/gateway-1/progress'],
  ['another service', '/huawei/v2/my-project/instances/i/process'],
  ['a token', '/huawei/v3/auth/tokens', { method: 'POST', body: '{}' }],
  ['dots', '/huawei/v2/my-project/apigw/instances/../../../another/apigw/instances/gateway-1/progress'],
  ['encoded dots', `${INSTANCE}/%2e%2e/%2e%2e/gateway-1/progress`],
  ['encoded slashes', '/huawei/v2/my-project/apigw/instances/..%2f..%2f..%2fanother/progress'],
  ['backslashes', '/huawei/v2/my-project/apigw/instances/..\\..\\another/progress'],
  ['another host', '/huawei//evil.example/v2/my-project/apigw/instances/gateway-1/progress'],
  ['a host after a user', '/huawei@evil.example/v2/my-project/apigw/instances/gateway-1/progress'],
  ['an absolute address', 'http://evil.example/huawei/v2/another/apigw/instances/gateway-1/progress'],
  ['more after the call', `${PROGRESS}/more`],
  ['a line break', `${PROGRESS}%0d%0aX-Evil:%201`],
  ['nothing', '/huawei/'],
  ['a call that deletes', INSTANCE, { method: 'DELETE' }],
  ['a method that the call has not', PROGRESS, { method: 'POST', body: '{}' }],
  ['a page of another site', PROGRESS, { headers: { 'sec-fetch-site': 'cross-site' } }],
  ['an import by another site', IMPORT, { method: 'POST', headers: { 'sec-fetch-site': 'same-site' }, body: '{}' }],
  ['nobody knows who', PROGRESS, { headers: {} }],
];

/**
 * Tests a proxy.
 *
 * @param {(environment: object) => Promise<(request, response) => void>} start makes it, at /huawei
 */
export async function testProxy(name, start) {
  const asked = [];
  let answer;
  const upstream = await listen((request, response) => {
    asked.push(request);
    answer(request, response);
  });
  const environment = {
    HUAWEICLOUD_ENDPOINT: upstream,
    HUAWEICLOUD_PROJECT_ID: 'my-project',
    HUAWEICLOUD_TOKEN: SECRET,
  };
  const url = await listen(await start(environment));

  describe(name, { timeout: 20_000 }, () => {
    beforeEach(() => {
      asked.length = 0;
      answer = json(200, '{"progress":50}');
    });

    test('adds the token, and passes on nothing of the page that is not asked for', async () => {
      const page = {
        'x-auth-token': 'of the page',
        authorization: 'Basic x',
        cookie: 'session=1',
        origin: url,
        referer: url,
        'x-forwarded-for': '1.2.3.4',
        'x-project-id': 'another',
        'content-type': 'application/json',
      };
      const seen = await ask(url, `${PROGRESS}?x=%2F&y=1`, { headers: { ...OWN_PAGE, ...page } });
      assert.deepEqual([seen.status, seen.body], [200, '{"progress":50}']);
      const [{ method, url: path, headers }] = asked;
      assert.deepEqual([method, path], ['GET', '/v2/my-project/apigw/instances/gateway-1/progress?x=%2F&y=1']);
      assert.equal(headers.host, new URL(upstream).host);
      assert.deepEqual([headers['x-auth-token'], headers['content-type']], [SECRET, 'application/json']);
      for (const name of ['authorization', 'cookie', 'origin', 'referer', 'x-forwarded-for', 'x-project-id']) {
        assert.ok(!(name in headers), name);
      }
    });

    test('passes on what the page needs of an answer, and no credentials', async () => {
      const needed = { 'content-type': 'text/plain', 'retry-after': '3', 'x-request-id': 'r-1' };
      const kept = {
        'set-cookie': 'a=b',
        'x-subject-token': 'one',
        'x-auth-token': SECRET,
        'access-control-allow-origin': '*',
        location: 'https://evil.example/',
        'www-authenticate': 'Basic',
      };
      answer = json(429, 'slow down', { ...needed, ...kept });
      const { status, headers, body } = await ask(url, PROGRESS);
      assert.deepEqual([status, body], [429, 'slow down']);
      for (const [name, value] of Object.entries(needed)) assert.equal(headers[name], value);
      for (const name of Object.keys(kept)) assert.ok(!(name in headers), name);
    });

    test('follows no redirect', async () => {
      answer = (_request, response) => response.writeHead(307, { location: `${upstream}/elsewhere` }).end();
      assert.equal((await ask(url, PROGRESS)).status, 307);
      assert.equal(asked.length, 1);
    });

    test('streams bodies both ways', async () => {
      let finish;
      const arrived = new Promise((resolve) => {
        answer = async (request, response) => {
          const chunks = request.iterator();
          resolve((await chunks.next()).value.toString());
          const rest = await buffer(chunks);
          response.writeHead(202).write(`got ${rest}, `);
          finish = () => response.end('and more');
        };
      });
      const headers = { ...OWN_PAGE, 'content-type': 'multipart/form-data; boundary=x' };
      const { request, answered } = open(url, IMPORT, { method: 'POST', headers });
      request.write('first');
      assert.equal(await arrived, 'first');
      request.end('last');
      const response = await answered;
      const chunks = response.iterator();
      assert.equal((await chunks.next()).value.toString(), 'got last, ');
      finish();
      assert.equal((await buffer(chunks)).toString(), 'and more');
      const [{ method, headers: sent }] = asked;
      assert.deepEqual([method, sent['content-type']], ['POST', 'multipart/form-data; boundary=x']);
    });

    for (const [what, path, options] of HOSTILE) {
      test(`does not pass on ${what}`, async () => {
        const { status, headers, body } = await ask(url, path, options);
        assert.ok([400, 403, 404, 405].includes(status), `${status}`);
        assert.ok(!`${JSON.stringify(headers)}${body}`.includes(SECRET));
        assert.equal(asked.length, 0);
      });
    }

    test('answers 502 when the service breaks off or the token cannot be sent, and never shows it', async () => {
      answer = (_request, response) => response.destroy();
      const broken = await ask(url, PROGRESS);
      const wrong = await listen(await start({ ...environment, HUAWEICLOUD_TOKEN: `${SECRET}\nx` }));
      const unsent = await ask(wrong, PROGRESS);
      assert.deepEqual([broken.status, unsent.status], [502, 502]);
      assert.ok(!`${broken.body}${unsent.body}`.includes('the-token'));
    });

    test('an answer that breaks off does so for the page too, and the next one comes', async () => {
      answer = (_request, response) => {
        response.writeHead(200, { 'content-length': '100' });
        response.write('half');
        setTimeout(() => response.destroy(), 20);
      };
      await assert.rejects(ask(url, PROGRESS));
      answer = json(200, 'whole');
      assert.equal((await ask(url, PROGRESS)).body, 'whole');
    });

    test('stops asking when the page leaves', async () => {
      const left = new Promise((resolve) => {
        answer = (_request, response) => response.on('close', () => resolve('left'));
      });
      const { request } = open(url, PROGRESS);
      request.on('error', () => {});
      request.end();
      while (asked.length === 0) await sleep(5);
      request.destroy();
      assert.equal(await left, 'left');
    });

    test('a page imports a file through it, to the end', async () => {
      const simulator = createSimulator({ token: SECRET });
      answer = async (request, response) => {
        const { method, headers } = request;
        const body = method === 'POST' ? await buffer(request) : undefined;
        const came = await simulator(`${upstream}${request.url}`, { method, headers, body });
        response.writeHead(came.status, Object.fromEntries(came.headers)).end(await came.text());
      };
      const fromThePage = (input, init) => fetch(input, { ...init, headers: { ...init.headers, ...OWN_PAGE } });
      const options = { endpoint: `${url}/huawei`, projectId: 'my-project', token: null };
      const cloud = createClient({ ...options, fetch: fromThePage });
      const document = { swagger: '2.0', info: { title: 'T', version: '1' }, paths: { '/a': { get: {} } } };
      const { instanceId, taskId } = await cloud.apig.importApis('gateway-1', JSON.stringify(document));
      simulator.advance(60_000);
      const { state, detail } = await cloud.watch({ kind: 'apig.task', instanceId, taskId }).result();
      assert.equal(state, 'succeeded');
      assert.deepEqual(
        detail.result.success.map(({ method, path }) => [method, path]),
        [['GET', '/a']],
      );
    });
  });
}
