// The module traps, in Chromium: what is so in Node is so in a page.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { after, before, test } from 'node:test';

import { launch } from '../chromium.js';
import { serve } from '../js/support.js';
import { scenarios } from './scenarios.js';

const ROOT = join(import.meta.dirname, '../..');
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' };

const problems = [];
let browser;
let page;

const { url } = await serve({ after }, async ({ url }, response) => {
  response.setHeader('content-type', TYPES[extname(url)] ?? 'text/plain');
  response.end(await readFile(join(ROOT, url)));
});

before(async () => {
  browser = await launch();
  page = await browser.newPage();
  page.on('pageerror', (error) => problems.push(error.stack));
  await page.goto(`${url}/tests/traps/index.html`);
  await page.waitForFunction(() => 'run' in globalThis);
});
after(() => browser?.close());

for (const name of Object.keys(scenarios)) {
  test(name, { timeout: 60_000 }, async () => {
    const failed = (name) =>
      globalThis.run(name).then(
        () => null,
        ({ stack }) => stack,
      );
    assert.equal(await page.evaluate(failed, name), null);
    assert.deepEqual(problems, []);
  });
}
