// @ts-check
import { decodeAsyncTask } from 'huaweicloud-tasks';

import { UsageError } from '../errors.js';
import { readInput } from '../input.js';
import { SAVING, SHOWING } from '../options.js';
import { checkOutput } from '../save.js';
import { showTask } from '../show/task-result.js';

/** @import { Command } from '../types.js' */

/** @type {Command} */
export const decode = {
  name: 'decode',
  summary: 'read the body of an async task that you already have',
  usage: ['[file]'],
  options: [...SAVING, ...SHOWING],
  examples: ['decode body.json', 'curl … | huaweicloud-tasks decode'],
  async run({ values, positionals, output }) {
    const [path = '-', ...rest] = positionals;
    if (rest.length > 0) throw new UsageError('decode: expected one file, or - for stdin', 'decode');
    if (positionals.length === 0 && process.stdin.isTTY) {
      throw new UsageError('decode: expected a file, or a body on stdin', 'decode');
    }
    checkOutput(values);
    const { bytes } = await readInput(path);
    const answer = decodeAsyncTask(bytes);
    return showTask(answer, { taskId: answer.id }, values, output);
  },
};
