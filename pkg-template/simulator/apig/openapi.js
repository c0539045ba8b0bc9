// @ts-check
/** The APIs in a file that is imported: a Swagger 2.0 or OpenAPI 3.0 document, as JSON or as YAML. */
import { refusal } from '../answers.js';
import { isMap } from '../values.js';

/** @import { Answer, Api, JsonObject } from '../types.js' */
/** @typedef {{ apis?: undefined, refused: Answer }} Refused */

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'x-apigateway-any-method'];

/** How many APIs one file may have. Documented is that there is a limit, and its code; the number is assumed. */
const MAX_APIS = 300;

/** @param {string} text */
const unquote = (text) => text.trim().replace(/^(['"])(.*)\1$/, '$2');

/** A line `key: value` or `key:`, with its indentation. */
const YAML_ENTRY = /^( *)("[^"]*"|'[^']*'|[^\s#'"[\]{},-].*?):(?:\s+(.*))?$/;

/**
 * The mappings of a YAML text in block style, as far as finding APIs needs it: keys on lines of their own, values as
 * text. Anything else (lists, text over several lines, flow style) is passed over.
 *
 * @param {string} text
 */
function readBlockYaml(text) {
  /** @type {JsonObject} */
  const root = {};
  const open = [{ indent: -1, map: root }];
  for (const line of text.split(/\r?\n/)) {
    const [, indent, key, value] = YAML_ENTRY.exec(line.replace(/\s+#.*$/, '')) ?? [];
    if (key === undefined) continue;
    while (open[open.length - 1].indent >= indent.length) open.pop();
    const map = {};
    open[open.length - 1].map[unquote(key)] = value ? unquote(value) : map;
    open.push({ indent: indent.length, map });
  }
  return root;
}

/**
 * The document in a file; `null` when it is neither JSON nor YAML.
 *
 * @param {string} text
 * @returns {unknown}
 */
function readDocument(text) {
  if (!/^\s*[{[]/.test(text)) return readBlockYaml(text);
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** @param {JsonObject} paths */
const apisOf = (paths) =>
  Object.entries(paths).flatMap(([path, item]) =>
    Object.keys(isMap(item) ? item : {})
      .filter((method) => METHODS.includes(method.toLowerCase()))
      .map((method) => ({ method: /^x-/i.test(method) ? 'ANY' : method.toUpperCase(), path })),
  );

/**
 * Reads a file to import.
 *
 * @param {Uint8Array} bytes the file
 * @returns {{ apis: Api[], refused?: undefined } | Refused} what is in it, or why it is refused
 */
export function readOpenApi(bytes) {
  /** @type {(code: string, message: string, status?: number) => Refused} */
  const refused = (code, message, status = 400) => ({ refused: refusal(status, code, message) });
  const text = new TextDecoder().decode(bytes);
  if (text.trim() === '') return refused('APIG.3609', 'The input file is empty');
  const document = readDocument(text);
  if (!isMap(document) || Object.keys(document).length === 0) {
    return refused('APIG.3600', 'JSON or YAML format error');
  }
  const version = String(document.swagger ?? document.openapi ?? '');
  if (!/^(2\.0|3\.0(\.\d+)?)$/.test(version)) return refused('APIG.3601', 'The Swagger file version must be 2.0');
  if (!isMap(document.paths)) return refused('APIG.3602', 'Syntax error in the Swagger file');
  const apis = apisOf(document.paths);
  if (apis.length > MAX_APIS) {
    const limit = `A maximum of ${MAX_APIS} APIs can be imported at a time.`;
    return refused('APIG.3127', `The number of APIs has reached the upper limit. ${limit}`, 403);
  }
  return { apis };
}
