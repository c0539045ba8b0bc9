// @ts-check
// The one way into the module. A trap ends the instance that it happened in: it is noticed here, wherever it happened,
// and nothing that waited for that instance hangs. What only reads begins again on a fresh one, what writes rejects.
import { __wbg_reset_state as reset } from '#glue';
import { abandon, lastPanic, panicked, Refusal } from '#host';

/**
 * What waits for the module. `any`: each answers with its own.
 *
 * @typedef {object} Job
 * @property {(job: Job) => Promise<any>} start calls an export
 * @property {boolean} isWrite
 * @property {number} begunIn the instance that the export was called in; 0 before that
 * @property {number} traps how often it has trapped since it last got on
 * @property {(value: any) => void} resolve
 * @property {(reason: unknown) => void} reject
 */

/** @type {Set<Job>} */
const pending = new Set();

/** How many frames of the module are on the stack, counted by their entrances. */
let depth = 0;

/** For whom the first of them was entered; `null` is a caller who waits for nothing. @type {Job | null} */
let owner = null;

/** Whether the instance has trapped, and is not buried yet. */
let isTrapped = false;

/** What it trapped with. @type {unknown} */
let cause = null;

/** Counts the instances. */
let instance = 1;

/** Whether the next to enter needs a fresh one. */
let isStale = false;

/** The tasks that the module wants to run. @type {(() => void)[]} */
let tasks = [];

/** What a job rejects with that a trap has ended. The error is made later, where the lines of its caller are known. */
export class Lost {
  /** @param {unknown} cause @param {string | null} panic */
  constructor(cause, panic) {
    this.cause = cause;
    this.panic = panic;
  }
}

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
 * Runs what is in the module. There may be no stack left, for that or for whatever is called here: so what keeps the
 * books calls nothing and makes no object.
 *
 * @template {unknown[]} A
 * @template T
 * @param {Job | null} job
 * @param {(...args: A) => T} run
 * @param {A} args
 */
function enter(job, run, ...args) {
  if (depth === 0) {
    renew();
    owner = job;
  }
  depth += 1;
  let isSound = false;
  try {
    const result = run(...args);
    if (depth === 1) runTasks();
    isSound = true;
    return result;
  } catch (thrown) {
    if (!isTrapped) cause = thrown;
    if (thrown instanceof Refusal) {
      if (depth === 1) runTasks();
      isSound = true;
    }
    throw thrown;
  } finally {
    if (!isSound) isTrapped = true;
    depth -= 1;
    if (depth === 0 && isTrapped) bury();
  }
}

function runTasks() {
  while (tasks.length > 0 && !isTrapped) tasks.shift()?.();
}

/** Replaces an instance that trapped. No frame of it is on the stack. */
function renew() {
  if (isTrapped) bury();
  if (!isStale) return;
  panicked(null);
  reset();
  isStale = false;
}

/** Ends all that waits for an instance that trapped, or begins it again. */
function bury() {
  const [dead, trapped, reason] = [instance, owner, new Lost(cause, lastPanic())];
  abandon();
  // What was settled before the trap gets its answer first, even if nobody listened for it yet.
  Promise.resolve()
    .then()
    .then(() => startAgain(dead, trapped, reason));
  isTrapped = false;
  tasks = [];
  isStale = true;
  instance += 1;
}

/** @param {number} dead the instance that trapped @param {Job | null} trapped whose turn it was @param {Lost} reason */
function startAgain(dead, trapped, reason) {
  // Where that one is gone, it was not all that ran: it may have been any of them.
  const isKnown = trapped === null || pending.has(trapped);
  for (const job of [...pending]) {
    const { begunIn, isWrite } = job;
    if (begunIn === dead && (job === trapped || !isKnown)) job.traps += 1;
    if (begunIn === dead && (isWrite || job.traps > 1)) {
      pending.delete(job);
      job.reject(reason);
    } else if (begunIn === dead || begunIn === 0) {
      launch(job);
    }
  }
}

/** Begins what waits for the module, which is loaded. @param {Job} job */
export function launch(job) {
  pending.add(job);
  // A trapped instance whose frames are on the stack: the job is begun once they are gone.
  if (isTrapped && depth > 0) return;
  job.begunIn = 0;
  try {
    const answer = enter(job, begin, job);
    /** @type {(settle: (value: any) => void) => (value: any) => void} */
    const over = (settle) => (value) => {
      if (pending.delete(job)) settle(value);
    };
    answer.then(over(job.resolve), over(job.reject));
  } catch (thrown) {
    // Where no stack was left to begin, that says nothing of the module. Of a trap it is told with all others.
    if ((job.begunIn === 0 || thrown instanceof Refusal) && pending.delete(job)) job.reject(thrown);
  }
}

/** @param {Job} job */
function begin(job) {
  job.begunIn = instance;
  return job.start(job);
}

/**
 * Calls an export that answers at once.
 *
 * @template {unknown[]} A
 * @template T
 * @param {(...args: A) => T} run
 * @param {A} args
 */
export function runNow(run, ...args) {
  // An instance that trapped, and has frames on the stack, is left alone.
  if (isTrapped && depth > 0) throw new Lost(cause, lastPanic());
  return enter(null, run, ...args);
}

/** The guard of every way back into the module. @type {import('#host').Guard} */
export function guard() {
  const job = owner;
  return (run) => {
    // An instance that trapped, and has frames on the stack, is left alone.
    if (isTrapped && depth > 0) return;
    try {
      enter(job, run);
    } catch {
      // Whoever waits is told.
    }
  };
}
