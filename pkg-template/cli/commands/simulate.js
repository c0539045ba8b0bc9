// @ts-check
import { once } from 'node:events';

import { accessKeyOf } from '../connection.js';
import { codeOf, UsageError } from '../errors.js';
import { EXIT } from '../exit.js';
import { programName } from '../going-on.js';
import { interruptible } from '../interrupt.js';
import { SHOWING } from '../options.js';
import { serveSimulator } from '../server.js';
import { columns, oneLine } from '../show/text.js';

/** @import { Simulator } from 'huaweicloud-tasks/simulator' */
/** @import { Command, Output } from '../types.js' */
/** @typedef {typeof import('huaweicloud-tasks/simulator').scenarios} Scenarios */

const TOKEN = 'simulator-token';
const PROJECT = 'simulated-project';

/** The tables of scenarios, with the words for what their ids are of. */
const TABLES = {
  instances: 'watch apig.gateway <id>',
  tasks: 'watch apig.task any <id>',
  starts: 'import, export --instance <id>',
  romaInstances: 'watch roma.instance <id>',
  sfsTurboJobs: 'watch sfs-turbo.job <id>',
  keypairTasks: 'watch kps.task <id>',
};

/** @type {Command} */
export const simulate = {
  name: 'simulate',
  summary: 'serve simulated services here, to try it without an account',
  usage: ['[--speed N] [--port N]'],
  options: ['port', 'speed', 'seed', 'throttle', 'list', ...SHOWING],
  examples: ['simulate --speed 60', 'simulate --list'],
  async run({ values, positionals, output }) {
    if (positionals.length > 0) throw new UsageError('simulate: takes options only', 'simulate');
    const { createSimulator, scenarios } = await import('huaweicloud-tasks/simulator');
    if (values.list) return list(scenarios, output);

    const { speed, seed, throttle } = values;
    const credentials = accessKeyOf(process.env);
    const simulator = createSimulator({ speed, seed, throttle, credentials, token: TOKEN });
    /** @type {(status: number, method: string, path: string) => void} */
    const tell = (status, method, path) => output.remark(`${status} ${method} ${oneLine(path)}`);
    return interruptible(async ({ signal }) => {
      const server = await listen(simulator, values.port, tell);
      output.emit('listening', { endpoint: server.url, token: TOKEN, project: PROJECT });
      output.print(...greeting(server.url, speed, credentials !== undefined));
      if (!signal.aborted) await once(signal, 'abort');
      server.close();
      return EXIT.done;
    });
  },
};

/**
 * @param {Simulator} simulator
 * @param {number | undefined} port
 * @param {(status: number, method: string, path: string) => void} onAnswer
 */
async function listen(simulator, port = 0, onAnswer) {
  try {
    return await serveSimulator(simulator, port, onAnswer);
  } catch (error) {
    throw new UsageError(`--port: ${port} cannot be listened on (${codeOf(error)})`);
  }
}

/**
 * @param {string} url
 * @param {number | undefined} speed
 * @param {boolean} hasAccessKey
 */
function greeting(url, speed = 1, hasAccessKey) {
  const interval = speed > 1 ? ' --interval 1s' : '';
  return [
    `Simulated services at ${url}, ${speed} times as fast as assumed of the real ones. Ctrl-C ends them.`,
    ...(hasAccessKey ? ['They accept the access key of the environment, too.'] : []),
    '',
    'In another terminal:',
    '',
    `  export HUAWEICLOUD_ENDPOINT=${url}`,
    `  export HUAWEICLOUD_TOKEN=${TOKEN}`,
    `  export HUAWEICLOUD_PROJECT_ID=${PROJECT}`,
    `  ${programName()} watch apig.gateway gateway-1${interval}`,
    '',
  ];
}

/**
 * @param {Scenarios} scenarios
 * @param {Output} output
 */
function list(scenarios, output) {
  for (const [table, words] of Object.entries(TABLES)) {
    const rows = Object.entries(scenarios[/** @type {keyof Scenarios} */ (table)]);
    output.print(output.paint(1, words), ...columns(rows), '');
    for (const [id, meaning] of rows) output.emit('scenario', { table, id, meaning });
  }
  return EXIT.done;
}
