// Every decoder over every body of the documents, and which call a body is told to be of. Expected values are written
// by hand from the documents; those of an async task are in decode.test.js.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, test } from 'node:test';

import * as tasks from 'huaweicloud-tasks';
import * as decode from 'huaweicloud-tasks/decode';

import { answering, ask, CALLS, fixture, serve, thrown } from './support.js';

const FIXTURES = join(process.env.PROJECT_ROOT, 'tests/fixtures');

const DECODERS = Object.values(CALLS).flatMap(({ decoder = [] }) => decoder);

const STARTED_AT = 1597389901161;
const ENDED_AT = 1597390224911;
const failedBy = (code) => ({
  ...{ state: 'failed', percent: 0, error: { code, message: 'create failed...' } },
  ...{ startedAt: STARTED_AT, endedAt: ENDED_AT },
});

const ITEM_CREATING = { state: 'creating', percent: 0, endedAt: null, error: null };

/** What each body says, but for `raw`; of ROMA's, but for the instance, whose 69 fields are in calls-roma.test.js. */
const EXPECTED = {
  'apig-gateway-progress/200-creating.json': {
    state: 'creating',
    percent: 50,
    error: null,
    startedAt: STARTED_AT,
    endedAt: null,
  },
  'apig-gateway-progress/200-success.json': {
    state: 'success',
    percent: 100,
    error: null,
    startedAt: STARTED_AT,
    endedAt: ENDED_AT,
  },
  'apig-gateway-progress/200-failed-other.json': failedBy('APIC.9206'),
  'apig-gateway-progress/200-failed-quota.json': failedBy('APIC.9218'),
  'apig-gateway-progress/200-failed-resources.json': failedBy('APIC.9219'),
  'apig-async-import/202.json': { kind: 'apig.task', taskId: 'd9ce8c9eede54b3f841ec324fe0bfdc2' },
  'roma-instance-process/200-creating.json': {
    ...{ state: 'creating', percent: 0, error: null, startedAt: 1741262473785, endedAt: null, elapsedMs: 30_109 },
    ...{ currentTime: 1741262503894, takenTime: 1, name: 'roma-2222' },
    instanceId: 'b037d389-62a4-464a-8461-c88797ad4f23',
    items: [
      { ...ITEM_CREATING, name: 'mqs', startedAt: null, takenTime: 0 },
      { ...ITEM_CREATING, name: 'lvs', startedAt: 1741262473785, takenTime: 1 },
    ],
  },
  'sfs-turbo-job/200-success.json': {
    ...{ id: '26f6b565-xxxx-XXXX-xxxx-03f0bd975433', type: 'bind_ldap', state: 'success', error: null, subJobs: [] },
    // 2023-07-26 09:33:58 UTC; the id of a request comes in a header.
    ...{ startedAt: 1690364038000, endedAt: 1690364038000, requestId: null },
  },
  'kps-task/200-running-reset.json': {
    ...{ taskId: 'aee8d2fe-5484-4753-9177-5a38dc15546c', serverId: 'c9aa197b-a6b6-4c33-b3a6-fa0b4ec50006' },
    ...{ status: 'RUNNING_RESET', phase: 'running', operation: 'reset' },
  },
  'cvr-render-tasks/200-one-active.json': {
    count: 1,
    renderTasks: [
      {
        taskId: '5a229588-7bea-11eb-bb6d-84a93e805fe6',
        applicationId: '63b79e6e-7be9-11eb-8817-84a93e805fe6',
        serverId: '63231434-7bea-11eb-9409-84a93e805fe6',
        ...{ sessionId: '1', deviceId: '0FBCA6', deviceBrand: null, deviceType: null, applicationUser: null },
        ...{ applicationLaunchArgs: null, protocolType: null, location: [], resolution: null, gpuIpType: null },
        ...{ status: 'active', startedAt: 1614689713000, finishedAt: null, finishReason: null },
      },
    ],
  },
};

const folders = readdirSync(FIXTURES, { withFileTypes: true }).filter((entry) => entry.isDirectory());
const files = folders.flatMap(({ name }) => readdirSync(join(FIXTURES, name)).map((file) => `${name}/${file}`));
const answers = files.filter((file) => /\/2\d\d/.test(file));
const others = files.filter((file) => !answers.includes(file));
const folderOf = (file) => file.split('/')[0];

test('every answer of the documents is looked at', () => {
  const known = answers.filter((file) => folderOf(file) !== 'apig-async-task');
  assert.deepEqual(Object.keys(EXPECTED).sort(), known.sort());
  assert.ok(answers.length >= 15 && others.length >= 15, `${answers.length} and ${others.length}`);
});

for (const file of answers) {
  const row = CALLS[folderOf(file)];
  const { decoder, call } = row;
  const body = fixture(file);

  test(`${file}: ${decoder} gives what the call gives, and it is recognised`, async (t) => {
    const decoded = tasks[decoder](body);
    if (EXPECTED[file] !== undefined) {
      const { raw, ...rest } = decoded;
      if (decoder === 'decodeRomaInstanceProgress') {
        assert.deepEqual([Object.keys(rest.instance).length, rest.instance.userName], [69, 'zhangyue']);
        delete rest.instance;
      }
      assert.deepEqual({ raw, ...rest }, { raw: body, ...EXPECTED[file] });
    }
    assert.equal(tasks.recognise(body), call);
    // The call over HTTP: what was started is an operation, which has more.
    const { url } = await serve(t, answering(Number.parseInt(file.split('/')[1], 10), body));
    const answer = await ask(tasks.createClient({ endpoint: url, projectId: 'p', token: 't' }), row);
    if (decoder !== 'decodeStartedTask') assert.deepEqual(decoded, answer);
    for (const [name, value] of Object.entries(decoded)) assert.deepEqual(answer[name], value, name);
  });

  test(`${file}: bytes, a buffer and the parsed object are the same body`, () => {
    const bytes = new TextEncoder().encode(body);
    const parsed = JSON.parse(body);
    const decoded = tasks[decoder](body);
    assert.deepEqual(tasks[decoder](bytes), decoded);
    assert.deepEqual(tasks[decoder](bytes.buffer), decoded);
    assert.deepEqual(tasks[decoder](parsed), { ...decoded, raw: JSON.stringify(parsed) });
    for (const given of [bytes, bytes.buffer, parsed]) assert.equal(tasks.recognise(given), call);
  });
}

for (const file of others) {
  test(`${file}: no answer, so it is not recognised and no decoder takes it`, () => {
    const body = fixture(file);
    assert.equal(tasks.recognise(body), null);
    for (const decoder of DECODERS.filter((name) => name !== 'decodeRenderTasks')) {
      const error = thrown(() => tasks[decoder](body));
      assert.deepEqual([error.name, error.kind, error.raw], ['DecodeError', 'decode', body.slice(0, 65_536)], decoder);
    }
  });
}

describe('a change of a key pair, which the documents only describe', () => {
  for (const [body, expected] of [
    [
      { task_id: 't', server_id: 's', status: 'SUCCESS' },
      { kind: 'kps.task', state: 'dispatched', taskId: 't', serverId: 's', error: null },
    ],
    [
      { server_id: 's', status: 'FAILED', error_code: 'KPS.0400', error_msg: 'no' },
      { kind: 'kps.task', state: 'failed', taskId: null, serverId: 's', error: { code: 'KPS.0400', message: 'no' } },
    ],
    [
      { server_id: 's', status: 'PAUSED' },
      { kind: 'kps.task', state: 'PAUSED', taskId: null, serverId: 's', error: null },
    ],
  ]) {
    test(body.status, () => {
      const raw = JSON.stringify(body);
      assert.deepEqual(tasks.decodeKeypairDispatch(raw), { ...expected, raw });
      assert.equal(tasks.recognise(raw), 'kps.associate');
    });
  }

  test('one that was dispatched names its task', () => {
    const error = thrown(() => tasks.decodeKeypairDispatch({ server_id: 's', status: 'SUCCESS' }));
    assert.deepEqual([error.name, error.path], ['DecodeError', 'task_id']);
  });
});

test('what is wrong in a body is told by place', () => {
  for (const [decoder, body, path, expected] of [
    ['decodeGatewayProgress', { status: 'creating', progress: 'half' }, 'progress', 'an integer'],
    ['decodeRomaInstanceProgress', { status: 'creating', item: [{ status: [] }] }, 'item[0].status', 'a string'],
    ['decodeSfsTurboJob', { job_id: 'j', status: 'running', begin_time: 'soon' }, 'begin_time', 'a time'],
    ['decodeKeypairTask', { task_status: 'READY_BIND' }, 'task_id', 'an id'],
    ['decodeStartedTask', { task_id: null }, 'task_id', 'an id'],
    ['decodeRenderTasks', { render_tasks: [{ location: 'l' }] }, 'render_tasks[0].location', 'an array'],
  ]) {
    const error = thrown(() => tasks[decoder](body));
    assert.deepEqual([error.name, error.path], ['DecodeError', path], decoder);
    assert.ok(error.expected.startsWith(expected), `${decoder}: ${error.expected}`);
  }
});

test('a list of render tasks that is left out is an empty page, so that of an error is one too', () => {
  const body = '{"error_code":"CVR.0001","error_msg":"m"}';
  assert.deepEqual(tasks.decodeRenderTasks(body), { count: null, renderTasks: [], raw: body });
  assert.equal(tasks.recognise(body), null);
});

test('what can be no body is a ConfigError, for each of them', () => {
  const cyclic = {};
  cyclic.self = cyclic;
  for (const name of [...DECODERS, 'recognise']) {
    for (const body of [undefined, () => {}, Symbol('x'), 10n, cyclic]) {
      const error = thrown(() => tasks[name](body));
      assert.deepEqual([error.name, error.field], ['ConfigError', 'body'], name);
    }
  }
});

test('what is no body of these is not recognised', () => {
  const texts = ['', '<html>', 'null', '[]', '{}', '{"status":"creating"}'];
  for (const body of [...texts, [], null, {}, new Uint8Array([0xff])]) {
    assert.equal(tasks.recognise(body), null);
  }
});

test('the same are there for require; the small entry has the decoder of async tasks alone', () => {
  const required = createRequire(import.meta.url)('huaweicloud-tasks');
  for (const name of [...DECODERS, 'recognise']) assert.equal(typeof required[name], 'function', name);
  assert.equal(required.recognise({ job_id: 'j', status: 'running' }), 'sfsTurbo.job');
  assert.deepEqual(Object.keys(decode).sort(), [
    'ConfigError',
    'DecodeError',
    'TasksError',
    'decodeAsyncTask',
    'init',
    'isTasksError',
  ]);
});
