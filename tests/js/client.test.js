// The client over real HTTP on loopback. Expected values are written by hand from the documents.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import vm from 'node:vm';

import { createClient, isTasksError, NotFoundError, TasksError } from 'huaweicloud-tasks';

import { answering, fixture, rejection, serve } from './support.js';

const TOKEN = 'MIIQ-a-token-as-long-as-one-may-be';

const clientFor = (url, options = {}) =>
  createClient({ endpoint: url, projectId: 'project', token: TOKEN, ...options });

for (const [name, expected] of [
  ['creating', { percent: 50, state: 'creating', error: null, endedAt: null }],
  ['success', { percent: 100, state: 'success', error: null, endedAt: 1597390224911 }],
  [
    'failed-quota',
    { percent: 0, state: 'failed', error: { code: 'APIC.9218', message: 'create failed...' }, endedAt: 1597390224911 },
  ],
  [
    'failed-resources',
    { percent: 0, state: 'failed', error: { code: 'APIC.9219', message: 'create failed...' }, endedAt: 1597390224911 },
  ],
  [
    'failed-other',
    { percent: 0, state: 'failed', error: { code: 'APIC.9206', message: 'create failed...' }, endedAt: 1597390224911 },
  ],
]) {
  test(`gateway progress: ${name}`, async (t) => {
    const raw = fixture(`apig-gateway-progress/200-${name}.json`);
    const { url, requests } = await serve(t, answering(200, raw));
    const progress = await clientFor(url).apig.gatewayProgress('gateway-1');
    assert.deepEqual(progress, { ...expected, startedAt: 1597389901161, raw });
    assert.deepEqual([requests.length, requests[0].method], [1, 'GET']);
    assert.equal(requests[0].url, '/v2/project/apigw/instances/gateway-1/progress');
    assert.equal(requests[0].headers['x-auth-token'], TOKEN);
  });
}

test('an async task, decoded like the offline decoder does', async (t) => {
  const raw = fixture('apig-async-task/200-import-succeed.json');
  const { url, requests } = await serve(t, answering(200, raw));
  const task = await clientFor(`${url}/huawei/`).apig.asyncTask('gateway-1', 'task-1');
  assert.deepEqual(task.result.success, [
    { id: 'ee93ce6815f04896b301452982b92222', method: 'GET', path: '/test1', action: 'create' },
  ]);
  assert.equal(task.raw, raw);
  assert.equal(requests[0].url, '/huawei/v2/project/apigw/instances/gateway-1/async-tasks/task-1');
});

test('an id stays one segment of the path', async (t) => {
  const { url, requests } = await serve(t, answering(200, fixture('apig-gateway-progress/200-success.json')));
  const { apig } = clientFor(url);
  for (const [id, segment] of [
    ['../../x', '..%2F..%2Fx'],
    ['a b/ç', 'a%20b%2F%C3%A7'],
    ['?x#y%2e', '%3Fx%23y%252e'],
    ['😀', '%F0%9F%98%80'],
  ]) {
    await apig.gatewayProgress(id);
    assert.equal(requests.at(-1).url, `/v2/project/apigw/instances/${segment}/progress`);
  }
});

for (const [path, status, name, kind, code, message, retryable = false] of [
  [
    'apig-gateway-progress/401.json',
    401,
    'AuthError',
    'auth',
    'APIC.7102',
    'Incorrect token or token resolution failed',
  ],
  [
    'apig-gateway-progress/403.json',
    403,
    'PermissionError',
    'permission',
    'APIC.7106',
    'No permissions to request for the method',
  ],
  ['apig-gateway-progress/404.json', 404, 'NotFoundError', 'notFound', 'APIC.7302', 'Instance not found'],
  ['apig-gateway-progress/500.json', 500, 'ServerError', 'server', 'APIC.9000', 'Failed to request internal service'],
  [
    'apig-async-task/400.json',
    400,
    'ApiError',
    'api',
    'APIG.2001',
    'The request parameters must be specified,parameterName:task_id. Please refer to the support documentation',
  ],
  ['apig-async-task/401.json', 401, 'AuthError', 'auth', 'APIG.1002', 'Incorrect token or token resolution failed'],
  [
    'apig-async-task/403.json',
    403,
    'PermissionError',
    'permission',
    'APIG.1005',
    'No permissions to request this method',
  ],
  [
    'apig-async-task/404.json',
    404,
    'NotFoundError',
    'notFound',
    'APIG.3093',
    'The asynchronous task d9ce8c9eede54b3f841ec324fe0bfdc2 does not exist',
  ],
  ['apig-async-task/500.json', 500, 'ServerError', 'server', 'APIG.9999', 'System error'],
]) {
  test(`${path} is a ${name}`, async (t) => {
    const raw = fixture(path);
    const { url } = await serve(t, answering(status, raw, { 'X-REQUEST-ID': 'request-1' }));
    const { apig } = clientFor(url);
    const isProgress = path.includes('progress');
    const error = await rejection(isProgress ? apig.gatewayProgress('i') : apig.asyncTask('i', 't'));
    const call = isProgress ? 'ShowDetailsOfInstanceProgressV2' : 'ShowAsyncTaskResult';
    assert.deepEqual(
      { ...error, name: error.name, message: error.message, raw: error.raw },
      {
        name,
        kind,
        status,
        code,
        requestId: 'request-1',
        retryable,
        message: `${call} answered ${status} ${code}: ${message}`,
        raw,
      },
    );
    assert.ok(error instanceof TasksError && error instanceof Error && isTasksError(error));
    assert.equal(error.constructor.name, name);
    assert.equal(error instanceof NotFoundError, name === 'NotFoundError');
  });
}

test('a 429 and a 503 are worth another try; HTML of a proxy is kept', async (t) => {
  const html = '<html><h1>502 Bad Gateway</h1></html>';
  for (const [status, body, name] of [
    [
      429,
      '{"error_code":"APIG.0308","error_msg":"policy user over ratelimit,limit:200,time:5 minute"}',
      'RateLimitError',
    ],
    [500, '{"error_code":"APIG.9008","error_msg":"Too many requests"}', 'RateLimitError'],
    [502, html, 'ServerError'],
    [503, '', 'ServerError'],
  ]) {
    const { url } = await serve(t, answering(status, body));
    const error = await rejection(clientFor(url).apig.gatewayProgress('i'));
    assert.deepEqual([error.name, error.retryable, error.raw], [name, true, body]);
  }
});

test('a body that is not what the documents say is a DecodeError with the body', async (t) => {
  for (const [body, path, expected] of [
    ['', '', 'an object'],
    ['null', '', 'an object'],
    ['<!doctype html><title>Sign in</title>', '', 'an object'],
    ['{"status":"creating","progress":"half"}', 'progress', 'an integer within ±(2^53 − 1)'],
    ['{"status":"creating","start_time":9007199254740992}', 'start_time', 'an integer within ±(2^53 − 1)'],
    ['{"progress":50}', 'status', 'a word'],
  ]) {
    const { url } = await serve(t, answering(200, body, { 'x-request-id': 'r' }));
    const error = await rejection(clientFor(url).apig.gatewayProgress('i'));
    assert.deepEqual(
      [error.name, error.path, error.expected, error.raw, error.status, error.requestId],
      ['DecodeError', path, expected, body, 200, 'r'],
    );
  }
});

test('a redirect is not followed: the token would go with it', async (t) => {
  const other = await serve(t, answering(200, fixture('apig-gateway-progress/200-success.json')));
  const { url } = await serve(t, answering(302, '', { location: `${other.url}/steal` }));
  const error = await rejection(clientFor(url).apig.gatewayProgress('i'));
  assert.deepEqual([error.name, error.status], ['ApiError', 302]);
  assert.match(error.message, /redirect/);
  assert.equal(other.requests.length, 0);
});

test('isTasksError knows errors of other realms and other copies', async (t) => {
  const { url } = await serve(t, answering(404, fixture('apig-gateway-progress/404.json')));
  const error = await rejection(clientFor(url).apig.gatewayProgress('i'));
  const foreign = vm.runInNewContext(`
    const error = new Error('x');
    Object.defineProperty(error, Symbol.for('huaweicloud-tasks.error'), { value: true });
    error`);
  assert.deepEqual([error, foreign].map(isTasksError), [true, true]);
  for (const other of [null, undefined, 'x', {}, new Error('x'), { kind: 'api' }])
    assert.equal(isTasksError(other), false);
});

test('many calls at once, and a process that can end', async (t) => {
  const raw = fixture('apig-gateway-progress/200-creating.json');
  const { url } = await serve(t, answering(200, raw));
  const { apig } = clientFor(url);
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, index) => apig.gatewayProgress(`gateway-${index}`)),
  );
  assert.ok(answers.every((answer) => answer.raw === raw));
  assert.deepEqual(
    process.getActiveResourcesInfo().filter((name) => name === 'Timeout'),
    [],
  );
});

test('the same answer gives the same error, a thousand times', async () => {
  const fetch = async () => new Response('<html>502</html>', { status: 502, headers: { 'x-request-id': 'r' } });
  const { apig } = clientFor('/h', { fetch, maxRetries: 0 });
  const told = new Set();
  for (let count = 0; count < 1_000; count += 1) {
    const error = await rejection(apig.gatewayProgress('i'));
    told.add(JSON.stringify([error, error.name, error.message, error.raw]));
  }
  assert.equal(told.size, 1);
});
