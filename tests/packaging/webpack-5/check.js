import assert from 'node:assert/strict';
import webpack from 'webpack';
import { checkAlone, checkSite, modulesIn, report, versionOf } from './support.js';
import config from './webpack.config.js';

const stats = await new Promise((resolve, reject) => {
  webpack(config, (error, stats) => (error ? reject(error) : resolve(stats)));
});
assert.ok(!stats.hasErrors() && !stats.hasWarnings(), stats.toString('errors-warnings'));
const browser = await checkSite('dist/web', 1);

// For Node, webpack takes no file along: what it makes runs by itself with bytes.js.
assert.deepEqual(modulesIn('dist/node'), []);
await checkAlone('dist/node/main.cjs');
report([versionOf('webpack'), browser, `Node ${process.versions.node}`], 1, 'target node: 0, bytes.js');
