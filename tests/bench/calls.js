// How long one call takes over loopback, as a multiple of plain `fetch` and `JSON.parse`: one call at a time, then many
// at once. Beside it what else one would take for it, each with a time-out of 30 s and redirects not followed. The
// peers do less: axios does not retry, the time-out of ky ends before the body, and none of them keeps the text.
//
// A ratio is that of two turns of the same round, so that what else the machine does counts for both. A call includes
// the work of the server and of the system, which is the same for all. No garbage is collected between the turns: with
// that, everyone was slower by half.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { createClient } from 'huaweicloud-tasks';

import { gatewayProgress } from './calls/by-hand.js';
import { onRound, peer, peerVersions, progress, report, root } from './shared/node.js';
import { parsedTwice, touchReport } from './shared/reading.js';
import { figures, inTurns } from './shared/rounds.js';

const ROUNDS = 31;
const WARM_UPS = 4;
const TIMEOUT_MS = 30_000;

const fixture = join(root, 'tests/fixtures/apig-gateway-progress/200-creating.json');
const { progress: percent } = JSON.parse(readFileSync(fixture, 'utf8'));
const server = fork(fileURLToPath(new URL('calls/server.js', import.meta.url)), [fixture]);
const [port] = await once(server, 'message');

const options = { endpoint: `http://127.0.0.1:${port}`, projectId: 'p', token: 't' };
const instance = `${options.endpoint}/v2/p/apigw/instances/i`;
const headers = { Accept: 'application/json', 'X-Auth-Token': 't' };
const client = createClient(options);

/** Everything that asks for a gateway's progress, as a function that gives the percentage. */
const contestants = [
  { who: 'fetch + JSON.parse', call: async () => JSON.parse(await textAt('progress')).progress },
  {
    who: 'huaweicloud-tasks',
    aims: { 1: 1.2, 64: 1.3 },
    call: async () => (await client.apig.gatewayProgress('i')).percent,
  },
  {
    who: 'huaweicloud-tasks, poll',
    aims: { 1: 1.35 },
    call: async () => (await client.poll({ kind: 'apig.gateway', instanceId: 'i' })).view.percent,
  },
  {
    who: 'fetch by hand, with all it needs',
    call: async () => (await gatewayProgress(options, 'i')).percent,
  },
  ...(await peers(`${instance}/progress`)),
];

for (const [atOnce, calls, what] of [
  [1, 128, 'gateway progress, one call at a time'],
  [64, 512, 'gateway progress, 64 calls at once'],
]) {
  const all = contestants.map((contestant) => ({ ...contestant, aim: contestant.aims?.[atOnce] }));
  const times = await inTurns(all, {
    rounds: ROUNDS,
    warmUps: WARM_UPS,
    turn: ({ who, call }) => turn(call, atOnce, calls, (answer) => same(who, answer, percent)),
    onRound: (round, rounds) => onRound(what, round, rounds),
  });
  for (const figure of figures(all, times, { engine: 'Node', what, unit: 'ms' })) report(figure);
}

const readers = [
  { who: 'fetch + text + JSON.parse twice', call: async () => parsedTwice(await textAt('async-tasks/t')) },
  { who: 'huaweicloud-tasks', aim: 0.85, call: () => client.apig.asyncTask('i', 't') },
];
const what = 'an import of 1,000 APIs, fetched and decoded';
const times = await inTurns(readers, {
  rounds: ROUNDS,
  warmUps: WARM_UPS,
  turn: ({ who, call }) => turn(call, 1, 16, (task) => same(who, task.result.success.length, 980) + touchReport(task)),
  onRound: (round, rounds) => onRound(what, round, rounds),
});
for (const figure of figures(readers, times, { engine: 'Node', what, unit: 'ms' })) report(figure);
server.disconnect();
progress('');

async function textAt(path) {
  return (await fetch(`${instance}/${path}`, { headers })).text();
}

/** The peers, from the folder that `cargo xtask bench` installs them in. */
async function peers(url) {
  const versions = peerVersions();
  const [{ default: axios }, { default: ky }, { ofetch }] = await Promise.all(['axios', 'ky', 'ofetch'].map(peer));
  const again = [429, 502, 503, 504];
  const kyOptions = { headers, timeout: TIMEOUT_MS, redirect: 'manual', retry: { limit: 2, statusCodes: again } };
  const ofetchOptions = { headers, timeout: TIMEOUT_MS, redirect: 'manual', retry: 2, retryStatusCodes: again };
  const axiosOptions = { headers, timeout: TIMEOUT_MS, maxRedirects: 0 };
  return [
    { who: `ky ${versions.ky}`, call: async () => (await ky(url, kyOptions).json()).progress },
    { who: `ofetch ${versions.ofetch}`, call: async () => (await ofetch(url, ofetchOptions)).progress },
    { who: `axios ${versions.axios}`, call: async () => (await axios.get(url, axiosOptions)).data.progress },
  ];
}

/** The milliseconds of one call, on average over a turn. */
async function turn(call, atOnce, calls, use) {
  const begin = performance.now();
  for (let made = 0; made < calls; made += atOnce) {
    for (const answer of await Promise.all(Array.from({ length: atOnce }, call))) use(answer);
  }
  return (performance.now() - begin) / calls;
}

function same(who, actual, expected) {
  if (actual !== expected) throw new Error(`${who} gave ${actual} instead of ${expected}`);
  return 0;
}
