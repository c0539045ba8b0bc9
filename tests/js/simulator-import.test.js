/** The start of an import or export in the simulator: what it takes, what it refuses, and what the task reports. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createSimulator, scenarios } from 'huaweicloud-tasks/simulator';

const START = 1_700_000_000_000;
const TOKEN = { 'X-Auth-Token': 'simulator-token' };
const INSTANCE = '/v2/p/apigw/instances/i';
const SWAGGER = { swagger: '2.0', paths: { '/a': { get: {}, post: {} }, '/b/{id}': { parameters: [], delete: {} } } };
const ROWS = [
  { method: 'GET', path: '/a' },
  { method: 'POST', path: '/a' },
  { method: 'DELETE', path: '/b/{id}' },
];

/** A simulator whose time moves by `advance` only, and starts and questions to it. */
function begin(options) {
  const simulator = createSimulator({ clock: () => START, ...options });
  const post = (path, body, headers = {}) =>
    simulator(path, { method: 'POST', headers: { ...TOKEN, ...headers }, body });
  const read = async (taskId) => (await simulator(`${INSTANCE}/async-tasks/${taskId}`, { headers: TOKEN })).json();
  const finish = async (response) => {
    assert.equal(response.status, 202);
    const { task_id: taskId, ...rest } = await response.json();
    assert.deepEqual(rest, {});
    assert.match(taskId, /^[0-9a-f]{32}$/);
    const body = await read(taskId);
    assert.deepEqual([body.task_id, body.task_status, body.task_result], [taskId, 'waiting', '']);
    simulator.advance(60_000);
    return read(taskId);
  };
  return { simulator, post, read, finish };
}

/** A form with a file; a field that is `undefined` is left out. */
function form(fields = {}, content = JSON.stringify(SWAGGER), filename = 'api.json') {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) data.set(name, value);
  if (content !== null) data.set('file_name', new Blob([content]), filename);
  return data;
}

const startImport = (post, data, headers) => post(`${INSTANCE}/openapi/async-import`, data, headers);

const withoutIds = (rows) => rows.map(({ method, path }) => ({ method, path }));

describe('an import', () => {
  test('into a new group reports every path and method of the file', async () => {
    const { post, finish } = begin();
    const body = await finish(await startImport(post, form()));
    assert.deepEqual([body.task_type, body.task_status], ['import_api', 'succeed']);
    const report = JSON.parse(body.task_result);
    assert.deepEqual(Object.keys(report), ['success', 'failure', 'swagger', 'group_id']);
    assert.deepEqual(withoutIds(report.success), ROWS);
    assert.equal(new Set(report.success.map(({ id }) => id)).size, 3);
    assert.ok(report.success.every(({ action }) => action === 'create'));
    assert.deepEqual(report.failure, []);
  });

  test('into a group that exists names it', async () => {
    const { post, finish } = begin();
    const fields = {
      is_create_group: 'false',
      group_id: 'g-1',
      extend_mode: 'override',
      simple_mode: 'true',
      mock_mode: 'false',
      api_mode: 'override',
    };
    const report = JSON.parse((await finish(await startImport(post, form(fields)))).task_result);
    assert.equal(report.group_id, 'g-1');
    assert.ok(report.success.every(({ action }) => action === 'update'));
  });

  test('reads OpenAPI 3.0, and YAML in block style', async () => {
    const yaml = [
      'openapi: 3.0.1 # the version',
      'info:',
      '  title: "a: b"',
      'servers:',
      '  - url: https://x.example',
      'paths:',
      '  /a:',
      '    get: # reads',
      '      responses:',
      '        default:',
      '          description: get',
      '    post:',
      '      tags: [get, put]',
      '  "/b/{id}":',
      '    delete:',
      '      summary: delete',
      'components: {}',
    ];
    const { post, finish } = begin();
    for (const end of ['\n', '\r\n']) {
      const body = await finish(await startImport(post, form({}, yaml.join(end), 'api.yaml')));
      assert.deepEqual(withoutIds(JSON.parse(body.task_result).success), ROWS);
    }
    const json = JSON.stringify({ openapi: '3.0.0', paths: { '/x': { 'x-apigateway-any-method': {} } } });
    const body = await finish(await startImport(post, form({}, json)));
    assert.deepEqual(withoutIds(JSON.parse(body.task_result).success), [{ method: 'ANY', path: '/x' }]);
  });

  test('takes back what an export has written', async () => {
    const { post, finish } = begin();
    for (const type of ['json', 'yaml']) {
      const start = await post(
        `${INSTANCE}/openapi/async-export`,
        JSON.stringify({ env_id: 'e', group_id: 'g', type, apis: ['1', '2', '3', '4', '5'] }),
      );
      const { Comment } = JSON.parse((await finish(start)).task_result);
      const body = await finish(await startImport(post, form({}, Comment, `api.${type}`)));
      assert.equal(JSON.parse(body.task_result).success.length, 5, type);
    }
  });

  test('is read from the bytes, with the boundary in its header', async () => {
    const { post, finish } = begin();
    const write = (boundary, name = 'file_name') =>
      [
        'a preamble',
        `--${boundary}`,
        'content-disposition: form-data; name="is_create_group"',
        '',
        'true',
        `--${boundary}`,
        'Content-Type: application/json',
        `Content-Disposition: form-data; filename="ä.json"; name="${name}"`,
        '',
        JSON.stringify({ ...SWAGGER, info: { title: '一\r\n--bound' } }),
        `--${boundary}--`,
        '',
      ].join('\r\n');
    for (const type of [
      'multipart/form-data; boundary=bound--1',
      'Multipart/Form-Data;charset=x;boundary="bound--1"',
    ]) {
      const bytes = new TextEncoder().encode(write('bound--1'));
      const body = await finish(await startImport(post, bytes, { 'Content-Type': type }));
      assert.equal(JSON.parse(body.task_result).success.length, 3);
    }
    for (const [text, type] of [
      [write('b'), 'multipart/form-data; boundary=other'],
      [write('b'), 'multipart/form-data'],
      [write('b'), 'application/json'],
      [write('b').slice(0, -20), 'multipart/form-data; boundary=b'],
      [write('b', 'file'), 'multipart/form-data; boundary=b'],
      ['', 'multipart/form-data; boundary=b'],
    ]) {
      const response = await startImport(post, text, { 'Content-Type': type });
      assert.equal(response.status, 400, type);
      assert.equal((await response.json()).error_code, 'APIG.2001', type);
    }
  });

  for (const [what, data, status, code, named] of [
    ['no file', form({}, null), 400, 'APIG.2001', 'file_name'],
    ['a file that is a field', form({ file_name: '{}' }, null), 400, 'APIG.2001', 'file_name'],
    ['no group', form({ is_create_group: 'false' }), 400, 'APIG.2001', 'group_id'],
    ['a wrong mode', form({ extend_mode: 'replace' }), 400, 'APIG.2012', 'extend_mode'],
    ['another wrong mode', form({ api_mode: 'Merge' }), 400, 'APIG.2012', 'api_mode'],
    ['a wrong boolean', form({ is_create_group: 'False' }), 400, 'APIG.2012', 'is_create_group'],
    ['an empty file', form({}, ' \n'), 400, 'APIG.3609', 'empty'],
    ['a broken file', form({}, '{"swagger": "2.0"'), 400, 'APIG.3600', 'JSON or YAML'],
    ['a file that is text', form({}, 'hello'), 400, 'APIG.3600', 'JSON or YAML'],
    ['a wrong version', form({}, '{"swagger":"1.2","paths":{}}'), 400, 'APIG.3601', 'version'],
    ['no paths', form({}, '{"swagger":"2.0"}'), 400, 'APIG.3602', 'Syntax'],
  ]) {
    test(`is refused with ${what}`, async () => {
      const response = await startImport(begin().post, data);
      assert.equal(response.status, status);
      const body = await response.json();
      assert.deepEqual(Object.keys(body), ['error_code', 'error_msg']);
      assert.equal(body.error_code, code);
      assert.ok(body.error_msg.includes(named), body.error_msg);
    });
  }

  test('may have 300 APIs, and not one more', async () => {
    const { post } = begin();
    const paths = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`/${index}`, { get: {} }]));
    const status = async (more) => {
      const document = { swagger: '2.0', paths: { ...paths, ...more } };
      const response = await startImport(post, form({}, JSON.stringify(document)));
      return [response.status, (await response.json()).error_code];
    };
    assert.deepEqual(await status({}), [202, undefined]);
    assert.deepEqual(await status({ '/more': { get: {} } }), [403, 'APIG.3127']);
  });

  test('has an id that follows from the seed and what came before', async () => {
    const ids = async (seed) => {
      const { post } = begin({ seed });
      const first = await (await startImport(post, form())).json();
      const second = await (await startImport(post, form())).json();
      assert.notEqual(first.task_id, second.task_id);
      return [first.task_id, second.task_id];
    };
    assert.deepEqual(await ids(1), await ids(1));
    assert.notDeepEqual(await ids(1), await ids(2));
  });

  test('has the Content-Type that its body implies, also in a Request and next to other headers', async () => {
    const boundary = 'a-boundary-in-lower-case';
    const text = [
      `--${boundary}`,
      'Content-Disposition: form-data; name="file_name"; filename="api.json"',
      '',
      JSON.stringify(SWAGGER),
      `--${boundary}--`,
      '',
    ].join('\r\n');
    const type = `multipart/form-data; boundary=${boundary}`;
    const url = `https://apig.cn-north-4.myhuaweicloud.com${INSTANCE}/openapi/async-import`;
    for (const [body, said] of [
      [form()],
      [new Blob([text], { type })],
      [new Blob([text]), type],
      [new TextEncoder().encode(text), type],
      [text, type],
    ]) {
      const { simulator, finish } = begin();
      const headers = said === undefined ? TOKEN : { ...TOKEN, 'Content-Type': said };
      const init = { method: 'POST', headers, body };
      for (const given of [[url, init], [new Request(url, init)]]) {
        const task = await finish(await simulator(...given));
        assert.deepEqual(withoutIds(JSON.parse(task.task_result).success), ROWS);
      }
    }
    const bytes = new TextEncoder().encode(text);
    for (const body of [new URLSearchParams({ file_name: '{}' }), text, new Blob([text]), bytes]) {
      const response = await startImport(begin().post, body);
      assert.deepEqual([response.status, (await response.json()).error_code], [400, 'APIG.2001']);
    }
  });

  test('can be a Request', async () => {
    const { simulator, finish } = begin();
    const url = `https://apig.cn-north-4.myhuaweicloud.com${INSTANCE}/openapi/async-import`;
    const body = await finish(await simulator(new Request(url, { method: 'POST', headers: TOKEN, body: form() })));
    assert.equal(JSON.parse(body.task_result).success.length, 3);
  });
});

describe('an export', () => {
  const startExport = (post, body, query = '') =>
    post(`${INSTANCE}/openapi/async-export${query}`, JSON.stringify(body), { 'Content-Type': 'application/json' });
  const NEEDED = { env_id: 'DEFAULT_ENVIRONMENT_RELEASE_ID', group_id: 'g' };

  test('is Swagger 2.0 as JSON and without backends when nothing else is asked for', async () => {
    const { post, finish } = begin();
    const body = await finish(await startExport(post, NEEDED));
    assert.deepEqual([body.task_type, body.task_status], ['export_api', 'succeed']);
    const { FileName, FileType, Comment } = JSON.parse(body.task_result);
    assert.equal(FileName, 'shop-RELEASE-spec-2023-11-14-22:13:20');
    assert.equal(FileType, '.json');
    const document = JSON.parse(Comment);
    assert.equal(document.swagger, '2.0');
    assert.equal(document.paths['/v1/orders'].get['x-apigateway-backend'], undefined);
  });

  test('is OpenAPI 3.0, of the version, with the APIs and in the type that are asked for', async () => {
    const { post, finish } = begin();
    const asked = { ...NEEDED, define: 'all', version: 'v7', apis: ['1', '2'] };
    const json = JSON.parse((await finish(await startExport(post, asked, '?oas_version=3.0'))).task_result);
    assert.equal(json.FileName, 'shop-RELEASE-all-v7');
    const document = JSON.parse(json.Comment);
    assert.equal(document.openapi, '3.0.0');
    assert.equal(document.info.version, 'v7');
    assert.match(document.servers[0].url, /^https:/);
    assert.deepEqual(Object.keys(document.components), ['responses', 'securitySchemes']);
    assert.deepEqual(Object.keys(document.paths['/v1/orders']), ['get', 'post']);
    assert.equal(document.paths['/v1/orders'].get['x-apigateway-backend'].type, 'MOCK');
    for (const type of ['yaml', 'yml']) {
      const { FileType, Comment } = JSON.parse((await finish(await startExport(post, { ...asked, type }))).task_result);
      assert.equal(FileType, `.${type}`);
      assert.ok(Comment.startsWith('swagger: "2.0"\n'));
    }
  });

  for (const [body, code, name, query] of [
    [{ group_id: 'g' }, 'APIG.2001', 'env_id'],
    [{ env_id: 'e', group_id: '' }, 'APIG.2001', 'group_id'],
    [{ ...NEEDED, define: 'base' }, 'APIG.2012', 'define'],
    [{ ...NEEDED, type: '.json' }, 'APIG.2012', 'type'],
    [{ ...NEEDED, version: 7 }, 'APIG.2012', 'version'],
    [{ ...NEEDED, apis: 'a' }, 'APIG.2012', 'apis'],
    [{ ...NEEDED }, 'APIG.2012', 'oas_version', '?oas_version=3.1'],
    [[], 'APIG.2012', 'body'],
  ]) {
    test(`is refused without a right ${name}`, async () => {
      const response = await startExport(begin().post, body, query);
      assert.equal(response.status, 400);
      const error = await response.json();
      assert.equal(error.error_code, code);
      assert.ok(error.error_msg.includes(`parameterName:${name}.`), error.error_msg);
    });
  }
});

describe('a start', () => {
  for (const name of ['async-import', 'async-export']) {
    test(`${name} plays every scenario of its gateway's id, and takes POST only`, async () => {
      const { simulator, post } = begin();
      const path = (id) => `/v2/p/apigw/instances/${id}/openapi/${name}`;
      const body = () => (name === 'async-import' ? form() : JSON.stringify({ env_id: 'e', group_id: 'g' }));
      const statuses = {};
      for (const id of Object.keys(scenarios.starts)) statuses[id] = (await post(path(id), body())).status;
      assert.deepEqual(statuses, {
        start: 202,
        'too-long': 400,
        unauthorized: 401,
        forbidden: 403,
        broken: 500,
        throttled: 429,
        busy: 500,
        unavailable: 503,
        flaky: 503,
        'flaky-429': 429,
        html: 502,
        empty: 200,
        truncated: 202,
      });
      assert.equal((await simulator(path('i'), { headers: TOKEN })).headers.get('allow'), 'POST');
      assert.equal((await simulator(path('i'), { method: 'POST', body: body() })).status, 401);
    });
  }
});
