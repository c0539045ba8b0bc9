// @ts-check
// The options of the command line, and how a line is read.
import { parseArgs } from 'node:util';

import { UsageError } from './errors.js';

/** @import { ParseArgsConfig } from 'node:util' */
/** @import { Line, Option, OptionName, Typed, Values } from './types.js' */

/** @typedef {NonNullable<ParseArgsConfig['options']>} ParserOptions */

/** @type {Record<string, number>} */
const UNITS = { ms: 1, s: 1_000, m: 60_000, min: 60_000, h: 3_600_000 };

// What a timer can count: beyond it, it fires at once.
const LONGEST_MS = 24 * 86_400_000;

/**
 * A duration, such as 30, 30s, 10m or 1.5h, in milliseconds.
 *
 * @param {string} text
 * @param {string} flag
 */
function milliseconds(text, flag) {
  const [, amount, unit = 's'] = /^(\d+(?:\.\d+)?)(ms|s|min|m|h)?$/.exec(text) ?? [];
  const value = Number(amount) * UNITS[unit];
  if (value > 0 && value <= LONGEST_MS) return value;
  throw new UsageError(`${flag}: expected a duration such as 30s, 10m or 1h, at most 24 days`);
}

/**
 * @param {string} text
 * @param {string} flag
 */
function number(text, flag) {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  throw new UsageError(`${flag}: expected a number`);
}

/**
 * @param {string} text
 * @param {string} flag
 */
function port(text, flag) {
  if (/^\d+$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new UsageError(`${flag}: expected a port, from 0 to 65535`);
}

/**
 * So many requests in a window of time, such as 200/5m.
 *
 * @param {string} text
 * @param {string} flag
 */
function budget(text, flag) {
  const [, limit, window] = /^(\d+)\/(.+)$/.exec(text) ?? [];
  if (limit === undefined) throw new UsageError(`${flag}: expected so many requests in a time, such as 200/5m`);
  return { limit: Number(limit), windowMs: milliseconds(window, flag) };
}

/**
 * Every option, by name. What the package checks itself is not checked here.
 *
 * @satisfies {Record<string, Option>}
 */
export const OPTIONS = {
  region: { value: 'NAME', help: 'the region, such as cn-north-4' },
  project: { value: 'ID', help: "the project's id" },
  endpoint: { value: 'URL', help: "an address instead of the region's own" },
  'allow-insecure': { help: 'let the token go over plain http:' },
  credentials: { value: 'FILE', help: 'KEY=VALUE lines, for what the environment lacks' },
  timeout: { value: 'TIME', help: 'how long one request may take (30s)', read: milliseconds },

  'max-wait': { value: 'TIME', help: 'how long to wait for the end (1h)', read: milliseconds },
  interval: { value: 'TIME', help: 'ask this often, instead of when the end is likely', read: milliseconds },
  resume: { value: 'HANDLE', help: 'go on from a handle: its JSON, a file, or - for stdin', many: true },

  instance: { value: 'ID', help: 'the gateway' },
  group: { value: 'ID', help: 'the API group' },
  'create-group': { help: 'make a new API group, as without --group' },
  'extend-mode': { value: 'MODE', help: 'merge or override extended information (merge)' },
  'api-mode': { value: 'MODE', help: 'merge or override APIs that are there already (merge)' },
  simple: { help: 'import in simple mode' },
  mock: { help: 'give the APIs a mock backend' },
  'file-name': { value: 'NAME', help: "the file's name, if not its own" },

  env: { value: 'ID', help: 'the environment that the APIs are published in' },
  api: { value: 'ID', help: 'only this API; may be given again', many: true },
  'oas-version': { value: 'V', help: '2.0 or 3.0 (2.0)' },
  define: { value: 'WHAT', help: 'spec, proxy, all or dev (spec)' },
  type: { value: 'FORMAT', help: 'json, yaml or yml (json)' },
  'document-version': { value: 'TEXT', help: 'the version to write into the document' },

  output: { value: 'FILE', help: 'where a document goes: file, folder, - for stdout' },
  force: { help: 'overwrite a file that is there already' },

  port: { value: 'N', help: 'the port (a free one)', read: port },
  speed: { value: 'N', help: 'how much faster than the assumed service (1)', read: number },
  seed: { value: 'N', help: 'what durations and outcomes follow from (1)', read: number },
  throttle: { value: 'N/TIME', help: 'refuse more requests than this, such as 200/5m', read: budget },
  list: { help: 'list the ids that play a part of their own, and end' },

  json: { help: 'NDJSON on stdout, one event a line' },
  quiet: { help: 'results and errors only' },
  'no-color': { help: 'no colours; so does NO_COLOR' },
  help: { help: 'this text' },
  version: { help: 'the version' },
};

/** @param {OptionName} name */
export const optionOf = (name) => /** @type {Option} */ (OPTIONS[name]);

// Groups of options that commands share.
/** @type {OptionName[]} */
export const CONNECTION = ['region', 'project', 'endpoint', 'allow-insecure', 'credentials', 'timeout'];
/** @type {OptionName[]} */
export const WATCHING = ['max-wait', 'interval'];
/** @type {OptionName[]} */
export const SAVING = ['output', 'force'];
/** @type {OptionName[]} */
export const SHOWING = ['json', 'quiet', 'no-color', 'help'];

/** @type {{ [Name in OptionName]?: string }} */
const SHORT = { help: 'h', output: 'o' };
/** @param {OptionName} name */
export const shortOf = (name) => SHORT[name];

/**
 * Other users of a computer see a program's arguments, and a shell writes them into a file.
 *
 * @type {Record<string, string>}
 */
const SECRETS = {
  token: 'HUAWEICLOUD_TOKEN',
  ak: 'HUAWEICLOUD_SDK_AK',
  'access-key': 'HUAWEICLOUD_SDK_AK',
  sk: 'HUAWEICLOUD_SDK_SK',
  'secret-key': 'HUAWEICLOUD_SDK_SK',
  'security-token': 'HUAWEICLOUD_SDK_SECURITY_TOKEN',
  password: 'HUAWEICLOUD_TOKEN (a token, got with the password)',
};

/** @param {string[]} args */
function refuseSecrets(args) {
  for (const arg of args) {
    if (arg === '--') return;
    const [, name] = /^--([\w-]+)/.exec(arg) ?? [];
    if (name === undefined || !Object.hasOwn(SECRETS, name)) continue;
    throw new UsageError(
      `--${name}: a secret is not taken from an argument, which others can see; ` +
        `put it into the environment as ${SECRETS[name]}, or into a file for --credentials`,
    );
  }
}

/**
 * Reads a command's arguments: the values of its options, the same as they were `typed`, and the rest.
 *
 * @param {string[]} args
 * @param {OptionName[]} names
 * @returns {Line}
 */
export function readArguments(args, names) {
  refuseSecrets(args);
  const options = Object.fromEntries(names.map((name) => [name, parserOption(name)]));
  const { values: typed, positionals } = parse(args, options);
  /** @type {Record<string, unknown>} */
  const values = { ...typed };
  for (const [name, value] of Object.entries(typed)) {
    const { read } = optionOf(/** @type {OptionName} */ (name));
    if (value === '') throw new UsageError(`--${name}: expected a value`);
    if (read) values[name] = read(/** @type {string} */ (value), `--${name}`);
  }
  return { values: /** @type {Values} */ (values), typed: /** @type {Typed} */ (typed), positionals };
}

/**
 * @param {OptionName} name
 * @returns {ParserOptions[string]}
 */
function parserOption(name) {
  const { value, many = false } = optionOf(name);
  return { type: value ? 'string' : 'boolean', multiple: many, ...(SHORT[name] && { short: SHORT[name] }) };
}

/**
 * @param {string[]} args
 * @param {ParserOptions} options
 */
function parse(args, options) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    const { code = '', message } = /** @type {NodeJS.ErrnoException} */ (error);
    // Node's own words are long, and tell of `--` and other things that do not help here.
    /** @type {Record<string, string>} */
    const problems = {
      ERR_PARSE_ARGS_UNKNOWN_OPTION: 'unknown option',
      ERR_PARSE_ARGS_INVALID_OPTION_VALUE: /does not take/.test(message) ? 'takes no value' : 'expected a value',
    };
    if (!Object.hasOwn(problems, code)) throw error;
    const [flag] = /--[\w-]+/.exec(message) ?? /-\w/.exec(message) ?? [];
    throw new UsageError(`${flag}: ${problems[code]}`);
  }
}

/**
 * The options among `names` as they were typed, to type them again.
 *
 * @param {Typed} typed
 * @param {OptionName[]} names
 */
export const repeated = (typed, names) =>
  names.flatMap((name) => {
    const value = typed[name];
    if (value === undefined) return [];
    return value === true ? [`--${name}`] : [value].flat().flatMap((one) => [`--${name}`, one]);
  });
