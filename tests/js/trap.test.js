// The module traps: nothing hangs, nothing in flight is lost. In a module this small a trap has to be brought about.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';

import { decodeAsyncTask } from 'huaweicloud-tasks';

const waiting = '{"task_id":"t","task_type":"import_api","task_status":"waiting"}';

test('after a trap there is a fresh instance, with which calls in flight go on', () => {
  const program = `
    const { Instance } = WebAssembly;
    let made = 0;
    let inFlight;
    WebAssembly.Instance = function (module, imports) {
      const { exports } = new Instance(module, imports);
      if (++made > 1) return { exports };
      return { exports: { ...exports, run: (...args) => { if (inFlight === undefined) return exports.run(...args); throw new WebAssembly.RuntimeError('unreachable'); } } };
    };
    Object.defineProperty(WebAssembly.Instance, Symbol.hasInstance, { value: () => true });
    const { createClient, decodeAsyncTask } = await import('huaweicloud-tasks');
    let answer;
    const fetch = () => new Promise((resolve) => { answer = () => resolve(new Response(${JSON.stringify(waiting)})); });
    const { apig } = createClient({ region: 'r', projectId: 'p', token: 't', fetch });
    const started = apig.asyncTask('i', 't');
    await new Promise((resolve) => setTimeout(resolve, 20));
    inFlight = started;
    try { decodeAsyncTask('{}'); } catch (error) { console.log(error.name, error.kind, error.cause.name); }
    answer();
    console.log((await inFlight).status);
    console.log(decodeAsyncTask(${JSON.stringify(waiting)}).status, made);`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: import.meta.dirname,
    encoding: 'utf8',
  });
  assert.deepEqual([stdout, stderr], ['TasksError internal RuntimeError\nwaiting\nwaiting 2\n', '']);
});

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
