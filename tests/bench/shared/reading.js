// What a caller without this package does with a body, what both do with what they got, and what that has to be.

const decoder = new TextDecoder();
const WORDS = new Map(['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'create', 'update'].map((word) => [word, 1]));

/** A body's text and what its `task_result` says. */
export function parsedTwice(raw) {
  return { raw, result: JSON.parse(JSON.parse(raw).task_result) };
}

/** The same from bytes. */
export const parsedTwiceFromBytes = (bytes) => parsedTwice(decoder.decode(bytes));

/** The same, each held against schemas of zod, or of its smaller half. */
export function validatedBy(zod) {
  const task = taskSchema(zod);
  const report = reportSchema(zod);
  return (bytes) => {
    const raw = decoder.decode(bytes);
    const { task_result } = task.parse(JSON.parse(raw));
    return { raw, result: report.parse(JSON.parse(task_result)) };
  };
}

const taskSchema = (zod) =>
  zod.object({
    task_id: zod.string(),
    task_status: zod.enum(['waiting', 'processing', 'succeed', 'failed']),
    task_type: zod.enum(['import_api', 'export_api']),
    task_result: zod.string(),
  });

function reportSchema(zod) {
  const text = zod.string();
  const success = zod.object({ id: text, action: text, method: text, path: text });
  const failure = zod.object({ method: text, path: text, error_code: text, error_msg: text });
  return zod.object({
    success: zod.array(success),
    failure: zod.array(failure),
    swagger: zod.object({ id: text, result: text }),
    group_id: text,
  });
}

/**
 * Touches all that was decoded, so that nothing is won by leaving it for later: each cell is looked up in a Map, for which it is
 * read to its end, and `raw` becomes one piece.
 */
export function touchReport({ raw, result: { success, failure } }) {
  let known = 0;
  for (const { id, method, path, action } of success) {
    known += isKnown(id) + isKnown(method) + isKnown(path) + isKnown(action);
  }
  for (const row of failure) {
    known += isKnown(row.method) + isKnown(row.path) + isKnown(row.code ?? row.error_code);
    known += isKnown(row.message ?? row.error_msg);
  }
  return makeFlat(raw) + known;
}

/** Touches an export's text and its `raw`. */
export const touchText = ({ raw, result }) => makeFlat(raw) + makeFlat(result.content ?? result.Comment);

/** Touches an export's document and its `raw`. */
export function touchDocument({ raw, document }) {
  let operations = 0;
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const { operationId } of Object.values(methods)) operations += isKnown(operationId) + isKnown(path) + 1;
  }
  return makeFlat(raw) + operations;
}

const isKnown = (cell) => WORDS.get(cell) ?? 0;

/** A text that was put together becomes one piece when it is read as a number, and that ends at its first character. */
function makeFlat(text) {
  if (!Number.isNaN(Number(text))) throw new Error('a text is a number, and was to be JSON');
  return text.length;
}

/** Refuses a result whose rows are not those of `expected`, or not plain objects of fields that can be written. */
export function checkReport(who, { raw, result }, expected) {
  const same = (one, other) => {
    if (one !== other) throw new Error(`${who} gave ${JSON.stringify(one)} instead of ${JSON.stringify(other)}`);
  };
  same(raw, expected.raw);
  for (const list of ['success', 'failure']) {
    same(result[list].length, expected.result[list].length);
    for (const [index, row] of result[list].entries()) {
      const other = expected.result[list][index];
      for (const key of ['id', 'method', 'path', 'action']) same(row[key], other[key]);
      same(row.code ?? row.error_code, other.error_code);
      same(row.message ?? row.error_msg, other.error_msg);
      checkPlain(who, row);
    }
  }
}

function checkPlain(who, row) {
  const isPlain = Object.getPrototypeOf(row) === Object.prototype;
  const fields = Object.values(Object.getOwnPropertyDescriptors(row));
  if (!isPlain || !fields.every((field) => 'value' in field && field.writable && field.enumerable)) {
    throw new Error(`${who} gave a row that is no plain object`);
  }
}
