// @ts-check
// Ctrl-C: the first asks to stop, the second ends at once.

const CODES = { SIGINT: 130, SIGTERM: 143 };
const NAMES = /** @type {(keyof typeof CODES)[]} */ (Object.keys(CODES));

/** Why something was stopped before its end. */
export class Stopped extends Error {
  kind = 'stopped';
}

/**
 * Runs something with a signal that Ctrl-C and SIGTERM abort.
 *
 * @template Result
 * @param {(controller: AbortController) => Promise<Result>} run
 */
export async function interruptible(run) {
  const controller = new AbortController();
  /** @param {keyof typeof CODES} name */
  const onSignal = (name) => {
    if (controller.signal.aborted) process.exit(CODES[name]);
    controller.abort(new Stopped(name === 'SIGINT' ? 'interrupted' : 'told to end'));
  };
  for (const name of NAMES) process.on(name, onSignal);
  try {
    return await run(controller);
  } finally {
    for (const name of NAMES) process.off(name, onSignal);
  }
}
