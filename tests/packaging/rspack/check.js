import assert from 'node:assert/strict';
import { rspack } from '@rspack/core';
import { checkSite, report, versionOf } from './support.js';
import config from './rspack.config.js';

const stats = await new Promise((resolve, reject) => {
  rspack(config, (error, stats) => (error ? reject(error) : resolve(stats)));
});
assert.ok(!stats.hasErrors() && !stats.hasWarnings(), stats.toString('errors-warnings'));
report([versionOf('@rspack/core'), await checkSite('dist', 1)], 1);
