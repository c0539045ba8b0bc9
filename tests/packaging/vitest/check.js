import { bin, checkTests, report, versionOf } from './support.js';

await checkTests(bin('vitest'), ['run'], { tests: 3 });
report(['vitest', 'jsdom', 'happy-dom'].map(versionOf), null);
