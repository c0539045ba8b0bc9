// @ts-check
// Where requests go and who sends them: from the options, the environment and a file of the same names.
import { readFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';

import { createClient } from 'huaweicloud-tasks';

import { codeOf, UsageError } from './errors.js';

/** @import { ClientOptions } from 'huaweicloud-tasks' */
/** @import { Values } from './types.js' */

/** @typedef {Record<string, string | undefined>} Variables */

/** The variables, for the help. */
export const VARIABLES = [
  ['HUAWEICLOUD_TOKEN', 'a token; or, instead of it:'],
  ['HUAWEICLOUD_SDK_AK, HUAWEICLOUD_SDK_SK', 'an access key and its secret key'],
  ['HUAWEICLOUD_SDK_SECURITY_TOKEN', 'with a temporary access key'],
  ['HUAWEICLOUD_PROJECT_ID', 'as --project'],
  ['HUAWEICLOUD_REGION, HUAWEICLOUD_ENDPOINT', 'as --region, --endpoint'],
];

/**
 * A client as the options and the environment want it.
 *
 * @param {Values} values
 * @param {Variables} [env]
 */
export async function connect(values, env = process.env) {
  const sources = [filled(env)];
  if (values.credentials !== undefined) sources.push(await readVariables(values.credentials));
  /** @param {string} name */
  const from = (name) => sources.find((source) => name in source)?.[name];

  const projectId = values.project ?? from('HUAWEICLOUD_PROJECT_ID');
  const where = placeOf(values, sources);
  const who = identityOf(sources);
  const missing = [
    where === null && 'HUAWEICLOUD_REGION (or --region)',
    projectId === undefined && 'HUAWEICLOUD_PROJECT_ID (or --project)',
    ...(who === null ? missingOf(sources) : []),
  ].filter(Boolean);
  if (missing.length > 0) {
    throw new UsageError(`not set: ${missing.join('; ')}; see huaweicloud-tasks --help`);
  }
  const options = {
    ...where,
    ...who,
    projectId,
    allowInsecure: values['allow-insecure'],
    timeoutMs: values.timeout,
    schedule: values.interval && { intervalMs: values.interval },
  };
  // The package itself refuses what does not go together, such as a region and an endpoint.
  return createClient(/** @type {ClientOptions} */ (options));
}

/**
 * The access key of the environment, if there is one.
 *
 * @param {Variables} env
 */
export function accessKeyOf(env) {
  const { HUAWEICLOUD_SDK_AK: accessKey, HUAWEICLOUD_SDK_SK: secretKey, ...rest } = filled(env);
  if (accessKey === undefined || secretKey === undefined) return undefined;
  return { accessKey, secretKey, securityToken: rest.HUAWEICLOUD_SDK_SECURITY_TOKEN };
}

/**
 * An option beats the environment, which beats the file; in each, an endpoint beats a region.
 *
 * @param {Values} values
 * @param {Variables[]} sources
 */
function placeOf({ region, endpoint }, sources) {
  if (region !== undefined || endpoint !== undefined) return { region, endpoint };
  for (const { HUAWEICLOUD_ENDPOINT: endpoint, HUAWEICLOUD_REGION: region } of sources) {
    if (endpoint !== undefined) return { endpoint };
    if (region !== undefined) return { region };
  }
  return null;
}

/**
 * A token or a whole access key out of one source: halves of two never make one.
 *
 * @param {Variables[]} sources
 */
function identityOf(sources) {
  for (const source of sources) {
    if (source.HUAWEICLOUD_TOKEN !== undefined) return { token: source.HUAWEICLOUD_TOKEN };
    const credentials = accessKeyOf(source);
    if (credentials !== undefined) return { credentials };
  }
  return null;
}

/** @param {Variables[]} sources */
function missingOf(sources) {
  /** @param {string} name */
  const isThere = (name) => sources.some((source) => name in source);
  const [ak, sk] = ['HUAWEICLOUD_SDK_AK', 'HUAWEICLOUD_SDK_SK'];
  if (isThere(ak) && isThere(sk)) return [`${ak} and ${sk} in the same place`];
  if (isThere(ak)) return [`${sk}, which goes with ${ak}`];
  if (isThere(sk)) return [`${ak}, which goes with ${sk}`];
  return [`HUAWEICLOUD_TOKEN, or ${ak} and ${sk}`];
}

/**
 * A variable that is empty is one that is not set.
 *
 * @param {Variables} variables
 */
const filled = (variables) => Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));

/** @param {string} path */
async function readVariables(path) {
  try {
    return filled(parseEnv(await readFile(path, 'utf8')));
  } catch (error) {
    throw new UsageError(`--credentials: ${path} cannot be read (${codeOf(error)})`);
  }
}
