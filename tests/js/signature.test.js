// Calls that are signed with an access key. The simulator checks signatures by itself; one is worked out here by hand.
import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { describe, test } from 'node:test';
import { inspect } from 'node:util';

import { createClient } from 'huaweicloud-tasks';
import { createSimulator } from 'huaweicloud-tasks/simulator';

import { answering, rejection, serve } from './support.js';

const KEY = { accessKey: 'HPUAEXAMPLE0000AK', secretKey: 'an-example-of-a-secret-key' };
const TEMPORARY = { ...KEY, securityToken: 'ggpjbi1ub3J0aC00THexampleOfA==' };
const OPTIONS = { region: 'cn-north-4', projectId: 'project', credentials: KEY };
const TWENTY_MINUTES = 20 * 60_000;

const CALLS = {
  'apig.gatewayProgress': ({ apig }) => apig.gatewayProgress('gateway'),
  'apig.asyncTask': ({ apig }) => apig.asyncTask('gateway', 'import-succeed'),
  'apig.importApis': ({ apig }) => apig.importApis('gateway', '{"swagger":"2.0","info":{"title":"é"},"paths":{}}'),
  'apig.exportApis': ({ apig }) => apig.exportApis('gateway', { envId: 'env', groupId: 'group', version: 'é 1' }),
  'roma.instanceProgress': ({ roma }) => roma.instanceProgress('instance'),
  'sfsTurbo.job': ({ sfsTurbo }) => sfsTurbo.job('job'),
  'kps.task': ({ kps }) => kps.task('task'),
  'kps.associate': ({ kps }) => kps.associate({ keypairName: 'keypair', server: { id: 'server' } }),
  'kps.disassociate': ({ kps }) => kps.disassociate({ server: { id: 'server' } }),
  'cvr.renderTasks': ({ cvr }) => cvr.renderTasks({ status: 'active', applicationId: 'a b&c=d/+é~', limit: 5 }),
};

/** A client whose requests go to the simulator; their headers are kept in `sent`. */
function simulated(options, simulatorOptions) {
  const simulator = createSimulator({ credentials: options.credentials, ...simulatorOptions });
  const sent = [];
  const fetch = (url, init) => {
    sent.push(new Headers(init.headers));
    return simulator(url, init);
  };
  return { client: createClient({ ...options, fetch }), sent };
}

/** The parts of an `Authorization`. */
const partsOf = (headers) =>
  /^SDK-HMAC-SHA256 Access=(?<access>[^,]+), SignedHeaders=(?<signed>[^,]+), Signature=(?<signature>[0-9a-f]{64})$/.exec(
    headers.get('authorization'),
  ).groups;

/** The time of an `X-Sdk-Date`, in epoch milliseconds. */
const timeOf = (text) => Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));

/** Fails when a secret can be seen anywhere in a value. */
function assertTellsNothing(value) {
  const { message, stack, raw } = value;
  const seen = [message, stack, raw, JSON.stringify(value), inspect(value, { depth: 10, showHidden: true })].join('\n');
  for (const name of ['secretKey', 'securityToken']) assert.ok(!seen.includes(TEMPORARY[name]), `it tells the ${name}`);
}

describe('every call is signed', () => {
  for (const [name, call] of Object.entries(CALLS)) {
    test(name, async () => {
      const isForm = name === 'apig.importApis';
      for (const credentials of [KEY, TEMPORARY]) {
        const { client, sent } = simulated({ ...OPTIONS, credentials });
        assert.ok(await call(client));
        const [headers, ...more] = sent;
        const { access, signed } = partsOf(headers);
        assert.deepEqual([more.length, access, headers.get('x-auth-token')], [0, KEY.accessKey, null]);
        assert.equal(headers.get('x-project-id'), 'project');
        assert.equal(headers.get('x-sdk-content-sha256'), isForm ? 'UNSIGNED-PAYLOAD' : null);
        assert.equal(headers.get('x-security-token'), credentials.securityToken ?? null);
        const names = ['host', 'x-project-id', isForm && 'x-sdk-content-sha256', 'x-sdk-date'];
        if (credentials === TEMPORARY) names.push('x-security-token');
        assert.equal(signed, names.filter(Boolean).join(';'));
      }
      const { client, sent } = simulated(OPTIONS, { credentials: { ...KEY, secretKey: 'another' } });
      const error = await rejection(call(client));
      assert.deepEqual([error.name, error.code, sent.length], ['AuthError', 'APIGW.0301', 1], 'the signature counts');
    });
  }

  test('whatever its ids and its address are', async () => {
    const { region: _, ...others } = OPTIONS;
    for (const options of [OPTIONS, { ...others, endpoint: 'https://proxy.example:8443/huawei/' }]) {
      const { client } = simulated(options);
      for (const id of ['a b', 'é😀', "!'()*~-._", '%2e', 'a+b=c&d', '?#', 'a/b', '[x]', ':@$,;|^`"<>{}\\']) {
        assert.equal((await client.kps.task(id)).taskId, id);
        assert.ok(await client.apig.gatewayProgress(id));
      }
    }
  });

  test('but that for a token, which a password vouches for', async () => {
    const { client, sent } = simulated(OPTIONS);
    const who = { user: 'demo-user', password: 'demo-password', domain: 'demo-domain' };
    assert.equal((await client.iam.token(who)).token, 'simulator-token');
    assert.deepEqual([sent[0].get('authorization'), sent[0].get('x-auth-token')], [null, null]);
  });
});

test('the signature is that of the documents, over what was really sent', async (t) => {
  const { url, requests } = await serve(t, answering(202, '{"task_id":"t"}'));
  const host = new URL(url).host;
  const client = createClient({ endpoint: url, projectId: 'project', credentials: KEY });
  const from = Math.floor(Date.now() / 1_000) * 1_000;
  await client.apig.exportApis('a b', { envId: 'é', groupId: 'group', oasVersion: '3.0' });
  const [{ headers, body, url: target }] = requests;
  assert.equal(target, '/v2/project/apigw/instances/a%20b/openapi/async-export?oas_version=3.0');
  const time = headers['x-sdk-date'];
  assert.match(time, /^\d{8}T\d{6}Z$/);
  assert.ok(timeOf(time) >= from && timeOf(time) <= Date.now(), time);

  const sha256 = (data) => createHash('sha256').update(data).digest('hex');
  const canonical = [
    'POST',
    '/v2/project/apigw/instances/a%20b/openapi/async-export/',
    'oas_version=3.0',
    `host:${host}`,
    'x-project-id:project',
    `x-sdk-date:${time}`,
    '',
    'host;x-project-id;x-sdk-date',
    sha256(await body),
  ].join('\n');
  const toSign = `SDK-HMAC-SHA256\n${time}\n${sha256(canonical)}`;
  const signature = createHmac('sha256', KEY.secretKey).update(toSign).digest('hex');
  assert.equal(
    headers.authorization,
    `SDK-HMAC-SHA256 Access=${KEY.accessKey}, SignedHeaders=host;x-project-id;x-sdk-date, Signature=${signature}`,
  );
  assert.deepEqual([headers.host, headers['x-project-id'], headers['x-auth-token']], [host, 'project', undefined]);
});

test("clockSkewMs is how much later the services' clock is", async () => {
  for (const skew of [TWENTY_MINUTES, -TWENTY_MINUTES]) {
    const clock = () => Date.now() + skew;
    const off = simulated(OPTIONS, { clock });
    const error = await rejection(off.client.apig.gatewayProgress('gateway'));
    assert.deepEqual([error.name, error.status, off.sent.length], ['AuthError', 401, 1]);

    const { client, sent } = simulated({ ...OPTIONS, clockSkewMs: skew }, { clock });
    assert.ok(await client.apig.gatewayProgress('gateway'));
    const moved = timeOf(sent[0].get('x-sdk-date')) - Date.now();
    assert.ok(Math.abs(moved - skew) < 30_000, `${moved} ms`);
  }
});

describe('a signed call that fails', () => {
  for (const [status, code] of [
    [401, 'APIGW.0301'],
    [401, 'APIG.1002'],
    [401, 'APIC.7101'],
    [401, 'APIG.0307'],
    [401, 'IAM.0066'],
    [400, 'ROMA.1000'],
    [400, 'ROMA.1002'],
  ]) {
    test(`is not sent again after ${status} ${code}: five refusals lock the key`, async (t) => {
      const { url, requests } = await serve(t, answering(status, `{"error_code":"${code}","error_msg":"m"}`));
      const client = createClient({ endpoint: url, projectId: 'p', credentials: KEY, maxRetries: 5 });
      const error = await rejection(client.apig.gatewayProgress('i'));
      assert.deepEqual([error.name, error.code, error.retryable, requests.length], ['AuthError', code, false, 1]);
    });
  }

  test('is signed anew when it is sent again', async () => {
    const simulator = createSimulator({ credentials: KEY });
    const sent = [];
    const fetch = async (url, init) => {
      sent.push(new Headers(init.headers));
      if (sent.length > 1) return simulator(url, init);
      return new Response('', { status: 503, headers: { 'Retry-After': '2' } });
    };
    assert.ok(await createClient({ ...OPTIONS, fetch }).apig.gatewayProgress('gateway'));
    const [first, second] = sent.map((headers) => headers.get('x-sdk-date'));
    assert.ok(timeOf(second) > timeOf(first), `${first}, ${second}`);
  });

  test('tells neither the secret key nor the security token, even where they are sent back', async (t) => {
    for (const [status, name] of [
      [401, 'AuthError'],
      [502, 'ServerError'],
      [200, 'DecodeError'],
    ]) {
      const { url } = await serve(t, (request, response) => {
        response.writeHead(status);
        response.end(JSON.stringify({ error_msg: `refused: ${JSON.stringify(request.headers)}`, error_code: 'X.1' }));
      });
      const client = createClient({ endpoint: url, projectId: 'p', credentials: TEMPORARY, maxRetries: 0 });
      const error = await rejection(client.apig.gatewayProgress('i'));
      assert.equal(error.name, name);
      assertTellsNothing(error);
    }
    const options = { endpoint: 'http://127.0.0.1:1', projectId: 'p', credentials: TEMPORARY, maxRetries: 0 };
    const client = createClient(options);
    const error = await rejection(client.apig.gatewayProgress('i'));
    assert.equal(error.name, 'ConnectionError');
    for (const value of [error, client, client.apig, client.apig.gatewayProgress]) assertTellsNothing(value);
  });
});
