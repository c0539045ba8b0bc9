// A thousand traps, in a program of its own that ends by itself: nothing is left of them.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';

const MEGABYTE = 1_048_576;

test('a thousand traps leave memory flat, no listener, and no timer', { timeout: 900_000 }, () => {
  const program = join(import.meta.dirname, 'thousand-traps.js');
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--expose-gc', program], { encoding: 'utf8' });
  assert.deepEqual([stderr, status], ['', 0]);
  const { before, after, listeners, timers, unhandled, endedAt } = JSON.parse(stdout);
  assert.ok(after.heapUsed - before.heapUsed < MEGABYTE, `the heap grew from ${before.heapUsed}`);
  assert.ok(after.external - before.external < 4 * MEGABYTE, `other memory grew from ${before.external}`);
  assert.ok(after.rss - before.rss < 64 * MEGABYTE, `all memory grew from ${before.rss}`);
  assert.equal(after.module, before.module, "the module's memory");
  assert.deepEqual([listeners, timers, unhandled], [0, [], []]);
  // The program has nothing left to do; a timer of a call, which may take 30 s, would hold it.
  assert.ok(Date.now() - endedAt < 5_000, `it ended ${Date.now() - endedAt} ms later`);
});
