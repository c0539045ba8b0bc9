// @ts-check
// The one way into the module. A trap ends the instance that it happened in: it is noticed here, wherever it happened,
// and nothing that waited for that instance hangs. What only reads begins again on a fresh one, what writes rejects.
import { __wbg_reset_state as reset } from '#glue';
import { abandon, lastPanic, Refusal } from '#host';
import { defect, toError } from './errors.js';

/**
 * What waits for the module. `any`: each answers with its own.
 *
 * @typedef {object} Job
 * @property {() => Promise<any>} start calls an export
 * @property {boolean} isWrite
 * @property {number} traps how many instances it has lost since it last got on
 * @property {(value: any) => void} resolve
 * @property {(reason: unknown) => void} reject
 */

/** @type {Set<Job>} */
const pending = new Set();

/** How many frames of the module are on the stack, counted by their entrances. */
let depth = 0;

/** What trapped the instance, while frames of it are on the stack. @type {{ cause: unknown } | null} */
let trap = null;

/** Whether the next to enter needs a fresh instance. */
let isStale = false;

/** The tasks that the module wants to run. @type {(() => void)[]} */
let tasks = [];

/**
 * Has a task run before the module is left. It takes the place of `queueMicrotask` for the module: a task is run by
 * whoever woke it, and within this guard.
 *
 * @param {() => void} task
 */
export function schedule(task) {
  tasks.push(task);
}

/**
 * Runs what is in the module.
 *
 * @template {unknown[]} A
 * @template T
 * @param {(...args: A) => T} run
 * @param {A} args
 */
function enter(run, ...args) {
  if (depth === 0) renew();
  depth += 1;
  try {
    return run(...args);
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) trap ??= { cause: thrown };
    throw thrown;
  } finally {
    if (depth === 1) runTasks();
    depth -= 1;
    if (depth === 0 && trap !== null) bury();
  }
}

function runTasks() {
  try {
    while (tasks.length > 0 && trap === null) tasks.shift()?.();
  } catch (thrown) {
    trap ??= { cause: thrown };
  }
}

/** Replaces an instance that trapped. No frame of it is on the stack. */
function renew() {
  if (trap !== null) bury();
  if (!isStale) return;
  reset();
  isStale = false;
}

/** Ends all that waits for an instance that trapped, or begins it again. */
function bury() {
  const error = defect(trap?.cause, lastPanic());
  const lost = [...pending];
  trap = null;
  tasks = [];
  isStale = true;
  abandon();
  // What was settled before the trap gets its answer first.
  Promise.resolve().then(() => {
    for (const job of lost) if (pending.has(job)) tryAgain(job, error);
  });
}

/** @param {Job} job @param {Error} error */
function tryAgain(job, error) {
  pending.delete(job);
  if (job.isWrite) {
    error.message += '; the request may have been carried out all the same';
    job.reject(error);
  } else if (job.traps > 0) {
    job.reject(error);
  } else {
    job.traps += 1;
    launch(job);
  }
}

/** @param {Job} job */
function launch(job) {
  pending.add(job);
  /** @type {(settle: (value: any) => void) => (value: any) => void} */
  const over = (settle) => (value) => {
    if (pending.delete(job)) settle(value);
  };
  const reject = over(job.reject);
  // A trapped instance whose frames are on the stack: the job is begun once they are gone.
  if (trap !== null) return;
  try {
    enter(job.start).then(over(job.resolve), reject);
  } catch (thrown) {
    // Of a trap it is told with all others.
    if (thrown instanceof Refusal) reject(thrown);
  }
}

/**
 * Calls an async export of the module, which is loaded. The error is made here, as one that is made in the module has
 * no line of the caller's.
 *
 * @template T
 * @param {(job: Job) => Promise<T>} start
 * @param {boolean} [isWrite]
 * @returns {Promise<T>}
 */
export async function call(start, isWrite = false) {
  try {
    return await new Promise((resolve, reject) => {
      /** @type {Job} */
      const job = { start: () => start(job), isWrite, traps: 0, resolve, reject };
      launch(job);
    });
  } catch (thrown) {
    throw errorOf(thrown);
  }
}

/** What the module rejected with, as what is thrown. @param {unknown} thrown */
export function errorOf(thrown) {
  if (!(thrown instanceof Refusal)) return thrown;
  const error = toError({ ...thrown.error, cause: thrown.cause });
  if (thrown.handle !== undefined) Object.defineProperty(error, 'handle', { value: thrown.handle });
  return error;
}

/**
 * Calls an export that answers at once.
 *
 * @template {unknown[]} A
 * @template T
 * @param {(...args: A) => T} run
 * @param {A} args
 */
export function callNow(run, ...args) {
  if (trap !== null) throw defect(trap.cause, lastPanic());
  try {
    return enter(run, ...args);
  } catch (thrown) {
    // No stack is left, which says nothing of the module.
    if (thrown instanceof Refusal) throw errorOf(thrown);
    throw thrown instanceof RangeError ? thrown : defect(thrown, lastPanic());
  }
}

/** The guard of every way back into the module. @type {import('#host').Guard} */
export function guard(run, ...args) {
  try {
    return enter(run, ...args);
  } catch {
    // Whoever waits is told.
    return undefined;
  }
}
