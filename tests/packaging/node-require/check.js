import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { ANSWER, body, checkAnswer, report, run } from './support.js';

// Without a wait: the module's file was read.
const { decodeAsyncTask } = createRequire(import.meta.url)('huaweicloud-tasks');
assert.deepEqual(decodeAsyncTask(body), ANSWER.task);

await checkAnswer(async (...given) => JSON.parse(await run(process.execPath, ['main.cjs', ...given])));
report([`Node ${process.versions.node}`], null);
