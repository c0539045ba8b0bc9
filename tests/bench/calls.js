// How long one call takes over loopback, as a multiple of plain `fetch` and `JSON.parse`: one call at a time, then many
// at once. Beside it what else one would take for it, each with a time-out of 30 s and redirects not followed. The
// peers do less: axios does not retry, the time-out of ky ends before the body, and none of them keeps the text.
//
// A ratio is that of two turns of the same round, so that what else the machine does counts for both. A call includes
// the work of the server and of the system, which is the same for all.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { createClient } from 'huaweicloud-tasks';

import { gatewayProgress } from './calls/by-hand.js';

const ROUNDS = 31;
const WAYS = [
  { title: 'one call at a time', atOnce: 1, calls: 128 },
  { title: '64 calls at once', atOnce: 64, calls: 512 },
];
const TIMEOUT_MS = 30_000;
const BASE = 'fetch + JSON.parse';

const root = process.env.PROJECT_ROOT;
if (!root) throw new Error('PROJECT_ROOT has to name the folder of the project');
const fixture = join(root, 'tests/fixtures/apig-gateway-progress/200-creating.json');
const expected = JSON.parse(readFileSync(fixture, 'utf8')).progress;

const server = fork(fileURLToPath(new URL('calls/server.js', import.meta.url)), [fixture]);
const [port] = await once(server, 'message');

const contestants = await contestantsAt(`http://127.0.0.1:${port}`);
console.log(`Node ${process.version}, ${cpus()[0]?.model ?? 'unknown CPU'}, ${cpus().length} cores`);
for (const way of WAYS) table(way, await measure(way));
server.disconnect();

/** Everything that makes the call, as a function that gives the percentage. */
async function contestantsAt(endpoint) {
  const { axios, ky, ofetch, versions } = await peers();
  const options = { endpoint, projectId: 'p', token: 't' };
  const url = `${endpoint}/v2/p/apigw/instances/i/progress`;
  const headers = { Accept: 'application/json', 'X-Auth-Token': 't' };
  const again = [429, 502, 503, 504];
  const kyOptions = { headers, timeout: TIMEOUT_MS, redirect: 'manual', retry: { limit: 2, statusCodes: again } };
  const ofetchOptions = { headers, timeout: TIMEOUT_MS, redirect: 'manual', retry: 2, retryStatusCodes: again };
  const axiosOptions = { headers, timeout: TIMEOUT_MS, maxRedirects: 0 };

  const client = createClient(options);
  const contestants = {
    [BASE]: async () => JSON.parse(await (await fetch(url, { headers })).text()).progress,
    'fetch by hand, with all it needs': async () => (await gatewayProgress(options, 'i')).percent,
    [`ky ${versions.ky}`]: async () => (await ky(url, kyOptions).json()).progress,
    [`ofetch ${versions.ofetch}`]: async () => (await ofetch(url, ofetchOptions)).progress,
    [`axios ${versions.axios}`]: async () => (await axios.get(url, axiosOptions)).data.progress,
    'huaweicloud-tasks': async () => (await client.apig.gatewayProgress('i')).percent,
  };
  if (typeof client.poll === 'function') {
    const target = { kind: 'apig.gateway', instanceId: 'i' };
    contestants['huaweicloud-tasks, poll'] = async () => (await client.poll(target)).view.percent;
  }
  return Object.entries(contestants).map(([name, call]) => ({ name, call }));
}

/** The peers, from the folder that `cargo xtask bench calls` installs them in. */
async function peers() {
  const folder = join(root, 'target/bench');
  if (!existsSync(folder)) throw new Error('the peers are not installed; run `cargo xtask bench calls` once');
  const require = createRequire(join(folder, 'package.json'));
  const load = (name) => import(pathToFileURL(require.resolve(name)));
  const [{ default: axios }, { default: ky }, { ofetch }] = await Promise.all(['axios', 'ky', 'ofetch'].map(load));
  return { axios, ky, ofetch, versions: require('./package.json').dependencies };
}

/** The milliseconds a call took, by contestant and by round. */
async function measure(way) {
  for (let warmUp = 0; warmUp < 4; warmUp += 1) {
    for (const contestant of contestants) await turn(contestant, way);
  }
  const times = contestants.map(() => []);
  for (let round = 0; round < ROUNDS; round += 1) {
    const order = contestants.map((_, place) => (round + place) % contestants.length);
    // Turned around every other round: the garbage that one leaves behind is not always left to the same one. It is not
    // collected between the turns: with that, everyone was slower by half.
    if (round % 2 === 1) order.reverse();
    for (const index of order) times[index].push(await turn(contestants[index], way));
  }
  return times;
}

async function turn({ name, call }, { calls, atOnce }) {
  const start = performance.now();
  for (let made = 0; made < calls; made += atOnce) {
    for (const percent of await Promise.all(Array.from({ length: atOnce }, call))) {
      if (percent !== expected) throw new Error(`${name} gave ${percent} instead of ${expected}`);
    }
  }
  return (performance.now() - start) / calls;
}

function table({ title, calls }, times) {
  const width = Math.max(...contestants.map(({ name }) => name.length));
  const base = times[contestants.findIndex(({ name }) => name === BASE)];
  const row = (name, cells) => console.log(`${name.padEnd(width)} ${cells.map((cell) => cell.padStart(8)).join('')}`);
  console.log(`\n${title}: ${calls} calls a turn, ${ROUNDS} rounds; milliseconds a call, and multiples of ${BASE}`);
  row('', ['min', 'median', 'max', '', 'min', 'median', 'max']);
  for (const [index, { name }] of contestants.entries()) {
    const ratios = times[index].map((time, round) => time / base[round]);
    const cells = [
      ...spread(times[index]).map((time) => time.toFixed(3)),
      '',
      ...spread(ratios).map((ratio) => `${ratio.toFixed(2)} ×`),
    ];
    row(name, cells);
  }
}

/** The least, the median and the most. */
function spread(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return [sorted[0], sorted[sorted.length >> 1], sorted.at(-1)];
}
