import assert from 'node:assert/strict';
import { build } from 'esbuild';
import { checkAlone, checkSite, modulesIn, report, versionOf } from './support.js';

const common = { bundle: true, minify: true, format: 'esm', logLevel: 'error' };

// By itself it takes no file along: the page falls back on bytes.js, which is a file of its own with `splitting`.
await build({ ...common, entryPoints: ['page.js'], splitting: true, outdir: 'dist/default' });
await checkSite('dist/default', 0);

const loader = { '.wasm': 'file' };
await build({ ...common, entryPoints: { page: 'page-with-module.js' }, loader, outdir: 'dist/file' });
const browser = await checkSite('dist/file', 1);

const node = { ...common, platform: 'node', target: 'node20', entryPoints: ['program.js'] };
await build({ ...node, outfile: 'dist/node/program.mjs' });
await checkAlone('dist/node/program.mjs');
await build({ ...node, entryPoints: ['main.cjs'], format: 'cjs', outfile: 'dist/node/program.cjs' });
await checkAlone('dist/node/program.cjs');
await build({ ...node, entryPoints: ['inside.js'], format: 'cjs', outfile: 'dist/node/inside.cjs' });
await checkAlone('dist/node/inside.cjs');
assert.deepEqual(modulesIn('dist/node'), []);

const versions = [versionOf('esbuild'), browser, `Node ${process.versions.node}`];
report(versions, 1, 'by itself and for Node: 0, bytes.js');
