// Bodies to decode, made by chance that is the same in every run. No text of one comes again in another.

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'];
const ACTIONS = ['create', 'update'];
const WORDS = ['orders', 'positions', 'customers', 'invoices', 'gateways', 'certificates', 'plugins', 'tags'];
/** Parts of paths of which each asks something else of a reader: nothing, an escape, two bytes a character, and four. */
const ODD_PARTS = ['plain', 'a "quoted\\part"\t', 'zürich', '東京/😀'];

const encoder = new TextEncoder();

export class Chance {
  #state;

  constructor(seed) {
    this.#state = seed;
  }

  /** 32 bits: mulberry32. */
  bits() {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }

  oneOf(values) {
    return values[this.bits() % values.length];
  }

  id() {
    return Array.from({ length: 4 }, () => this.bits().toString(16).padStart(8, '0')).join('');
  }

  path() {
    return `/v1/${this.oneOf(WORDS)}/{order_id}/${this.oneOf(WORDS)}/${this.bits()}`;
  }
}

/** An import of so many APIs, of which one in fifty was refused: its bytes, and the path of the last one. */
export function importOf(chance, rows) {
  const refused = Math.floor(rows / 50);
  const success = Array.from({ length: rows - refused }, () => ({
    id: chance.id(),
    action: chance.oneOf(ACTIONS),
    method: chance.oneOf(METHODS),
    path: chance.path(),
  }));
  const failure = Array.from({ length: refused }, () => ({
    method: chance.oneOf(METHODS),
    path: chance.path(),
    error_code: 'APIG.3201',
    error_msg: `The API ${chance.bits()} already exists`,
  }));
  const swagger = { id: chance.id(), result: 'Success' };
  const task_result = JSON.stringify({ success, failure, swagger, group_id: chance.id() });
  return bodyOf(
    JSON.stringify({ task_id: chance.id(), task_status: 'succeed', task_type: 'import_api', task_result }),
    success.at(-1).path,
  );
}

/**
 * The same as another service could write it: escapes, characters of several bytes, fields that nobody reads, spaces,
 * and `task_result` not the last field. Half-way, the rows change the order of their fields and how they escape.
 */
export function oddImportOf(chance, rows) {
  let path;
  const row = (_, index) => {
    path = `${chance.path()}/${chance.oneOf(ODD_PARTS)}`;
    const [id, action, method] = [chance.id(), chance.oneOf(ACTIONS), chance.oneOf(METHODS)];
    if (index < rows / 2) return fields({ id, remark: 'none', action, method, path }, JSON.stringify);
    return fields({ path, method, tags: ['a', { b: null }], id, action, weight: 12.5 }, cautious);
  };
  const success = Array.from({ length: rows }, row).join(',\n  ');
  const task_result = `{ "swagger": { "id": "${chance.id()}", "result": "Success" }, "success": [\n  ${success}\n], "failure": [] }`;
  const task = { task_result, task_type: 'import_api', task_status: 'succeed', task_id: chance.id() };
  return bodyOf(JSON.stringify(task, null, 2), path);
}

/** An object's text, with spaces. */
const fields = (object, write) =>
  `{ ${Object.entries(object)
    .map(([key, value]) => `"${key}": ${write(value)}`)
    .join(', ')} }`;

/** JSON that escapes whatever may be escaped. */
const cautious = (value) =>
  JSON.stringify(value)
    .replaceAll('/', '\\/')
    .replaceAll(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** An export of an OpenAPI document, of about so many bytes. */
export function exportOf(chance, bytes) {
  const paths = {};
  // What a path comes to in the body, with its escapes.
  for (let left = bytes; left > 0; left -= 830) {
    paths[chance.path()] = {
      [chance.oneOf(['get', 'post', 'put', 'delete'])]: {
        operationId: chance.id(),
        description: `What ${chance.oneOf(WORDS)} of ${chance.bits()} come to`,
        parameters: [{ name: 'order_id', in: 'path', required: true, schema: { type: 'string' } }],
        responses: { 200: { description: 'OK' }, default: { description: chance.id() } },
        'x-apigateway-request-type': 'public',
        'x-apigateway-match-mode': 'NORMAL',
      },
    };
  }
  const info = { title: chance.id(), version: '2026-01-01' };
  return exportBodyOf(chance, JSON.stringify({ openapi: '3.0.0', info, paths }, null, 1));
}

/** An export whose document is nothing but quotes, each of them four bytes of the body. */
export const escapesOf = (chance, bytes) => exportBodyOf(chance, '"'.repeat(bytes / 4), '.yaml');

function exportBodyOf(chance, document, FileType = '.json') {
  const task_result = JSON.stringify({ FileName: chance.id(), FileType, Comment: document });
  const task = { task_id: chance.id(), task_status: 'succeed', task_type: 'export_api', task_result };
  return bodyOf(JSON.stringify(task), document.slice(-64));
}

const bodyOf = (text, last) => ({ bytes: encoder.encode(text), last });
