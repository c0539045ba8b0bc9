// Operations watched to their ends, or until it is time to stop.
import { complainOf } from './complaint.js';
import { explanationOf, messageOf } from './errors.js';
import { progressFields, resultFields, subjectOf } from './show/events.js';
import { EXIT, exitOfError, exitOfState, worst } from './exit.js';
import { Stopped } from './interrupt.js';
import { lineOf } from './show/lines.js';
import { countsOf, operationLines, reason } from './show/report.js';
import { duration, oneLine } from './show/text.js';

const MAX_WAIT_MS = 3_600_000;
const MOST_ANNOTATIONS = 10;

/**
 * Watches operations, tells how they fare and what they came to.
 *
 * @param watch `{ client, operations, controller, maxWaitMs, isStarted, commandFor, finish }`: `isStarted` when this
 * program started them, `commandFor(handles)` is the command line to go on with, `finish(operation, view)` does what is
 * to be done with what has ended, and gives more to tell of it
 * @returns {Promise<number>} the exit code
 */
export async function watchToEnd(watch, output) {
  // What it is if the program is cut off from now on.
  process.exitCode = EXIT.running;
  const rows = new Map(firstOfEach(watch.operations).map((operation) => [operation, new Row(operation)]));
  const stopped = await follow(watch, rows, output);
  const ends = [];
  for (const [operation, row] of rows) ends.push(await tellEnd(operation, row, watch, output));
  const goingOn = [...rows].filter((_, index) => ends[index].goesOn);
  if (goingOn.length > 0) tellHowToGoOn(goingOn, { ...watch, stopped }, output);
  output.annotations.summarize(['Operation', 'State', 'Took', 'What'], ends.map(({ cells }) => cells));
  return worst(ends.map(({ code }) => code));
}

/** The same resource, named twice, is one. */
const firstOfEach = (operations) => {
  const known = new Map();
  for (const operation of operations) {
    const key = JSON.stringify(subjectOf(operation));
    if (!known.has(key)) known.set(key, operation);
  }
  return [...known.values()];
};

/** An operation as it is shown. */
class Row {
  beganAt = Date.now();
  seenAt = 0;
  error = null;
  #operation;
  #seen = null;

  constructor(operation) {
    const { kind, ...ids } = subjectOf(operation);
    this.#operation = operation;
    this.kind = kind;
    this.label = oneLine(Object.values(ids).at(-1));
  }

  /** What was seen last: also what is no change, as it may end at another time than was thought. */
  get view() {
    const { view } = this.#operation;
    if (view !== this.#seen) this.seenAt = Date.now();
    this.#seen = view;
    return view;
  }
}

/** Follows them until all are over, and says why it has stopped before, if it has. */
async function follow({ client, controller, maxWaitMs = MAX_WAIT_MS }, rows, output) {
  const { signal } = controller;
  const late = () => controller.abort(new Stopped(`still running after ${duration(maxWaitMs)}`));
  const timer = setTimeout(late, maxWaitMs);
  output.progress.begin([...rows.values()]);
  try {
    for await (const { operation, now, error } of client.watchAll(rows.keys(), { signal })) {
      const row = rows.get(operation);
      row.error = error;
      if (error !== null) continue;
      output.progress.change(row);
      output.emit('progress', { operation: subjectOf(operation), ...progressFields(now) });
    }
    return null;
  } catch (error) {
    if (error !== signal.reason) throw error;
    return error;
  } finally {
    clearTimeout(timer);
    output.progress.end();
  }
}

/** Tells how the watching of one operation ended. */
async function tellEnd(operation, row, { finish, isStarted }, output) {
  const { kind, label, view, error } = row;
  const cells = (state, what) => [`${kind} ${label}`, state, view ? duration(view.elapsedMs) : '-', what];
  if (error !== null) {
    await complainOf(error, output, { label, operation: subjectOf(operation) });
    const goesOn = view !== null || isStarted === true;
    return { code: exitOfError(error), goesOn, cells: cells('error', messageOf(error)) };
  }
  if (view === null || !operation.isOver) {
    return { code: EXIT.running, goesOn: true, cells: cells(view?.state ?? 'not asked', 'still running') };
  }
  const { remark, file, document, code = EXIT.done } = await finish(operation, view);
  output.emit('result', { operation: subjectOf(operation), ...(await resultFields(view)), file });
  output.print(...(await operationLines(label, view, output)), ...(remark ? [`  ${remark}`] : []));
  if (document !== undefined) output.printRaw(document);
  await annotate(row, output.annotations);
  return { code: worst([exitOfState(view.state), code]), goesOn: false, cells: cells(view.state, summaryOf(view)) };
}

function summaryOf({ state, error, detail }) {
  if (state === 'failed') return reason(error);
  return detail.type === 'import_api' && detail.result ? countsOf(detail.result) : '';
}

async function annotate({ kind, label, view }, annotations) {
  const { state, detail, error } = view;
  const title = `${kind} ${label}: ${state}`;
  const summary = summaryOf(view);
  if (state === 'succeeded') annotations.notice(title, summary || `after ${duration(view.elapsedMs)}`);
  if (state === 'partial') annotations.warning(title, summary);
  if (state === 'failed') {
    const { advice = '' } = (await explanationOf(error.code)) ?? {};
    annotations.error(title, `${summary}\n${advice}`.trim());
  }
  if (state !== 'partial' || kind !== 'apig.task') return;
  for (const api of detail.result.failure.slice(0, MOST_ANNOTATIONS)) {
    annotations.warning(oneLine(`${api.method} ${api.path} refused`), reason(api));
  }
}

/** What is needed to go on: the handles, and the command line that takes them. */
function tellHowToGoOn(rows, { stopped, commandFor }, output) {
  const handles = rows.map(([operation]) => JSON.stringify(operation));
  for (const [index, [operation]] of rows.entries()) {
    const command = commandFor([handles[index]]);
    output.emit('handle', { operation: subjectOf(operation), handle: operation, command });
  }
  const command = commandFor(handles);
  const why = stopped === null ? 'Not watched any longer' : `Stopped watching (${stopped.message})`;
  const what = rows.length === 1 ? 'the operation goes on' : 'the operations go on';
  output.complain(
    ...rows.map(([, row]) => lineOf(row, Date.now())),
    `${why}; ${what}. To watch again:`,
    '',
    `  ${command}`,
    '',
  );
  if (stopped !== null) output.annotations.warning(`huaweicloud-tasks: ${stopped.message}`, `Go on with: ${command}`);
}
