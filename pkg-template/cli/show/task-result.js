// An async task that was asked about once, or whose body was there already.
import { taskFields } from './events.js';
import { exitOfState } from '../exit.js';
import { stateOfTask, taskLines } from './report.js';
import { saveDocument } from '../save.js';

/** Tells what a task came to: the document itself when it is an export. */
export async function showTask(task, ids, values, output) {
  const isDocument = task.type === 'export_api' && task.status === 'succeed';
  const isSaved = isDocument && values.output !== undefined && values.output !== '-';
  const file = isSaved ? await saveDocument(task.result, values) : undefined;
  output.emit('result', { operation: { kind: 'apig.task', ...ids }, ...(await taskFields(task)), file });
  if (isSaved) output.print(`written to ${file}`);
  else if (isDocument && !output.isJson) output.printRaw(task.result.content);
  else output.print(...(await taskLines(task, output)));
  return exitOfState(stateOfTask(task));
}
