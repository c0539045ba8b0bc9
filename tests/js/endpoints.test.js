// Where requests go: by region and service, by `endpoint` and `endpoints`; and the addresses that are refused.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { createClient } from 'huaweicloud-tasks';
import { createSimulator } from 'huaweicloud-tasks/simulator';

import { rejection, thrown } from './support.js';

const who = { user: 'demo-user', password: 'demo-password', domain: 'demo-domain' };

// [call, method, the service's part of the host, path and query]
const CALLS = [
  [({ apig }) => apig.gatewayProgress('i'), 'GET', 'apig', '/v2/p/apigw/instances/i/progress'],
  [({ apig }) => apig.asyncTask('i', 't'), 'GET', 'apig', '/v2/p/apigw/instances/i/async-tasks/t'],
  [
    ({ apig }) => apig.importApis('i', '{"swagger":"2.0","paths":{}}'),
    'POST',
    'apig',
    '/v2/p/apigw/instances/i/openapi/async-import',
  ],
  [
    ({ apig }) => apig.exportApis('i', { envId: 'e', groupId: 'g', oasVersion: '3.0' }),
    'POST',
    'apig',
    '/v2/p/apigw/instances/i/openapi/async-export?oas_version=3.0',
  ],
  [({ roma }) => roma.instanceProgress('i'), 'GET', 'roma', '/v2/p/instances/i/process'],
  [({ sfsTurbo }) => sfsTurbo.job('j'), 'GET', 'sfs-turbo', '/v1/p/sfs-turbo/jobs/j'],
  [({ kps }) => kps.associate({ keypairName: 'k', server: { id: 's' } }), 'POST', 'kms', '/v3/p/keypairs/associate'],
  [({ kps }) => kps.disassociate({ server: { id: 's' } }), 'POST', 'kms', '/v3/p/keypairs/disassociate'],
  [({ kps }) => kps.task('t'), 'GET', 'kms', '/v3/p/tasks/t'],
  [({ cvr }) => cvr.renderTasks(), 'GET', 'cvr', '/v2/cvr/render-tasks'],
  [({ cvr }) => cvr.renderTasks({ limit: 5 }), 'GET', 'cvr', '/v2/cvr/render-tasks?limit=5'],
  [({ iam }) => iam.token(who), 'POST', 'iam', '/v3/auth/tokens?nocatalog=true'],
];

const common = { projectId: 'p', token: 'simulator-token' };

/** Makes every call with these options, and gives the methods and addresses of the requests. */
async function requestsOf(options) {
  const simulator = createSimulator();
  const seen = [];
  const fetch = (url, init) => {
    seen.push(`${init.method} ${url}`);
    return simulator(url, init);
  };
  const client = createClient({ ...common, ...options, fetch });
  for (const [call] of CALLS) await call(client);
  return seen;
}

/** The same as it should be, where `addressOf` gives the address of a service. */
const expected = (addressOf) => CALLS.map(([, method, service, path]) => `${method} ${addressOf(service)}${path}`);

for (const [region, top] of [
  ['cn-north-4', 'com'],
  ['ap-southeast-1', 'com'],
  ['eu-west-0', 'com'],
  ['eu-west-101', 'eu'],
]) {
  test(`every call goes to its own service in ${region}`, async () => {
    const addresses = expected((service) => `https://${service}.${region}.myhuaweicloud.${top}`);
    assert.deepEqual(await requestsOf({ region }), addresses);
  });
}

for (const [endpoint, base] of [
  ['https://proxy.example', 'https://proxy.example'],
  ['https://Proxy.Example:8443/huawei//', 'https://proxy.example:8443/huawei'],
  ['https://proxy.example:443/', 'https://proxy.example'],
  ['/', ''],
  ['/huawei/', '/huawei'],
]) {
  test(`every call goes below ${endpoint}`, async () => {
    assert.deepEqual(
      await requestsOf({ endpoint }),
      expected(() => base),
    );
  });
}

describe('endpoints', () => {
  const OWN = {
    apig: 'https://gateway.example/a/',
    roma: 'https://roma.example:8443',
    sfsTurbo: '/sfs',
    kps: 'http://127.0.0.1:8080',
    cvr: 'https://cvr.example',
    iam: 'https://iam.example/iam',
  };
  const BASES = {
    apig: 'https://gateway.example/a',
    roma: 'https://roma.example:8443',
    'sfs-turbo': '/sfs',
    kms: 'http://127.0.0.1:8080',
    cvr: 'https://cvr.example',
    iam: 'https://iam.example/iam',
  };
  const HOSTS = { apig: 'apig', roma: 'roma', sfsTurbo: 'sfs-turbo', kps: 'kms', cvr: 'cvr', iam: 'iam' };

  for (const [about, where, addressOf] of [
    ['a region', { region: 'cn-north-4' }, (service) => `https://${service}.cn-north-4.myhuaweicloud.com`],
    ['an endpoint', { endpoint: 'https://proxy.example/p' }, () => 'https://proxy.example/p'],
  ]) {
    for (const [name, host] of Object.entries(HOSTS)) {
      test(`${name} goes before ${about}, and the others stay`, async () => {
        const addresses = expected((service) => (service === host ? BASES[host] : addressOf(service)));
        assert.deepEqual(await requestsOf({ ...where, endpoints: { [name]: OWN[name] } }), addresses);
      });
    }

    test(`all of them go before ${about}`, async () => {
      assert.deepEqual(
        await requestsOf({ ...where, endpoints: OWN }),
        expected((service) => BASES[service]),
      );
    });

    test(`none of them leaves ${about} as it is`, async () => {
      assert.deepEqual(await requestsOf({ ...where, endpoints: {} }), expected(addressOf));
      assert.deepEqual(await requestsOf({ ...where, endpoints: { apig: undefined } }), expected(addressOf));
    });
  }

  test('do not stand for a region or an endpoint', () => {
    const error = thrown(() => createClient({ ...common, endpoints: { apig: 'https://h.example' } }));
    assert.deepEqual([error.name, error.field], ['ConfigError', 'region']);
  });

  for (const [about, endpoints, field] of [
    ['a text', 'https://h.example', 'endpoints'],
    ['null', null, 'endpoints'],
    ['a service that is none', { apigw: 'https://h.example' }, 'apigw'],
    ['the host of key pairs', { kms: 'https://h.example' }, 'kms'],
    ['a name of the prototype', { constructor: 'https://h.example' }, 'constructor'],
  ]) {
    test(`cannot be ${about}`, () => {
      const error = thrown(() => createClient({ ...common, region: 'cn-north-4', endpoints }));
      assert.equal(error.name, 'ConfigError');
      assert.equal(error.field.split('.').at(-1), field);
    });
  }
});

/** The ways to give an address, and what an error about it names. */
const WAYS = [
  ['endpoint', (address) => ({ endpoint: address }), /^endpoint$/],
  ['endpoints', (apig) => ({ region: 'cn-north-4', endpoints: { apig } }), /^(endpoints|(endpoints\.)?apig)$/],
];

for (const [way, give, field] of WAYS) {
  const make = (address, options) => createClient({ ...common, ...give(address), ...options });
  const refusal = (address, options) => {
    const error = thrown(() => make(address, options));
    assert.equal(error.name, 'ConfigError', address);
    assert.match(error.field, field, address);
    return error;
  };

  describe(`an address in ${way}`, () => {
    test('may be http: on this computer', () => {
      for (const address of [
        'http://localhost',
        'http://localhost:8080/huawei',
        'http://LOCALHOST/',
        'http://app.localhost:3000',
        'http://127.0.0.1:8080',
        'http://127.255.0.1',
        'http://[::1]:8080/',
      ]) {
        assert.ok(make(address), address);
      }
    });

    test('may not be http: elsewhere, unless allowInsecure is set', () => {
      for (const address of [
        'http://proxy.example',
        'HTTP://proxy.example',
        'http://192.168.0.1:8080/huawei',
        'http://localhost.example',
        'http://notlocalhost',
        'http://127.0.0.1.example',
        'http://1270.0.0.1.example',
        'http://example/127.0.0.1/',
        'http://[::2]',
      ]) {
        assert.match(refusal(address).message, /allowInsecure/, address);
        refusal(address, { allowInsecure: false });
        assert.ok(make(address, { allowInsecure: true }), address);
      }
    });

    test('may be a path: on a server, where there is no page, it is the first call that is refused', async (t) => {
      const error = await rejection(make('/huawei').apig.gatewayProgress('i'));
      assert.deepEqual([error.name, error.field], ['ConfigError', 'endpoint']);
      assert.match(error.message, /page/);
      const answered = make('/huawei', { fetch: async (url) => new Response(url) }).apig.gatewayProgress('i');
      assert.equal((await rejection(answered)).name, 'DecodeError');
      t.after(() => delete globalThis.location);
      globalThis.location = new URL('https://console.example/app');
      t.mock.method(globalThis, 'fetch', async (url) => new Response(url));
      assert.equal(
        (await rejection(make('/huawei').apig.gatewayProgress('i'))).raw,
        '/huawei/v2/p/apigw/instances/i/progress',
      );
    });

    test('is refused when it looks like a path and URLs read it as another host', () => {
      for (const address of ['//evil.example', '/\\evil.example', '/\t/evil.example', '\\\\evil.example']) {
        refusal(address, { fetch: async () => new Response('{}') });
      }
    });

    test('is refused when it is none, or more than that', () => {
      for (const address of [
        'example.com',
        'huawei',
        './huawei',
        'https://',
        'https://a b.example',
        'ftp://h.example',
        'file:///etc',
        'javascript:alert(1)',
        'data:text/plain,x',
        'https://user@h.example',
        'https://user:password@h.example',
        'https://h.example/?a=1',
        'https://h.example/?',
        'https://h.example/#a',
        '/huawei?a=1',
        '/huawei#a',
        '',
        5,
        null,
        {},
        new URL('https://h.example'),
      ]) {
        refusal(address, { fetch: async () => new Response('{}') });
      }
    });
  });
}

test('allowInsecure is true or false', () => {
  for (const allowInsecure of ['true', 1, null]) {
    const error = thrown(() => createClient({ ...common, endpoint: 'http://h.example', allowInsecure }));
    assert.deepEqual([error.name, error.field], ['ConfigError', 'allowInsecure']);
  }
});

test('a region that is not the name of one is refused: it would be part of a host', () => {
  for (const region of [
    'x/y',
    'evil.example/',
    'x@evil.example',
    'CN-NORTH-4',
    'Cn-north-4',
    'x.y',
    'x:80',
    'x?',
    'x#',
    'x\\y',
    'x%2f',
    ' cn-north-4',
    'cn-north-4\n',
    'cn north 4',
    'cn_north_4',
    'é',
    '',
    5,
    null,
  ]) {
    const error = thrown(() => createClient({ ...common, region }));
    assert.deepEqual([error.name, error.field], ['ConfigError', 'region'], String(region));
  }
});
