// What may be said to a client, and what happens to the rest: a ConfigError that names the field, before any request.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createClient, init, isTasksError } from 'huaweicloud-tasks';

import { rejection, thrown } from './support.js';

const good = { region: 'cn-north-4', projectId: 'p', token: 't' };
const { region: _, ...withoutRegion } = good;

for (const [about, options, field] of [
  ['no options', undefined, 'options'],
  ['null', null, 'options'],
  ['a text', 'cn-north-4', 'options'],
  ['an unknown name', { ...good, regoin: 'x' }, 'regoin'],
  ['a name of the prototype', { ...good, constructor: 1 }, 'constructor'],
  ['neither region nor endpoint', withoutRegion, 'region'],
  ['region and endpoint', { ...good, endpoint: 'https://h' }, 'endpoint'],
  ['no projectId', { region: 'r', token: 't' }, 'projectId'],
  ['no token', { region: 'r', projectId: 'p' }, 'token'],
  ['a null token in a region', { ...good, token: null }, 'token'],
  ['a number as token', { ...good, token: 5 }, 'token'],
  ['an empty token', { ...good, token: '' }, 'token'],
  ['a number as projectId', { ...good, projectId: 5 }, 'projectId'],
  ['an empty projectId', { ...good, projectId: '' }, 'projectId'],
  ['half of a surrogate pair', { ...good, projectId: '\ud800' }, 'projectId'],
  ['a region with a dot', { ...good, region: 'evil.example' }, 'region'],
  ['a region with a slash', { ...good, region: 'x/' }, 'region'],
  ['a region in capitals', { ...good, region: 'CN-NORTH-4' }, 'region'],
  ['an endpoint without scheme', { ...withoutRegion, endpoint: 'example.com' }, 'endpoint'],
  ['an endpoint of another scheme', { ...withoutRegion, endpoint: 'file:///x' }, 'endpoint'],
  ['an endpoint with a user', { ...withoutRegion, endpoint: 'https://u:p@h/' }, 'endpoint'],
  ['an endpoint with a query', { ...withoutRegion, endpoint: 'https://h/?a=1' }, 'endpoint'],
  ['an endpoint with a fragment', { ...withoutRegion, endpoint: 'https://h/#a' }, 'endpoint'],
  ['an endpoint of another host in disguise', { ...withoutRegion, endpoint: '//evil.example' }, 'endpoint'],
  ['a fetch that is no function', { ...good, fetch: {} }, 'fetch'],
  ['a text as timeoutMs', { ...good, timeoutMs: '5' }, 'timeoutMs'],
  ['timeoutMs of 0', { ...good, timeoutMs: 0 }, 'timeoutMs'],
  ['timeoutMs below 0', { ...good, timeoutMs: -1 }, 'timeoutMs'],
  ['timeoutMs that is no number', { ...good, timeoutMs: NaN }, 'timeoutMs'],
  ['timeoutMs beyond what a timer counts', { ...good, timeoutMs: 2 ** 31 }, 'timeoutMs'],
]) {
  test(`createClient refuses ${about}`, () => {
    const error = thrown(() => createClient(options));
    assert.deepEqual([error.name, error.kind, error.field], ['ConfigError', 'config', field]);
    assert.ok(error.message.startsWith(`${field}: `), error.message);
    assert.ok(isTasksError(error));
  });
}

for (const [about, call, field] of [
  ['no id', (apig) => apig.gatewayProgress(), 'instanceId'],
  ['an empty id', (apig) => apig.gatewayProgress(''), 'instanceId'],
  ['a number as id', (apig) => apig.gatewayProgress(5), 'instanceId'],
  ['a step up as id', (apig) => apig.gatewayProgress('..'), 'instanceId'],
  ['a step to itself as id', (apig) => apig.asyncTask('i', '.'), 'taskId'],
  ['no task id', (apig) => apig.asyncTask('i'), 'taskId'],
  ['half of a surrogate pair', (apig) => apig.asyncTask('i', 'x\udc00'), 'taskId'],
  ['options that are no object', (apig) => apig.gatewayProgress('i', 5), 'options'],
  ['an unknown option', (apig) => apig.gatewayProgress('i', { timeout: 5 }), 'timeout'],
  ['a signal that is none', (apig) => apig.gatewayProgress('i', { signal: {} }), 'signal'],
  ['timeoutMs of 0', (apig) => apig.gatewayProgress('i', { timeoutMs: 0 }), 'timeoutMs'],
]) {
  test(`a call refuses ${about}, as a rejection and before any request`, async () => {
    let requests = 0;
    const fetch = async () => {
      requests += 1;
      return new Response('{}');
    };
    const error = await rejection(call(createClient({ ...good, fetch }).apig));
    assert.deepEqual([error.name, error.field, requests], ['ConfigError', field, 0]);
  });
}

test("requests go to the region's own address, or below the endpoint", async () => {
  const seen = [];
  const fetch = async (url) => {
    seen.push(url);
    return new Response('{"status":"creating"}');
  };
  await createClient({ ...good, fetch }).apig.gatewayProgress('i');
  await createClient({ ...withoutRegion, endpoint: 'https://Proxy.example:8443/a/b//', fetch }).apig.gatewayProgress(
    'i',
  );
  await createClient({ ...withoutRegion, endpoint: '/huawei/', fetch }).apig.gatewayProgress('i');
  await createClient({ ...withoutRegion, endpoint: '/', fetch }).apig.gatewayProgress('i');
  assert.deepEqual(seen, [
    'https://apig.cn-north-4.myhuaweicloud.com/v2/p/apigw/instances/i/progress',
    'https://proxy.example:8443/a/b/v2/p/apigw/instances/i/progress',
    '/huawei/v2/p/apigw/instances/i/progress',
    '/v2/p/apigw/instances/i/progress',
  ]);
});

test('an option that is undefined is not there', () => {
  assert.ok(createClient({ ...good, endpoint: undefined, fetch: undefined, timeoutMs: undefined }).apig);
});

test('init refuses what it does not know', async () => {
  for (const [options, field] of [
    [5, 'options'],
    [{ modul: 1 }, 'modul'],
  ]) {
    assert.equal((await rejection(init(options))).field, field);
  }
});

test('init can be called again, and at once', async () => {
  await Promise.all([init(), init()]);
  assert.equal(await init(), undefined);
});
