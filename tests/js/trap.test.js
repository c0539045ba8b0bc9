// The module traps: nothing hangs, nothing in flight is lost. In a module this small a trap has to be brought about.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { decodeAsyncTask } from 'huaweicloud-tasks';

const waiting = '{"task_id":"t","task_type":"import_api","task_status":"waiting"}';

test('a caller without stack left gets an error, and the next call works', () => {
  const errors = new Set();
  const descend = () => {
    try {
      descend();
    } catch {
      // As deep as one can get: here the call itself may not fit any more.
    }
    try {
      decodeAsyncTask(waiting);
    } catch (error) {
      errors.add(error.name);
    }
  };
  descend();
  for (const name of errors) assert.ok(['RangeError', 'TasksError'].includes(name), name);
  assert.ok(errors.size > 0, 'the stack was never short');
  assert.equal(decodeAsyncTask(waiting).status, 'waiting');
});
