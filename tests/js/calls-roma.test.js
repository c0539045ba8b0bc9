// The creation of a ROMA Connect instance over real HTTP. Expected values are written by hand from the documents.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createClient } from 'huaweicloud-tasks';

import { answering, fixture, rejection, serve } from './support.js';

const CREATING = fixture('roma-instance-process/200-creating.json');

const romaAt = (url, options = {}) =>
  createClient({ endpoint: url, projectId: 'project/1', token: 'token-1', ...options }).roma;

/** What is made of a body. */
async function progressOf(test, body) {
  const { url } = await serve(test, answering(200, typeof body === 'string' ? body : JSON.stringify(body)));
  return romaAt(url).instanceProgress('i');
}

/** The 69 fields of the documents, with what their example has. */
const INSTANCE = {
  instanceId: 'b037d389-62a4-464a-8461-c88797ad4f23',
  name: 'roma-2222',
  status: 'CREATING',
  connectAddress: null,
  connectAddressWithPP: null,
  mgmtConnectAddress: null,
  mgmtExtraConnectAddress: null,
  port: null,
  conAmount: '25',
  type: 'basic',
  location: null,
  productId: '00300-30101-0--0',
  engine: 'ROMA',
  engineVersion: '1.0.0',
  chargingMode: 1,
  description: null,
  errorCode: 'JOB-0d42a6bc-3f3d-446a-8351-00a110f56137',
  errorMessage: null,
  resTenantId: '#',
  resDomainId: '#',
  resVpcId: '#',
  resSubnetId: '#',
  resSecurityGroupId: '#',
  tenantId: 'c29445cce74b445682de4fcf3102cec4',
  tenantVpcId: 'f33728c1-e774-4a9b-a0bb-30b840645628',
  tenantSubnetId: 'f65009c8-7009-403c-abdf-3100f9817762',
  tenantSecurityGroupId: '272338c9-b3ee-41ae-a2b6-3942f31030da',
  userId: '9167977213674566b8d89570083e2ba0',
  userName: 'zhangyue',
  domainId: null,
  virtualRouterId: null,
  orderId: '20250306120108660165176',
  createdAt: 1741262473785,
  updatedAt: 1741262475453,
  deletedAt: null,
  availableZones: ['az0.dc0'],
  maintainBegin: '12:01:13',
  maintainEnd: '12:01:13',
  taskStatus: null,
  noPasswordAccess: false,
  accessUser: null,
  publicipId: null,
  publicipAddr: null,
  publicipBounded: false,
  outZones: null,
  resourceList: null,
  nameLike: null,
  instanceIdLike: null,
  specCode: 'roma.basic.001',
  statusIncluded: null,
  epId: '0',
  resLeakStatus: null,
  tagEntries: null,
  epIds: null,
  typeExcluded: null,
  ipv6Enable: false,
  ipv6ConnectAddress: null,
  bandwidths: 0,
  ingressBandwidthSize: null,
  resInstanceClusterId: '#',
  scope: 'center',
  cpuArch: 'x86_64',
  cryptoType: null,
  rocketmqEnable: false,
  externalElbEnable: false,
  ltsLogGroupId: null,
  demondPay: true,
  prePay: false,
  epIdOrDefault: '0',
};

const ITEM_CREATING = { state: 'creating', percent: 0, endedAt: null, error: null };
const NOTHING_KNOWN = { ...Object.fromEntries(Object.keys(INSTANCE).map((name) => [name, null])), availableZones: [] };

test('roma-instance-process/200-creating.json: an instance that is being created', async (t) => {
  assert.equal(Object.keys(INSTANCE).length, 69);
  const { url, requests } = await serve(t, answering(200, CREATING));
  const progress = await romaAt(url).instanceProgress('instance ä/1');
  assert.deepEqual(progress, {
    state: 'creating',
    percent: 0,
    error: null,
    startedAt: 1741262473785,
    endedAt: null,
    elapsedMs: 30_109,
    currentTime: 1741262503894,
    takenTime: 1,
    instanceId: 'b037d389-62a4-464a-8461-c88797ad4f23',
    name: 'roma-2222',
    items: [
      { ...ITEM_CREATING, name: 'mqs', startedAt: null, takenTime: 0 },
      { ...ITEM_CREATING, name: 'lvs', startedAt: 1741262473785, takenTime: 1 },
    ],
    instance: INSTANCE,
    raw: CREATING,
  });
  const [{ method, url: path, headers, body }] = requests;
  assert.deepEqual(
    [requests.length, method, path],
    [1, 'GET', '/v2/project%2F1/instances/instance%20%C3%A4%2F1/process'],
  );
  assert.deepEqual([headers['x-auth-token'], headers['content-type']], ['token-1', undefined]);
  assert.equal((await body).length, 0);
});

test('the fields of an instance stay in the order of the documents', async (t) => {
  const { instance } = await progressOf(t, CREATING);
  assert.deepEqual(Object.keys(instance), Object.keys(INSTANCE));
});

test('an instance that is there', async (t) => {
  const body = {
    ...JSON.parse(CREATING),
    status: 'RUNNING',
    progress: 100,
    end_time: 1741263073785,
    currentTime: 1741269999999,
    item: [{ name: 'mqs', status: 'Success', progress: 100, start_time: 1741262473785, end_time: 1741263000000 }],
  };
  body.instance = { ...body.instance, status: 'RUNNING', errorCode: null, connectAddress: '192.168.0.10' };
  const { state, percent, error, startedAt, endedAt, elapsedMs, items, instance } = await progressOf(t, body);
  assert.deepEqual(
    { state, percent, error, startedAt, endedAt, elapsedMs },
    {
      ...{ state: 'success', percent: 100, error: null },
      ...{ startedAt: 1741262473785, endedAt: 1741263073785, elapsedMs: 600_000 },
    },
  );
  assert.deepEqual(items, [
    {
      ...{ name: 'mqs', state: 'success', percent: 100, startedAt: 1741262473785, endedAt: 1741263000000 },
      ...{ takenTime: null, error: null },
    },
  ]);
  assert.deepEqual(instance, { ...INSTANCE, status: 'RUNNING', errorCode: null, connectAddress: '192.168.0.10' });
});

test('an instance that failed is an answer that says why', async (t) => {
  for (const status of ['CREATE_FAILED', 'failed', 'Failed']) {
    const body = { ...JSON.parse(CREATING), status, end_time: 1741262500000 };
    body.instance = { ...body.instance, errorCode: 'ROMA.9999', errorMessage: 'System error' };
    body.item = [{ name: 'lvs', status, error_code: 'ROMA.9999', error_msg: 'no resources', end_time: 1741262490000 }];
    const { state, error, endedAt, items } = await progressOf(t, body);
    assert.deepEqual(
      [state, error, endedAt],
      ['failed', { code: 'ROMA.9999', message: 'System error' }, 1741262500000],
    );
    assert.deepEqual(items, [
      {
        ...{ name: 'lvs', state: 'failed', percent: null, startedAt: null, endedAt: 1741262490000, takenTime: null },
        error: { code: 'ROMA.9999', message: 'no resources' },
      },
    ]);
  }
});

test('a failure without a reason is still one', async (t) => {
  const { state, error, instance } = await progressOf(t, { status: 'failed' });
  assert.deepEqual([state, error, instance], ['failed', { code: null, message: null }, NOTHING_KNOWN]);
});

test('a word nobody documented is kept, and is no end', async (t) => {
  for (const status of ['FROZEN', 'succeeded', 'created']) {
    const body = { ...JSON.parse(CREATING), status, end_time: 1741262500000 };
    body.item = [{ status: 'Paused', end_time: 1741262500000 }];
    const { state, error, endedAt, elapsedMs, items } = await progressOf(t, body);
    assert.deepEqual([state, error, endedAt, elapsedMs], [status, null, null, 30_109]);
    assert.deepEqual([items[0].state, items[0].endedAt], ['Paused', null]);
  }
});

test('what is left out or null is null, and what is unknown is left to raw', async (t) => {
  for (const body of [
    '{"status":"creating"}',
    '{"status":"creating","instance":null,"item":null,"progress":null,"start_time":null,"name":null}',
    '{"status":"creating","instance":{"newField":{"deep":[1]}},"item":[],"newField":1}',
  ]) {
    assert.deepEqual(await progressOf(t, body), {
      ...{ state: 'creating', percent: null, error: null, startedAt: null, endedAt: null, elapsedMs: null },
      ...{ currentTime: null, takenTime: null, instanceId: null, name: null, items: [] },
      instance: NOTHING_KNOWN,
      raw: body,
    });
  }
});

test('zones that cannot be read are none', async (t) => {
  for (const [availableZones, expected] of [
    ['["az0.dc0","az1.dc1"]', ['az0.dc0', 'az1.dc1']],
    ['[]', []],
    ['', []],
    ['az0.dc0', []],
    ['["az0"', []],
    ['{}', []],
    [null, []],
  ]) {
    const { instance } = await progressOf(t, { status: 'creating', instance: { availableZones } });
    assert.deepEqual(instance.availableZones, expected, String(availableZones));
  }
});

test("what is not an instance's progress is told by place", async (t) => {
  for (const [body, path] of [
    ['', ''],
    ['[]', ''],
    ['{"instance":{}}', 'status'],
    ['{"status":"creating","progress":"half"}', 'progress'],
    ['{"status":"creating","instance":{"noPasswordAccess":"maybe"}}', 'instance.noPasswordAccess'],
    ['{"status":"creating","instance":{"createdAt":1.5}}', 'instance.createdAt'],
    ['{"status":"creating","item":[{"status":"creating"},{}]}', 'item[1].status'],
    ['{"status":"creating","item":{}}', 'item'],
  ]) {
    const error = await rejection(progressOf(t, body));
    assert.deepEqual([error.name, error.path, error.raw], ['DecodeError', path, body]);
  }
});

test('an id that is none is refused by name, and nothing is sent', async (t) => {
  const { url, requests } = await serve(t, answering(200, CREATING));
  for (const id of [undefined, null, '', 5, '.', '..']) {
    const error = await rejection(romaAt(url).instanceProgress(id));
    assert.deepEqual([error.name, error.field], ['ConfigError', 'instanceId']);
  }
  const error = await rejection(romaAt(url).instanceProgress('i', { foo: 1 }));
  assert.deepEqual([error.name, error.field, requests.length], ['ConfigError', 'foo', 0]);
});
