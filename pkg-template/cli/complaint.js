// @ts-check
// An error as it is told: in words, as an event, as an annotation.
import { isTasksError } from 'huaweicloud-tasks';

import { errorToJson, messageOf, UsageError } from './errors.js';
import { adviceOn } from './show/report.js';
import { oneLine } from './show/text.js';

/** @import { Output } from './types.js' */

const NAME = 'huaweicloud-tasks';

/**
 * Tells of an error.
 *
 * @param {unknown} error
 * @param {Output} output
 * @param {{ label?: string, operation?: object | null }} [about] what it is about, when that is known
 */
export async function complainOf(error, output, { label, operation = null } = {}) {
  const message = messageOf(error);
  const { code = null, requestId = null } = isTasksError(error) ? error : {};
  const about = label === undefined ? NAME : `${NAME}: ${label}`;
  output.emit('error', { operation, error: await errorToJson(error) });
  const request = requestId ? ` (request ${oneLine(requestId)})` : '';
  output.complain(`${about}: ${message}${request}`, ...(await adviceOn(code)));
  if (error instanceof UsageError && error.command !== undefined) {
    output.complain(`Try: ${`${NAME} ${error.command}`.trim()} --help`);
  }
  output.annotations.error(about, message);
}
