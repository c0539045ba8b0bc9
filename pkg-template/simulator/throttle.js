// @ts-check
/** The budget of requests. It is counted by the clock, not by simulated time: so are the pauses of those who ask. */
import { throttled } from './answers.js';

/** @import { SimulatorThrottle } from '../entry/simulator.js' */
/** @import { Answer } from './types.js' */

/** @type {[unit: string, milliseconds: number][]} */
const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
];

/**
 * The budget as the service writes it: in the largest unit that fits, or in seconds, rounded up.
 *
 * @param {SimulatorThrottle} budget
 */
function budgetText({ limit, windowMs }) {
  const [unit, length] = UNITS.find(([, milliseconds]) => windowMs % milliseconds === 0) ?? UNITS[UNITS.length - 1];
  return `policy user over ratelimit,limit:${limit},time:${Math.ceil(windowMs / length)} ${unit}`;
}

/** @param {SimulatorThrottle} budget */
function check({ limit, windowMs }) {
  if (!Number.isInteger(limit) || limit < 0) throw new RangeError('throttle.limit must be an integer, 0 or more');
  if (!(Number.isFinite(windowMs) && windowMs > 0)) {
    throw new RangeError('throttle.windowMs must be a number, more than 0');
  }
}

/**
 * Counts requests against a budget.
 *
 * @param {SimulatorThrottle} [budget] without it, everything is let through
 * @returns {(now: number, requestId: string) => Answer | null} the refusal of a request that comes at `now`, if any
 */
export function createThrottle(budget) {
  if (budget === undefined) return () => null;
  check(budget);
  const text = budgetText(budget);
  let windowEnd = -Infinity;
  let count = 0;
  return (now, requestId) => {
    if (now >= windowEnd) {
      windowEnd = now + budget.windowMs;
      count = 0;
    }
    count += 1;
    return count > budget.limit ? throttled(requestId, text, Math.ceil((windowEnd - now) / 1_000)) : null;
  };
}
