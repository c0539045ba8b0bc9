import { bin, checkTests, report, versionOf } from './support.js';

const NATIVE_MODULES = { NODE_OPTIONS: '--experimental-vm-modules' };

await checkTests(bin('jest'), ['ask.test.cjs'], { tests: 1 });
await checkTests(bin('jest'), ['ask.test.js'], { tests: 1, env: NATIVE_MODULES });
report([versionOf('jest')], null);
