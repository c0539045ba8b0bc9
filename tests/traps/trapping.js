// What the scenarios share: clients that are answered at will, and what has to become of a trap.
import { createClient, trap } from 'huaweicloud-tasks';

/** A panic, an index out of range, a stack without end, a memory that cannot grow. */
export const WAYS = ['panic', 'index', 'overflow', 'memory'];

/** Those of them that Rust notices itself, and what it says then. */
export const SAID = {
  panic: /: panicked at src\/wasm\/traps\.rs:\d+:\d+:\na panic that a test asked for$/,
  index: /: panicked at src\/wasm\/traps\.rs:\d+:\d+:\nindex out of bounds: the len is 4 but the index is 9$/,
};

export const CREATING = { progress: 30, status: 'creating' };
const CREATED = { progress: 100, status: 'success' };
export const STARTED = { task_id: 't' };

/** An answer that is there within a few microtasks. */
export const answer = (body, status = 200) => ({
  status,
  headers: { get: () => null },
  text: async () => JSON.stringify(body),
});

const never = () => new Promise(() => {});
export const cloudOf = (fetch, more) =>
  createClient({ endpoint: 'https://h.example', projectId: 'p', token: 't', fetch, maxRetries: 0, ...more });

/** A client whose requests are answered when the test wants it. */
export function holding() {
  const asked = [];
  const fetch = (url, init) =>
    new Promise((resolve) => {
      asked.push({ url, init, answer: (body, status) => resolve(answer(body, status)) });
    });
  return { cloud: cloudOf(fetch), asked };
}

export function same(actual, expected, what) {
  const [one, other] = [actual, expected].map((value) => JSON.stringify(value));
  if (one !== other) throw new Error(`${what}: expected ${other}, found ${one}`);
}

function matches(text, pattern, what) {
  if (!pattern.test(text)) throw new Error(`${what}: expected ${pattern}, found ${JSON.stringify(text)}`);
}

/** How a promise settles, which it does before any timer, event or answer can come. */
export async function soon(promise, what = 'a promise') {
  let outcome = null;
  promise.then(
    (value) => (outcome = { value }),
    (error) => (outcome = { error }),
  );
  for (let left = 500; left > 0 && outcome === null; left -= 1) await null;
  if (outcome === null) throw new Error(`${what} is not over within a turn`);
  return outcome;
}

export const moment = () => soon(never()).catch(() => {});

export async function resolves(promise, what) {
  const { value, error } = await soon(promise, what);
  if (error !== undefined) throw new Error(`${what}: ${error.stack}`, { cause: error });
  return value;
}

/** The place in the sources that this is called from, so many lines further on. */
export function here(further) {
  const [, file, line] = /^.*\n.*\n.*?([^/\\]+\.js):(\d+):\d+/.exec(new Error('here').stack);
  return `${file}:${Number(line) + further}:`;
}

/** What a call rejects with, whose stack leads to the line of the call. */
export async function failureOf(start) {
  const place = here(2);
  try {
    await start();
  } catch (error) {
    if (!error.stack.includes(place)) throw new Error(`the line ${place} is not in ${error.stack}`, { cause: error });
    return error;
  }
  throw new Error('expected a rejection');
}

export function isDefect(error, how, end = '') {
  same([error.name, error.kind], ['TasksError', 'internal'], `${how}: ${error.stack}`);
  matches(error.message, /^the module failed; this is a defect of huaweicloud-tasks, please report it/, how);
  if (how in SAID) matches(error.message.slice(0, error.message.length - end.length), SAID[how], how);
  if (!error.message.endsWith(end)) throw new Error(`${how}: expected ${end} at the end of ${error.message}`);
}

/** The trap of a call that answers at once. */
export function trapNow(how = 'panic') {
  const place = here(2);
  try {
    trap(how);
  } catch (error) {
    isDefect(error, how);
    if (!error.stack.includes(place)) throw new Error(`the line ${place} is not in ${error.stack}`);
    return;
  }
  throw new Error(`${how}: nothing trapped`);
}

export async function worksAgain() {
  const cloud = cloudOf(() => answer(CREATING));
  same((await resolves(cloud.apig.gatewayProgress('i'), 'the next call')).percent, 30, 'the next call');
}

/** Watches, so many of them, with the number of questions that each was asked about. */
export function watching(count, { most, schedule = { intervalMs: 100 } }) {
  const asked = {};
  const cloud = cloudOf((url) => {
    const id = /instances\/([^/]+)/.exec(url)[1];
    asked[id] = (asked[id] ?? 0) + 1;
    return answer(asked[id] < most ? { ...CREATING, progress: asked[id] } : CREATED);
  });
  const operations = Array.from({ length: count }, (_, n) =>
    cloud.watch({ kind: 'apig.gateway', instanceId: `i${n}` }, { schedule }),
  );
  return { asked, operations };
}

export const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export const THE_REQUEST_MAY = '; the request may have been carried out all the same';
