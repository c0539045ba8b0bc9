// @ts-check
/** What a task is about: the APIs in the report of an import, and the document that an export writes. All made up. */
import { randomId } from '../random.js';

/** @import { Api, DocumentOptions, Random } from '../types.js' */

const RESOURCES = ['orders', 'customers', 'invoices', 'payments', 'products', 'shipments', 'refunds', 'coupons'];
const METHODS = ['GET', 'POST', 'PUT', 'DELETE'];

/**
 * The API with the given number: no two have both method and path in common.
 *
 * @param {number} number
 */
function methodAndPath(number) {
  const method = METHODS[number % METHODS.length];
  const resource = RESOURCES[Math.floor(number / METHODS.length) % RESOURCES.length];
  const version = 1 + Math.floor(number / METHODS.length / RESOURCES.length);
  const item = method === 'PUT' || method === 'DELETE' ? '/{id}' : '';
  return { method, path: `/v${version}/${resource}${item}` };
}

/**
 * An API as a report lists it.
 *
 * @param {Random} random
 * @param {number} number
 */
export const api = (random, number) => ({
  id: randomId(random),
  action: random() < 0.7 ? 'create' : 'update',
  ...methodAndPath(number),
});

const REASONS = [
  { error_code: 'APIG.3301', error_msg: 'The API already exists.' },
  { error_code: 'APIG.3202', error_msg: 'The API name already exists.' },
  { error_code: 'APIG.3102', error_msg: 'The number of APIs exceeds the maximum allowed limit.' },
];

/**
 * The report of an import. `ignore` is left out when it would be empty, as in the documents' example.
 *
 * @param {Random} random
 * @param {number} succeeded
 * @param {number} failed
 * @param {number} ignored
 */
export function importReport(random, succeeded, failed, ignored) {
  /** @type {<Row>(from: number, count: number, row: (number: number) => Row) => Row[]} */
  const rows = (from, count, row) => Array.from({ length: count }, (_, index) => row(from + index));
  const report = {
    success: rows(0, succeeded, (number) => api(random, number)),
    failure: rows(succeeded, failed, (number) => ({
      ...methodAndPath(number),
      ...REASONS[number % REASONS.length],
    })),
    swagger: { id: randomId(random), result: 'Success' },
    group_id: randomId(random),
  };
  return ignored === 0 ? report : { ...report, ignore: rows(succeeded + failed, ignored, methodAndPath) };
}

/**
 * The report of an import into a group that exists, or into a new one: all of the given APIs, with their actions.
 *
 * @param {Random} random
 * @param {Api[]} apis
 * @param {string | null} groupId
 */
export function reportOf(random, apis, groupId) {
  const action = groupId === null ? 'create' : 'update';
  return {
    success: apis.map((methodAndPath) => ({ id: randomId(random), action, ...methodAndPath })),
    failure: [],
    swagger: { id: randomId(random), result: 'Success' },
    group_id: groupId ?? randomId(random),
  };
}

const EXPORTED_APIS = 6;

const BACKEND = {
  'x-apigateway-backend': {
    mockEndpoints: { description: '', 'result-content': 'not ok' },
    type: 'MOCK',
  },
};

/**
 * One operation of an exported document, with the fields of the documents' example.
 *
 * @param {Random} random
 * @param {boolean} isVersion3
 * @param {string} define
 */
const operation = (random, isVersion3, define) => ({
  security: [{ 'apig-auth-app': [] }],
  ...(isVersion3 ? {} : { schemes: ['https'] }),
  operationId: `API_${randomId(random).slice(0, 4)}`,
  responses: {
    default: { $ref: isVersion3 ? '#/components/responses/default' : '#/responses/default' },
    'x-apigateway-result-failure-sample': '',
    'x-apigateway-result-normal-sample': '',
  },
  ...(define === 'spec' ? {} : BACKEND),
  'x-apigateway-cors': false,
  'x-apigateway-match-mode': 'NORMAL',
  'x-apigateway-request-type': 'public',
});

const RESPONSES = { default: { description: 'response example' } };

const SECURITY = {
  'apig-auth-app': {
    type: 'apiKey',
    name: 'Authorization',
    in: 'header',
    'x-apigateway-auth-type': 'AppSigv1',
  },
  'apig-auth-app-header': {
    type: 'apiKey',
    name: 'Authorization',
    in: 'header',
    'x-apigateway-auth-opt': { 'appcode-auth-type': 'header' },
    'x-apigateway-auth-type': 'AppSigv1',
  },
  'apig-auth-iam': { type: 'apiKey', name: 'unused', in: 'header', 'x-apigateway-auth-type': 'IAM' },
};

/**
 * An exported document: Swagger 2.0 like the one in the documents' example, or the same as OpenAPI 3.0.
 *
 * @param {Random} random
 * @param {number} time the time of the export; it is the document's version, in UTC, when none is given
 * @param {DocumentOptions} [options]
 */
export function exportedDocument(random, time, options = {}) {
  const { oasVersion = '2.0', define = 'all', count = EXPORTED_APIS } = options;
  const version = options.version ?? new Date(time).toISOString().slice(0, 19).replace('T', '-');
  const isVersion3 = oasVersion === '3.0';
  /** @type {Record<string, Record<string, object>>} */
  const paths = {};
  for (let number = 0; number < count; number += 1) {
    const { method, path } = methodAndPath(number);
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation(random, isVersion3, define) };
  }
  const info = { title: 'shop', version };
  const host = `${randomId(random)}.apic.simulated.example`;
  const document = isVersion3
    ? {
        openapi: '3.0.0',
        info,
        servers: [{ url: `https://${host}` }],
        paths,
        components: { responses: RESPONSES, securitySchemes: SECURITY },
      }
    : { swagger: '2.0', info, host, paths, responses: RESPONSES, securityDefinitions: SECURITY };
  return { ...document, 'x-apigateway-responses': {} };
}

/**
 * Plain data as YAML: block style, with every value quoted, so that none can be mistaken for something else.
 *
 * @param {object} value
 * @returns {string}
 */
export function toYaml(value, indent = '') {
  return Object.entries(value)
    .map(([key, item]) => {
      const label = Array.isArray(value) ? '-' : `${/^[a-z][\w-]*$/i.test(key) ? key : JSON.stringify(key)}:`;
      const leaf = typeof item !== 'object' || Object.keys(item).length === 0;
      return leaf ? `${indent}${label} ${JSON.stringify(item)}\n` : `${indent}${label}\n${toYaml(item, `${indent}  `)}`;
    })
    .join('');
}
