// What the decoding of a large body takes of memory, and what it leaves behind: each in a process of its own.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { Chance, importOf } from './shared/bodies.js';
import { onRound, progress, report } from './shared/node.js';
import { figures, inTurns, spread } from './shared/rounds.js';

const ROWS = 100_000;
const ROUNDS = 9;
const run = promisify(execFile);
const child = fileURLToPath(new URL('memory/child.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'bench-'));
const file = join(folder, 'body.json');
const chance = new Chance(11);
const contestants = [
  { who: 'JSON.parse twice', how: 'parse' },
  { who: 'huaweicloud-tasks', how: 'decode', aim: 1 },
];

/** What a process says of its memory, in bytes. */
const ask = async (question, { how }) =>
  JSON.parse((await run(process.execPath, ['--expose-gc', child, question, how, file])).stdout);

async function measure(what, question, pick = (answer) => answer) {
  return inTurns(contestants, {
    rounds: ROUNDS,
    warmUps: 0,
    prepare: () => writeFileSync(file, importOf(chance, ROWS).bytes),
    turn: async (contestant) => pick(await ask(question, contestant)),
    onRound: (round, rounds) => onRound(what, round, rounds),
  });
}

/** A figure that is an amount and no ratio. */
function amount(what, [theirs, ours], aim) {
  const [base, us] = contestants;
  report({
    engine: 'Node',
    what,
    who: us.who,
    against: base.who,
    unit: 'bytes',
    amountAim: aim,
    ours: spread(ours),
    theirs: spread(theirs),
  });
}

try {
  const peak = 'peak memory of decoding 100,000 APIs';
  for (const figure of figures(contestants, await measure(peak, 'peak'), {
    engine: 'Node',
    what: peak,
    unit: 'bytes',
  })) {
    report(figure);
  }
  const both = await measure('what stays of 100,000 APIs', 'stays', (answer) => answer);
  const picked = (name) => both.map((answers) => answers.map((answer) => answer[name]));
  amount('what stays once the result is dropped', picked('left'), 4_000_000);
  amount('what one kept path of 100,000 keeps alive', picked('kept'), 128 * 1024);
} finally {
  rmSync(folder, { recursive: true });
  progress('');
}
