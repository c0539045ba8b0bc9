// A clock that stands still, for tests of waiting.
import assert from 'node:assert/strict';

import { rejection } from './support.js';

export const settle = () => new Promise(setImmediate);

/**
 * Stops the clock until the test ends: from here on, time passes only while `until` waits for a promise, or by `pass`.
 *
 * @param {{ now: number, step?: number, most?: number }} options the time; how many milliseconds pass at once, and how
 *   many such steps an end may take
 */
export function stopClock(t, { now, step = 50, most = 20_000 }) {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'], now });
  const pass = async (milliseconds) => {
    for (let left = milliseconds; left > 0; left -= step) {
      await settle();
      t.mock.timers.tick(step);
    }
    await settle();
  };
  const until = async (promise) => {
    let isOver = false;
    const end = () => (isOver = true);
    promise.then(end, end);
    for (let left = most; !isOver; left -= 1) {
      assert.ok(left > 0, 'it does not end');
      await pass(step);
    }
    return promise;
  };
  return { pass, until, untilRejected: (promise) => until(rejection(promise)) };
}
