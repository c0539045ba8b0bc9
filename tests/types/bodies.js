// The bodies that the documents show, and those that they do not: each call's answer with every field and with none.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { fixture } from '../js/support.js';

/** Stands for every word that is not documented. It is spelt as the type `UnknownWord` spells it. */
export const UNKNOWN = '(unknown)';

const FAILURE = { error_code: 'A.1', error_msg: 'it went wrong' };
const FROM_TO = { start_time: 1_700_000_000_000, end_time: 1_700_000_060_000 };
const UTC = { begin_time: '2023-07-26 09:33:58', end_time: '2023-07-26 09:34:58' };

const task = (task_type, task_status, task_result) => ({ task_id: 't', task_type, task_status, task_result });
const api = { method: 'GET', path: '/a' };
const imported = {
  group_id: 'g',
  success: [{ id: 'i', ...api, action: 'create' }, { ...api, action: UNKNOWN }, {}],
  failure: [{ ...api, ...FAILURE }, {}],
  ignore: [api, {}],
  swagger: { id: 'i', result: 'Success' },
};

const instance = JSON.parse(fixture('roma-instance-process/200-creating.json')).instance;
const wholeInstance = {
  ...Object.fromEntries(Object.entries(instance).map(([name, value]) => [name, value ?? 'some text'])),
  ...FAILURE,
};
const roma = { currentTime: 1_700_000_030_000, instance_id: 'i', name: 'n', taken_time: 1, progress: 90, ...FROM_TO };
const romaItems = ['creating', 'success', 'failed', UNKNOWN].flatMap((status) => [
  { name: 'mqs', status, progress: 50, taken_time: 1, ...FROM_TO, ...FAILURE },
  { status },
]);

const job = { job_type: 'bind_ldap', ...UTC, error_code: 'A.1', fail_reason: 'it went wrong' };
const jobStates = ['waiting', 'running', 'success', 'failed', UNKNOWN];
const subJobs = jobStates.flatMap((status) => [{ job_id: 's', status, ...job }, { status }]);

const renderTask = {
  task_id: 't',
  application_id: 'a',
  server_id: 's',
  session_id: 'n',
  device_id: 'd',
  device_brand: 'b',
  device_type: 'phone',
  application_user: 'u',
  application_launch_args: '-x',
  protocol_type: 'p',
  location: ['l'],
  resolution: '1x1',
  gpu_ip_type: 'v4',
  status: 'finish',
  start_time: '2023-07-26T09:33:58Z',
  finish_time: '2023-07-26T09:34:58Z',
  finish_reason: 'normal',
};

/** The bodies of each call that the documents do not show, by the folder of those that they do. */
const BY_HAND = {
  'apig-gateway-progress': ['creating', 'success', 'failed', UNKNOWN].flatMap((status) => [
    { status, progress: 90, ...FROM_TO, ...FAILURE },
    { status },
  ]),
  'apig-async-task': [
    ...['import_api', 'export_api', UNKNOWN].flatMap((type) =>
      ['waiting', 'processing', UNKNOWN].map((status) => task(type, status, '')),
    ),
    ...['import_api', UNKNOWN].flatMap((type) => [task(type, 'failed', FAILURE), task(type, 'failed', '')]),
    task('import_api', 'succeed', imported),
    task('import_api', 'succeed', { swagger: {} }),
    task('import_api', 'succeed', {}),
    task('export_api', 'succeed', { content: 'openapi: 3.0.0', FileName: 'a', FileType: 'yaml' }),
    task('export_api', 'succeed', { content: '{}', FileType: UNKNOWN }),
    task('export_api', 'succeed', { content: '' }),
    task(UNKNOWN, 'succeed', {}),
  ],
  'roma-instance-process': ['creating', 'success', 'failed', UNKNOWN].flatMap((status) => [
    { ...roma, status, item: romaItems, instance: { ...wholeInstance, errorCode: 'A.1', errorMessage: 'no' } },
    { status },
  ]),
  'sfs-turbo-job': jobStates.flatMap((status) => [
    { job_id: 'j', status, ...job, sub_jobs: subJobs },
    { job_id: 'j', status },
  ]),
  'kps-task': [
    { task_id: 't', server_id: 's', task_status: 'SUCCESS_BIND' },
    { task_id: 't', task_status: 'READY_UNBIND' },
    { task_id: 't', task_status: 'FAILED_REPLACE' },
    { task_id: 't', task_status: UNKNOWN },
  ],
  'kps-disassociate': ['SUCCESS', 'FAILED', UNKNOWN].flatMap((status) => [
    { status, task_id: 't', server_id: 's', ...FAILURE },
    status === 'SUCCESS' ? { status, task_id: 't' } : { status },
  ]),
  'cvr-render-tasks': [{ count: 2, render_tasks: [renderTask, { status: UNKNOWN, finish_reason: UNKNOWN }, {}] }, {}],
  'iam-token': [{ token: { expires_at: '2023-07-27T09:33:58.000000Z', issued_at: '2023-07-26T09:33:58.000000Z' } }, {}],
};

const FIXTURES = join(process.env.PROJECT_ROOT, 'tests/fixtures');
const folders = readdirSync(FIXTURES, { withFileTypes: true }).filter((entry) => entry.isDirectory());

/** The answers of each call, `{ status, body }`, by the name of the call's folder. */
export const bodies = Object.fromEntries(
  [...folders.map(({ name }) => name), ...Object.keys(BY_HAND)].map((folder) => [folder, answers(folder)]),
);

function answers(folder) {
  const isShown = folders.some(({ name }) => name === folder);
  const files = isShown ? readdirSync(join(FIXTURES, folder)).filter((name) => /^\d/.test(name)) : [];
  const shown = files.map((name) => ({ status: Number.parseInt(name, 10), body: fixture(`${folder}/${name}`) }));
  return [...shown, ...(BY_HAND[folder] ?? []).map((body) => ({ status: 200, body: JSON.stringify(body) }))];
}
