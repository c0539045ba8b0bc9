// @ts-check
import { createSleepers } from './sleepers.js';

/** @type {(task: () => void) => void} */
const inNextTurn = globalThis.setImmediate ?? ((task) => setTimeout(task, 0));

/**
 * Makes a clock that stands still while anything happens, and jumps to the first sleeper once nothing does.
 *
 * @see ../entry/simulator.d.ts
 * @param {{ startAt?: number | undefined }} [options]
 */
export function createVirtualClock({ startAt = Date.now() } = {}) {
  if (!Number.isFinite(startAt)) throw new RangeError('startAt must be a number of epoch milliseconds');
  let time = startAt;
  let underWay = 0;
  let isJumpPlanned = false;
  const sleepers = createSleepers(planJump);

  /** What follows from an answer comes first: it is all done in this turn of the event loop. */
  function planJump() {
    if (isJumpPlanned) return;
    isJumpPlanned = true;
    inNextTurn(jump);
  }

  function jump() {
    isJumpPlanned = false;
    const dueAt = sleepers.firstDueAt();
    if (underWay > 0 || dueAt === null) return;
    time = Math.max(time, dueAt);
    sleepers.wakeUntil(time);
  }

  /** @template T @param {Promise<T>} work */
  async function during(work) {
    underWay += 1;
    try {
      return await work;
    } finally {
      underWay -= 1;
      planJump();
    }
  }

  return {
    now: () => time,
    monotonic: () => time - startAt,
    /** @param {number} milliseconds @param {AbortSignal} [signal] */
    sleep: (milliseconds, signal) => sleepers.sleepUntil(time + milliseconds, signal),
    /**
     * The same function, which time stands still for until its answer is there as a whole. `any`: whatever it takes.
     *
     * @param {(...args: any[]) => Promise<any>} fetch
     * @returns {(...args: any[]) => Promise<any>}
     */
    track:
      (fetch) =>
      (...args) =>
        during(whole(fetch, args)),
  };
}

/**
 * An answer with its body: to read that takes no more time.
 *
 * @param {(...args: any[]) => Promise<any>} fetch
 * @param {any[]} args
 */
async function whole(fetch, args) {
  const response = await fetch(...args);
  const body = await response.arrayBuffer();
  const { status, statusText, ok, url, headers } = response;
  const text = async () => new TextDecoder().decode(body);
  const json = async () => JSON.parse(await text());
  return { status, statusText, ok, url, headers, arrayBuffer: async () => body, text, json };
}
