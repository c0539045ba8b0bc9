// @ts-check
/**
 * An asynchronous import or export of APIs.
 *
 * Documented: the fields, the words and codes, that `task_result` is "" while pending and a JSON text afterwards, and
 * the layout of that text. Assumed: how long a task waits and works, which APIs it is about, that `ignore` is left out
 * when nothing was ignored (as in the example), and the code of a failed export.
 */
import { refusal, troubles } from '../answers.js';
import { api, exportedDocument, importReport, reportOf, toYaml } from './contents.js';
import { between } from '../random.js';

/** @import { Api, Asked, DocumentOptions, Endpoint, Range, Scenario, Scenarios } from '../types.js' */

/** @type {Range} */
const WAIT_MS = [1_600, 2_400];
/** @type {Range} */
const WORK_MS = [8_000, 20_000];

const IMPORT = 'import_api';
const EXPORT = 'export_api';

/**
 * @param {Asked} operation
 * @param {string} status
 * @param {string} type
 * @param {string} result
 */
const answer = ({ id }, status, type, result) => ({
  status: 200,
  body: { task_id: id, task_status: status, task_type: type, task_result: result },
});

/**
 * How the task stands: it waits, it is worked on, and then it is what `result` makes of it.
 *
 * @param {Asked} operation
 * @param {string} type
 * @param {string} finalStatus
 * @param {(operation: Asked) => object} result
 */
function progress(operation, type, finalStatus, result, [waiting, processing] = ['waiting', 'processing']) {
  const wait = between(operation.timing, ...WAIT_MS);
  const work = between(operation.timing, ...WORK_MS);
  if (operation.elapsed < wait) return answer(operation, waiting, type, '');
  if (operation.elapsed < wait + work) return answer(operation, processing, type, '');
  return answer(operation, finalStatus, type, JSON.stringify(result(operation)));
}

/**
 * @param {string} code
 * @param {string} message
 */
const failure = (code, message) => () => ({ error_code: code, error_msg: message });

/**
 * An import that ends with the given numbers of imported, refused and ignored APIs.
 *
 * @type {(succeeded: number, failed?: number, ignored?: number) => Scenario}
 */
const imports =
  (succeeded, failed = 0, ignored = 0) =>
  (operation) =>
    progress(operation, IMPORT, 'succeed', ({ content }) => importReport(content, succeeded, failed, ignored));

/** @param {object} document */
const toJson = (document) => JSON.stringify(document, null, '\t');

/**
 * The result in the layout of the example.
 *
 * @type {(fileType: string, options?: DocumentOptions) => (operation: Asked) => object}
 */
const asInExample =
  (fileType, options) =>
  ({ start, content }) => {
    const document = exportedDocument(content, start, options);
    return {
      FileName: `${document.info.title}-RELEASE-${options?.define ?? 'all'}-${document.info.version}`,
      FileType: `.${fileType}`,
      Comment: fileType === 'json' ? toJson(document) : toYaml(document),
    };
  };

/**
 * The result in the layout of the table.
 *
 * @param {Asked} operation
 */
const asInTable = ({ start, content }) => ({ file_type: 'json', content: toJson(exportedDocument(content, start)) });

const importAll = imports(6);

/**
 * What becomes of an import that was started: a report with a row for each of the file's APIs.
 *
 * @type {(apis: Api[], groupId: string | null) => Scenario}
 */
export const importOf = (apis, groupId) => (operation) =>
  progress(operation, IMPORT, 'succeed', ({ content }) => reportOf(content, apis, groupId));

/**
 * What becomes of an export that was started.
 *
 * @type {(options: DocumentOptions & { type: string }) => Scenario}
 */
export const exportAs =
  ({ type, ...options }) =>
  (operation) =>
    progress(operation, EXPORT, 'succeed', asInExample(type, options));

export const unauthorized = () => refusal(401, 'APIG.1002', 'Incorrect token or token resolution failed');

/**
 * What can become of a task.
 *
 * @type {Scenarios}
 */
const scenarios = {
  import: ['The import succeeds: 6 APIs.', importAll],
  'import-partial': ['The import succeeds, and yet 3 of its 11 APIs are refused and 2 ignored.', imports(6, 3, 2)],
  'import-failed': [
    'The import fails: APIG.3201, the group name is taken.',
    (operation) => progress(operation, IMPORT, 'failed', failure('APIG.3201', 'The API group name already exists')),
  ],
  'import-many': ['The import succeeds: 1,000 APIs.', imports(1_000)],
  'export-json': [
    "The export succeeds: a JSON document, its fields named as in the documents' example.",
    (operation) => progress(operation, EXPORT, 'succeed', asInExample('json')),
  ],
  'export-yaml': [
    "The export succeeds: a YAML document, its fields named as in the documents' example.",
    (operation) => progress(operation, EXPORT, 'succeed', asInExample('yaml')),
  ],
  'export-documented': [
    "The export succeeds: a JSON document, its fields named as in the documents' table.",
    (operation) => progress(operation, EXPORT, 'succeed', asInTable),
  ],
  'export-failed': [
    'The export fails: APIG.3003, there is no such environment.',
    (operation) => progress(operation, EXPORT, 'failed', failure('APIG.3003', 'The environment does not exist')),
  ],
  waiting: ['The task waits for ever.', (operation) => answer(operation, 'waiting', IMPORT, '')],
  'unknown-status': [
    'The import succeeds, but until then its status is "queued", a word that no document has.',
    (operation) =>
      progress(operation, IMPORT, 'succeed', ({ content }) => importReport(content, 6, 0, 0), ['queued', 'queued']),
  ],
  'unknown-type': [
    'The task succeeds, but its type is "check_api", a word that no document has.',
    (operation) =>
      progress(operation, 'check_api', 'succeed', ({ content }) => ({ checked: [api(content, 0), api(content, 1)] })),
  ],
  invalid: [
    '400 APIG.2001: a parameter is missing.',
    () =>
      refusal(
        400,
        'APIG.2001',
        'The request parameters must be specified,parameterName:task_id. Please refer to the support documentation',
      ),
  ],
  unauthorized: ['401 APIG.1002: the token is not accepted.', unauthorized],
  forbidden: [
    '403 APIG.1005: no permission.',
    () => refusal(403, 'APIG.1005', 'No permissions to request this method'),
  ],
  missing: [
    '404 APIG.3093: there is no such task.',
    ({ id }) => refusal(404, 'APIG.3093', `The asynchronous task ${id} does not exist`),
  ],
  broken: ['500 APIG.9999: the service failed.', () => refusal(500, 'APIG.9999', 'System error')],
  ...troubles(importAll),
};

/** What becomes of a task whose id names no scenario: one of these, each as likely. */
const usual = [
  ...Array(9).fill('import'),
  ...Array(3).fill('import-partial'),
  ...Array(4).fill('export-json'),
  ...Array(2).fill('export-yaml'),
  'import-failed',
  'export-failed',
];

/** @type {Endpoint} */
export const asyncTask = {
  path: '/v2/{project}/apigw/instances/{instance}/async-tasks/{id}',
  unauthorized,
  scenarios,
  usual,
};
