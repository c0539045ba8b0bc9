import { reasonOf } from './errors.js';

/** What ends a step before its time: the caller's signal, or the time that a call may take. */
export class Interrupt {
  constructor(isTimeout) {
    this.isTimeout = isTimeout;
  }
}

/**
 * Starts the bounds of one call: it ends when the caller's signal is aborted, or when its time is up. `end` has to be
 * called in any case, and leaves no timer and no listener.
 *
 * @throws the signal's reason when it is aborted already
 */
export function startBounds(signal, timeoutMs) {
  if (signal?.aborted) throw reasonOf(signal);
  const deadline = Date.now() + timeoutMs;
  const controller = new AbortController();
  let stop;
  const stopped = new Promise((_, reject) => {
    stop = reject;
  });
  // It may be over when nothing waits.
  stopped.catch(() => {});
  const interrupt = (isTimeout) => {
    stop(new Interrupt(isTimeout));
    controller.abort();
  };
  const onAbort = () => interrupt(false);
  signal?.addEventListener('abort', onAbort);
  const timer = setTimeout(interrupt, timeoutMs, true);

  /** Waits for a step, within the bounds: one that ignores its signal is left behind. */
  const race = (step) => Promise.race([stopped, step]);
  return {
    /** The signal to hand on. */
    signal: controller.signal,
    race,
    /** Waits so many milliseconds, within the bounds. */
    sleep: async (milliseconds) => {
      let wake;
      try {
        await race(new Promise((resolve) => {
          wake = setTimeout(resolve, milliseconds);
        }));
      } finally {
        clearTimeout(wake);
      }
    },
    leftMs: () => deadline - Date.now(),
    end: () => {
      clearTimeout(timer);
      signal?.removeEventListener?.('abort', onAbort);
    },
  };
}
