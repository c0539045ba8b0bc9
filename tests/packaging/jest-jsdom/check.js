import { bin, checkTests, report, run, versionOf } from './support.js';

const JSDOM = '--env=jsdom';

await checkTests(bin('jest'), [JSDOM, 'given.test.cjs'], { tests: 1 });
// Native modules are those for a browser, of which jsdom has too little.
await run(bin('jest'), [JSDOM, 'native.test.js'], { env: { NODE_OPTIONS: '--experimental-vm-modules' } });
report(['jest', 'jest-environment-jsdom'].map(versionOf), null, 'with a `fetch`; native modules: ConfigError');
