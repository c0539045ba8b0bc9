// What the services do that a reader of theirs may fall into, one test for each, through the package over real HTTP.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';

import { createClient } from 'huaweicloud-tasks';

import { answering, fixture, rejection, serve } from './support.js';

const CREATING = fixture('apig-gateway-progress/200-creating.json');
const ROMA_CREATING = fixture('roma-instance-process/200-creating.json');

const cloudAt = (url, options = {}) =>
  createClient({ endpoint: url, projectId: 'p', token: 'token-1', maxRetries: 0, ...options });

/** A client whose every call is answered with the same. */
async function answered(test, body, status = 200, headers = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const { url, requests } = await serve(test, answering(status, text, headers));
  return { cloud: cloudAt(url), requests, url };
}

/** A client whose calls are answered with one after the other, and when each came. */
async function answeredInTurn(test, answers, options) {
  const times = [];
  const { url, requests } = await serve(test, (request, response) => {
    times.push(performance.now());
    answers[Math.min(times.length, answers.length) - 1](request, response);
  });
  return { cloud: cloudAt(url, options), requests, times };
}

test('trap 1: progress is any integer, whatever the documents list', async (t) => {
  for (const progress of [0, 1, 30, 50, 73, 80, 90, 100, 101]) {
    const { cloud } = await answered(t, { ...JSON.parse(CREATING), progress });
    assert.equal((await cloud.apig.gatewayProgress('i')).percent, progress);
  }
});

test('trap 2: end_time is filled in before the end, or 0', async (t) => {
  const gateway = JSON.parse(CREATING);
  assert.ok(gateway.end_time > gateway.start_time);
  for (const [status, endedAt] of [
    ['creating', null],
    ['paused', null],
    ['success', 1597390224911],
    ['failed', 1597390224911],
  ]) {
    const { cloud } = await answered(t, { ...gateway, status });
    assert.equal((await cloud.apig.gatewayProgress('i')).endedAt, endedAt, status);
  }
  for (const status of ['creating', 'success']) {
    const { cloud } = await answered(t, { ...JSON.parse(ROMA_CREATING), status, end_time: 0 });
    assert.equal((await cloud.roma.instanceProgress('i')).endedAt, null, `ROMA, ${status}`);
  }
});

test('trap 3: a failed operation arrives as HTTP 200 or 202 and is an answer', async (t) => {
  const job = { job_id: 'j', status: 'failed', error_code: 'SFS.TURBO.0005' };
  const dispatch = { server_id: 's', status: 'FAILED', error_code: 'KPS.0404' };
  for (const [status, body, ask, code] of [
    [200, fixture('apig-gateway-progress/200-failed-quota.json'), ({ apig }) => apig.gatewayProgress('i'), 'APIC.9218'],
    [200, job, ({ sfsTurbo }) => sfsTurbo.job('j'), 'SFS.TURBO.0005'],
    [202, dispatch, ({ kps }) => kps.disassociate({ server: { id: 's' } }), 'KPS.0404'],
  ]) {
    const { cloud } = await answered(t, body, status);
    const { state, error } = await ask(cloud);
    assert.deepEqual([state, error.code], ['failed', code]);
  }
  const { cloud } = await answered(t, fixture('apig-async-task/200-import-failed.json'));
  const { status, result } = await cloud.apig.asyncTask('i', 't');
  assert.deepEqual([status, result.code], ['failed', 'APIG.3201']);
});

test('trap 4: times are numbers beyond 32 bits, text without zone, RFC 3339, empty, or numbers in text', async (t) => {
  const { cloud: beyond } = await answered(t, { status: 'creating', start_time: 4102444800000 });
  assert.equal((await beyond.apig.gatewayProgress('i')).startedAt, 4102444800000);
  const { cloud: inText } = await answered(t, { status: 'creating', start_time: '1597389901161' });
  assert.equal((await inText.apig.gatewayProgress('i')).startedAt, 1597389901161);
  const { cloud: zoneless } = await answered(t, { job_id: 'j', status: 'running', begin_time: '2016-01-02 15:04:05' });
  assert.equal((await zoneless.sfsTurbo.job('j')).startedAt, 1451747045000);
  const rendering = { start_time: '2020-05-20T03:30:52Z', finish_time: '' };
  const { cloud: rfc3339 } = await answered(t, { render_tasks: [rendering] });
  const {
    renderTasks: [{ startedAt, finishedAt }],
  } = await rfc3339.cvr.renderTasks();
  assert.deepEqual([startedAt, finishedAt], [1589945452000, null]);
});

test('trap 5: status words differ in spelling and case; an unknown one is kept and is no success', async (t) => {
  for (const [status, state] of [
    ['success', 'success'],
    ['SUCCESS', 'success'],
    ['Success', 'success'],
    ['CREATING', 'creating'],
    ['Resizing', 'Resizing'],
    ['successful', 'successful'],
  ]) {
    const { cloud } = await answered(t, { status, start_time: 1, end_time: 2 });
    const progress = await cloud.apig.gatewayProgress('i');
    assert.deepEqual([progress.state, progress.endedAt], [state, state === 'success' ? 2 : null]);
  }
  const task = { task_id: 't', task_type: 'import_api', task_status: 'Succeed', task_result: '{}' };
  const { cloud } = await answered(t, task);
  assert.equal((await cloud.apig.asyncTask('i', 't')).status, 'succeed');
  const { cloud: roma } = await answered(t, ROMA_CREATING);
  const { state, instance } = await roma.roma.instanceProgress('i');
  assert.deepEqual([state, instance.status], ['creating', 'CREATING']);
});

test('trap 6: ROMA has a job in errorCode, numbers and lists in text, "" for no error, "#" for secrets', async (t) => {
  const { cloud } = await answered(t, ROMA_CREATING);
  const { error, items, instance, takenTime, elapsedMs } = await cloud.roma.instanceProgress('i');
  assert.deepEqual([error, instance.errorCode], [null, 'JOB-0d42a6bc-3f3d-446a-8351-00a110f56137']);
  assert.deepEqual(
    items.map((item) => item.error),
    [null, null],
  );
  const { conAmount, createdAt, deletedAt, availableZones, resVpcId, demondPay } = instance;
  assert.deepEqual([conAmount, createdAt, deletedAt], ['25', 1741262473785, null]);
  assert.deepEqual([availableZones, resVpcId, demondPay], [['az0.dc0'], '#', true]);
  assert.deepEqual([takenTime, elapsedMs], [1, 30_109]);
  // The body names users and tenants: an error must not be logged with it.
  const { cloud: broken } = await answered(t, ROMA_CREATING.replace('"chargingMode" : 1', '"chargingMode" : {}'));
  const refused = await rejection(broken.roma.instanceProgress('i'));
  assert.equal(refused.path, 'instance.chargingMode');
  assert.doesNotMatch(inspect(refused) + JSON.stringify(refused), /zhangyue|c29445cc/);
});

test('trap 7: bodies of key pairs carry private keys and passwords, which are shown nowhere', async (t) => {
  for (const auth of [
    { type: 'keypair', key: '-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA7\n-----END RSA PRIVATE KEY-----\n' },
    { type: 'password', key: 'Geheimnis-1' },
  ]) {
    const message = `bad key ${auth.key}`;
    const { cloud } = await answered(t, { error_code: 'KPS.0400', error_msg: message }, 400);
    const error = await rejection(cloud.kps.disassociate({ server: { id: 's', auth } }));
    const { cloud: failing } = await answered(t, { status: 'FAILED', error_msg: message }, 202);
    const view = await failing.kps.disassociate({ server: { id: 's', auth } });
    const shown = [error.message, error.raw, error.stack, inspect(error), JSON.stringify(error), JSON.stringify(view)];
    assert.doesNotMatch(shown.join('\n'), /MIIEpAIBAAKCAQEA7|Geheimnis/);
  }
});

test('trap 8: error bodies have many shapes, or none', async (t) => {
  for (const [body, code, message, requestId = null] of [
    ['{"error_code":"A.1","error_msg":"no"}', 'A.1', 'no'],
    ['{"error_code":"A.1","error_msg":"no","request_id":"r"}', 'A.1', 'no', 'r'],
    ['{"errCode":"A.1","errMsg":"no"}', 'A.1', 'no'],
    ['{"errorCode":"A.1","errorMsg":"no"}', 'A.1', 'no'],
    ['{"errorCode":"A.1","errorMessage":"no"}', 'A.1', 'no'],
    ['{"code":"A.1","message":"no"}', 'A.1', 'no'],
    ['{"error":{"code":409,"message":"no","title":"Conflict"}}', '409', 'no'],
    ['{"error":{"error_code":"A.1","error_msg":"no"}}', 'A.1', 'no'],
    ['{"code":"409","error_code":"A.1","error_msg":"no","message":"in detail"}', 'A.1', 'no'],
    ['{"error_code":"A.1","error_msg":"no","error_details":[{"error_code":"B.2"}],"request_id":"r"}', 'A.1', 'no', 'r'],
    ['{"error_code":"A.1","error_msg":"no","encoded_authorization_message":"XYZ"}', 'A.1', 'no'],
    ['{"error_code":"A.1","error_msg":null}', 'A.1'],
    ['{"error_code":null,"error_msg":null}', null],
    ['{"error_code":"A.1","error_msg":"cut o', 'A.1'],
    ['<html><h1>Conflict</h1></html>', null],
    ['', null],
    ['"no"', null],
    ['[]', null],
  ]) {
    const { cloud } = await answered(t, body, 409);
    const error = await rejection(cloud.apig.gatewayProgress('i'));
    assert.deepEqual(
      [error.name, error.status, error.code, error.requestId, error.raw],
      ['ApiError', 409, code, requestId, body],
    );
    const start = `ShowDetailsOfInstanceProgressV2 answered 409${code === null ? '' : ` ${code}`}: `;
    assert.ok(error.message.startsWith(start), error.message);
    if (message !== undefined) assert.equal(error.message, start + message);
  }
});

test('trap 9: the id of a request is a header in any case, or in the body', async (t) => {
  const ask = async (body, headers) => {
    const { cloud } = await answered(t, body, 404, headers);
    return (await rejection(cloud.apig.gatewayProgress('i'))).requestId;
  };
  for (const name of ['X-Request-Id', 'x-request-id', 'X-REQUEST-ID', 'X-request-id']) {
    assert.equal(await ask('{}', { [name]: 'request-1' }), 'request-1', name);
  }
  assert.equal(await ask('{"request_id":"request-2"}', {}), 'request-2');
});

test('trap 10: codes are an open set and differ by place; status and code decide, no message does', async (t) => {
  for (const [status, code, name] of [
    [401, 'APIG.1005', 'PermissionError'],
    [403, 'APIG.1005', 'PermissionError'],
    [401, 'APIG.1009', 'AuthError'],
    [400, 'APIG.1009', 'ApiError'],
    [400, 'APIG.2102', 'ApiError'],
    [404, 'NEW.4711', 'NotFoundError'],
    [418, 'APIGW.0001', 'ApiError'],
    [500, 'APIC.0001', 'ServerError'],
  ]) {
    const body = { error_code: code, error_msg: 'Incorrect token, not found, too many requests' };
    const { cloud } = await answered(t, body, status);
    const error = await rejection(cloud.apig.gatewayProgress('i'));
    assert.deepEqual([error.name, error.code, error.retryable], [name, code, false]);
  }
});

test('trap 11: ROMA answers 400 for a token that is missing or wrong', async (t) => {
  for (const code of ['ROMA.1000', 'ROMA.1002']) {
    const asked = [];
    const token = ({ expired }) => {
      asked.push(expired);
      return expired === null ? 'old-token' : 'new-token';
    };
    const { cloud, requests } = await answeredInTurn(
      t,
      [answering(400, JSON.stringify({ error_code: code, error_msg: 'token' })), answering(200, ROMA_CREATING)],
      { token },
    );
    assert.equal((await cloud.roma.instanceProgress('i')).state, 'creating');
    assert.deepEqual(asked, [null, 'old-token']);
    assert.deepEqual(
      requests.map(({ headers }) => headers['x-auth-token']),
      ['old-token', 'new-token'],
    );

    const { cloud: fixed } = await answered(t, { error_code: code, error_msg: 'token' }, 400);
    const error = await rejection(fixed.roma.instanceProgress('i'));
    assert.deepEqual([error.name, error.status, error.code], ['AuthError', 400, code]);
  }
});

test('trap 12: the text of a 429 carries the budget, Retry-After the wait', async (t) => {
  // By themselves, tries come 0.5 s after each other at most. A timer may be a little early.
  for (const [policy, headers, wait] of [
    ['policy user over ratelimit,limit:10,time:7 second', {}, 700],
    ['policy ip over ratelimit,limit:80,time:1 minute', {}, 750],
    ['policy api over ratelimit,limit:200,time:5 minute', { 'retry-after': '1' }, 1_000],
  ]) {
    const tooMany = answering(429, JSON.stringify({ error_code: 'APIG.0308', error_msg: policy }), headers);
    const { cloud, times } = await answeredInTurn(t, [tooMany, answering(200, CREATING)], { maxRetries: 1 });
    assert.equal((await cloud.apig.gatewayProgress('i')).state, 'creating');
    assert.equal(times.length, 2);
    assert.ok(times[1] - times[0] > wait - 20, `${policy}: ${times[1] - times[0]} ms`);
  }
});

test('trap 13: too many requests may be a 500; and some things are to be waited for', async (t) => {
  const tooMany = answering(500, '{"error_code":"APIG.9008","error_msg":"Too many requests. Try again later."}');
  const { cloud, requests } = await answeredInTurn(t, [tooMany, answering(200, CREATING)], { maxRetries: 1 });
  assert.equal((await cloud.apig.gatewayProgress('i')).state, 'creating');
  assert.equal(requests.length, 2);
  for (const [status, code, name] of [
    [500, 'APIG.9008', 'RateLimitError'],
    [409, 'APIG.3711', 'ApiError'],
    [409, 'APIG.3718', 'ApiError'],
  ]) {
    const { url, requests: sent } = await answered(t, { error_code: code, error_msg: 'later' }, status);
    const error = await rejection(cloudAt(url, { maxRetries: 5 }).apig.importApis('i', 'openapi: 3.0.0'));
    assert.deepEqual([error.name, error.code, error.retryable], [name, code, true]);
    assert.equal(sent.length, 1, 'a start is never made again by itself');
  }
});

test('trap 14: a read just after a create may be 404 for a moment', async (t) => {
  const { cloud, requests } = await answeredInTurn(t, [
    answering(202, fixture('apig-async-import/202.json')),
    answering(404, fixture('apig-async-task/404.json')),
    answering(200, fixture('apig-async-task/200-import-succeed.json')),
  ]);
  const { instanceId, taskId } = await cloud.apig.importApis('i', 'openapi: 3.0.0');
  const error = await rejection(cloud.apig.asyncTask(instanceId, taskId));
  assert.deepEqual([error.kind, error.code], ['notFound', 'APIG.3093']);
  const task = await cloud.apig.asyncTask(instanceId, taskId);
  assert.deepEqual([task.id, task.status, requests.length], [taskId, 'succeed', 3]);
});
