// @ts-check
// The events of --json: what is known of an operation, without what must not be in a log.
import { explanationOf } from '../errors.js';
import { stateOfTask } from './report.js';

/** @import { AsyncTask, Failure, Operation, OperationView } from 'huaweicloud-tasks' */

/**
 * Which operation an event is about.
 *
 * @param {Operation} operation
 */
export const subjectOf = (operation) => {
  const { kind, ids } = operation.toJSON();
  return { kind, ...ids };
};

/**
 * What was seen of an operation, but for its detail.
 *
 * @param {OperationView} view
 */
export function progressFields(view) {
  const { state, status, percent, estimatedPercent, startedAt, endedAt, elapsedMs, eta, slow, parts, error } = view;
  return { state, status, percent, estimatedPercent, startedAt, endedAt, elapsedMs, eta, slow, parts, error };
}

/** @param {OperationView} view */
export async function resultFields(view) {
  return { ...progressFields(view), error: await explained(view.error), detail: publicDetail(view.detail) };
}

/** @param {AsyncTask} task */
export async function taskFields(task) {
  const error = task.status === 'failed' ? await explained(task.result) : null;
  return { state: stateOfTask(task), status: task.status, error, detail: publicDetail(task) };
}

/** @param {Failure | null} failure */
async function explained(failure) {
  if (failure === null) return null;
  const { meaning = null, advice = null } = (await explanationOf(failure.code)) ?? {};
  return { ...failure, meaning, advice };
}

/**
 * The bodies of ROMA Connect, and what they say of an instance, name users and tenants.
 *
 * @param {{ raw: string, instance?: unknown }} detail
 */
function publicDetail({ raw: _raw, instance: _instance, ...detail }) {
  return detail;
}
