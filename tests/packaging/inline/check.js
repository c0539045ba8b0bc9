import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync } from 'node:fs';
import { build } from 'esbuild';
import {
  ANSWER,
  body,
  checkAlone,
  inChromium,
  modulesIn,
  report,
  serveFolder,
  serveSimulator,
  versionOf,
} from './support.js';

/** Only the services may be asked: not even a file of the page's own origin can be fetched. */
async function checkSite(folder) {
  const simulator = await serveSimulator();
  const scripts = "script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'";
  const policy = `default-src 'none'; ${scripts}; connect-src ${simulator.url}`;
  const site = await serveFolder(folder, { 'Content-Security-Policy': policy });
  try {
    return await inChromium(site.url, async ({ ask, wasm }) => {
      assert.deepEqual(await ask(simulator.url, body), ANSWER);
      assert.equal(wasm.size, 0);
    });
  } finally {
    site.close();
    simulator.close();
  }
}

const browser = await checkSite('.');

const common = { bundle: true, minify: true, format: 'esm', logLevel: 'error' };
mkdirSync('dist/site', { recursive: true });
await build({ ...common, entryPoints: ['main.js'], outfile: 'dist/site/main.js' });
copyFileSync('index.html', 'dist/site/index.html');
await checkSite('dist/site');

await build({ ...common, platform: 'node', entryPoints: ['program.js'], outfile: 'dist/program.mjs' });
await checkAlone('dist/program.mjs');
assert.deepEqual(modulesIn('dist'), []);
report([browser, versionOf('esbuild'), `Node ${process.versions.node}`], 0, 'it is in the JavaScript');
