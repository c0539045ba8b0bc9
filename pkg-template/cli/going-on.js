// @ts-check
// How an operation is gone on with: the handles that `--resume` takes, and the command line that gives them.
import { UsageError } from './errors.js';
import { readInput } from './input.js';
import { CONNECTION, repeated, SAVING, WATCHING } from './options.js';
import { shellQuoted } from './show/text.js';

/** @import { OperationHandle } from 'huaweicloud-tasks' */
/** @import { Typed } from './types.js' */

/** The program's name as it was called. */
export const programName = (env = process.env) =>
  env.npm_command === 'exec' ? 'npx huaweicloud-tasks' : 'huaweicloud-tasks';

/**
 * The command line that goes on from handles, with the options of this one.
 *
 * @param {string[]} handles
 * @param {Typed} typed
 */
export function commandFor(handles, typed) {
  const options = repeated(typed, [...CONNECTION, ...WATCHING, ...SAVING, 'json', 'quiet', 'no-color']);
  const args = ['watch', ...handles.flatMap((handle) => ['--resume', handle]), ...options];
  return [programName(), ...args.map(shellQuoted)].join(' ');
}

/**
 * The handles in the values of `--resume`: JSON, or a file of them, one a line.
 *
 * @param {string[]} texts
 */
export async function readHandles(texts) {
  const handles = [];
  for (const text of texts) handles.push(...parsed(isJson(text) ? text : await textOf(text), text));
  return handles;
}

/** @param {string} text */
const isJson = (text) => /^\s*\{/.test(text);

/** @param {string} path */
const textOf = async (path) => new TextDecoder().decode((await readInput(path)).bytes);

/**
 * @param {string} text
 * @param {string} source where it is from: a path, or the text itself
 */
function parsed(text, source) {
  const whole = toObject(text);
  if (whole !== null) return [whole];
  const handles = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(toObject);
  if (handles.length > 0 && handles.every((handle) => handle !== null)) return handles;
  throw new UsageError(`--resume: ${isJson(source) ? 'this' : source} is no handle, nor handles one a line`);
}

/**
 * @param {string} text
 * @returns {OperationHandle | null}
 */
function toObject(text) {
  try {
    const value = JSON.parse(text);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}
