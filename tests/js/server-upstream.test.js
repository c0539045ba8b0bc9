/** The demo page's server before a real service, which is another server on this computer here. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

const { serve } = await import(pathToFileURL(join(process.env.PROJECT_ROOT, 'www/server.js')).href);
const packageDir = dirname(fileURLToPath(import.meta.resolve('huaweicloud-tasks/simulator')));

const CSP =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src 'self' " +
  "data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const PROGRESS = '/v2/p/apigw/instances/gateway/progress';

/** One request exactly as written: `fetch` would tidy the path and choose the Host header. */
async function ask(url, path, { method = 'GET', headers = {}, body, signal } = {}) {
  const request = httpRequest(url, { path, method, headers, signal, agent: false });
  request.end(body);
  const [response] = await once(request, 'response');
  const chunks = await response.toArray();
  return { status: response.statusCode, headers: response.headers, text: Buffer.concat(chunks).toString() };
}

describe('with an upstream', () => {
  const SECRET = 'the-upstream-token';
  const asked = [];
  let answer;
  let upstream;
  let server;

  before(async () => {
    process.env.HUAWEICLOUD_TOKEN = SECRET;
    process.env.HUAWEICLOUD_PROJECT_ID = 'project-1';
    upstream = createServer(async (request, response) => {
      const body = Buffer.concat(await request.toArray()).toString();
      asked.push({ method: request.method, url: request.url, headers: request.headers, body });
      answer(request, response);
    });
    upstream.listen(0, '127.0.0.1');
    await once(upstream, 'listening');
    server = await serve({ packageDir, upstream: `http://127.0.0.1:${upstream.address().port}` });
  });
  after(async () => {
    await server.close();
    upstream.close();
    upstream.closeAllConnections();
    delete process.env.HUAWEICLOUD_TOKEN;
    delete process.env.HUAWEICLOUD_PROJECT_ID;
  });

  test('adds the token on the way there, and never shows it to the page', async () => {
    answer = (_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"progress":50}');
    const secrets = { 'x-auth-token': 'from the page', cookie: 'a=b', authorization: 'Basic x', origin: server.url };
    const headers = { ...secrets, accept: 'application/json' };
    const seen = await ask(server.url, `/huawei${PROGRESS}?x=%2F`, { headers });
    assert.deepEqual([seen.status, seen.text], [200, '{"progress":50}']);
    const got = asked.at(-1);
    assert.equal(got.url, `${PROGRESS}?x=%2F`);
    assert.equal(got.headers['x-auth-token'], SECRET);
    assert.equal(got.headers.accept, 'application/json');
    assert.equal(got.headers.host, `127.0.0.1:${upstream.address().port}`);
    for (const name of ['cookie', 'authorization', 'origin', 'referer']) assert.ok(!(name in got.headers), name);
    const config = await ask(server.url, '/config.json');
    const { sizes: _, ...rest } = JSON.parse(config.text);
    assert.deepEqual(rest, { mode: 'upstream', endpoint: '/huawei', projectId: 'project-1', token: null, speed: 1 });
    for (const { headers: sent, text } of [seen, config, await ask(server.url, '/huawei/')]) {
      assert.ok(!`${JSON.stringify(sent)}${text}`.includes(SECRET));
    }
  });

  test('passes on what matters of an answer, and drops what concerns one connection or another site', async () => {
    answer = (_, response) => {
      const headers = {
        'x-request-id': 'r-1',
        'retry-after': '3',
        'set-cookie': 'a=b',
        'x-subject-token': 'a token',
        'access-control-allow-origin': '*',
        'content-security-policy': "default-src '*'",
        connection: 'close, x-hop',
        'x-hop': '1',
        'keep-alive': 'timeout=1',
        'proxy-authenticate': 'Basic',
      };
      response.writeHead(429, headers).end('slow down');
    };
    const { status, headers, text } = await ask(server.url, `/huawei${PROGRESS}`);
    assert.deepEqual([status, text], [429, 'slow down']);
    assert.deepEqual([headers['x-request-id'], headers['retry-after']], ['r-1', '3']);
    assert.equal(headers['content-security-policy'], CSP);
    const dropped = ['set-cookie', 'x-subject-token', 'access-control-allow-origin', 'x-hop', 'proxy-authenticate'];
    for (const name of dropped) assert.ok(!(name in headers), name);
  });

  test('follows no redirect', async () => {
    answer = (_, response) => response.writeHead(302, { location: 'https://elsewhere.example/' }).end();
    const count = asked.length;
    const { status, headers } = await ask(server.url, `/huawei${PROGRESS}`);
    assert.deepEqual([status, headers.location], [302, 'https://elsewhere.example/']);
    assert.equal(asked.length, count + 1);
  });

  test('streams bodies both ways', async () => {
    let finish;
    answer = (_, response) => {
      response.writeHead(200);
      response.write('first ');
      finish = () => response.end('last');
    };
    const body = 'x'.repeat(300_000);
    const headers = { 'content-type': 'application/json', 'transfer-encoding': 'chunked' };
    const request = httpRequest(`${server.url}/huawei/v2/p`, { method: 'POST', headers, agent: false });
    request.end(body);
    const [response] = await once(request, 'response');
    const [chunk] = await once(response, 'data');
    assert.equal(chunk.toString(), 'first ');
    finish();
    assert.equal(Buffer.concat(await response.toArray()).toString(), 'last');
    const got = asked.at(-1);
    assert.deepEqual([got.method, got.headers['content-type'], got.body], ['POST', 'application/json', body]);
  });

  test('a body that breaks off on the way breaks off for the page too, and nothing else breaks', async () => {
    answer = (_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half');
      setTimeout(() => response.destroy(), 20);
    };
    await assert.rejects(ask(server.url, `/huawei${PROGRESS}`));
    answer = () => {};
    const left = ask(server.url, `/huawei${PROGRESS}`, { signal: AbortSignal.timeout(50) });
    await assert.rejects(left, { name: 'AbortError' });
    answer = (_, response) => response.end('fine');
    assert.equal((await ask(server.url, `/huawei${PROGRESS}`)).text, 'fine');
  });

  test("refuses other host names and other sites' pages before anything goes out", async () => {
    const count = asked.length;
    const evil = 'https://evil.example';
    for (const headers of [{ host: 'evil.example' }, { origin: evil }, { 'sec-fetch-site': 'cross-site' }]) {
      assert.equal((await ask(server.url, `/huawei${PROGRESS}`, { headers })).status, 403);
    }
    assert.equal(asked.length, count);
  });

  test('answers 502 when the upstream cannot be reached or breaks off', async () => {
    answer = (_, response) => response.destroy();
    const broken = await ask(server.url, `/huawei${PROGRESS}`);
    assert.equal(broken.status, 502);
    const unused = createServer().listen(0, '127.0.0.1');
    await once(unused, 'listening');
    const address = `http://127.0.0.1:${unused.address().port}`;
    unused.close();
    const other = await serve({ packageDir, upstream: address });
    const { status, headers, text } = await ask(other.url, `/huawei${PROGRESS}`);
    await other.close();
    assert.deepEqual([status, headers['content-type']], [502, 'application/json']);
    assert.deepEqual(JSON.parse(text), {
      error_code: 'DEMO.502',
      error_msg: 'The service could not be reached: ECONNREFUSED',
    });
  });

  test('takes only https origins, or http on this computer, and needs both variables', async () => {
    for (const wrong of [
      'http://apig.example',
      'http://localhost.evil.example',
      'ftp://localhost',
      'https://apig.example/path',
      'https://user:secret@apig.example',
      'https://apig.example?x',
      'apig.example',
      '',
    ]) {
      await assert.rejects(serve({ packageDir, upstream: wrong }), /upstream must be/, wrong);
    }
    for (const token of ['', 'two\nlines']) {
      await assert.rejects(serve({ packageDir, upstream: 'https://apig.example', token }), /HUAWEICLOUD_TOKEN/);
    }
    delete process.env.HUAWEICLOUD_PROJECT_ID;
    await assert.rejects(serve({ packageDir, upstream: 'https://apig.example' }), /HUAWEICLOUD_PROJECT_ID/);
  });
});
