// Every example body of an async task, decoded by the package. Expected values are written by hand from the documents.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import vm from 'node:vm';

import { decodeAsyncTask, isTasksError } from 'huaweicloud-tasks';

import { fixture, thrown } from './support.js';

const importBody = fixture('apig-async-task/200-import-succeed.json');
const exportBody = fixture('apig-async-task/200-export-succeed.json');

const imported = {
  id: 'd9ce8c9eede54b3f841ec324fe0bfdc2',
  type: 'import_api',
  status: 'succeed',
  result: {
    groupId: '9100ae30705947cc9543d37cd7fb388c',
    success: [{ id: 'ee93ce6815f04896b301452982b92222', method: 'GET', path: '/test1', action: 'create' }],
    failure: [],
    ignore: [],
    swagger: { id: 'de1852ab6c5e4090b0bd88a02058e650', result: 'Success' },
    partial: false,
  },
  raw: importBody,
};

test('an import that ended', () => {
  assert.deepEqual(decodeAsyncTask(importBody), imported);
});

test('bytes, a view of bytes, a buffer, bytes of another realm and a parsed object decode alike', () => {
  const bytes = new TextEncoder().encode(importBody);
  const padded = new Uint8Array(bytes.length + 5);
  padded.set(bytes, 3);
  const foreign = vm.runInNewContext('(bytes) => new Uint8Array(bytes).buffer')([...bytes]);
  for (const body of [
    bytes,
    bytes.buffer,
    Buffer.from(importBody),
    padded.subarray(3, 3 + bytes.length),
    new DataView(padded.buffer, 3, bytes.length),
    foreign,
  ]) {
    assert.deepEqual(decodeAsyncTask(body), imported);
  }
  const parsed = JSON.parse(importBody);
  assert.deepEqual(decodeAsyncTask(parsed), { ...imported, raw: JSON.stringify(parsed) });
  assert.deepEqual(
    decodeAsyncTask({ ...parsed, task_result: JSON.parse(parsed.task_result) }).result,
    imported.result,
    'a result that was parsed as well',
  );
});

test('an export that ended', () => {
  const task = decodeAsyncTask(exportBody);
  assert.equal(task.id, 'd6e8834b6f0f4711a2fa5345e5b60833');
  assert.equal(task.type, 'export_api');
  assert.equal(task.result.fileName, 'test8-RELEASE-all-2023-07-11-19:54:22');
  assert.equal(task.result.safeFileName, 'test8-RELEASE-all-2023-07-11-19-54-22.json');
  assert.equal(task.result.fileType, 'json');
  assert.ok(task.result.content.startsWith('{\n\t"swagger": "2.0",\n\t"info": {\n\t\t"title": "test8",'));
  assert.ok(task.result.content.endsWith('}\n,\n\t"x-apigateway-responses": {}\n}'));
  assert.deepEqual(task.result.document.info, { title: 'test8', version: '2023-07-11-19:54:22' });
  assert.deepEqual(Object.keys(task.result.document.paths), ['/test1']);
  assert.equal(task.raw, exportBody);
});

test('a document is parsed when it is first read, and is a property like any other', () => {
  const content = '{"openapi":"3.0.1","paths":{}}';
  const task_result = JSON.stringify({ file_name: 'a', file_type: 'json', content });
  const { result } = decodeAsyncTask({ task_id: 't', task_type: 'export_api', task_status: 'succeed', task_result });
  const document = { openapi: '3.0.1', paths: {} };
  assert.deepEqual(Object.keys(result), ['fileName', 'fileType', 'content', 'safeFileName', 'document']);
  assert.deepEqual(structuredClone(result).document, document);
  assert.deepEqual(JSON.parse(JSON.stringify(result)).document, document);
  assert.equal(result.document, result.document);
  assert.deepEqual(Object.freeze({ ...result }).document, document);
  result.document = null;
  assert.equal(result.document, null);
});

test('an export of YAML has no document, and its text is whole', () => {
  const content = 'openapi: 3.0.0\ninfo:\n  title: "prüfung — 漢字 😀"\n';
  const { result } = decodeAsyncTask(
    task('succeed', 'export_api', { FileName: 'a/b', FileType: '.yaml', Comment: content }),
  );
  assert.deepEqual(result, { fileName: 'a/b', fileType: 'yaml', content, document: null, safeFileName: 'a-b.yaml' });
});

test("an export under the names of the documents' table", () => {
  const { result } = decodeAsyncTask(task('succeed', 'export_api', { file_type: 'json', content: '[1]' }));
  assert.deepEqual(result, {
    fileName: null,
    fileType: 'json',
    content: '[1]',
    document: null,
    safeFileName: 'export.json',
  });
});

test('a task that failed is an answer', () => {
  const body = fixture('apig-async-task/200-import-failed.json');
  assert.deepEqual(decodeAsyncTask(body), {
    id: 'f01d2772ea4944408fa544c8ae5a9999',
    type: 'import_api',
    status: 'failed',
    result: { code: 'APIG.3201', message: 'The API group name already exists' },
    raw: body,
  });
});

test('a pending task has no result', () => {
  for (const [name, id] of [
    ['waiting', 'c3b78a52fb28461aab92bf6c6989f731'],
    ['processing', '4dfbf6acaacf4c41a8b3c50daa90d3dc'],
  ]) {
    const body = fixture(`apig-async-task/200-import-${name}.json`);
    assert.deepEqual(decodeAsyncTask(body), { id, type: 'import_api', status: name, result: null, raw: body });
  }
});

test('rows keep their texts, their gaps and their order, in any script', () => {
  const success = [
    { id: '1', method: 'GET', path: '/prüfung', action: 'create' },
    { path: '/漢字/😀', action: 'update' },
    { id: null, method: '', path: '/"quoted"\\\n', action: 'CREATE', unknown: { deep: [1] } },
    {},
  ];
  const failure = [{ method: 'PUT', path: '/x', error_code: 'APIG.3202', error_msg: 'it is "there"' }];
  const ignore = [{ path: '/y', method: 'GET' }];
  const { result } = decodeAsyncTask(task('succeed', 'import_api', { success, failure, ignore }));
  assert.deepEqual(result, {
    groupId: null,
    swagger: null,
    partial: true,
    success: [
      { id: '1', method: 'GET', path: '/prüfung', action: 'create' },
      { id: null, method: null, path: '/漢字/😀', action: 'update' },
      { id: null, method: null, path: '/"quoted"\\\n', action: 'create' },
      { id: null, method: null, path: null, action: null },
    ],
    failure: [{ method: 'PUT', path: '/x', code: 'APIG.3202', message: 'it is "there"' }],
    ignore: [{ method: 'GET', path: '/y' }],
  });
});

test('unknown words are kept', () => {
  assert.equal(decodeAsyncTask(task('paused', 'import_api', {})).status, 'paused');
  const unknown = decodeAsyncTask(task('succeed', 'delete_api', { a: 1 }));
  assert.deepEqual([unknown.type, unknown.result], ['delete_api', null]);
});

test('what is not a task is told by place, and the next call works', () => {
  const deep = '['.repeat(10_000) + ']'.repeat(10_000);
  for (const [body, path, expected] of [
    ['', '', 'an object'],
    ['null', '', 'an object'],
    [null, '', 'an object'],
    ['[]', '', 'an object'],
    [[], '', 'an object'],
    ['<html><h1>502 Bad Gateway</h1></html>', '', 'an object'],
    [importBody.slice(0, 100), '', 'a closing quote'],
    ['{}', 'task_id', 'an id'],
    [deep, '', 'an object'],
    [task('succeed', 'import_api', { success: [{}, { id: [] }] }), 'task_result.success[1].id', 'a string'],
    [
      { task_id: 't', task_type: 'import_api', task_status: 'succeed', task_result: 'not JSON' },
      'task_result',
      'an object',
    ],
    [new Uint8Array([0xff, 0xfe, 0x00]), '', 'an object'],
  ]) {
    const error = thrown(() => decodeAsyncTask(body));
    assert.equal(error.name, 'DecodeError');
    assert.ok(isTasksError(error));
    assert.equal(error.kind, 'decode');
    assert.equal(error.path.split('.').slice(0, 3).join('.'), path === '' && error.path ? error.path : path);
    assert.equal(error.expected, expected);
  }
  assert.deepEqual(decodeAsyncTask(importBody), imported);
});

test('a body that is cut anywhere is told', () => {
  const body = exportBody.trimEnd();
  for (let end = 0; end < body.length; end += 7) {
    assert.equal(thrown(() => decodeAsyncTask(body.slice(0, end))).kind, 'decode');
  }
});

test('nesting of 10,000 in a field that nobody knows is no matter', () => {
  const deep = '['.repeat(10_000) + ']'.repeat(10_000);
  const body = `{"more":${deep},"task_id":"t","task_status":"waiting","task_type":"import_api","task_result":""}`;
  assert.equal(decodeAsyncTask(body).status, 'waiting');
});

test('what is not UTF-8 is read as a browser reads it', () => {
  const bytes = new TextEncoder().encode(task('failed', 'import_api', { error_code: 'A.1', error_msg: 'x?y' }));
  bytes[bytes.indexOf('?'.charCodeAt(0))] = 0xff;
  assert.equal(decodeAsyncTask(bytes).result.message, 'x\ufffdy');
});

test('a key of the prototype is a key like any other', () => {
  const body =
    '{"__proto__":{"polluted":1},"task_id":"t","task_status":"succeed","task_type":"export_api","task_result":' +
    JSON.stringify(JSON.stringify({ Comment: '{"__proto__":{"polluted":1},"openapi":"3.0.0"}' })) +
    '}';
  const decoded = decodeAsyncTask(body);
  assert.equal(decoded.polluted, undefined);
  assert.equal({}.polluted, undefined);
  assert.equal(Object.getPrototypeOf(decoded.result.document), Object.prototype);
});

test('a report of 20 MB', () => {
  const row = { id: 'ee93ce6815f04896b301452982b92222', method: 'GET', path: '/a/path', action: 'create' };
  const body = task('succeed', 'import_api', { success: Array.from({ length: 210_000 }, () => row) });
  assert.ok(body.length > 20_000_000);
  const { result } = decodeAsyncTask(body);
  assert.equal(result.success.length, 210_000);
  assert.deepEqual(result.success.at(-1), row);
});

test('what cannot be a body is a ConfigError', () => {
  const cyclic = {};
  cyclic.self = cyclic;
  for (const body of [undefined, () => {}, Symbol('x'), 10n, cyclic]) {
    const error = thrown(() => decodeAsyncTask(body));
    assert.deepEqual([error.name, error.field], ['ConfigError', 'body']);
  }
});

/** The body of a task with this result inside. */
function task(status, type, result) {
  const body = { task_id: 't', task_status: status, task_type: type, task_result: JSON.stringify(result) };
  return JSON.stringify(body);
}
