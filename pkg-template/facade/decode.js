import { readText, toBytes } from './bytes.js';
import { toError } from './errors.js';
import { initNow, run } from './instance.js';
import { toJson } from './options.js';

/** @see index.d.ts */
export function decodeAsyncTask(body) {
  initNow();
  const given = () => (typeof body === 'string' ? body : toJson('body', body));
  const { text, bytes } = readText(toBytes(body) ?? new TextEncoder().encode(given()));
  const { view, error } = run('decode', '', '', bytes);
  if (view === null) throw toError(error);
  return completeTask({ ...view, raw: text });
}

/** Makes rows and documents of what the module answers with. */
export function completeTask(task) {
  const { result } = task;
  if (task.type === 'import_api' && task.status === 'succeed') {
    result.success = rows(result.success, (cell) => ({ id: cell(), method: cell(), path: cell(), action: cell() }));
    result.failure = rows(result.failure, (cell) => ({ method: cell(), path: cell(), code: cell(), message: cell() }));
    result.ignore = rows(result.ignore, (cell) => ({ method: cell(), path: cell() }));
  } else if (task.type === 'export_api' && task.status === 'succeed') {
    result.document = parseObject(result.content);
  }
  return task;
}

/**
 * Rows cross from the module as one text and a number for each cell: 0 or more is the length of its text, which starts
 * where that of the cell before it ends; −1 is nothing; −2 − n is word n.
 */
function rows({ text, words, cells }, row) {
  const made = [];
  let next = 0;
  let start = 0;
  const cell = () => {
    const code = cells[next++];
    if (code >= 0) return text.slice(start, (start += code));
    return code === -1 ? null : words[-2 - code];
  };
  while (next < cells.length) made.push(row(cell));
  return made;
}

/** The object that a text holds, `null` when it holds none: YAML, a list, a text that breaks off. */
function parseObject(text) {
  try {
    const value = JSON.parse(text);
    return typeof value === 'object' && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}
