/**
 * Every endpoint that is answered. A row has a `path`, whose last `{…}` is the id that its answer follows from, its
 * `scenarios` and the `usual` ones, and how it turns a token away (`unauthorized`). It may have a `method` (GET), a
 * `check` that refuses a request before any scenario, and `idOf`, which finds the id elsewhere than in the path;
 * `isOpen` needs no token.
 */
import { renderTasks } from './cvr.js';
import { gatewayProgress } from './gateway.js';
import { tokens } from './iam.js';
import { associate, disassociate, keypairTask } from './kps.js';
import { romaProcess } from './roma.js';
import { sfsTurboJob } from './sfs-turbo.js';
import { asyncExport, asyncImport } from './start.js';
import { asyncTask } from './task.js';

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
  check: () => null,
  ...endpoint,
  pattern: new RegExp(`${endpoint.path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`),
}));

/** The segments that a pattern names, decoded; `null` when the path does not match, or cannot be decoded. */
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
 * @returns {{ endpoint: object, address: string, id?: string } | null} `address` is the path without the prefix
 */
export function findEndpoint(pathname) {
  for (const endpoint of endpoints) {
    const path = readPath(endpoint.pattern, pathname);
    if (path) return { endpoint, address: path.address, id: path.segments.at(-1) };
  }
  return null;
}

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
