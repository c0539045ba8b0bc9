import assert from 'node:assert/strict';
import { bin, checkPage, modulesIn, report, run, serveFolder, versionOf } from './support.js';

await run(bin('parcel'), ['build', 'index.html', '--no-cache', '--cache-dir', 'cache']);
assert.equal(modulesIn('dist').length, 1, `modules in dist/: ${modulesIn('dist')}`);
const site = await serveFolder('dist');
const browser = await checkPage(site.url, 1).finally(site.close);
report([versionOf('parcel'), browser], 1);
