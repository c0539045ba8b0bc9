// The module traps, in Node: nothing hangs, and nothing that can go on is lost.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, test } from 'node:test';

import { run, scenarios } from './scenarios.js';

const unhandled = [];
for (const event of ['unhandledRejection', 'uncaughtException']) {
  process.on(event, (error) => unhandled.push(`${event}: ${error?.stack}`));
}
after(() => assert.deepEqual(unhandled, []));

for (const name of Object.keys(scenarios)) {
  test(name, { timeout: 60_000 }, async () => {
    await run(name);
    await new Promise(setImmediate);
    assert.deepEqual(unhandled, []);
  });
}

test('the exports that trap are in the module of this package', () => {
  const file = createRequire(import.meta.url).resolve('huaweicloud-tasks/wasm');
  const names = WebAssembly.Module.exports(new WebAssembly.Module(readFileSync(file))).map(({ name }) => name);
  for (const name of ['trap', 'trapAfter', 'callBack', 'memoryBytes']) assert.ok(names.includes(name), name);
});
