// What a client is given to call: token functions, and a fetch.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createClient } from 'huaweicloud-tasks';

import { answering, fixture, rejection, serve } from './support.js';

const TOKEN = 'MIIQ-a-token-as-long-as-one-may-be';

const clientFor = (url, options = {}) =>
  createClient({ endpoint: url, projectId: 'project', token: TOKEN, ...options });

const throwing = (thrown) => () => {
  throw thrown;
};
const no = throwing(new Error('no'));

/** An object that throws when it is asked for one of its properties. */
const getting = (name, others = {}) => Object.defineProperty(others, name, { get: no });

test('a token function is asked for each call, sync or async', async (t) => {
  const { url, requests } = await serve(t, answering(200, fixture('apig-gateway-progress/200-success.json')));
  let count = 0;
  const client = clientFor(url, { token: () => `token-${++count}` });
  await client.apig.gatewayProgress('i');
  await clientFor(url, { token: async () => 'token-async' }).apig.gatewayProgress('i');
  await client.apig.gatewayProgress('i');
  await clientFor(url, { token: null }).apig.gatewayProgress('i');
  const sent = requests.map((request) => request.headers['x-auth-token']);
  assert.deepEqual(sent, ['token-1', 'token-async', 'token-2', undefined]);
});

test('a token that cannot be a header is refused before any request, and is not told', async (t) => {
  const { url, requests } = await serve(t, answering(200, '{}'));
  for (const token of ['secret-token\n', 'secret token', 'secret-tökén', '', 5, undefined, {}]) {
    const error = await rejection(clientFor(url, { token: () => token }).apig.gatewayProgress('i'));
    assert.deepEqual([error.name, error.field], ['ConfigError', 'token']);
    assert.doesNotMatch(error.message, /secret/);
  }
  assert.equal(requests.length, 0);
});

test('a token function that fails is an AuthError with its cause', async (t) => {
  const { url, requests } = await serve(t, answering(200, '{}'));
  const cause = new Error('session is over');
  for (const token of [throwing(cause), async () => throwing(cause)()]) {
    const error = await rejection(clientFor(url, { token }).apig.gatewayProgress('i'));
    assert.deepEqual([error.name, error.cause, error.retryable], ['AuthError', cause, false]);
  }
  assert.equal(requests.length, 0);
});

test('the token is nowhere in an error, even where a proxy repeats it', async (t) => {
  const { url } = await serve(t, (request, response) => {
    response.writeHead(502);
    response.end(`<pre>X-Auth-Token: ${request.headers['x-auth-token']}</pre>`);
  });
  const error = await rejection(clientFor(url).apig.gatewayProgress('i'));
  assert.equal(error.raw, '<pre>X-Auth-Token: ***</pre>');
  const everything = [error.message, error.stack, JSON.stringify(error), JSON.stringify(clientFor(url))].join();
  assert.ok(!everything.includes(TOKEN));
});

test("a fetch of the caller's is called with address and options; what it does wrong is told", async () => {
  const body = fixture('apig-gateway-progress/200-success.json');
  const seen = [];
  const good = (url, init) => {
    seen.push([url, init.method, init.redirect]);
    return new Response(body);
  };
  assert.equal((await clientFor('/huawei', { fetch: good }).apig.gatewayProgress('i')).state, 'success');
  assert.deepEqual(seen, [['/huawei/v2/project/apigw/instances/i/progress', 'GET', 'manual']]);

  const text = { status: 200, headers: { get: () => null }, text: async () => body };
  assert.equal((await clientFor('/h', { fetch: async () => text }).apig.gatewayProgress('i')).state, 'success');

  for (const [fetch, name] of [
    [throwing(new TypeError('broken')), 'ConnectionError'],
    [async () => throwing('a word')(), 'ConnectionError'],
    [async () => throwing(new DOMException('gone', 'AbortError'))(), 'AbortedError'],
    [async () => undefined, 'ConfigError'],
    [async () => ({}), 'ConfigError'],
    [async () => ({ status: 200 }), 'ConfigError'],
    [async () => getting('headers', { status: 200, text: async () => 'x' }), 'DecodeError'],
    [async () => ({ status: 200, text: async () => 5 }), 'ConfigError'],
    [async () => ({ status: 200, arrayBuffer: async () => structuredClone(new ArrayBuffer(8)) }), 'DecodeError'],
    [async () => getting('status'), 'ConnectionError'],
    // biome-ignore lint/suspicious/noThenProperty: an answer like this is what is tried
    [async () => ({ then: no }), 'ConnectionError'],
    [() => new Proxy({}, { get: no }), 'ConnectionError'],
  ]) {
    const error = await rejection(clientFor('/h', { fetch, timeoutMs: 1_000 }).apig.gatewayProgress('i'));
    assert.equal(error.name, name, `${fetch}: ${error.message}`);
  }
  assert.equal(
    (await clientFor('/h', { fetch: good }).apig.gatewayProgress('i')).state,
    'success',
    'the next call works',
  );
});
