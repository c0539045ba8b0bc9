// @ts-check
// What the program's exit code tells a script.

export const EXIT = { done: 0, failed: 1, usage: 2, partial: 3, running: 4, auth: 5 };

/** @type {[code: number, words: string][]} */
export const EXIT_WORDS = [
  [EXIT.done, 'done'],
  [EXIT.failed, 'failed or cancelled: the operation; or an error that is none of these'],
  [EXIT.usage, 'wrong usage: an option, an argument, or credentials that are missing'],
  [EXIT.partial, 'partial: it ended, and some of it was refused'],
  [EXIT.running, 'still running: --max-wait has passed, or Ctrl-C'],
  [EXIT.auth, 'not let in: the token or the access key is refused, or may not do this'],
];

/** Of several, what is known to be wrong comes before what is not known yet. */
const WORST_FIRST = [EXIT.auth, EXIT.usage, EXIT.failed, EXIT.partial, EXIT.running, EXIT.done];

/** @param {number[]} codes */
export const worst = (codes) => WORST_FIRST.find((code) => codes.includes(code)) ?? EXIT.done;

/** @type {Record<string, number>} */
const OF_STATE = {
  succeeded: EXIT.done,
  steady: EXIT.done,
  partial: EXIT.partial,
  failed: EXIT.failed,
  cancelled: EXIT.failed,
};

/** @param {string} state */
export const exitOfState = (state) => OF_STATE[state] ?? EXIT.running;

/** @type {Record<string, number>} */
const OF_ERROR = { usage: EXIT.usage, config: EXIT.usage, auth: EXIT.auth, permission: EXIT.auth };

/** @param {unknown} error */
export const exitOfError = (error) => OF_ERROR[/** @type {{ kind: string }} */ (error).kind] ?? EXIT.failed;
