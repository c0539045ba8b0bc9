import { bin, checkAnswer, report, run, versionOf } from './support.js';

const deno = async (...args) => run(bin('deno'), args, { env: { DENO_DIR: 'deno-cache', DENO_NO_UPDATE_CHECK: '1' } });
const rights = ['--allow-net=127.0.0.1', '--allow-read=.', '--no-prompt'];

await checkAnswer(async (...given) => JSON.parse(await deno('run', ...rights, 'program.js', ...given)));
report([versionOf('deno')], null);
