import assert from 'node:assert/strict';
import { checkAnswer, inChromium, rejectionIn, report, serveFolder } from './support.js';

/** Opens the page with a content policy whose `script-src` allows this, too. Inline is the import map. */
async function withPolicy(allowed, use) {
  const policy = `default-src 'none'; script-src 'self' 'unsafe-inline' ${allowed}; connect-src http://127.0.0.1:*`;
  const site = await serveFolder('.', { 'Content-Security-Policy': policy });
  try {
    return await inChromium(site.url, use);
  } finally {
    site.close();
  }
}

await withPolicy('', async ({ page, wasm }) => {
  assert.deepEqual(await rejectionIn(page, 'http://127.0.0.1:9', '{}'), {
    name: 'ConfigError',
    kind: 'config',
    field: 'module',
    message:
      "module: cannot be loaded: the page's Content-Security-Policy forbids WebAssembly; " +
      "add 'wasm-unsafe-eval' to script-src",
  });
  assert.equal(wasm.size, 1);
});
const browser = await withPolicy("'wasm-unsafe-eval'", ({ ask }) => checkAnswer(ask));
report([browser], null, "ConfigError without 'wasm-unsafe-eval'");
