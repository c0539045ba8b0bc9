import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build, preview } from 'vite';
import { ask } from './decode.js';
import { ANSWER, body, inChromium, modulesIn, report, versionOf } from './support.js';

assert.deepEqual(await ask(body), ANSWER.task);
const { decodeAsyncTask } = createRequire(import.meta.url)('huaweicloud-tasks/decode');
assert.deepEqual(decodeAsyncTask(body), ANSWER.task);

await build({ logLevel: 'error' });
const modules = modulesIn('dist');
assert.equal(modules.length, 1, `modules in dist/: ${modules.join(', ')}`);
const small = readFileSync('node_modules/huaweicloud-tasks/decode/decode.wasm');
assert.ok(readFileSync(join('dist', modules[0])).equals(small), `${modules[0]} is not the decoder`);

const site = await preview({ logLevel: 'error', preview: { host: '127.0.0.1', port: 0 } });
try {
  const browser = await inChromium(site.resolvedUrls.local[0], async ({ page, ask, wasm }) => {
    assert.deepEqual(await ask(body), ANSWER.task);
    assert.equal(wasm.size, 1);
    assert.equal(await page.evaluate(() => globalThis.usedBytes), false);
  });
  report([versionOf('vite'), browser, `Node ${process.versions.node}`], 1, 'the decoder');
} finally {
  await site.close();
}
