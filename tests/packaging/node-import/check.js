import assert from 'node:assert/strict';
import { decodeAsyncTask } from 'huaweicloud-tasks';
import { ask } from './ask.js';
import { ANSWER, body, checkAnswer, report } from './support.js';

// Without a wait: the module's file was read.
assert.deepEqual(decodeAsyncTask(body), ANSWER.task);
await checkAnswer(ask);
report([`Node ${process.versions.node}`], null);
