/** Watching one operation: an abort, at any time. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { createClient } from 'huaweicloud-tasks';

import { stopClock } from './stopped-clock.js';
import { rejection } from './support.js';

const TASK = { kind: 'apig.task', instanceId: 'i', taskId: 't' };
const EVERY_SECOND = { schedule: { intervalMs: 1_000 } };

const standStill = (t) => stopClock(t, { now: 1_597_390_000_000 });

const taskIs = (task_status) => () =>
  new Response(JSON.stringify({ task_id: 't', task_status, task_type: 'unknown_api', task_result: '' }));
const WAITING = taskIs('waiting');
const WORKING = taskIs('processing');
const DONE = taskIs('succeed');

/** A client of a service that gives these answers one after the other, the last one for ever. */
function scripted(answers) {
  const requests = [];
  const fetch = async (url, init) => {
    requests.push(init);
    return answers[Math.min(requests.length, answers.length) - 1](url, init);
  };
  const cloud = createClient({ endpoint: 'https://h.example', projectId: 'p', token: 't', fetch });
  return { cloud, requests };
}

async function runThrough(views) {
  for await (const _ of views);
}

describe('an abort', () => {
  const never = (_url, { signal }) =>
    new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason));
    });
  const ways = {
    result: (operation, signal) => operation.result({ signal }),
    changes: (operation, signal) => runThrough(operation.changes({ signal })),
  };
  for (const [way, watch] of Object.entries(ways)) {
    for (const [when, answers, aborted] of [
      ['a sleep', [WORKING], [false]],
      ['a request', [never], [true]],
      ['a later request', [WORKING, never], [false, true]],
    ]) {
      test(`in the middle of ${when} ends ${way} with the caller's own reason`, async (t) => {
        const { pass, untilRejected } = standStill(t);
        for (const reason of [new Error('enough'), 'a word', null]) {
          const { cloud, requests } = scripted(answers);
          const controller = new AbortController();
          const end = untilRejected(watch(cloud.watch(TASK, EVERY_SECOND), controller.signal));
          await pass(aborted.length * 1_000 - 500);
          controller.abort(reason);
          assert.equal(await end, reason);
          await pass(5_000);
          assert.deepEqual(
            requests.map(({ signal }) => signal.aborted),
            aborted,
          );
        }
      });
    }

    test(`before it began: ${way} sends nothing`, async (t) => {
      const { pass } = standStill(t);
      const { cloud, requests } = scripted([DONE]);
      assert.equal(await rejection(watch(cloud.watch(TASK), AbortSignal.abort('late'))), 'late');
      await pass(5_000);
      assert.equal(requests.length, 0);
    });
  }

  test('of one does not disturb the others, and the operation can be watched again', async (t) => {
    const { until, pass } = standStill(t);
    const { cloud, requests } = scripted([WAITING, WORKING, WORKING, WORKING, DONE]);
    const operation = cloud.watch(TASK, EVERY_SECOND);
    const controller = new AbortController();
    const aborted = rejection(operation.result({ signal: controller.signal }));
    const other = operation.changes();
    assert.equal((await other.next()).value.state, 'waiting');
    await pass(500);
    controller.abort('enough');
    assert.equal(await aborted, 'enough');
    assert.equal((await until(other.next())).value.state, 'running');
    await other.return();
    await pass(60_000);
    assert.equal(requests.length, 2);
    assert.equal((await until(operation.result())).state, 'succeeded');
    assert.equal(requests.length, 5);
  });
});
