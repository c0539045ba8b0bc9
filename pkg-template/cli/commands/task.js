// @ts-check
import { connect } from '../connection.js';
import { UsageError } from '../errors.js';
import { CONNECTION, SAVING, SHOWING } from '../options.js';
import { checkOutput } from '../save.js';
import { showTask } from '../show/task-result.js';

/** @import { Command } from '../types.js' */

/** @type {Command} */
export const task = {
  name: 'task',
  summary: 'ask once what has become of an import or export',
  usage: ['<instanceId> <taskId>'],
  options: [...SAVING, ...CONNECTION, ...SHOWING],
  examples: ['task 2c1a… 9f3e…', 'task 2c1a… 9f3e… --output apis.json'],
  async run({ values, positionals, output }) {
    if (positionals.length !== 2) throw new UsageError('task: expected an instance id and a task id', 'task');
    checkOutput(values);
    const [instanceId, taskId] = positionals;
    const client = await connect(values);
    const answer = await client.apig.asyncTask(instanceId, taskId);
    return showTask(answer, { instanceId, taskId }, values, output);
  },
};
