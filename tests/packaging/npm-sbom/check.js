import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { report, run } from './support.js';

const { version } = JSON.parse(readFileSync('node_modules/huaweicloud-tasks/package.json', 'utf8'));
const npm = (...words) => run(process.platform === 'win32' ? 'npm.cmd' : 'npm', [...words, '--loglevel=error']);

// From what is installed alone, npm cannot tell that a tarball is the one that package.json names.
await npm('install', '--package-lock-only', '--offline', '--no-audit', '--no-fund');
const sbom = JSON.parse(await npm('sbom', '--package-lock-only', '--sbom-format=cyclonedx'));

assert.deepEqual(
  sbom.components.map(({ name, version }) => [name, version]),
  [['huaweicloud-tasks', version]],
);
const [component] = sbom.components;
assert.equal(component.purl, `pkg:npm/huaweicloud-tasks@${version}`);
assert.deepEqual(component.licenses, [{ expression: '(MIT OR Apache-2.0)' }]);
const { dependsOn } = sbom.dependencies.find(({ ref }) => ref === component['bom-ref']);
assert.deepEqual(dependsOn, []);
report([`npm ${(await npm('--version')).trim()}`], null);
