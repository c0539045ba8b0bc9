// @ts-check
// Errors as people and programs are told of them.
import { isTasksError } from 'huaweicloud-tasks';

import { oneLine } from './show/text.js';

/** The command line is wrong: what the program was given, or what it lacks. */
export class UsageError extends Error {
  kind = 'usage';

  /**
   * @param {string} message
   * @param {string} [command] whose `--help` tells more
   */
  constructor(message, command) {
    super(message);
    this.command = command;
  }
}

/**
 * The code of an error of Node's, such as ENOENT.
 *
 * @param {unknown} error
 */
export const codeOf = (error) => /** @type {NodeJS.ErrnoException} */ (error).code;

// The package speaks of its own options; whoever types a command knows them by other names.
/** @type {Record<string, string>} */
const FLAGS = {
  region: '--region',
  projectId: '--project',
  endpoint: '--endpoint',
  timeoutMs: '--timeout',
  'schedule.intervalMs': '--interval',
  groupId: '--group',
  envId: '--env',
  extendMode: '--extend-mode',
  apiMode: '--api-mode',
  fileName: '--file-name',
  oasVersion: '--oas-version',
  define: '--define',
  type: '--type',
  version: '--document-version',
  apis: '--api',
  handle: '--resume',
};

/**
 * What to say of an error, in one line.
 *
 * @param {unknown} error
 */
export function messageOf(error) {
  if (!(error instanceof Error)) return oneLine(String(error));
  const { kind, field = '', message } = /** @type {Error & { kind?: string, field?: string }} */ (error);
  const flag = kind === 'config' && Object.hasOwn(FLAGS, field) ? FLAGS[field] : null;
  const named = flag && message.startsWith(`${field}: `) ? flag + message.slice(field.length) : message;
  return oneLine(named.replace('`allowInsecure`', '--allow-insecure').replace('; see `raw`', ''));
}

/**
 * What a code means and what to do about it; `null` when nobody has words for it.
 *
 * @param {string | null | undefined} code
 */
export async function explanationOf(code) {
  if (!code) return null;
  const { explain } = await import('huaweicloud-tasks/explain');
  return explain(code);
}

/**
 * An error as the field of a JSON line.
 *
 * @param {unknown} error
 */
export async function errorToJson(error) {
  const {
    kind = 'internal',
    code = null,
    status = null,
    requestId = null,
  } = isTasksError(error) ? error : { kind: /** @type {{ kind?: string } | undefined} */ (error)?.kind };
  const { meaning = null, advice = null } = (await explanationOf(code)) ?? {};
  return { kind, code, status, requestId, message: messageOf(error), meaning, advice };
}
