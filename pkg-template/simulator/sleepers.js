// @ts-check
// Those who sleep by a clock that is not the platform's.

/** @typedef {{ dueAt: number, wake: (nothing?: undefined) => void }} Sleeper */

/**
 * Makes a place for sleepers.
 *
 * @param {() => void} onChange called when somebody has begun to sleep, or sleeps no longer
 */
export function createSleepers(onChange) {
  /** @type {Set<Sleeper>} */
  const sleepers = new Set();

  /** @param {Sleeper} sleeper */
  function end(sleeper) {
    if (!sleepers.delete(sleeper)) return;
    sleeper.wake();
    onChange();
  }

  return {
    /** When the first of them is to wake; `null` when nobody sleeps. */
    firstDueAt() {
      let first = null;
      for (const { dueAt } of sleepers) first = first === null ? dueAt : Math.min(first, dueAt);
      return first;
    },

    /** @param {number} dueAt @param {AbortSignal} [signal] ends the sleep early @returns {Promise<void>} */
    sleepUntil(dueAt, signal) {
      return new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const sleeper = { dueAt, wake: resolve };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', () => end(sleeper), { once: true });
        onChange();
      });
    },

    /** Wakes all who are due, those first who were due first. @param {number} time */
    wakeUntil(time) {
      const due = [...sleepers].filter(({ dueAt }) => dueAt <= time).sort((a, b) => a.dueAt - b.dueAt);
      for (const sleeper of due) end(sleeper);
    },
  };
}
