// A timer may fire late: a laptop sleeps, a page in the background is throttled. So the clock on the wall is asked, at
// least this often.
const LONGEST_NAP_MS = 30_000;

/**
 * Waits until a time on the wall clock, or until the page is seen again after it was hidden: what it shows is old then.
 *
 * @param {number} at in epoch milliseconds
 * @param {AbortSignal} signal ends the wait with its reason, and leaves no timer
 * @returns {Promise<number>} by how many milliseconds the clock was set back meanwhile
 */
export function sleepUntil(at, signal) {
  return new Promise((resolve, reject) => {
    const page = globalThis.document;
    let timer;
    const end = (settle, value) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      page?.removeEventListener?.('visibilitychange', onVisible);
      settle(value);
    };
    const onAbort = () => end(reject, signal.reason);
    const onVisible = () => page.visibilityState === 'visible' && end(resolve, back);
    // A clock that was set back would make the wait as much longer.
    let back = 0;
    let seen = Date.now();
    const nap = () => {
      const now = Date.now();
      back += Math.max(0, seen - now);
      seen = now;
      const left = at - back - now;
      if (left <= 0) end(resolve, back);
      else timer = setTimeout(nap, Math.min(left, LONGEST_NAP_MS));
    };
    if (signal.aborted) return reject(signal.reason);
    signal.addEventListener('abort', onAbort);
    page?.addEventListener?.('visibilitychange', onVisible);
    nap();
  });
}
