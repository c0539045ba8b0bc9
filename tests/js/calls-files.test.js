// The import and the export of APIs over real HTTP: what is sent, and what is made of the documents' answers.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { createClient, fileFromPath } from 'huaweicloud-tasks';

import { answering, fixture, rejection, serve } from './support.js';

const STARTED = fixture('apig-async-import/202.json');
const TASK_ID = 'd9ce8c9eede54b3f841ec324fe0bfdc2';
const TEXT = '{"openapi":"3.0.0","info":{"title":"prüfung — 漢字 😀"}}';
const EXPORT = { envId: 'env-1', groupId: 'group-1' };

const apigAt = (url, options = {}) =>
  createClient({ endpoint: url, projectId: 'project/1', token: 'token-1', ...options }).apig;

/** The parts of a form in the order they were sent, read by hand. */
async function partsOf(request) {
  const [, boundary] = /^multipart\/form-data; boundary=(\S+)$/.exec(request.headers['content-type']);
  const text = (await request.body).toString('latin1');
  const [before, ...parts] = `\r\n${text}`.split(`\r\n--${boundary}`);
  assert.deepEqual([before, parts.pop()], ['', '--\r\n']);
  return parts.map(readPart);
}

function readPart(part) {
  const [, head, content] = /^\r\n(.*?)\r\n\r\n(.*)$/s.exec(part);
  const disposition = /^Content-Disposition: form-data; name="(\w+)"(?:; filename="(.*?)")?(?:\r\n|$)/i;
  const [, name, fileName] = disposition.exec(head);
  const bytes = Buffer.from(content, 'latin1');
  return fileName === undefined ? [name, bytes.toString()] : [name, Buffer.from(fileName, 'latin1').toString(), bytes];
}

/** What was just started is not asked about at once, so that a short wait for it ends with what to resume from. */
async function assertWatchable(started, ids) {
  const { name, view, handle } = await rejection(started.result({ maxWaitMs: 1 }));
  assert.deepEqual([name, view, handle.kind, handle.ids], ['WaitTimeoutError', null, 'apig.task', ids]);
}

test('apig-async-import/202.json: an import that was started', async (t) => {
  const { url, requests } = await serve(t, answering(202, STARTED));
  const started = await apigAt(url).importApis('gateway ä/1', TEXT);
  assert.deepEqual({ ...started }, { kind: 'apig.task', instanceId: 'gateway ä/1', taskId: TASK_ID, raw: STARTED });
  await assertWatchable(started, { instanceId: 'gateway ä/1', taskId: TASK_ID });
  const [{ method, url: path, headers }] = requests;
  assert.deepEqual(
    [requests.length, method, path],
    [1, 'POST', '/v2/project%2F1/apigw/instances/gateway%20%C3%A4%2F1/openapi/async-import'],
  );
  assert.equal(headers['x-auth-token'], 'token-1');
});

test('an import sends every field as documented by default, the file last', async (t) => {
  const { url, requests } = await serve(t, answering(202, STARTED));
  await apigAt(url).importApis('i', TEXT);
  const parts = await partsOf(requests[0]);
  assert.deepEqual(parts, [
    ['is_create_group', 'true'],
    ['extend_mode', 'merge'],
    ['simple_mode', 'false'],
    ['mock_mode', 'false'],
    ['api_mode', 'merge'],
    ['file_name', 'apis.json', Buffer.from(TEXT)],
  ]);
});

test('an import sends all seven fields as told, in the order of the documents', async (t) => {
  const { url, requests } = await serve(t, answering(202, STARTED));
  await apigAt(url).importApis('i', 'openapi: 3.0.0\n', {
    fileName: 'my apis ä.yml',
    apiMode: 'override',
    mockMode: true,
    simpleMode: true,
    extendMode: 'override',
    groupId: 'group ä',
    isCreateGroup: false,
    timeoutMs: 5_000,
    maxRetries: 0,
  });
  const parts = await partsOf(requests[0]);
  assert.deepEqual(parts, [
    ['is_create_group', 'false'],
    ['group_id', 'group ä'],
    ['extend_mode', 'override'],
    ['simple_mode', 'true'],
    ['mock_mode', 'true'],
    ['api_mode', 'override'],
    ['file_name', 'my apis ä.yml', Buffer.from('openapi: 3.0.0\n')],
  ]);
});

test('a new group may be given an id as well', async (t) => {
  const { url, requests } = await serve(t, answering(202, STARTED));
  await apigAt(url).importApis('i', TEXT, { isCreateGroup: true, groupId: 'g' });
  const parts = await partsOf(requests[0]);
  assert.deepEqual(parts.slice(0, 2), [
    ['is_create_group', 'true'],
    ['group_id', 'g'],
  ]);
});

test('a form is what a parser of the platform reads, and a name cannot break out of it', async (t) => {
  const { url, requests } = await serve(t, answering(202, STARTED));
  await apigAt(url).importApis('i', TEXT, { fileName: 'a"; name="group_id"\r\n\r\n.json' });
  const [{ headers, body }] = requests;
  const form = await new Response(await body, { headers: { 'content-type': headers['content-type'] } }).formData();
  const names = ['is_create_group', 'extend_mode', 'simple_mode', 'mock_mode', 'api_mode', 'file_name'];
  assert.deepEqual([...form.keys()], names);
  assert.deepEqual(
    names.slice(0, 5).map((name) => form.get(name)),
    ['true', 'merge', 'false', 'false', 'merge'],
  );
  assert.equal(await form.get('file_name').text(), TEXT);
});

test('every kind of file is sent byte for byte, under its own name where it has one', async (t) => {
  const { url, requests } = await serve(t, answering(202, STARTED));
  const folder = await mkdtemp(join(tmpdir(), 'files-'));
  t.after(() => rm(folder, { recursive: true }));
  const path = join(folder, 'from path.yaml');
  // Every byte there is, line ends and what looks like the end of a form among them.
  const bytes = Uint8Array.of(...Array.from({ length: 256 }, (_, byte) => byte), ...Buffer.from('\r\n--form--\r\n'));
  await writeFile(path, bytes);
  const padded = new Uint8Array(bytes.length + 9);
  padded.set(bytes, 4);

  for (const [file, name, expected = bytes] of [
    [TEXT, 'apis.json', Buffer.from(TEXT)],
    [` \n${TEXT}`, 'apis.json', Buffer.from(` \n${TEXT}`)],
    ['openapi: 3.0.0', 'apis.yaml', Buffer.from('openapi: 3.0.0')],
    [bytes, 'apis.yaml'],
    [padded.subarray(4, 4 + bytes.length), 'apis.yaml'],
    [Buffer.from(bytes), 'apis.yaml'],
    [bytes.buffer, 'apis.yaml'],
    [new Blob([bytes]), 'apis.yaml'],
    [new File([bytes], 'own.json'), 'own.json'],
    [{ arrayBuffer: async () => bytes.buffer, name: 'like.json' }, 'like.json'],
    [{ bytes, name: 'named.json' }, 'named.json'],
    [await fileFromPath(path), 'from path.yaml'],
  ]) {
    await apigAt(url).importApis('i', file);
    const parts = await partsOf(requests.at(-1));
    assert.deepEqual(parts.at(-1), ['file_name', name, Buffer.from(expected)]);
  }
});

test("a file's own name gives way to `fileName`, and to nothing else", async (t) => {
  const { url, requests } = await serve(t, answering(202, STARTED));
  const file = new File([TEXT], 'own.yaml');
  for (const [fileName, expected] of [
    ['told.json', 'told.json'],
    [undefined, 'own.yaml'],
  ]) {
    await apigAt(url).importApis('i', file, { fileName });
    const parts = await partsOf(requests.at(-1));
    assert.equal(parts.at(-1)[1], expected);
  }
});

test('a file of some megabytes arrives whole', async (t) => {
  const { url, requests } = await serve(t, answering(202, STARTED));
  const file = Buffer.alloc(3_000_000, 'openapi: 3.0.0 # 0123456789\n');
  await apigAt(url).importApis('i', file);
  const parts = await partsOf(requests[0]);
  assert.ok(parts.at(-1)[2].equals(file));
});

for (const [about, file, options, field] of [
  ['no group where none is made', TEXT, { isCreateGroup: false }, 'groupId'],
  ['an empty group', TEXT, { groupId: '' }, 'groupId'],
  ['a number as group', TEXT, { groupId: 5 }, 'groupId'],
  ['a text as flag', TEXT, { isCreateGroup: 'true' }, 'isCreateGroup'],
  ['a number as flag', TEXT, { simpleMode: 1 }, 'simpleMode'],
  ['a text as mockMode', TEXT, { mockMode: 'no' }, 'mockMode'],
  ['another word of extendMode', TEXT, { extendMode: 'replace' }, 'extendMode'],
  ['another case of apiMode', TEXT, { apiMode: 'Merge' }, 'apiMode'],
  ['an empty name', TEXT, { fileName: '' }, 'fileName'],
  ['an unknown option', TEXT, { foo: 1 }, 'foo'],
  ["the service's own spelling", TEXT, { group_id: 'g' }, 'group_id'],
  ['another project', TEXT, { projectId: 'other' }, 'projectId'],
  ['another gateway', TEXT, { instanceId: 'other' }, 'instanceId'],
  ['timeoutMs of 0', TEXT, { timeoutMs: 0 }, 'timeoutMs'],
  ['options that are no object', TEXT, 5, 'options'],
  ['options that are text', TEXT, 'merge', 'options'],
  ['options that are null', TEXT, null, 'options'],
  ['no file', undefined, {}, 'file'],
  ['null as file', null, {}, 'file'],
  ['a number as file', 5, {}, 'file'],
  ['an object that is no file', { name: 'apis.json' }, {}, 'file'],
  ['an object that gives no bytes', { arrayBuffer: async () => 5 }, {}, 'file'],
  ['an empty text', '', {}, 'file'],
  ['no bytes', new Uint8Array(), {}, 'file'],
  ['an empty Blob', new Blob([]), {}, 'file'],
]) {
  test(`an import refuses ${about}, and sends nothing`, async (t) => {
    const { url, requests } = await serve(t, answering(202, STARTED));
    const error = await rejection(apigAt(url).importApis('i', file, options));
    assert.deepEqual([error.name, error.field, requests.length], ['ConfigError', field, 0]);
  });
}

test('a file that cannot be read is a ConfigError with its cause, and nothing is sent', async (t) => {
  const { url, requests } = await serve(t, answering(202, STARTED));
  const cause = new DOMException('gone', 'NotReadableError');
  const error = await rejection(
    apigAt(url).importApis('i', {
      arrayBuffer: async () => {
        throw cause;
      },
    }),
  );
  assert.deepEqual([error.name, error.field, error.cause, requests.length], ['ConfigError', 'file', cause, 0]);
});

test('fileFromPath refuses what is no path', async () => {
  for (const path of [undefined, 5, '']) {
    const error = await rejection(fileFromPath(path));
    assert.deepEqual([error.name, error.field], ['ConfigError', 'path']);
  }
});

test('an export asks for the least, and the service knows the rest', async (t) => {
  const { url, requests } = await serve(t, answering(202, STARTED));
  const started = await apigAt(url).exportApis('gateway/1', EXPORT);
  assert.deepEqual({ ...started }, { kind: 'apig.task', instanceId: 'gateway/1', taskId: TASK_ID, raw: STARTED });
  await assertWatchable(started, { instanceId: 'gateway/1', taskId: TASK_ID });
  const [{ method, url: path, headers, body }] = requests;
  assert.deepEqual(
    [requests.length, method, path],
    [1, 'POST', '/v2/project%2F1/apigw/instances/gateway%2F1/openapi/async-export?oas_version=2.0'],
  );
  assert.deepEqual([headers['x-auth-token'], headers['content-type']], ['token-1', 'application/json']);
  assert.deepEqual(JSON.parse(await body), { env_id: 'env-1', group_id: 'group-1' });
});

test('an export asks for what it was told', async (t) => {
  const { url, requests } = await serve(t, answering(202, STARTED));
  await apigAt(url).exportApis('i', {
    ...EXPORT,
    oasVersion: '3.0',
    define: 'all',
    type: 'yaml',
    version: '1.0 "ä"\n',
    apis: ['api-1', 'api "2"'],
    timeoutMs: 5_000,
  });
  assert.equal(new URL(requests[0].url, url).search, '?oas_version=3.0');
  assert.deepEqual(JSON.parse(await requests[0].body), {
    env_id: 'env-1',
    group_id: 'group-1',
    define: 'all',
    type: 'yaml',
    version: '1.0 "ä"\n',
    apis: ['api-1', 'api "2"'],
  });
});

test('an export takes every documented word', async (t) => {
  const { url, requests } = await serve(t, answering(202, STARTED));
  for (const [name, words] of [
    ['define', ['spec', 'proxy', 'all', 'dev']],
    ['type', ['json', 'yaml', 'yml']],
  ]) {
    for (const word of words) {
      await apigAt(url).exportApis('i', { ...EXPORT, [name]: word });
      assert.equal(JSON.parse(await requests.at(-1).body)[name], word);
    }
  }
});

for (const [about, options, field] of [
  ['no environment', { groupId: 'g' }, 'envId'],
  ['an empty environment', { ...EXPORT, envId: '' }, 'envId'],
  ['no group', { envId: 'e' }, 'groupId'],
  ['no options', undefined, 'envId'],
  ['options that are no object', 5, 'options'],
  ['another version of OpenAPI', { ...EXPORT, oasVersion: '3.1' }, 'oasVersion'],
  ['a number as version of OpenAPI', { ...EXPORT, oasVersion: 3 }, 'oasVersion'],
  ['another word of define', { ...EXPORT, define: 'some' }, 'define'],
  ['another type', { ...EXPORT, type: 'xml' }, 'type'],
  ['a number as version', { ...EXPORT, version: 1 }, 'version'],
  ['a text as apis', { ...EXPORT, apis: 'api-1' }, 'apis'],
  ['a number among apis', { ...EXPORT, apis: ['api-1', 2] }, 'apis'],
  ['an unknown option', { ...EXPORT, foo: 1 }, 'foo'],
  ['another project', { ...EXPORT, projectId: 'other' }, 'projectId'],
  ['another gateway', { ...EXPORT, instanceId: 'other' }, 'instanceId'],
]) {
  test(`an export refuses ${about}, and sends nothing`, async (t) => {
    const { url, requests } = await serve(t, answering(202, STARTED));
    const error = await rejection(apigAt(url).exportApis('i', options));
    assert.deepEqual([error.name, error.field, requests.length], ['ConfigError', field, 0]);
  });
}

for (const [status, name, kind, code, message] of [
  [400, 'ApiError', 'api', 'APIG.3603', 'The input data is too long'],
  [401, 'AuthError', 'auth', 'APIG.1002', 'Incorrect token or token resolution failed'],
  [403, 'PermissionError', 'permission', 'APIG.1005', 'No permissions to request this method'],
  [500, 'ServerError', 'server', 'APIG.9999', 'System error'],
]) {
  test(`apig-async-import/${status}.json: an import that is refused, ${name}`, async (t) => {
    const raw = fixture(`apig-async-import/${status}.json`);
    const { url, requests } = await serve(t, answering(status, raw, { 'X-Request-Id': 'request-1' }));
    const error = await rejection(apigAt(url).importApis('i', TEXT));
    assert.deepEqual(
      { ...error, name: error.name, message: error.message, raw: error.raw },
      {
        ...{ name, kind, status, code, requestId: 'request-1', retryable: false, raw },
        message: `ImportApiDefinitionsAsync answered ${status} ${code}: ${message}`,
      },
    );
    assert.equal(requests.length, 1);
  });
}

test('a start that failed is never made again by itself', async (t) => {
  for (const status of [429, 502, 503, 504]) {
    const { url, requests } = await serve(t, answering(status, '{}'));
    const apig = apigAt(url, { maxRetries: 5 });
    const errors = [await rejection(apig.importApis('i', TEXT)), await rejection(apig.exportApis('i', EXPORT))];
    assert.deepEqual(
      errors.map((error) => [error.status, error.retryable]),
      [
        [status, true],
        [status, true],
      ],
    );
    assert.equal(requests.length, 2, `${status}`);
  }
});

test('an answer without a task is a DecodeError', async (t) => {
  for (const [body, path] of [
    ['', ''],
    ['{}', 'task_id'],
    ['{"task_id":""}', 'task_id'],
    ['{"task_id":[]}', 'task_id'],
  ]) {
    const { url } = await serve(t, answering(202, body));
    for (const start of [(apig) => apig.importApis('i', TEXT), (apig) => apig.exportApis('i', EXPORT)]) {
      const error = await rejection(start(apigAt(url)));
      assert.deepEqual([error.name, error.path, error.status, error.raw], ['DecodeError', path, 202, body]);
    }
  }
});
