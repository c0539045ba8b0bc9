import { isTasksError } from '/pkg/index.js';

const EVERY_MS = 1_000;

/**
 * Asks about once a second until the answer is final. An error that may pass is told to `onRetry` and outlived.
 *
 * @template T
 * @param {(options: { signal: AbortSignal }) => Promise<T>} ask
 * @param {object} options
 * @param {AbortSignal} options.signal aborting it rejects with its reason
 * @param {(answer: T) => boolean} options.isFinal
 * @param {(answer: T) => void} options.onAnswer
 * @param {(error: Error) => void} options.onRetry
 * @returns {Promise<T>} the final answer
 */
export async function poll(ask, { signal, isFinal, onAnswer, onRetry }) {
  for (;;) {
    const answer = await ask({ signal }).catch((error) => {
      if (signal.aborted || !isTasksError(error) || !error.retryable) throw error;
      onRetry(error);
    });
    signal.throwIfAborted();
    if (answer) {
      onAnswer(answer);
      if (isFinal(answer)) return answer;
    }
    await sleep(EVERY_MS, signal);
  }
}

function sleep(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    signal.addEventListener('abort', stop, { once: true });
  });
}

/**
 * Runs one piece of work at a time: starting the next one stops the one before.
 *
 * @param {{ onStop(): void, onError(error: unknown): void, onRunning(running: boolean): void }} handlers
 *   `onStop` is told only when a visitor stopped it, not when the next run took its place
 */
export function oneAtATime({ onStop, onError, onRunning }) {
  let current = null;
  return {
    async start(work) {
      current?.abort();
      const controller = new AbortController();
      current = controller;
      onRunning(true);
      try {
        await work(controller.signal);
      } catch (error) {
        if (current !== controller) return;
        if (controller.signal.aborted) onStop();
        else onError(error);
      }
      if (current !== controller) return;
      current = null;
      onRunning(false);
    },
    stop() {
      current?.abort();
    },
  };
}
