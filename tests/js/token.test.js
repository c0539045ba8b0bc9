// Where a call's token comes from, what happens when the service refuses it, and how IAM hands one out.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inspect } from 'node:util';

import { createClient, passwordToken, TasksError } from 'huaweicloud-tasks';

import { answering, fixture, rejection, serve, thrown } from './support.js';

const [OLD, NEW] = ['the-old-secret-token', 'the-new-secret-token'];
const PROGRESS = fixture('apig-gateway-progress/200-creating.json');
const fine = answering(200, PROGRESS);
const failing = (status, code) => answering(status, JSON.stringify({ error_code: code, error_msg: 'm' }));

/** The answers that a new token may help against. */
const EXPIRED = [
  ...['APIG.1001', 'APIG.1002', 'APIC.7101', 'APIC.7102', 'APIG.0307', 'IAM.0066'].map((code) => [401, code]),
  ...['ROMA.1000', 'ROMA.1002'].map((code) => [400, code]),
];

const clientFor = (url, token, options) => createClient({ endpoint: url, projectId: 'p', token, ...options });
const tokensOf = (requests) => requests.map((request) => request.headers['x-auth-token']);

/** The body of a request; what separates the parts of a form may be another each time. */
async function contentOf({ headers, body }) {
  const [, boundary = ''] = /boundary=(\S+)/.exec(headers['content-type']) ?? [];
  return String(await body).replaceAll(boundary, '');
}

/** Serves those who have the new token, and refuses all others. */
const serveNew = (t, refusal, answer = fine) =>
  serve(t, (request, response) => {
    (request.headers['x-auth-token'] === NEW ? answer : refusal)(request, response);
  });

/** A token function that gives the old token and then `next()`; what it is told is kept in `told`. */
function tokenFunction(next = () => NEW) {
  const told = [];
  const token = (context) => {
    told.push(context);
    return told.length === 1 ? OLD : next();
  };
  return { token, told };
}

/** All that can be seen of an error. */
const everything = (error) => {
  const { message, stack, raw } = error;
  return [message, stack, raw, JSON.stringify(error), inspect(error, { depth: 10, showHidden: true })].join('\n');
};

describe('a token function', { concurrency: true }, () => {
  for (const [status, code] of EXPIRED) {
    test(`is asked for another token after ${status} ${code}, and told which one was refused`, async (t) => {
      const { url, requests } = await serveNew(t, failing(status, code));
      const { token, told } = tokenFunction();
      const { apig, roma } = clientFor(url, token);
      await (code.startsWith('ROMA') ? roma.instanceProgress('i') : apig.gatewayProgress('i'));
      assert.deepEqual(told, [{ expired: null }, { expired: OLD }]);
      assert.deepEqual(tokensOf(requests), [OLD, NEW]);
    });

    test(`is not asked a third time when ${status} ${code} comes again`, async (t) => {
      const { url, requests } = await serve(t, failing(status, code));
      const { token, told } = tokenFunction();
      const error = await rejection(clientFor(url, token).apig.gatewayProgress('i'));
      assert.deepEqual([error.name, error.status, error.code, error.retryable], ['AuthError', status, code, false]);
      assert.deepEqual([told.length, tokensOf(requests)], [2, [OLD, NEW]]);
    });
  }

  test('is asked once for a call, tries after other failures included', async (t) => {
    const answers = [failing(503, 'X.1'), failing(503, 'X.1'), fine];
    const { url, requests } = await serve(t, (...request) => answers.shift()(...request));
    const { token, told } = tokenFunction();
    await clientFor(url, token).apig.gatewayProgress('i');
    assert.deepEqual([told, tokensOf(requests)], [[{ expired: null }], [OLD, OLD, OLD]]);
  });

  test('is asked for another token whatever maxRetries is', async (t) => {
    const { url } = await serveNew(t, failing(401, 'APIG.1002'));
    const { token } = tokenFunction();
    assert.equal((await clientFor(url, token, { maxRetries: 0 }).apig.gatewayProgress('i')).percent, 50);
  });

  test("is not asked again after a refusal that is not about the token's age", async (t) => {
    for (const [status, code] of [
      [401, 'APIG.0301'],
      [403, 'APIG.1005'],
      [401, 'APIG.1005'],
      [403, 'APIG.1002'],
    ]) {
      const { url, requests } = await serve(t, failing(status, code));
      const { token, told } = tokenFunction();
      await rejection(clientFor(url, token).apig.gatewayProgress('i'));
      assert.deepEqual([told.length, requests.length], [1, 1], code);
    }
  });

  test('that has no other token ends the call: the refusal is told, nothing is sent again', async (t) => {
    const { url, requests } = await serveNew(t, failing(401, 'APIG.1002'));
    for (const token of [tokenFunction(() => OLD).token, async () => OLD, OLD]) {
      const error = await rejection(clientFor(url, token).apig.gatewayProgress('i'));
      assert.deepEqual([error.name, error.status, error.code], ['AuthError', 401, 'APIG.1002']);
    }
    assert.equal(requests.length, 3);
  });

  const started = answering(202, '{"task_id":"t"}');
  const dispatched = answering(202, '{"task_id":"t","server_id":"s","status":"SUCCESS"}');
  for (const [about, call, answer] of [
    ['apig.importApis', ({ apig }) => apig.importApis('i', '{"swagger":"2.0"}'), started],
    ['apig.exportApis', ({ apig }) => apig.exportApis('i', { envId: 'e', groupId: 'g' }), started],
    ['kps.associate', ({ kps }) => kps.associate({ keypairName: 'keypair', server: { id: 's' } }), dispatched],
    ['kps.disassociate', ({ kps }) => kps.disassociate({ server: { id: 's' } }), dispatched],
  ]) {
    test(`gives another chance to a write too, as a refused one has done nothing: ${about}`, async (t) => {
      const { url, requests } = await serveNew(t, failing(401, 'APIG.0307'), answer);
      assert.equal((await call(clientFor(url, tokenFunction().token))).taskId, 't');
      assert.deepEqual(tokensOf(requests), [OLD, NEW]);
      const [first, second] = await Promise.all(requests.map(contentOf));
      assert.ok(first.length > 0);
      assert.equal(second, first, 'the same is sent again');
    });
  }

  const cause = new Error('the session is over');
  for (const [about, next, name, field] of [
    [
      'throws',
      () => {
        throw cause;
      },
      'AuthError',
    ],
    [
      'rejects',
      async () => {
        throw cause;
      },
      'AuthError',
    ],
    ['gives a number', () => 5, 'ConfigError', 'token'],
    ['gives nothing', () => undefined, 'ConfigError', 'token'],
    ['gives a token with a line break', () => `${NEW}\n`, 'ConfigError', 'token'],
    ['gives a token with a space', async () => `${NEW} `, 'ConfigError', 'token'],
  ]) {
    test(`that ${about} fails the call, first or second, and no token is told`, async (t) => {
      const { url, requests } = await serveNew(t, failing(401, 'APIG.1002'));
      for (const [token, sent] of [
        [next, []],
        [tokenFunction(next).token, [OLD]],
      ]) {
        requests.length = 0;
        const error = await rejection(clientFor(url, token).apig.gatewayProgress('i'));
        assert.deepEqual([error.name, error.field, error.retryable], [name, field, false]);
        assert.equal(error.cause, name === 'AuthError' ? cause : undefined);
        assert.match(error.message, /\btoken\b/);
        assert.doesNotMatch(everything(error), /secret/);
        assert.deepEqual(tokensOf(requests), sent);
      }
    });
  }
});

const PASSWORD = 'pass"word\\ of 16';
const WHO = { user: 'demo-user', password: PASSWORD, domain: 'demo-domain' };

/** The body of a request for a token, by the documents of IAM. */
const askedFor = (project) => ({
  auth: {
    identity: {
      methods: ['password'],
      password: { user: { name: 'demo-user', password: PASSWORD, domain: { name: 'demo-domain' } } },
    },
    scope: { project },
  },
});

/** The answer of IAM: the token is a header, its times are in the body. */
const given = (token, issued = '2023-11-14T22:13:20.000000Z', expires = '2023-11-15T22:13:20.000000Z') => {
  const body = { token: { expires_at: expires, issued_at: issued, methods: ['password'] } };
  return answering(201, JSON.stringify(body), { 'X-Subject-Token': token });
};

describe('iam.token', () => {
  const asking = () => assert.fail("the client's own token is not needed");

  test("asks as the documents say, without the client's own token", async (t) => {
    const { url, requests } = await serve(t, given(NEW));
    const { iam } = clientFor(url, asking);
    for (const [project, scope] of [
      [undefined, { id: 'p' }],
      ['cn-north-4', { name: 'cn-north-4' }],
    ]) {
      const answer = await iam.token({ ...WHO, project });
      assert.deepEqual(answer, { token: NEW, expiresAt: 1_700_086_400_000, issuedAt: 1_700_000_000_000 });
      const { method, url: target, headers, body } = requests.at(-1);
      assert.deepEqual([method, target], ['POST', '/v3/auth/tokens?nocatalog=true']);
      assert.match(headers['content-type'], /^application\/json/);
      assert.equal(headers['x-auth-token'], undefined);
      assert.deepEqual(JSON.parse(await body), askedFor(scope));
    }
  });

  test('a token without times is a token', async (t) => {
    for (const body of ['{"token":{}}', '{"token":{"expires_at":null,"issued_at":""}}', '{}']) {
      const { url } = await serve(t, answering(201, body, { 'x-subject-token': NEW }));
      assert.deepEqual(await clientFor(url, asking).iam.token(WHO), { token: NEW, expiresAt: null, issuedAt: null });
    }
  });

  test('an answer without the header is a DecodeError', async (t) => {
    const { url } = await serve(t, answering(201, `{"token":{"of":${JSON.stringify(PASSWORD)}}}`));
    const error = await rejection(clientFor(url, asking).iam.token(WHO));
    assert.deepEqual([error.name, error.path, error.status], ['DecodeError', 'X-Subject-Token', 201]);
    assert.doesNotMatch(everything(error), /pass\\*"word/);
  });

  test('the password is in no error, even where it is sent back', async (t) => {
    const echo = async (status, write, response, request) => {
      const chunks = await request.toArray();
      response.writeHead(status);
      response.end(write(Buffer.concat(chunks).toString()));
    };
    for (const [status, write] of [
      [400, (body) => JSON.stringify({ error: { code: 400, message: `not a password: ${PASSWORD}`, title: body } })],
      [401, () => `{"error_msg":${JSON.stringify(`wrong: ${PASSWORD}`)},"error_code":"IAM.0011"}`],
      [502, (body) => `<pre>${body}</pre>`],
      [201, (body) => body],
    ]) {
      const { url } = await serve(t, (request, response) => echo(status, write, response, request));
      const error = await rejection(clientFor(url, asking).iam.token(WHO));
      assert.ok(error instanceof TasksError && error.status === status, String(error));
      assert.doesNotMatch(everything(error), /pass\\*"word/, String(status));
    }
    const unreachable = await rejection(clientFor('http://127.0.0.1:1', asking).iam.token(WHO));
    assert.equal(unreachable.name, 'ConnectionError');
    assert.doesNotMatch(everything(unreachable), /pass\\*"word/);
  });

  test('what is missing, wrong or unknown is a ConfigError that names it, before any request', async () => {
    const { iam } = clientFor('https://h.example', OLD, { fetch: asking });
    for (const [request, field] of [
      [{ ...WHO, user: undefined }, 'user'],
      [{ ...WHO, password: undefined }, 'password'],
      [{ ...WHO, domain: undefined }, 'domain'],
      [{ ...WHO, user: '' }, 'user'],
      [{ ...WHO, domain: 5 }, 'domain'],
      [{ ...WHO, project: {} }, 'project'],
      [{ ...WHO, pasword: PASSWORD }, 'pasword'],
    ]) {
      const error = await rejection(iam.token(request));
      assert.deepEqual([error.name, error.field], ['ConfigError', field]);
      assert.doesNotMatch(everything(error), /pass\\*"word/);
    }
  });
});

describe('passwordToken', () => {
  const DAY = 86_400_000;

  /**
   * IAM and a gateway on one address. IAM hands out `token-1`, `token-2` and so on, each `ageMs` old and with `leftMs`
   * to go; the gateway answers by `gateway`. `asked` says how often IAM was asked.
   */
  async function serveBoth(t, { ageMs = 0, leftMs = DAY - ageMs, gateway = fine, iam = given } = {}) {
    const server = await serve(t, (request, response) => {
      if (!request.url.startsWith('/v3/auth/tokens')) return gateway(request, response);
      const times = [-ageMs, leftMs].map((offset) => new Date(Date.now() + offset).toISOString().replace('Z', '000Z'));
      return iam(`token-${asked()}`, ...times)(request, response);
    });
    const asked = () => server.requests.filter(({ method }) => method === 'POST').length;
    const token = passwordToken({ endpoint: server.url, ...WHO, project: 'cn-north-4' });
    return { ...server, asked, token, apig: clientFor(server.url, token).apig };
  }

  /** A gateway that refuses these tokens. */
  const refusing =
    (...refused) =>
    (request, response) =>
      (refused.includes(request.headers['x-auth-token']) ? failing(401, 'APIG.1002') : fine)(request, response);

  const twenty = (apig) => Array.from({ length: 20 }, (_, index) => apig.gatewayProgress(`gateway-${index}`));

  test('asks once, for many calls at once and for those after them', async (t) => {
    const { token, asked, apig, requests } = await serveBoth(t);
    assert.equal(asked(), 0, 'nothing is sent before a token is needed');
    await Promise.all(twenty(apig));
    await apig.gatewayProgress('i');
    assert.deepEqual([asked(), await token()], [1, 'token-1']);
    const [first, ...others] = requests;
    assert.deepEqual(JSON.parse(await first.body), askedFor({ name: 'cn-north-4' }));
    assert.deepEqual(new Set(tokensOf(others)), new Set(['token-1']));
  });

  for (const [about, lifetime, expected] of [
    ['asks for another one 5 minutes before the end', { ageMs: DAY - 290_000 }, 'token-2'],
    ['keeps a token until then', { ageMs: DAY - 310_000 }, 'token-1'],
    ['keeps a token that never had 5 minutes', { leftMs: 60_000 }, 'token-1'],
  ]) {
    test(about, async (t) => {
      const { token } = await serveBoth(t, lifetime);
      assert.deepEqual([await token(), await token({ expired: null })], ['token-1', expected]);
    });
  }

  test('asks for another one once when it is refused', async (t) => {
    const { asked, apig, requests } = await serveBoth(t, { gateway: refusing('token-1') });
    assert.equal((await apig.gatewayProgress('i')).percent, 50);
    assert.deepEqual([asked(), requests.length], [2, 4]);
    const other = await serveBoth(t, { gateway: refusing('token-1', 'token-2') });
    assert.equal((await rejection(other.apig.gatewayProgress('i'))).code, 'APIG.1002');
    assert.deepEqual([other.asked(), other.requests.length], [2, 4]);
  });

  test('shares one new token among calls that were all refused, the late one too', async (t) => {
    let release;
    const others = new Promise((resolve) => {
      release = resolve;
    });
    const gateway = async (request, response) => {
      const isLate = request.url.includes('/gateway-19/') && request.headers['x-auth-token'] === 'token-1';
      if (isLate) await others;
      refusing('token-1')(request, response);
    };
    const { asked, apig, requests } = await serveBoth(t, { gateway });
    const calls = twenty(apig);
    await Promise.all(calls.slice(0, 19));
    assert.equal(asked(), 2);
    release();
    await calls[19];
    assert.equal(asked(), 2, 'the late one takes the token that is there');
    const sent = tokensOf(requests.filter(({ method }) => method === 'GET')).sort();
    assert.deepEqual(sent, [...Array(20).fill('token-1'), ...Array(20).fill('token-2')]);
  });

  test('does not remember a failure', async (t) => {
    let failures = 1;
    const iam = (...token) => (failures-- > 0 ? failing(503, 'IAM.1') : given(...token));
    const { token, asked, apig } = await serveBoth(t, { iam });
    const error = await rejection(apig.gatewayProgress('i'));
    assert.deepEqual([error.name, error.cause.status, asked()], ['AuthError', 503, 1]);
    assert.doesNotMatch(everything(error), /pass\\*"word/);
    assert.deepEqual([await token(), asked()], ['token-2', 2]);

    failures = 1;
    assert.equal((await rejection(token({ expired: 'token-2' }))).status, 503);
    assert.deepEqual([await token({ expired: 'token-2' }), asked()], ['token-4', 4]);
  });

  test("asks IAM of the region, for the project's name or id", async () => {
    const seen = [];
    const fetch = async (url, { body }) => {
      seen.push([url, JSON.parse(body).auth.scope]);
      return new Response('{}', { status: 201, headers: { 'X-Subject-Token': NEW } });
    };
    assert.equal(await passwordToken({ region: 'cn-north-4', ...WHO, projectId: 'p', fetch })(), NEW);
    assert.equal(await passwordToken({ region: 'eu-west-101', ...WHO, project: 'n', projectId: 'p', fetch })(), NEW);
    assert.deepEqual(seen, [
      ['https://iam.cn-north-4.myhuaweicloud.com/v3/auth/tokens?nocatalog=true', { project: { id: 'p' } }],
      ['https://iam.eu-west-101.myhuaweicloud.eu/v3/auth/tokens?nocatalog=true', { project: { name: 'n' } }],
    ]);
  });

  for (const [about, change, field] of [
    ['a missing user', { user: undefined }, 'user'],
    ['a missing password', { password: undefined }, 'password'],
    ['a missing domain', { domain: undefined }, 'domain'],
    ['neither project nor projectId', { project: undefined }, 'project'],
    ['neither region nor endpoint', { region: undefined }, 'region'],
    ['region and endpoint', { endpoint: 'https://h.example' }, 'endpoint'],
    ['an endpoint where others can listen', { region: undefined, endpoint: 'http://h.example' }, 'endpoint'],
    ['a region that is none', { region: 'x/y' }, 'region'],
    ['an empty password', { password: '' }, 'password'],
    ['a number as user', { user: 5 }, 'user'],
    ['an unknown name', { pasword: PASSWORD }, 'pasword'],
  ]) {
    test(`refuses ${about}`, () => {
      const error = thrown(() => passwordToken({ region: 'cn-north-4', ...WHO, project: 'cn-north-4', ...change }));
      assert.deepEqual([error.name, error.field], ['ConfigError', field]);
      assert.doesNotMatch(everything(error), /pass\\*"word/);
    });
  }
});
