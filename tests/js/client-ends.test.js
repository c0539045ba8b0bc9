// How a call ends without an answer: no connection, no time left, an abort.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createClient } from 'huaweicloud-tasks';

import { rejection, serve } from './support.js';

const clientFor = (url, options = {}) =>
  createClient({ endpoint: url, projectId: 'project', token: 'a-token', ...options });

test('no answer is a ConnectionError with its cause', async () => {
  const error = await rejection(clientFor('http://127.0.0.1:1').apig.gatewayProgress('i'));
  assert.deepEqual(
    [error.name, error.kind, error.status, error.retryable],
    ['ConnectionError', 'connection', null, true],
  );
  assert.ok(error.cause instanceof TypeError);
  assert.match(error.message, /http:\/\/127\.0\.0\.1:1\//);
});

test('a connection that breaks within the body is a ConnectionError', async (t) => {
  const { url } = await serve(t, (_request, response) => {
    response.writeHead(200, { 'content-length': '1000' });
    response.write('{"status"', () => response.destroy());
  });
  assert.equal((await rejection(clientFor(url).apig.gatewayProgress('i'))).name, 'ConnectionError');
});

test('a call ends after timeoutMs: the token, the answer and the body count', async (t) => {
  const never = () => new Promise(() => {});
  const silent = await serve(t, () => {});
  const halting = await serve(t, (_request, response) => {
    response.writeHead(200);
    response.write('{');
  });
  for (const client of [
    clientFor(silent.url, { timeoutMs: 40 }),
    clientFor(halting.url, { timeoutMs: 40 }),
    clientFor(silent.url, { timeoutMs: 40, token: never }),
    clientFor(silent.url, { timeoutMs: 40, fetch: never }),
    clientFor(silent.url, {
      timeoutMs: 40,
      fetch: async () => ({ status: 200, headers: new Headers(), arrayBuffer: never }),
    }),
  ]) {
    const error = await rejection(client.apig.gatewayProgress('i'));
    assert.deepEqual([error.name, error.retryable], ['TimeoutError', true]);
    assert.match(error.message, /within 40 ms/);
  }
  const error = await rejection(clientFor(silent.url).apig.gatewayProgress('i', { timeoutMs: 30 }));
  assert.match(error.message, /within 30 ms/);
});

test("an aborted signal rejects with the caller's own reason, whatever it is", async (t) => {
  const { url, requests } = await serve(t, () => {});
  for (const reason of [new Error('mine'), 'a word', 0, null, { kind: 'config' }, { kind: 'reason' }]) {
    const early = AbortSignal.abort(reason);
    assert.equal(await rejection(clientFor(url).apig.gatewayProgress('i', { signal: early })), reason);
    const late = new AbortController();
    const call = clientFor(url).apig.asyncTask('i', 't', { signal: late.signal });
    setTimeout(() => late.abort(reason), 10);
    assert.equal(await rejection(call), reason);
  }
  const plain = new AbortController();
  plain.abort();
  assert.equal(
    (await rejection(clientFor(url).apig.gatewayProgress('i', { signal: plain.signal }))).name,
    'AbortError',
  );
  assert.ok(requests.length <= 6, 'nothing is sent under a signal that is aborted already');
});

test('a signal without a reason rejects with an AbortError, as platforms do', async () => {
  const signal = { aborted: true, addEventListener() {}, removeEventListener() {} };
  const error = await rejection(
    clientFor('/h', { fetch: async () => new Response() }).apig.gatewayProgress('i', { signal }),
  );
  assert.deepEqual([error instanceof DOMException, error.name], [true, 'AbortError']);
});

test('an abort leaves no listener behind and ends the request', async (t) => {
  let closed = 0;
  const { url } = await serve(t, (request) => request.on('close', () => (closed += 1)));
  const controller = new AbortController();
  let listeners = 0;
  const { signal } = controller;
  const watched = {
    get aborted() {
      return signal.aborted;
    },
    get reason() {
      return signal.reason;
    },
    addEventListener(...args) {
      listeners += 1;
      signal.addEventListener(...args);
    },
    removeEventListener(...args) {
      listeners -= 1;
      signal.removeEventListener(...args);
    },
  };
  const call = clientFor(url).apig.gatewayProgress('i', { signal: watched });
  setTimeout(() => controller.abort('enough'), 30);
  assert.equal(await rejection(call), 'enough');
  assert.equal(listeners, 0);
  while (closed === 0) await new Promise((resolve) => setTimeout(resolve, 5));
});
