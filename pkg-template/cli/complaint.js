// An error as it is told: in words, as an event, as an annotation.
import { isTasksError } from 'huaweicloud-tasks';

import { errorToJson, messageOf } from './errors.js';
import { adviceOn } from './show/report.js';
import { oneLine } from './show/text.js';

const NAME = 'huaweicloud-tasks';

/** Tells of an error. @param about `label` and `operation`: what it is about, when that is known */
export async function complainOf(error, output, { label, operation = null } = {}) {
  const message = messageOf(error);
  const { code = null, requestId = null } = isTasksError(error) ? error : {};
  const about = label === undefined ? NAME : `${NAME}: ${label}`;
  output.emit('error', { operation, error: await errorToJson(error) });
  output.complain(`${about}: ${message}${requestId ? ` (request ${oneLine(requestId)})` : ''}`, ...(await adviceOn(code)));
  if (error.command !== undefined) output.complain(`Try: ${`${NAME} ${error.command}`.trim()} --help`);
  output.annotations.error(about, message);
}
