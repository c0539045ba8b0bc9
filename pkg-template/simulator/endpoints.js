// @ts-check
/** Every endpoint that is answered. */
import { renderTasks } from './cvr.js';
import { gatewayProgress } from './apig/gateway.js';
import { tokens } from './iam.js';
import { associate, disassociate, keypairTask } from './kps.js';
import { romaProcess } from './roma.js';
import { sfsTurboJob } from './sfs-turbo.js';
import { asyncExport, asyncImport } from './apig/start.js';
import { asyncTask } from './apig/task.js';

/** @import { Answer, Endpoint } from './types.js' */

const endpoints = [
  gatewayProgress,
  asyncTask,
  asyncImport,
  asyncExport,
  romaProcess,
  sfsTurboJob,
  associate,
  disassociate,
  keypairTask,
  renderTasks,
  tokens,
].map((endpoint) => ({
  method: 'GET',
  check: /** @returns {Answer | null} */ () => null,
  ...endpoint,
  pattern: new RegExp(`${endpoint.path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`),
}));

/**
 * The segments that a pattern names, decoded; `null` when the path does not match, or cannot be decoded.
 *
 * @param {RegExp} pattern
 * @param {string} pathname
 */
function readPath(pattern, pathname) {
  const match = pattern.exec(pathname);
  try {
    const segments = Object.values(match?.groups ?? {}).map((segment) => decodeURIComponent(segment));
    return match && { address: match[0], segments };
  } catch {
    return null;
  }
}

/**
 * The endpoint of a path, after any prefix; `null` when none has that path.
 *
 * @param {string} pathname
 */
export function findEndpoint(pathname) {
  for (const endpoint of endpoints) {
    const path = readPath(endpoint.pattern, pathname);
    if (path) return { endpoint, address: path.address, id: path.segments.at(-1) };
  }
  return null;
}

/**
 * @param {Endpoint} endpoint
 * @returns {Readonly<Record<string, string>>}
 */
const descriptions = ({ scenarios }) =>
  Object.freeze(Object.fromEntries(Object.entries(scenarios).map(([name, [description]]) => [name, description])));

export const scenarios = Object.freeze({
  instances: descriptions(gatewayProgress),
  tasks: descriptions(asyncTask),
  starts: descriptions(asyncImport),
  romaInstances: descriptions(romaProcess),
  sfsTurboJobs: descriptions(sfsTurboJob),
  keypairServers: descriptions(associate),
  keypairTasks: descriptions(keypairTask),
  renderTasks: descriptions(renderTasks),
});
