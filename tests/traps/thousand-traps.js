// Traps a thousand times beside what is pending, and says what is left then.
import { getEventListeners, setMaxListeners } from 'node:events';

import { createClient, memoryBytes, trap, trapAfter } from 'huaweicloud-tasks';

const times = Number(process.env.TEST_ROUNDS ?? 1);

const unhandled = [];
for (const event of ['unhandledRejection', 'uncaughtException']) {
  process.on(event, (error) => unhandled.push(`${event}: ${error}`));
}

const settle = () => new Promise(setImmediate);
const { signal } = new AbortController();
setMaxListeners(0, signal);

let waiting = [];
const fetch = () => new Promise((resolve) => waiting.push(resolve));
const answer = () => {
  const answered = waiting;
  waiting = [];
  const body = JSON.stringify({ progress: 1, status: 'success' });
  for (const resolve of answered) resolve({ status: 200, headers: { get: () => null }, text: async () => body });
};
const cloud = createClient({ endpoint: 'https://h.example', projectId: 'p', token: 't', fetch });

function expectTrap(how) {
  try {
    trap(how);
  } catch (error) {
    if (error.kind === 'internal') return;
    throw error;
  }
  throw new Error('nothing trapped');
}

async function traps(count) {
  for (let n = 0; n < count; n += 1) {
    const watch = cloud.watch({ kind: 'apig.gateway', instanceId: `i${n}` });
    const beside = [cloud.apig.gatewayProgress('i', { signal }), watch.result({ signal })];
    await settle();
    expectTrap(['panic', 'index', 'overflow'][n % 3]);
    const own = trapAfter('panic', Promise.resolve()).then(
      () => 'nothing',
      (error) => error.kind,
    );
    if ((await own) !== 'internal') throw new Error(`a call that traps: ${await own}`);
    await settle();
    answer();
    await Promise.all(beside);
  }
}

async function memory() {
  for (let n = 0; n < 3; n += 1) {
    globalThis.gc();
    await settle();
  }
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heapUsed, external, rss, module: memoryBytes() };
}

// The first ones make what stays: compiled code, and caches of the engine.
await traps(100);
const before = await memory();
await traps(300 * times);
const after = await memory();
const listeners = getEventListeners(signal, 'abort').length;
const timers = process.getActiveResourcesInfo().filter((name) => name === 'Timeout');
process.stdout.write(JSON.stringify({ before, after, listeners, timers, unhandled, endedAt: Date.now() }));
