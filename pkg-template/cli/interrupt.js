// Ctrl-C: the first asks to stop, the second ends at once.

const CODES = { SIGINT: 130, SIGTERM: 143 };

/** Why something was stopped before its end. */
export class Stopped extends Error {
  kind = 'stopped';
}

/** Runs something with a signal that Ctrl-C and SIGTERM abort. */
export async function interruptible(run) {
  const controller = new AbortController();
  const onSignal = (name) => {
    if (controller.signal.aborted) process.exit(CODES[name]);
    controller.abort(new Stopped(name === 'SIGINT' ? 'interrupted' : 'told to end'));
  };
  for (const name of Object.keys(CODES)) process.on(name, onSignal);
  try {
    return await run(controller);
  } finally {
    for (const name of Object.keys(CODES)) process.off(name, onSignal);
  }
}
