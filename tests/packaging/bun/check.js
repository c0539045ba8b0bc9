import { checkAnswer, report, run, versionOf } from './support.js';

// The package's own program is put in place by an install script, which is not run here.
const bun = `node_modules/@oven/bun-${process.platform}-${process.arch}/bin/bun`;

for (const program of ['program.js', 'main.cjs']) {
  await checkAnswer(async (...given) => JSON.parse(await run(bun, [program, ...given])));
}
report([versionOf('bun')], null);
