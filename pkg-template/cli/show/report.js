// @ts-check
// What an operation came to, in lines for people.
import { explanationOf } from '../errors.js';
import { columns, count, duration, oneLine } from './text.js';

/** @import { AsyncTask, Failure, ImportReport } from 'huaweicloud-tasks' */
/** @import { OperationPart, OperationState, OperationView } from 'huaweicloud-tasks' */
/** @import { Paint } from '../types.js' */

/**
 * @typedef {object} Outcome
 * @property {string} label
 * @property {OperationState} state
 * @property {string} status
 * @property {Failure | null} error
 * @property {ImportReport | null} report
 * @property {OperationPart[]} parts
 */

/** @type {{ [State in OperationState]?: number }} */
const COLOURS = { succeeded: 32, steady: 32, partial: 33, failed: 31, cancelled: 31 };
const MOST_EXPLANATIONS = 5;

/** @param {string | null} text */
const said = (text) => oneLine(text ?? '-');

/**
 * Why something failed, in the service's words.
 *
 * @param {Failure | null} failure
 */
export const reason = (failure) =>
  /** @type {string[]} */ ([failure?.code, failure?.message].filter(Boolean)).map(oneLine).join(': ') ||
  'the service gave no reason';

/** @type {Record<string, OperationState>} */
const STATES = { waiting: 'waiting', processing: 'running', failed: 'failed' };

/**
 * The state of an async task, in the words that all operations share.
 *
 * @param {AsyncTask} task
 */
export function stateOfTask(task) {
  if (task.status === 'succeed') return reportOf(task)?.partial ? 'partial' : 'succeeded';
  return STATES[task.status] ?? 'unknown';
}

/**
 * What an import did, when that is what a task came to.
 *
 * @param {AsyncTask} task
 */
export const reportOf = (task) => (task.type === 'import_api' && task.status === 'succeed' ? task.result : null);

/**
 * What a code means and what to do, in one line each.
 *
 * @param {string | null | undefined} code
 */
export async function adviceOn(code) {
  const explanation = await explanationOf(code);
  return explanation ? [`  ${explanation.meaning}`, `  ${explanation.advice}`] : [];
}

/**
 * The result of an operation that was watched.
 *
 * @param {string} label
 * @param {OperationView} view
 * @param {{ paint: Paint }} output
 */
export async function operationLines(label, view, { paint }) {
  const took = ` after ${duration(view.elapsedMs)}`;
  const report = view.kind === 'apig.task' ? reportOf(view.detail) : null;
  return outcomeLines({ label, ...view, status: oneLine(view.status), report }, took, paint);
}

/**
 * The result of an async task that was asked about once, or that was in a file.
 *
 * @param {AsyncTask} task
 * @param {{ paint: Paint }} output
 */
export async function taskLines(task, { paint }) {
  const error = task.status === 'failed' ? task.result : null;
  const [label, state, status] = [said(task.id), stateOfTask(task), oneLine(task.status)];
  return outcomeLines({ label, state, status, error, report: reportOf(task), parts: [] }, '', paint);
}

/**
 * @param {Outcome} outcome
 * @param {string} took
 * @param {Paint} paint
 */
async function outcomeLines({ label, state, status, error, report, parts }, took, paint) {
  const why = state === 'failed' ? `: ${reason(error)}` : report ? `: ${countsOf(report)}` : '';
  const word = paint(COLOURS[state] ?? 36, state === 'unknown' ? status : state);
  return [
    `${label}: ${word}${took}${why}`,
    ...(state === 'failed' ? await adviceOn(error?.code) : []),
    ...(report ? await reportLines(report) : []),
    ...columns(parts.map((part) => [said(part.name), part.state, part.error ? reason(part.error) : ''])),
  ];
}

/**
 * What an import did, in numbers.
 *
 * @param {ImportReport} report
 */
export function countsOf({ success, failure, ignore, groupId }) {
  const counts = [`${count(success.length, 'API')} imported`];
  if (failure.length > 0) counts.push(`${failure.length.toLocaleString('en-US')} refused`);
  if (ignore.length > 0) counts.push(`${ignore.length.toLocaleString('en-US')} left out`);
  return `${counts.join(', ')}${groupId === null ? '' : ` (group ${oneLine(groupId)})`}`;
}

/** @param {ImportReport} report */
async function reportLines({ success, failure, ignore }) {
  /** @type {Record<string, string>} */
  const actions = { create: 'new', update: 'changed' };
  const rows = [
    ...success.map(({ method, path, action }) => ['imported', method, path, actions[action ?? ''] ?? action ?? '']),
    ...failure.map((api) => ['refused', api.method, api.path, reason(api)]),
    ...ignore.map(({ method, path }) => ['left out', method, path, '']),
  ];
  const codes = /** @type {string[]} */ (failure.map(({ code }) => code).filter(Boolean));
  const explained = [];
  for (const code of [...new Set(codes)].slice(0, MOST_EXPLANATIONS)) {
    const [meaning, advice] = await adviceOn(code);
    if (meaning) explained.push(`  ${oneLine(code)}: ${meaning.trim()}`, `  ${advice}`);
  }
  return [...columns(rows.map((row) => row.map(said))), ...explained];
}
