// @ts-check
// A call of the module as its users make one: it is loaded first, and what it rejects with becomes an error. The error
// is made here, as one that is made in the module has no line of the caller's.
import { lastPanic, Refusal } from '#host';
import { defect, toError } from './failure.js';
import { launch, Lost, runNow } from './guard.js';
import { initNow, load, loadNow } from './instance.js';

/** @import { Job } from './guard.js' */

/**
 * Calls an async export.
 *
 * @template T
 * @param {(job: Job) => Promise<T>} start
 * @param {boolean} [isWrite]
 * @returns {Promise<T>}
 */
export async function call(start, isWrite = false) {
  if (!loadNow()) await load();
  try {
    return await new Promise((resolve, reject) => {
      launch({ start, isWrite, begunIn: 0, traps: 0, resolve, reject });
    });
  } catch (thrown) {
    throw thrown instanceof Lost ? lossOf(thrown, isWrite) : errorOf(thrown);
  }
}

/**
 * Calls an export that answers at once.
 *
 * @template {unknown[]} A
 * @template T
 * @param {(...args: A) => T} run
 * @param {A} args
 */
export function callNow(run, ...args) {
  initNow();
  try {
    return runNow(run, ...args);
  } catch (thrown) {
    if (thrown instanceof Lost) throw lossOf(thrown, false);
    if (thrown instanceof Refusal) throw errorOf(thrown);
    // No stack is left, which says nothing of the module.
    throw thrown instanceof RangeError ? thrown : defect(thrown, lastPanic());
  }
}

/** What the module rejected with, as what is thrown. @param {unknown} thrown */
export function errorOf(thrown) {
  if (!(thrown instanceof Refusal)) return thrown;
  const error = toError({ ...thrown.error, cause: thrown.cause });
  if (thrown.handle !== undefined) Object.defineProperty(error, 'handle', { value: thrown.handle });
  return error;
}

/** @param {Lost} lost @param {boolean} isWrite */
function lossOf({ cause, panic }, isWrite) {
  const said = [panic, isWrite && 'the request may have been carried out all the same'].filter(Boolean);
  return defect(cause, said.length === 0 ? null : said.join('; '));
}
