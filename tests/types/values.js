// What really comes out of the package, each value with the name of its public type: every body through every call that
// answers with it.
import * as tasks from 'huaweicloud-tasks';
import { explain } from 'huaweicloud-tasks/explain';

import { ask, CALLS, rejection, thrown } from '../js/support.js';
import { bodies } from './bodies.js';

const { createClient, decodeAsyncTask, recognise } = tasks;

const cloudWith = (fetch) => createClient({ region: 'r', projectId: 'p', token: 't', maxRetries: 0, fetch });
const answering = (status, body, headers) => cloudWith(async () => new Response(body, { status, headers }));
const failing = (error) => cloudWith(async () => Promise.reject(error));

const errorValue = (value) => ({ type: value.constructor.name, value });
const errorOf = async (promise) => errorValue(await rejection(promise));

/** The public values, `{ type, value }`. */
export async function allValues() {
  const groups = await Promise.all([...Object.entries(bodies).map(ofFolder), otherErrors(), others()]);
  return groups.flat();
}

async function ofFolder([folder, answers]) {
  const call = CALLS[folder];
  if (call === undefined) throw new Error(`tests/answers.json has to say how the bodies of ${folder} are asked for`);
  return (await Promise.all(answers.map((answer) => ofAnswer(call, answer)))).flat();
}

async function ofAnswer(call, { status, body }) {
  const { type, target, decoder, decoded = type } = call;
  const headers = { 'X-Request-Id': 'r', 'X-Subject-Token': 'the token' };
  const polled = target === undefined ? [] : [await polledOnce(target, answering(status, body, headers))];
  if (status >= 300) return [await errorOf(ask(answering(status, body, headers), call)), ...polled];
  const value = await ask(answering(status, body, headers), call);
  const bare = type === 'IamToken' ? value : await ask(answering(status, body, {}), call);
  const views = target === undefined ? [] : await watched(target, answering(status, body, headers));
  const values = [{ type, value }, { type, value: bare }, ...views, ...polled];
  if (decoder === undefined) return values;
  values.push({ type: decoded, value: tasks[decoder](body) });
  const recognised = recognise(body);
  return recognised === null ? values : [...values, { type: 'AnsweredCall', value: recognised }];
}

/** What one question about an operation comes to. */
async function polledOnce(target, cloud) {
  const answer = await cloud.poll(target).catch(errorValue);
  return 'type' in answer ? answer : { type: `PollAnswer<'${target.kind}'>`, value: answer };
}

/** What is shown of an operation after one answer, to whoever watches it in whatever way. */
async function watched(target, cloud) {
  const of = (type) => `${type}<'${target.kind}'>`;
  const operation = cloud.watch(target);
  const view = await firstOf(operation);
  const values = [
    { type: of('OperationView'), value: view },
    { type: of('Operation'), value: operation },
    { type: of('OperationChange'), value: { operation, now: view, error: null } },
  ];
  if (!operation.isOver) return values;
  const [outcome] = await cloud.watchAll([operation]).summary();
  values.push({ type: of('OperationOutcome'), value: outcome });
  if (view.state === 'failed') return [...values, await errorOf(operation.result())];
  return [...values, { type: of('OperationResult'), value: await operation.result() }];
}

async function firstOf(iterable) {
  for await (const value of iterable) return value;
}

/** The errors that no answer makes. */
function otherErrors() {
  const gateway = { kind: 'apig.gateway', instanceId: 'i' };
  const creating = answering(200, '{ "status": "creating" }').watch(gateway);
  const fetch = async () => new Response('{ "status": "creating" }');
  const creatingAt = createClient({ endpoint: '/huawei', projectId: 'p', token: null, fetch });
  const silent = cloudWith(() => new Promise(() => {}));
  const progress = (cloud, options) => cloud.apig.gatewayProgress('i', options);
  const refused = (given) => creatingAt.poll(given, { unheardOf: 1 });
  return Promise.all([
    errorValue(thrown(() => createClient({}))),
    errorOf(progress(failing(new TypeError('fetch failed')))),
    errorOf(progress(failing(new DOMException('gone', 'AbortError')))),
    errorOf(progress(silent, { timeoutMs: 1 })),
    errorOf(progress(answering(200, '[]'))),
    errorOf(progress(answering(429, ''))),
    errorOf(creating.result({ maxWaitMs: 300 })),
    errorOf(silent.watch(gateway).result({ maxWaitMs: 1 })),
    errorOf(creatingAt.watch(gateway).result({ maxWaitMs: 1 })),
    errorOf(refused(gateway)),
    errorOf(refused('{}')),
    errorOf(refused({ version: 1, kind: 'kps.task', ids: { taskId: 't' } })),
    errorOf(progress(answering(200, '{ "status": "creating" }'), { maxBodyBytes: 1 })),
  ]);
}

async function others() {
  const task = decodeAsyncTask({ task_id: 't', task_type: 'import_api', task_status: 'succeed', task_result: {} });
  const group = answering(404, '').watchAll([answering(404, '').watch({ kind: 'kps.task', taskId: 't' })]);
  return [
    { type: 'AsyncTask', value: task },
    { type: 'Explanation', value: explain('APIC.9218') },
    { type: "OperationChange<'kps.task'>", value: await firstOf(group) },
    { type: "OperationOutcome<'kps.task'>", value: (await group.summary())[0] },
  ];
}
