// Calls that are signed with an access key. The simulator checks signatures by itself; one is worked out here by hand.
import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';

import { createClient } from 'huaweicloud-tasks';
import { createSimulator } from 'huaweicloud-tasks/simulator';

import { answering, fixture, rejection, serve, thrown } from './support.js';

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
  /^SDK-HMAC-SHA256 Access=(?<access>[^,]+), SignedHeaders=(?<signed>[^,]+), Signature=(?<signature>[0-9a-f]{64})$/
    .exec(headers.get('authorization')).groups;

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
      for (const id of ['a b', 'é😀', '!\'()*~-._', '%2e', 'a+b=c&d', '?#', 'a/b', '[x]', ':@$,;|^`"<>{}\\']) {
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

test('clockSkewMs is how much later the services\' clock is', async () => {
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
    for (const [status, name] of [[401, 'AuthError'], [502, 'ServerError'], [200, 'DecodeError']]) {
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

describe('the vectors', async () => {
  const source = pathToFileURL(join(process.env.PROJECT_ROOT, 'pkg-template/platform/signature.js'));
  const { authorization, sign } = await import(source);
  const vectors = JSON.parse(fixture('signing-vectors.json'));
  const credentials = { accessKey: 'AccessKey', secretKey: 'SecretKey' };
  assert.equal(vectors.length, 11);

  for (const vector of vectors) {
    const { name, method, host, path, query, headers, body } = vector;
    const encode = (text) => encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt().toString(16).toUpperCase()}`);
    const encoded = query.map((pair) => pair.map(encode).join('=')).join('&');

    test(`${name}: its headers are signed as it says`, async () => {
      const request = { method, path, query: encoded, headers, body };
      assert.equal(await authorization(request, credentials), vector.authorization);
    });

    // Content types are not signed here.
    if (headers['Content-Type'] !== undefined) continue;
    test(`${name}: a request of its address gets its signature`, async () => {
      const securityToken = headers['X-Security-Token'];
      const request = { method, url: `https://${host}${vector.request_target}`, body, form: null };
      const signed = await sign(request, { ...credentials, securityToken }, '77b6a44cba5143ab91d13ab9a8ff44fd', 1_573_789_015_999);
      const { Host: _, ...sent } = headers;
      assert.deepEqual(signed, { ...sent, Authorization: vector.authorization });
    });
  }

  test('the vendor\'s own example is signed as it says', async () => {
    const query = 'marker=13551d6b-755d-4757-b956-536f674975c0&limit=2';
    const headers = { Host: 'service.region.example.com', 'X-Sdk-Date': '20191115T033655Z' };
    const request = { method: 'GET', path: '/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs', query, headers, body: null };
    assert.equal(
      await authorization(request, credentials),
      'SDK-HMAC-SHA256 Access=AccessKey, SignedHeaders=host;x-sdk-date, ' +
        'Signature=fd95e7da6f695cfb4cabbb9d6b0968aec155bc576b064835282473539ae9ea1d',
    );
  });

  test('times are written in UTC and two digits each', async () => {
    for (const [time, text] of [
      [0, '19700101T000000Z'],
      [951_782_400_000, '20000229T000000Z'],
      [1_709_251_199_999, '20240229T235959Z'],
    ]) {
      const headers = await sign({ method: 'GET', url: 'https://a.example/', body: null, form: null }, credentials, 'p', time);
      assert.equal(headers['X-Sdk-Date'], text);
    }
  });
});

test('a project that cannot be a header is refused where it would be signed', async () => {
  const client = createClient({ ...OPTIONS, projectId: 'p q', fetch: () => assert.fail('it was sent') });
  const error = await rejection(client.apig.gatewayProgress('i'));
  assert.deepEqual([error.name, error.field], ['ConfigError', 'projectId']);
});

describe('createClient refuses', () => {
  for (const [about, change, field] of [
    ['a token next to credentials', { token: 'a-token' }, 'token'],
    ['a null token next to credentials', { token: null }, 'token'],
    ['credentials without accessKey', { credentials: { ...TEMPORARY, accessKey: undefined } }, 'accessKey'],
    ['credentials without secretKey', { credentials: { ...TEMPORARY, secretKey: undefined } }, 'secretKey'],
    ['an empty accessKey', { credentials: { ...TEMPORARY, accessKey: '' } }, 'accessKey'],
    ['an empty secretKey', { credentials: { ...TEMPORARY, secretKey: '' } }, 'secretKey'],
    ['a number as secretKey', { credentials: { ...TEMPORARY, secretKey: 5 } }, 'secretKey'],
    ['a number as securityToken', { credentials: { ...TEMPORARY, securityToken: 5 } }, 'securityToken'],
    ['an unknown key', { credentials: { ...TEMPORARY, secretkey: TEMPORARY.secretKey } }, 'secretkey'],
    ['a text as credentials', { credentials: TEMPORARY.secretKey }, 'credentials'],
    ['null as credentials', { credentials: null }, 'credentials'],
    ['a text as clockSkewMs', { clockSkewMs: '5' }, 'clockSkewMs'],
    ['a clockSkewMs that is no number', { clockSkewMs: NaN }, 'clockSkewMs'],
    ['a clockSkewMs of more than 24 days', { clockSkewMs: -2_147_483_648 }, 'clockSkewMs'],
    ['an accessKey with a line break', { credentials: { ...KEY, accessKey: 'HPUA\n' } }, 'accessKey'],
    ['a securityToken with a line break', { credentials: { ...KEY, securityToken: `${TEMPORARY.securityToken}\r\n` } }, 'securityToken'],
  ]) {
    test(about, () => {
      const error = thrown(() => createClient({ ...OPTIONS, credentials: TEMPORARY, ...change }));
      assert.equal(error.name, 'ConfigError');
      assert.equal(error.field.split('.').at(-1), field);
      assertTellsNothing(error);
    });
  }
});

test('in a page credentials are refused, and the error says why', async () => {
  const entry = await import(new URL('./index.js', import.meta.resolve('huaweicloud-tasks/package.json')));
  const error = thrown(() => entry.createClient({ ...OPTIONS, credentials: TEMPORARY }));
  assert.ok(error instanceof entry.ConfigError);
  assert.equal(error.field, 'credentials');
  assert.match(error.message, /secret key/);
  assert.match(error.message, /page|browser/);
  assertTellsNothing(error);
  const { credentials: _, ...others } = OPTIONS;
  assert.ok(entry.createClient({ ...others, token: 'a-token' }), 'it is the credentials that are refused');
});
