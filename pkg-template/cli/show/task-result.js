// @ts-check
// An async task that was asked about once, or whose body was there already.
import { taskFields } from './events.js';
import { exitOfState } from '../exit.js';
import { stateOfTask, taskLines } from './report.js';
import { saveDocument } from '../save.js';

/** @import { AsyncTask } from 'huaweicloud-tasks' */
/** @import { Output, Values } from '../types.js' */

/**
 * Tells what a task came to: the document itself when it is an export.
 *
 * @param {AsyncTask} task
 * @param {{ instanceId?: string, taskId: string }} ids
 * @param {Values} values
 * @param {Output} output
 */
export async function showTask(task, ids, values, output) {
  const document = task.type === 'export_api' && task.status === 'succeed' ? task.result : null;
  const { output: path, force } = values;
  const isSaved = document !== null && path !== undefined && path !== '-';
  const file = isSaved ? await saveDocument(document, path, force) : undefined;
  output.emit('result', { operation: { kind: 'apig.task', ...ids }, ...(await taskFields(task)), file });
  if (isSaved) output.print(`written to ${file}`);
  else if (document !== null && !output.isJson) output.printRaw(document.content);
  else output.print(...(await taskLines(task, output)));
  return exitOfState(stateOfTask(task));
}
