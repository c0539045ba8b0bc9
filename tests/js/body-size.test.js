/** How large a body may be: refused by its announced length, left while it is read, and counted after decompression. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { describe, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';

import { createClient } from 'huaweicloud-tasks';

import { answering, rejection, serve, thrown } from './support.js';

const MIB = 1024 * 1024;
const run = promisify(execFile);

const clientAt = (url, options) =>
  createClient({ endpoint: url, projectId: 'p', token: 't', maxRetries: 0, ...options });
const ask = (cloud, options) => cloud.apig.gatewayProgress('i', options);

/** A gateway's progress that is so many bytes long. */
const bodyOf = (bytes) => '{ "status": "creating", "progress": 30 }'.padEnd(bytes, ' ');

/** Three ways to send a body. */
const WAYS = {
  'with its length': (body) => answering(200, body, { 'content-length': Buffer.byteLength(body) }),
  'in chunks': (body) => (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    for (let at = 0; at < body.length; at += 16_384) response.write(body.slice(at, at + 16_384));
    response.end();
  },
  compressed: (body) => answering(200, gzipSync(body), { 'content-encoding': 'gzip' }),
};

function assertTooLarge(error, status = 200) {
  assert.deepEqual([error.name, error.kind, error.status], ['DecodeError', 'decode', status]);
  assert.deepEqual([error.path, error.expected], ['', 'a body within `maxBodyBytes`']);
  assert.equal(error.retryable, false);
}

/** Sends zeros for as long as somebody reads them; tells how many were sent, and that nobody does any longer. */
function endless(headers = {}) {
  const sent = { bytes: 0 };
  const part = Buffer.alloc(64 * 1024, ' ');
  const answer = async (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', ...headers });
    sent.closed = once(response, 'close');
    let isOpen = true;
    response.on('close', () => (isOpen = false));
    response.on('error', () => {});
    while (isOpen) {
      sent.bytes += part.length;
      if (!response.write(part)) await Promise.race([once(response, 'drain'), sent.closed]);
    }
  };
  return { sent, answer };
}

/** What the buffers on the way may hold. */
const ON_THE_WAY = 16 * MIB;

for (const [way, answerWith] of Object.entries(WAYS)) {
  test(`a body ${way} may be exactly as large as the limit, and not a byte larger`, async (t) => {
    for (const bytes of [100, 70_000]) {
      const { url } = await serve(t, answerWith(bodyOf(bytes)));
      const answer = await ask(clientAt(url, { maxBodyBytes: bytes }));
      assert.deepEqual([answer.percent, answer.raw.length], [30, bytes]);
      assertTooLarge(await rejection(ask(clientAt(url, { maxBodyBytes: bytes - 1 }))));
    }
  });

  test(`a body ${way} may have 32 MiB when nothing is said, and not a byte more`, async (t) => {
    const { url } = await serve(t, answerWith(bodyOf(32 * MIB)));
    assert.equal((await ask(clientAt(url))).raw.length, 32 * MIB);
    const { url: larger } = await serve(t, answerWith(bodyOf(32 * MIB + 1)));
    assertTooLarge(await rejection(ask(clientAt(larger))));
    assert.equal((await ask(clientAt(larger, { maxBodyBytes: 33 * MIB }))).raw.length, 32 * MIB + 1);
  });
}

test('bytes count, not characters', async (t) => {
  // Three bytes each in UTF-8, one character of a text.
  const body = JSON.stringify({ status: 'creating', note: '漢'.repeat(100) });
  const bytes = Buffer.byteLength(body);
  assert.ok(bytes > body.length + 150);
  for (const answerWith of Object.values(WAYS)) {
    const { url } = await serve(t, answerWith(body));
    assert.equal((await ask(clientAt(url, { maxBodyBytes: bytes }))).raw, body);
    assertTooLarge(await rejection(ask(clientAt(url, { maxBodyBytes: bytes - 1 }))));
  }
});

describe('what is too large is left', () => {
  test('before it is read when it says so', async (t) => {
    const { sent, answer } = endless({ 'content-length': String(1024 * MIB) });
    const { url } = await serve(t, answer);
    assertTooLarge(await rejection(ask(clientAt(url))));
    await sent.closed;
    assert.ok(sent.bytes <= ON_THE_WAY, `${sent.bytes} bytes were sent`);
  });

  test('while it is read when it does not', async (t) => {
    const { sent, answer } = endless();
    const { url } = await serve(t, answer);
    assertTooLarge(await rejection(ask(clientAt(url, { maxBodyBytes: MIB }))));
    await sent.closed;
    assert.ok(sent.bytes > MIB && sent.bytes <= MIB + ON_THE_WAY, `${sent.bytes} bytes were sent`);
  });

  test('also when it is an error of the service', async (t) => {
    const { url, requests } = await serve(t, answering(500, bodyOf(1_000)));
    assertTooLarge(await rejection(ask(clientAt(url, { maxBodyBytes: 999, maxRetries: 3 }))), 500);
    assert.equal(requests.length, 1);
  });

  test('and the next call works', async (t) => {
    let isLarge = true;
    const { url } = await serve(t, (request, response) => {
      answering(200, bodyOf(isLarge ? 2 * MIB : 100))(request, response);
      isLarge = false;
    });
    const cloud = clientAt(url, { maxBodyBytes: MIB });
    assertTooLarge(await rejection(ask(cloud)));
    assert.equal((await ask(cloud)).percent, 30);
  });
});

test('a body that grows by decompression is counted as it is then, and memory stays small', async (t) => {
  const bomb = gzipSync(Buffer.alloc(512 * MIB), { level: 9 });
  assert.ok(bomb.length < MIB, `${bomb.length} bytes`);
  const { url } = await serve(t, answering(200, bomb, { 'content-encoding': 'gzip', 'content-length': bomb.length }));
  // In a process of its own, whose memory nobody else uses: the most that it ever held, in KiB.
  const program = `
    const { createClient } = await import(${JSON.stringify(import.meta.resolve('huaweicloud-tasks'))});
    const cloud = createClient({ endpoint: ${JSON.stringify(url)}, projectId: 'p', token: 't', maxRetries: 0 });
    const most = () => process.resourceUsage().maxRSS;
    await cloud.apig.gatewayProgress('i', { maxBodyBytes: 1000 }).catch(() => {});
    const before = most();
    const error = await cloud.apig.gatewayProgress('i').catch((error) => error);
    console.log(JSON.stringify([error.name, error.expected, most() - before]));
    process.exit();`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', program]);
  const [name, expected, grownKib] = JSON.parse(stdout);
  assert.deepEqual([name, expected], ['DecodeError', 'a body within `maxBodyBytes`']);
  // 32 MiB are read before it is left, in pieces that the collector may still have to take.
  assert.ok(grownKib < 256 * 1024, `it grew by ${grownKib} KiB`);
});

test('the option of a call goes before that of the client, both ways', async (t) => {
  const { url } = await serve(t, answering(200, bodyOf(1_000)));
  const small = clientAt(url, { maxBodyBytes: 500 });
  const large = clientAt(url, { maxBodyBytes: 5_000 });
  assertTooLarge(await rejection(ask(small)));
  assert.equal((await ask(small, { maxBodyBytes: 1_000 })).percent, 30);
  assert.equal((await ask(large)).percent, 30);
  assertTooLarge(await rejection(ask(large, { maxBodyBytes: 999 })));
  assert.equal((await ask(large, { maxBodyBytes: undefined })).percent, 30);
});

test('a watch is told of it as of any other answer that is none', async (t) => {
  const { url, requests } = await serve(t, answering(200, bodyOf(1_000)));
  const operation = clientAt(url, { maxBodyBytes: 999 }).watch(
    { kind: 'apig.gateway', instanceId: 'i' },
    { maxConsecutiveErrors: 1 },
  );
  assertTooLarge(await rejection(operation.result()));
  assert.equal(requests.length, 1);
});

test("a fetch of one's own without a stream is held to it too", async () => {
  const bytes = new TextEncoder().encode(bodyOf(1_000));
  for (const reading of [{ arrayBuffer: async () => bytes.buffer }, { text: async () => bodyOf(1_000) }]) {
    const fetch = async () => ({ status: 200, headers: new Headers(), ...reading });
    const cloud = clientAt('https://h.example', { fetch });
    assert.equal((await ask(cloud, { maxBodyBytes: 1_000 })).percent, 30);
    assertTooLarge(await rejection(ask(cloud, { maxBodyBytes: 999 })));
  }
});

test('a limit that is none is refused before any request', async () => {
  let requests = 0;
  const fetch = async () => {
    requests += 1;
    return new Response(bodyOf(100));
  };
  for (const maxBodyBytes of [0, -1, 1.5, NaN, Infinity, 2 ** 53, '1000', {}, true]) {
    const error = thrown(() => clientAt('https://h.example', { fetch, maxBodyBytes }));
    assert.deepEqual([error.name, error.field], ['ConfigError', 'maxBodyBytes'], String(maxBodyBytes));
    const refused = await rejection(ask(clientAt('https://h.example', { fetch }), { maxBodyBytes }));
    assert.deepEqual([refused.name, refused.field], ['ConfigError', 'maxBodyBytes'], String(maxBodyBytes));
  }
  await wait(10);
  assert.equal(requests, 0);
});
