import { bin, checkSite, report, run, versionOf } from './support.js';

await run(bin('rollup'), ['--config', '--failAfterWarnings']);

// By itself it takes no file along: the page falls back on bytes.js. A plugin knows `new URL(…, import.meta.url)`.
await checkSite('dist/default', 0);
const browser = await checkSite('dist/assets', 1);
report([versionOf('rollup'), browser], 1, 'without the plugin: 0, bytes.js');
