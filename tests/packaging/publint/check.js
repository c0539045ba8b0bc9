import assert from 'node:assert/strict';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { report, versionOf } from './support.js';

const { messages, pkg } = await publint({ pkgDir: 'node_modules/huaweicloud-tasks', strict: true, pack: false });
assert.deepEqual(
  messages.map((message) => formatMessage(message, pkg)),
  [],
);
report([versionOf('publint')], null);
