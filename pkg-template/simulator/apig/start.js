// @ts-check
/**
 * The start of an asynchronous import or export of APIs.
 *
 * Documented: the fields, their words and what they are by default, the answer and its status, the codes. Assumed: the
 * messages' endings; that a wrong word is APIG.2012; that only the length of `apis` counts, and that an empty list is
 * none; that an import creates every API in a new group and updates every API in one that exists; that `define: 'spec'`
 * leaves out the backends.
 */
import { refusal, troubles } from '../answers.js';
import { readForm } from './multipart.js';
import { readOpenApi } from './openapi.js';
import { randomFrom, randomId } from '../random.js';
import { isText, readJson } from '../values.js';
import { exportAs, importOf, unauthorized } from './task.js';

/** @import { Asked, Endpoint, JsonObject, Scenario, Scenarios } from '../types.js' */

const SUPPORT = 'Please refer to the support documentation';

/** @param {string} name */
const missing = (name) =>
  refusal(400, 'APIG.2001', `The request parameters must be specified,parameterName:${name}. ${SUPPORT}`);

/** @param {string} name */
const wrong = (name) => refusal(400, 'APIG.2012', `Invalid parameter value,parameterName:${name}. ${SUPPORT}`);

/**
 * The first field with a value that its list does not have, if there is one. A field without a value is not wrong.
 *
 * @param {JsonObject} values
 * @param {Record<string, string[]>} words
 */
const firstWrong = (values, words) =>
  Object.keys(words).find((name) => values[name] !== undefined && !words[name].includes(values[name]));

/**
 * Lets a task begin, and answers with its id.
 *
 * @param {Asked} operation
 * @param {Scenario} scenario
 */
function accept({ requestId, address, begin }, scenario) {
  const taskId = randomId(randomFrom(requestId, 'task'));
  begin(address.replace(/openapi\/async-[a-z]+$/, `async-tasks/${taskId}`), scenario);
  return { status: 202, body: { task_id: taskId } };
}

const BOOLEANS = ['true', 'false'];
const MODES = ['merge', 'override'];

const FORM_WORDS = {
  is_create_group: BOOLEANS,
  extend_mode: MODES,
  simple_mode: BOOLEANS,
  mock_mode: BOOLEANS,
  api_mode: MODES,
};

/** @type {Scenario} */
function startImport(operation) {
  const { headers, bytes } = operation.request;
  const parts = readForm(bytes, headers.get('Content-Type')) ?? [];
  const file = parts.find(({ name, filename }) => name === 'file_name' && filename);
  if (file === undefined) return missing('file_name');

  const others = parts.filter((part) => part !== file);
  const fields = Object.fromEntries(others.map((part) => [part.name, new TextDecoder().decode(part.bytes)]));
  const wrongField = firstWrong(fields, FORM_WORDS);
  if (wrongField !== undefined) return wrong(wrongField);
  const isNewGroup = fields.is_create_group !== 'false';
  if (!isNewGroup && !isText(fields.group_id)) return missing('group_id');
  const { refused, apis } = readOpenApi(file.bytes);
  return refused ?? accept(operation, importOf(apis, isNewGroup ? null : fields.group_id));
}

const EXPORT_WORDS = { define: ['spec', 'proxy', 'all', 'dev'], type: ['json', 'yaml', 'yml'] };
const OAS_VERSIONS = ['2.0', '3.0'];

/** @type {Scenario} */
function startExport(operation) {
  const { url } = operation.request;
  const body = readJson(operation.request);
  if (body === null) return wrong('body');
  const absent = ['env_id', 'group_id'].find((name) => !isText(body[name]));
  if (absent !== undefined) return missing(absent);
  const wrongField = firstWrong(body, EXPORT_WORDS);
  if (wrongField !== undefined) return wrong(wrongField);
  const oasVersion = url.searchParams.get('oas_version') ?? '2.0';
  if (!OAS_VERSIONS.includes(oasVersion)) return wrong('oas_version');
  const { define = 'spec', type = 'json', version, apis } = body;
  if (version !== undefined && !isText(version)) return wrong('version');
  if (apis !== undefined && !(Array.isArray(apis) && apis.every(isText))) return wrong('apis');
  return accept(operation, exportAs({ oasVersion, define, type, version, count: apis?.length || undefined }));
}

/**
 * What can become of a start.
 *
 * @type {(start: Scenario) => Scenarios}
 */
const scenarios = (start) => ({
  start: ['The task is started.', start],
  'too-long': ['400 APIG.3603: the file is too long.', () => refusal(400, 'APIG.3603', 'The input data is too long')],
  unauthorized: ['401 APIG.1002: the token is not accepted.', unauthorized],
  forbidden: [
    '403 APIG.1005: no permission.',
    () => refusal(403, 'APIG.1005', 'No permissions to request this method'),
  ],
  broken: ['500 APIG.9999: the service failed.', () => refusal(500, 'APIG.9999', 'System error')],
  ...troubles(start),
});

/** @type {(name: string, start: Scenario) => Endpoint} */
const endpoint = (name, start) => ({
  path: `/v2/{project}/apigw/instances/{id}/openapi/${name}`,
  method: 'POST',
  unauthorized,
  scenarios: scenarios(start),
  usual: ['start'],
});

export const asyncImport = endpoint('async-import', startImport);
export const asyncExport = endpoint('async-export', startExport);
