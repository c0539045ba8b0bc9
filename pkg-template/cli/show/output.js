// @ts-check
// Where everything that is told goes: results to stdout, progress and complaints to stderr; with --json, events to
// stdout.
import { createAnnotations } from './annotations.js';
import { createLines } from './lines.js';
import { createLive } from './live.js';
import { glyphsFor, isLive, painter } from './style.js';

/** @import { Writable } from 'node:stream' */
/** @import { Progress, Values } from '../types.js' */

/** @type {Progress} */
const NO_PROGRESS = { begin() {}, change() {}, end() {} };

/**
 * @param {Pick<Values, 'json' | 'quiet' | 'no-color' | 'output'>} [values]
 * @param {Pick<NodeJS.Process, 'env' | 'stdout' | 'stderr'>} [process]
 */
export function createOutput(values = {}, { env, stdout, stderr } = process) {
  /**
   * @param {Writable} stream
   * @param {string[]} lines
   */
  const write = (stream, lines) => stream.write(lines.map((line) => `${line}\n`).join(''));
  return {
    isJson: values.json === true,
    paint: painter(stdout, env, values),
    annotations: createAnnotations(env, stderr),
    progress: progressOf(values, env, stderr),
    /**
     * A result, for people; beside a document on stdout.
     *
     * @param {string[]} lines
     */
    print: (...lines) => values.json || write(values.output === '-' ? stderr : stdout, lines),
    /**
     * What came of a request for a document: to stdout as it is.
     *
     * @param {string} text
     */
    printRaw: (text) => stdout.write(text.endsWith('\n') ? text : `${text}\n`),
    /**
     * What is worth knowing, and is no result.
     *
     * @param {string[]} lines
     */
    remark: (...lines) => values.quiet || write(stderr, lines),
    /** @param {string[]} lines */
    complain: (...lines) => write(stderr, lines),
    /**
     * An event, for programs.
     *
     * @param {string} event
     * @param {object} fields
     */
    emit: (event, fields) => values.json && write(stdout, [JSON.stringify({ event, at: Date.now(), ...fields })]),
  };
}

/**
 * @param {Pick<Values, 'json' | 'quiet' | 'no-color'>} values
 * @param {NodeJS.ProcessEnv} env
 * @param {NodeJS.Process['stderr']} stderr
 */
function progressOf({ json, quiet, ...values }, env, stderr) {
  if (json || quiet) return NO_PROGRESS;
  if (!isLive(stderr, env)) return createLines(stderr);
  return createLive(stderr, { glyphs: glyphsFor(env), paint: painter(stderr, env, values) });
}
