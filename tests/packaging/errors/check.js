import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import * as main from 'huaweicloud-tasks';
import * as decode from 'huaweicloud-tasks/decode';
import * as errors from 'huaweicloud-tasks/errors';
import * as inline from 'huaweicloud-tasks/inline';
import { report } from './support.js';

const require = createRequire(import.meta.url);
const copies = {
  main,
  inline,
  decode,
  errors,
  'main, required': require('huaweicloud-tasks'),
  'decode, required': require('huaweicloud-tasks/decode'),
  'errors, required': require('huaweicloud-tasks/errors'),
};

/** What a copy throws, by kind, where it throws such a thing. */
async function thrownBy({ createClient, decodeAsyncTask, init }) {
  await init?.();
  const catching = (run) => {
    try {
      return run();
    } catch (error) {
      return error;
    }
  };
  const thrown = {};
  if (createClient) thrown.ConfigError = catching(() => createClient({}));
  if (decodeAsyncTask) thrown.DecodeError = catching(() => decodeAsyncTask('[]'));
  return thrown;
}

for (const [thrower, copy] of Object.entries(copies)) {
  for (const [name, error] of Object.entries(await thrownBy(copy))) {
    assert.equal(error.name, name, `${thrower} throws ${error}`);
    for (const [catcher, { [name]: Class, TasksError, NotFoundError, isTasksError }] of Object.entries(copies)) {
      const where = `${name} of ${thrower}, by ${catcher}`;
      assert.ok(error instanceof Class, `${where}: not its class`);
      assert.ok(error instanceof TasksError, `${where}: not a TasksError`);
      assert.ok(isTasksError(error), `${where}: isTasksError does not know it`);
      if (NotFoundError) assert.ok(!(error instanceof NotFoundError), `${where}: it is a NotFoundError, too`);
    }
  }
}
report([`Node ${process.versions.node}`], null);
