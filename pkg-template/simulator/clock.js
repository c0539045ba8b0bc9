// @ts-check
import { createSleepers } from './sleepers.js';

/** What `setTimeout` can count: beyond it, it fires at once. */
const LONGEST_TIMEOUT_MS = 2_147_483_647;

/**
 * Returns a number that is 0 or more as it is; refuses anything else.
 *
 * @param {number} value
 * @param {string} name
 */
export function atLeastZero(value, name) {
  if (!Number.isFinite(value) || value < 0) throw new RangeError(`${name} must be a number, 0 or more`);
  return value;
}

/**
 * Makes a clock that runs at a speed of its own: its time never goes back, and does not jump when the speed changes.
 *
 * @param {{ speed?: number | undefined, clock?: (() => number) | undefined }} [options]
 */
export function createClock({ speed: initialSpeed = 1, clock = Date.now } = {}) {
  let speed = atLeastZero(initialSpeed, 'speed');
  let lastTick = clock();
  let time = lastTick;
  const sleepers = createSleepers(arm);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  function now() {
    const tick = clock();
    time += Math.max(0, tick - lastTick) * speed;
    lastTick = tick;
    return time;
  }

  /** Sets the one timer, for the sleeper that is due first. */
  function arm() {
    clearTimeout(timer);
    const dueAt = sleepers.firstDueAt();
    if (dueAt === null || speed === 0) return;
    // Rounded up: a timer that fires too early would be set again at once.
    timer = setTimeout(wake, Math.min(Math.ceil((dueAt - now()) / speed), LONGEST_TIMEOUT_MS));
  }

  function wake() {
    sleepers.wakeUntil(now());
    arm();
  }

  return {
    now,
    monotonic: now,
    /** @param {number} milliseconds @param {AbortSignal} [signal] */
    sleep: (milliseconds, signal) => sleepers.sleepUntil(now() + milliseconds, signal),
    /** @param {number} milliseconds */
    advance(milliseconds) {
      time = now() + atLeastZero(milliseconds, 'milliseconds');
      wake();
    },
    get speed() {
      return speed;
    },
    set speed(value) {
      now();
      speed = atLeastZero(value, 'speed');
      arm();
    },
  };
}
