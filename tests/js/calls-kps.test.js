// Key pairs over real HTTP: what is sent, what is made of the answers, and that no key is ever shown.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';

import { createClient } from 'huaweicloud-tasks';

import { answering, fixture, rejection, serve } from './support.js';

const RUNNING = fixture('kps-task/200-running-reset.json');
const DISPATCHED = '{"task_id":"task-1","server_id":"server-1","status":"SUCCESS","error_code":null,"error_msg":null}';
const PEM = '-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA7/x+\nq83vEw4DZkQ==\n-----END RSA PRIVATE KEY-----\n';
const PASSWORD = 'Geh"eim\\nis/<ä&=>';
// What shows that a secret got out, however it is written: their parts have nothing that any writer escapes.
const LEAK = /MIIEpAIBAAKCAQEA7|q83vEw4DZkQ|Geh|eim/;

const kpsAt = (url, options = {}) =>
  createClient({ endpoint: url, projectId: 'project/1', token: 'token-1', ...options }).kps;

const server = { id: 'server-1' };
const withKey = { ...server, auth: { type: 'keypair', key: PEM } };
const withPassword = { ...server, auth: { type: 'password', key: PASSWORD } };

/** What is made of the answer to a request for a task. */
async function dispatchOf(test, body, request = { server }, status = 202) {
  const { url } = await serve(test, answering(status, typeof body === 'string' ? body : JSON.stringify(body)));
  return kpsAt(url).disassociate(request);
}

/** All that can be seen of an error. */
const shown = (error) =>
  [
    ...[error.message, error.stack, error.raw, JSON.stringify(error)],
    ...[inspect(error, { depth: 9 }), inspect(error.cause, { depth: 9 })],
  ].join('\n');

for (const [name, server] of [
  [
    'request-replace',
    {
      id: 'd76baba7-ef09-40a2-87ff-3eafec0696e7',
      auth: { type: 'keypair', key: '-----BEGINRSAPRIVATEKEY-----\nM...' },
    },
  ],
  ['request-reset', { id: 'x76baba7-ef09-40a2-87ff-3eafec0696e7' }],
]) {
  test(`kps-disassociate/${name}.json: what is sent`, async (t) => {
    const { url, requests } = await serve(t, answering(202, DISPATCHED));
    const started = await kpsAt(url).disassociate({ server });
    assert.deepEqual(
      { ...started },
      {
        kind: 'kps.task',
        state: 'dispatched',
        taskId: 'task-1',
        serverId: 'server-1',
        error: null,
        raw: DISPATCHED,
      },
    );
    // What was just started is not asked about at once, so that a short wait for it ends with what to resume from.
    const error = await rejection(started.result({ maxWaitMs: 1 }));
    const { kind, ids } = error.handle;
    assert.deepEqual([error.name, error.view, kind, ids], ['WaitTimeoutError', null, 'kps.task', { taskId: 'task-1' }]);
    const [{ method, url: path, headers, body }] = requests;
    assert.deepEqual([requests.length, method, path], [1, 'POST', '/v3/project%2F1/keypairs/disassociate']);
    assert.deepEqual([headers['x-auth-token'], headers['content-type']], ['token-1', 'application/json']);
    assert.deepEqual(JSON.parse(await body), JSON.parse(fixture(`kps-disassociate/${name}.json`)));
  });
}

test('a key pair is bound with all that can be said, or with the least', async (t) => {
  const { url, requests } = await serve(t, answering(202, DISPATCHED));
  const { kind, state, taskId } = await kpsAt(url).associate({
    keypairName: 'my "pair" ä',
    server: { ...withPassword, disablePassword: true, port: 2222 },
  });
  assert.deepEqual({ kind, state, taskId }, { kind: 'kps.task', state: 'dispatched', taskId: 'task-1' });
  const least = { keypairName: 'pair', server: { ...server, disablePassword: false } };
  await kpsAt(url).associate(least, { timeoutMs: 5_000 });
  assert.deepEqual(
    requests.map(({ method, url: path, headers }) => [method, path, headers['content-type'], headers['x-auth-token']]),
    Array(2).fill(['POST', '/v3/project%2F1/keypairs/associate', 'application/json', 'token-1']),
  );
  assert.deepEqual(await Promise.all(requests.map(async ({ body }) => JSON.parse(await body))), [
    {
      keypair_name: 'my "pair" ä',
      server: { id: 'server-1', auth: { type: 'password', key: PASSWORD }, disable_password: true, port: 2222 },
    },
    { keypair_name: 'pair', server: { id: 'server-1', disable_password: false } },
  ]);
});

test('a multi-line private key is sent as it is', async (t) => {
  const { url, requests } = await serve(t, answering(202, DISPATCHED));
  await kpsAt(url).disassociate({ server: withKey });
  assert.deepEqual(JSON.parse(await requests[0].body).server.auth, { type: 'keypair', key: PEM });
});

test('a 202 that says FAILED is an answer that says why', async (t) => {
  const body = '{"server_id":"server-1","status":"FAILED","error_code":"KPS.0404","error_msg":"no such server"}';
  assert.deepEqual(await dispatchOf(t, body), {
    kind: 'kps.task',
    state: 'failed',
    taskId: null,
    serverId: 'server-1',
    error: { code: 'KPS.0404', message: 'no such server' },
    raw: body,
  });
  const { state, taskId, error } = await dispatchOf(t, '{"task_id":"","status":"failed"}');
  assert.deepEqual({ state, taskId, error }, { state: 'failed', taskId: null, error: { code: null, message: null } });
});

test('a word nobody documented is kept and is not dispatched', async (t) => {
  for (const status of ['QUEUED', 'succeed', 'dispatched by hand']) {
    const { state, taskId, error } = await dispatchOf(t, { task_id: 'task-1', status });
    assert.deepEqual({ state, taskId, error }, { state: status, taskId: 'task-1', error: null });
  }
});

test('what is not the answer to a request for a task is told by place', async (t) => {
  for (const [body, path] of [
    ['', ''],
    ['[]', ''],
    ['{}', 'status'],
    ['{"status":"SUCCESS"}', 'task_id'],
  ]) {
    const error = await rejection(dispatchOf(t, body));
    assert.deepEqual([error.name, error.path, error.status, error.raw], ['DecodeError', path, 202, body]);
  }
});

test('kps-task/200-running-reset.json: a task that runs', async (t) => {
  const { url, requests } = await serve(t, answering(200, RUNNING));
  assert.deepEqual(await kpsAt(url).task('task ä/1'), {
    taskId: 'aee8d2fe-5484-4753-9177-5a38dc15546c',
    serverId: 'c9aa197b-a6b6-4c33-b3a6-fa0b4ec50006',
    status: 'RUNNING_RESET',
    phase: 'running',
    operation: 'reset',
    raw: RUNNING,
  });
  const [{ method, url: path, headers, body }] = requests;
  assert.deepEqual([requests.length, method, path], [1, 'GET', '/v3/project%2F1/tasks/task%20%C3%A4%2F1']);
  assert.deepEqual([headers['x-auth-token'], headers['content-type']], ['token-1', undefined]);
  assert.equal((await body).length, 0);
});

test('each of the 16 documented words says how far and what, in any case', async (t) => {
  let status;
  const { url } = await serve(t, (_, response) => response.end(JSON.stringify({ task_id: 't', task_status: status })));
  for (const phase of ['READY', 'RUNNING', 'FAILED', 'SUCCESS']) {
    for (const operation of ['RESET', 'REPLACE', 'UNBIND', 'BIND']) {
      for (status of [`${phase}_${operation}`, `${phase}_${operation}`.toLowerCase()]) {
        assert.deepEqual(await kpsAt(url).task('t'), {
          taskId: 't',
          serverId: null,
          status: `${phase}_${operation}`,
          phase: phase.toLowerCase(),
          operation: operation.toLowerCase(),
          raw: `{"task_id":"t","task_status":"${status}"}`,
        });
      }
    }
  }
});

test('of an unknown word the half that is known is told, and the word is kept', async (t) => {
  let status;
  const { url } = await serve(t, (_, response) => response.end(JSON.stringify({ task_id: 't', task_status: status })));
  for (const [word, phase, operation] of [
    ['Running_Rotate', 'running', null],
    ['PAUSED_BIND', null, 'bind'],
    ['SUCCESS', 'success', null],
    ['SUCCESSFUL_BIND', null, 'bind'],
    ['SUCCESS_BINDING', 'success', null],
    ['SUCCESS_BIND_ALL', 'success', null],
    ['Gone', null, null],
  ]) {
    status = word;
    const task = await kpsAt(url).task('t');
    assert.deepEqual([task.status, task.phase, task.operation], [word, phase, operation]);
  }
});

for (const [about, given, field] of [
  ['null as server', null, 'server'],
  ['a text as server', 'server-1', 'server'],
  ['a server without id', {}, 'server.id'],
  ['an empty id', { id: '' }, 'server.id'],
  ['a server with more', { ...server, foo: PASSWORD }, 'server.foo'],
  ['a text as auth', { ...server, auth: PASSWORD }, 'server.auth'],
  ['auth without type', { ...server, auth: { key: PEM } }, 'server.auth.type'],
  ['another type', { ...server, auth: { type: 'token', key: PEM } }, 'server.auth.type'],
  ['auth without key', { ...server, auth: { type: 'keypair' } }, 'server.auth.key'],
  ['a list as key', { ...server, auth: { type: 'keypair', key: [PEM] } }, 'server.auth.key'],
  ['auth with more', { ...server, auth: { ...withKey.auth, foo: PEM } }, 'server.auth.foo'],
]) {
  test(`key pairs: ${about} is refused by both calls, and nothing is sent`, async (t) => {
    const { url, requests } = await serve(t, answering(202, DISPATCHED));
    const { associate, disassociate } = kpsAt(url);
    for (const call of [associate({ keypairName: 'k', server: given }), disassociate({ server: given })]) {
      const error = await rejection(call);
      assert.deepEqual([error.name, error.field, requests.length], ['ConfigError', field, 0]);
      assert.doesNotMatch(shown(error), LEAK);
    }
  });
}

for (const [about, start, field] of [
  ['no request', (kps) => kps.associate(), 'request'],
  ['null as request', (kps) => kps.disassociate(null), 'request'],
  ['a text as request', (kps) => kps.associate('my-keypair'), 'request'],
  ['a list as request', (kps) => kps.disassociate([server]), 'request'],
  ['no server', (kps) => kps.disassociate({}), 'server'],
  ['a server that is not in a request', (kps) => kps.disassociate(withPassword), 'id'],
  ['no key pair', (kps) => kps.associate({ server }), 'keypairName'],
  ['an empty key pair', (kps) => kps.associate({ keypairName: '', server }), 'keypairName'],
  ['a key pair where none is taken', (kps) => kps.disassociate({ keypairName: 'k', server }), 'keypairName'],
  ['a request with more', (kps) => kps.disassociate({ server, foo: PASSWORD }), 'foo'],
  ['another project', (kps) => kps.disassociate({ server, projectId: 'other' }), 'projectId'],
  ["the service's own spelling", (kps) => kps.associate({ keypair_name: 'k', server }), 'keypair_name'],
  ['timeoutMs in a request', (kps) => kps.disassociate({ server, timeoutMs: 5_000 }), 'timeoutMs'],
  ['signal in a request', (kps) => kps.disassociate({ server, signal: AbortSignal.abort() }), 'signal'],
  ['a port where none is taken', (kps) => kps.disassociate({ server: { ...server, port: 22 } }), 'server.port'],
  ['a name that leads into the server', (kps) => kps.disassociate({ server: {}, 'server.id': 's' }), 'server.id'],
  ['half of a surrogate pair', (kps) => kps.associate({ keypairName: 'k\ud800', server }), 'keypairName'],
  ['no number as port', (kps) => kps.associate({ keypairName: 'k', server: { ...server, port: NaN } }), 'server.port'],
  ['port 0', (kps) => kps.associate({ keypairName: 'k', server: { ...server, port: 0 } }), 'server.port'],
  ['port 65,536', (kps) => kps.associate({ keypairName: 'k', server: { ...server, port: 65_536 } }), 'server.port'],
  ['a broken port', (kps) => kps.associate({ keypairName: 'k', server: { ...server, port: 22.5 } }), 'server.port'],
  [
    'a text as flag',
    (kps) => kps.associate({ keypairName: 'k', server: { ...server, disablePassword: 'yes' } }),
    'server.disablePassword',
  ],
  ['an unknown option', (kps) => kps.disassociate({ server }, { foo: 1 }), 'foo'],
  ['options that are no object', (kps) => kps.disassociate({ server }, 5), 'options'],
  ['no task', (kps) => kps.task(), 'taskId'],
  ['a step up as task', (kps) => kps.task('..'), 'taskId'],
]) {
  test(`key pairs: ${about} is refused, and nothing is sent`, async (t) => {
    const { url, requests } = await serve(t, answering(202, DISPATCHED));
    const error = await rejection(start(kpsAt(url)));
    assert.deepEqual([error.name, error.field, requests.length], ['ConfigError', field, 0]);
    assert.doesNotMatch(shown(error), LEAK);
  });
}

test('a request for a task that failed is never made again by itself', async (t) => {
  for (const status of [429, 502, 503, 504]) {
    const { url, requests } = await serve(t, answering(status, '{}'));
    const kps = kpsAt(url, { maxRetries: 5 });
    await rejection(kps.disassociate({ server: withKey }));
    await rejection(kps.associate({ keypairName: 'k', server: withPassword }));
    assert.equal(requests.length, 2, `${status}`);
  }
});

const unicode = (text) => text.replace(/[^\w ]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** How services and proxies may write what was sent to them, and whether that leaves something of the body to read. */
const ECHOES = {
  'as it is': [(key) => `<pre>${key}</pre>`, true],
  'as JSON': [(key) => JSON.stringify({ error_code: 'KPS.0400', error_msg: `bad key ${key}` }), true],
  'as JSON within JSON': [(key) => JSON.stringify({ error_msg: JSON.stringify({ server: { auth: { key } } }) }), false],
  'as JSON with escaped slashes': [(key) => `{"error_msg":${JSON.stringify(key).replaceAll('/', '\\/')}}`, false],
  'as JSON with escaped signs': [(key) => `{"error_msg":"bad key ${unicode(key)}"}`, false],
};

for (const [how, [write, leavesTheRest]] of Object.entries(ECHOES)) {
  test(`a key that the service repeats ${how} is in no error`, async (t) => {
    for (const server of [withKey, withPassword]) {
      for (const status of [400, 500, 202]) {
        const echo = write(server.auth.key);
        assert.match(echo, LEAK);
        const error = await rejection(dispatchOf(t, echo, { server }, status));
        assert.equal(error.status, status);
        assert.doesNotMatch(shown(error), LEAK, `${server.auth.type}, ${status}`);
        assert.equal(error.raw === '***', !leavesTheRest, error.raw);
      }
    }
  });

  test(`a key that the service repeats ${how} is in no view`, async (t) => {
    for (const server of [withKey, withPassword]) {
      // What is no JSON by itself is put into the message.
      const echo = write(server.auth.key);
      const members = echo.startsWith('{') ? echo.slice(1) : `"error_msg":${JSON.stringify(echo)}}`;
      const answer = dispatchOf(t, `{"status":"FAILED",${members}`, { server });
      if (leavesTheRest) {
        const view = await answer;
        assert.equal(view.state, 'failed');
        assert.match(view.raw, /^\{"status":"FAILED",.*\*\*\*/);
        assert.doesNotMatch(JSON.stringify(view), LEAK, server.auth.type);
      } else {
        // Nothing is left of the body that could be read.
        const error = await rejection(answer);
        assert.deepEqual([error.name, error.status, error.raw], ['DecodeError', 202, '***']);
        assert.doesNotMatch(shown(error), LEAK, server.auth.type);
      }
    }
  });
}

test('an answer that repeats a key can be read, also where the key ends in what JSON escapes', async (t) => {
  for (const key of ['Geheimnis"', 'Geheimnis\\']) {
    const body = { status: 'FAILED', error_code: 'KPS.0400', error_msg: `bad key ${key}` };
    const { state, error, raw } = await dispatchOf(t, body, { server: { ...server, auth: { type: 'password', key } } });
    assert.deepEqual([state, error], ['failed', { code: 'KPS.0400', message: 'bad key ***' }]);
    assert.equal(raw, '{"status":"FAILED","error_code":"KPS.0400","error_msg":"bad key ***"}');
  }
});

test('a key is in no error where there is no answer', async (t) => {
  const { url } = await serve(t, () => {});
  for (const server of [withKey, withPassword]) {
    const errors = [
      await rejection(kpsAt('http://127.0.0.1:1').disassociate({ server })),
      await rejection(kpsAt(url).associate({ keypairName: 'k', server }, { timeoutMs: 30 })),
    ];
    assert.deepEqual(
      errors.map(({ name }) => name),
      ['ConnectionError', 'TimeoutError'],
    );
    for (const error of errors) assert.doesNotMatch(shown(error), LEAK);
  }
});
