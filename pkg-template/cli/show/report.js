// What an operation came to, in lines for people.
import { explanationOf } from '../errors.js';
import { columns, count, duration, oneLine } from './text.js';

const COLOURS = { succeeded: 32, partial: 33, failed: 31 };
const MOST_EXPLANATIONS = 5;

const said = (text) => oneLine(text ?? '-');

/** Why something failed, in the service's words. */
export const reason = (failure) =>
  [failure?.code, failure?.message].filter(Boolean).map(oneLine).join(': ') || 'the service gave no reason';

/** The state of an async task, in the words that all operations share. */
export function stateOfTask({ status, result }) {
  if (status === 'succeed') return result?.partial ? 'partial' : 'succeeded';
  return { waiting: 'waiting', processing: 'running', failed: 'failed' }[status] ?? 'unknown';
}

/** What a code means and what to do, in one line each. */
export async function adviceOn(code) {
  const explanation = await explanationOf(code);
  return explanation ? [`  ${explanation.meaning}`, `  ${explanation.advice}`] : [];
}

/** The result of an operation that was watched. */
export async function operationLines(label, view, { paint }) {
  const took = ` after ${duration(view.elapsedMs)}`;
  return outcomeLines({ label, ...view, status: oneLine(view.status) }, took, paint);
}

/** The result of an async task that was asked about once, or that was in a file. */
export async function taskLines(task, { paint }) {
  const error = task.status === 'failed' ? task.result : null;
  return outcomeLines(
    { label: said(task.id), state: stateOfTask(task), status: oneLine(task.status), error, detail: task, parts: [] },
    '',
    paint,
  );
}

async function outcomeLines({ label, state, status, error, detail, parts, kind = 'apig.task' }, took, paint) {
  const isReport = kind === 'apig.task' && detail.type === 'import_api' && detail.status === 'succeed';
  const why = state === 'failed' ? `: ${reason(error)}` : isReport ? `: ${countsOf(detail.result)}` : '';
  const word = paint(COLOURS[state] ?? 36, state === 'unknown' ? status : state);
  return [
    `${label}: ${word}${took}${why}`,
    ...(state === 'failed' ? await adviceOn(error?.code) : []),
    ...(isReport ? await reportLines(detail.result) : []),
    ...columns(parts.map((part) => [said(part.name), part.state, part.error ? reason(part.error) : ''])),
  ];
}

/** What an import did, in numbers. */
export function countsOf({ success, failure, ignore, groupId }) {
  const counts = [`${count(success.length, 'API')} imported`];
  if (failure.length > 0) counts.push(`${failure.length.toLocaleString('en-US')} refused`);
  if (ignore.length > 0) counts.push(`${ignore.length.toLocaleString('en-US')} left out`);
  return `${counts.join(', ')}${groupId === null ? '' : ` (group ${oneLine(groupId)})`}`;
}

async function reportLines({ success, failure, ignore }) {
  const actions = { create: 'new', update: 'changed' };
  const rows = [
    ...success.map(({ method, path, action }) => ['imported', method, path, actions[action] ?? action ?? '']),
    ...failure.map((api) => ['refused', api.method, api.path, reason(api)]),
    ...ignore.map(({ method, path }) => ['left out', method, path, '']),
  ];
  const codes = [...new Set(failure.map(({ code }) => code).filter(Boolean))].slice(0, MOST_EXPLANATIONS);
  const explained = [];
  for (const code of codes) {
    const [meaning, advice] = await adviceOn(code);
    if (meaning) explained.push(`  ${oneLine(code)}: ${meaning.trim()}`, `  ${advice}`);
  }
  return [...columns(rows.map((row) => row.map(said))), ...explained];
}
