// @ts-check
// Operations watched to their ends, or until it is time to stop.
import { complainOf } from './complaint.js';
import { explanationOf, messageOf } from './errors.js';
import { progressFields, resultFields, subjectOf } from './show/events.js';
import { EXIT, exitOfError, exitOfState, worst } from './exit.js';
import { Stopped } from './interrupt.js';
import { lineOf } from './show/lines.js';
import { countsOf, operationLines, reason, reportOf } from './show/report.js';
import { duration, oneLine } from './show/text.js';

/** @import { Operation, OperationView } from 'huaweicloud-tasks' */
/** @import { Annotations, Output, Watch } from './types.js' */

const MAX_WAIT_MS = 3_600_000;
const MOST_ANNOTATIONS = 10;

/**
 * Watches operations, tells how they fare and what they came to.
 *
 * @param {Watch} watch
 * @param {Output} output
 * @returns {Promise<number>} the exit code
 */
export async function watchToEnd(watch, output) {
  // What it is if the program is cut off from now on.
  process.exitCode = EXIT.running;
  const rows = new Map(firstOfEach(watch.operations).map((operation) => [operation, new Row(operation)]));
  const stopped = await follow(watch, rows, output);
  /** @type {{ code: number, goesOn: boolean, cells: string[] }[]} */
  const ends = [];
  for (const [operation, row] of rows) ends.push(await tellEnd(operation, row, watch, output));
  const goingOn = [...rows].filter((_, index) => ends[index].goesOn);
  if (goingOn.length > 0) tellHowToGoOn(goingOn, { ...watch, stopped }, output);
  output.annotations.summarize(
    ['Operation', 'State', 'Took', 'What'],
    ends.map(({ cells }) => cells),
  );
  return worst(ends.map(({ code }) => code));
}

/**
 * The same resource, named twice, is one.
 *
 * @param {Operation[]} operations
 */
const firstOfEach = (operations) => {
  /** @type {Map<string, Operation>} */
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
  /** @type {unknown} */
  error = null;
  #operation;
  /** @type {OperationView | null} */
  #seen = null;

  /** @param {Operation} operation */
  constructor(operation) {
    const { kind, ...ids } = subjectOf(operation);
    this.#operation = operation;
    this.kind = kind;
    this.label = oneLine(Object.values(ids).at(-1) ?? '');
  }

  /** What was seen last: also what is no change, as it may end at another time than was thought. */
  get view() {
    const { view } = this.#operation;
    if (view !== this.#seen) this.seenAt = Date.now();
    this.#seen = view;
    return view;
  }
}

/**
 * Follows them until all are over, and says why it has stopped before, if it has.
 *
 * @param {Watch} watch
 * @param {Map<Operation, Row>} rows
 * @param {Output} output
 * @returns {Promise<Stopped | null>}
 */
async function follow({ client, controller, maxWaitMs = MAX_WAIT_MS }, rows, output) {
  const { signal } = controller;
  const late = () => controller.abort(new Stopped(`still running after ${duration(maxWaitMs)}`));
  const timer = setTimeout(late, maxWaitMs);
  output.progress.begin([...rows.values()]);
  try {
    for await (const { operation, now, error } of client.watchAll(rows.keys(), { signal })) {
      const row = /** @type {Row} */ (rows.get(operation));
      row.error = error;
      if (error !== null || now === null) continue;
      output.progress.change(row);
      output.emit('progress', { operation: subjectOf(operation), ...progressFields(now) });
    }
    return null;
  } catch (error) {
    if (error !== signal.reason) throw error;
    return /** @type {Stopped} */ (error);
  } finally {
    clearTimeout(timer);
    output.progress.end();
  }
}

/**
 * Tells how the watching of one operation ended.
 *
 * @param {Operation} operation
 * @param {Row} row
 * @param {Watch} watch
 * @param {Output} output
 */
async function tellEnd(operation, row, { finish, isStarted }, output) {
  const { kind, label, view, error } = row;
  /** @type {(state: string, what: string) => string[]} */
  const cells = (state, what) => [`${kind} ${label}`, state, view ? duration(view.elapsedMs) : '-', what];
  if (error !== null) {
    await complainOf(error, output, { label, operation: subjectOf(operation) });
    const goesOn = view !== null || isStarted === true;
    return { code: exitOfError(error), goesOn, cells: cells('error', messageOf(error)) };
  }
  if (view === null || !operation.isOver) {
    return { code: EXIT.running, goesOn: true, cells: cells(view?.state ?? 'not asked', 'still running') };
  }
  const { remark, file, document, code = EXIT.done } = await finish(view);
  output.emit('result', { operation: subjectOf(operation), ...(await resultFields(view)), file });
  output.print(...(await operationLines(label, view, output)), ...(remark ? [`  ${remark}`] : []));
  if (document !== undefined) output.printRaw(document);
  await annotate(label, view, output.annotations);
  return { code: worst([exitOfState(view.state), code]), goesOn: false, cells: cells(view.state, summaryOf(view)) };
}

/** @param {OperationView} view */
function summaryOf(view) {
  if (view.state === 'failed' || (view.state === 'cancelled' && view.error)) return reason(view.error);
  const report = view.kind === 'apig.task' ? reportOf(view.detail) : null;
  return report ? countsOf(report) : '';
}

/**
 * @param {string} label
 * @param {OperationView} view
 * @param {Annotations} annotations
 */
async function annotate(label, view, annotations) {
  const { kind, state, error } = view;
  const title = `${kind} ${label}: ${state}`;
  const summary = summaryOf(view);
  if (state === 'succeeded' || state === 'steady')
    annotations.notice(title, summary || `after ${duration(view.elapsedMs)}`);
  if (state === 'partial') annotations.warning(title, summary);
  if (state === 'failed' || state === 'cancelled') {
    const { advice = '' } = (await explanationOf(error?.code)) ?? {};
    annotations.error(title, `${summary}\n${advice}`.trim());
  }
  if (state !== 'partial' || kind !== 'apig.task') return;
  for (const api of reportOf(view.detail)?.failure.slice(0, MOST_ANNOTATIONS) ?? []) {
    annotations.warning(oneLine(`${api.method} ${api.path} refused`), reason(api));
  }
}

/**
 * What is needed to go on: the handles, and the command line that takes them.
 *
 * @param {[Operation, Row][]} rows
 * @param {Pick<Watch, 'commandFor'> & { stopped: Stopped | null }} how
 * @param {Output} output
 */
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
