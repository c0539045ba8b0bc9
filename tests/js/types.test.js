// The declared types against what really comes out: a field too many, too few or of another type fails to compile.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { createClient, decodeAsyncTask } from 'huaweicloud-tasks';

import { fixture } from './support.js';

const tasks = ['import-succeed', 'import-failed', 'import-waiting', 'import-processing', 'export-succeed'].map((name) =>
  decodeAsyncTask(fixture(`apig-async-task/200-${name}.json`)),
);
const result = { success: [{}], failure: [{ method: 'GET' }], ignore: [{ path: '/' }], swagger: { id: 'i' } };
tasks.push(
  decodeAsyncTask({ task_id: 't', task_type: 'import_api', task_status: 'succeed', task_result: result }),
  decodeAsyncTask({ task_id: 't', task_type: 'export_api', task_status: 'succeed', task_result: { content: '' } }),
);
const states = ['creating', 'success', 'failed-quota', 'failed-resources', 'failed-other'];
const progress = await Promise.all(
  states.map((name) => {
    const body = fixture(`apig-gateway-progress/200-${name}.json`);
    const fetch = async () => new Response(body);
    return createClient({ region: 'r', projectId: 'p', token: 't', fetch }).apig.gatewayProgress('i');
  }),
);

function compile(tasks, progress) {
  const file = join(import.meta.dirname, 'views.generated.ts');
  const lines = [
    "import type { AsyncTask, GatewayProgress } from 'huaweicloud-tasks';",
    ...tasks.map((view, index) => `export const task${index}: AsyncTask = ${JSON.stringify(view)};`),
    ...progress.map((view, index) => `export const progress${index}: GatewayProgress = ${JSON.stringify(view)};`),
  ];
  writeFileSync(file, lines.join('\n'));
  try {
    const tsc = join(process.env.PROJECT_ROOT, 'node_modules/typescript/bin/tsc');
    return spawnSync(process.execPath, [tsc, '--strict', '--noEmit', '--module', 'nodenext', file], { encoding: 'utf8' });
  } finally {
    rmSync(file);
  }
}

test('every view has the declared fields and no other', () => {
  const { status, stdout } = compile(tasks, progress);
  assert.deepEqual([status, stdout], [0, '']);
});

test('a field too many, too few or of another type would be noticed', () => {
  const [report] = tasks;
  const { code, ...withoutCode } = tasks[1].result;
  for (const task of [
    { ...report, extra: 1 },
    { ...report, id: 5 },
    { ...report, result: { ...report.result, extra: 1 } },
    { ...report, result: { ...report.result, success: [{ ...report.result.success[0], extra: 1 }] } },
    { ...tasks[1], result: withoutCode },
  ]) {
    assert.notEqual(compile([task], []).status, 0, JSON.stringify(task));
  }
  const { endedAt, ...withoutEnd } = progress[1];
  for (const view of [{ ...progress[0], endedAt: 5 }, withoutEnd, { ...progress[2], error: null }]) {
    assert.notEqual(compile([], [view]).status, 0, JSON.stringify(view));
  }
});
