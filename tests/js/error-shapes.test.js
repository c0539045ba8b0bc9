// Error bodies of every shape that was seen, at every service: what an error tells of them.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import * as tasks from 'huaweicloud-tasks';

import { answering, rejection, serve } from './support.js';

const CALLS = {
  'apig.gatewayProgress': ({ apig }) => apig.gatewayProgress('gateway'),
  'apig.importApis': ({ apig }) => apig.importApis('gateway', '{"swagger":"2.0"}'),
  'apig.exportApis': ({ apig }) => apig.exportApis('gateway', { envId: 'env', groupId: 'group' }),
  'roma.instanceProgress': ({ roma }) => roma.instanceProgress('instance'),
  'sfsTurbo.job': ({ sfsTurbo }) => sfsTurbo.job('job'),
  'kps.task': ({ kps }) => kps.task('task'),
  'kps.associate': ({ kps }) => kps.associate({ keypairName: 'keypair', server: { id: 'server' } }),
  'cvr.renderTasks': ({ cvr }) => cvr.renderTasks(),
  'iam.token': ({ iam }) => iam.token({ user: 'user', password: 'a-long-password', domain: 'domain' }),
};

const clientFor = (url) => tasks.createClient({ endpoint: url, projectId: 'project', token: 'token', maxRetries: 0 });

const htmlOf = (status) => `<html>\r\n<head><title>${status}</title></head><body>nginx</body></html>\r\n`;

// [about, body, code, message, request id in the body]
const SHAPES = [
  ['error_code, error_msg', '{"error_code":"APIG.2001","error_msg":"too long"}', 'APIG.2001', 'too long'],
  [
    'with a request_id',
    '{"error_code":"APIG.2001","error_msg":"too long","request_id":"id-of-body"}',
    'APIG.2001',
    'too long',
    'id-of-body',
  ],
  ['errCode, errMsg', '{"errCode":"SFS.TURBO.0001","errMsg":"parameter error"}', 'SFS.TURBO.0001', 'parameter error'],
  ['errorCode, errorMsg', '{"errorCode":"ROMA.2001","errorMsg":"bad parameter"}', 'ROMA.2001', 'bad parameter'],
  ['errorCode, errorMessage', '{"errorCode":"ROMA.2001","errorMessage":"bad parameter"}', 'ROMA.2001', 'bad parameter'],
  ['code, message', '{"code":"IAM.0011","message":"missing field"}', 'IAM.0011', 'missing field'],
  [
    'an error with a number as code',
    '{"error":{"code":400,"message":"The request body is invalid","title":"Bad Request"}}',
    '400',
    'The request body is invalid',
  ],
  [
    'an error with error_code, error_msg',
    '{"error":{"error_code":"KPS.0400","error_msg":"invalid server"}}',
    'KPS.0400',
    'invalid server',
  ],
  [
    'two codes and two messages',
    '{"code":"400","error_code":"CVR.00400001","error_msg":"bad device","message":"Bad Request"}',
    'CVR.00400001',
    'bad device',
  ],
  [
    'the same, the other way round',
    '{"message":"Bad Request","error_msg":"bad device","error_code":"CVR.00400001","code":"400"}',
    'CVR.00400001',
    'bad device',
  ],
  [
    'with details of its own',
    '{"error_code":"APIG.2001","error_msg":"too long",' +
      '"error_details":[{"error_code":"X.1","error_msg":"of a part"}],"request_id":"id-of-body"}',
    'APIG.2001',
    'too long',
    'id-of-body',
  ],
  [
    'with an encoded authorization message',
    '{"error_code":"APIG.2001","error_msg":"too long","encoded_authorization_message":"XZYabc"}',
    'APIG.2001',
    'too long',
  ],
  ['nulls', '{"error_code":null,"error_msg":null,"request_id":null}', null, null],
  ['nulls, and more', '{"error_code":null,"code":"A.1","error_msg":null,"message":"too long"}', 'A.1', 'too long'],
  ['an error that is null', '{"error":null}', null, null],
  ['no known field', '{"timestamp":"2024-01-01","path":"/v2"}', null, null],
  ['a break after the code', '{"error_code":"APIG.2001","error_msg":"The req', 'APIG.2001', null],
  ['a break in the code', '{"error_code":"APIG.20', null, null],
  ['HTML', htmlOf(400), null, null],
  ['nothing', '', null, null],
  ['null', 'null', null, null],
  ['an array', '[{"error_code":"APIG.2001","error_msg":"too long"}]', null, null],
  ['a bare string', '"Bad Request"', null, null],
  ['a bare number', '400', null, null],
  ['plain text', 'Bad Request', null, null],
];

describe('an error body of every service', () => {
  for (const [about, body, code, message, idOfBody = null] of SHAPES) {
    test(about, async (t) => {
      const { url } = await serve(t, answering(400, body));
      for (const [name, call] of Object.entries(CALLS)) {
        const error = await rejection(call(clientFor(url)));
        assert.ok(error instanceof tasks.ApiError, `${name}: ${error}`);
        assert.deepEqual(
          { ...error, raw: error.raw },
          { kind: 'api', status: 400, code, requestId: idOfBody, retryable: false, raw: body },
          name,
        );
        assert.match(error.message, /\b400\b/, name);
        if (message === null) assert.doesNotMatch(error.message, /undefined|null/, name);
        else assert.ok(error.message.includes(message), `${name}: ${error.message}`);
      }
    });
  }
});

test('the id of the request is a header, in any case, and goes before that of the body', async (t) => {
  const body = '{"error_code":"APIG.2001","error_msg":"too long","request_id":"id-of-body"}';
  for (const header of ['X-Request-Id', 'x-request-id', 'X-REQUEST-ID', 'X-request-id']) {
    const { url } = await serve(t, answering(400, body, { [header]: 'id-of-header' }));
    for (const [name, call] of Object.entries(CALLS)) {
      assert.equal((await rejection(call(clientFor(url)))).requestId, 'id-of-header', `${name}, ${header}`);
    }
  }
});

// [status, class, kind, whether it may pass]
const STATUSES = [
  [400, 'ApiError', 'api', false],
  [401, 'AuthError', 'auth', false],
  [403, 'PermissionError', 'permission', false],
  [404, 'NotFoundError', 'notFound', false],
  [405, 'ApiError', 'api', false],
  [409, 'ApiError', 'api', false],
  [429, 'RateLimitError', 'rateLimit', true],
  [500, 'ServerError', 'server', false],
  [502, 'ServerError', 'server', true],
  [503, 'ServerError', 'server', true],
  [504, 'ServerError', 'server', true],
];

describe('the class goes by the status', () => {
  for (const [status, name, kind, retryable] of STATUSES) {
    test(`${status} is a ${name}, with a body that says more or without`, async (t) => {
      const bodies = [
        ['{"error_code":"ANY.1","error_msg":"m"}', 'ANY.1'],
        [htmlOf(status), null],
        ['', null],
      ];
      for (const [body, code] of bodies) {
        const { url } = await serve(t, answering(status, body));
        for (const [about, call] of Object.entries(CALLS)) {
          const error = await rejection(call(clientFor(url)));
          assert.equal(error.constructor, tasks[name], `${about}: ${error}`);
          assert.deepEqual(
            [error.kind, error.status, error.code, error.retryable, error.raw],
            [kind, status, code, retryable, body],
            about,
          );
        }
      }
    });
  }
});

describe('the code goes before a status that misleads', () => {
  for (const [call, status, code, name, retryable] of [
    ['roma.instanceProgress', 400, 'ROMA.1000', 'AuthError', false],
    ['roma.instanceProgress', 400, 'ROMA.1002', 'AuthError', false],
    ['apig.gatewayProgress', 500, 'APIG.9008', 'RateLimitError', true],
    ['apig.exportApis', 500, 'APIG.9008', 'RateLimitError', true],
    ['apig.gatewayProgress', 401, 'APIG.1005', 'PermissionError', false],
    ['apig.importApis', 401, 'APIG.1005', 'PermissionError', false],
    ['apig.gatewayProgress', 403, 'APIG.1005', 'PermissionError', false],
    ['sfsTurbo.job', 500, 'SFS.TURBO.0037', 'ServerError', true],
  ]) {
    test(`${call}: ${status} ${code} is a ${name}`, async (t) => {
      const { url } = await serve(t, answering(status, `{"error_code":"${code}","error_msg":"m"}`));
      const error = await rejection(CALLS[call](clientFor(url)));
      assert.equal(error.constructor, tasks[name], String(error));
      assert.deepEqual([error.status, error.code, error.retryable], [status, code, retryable]);
    });
  }
});

test('the message decides nothing', async (t) => {
  for (const [status, message, name] of [
    [400, 'Incorrect token or token resolution failed', 'ApiError'],
    [403, 'policy user over ratelimit,limit:200,time:5 minute', 'PermissionError'],
    [500, 'Too many requests', 'ServerError'],
  ]) {
    const { url } = await serve(t, answering(status, JSON.stringify({ error_code: 'ANY.1', error_msg: message })));
    const error = await rejection(CALLS['apig.gatewayProgress'](clientFor(url)));
    assert.deepEqual([error.constructor, error.retryable], [tasks[name], false], message);
  }
});
