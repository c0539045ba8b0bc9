/** Who is let in by the simulator: signatures, tokens of IAM, and the budget of requests. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { createSimulator } from 'huaweicloud-tasks/simulator';

const START = 1_700_000_000_000;
const GATEWAY = '/v2/p/apigw/instances/gateway/progress';
const DAY = 86_400_000;

const vectors = JSON.parse(readFileSync(join(process.env.PROJECT_ROOT, 'tests/fixtures/signing-vectors.json'), 'utf8'));
const SIGNED_AT = Date.UTC(2019, 10, 15, 3, 36, 55);
const CREDENTIALS = { accessKey: 'AccessKey', secretKey: 'SecretKey' };

/** Sends a vector to a simulator whose clock stands at its time; `changes` are made to it before. */
function send(vector, { headers = {}, target = vector.request_target, options, ...init } = {}) {
  const simulator = createSimulator({ clock: () => SIGNED_AT, credentials: CREDENTIALS, ...options });
  return simulator(`https://${vector.host}${target}`, {
    method: vector.method,
    headers: { ...vector.headers, Authorization: vector.authorization, ...headers },
    body: vector.body ?? undefined,
    ...init,
  });
}

async function assertRefused(response, what) {
  assert.equal(response.status, 401, what);
  const body = await response.json();
  assert.deepEqual(Object.keys(body), ['error_code', 'error_msg', 'request_id'], what);
  assert.equal(body.error_code, 'APIGW.0301', what);
  assert.match(body.error_msg, /^Incorrect IAM authentication information: /, what);
  assert.equal(body.request_id, response.headers.get('x-request-id'), what);
}

describe('a signature', () => {
  for (const vector of vectors) {
    test(`that is right is accepted, and any change to it is not: ${vector.name}`, async () => {
      assert.notEqual((await send(vector)).status, 401);
      const { authorization, path } = vector;
      const changed = authorization.replace(/.$/, (digit) => (digit === '0' ? '1' : '0'));
      await assertRefused(await send(vector, { headers: { Authorization: changed } }), 'signature');
      await assertRefused(await send(vector, { method: 'PUT' }), 'method');
      await assertRefused(await send(vector, { target: `/x${path}` }), 'path');
      await assertRefused(await send(vector, { target: `${vector.request_target}&x=1`.replace(/^([^?]*)&/, '$1?') }));
      await assertRefused(await send(vector, { headers: { Host: 'other.example' } }), 'host');
      await assertRefused(await send(vector, { headers: { 'X-Sdk-Date': '20191115T033656Z' } }), 'date');
    });
  }

  test("of the vendor's own example is accepted", async () => {
    const response = await send({
      method: 'GET',
      host: 'service.region.example.com',
      request_target: '/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs?limit=2&marker=13551d6b-755d-4757-b956-536f674975c0',
      headers: { 'X-Sdk-Date': '20191115T033655Z' },
      authorization:
        'SDK-HMAC-SHA256 Access=AccessKey, SignedHeaders=host;x-sdk-date, ' +
        'Signature=fd95e7da6f695cfb4cabbb9d6b0968aec155bc576b064835282473539ae9ea1d',
    });
    assert.equal(response.status, 404);
  });

  const named = (name) => vectors.find((vector) => vector.name === name);

  test('covers the body, unless it says that it does not', async () => {
    await assertRefused(await send(named('export'), { body: '{}' }));
    assert.equal((await send(named('import multipart'), { body: 'anything' })).status, 400);
  });

  test('is 15 minutes old at most, by the clock and not by the simulated time', async () => {
    const at = (milliseconds) => send(named('progress'), { options: { clock: () => SIGNED_AT + milliseconds } });
    for (const near of [-900_000, 900_000]) assert.equal((await at(near)).status, 200);
    for (const far of [-900_001, 900_001]) await assertRefused(await at(far));
    await assertRefused(await send(named('progress'), { headers: { 'X-Sdk-Date': 'today' } }));

    let clock = SIGNED_AT;
    const simulator = createSimulator({ clock: () => clock, speed: 1_000, credentials: CREDENTIALS });
    clock += 60_000;
    const { host, request_target: target, headers, authorization } = named('progress');
    const init = { headers: { ...headers, Authorization: authorization } };
    assert.equal((await simulator(`https://${host}${target}`, init)).status, 200);
  });

  test('needs the known key, its security token, and a header that can be read', async () => {
    const vector = named('progress');
    for (const credentials of [undefined, { accessKey: 'other', secretKey: 'SecretKey' }]) {
      await assertRefused(await send(vector, { options: { credentials } }));
    }
    await assertRefused(await send(vector, { options: { credentials: { ...CREDENTIALS, secretKey: 'other' } } }));

    const temporary = named('sfs turbo job, security token');
    const withToken = (securityToken) => ({ credentials: { ...CREDENTIALS, securityToken } });
    assert.equal((await send(temporary, { options: withToken('TOKEN==') })).status, 400);
    await assertRefused(await send(temporary, { options: withToken('other') }));
    await assertRefused(await send(vector, { options: withToken('TOKEN==') }));

    for (const Authorization of [
      'SDK-HMAC-SHA256',
      vector.authorization.replace('host;', ''),
      'SDK-HMAC-SHA256 a=b',
      vector.authorization.replace('host;', 'host;;'),
    ]) {
      await assertRefused(await send(vector, { headers: { Authorization } }), Authorization);
    }
  });

  test('has the host of the address where the platform does not show the header', async () => {
    const { method, host, request_target: target, headers, authorization } = named('progress');
    const { Host: _, ...others } = headers;
    const simulator = createSimulator({ clock: () => SIGNED_AT, credentials: CREDENTIALS });
    const request = new Request(`https://${host}${target}`, {
      method,
      headers: { ...others, Authorization: authorization },
    });
    assert.equal((await simulator(request)).status, 200);
    const broken = await simulator(`https://${host}/v2/p/apigw/instances/%ff/progress`, {
      headers: { ...others, Authorization: authorization },
    });
    await assertRefused(broken);
  });
});

describe('a token of IAM', () => {
  const auth = (user = {}, scope = { project: { name: 'cn-north-4' } }, methods = ['password']) => ({
    auth: {
      identity: {
        methods,
        password: {
          user: { name: 'demo-user', password: 'demo-password', domain: { name: 'demo-domain' }, ...user },
        },
      },
      scope,
    },
  });

  const ask = (simulator, body = auth()) =>
    simulator('https://iam.x.example/v3/auth/tokens?nocatalog=true', { method: 'POST', body: JSON.stringify(body) });

  const status = async (simulator, token) => (await simulator(GATEWAY, { headers: { 'X-Auth-Token': token } })).status;

  test('is in a header, and the body says to whom it was given and for how long', async () => {
    const simulator = createSimulator({ clock: () => START });
    const response = await ask(simulator);
    assert.equal(response.status, 201);
    assert.equal(response.headers.get('x-subject-token'), 'simulator-token');
    const { token } = await response.json();
    assert.equal(token.issued_at, '2023-11-14T22:13:20.000000Z');
    assert.equal(token.expires_at, '2023-11-15T22:13:20.000000Z');
    assert.deepEqual([token.user.name, token.user.domain.name], ['demo-user', 'demo-domain']);
    assert.deepEqual([token.project.name, token.methods], ['cn-north-4', ['password']]);
    const other = await (await ask(simulator, auth({}, { project: { id: 'abc' } }))).json();
    assert.equal(other.token.project.id, 'abc');
    assert.equal(other.token.user.id, token.user.id);
  });

  test("is a new one each time, and each is accepted for 24 hours; the option's for ever", async () => {
    const simulator = createSimulator({ clock: () => START, token: 't' });
    const given = [];
    for (let round = 0; round < 3; round += 1) given.push((await ask(simulator)).headers.get('x-subject-token'));
    assert.deepEqual(given, ['t', 't-2', 't-3']);
    assert.equal(await status(simulator, 't-4'), 401);
    simulator.advance(DAY - 1);
    for (const token of given) assert.equal(await status(simulator, token), 200);
    simulator.advance(1);
    assert.deepEqual([await status(simulator, 't'), await status(simulator, 't-2')], [200, 401]);
  });

  test("expires when it is told to, and so does the option's", async () => {
    const simulator = createSimulator({ clock: () => START, tokenLifetimeMs: 1_000 });
    assert.equal(await status(simulator, 'simulator-token'), 200);
    simulator.advance(1_000);
    assert.equal(await status(simulator, 'simulator-token'), 401);
    assert.equal((await ask(simulator)).headers.get('x-subject-token'), 'simulator-token');
    assert.equal(await status(simulator, 'simulator-token'), 200);
    simulator.advance(500);
    assert.equal((await ask(simulator)).headers.get('x-subject-token'), 'simulator-token-2');
    simulator.advance(500);
    assert.equal(await status(simulator, 'simulator-token'), 401);
    assert.equal(await status(simulator, 'simulator-token-2'), 200);
    assert.throws(() => createSimulator({ tokenLifetimeMs: -1 }), RangeError);
  });

  test('is refused to anyone else, without repeating the password', async () => {
    const simulator = createSimulator({ user: 'u', password: 'p', domain: 'd' });
    const right = { name: 'u', password: 'p', domain: { name: 'd' } };
    assert.equal((await ask(simulator, auth(right))).status, 201);
    for (const wrong of [{ name: 'x' }, { password: 'hidden' }, { domain: { name: 'x' } }]) {
      const response = await ask(simulator, auth({ ...right, ...wrong }));
      assert.equal(response.status, 401);
      assert.equal(response.headers.get('x-subject-token'), null);
      const text = await response.text();
      assert.ok(!text.includes('hidden'));
      assert.deepEqual(JSON.parse(text), {
        error: { code: 401, message: 'The username or password is wrong.', title: 'Unauthorized' },
      });
    }
  });

  test('needs a whole request', async () => {
    const simulator = createSimulator();
    for (const body of [
      null,
      {},
      auth({ password: undefined }),
      auth({ domain: 'demo-domain' }),
      auth({}, {}),
      auth({}, { project: {} }),
      auth({}, undefined, ['token']),
      auth({}, undefined, 'password'),
    ]) {
      const response = await ask(simulator, body);
      assert.equal(response.status, 400);
      const { error } = await response.json();
      assert.deepEqual([error.code, error.title], [400, 'Bad Request']);
    }
  });
});

describe('the budget', () => {
  test('is counted by the clock, and said in the refusal', async () => {
    let clock = START;
    const simulator = createSimulator({ clock: () => clock, throttle: { limit: 2, windowMs: 300_000 } });
    const ask = () => simulator(GATEWAY, { headers: { 'X-Auth-Token': 'simulator-token' } });
    assert.deepEqual([(await ask()).status, (await ask()).status], [200, 200]);
    clock += 1_500;
    simulator.advance(DAY);
    const response = await ask();
    assert.equal(response.status, 429);
    assert.equal(response.headers.get('retry-after'), '299');
    const { error_code: code, error_msg: message } = await response.json();
    assert.equal(code, 'APIG.0308');
    assert.equal(
      message,
      'The throttling threshold has been reached: policy user over ratelimit,limit:2,time:5 minute',
    );
    assert.equal((await simulator('/unknown')).status, 429);
    clock = START + 300_000;
    assert.equal((await ask()).status, 200);
  });

  test('is written in the largest unit that fits', async () => {
    for (const [windowMs, text] of [
      [DAY, '1 day'],
      [7_200_000, '2 hour'],
      [90_000, '90 second'],
      [250, '1 second'],
    ]) {
      const body = await (await createSimulator({ throttle: { limit: 0, windowMs } })(GATEWAY)).json();
      assert.ok(body.error_msg.endsWith(`limit:0,time:${text}`), body.error_msg);
    }
  });

  test('is made of numbers', () => {
    for (const throttle of [{}, { limit: 1.5, windowMs: 1 }, { limit: 1, windowMs: 0 }, { limit: -1, windowMs: 1 }]) {
      assert.throws(() => createSimulator({ throttle }), RangeError);
    }
  });
});
