// Where everything that is told goes: results to stdout, progress and complaints to stderr; with --json, events to
// stdout.
import { createAnnotations } from './annotations.js';
import { createLines } from './lines.js';
import { createLive } from './live.js';
import { glyphsFor, isLive, painter } from './style.js';

const NO_PROGRESS = { begin() {}, change() {}, end() {} };

/** @param values the options `json`, `quiet`, `no-color` and `output` */
export function createOutput(values = {}, { env, stdout, stderr } = process) {
  const write = (stream, lines) => stream.write(lines.map((line) => `${line}\n`).join(''));
  return {
    isJson: values.json === true,
    paint: painter(stdout, env, values),
    annotations: createAnnotations(env, stderr),
    progress: progressOf(values, env, stderr),
    /** A result, for people; beside a document on stdout. */
    print: (...lines) => values.json || write(values.output === '-' ? stderr : stdout, lines),
    /** What came of a request for a document: to stdout as it is. */
    printRaw: (text) => stdout.write(text.endsWith('\n') ? text : `${text}\n`),
    /** What is worth knowing, and is no result. */
    remark: (...lines) => values.quiet || write(stderr, lines),
    complain: (...lines) => write(stderr, lines),
    /** An event, for programs. */
    emit: (event, fields) => values.json && write(stdout, [JSON.stringify({ event, at: Date.now(), ...fields })]),
  };
}

function progressOf({ json, quiet, ...values }, env, stderr) {
  if (json || quiet) return NO_PROGRESS;
  if (!isLive(stderr, env)) return createLines(stderr);
  return createLive(stderr, { glyphs: glyphsFor(env), paint: painter(stderr, env, values) });
}
