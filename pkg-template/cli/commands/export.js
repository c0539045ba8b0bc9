// @ts-check
import { connect } from '../connection.js';
import { UsageError } from '../errors.js';
import { CONNECTION, SAVING, SHOWING, WATCHING } from '../options.js';
import { checkOutput } from '../save.js';
import { required, startAndWatch } from '../start.js';

/** @import { ExportOptions } from 'huaweicloud-tasks' */
/** @import { Command } from '../types.js' */

/** @type {Command} */
export const exportApis = {
  name: 'export',
  summary: 'export APIs of a gateway, watch it, and save the document',
  usage: ['--instance ID --env ID --group ID'],
  options: [
    'instance',
    'env',
    'group',
    'api',
    'type',
    'oas-version',
    'define',
    'document-version',
    ...SAVING,
    ...WATCHING,
    ...CONNECTION,
    ...SHOWING,
  ],
  examples: [
    'export --instance 2c1a… --env 7e4d… --group 5d0b…',
    'export --instance 2c1a… --env 7e4d… --group 5d0b… -o -',
  ],
  async run({ values: asked, typed, positionals, output }) {
    if (positionals.length > 0) throw new UsageError('export: takes options only', 'export');
    // A folder: the document keeps its own name in it.
    const values = { output: '.', ...asked };
    const instanceId = required(values, 'instance', 'export');
    const envId = required(values, 'env', 'export');
    const groupId = required(values, 'group', 'export');
    checkOutput(values);
    const client = await connect(values);
    const options = {
      envId,
      groupId,
      apis: values.api,
      type: values.type,
      oasVersion: values['oas-version'],
      define: values.define,
      version: values['document-version'],
    };
    /** @param {AbortSignal} signal */
    const begin = (signal) => client.apig.exportApis(instanceId, /** @type {ExportOptions} */ ({ ...options, signal }));
    return startAndWatch('export', client, begin, { values, typed: { output: '.', ...typed }, output });
  },
};
