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
