import { bin, report, run, versionOf } from './support.js';

// The modules are no JavaScript: a bundler has them, with an `import` of its own kind, and nobody requires them.
const MODULES = ['wasm', 'decode/wasm'];

await run(bin('attw'), ['--pack', 'node_modules/huaweicloud-tasks', '--exclude-entrypoints', ...MODULES]);
report([versionOf('@arethetypeswrong/cli')], null);
