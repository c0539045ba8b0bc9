// @ts-check
// What `import` and `export` share: a task is started, then watched.
import { UsageError } from './errors.js';
import { subjectOf } from './show/events.js';
import { EXIT } from './exit.js';
import { commandFor, programName } from './going-on.js';
import { interruptible, Stopped } from './interrupt.js';
import { saveDocument } from './save.js';
import { oneLine, shellQuoted } from './show/text.js';
import { watchToEnd } from './watching.js';

/** @import { Client, OperationView, StartedTask } from 'huaweicloud-tasks' */
/** @import { Finished, Line, Output, Values } from './types.js' */

/**
 * Starts a task by `begin(signal)`, and watches it to its end.
 *
 * @param {string} what
 * @param {Client} client
 * @param {(signal: AbortSignal) => Promise<StartedTask>} begin
 * @param {Pick<Line, 'values' | 'typed'> & { output: Output }} line
 */
export const startAndWatch = (what, client, begin, { values, typed, output }) =>
  interruptible(async (controller) => {
    const operation = await begin(controller.signal).catch((error) => {
      if (!(error instanceof Stopped)) throw error;
      throw new Error(`${error.message} before the service answered: the ${what} may have been started all the same`);
    });
    output.remark(`${what} started: task ${oneLine(operation.taskId)} of gateway ${oneLine(operation.instanceId)}`);
    output.emit('handle', { operation: subjectOf(operation), handle: operation });
    return watchToEnd(
      {
        client,
        operations: [operation],
        isStarted: true,
        controller,
        maxWaitMs: values['max-wait'],
        commandFor: (handles) => commandFor(handles, typed),
        finish: (view) => saveExport(view, values),
      },
      output,
    );
  });

/**
 * Saves the document of an export that succeeded, and says where; or how to get it.
 *
 * @param {OperationView} view
 * @param {Values} values
 * @returns {Promise<Finished>}
 */
export async function saveExport(view, values) {
  if (view.kind !== 'apig.task' || view.detail.type !== 'export_api' || view.detail.status !== 'succeed') return {};
  const { instanceId, taskId, detail } = view;
  const later = `${programName()} task ${shellQuoted(instanceId)} ${shellQuoted(taskId)} --output`;
  if (values.output === undefined) return { remark: `save the document with: ${later} .` };
  if (values.output === '-') return { document: detail.result.content };
  try {
    const file = await saveDocument(detail.result, values.output, values.force);
    return { file, remark: `written to ${file}` };
  } catch (error) {
    const { message } = /** @type {Error} */ (error);
    return { code: EXIT.failed, remark: `${message}; save the document with: ${later} FILE` };
  }
}

/**
 * The value of an option that a command cannot do without.
 *
 * @param {Values} values
 * @param {'instance' | 'env' | 'group'} name
 * @param {string} command
 */
export function required(values, name, command) {
  const value = values[name];
  if (value === undefined) throw new UsageError(`${command}: --${name} is missing`, command);
  return value;
}
