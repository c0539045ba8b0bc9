// What `import` and `export` share: a task is started, then watched.
import { UsageError } from './errors.js';
import { subjectOf } from './show/events.js';
import { EXIT } from './exit.js';
import { commandFor, programName } from './going-on.js';
import { interruptible, Stopped } from './interrupt.js';
import { saveDocument } from './save.js';
import { oneLine, shellQuoted } from './show/text.js';
import { watchToEnd } from './watching.js';

/** Starts a task by `begin(signal)`, and watches it to its end. */
export const startAndWatch = (what, client, begin, { values, given, output }) =>
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
        commandFor: (handles) => commandFor(handles, given),
        finish: (operation, view) => saveExport(operation, view, values),
      },
      output,
    );
  });

/** Saves the document of an export that succeeded, and says where; or how to get it. */
export async function saveExport({ instanceId, taskId }, { state, detail }, values) {
  if (state !== 'succeeded' || detail.type !== 'export_api' || detail.result === null) return {};
  const later = `${programName()} task ${shellQuoted(instanceId)} ${shellQuoted(taskId)} --output`;
  if (values.output === undefined) return { remark: `save the document with: ${later} .` };
  if (values.output === '-') return { document: detail.result.content };
  try {
    const file = await saveDocument(detail.result, values);
    return { file, remark: `written to ${file}` };
  } catch (error) {
    return { code: EXIT.failed, remark: `${error.message}; save the document with: ${later} FILE` };
  }
}

/** The value of an option that a command cannot do without. */
export function required(values, name, command) {
  if (values[name] === undefined) throw new UsageError(`${command}: --${name} is missing`, command);
  return values[name];
}
