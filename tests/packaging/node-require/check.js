import { checkAnswer, report, run } from './support.js';

await checkAnswer(async (...given) => JSON.parse(await run(process.execPath, ['main.cjs', ...given])));
report([`Node ${process.versions.node}`], null);
