// @ts-check
import { connect } from '../connection.js';
import { UsageError } from '../errors.js';
import { readInput } from '../input.js';
import { CONNECTION, SHOWING, WATCHING } from '../options.js';
import { required, startAndWatch } from '../start.js';

/** @import { ImportOptions } from 'huaweicloud-tasks' */
/** @import { Command } from '../types.js' */

/** @type {Command} */
export const importApis = {
  name: 'import',
  summary: 'import an OpenAPI file into a gateway, and watch it',
  usage: ['<file> --instance ID [--group ID]'],
  options: [
    'instance',
    'group',
    'create-group',
    'api-mode',
    'extend-mode',
    'simple',
    'mock',
    'file-name',
    ...WATCHING,
    ...CONNECTION,
    ...SHOWING,
  ],
  examples: [
    'import petstore.yaml --instance 2c1a… --group 5d0b…',
    'generate | huaweicloud-tasks import - --instance 2c1a…',
  ],
  async run({ values, typed, positionals, output }) {
    const [path, ...rest] = positionals;
    if (path === undefined || rest.length > 0) {
      throw new UsageError('import: expected one file, or - for stdin', 'import');
    }
    const instanceId = required(values, 'instance', 'import');
    if (values.group !== undefined && values['create-group']) {
      throw new UsageError('--create-group: give it or --group, not both', 'import');
    }
    const client = await connect(values);
    const { bytes, name } = await readInput(path);
    const options = {
      isCreateGroup: values.group === undefined,
      groupId: values.group,
      apiMode: values['api-mode'],
      extendMode: values['extend-mode'],
      simpleMode: values.simple,
      mockMode: values.mock,
      fileName: values['file-name'] ?? name,
    };
    /** @param {AbortSignal} signal */
    const begin = (signal) =>
      client.apig.importApis(instanceId, bytes, /** @type {ImportOptions} */ ({ ...options, signal }));
    return startAndWatch('import', client, begin, { values, typed, output });
  },
};
