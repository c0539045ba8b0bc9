// What the decoding of a large body takes of memory, and what it leaves behind: each in a process of its own.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { Chance, importOf } from './shared/bodies.js';
import { onRound, printedBy, report, withFile } from './shared/node.js';
import { figures, inTurns, spread } from './shared/rounds.js';

const ROWS = 100_000;
const ROUNDS = 9;
const child = fileURLToPath(new URL('memory/child.js', import.meta.url));
const chance = new Chance(11);
const contestants = [
  { who: 'JSON.parse twice', how: 'parse' },
  { who: 'huaweicloud-tasks', how: 'decode', aim: 1 },
];

await withFile(async (file) => {
  const what = 'peak memory of decoding 100,000 APIs';
  const peaks = await answersTo('peak', what, file);
  for (const figure of figures(contestants, peaks, { engine: 'Node', what, unit: 'bytes' })) report(figure);

  const answers = await answersTo('stays', 'what stays of 100,000 APIs', file);
  const picked = (name) => answers.map((ofOne) => ofOne.map((answer) => answer[name]));
  amount('what stays once the result is dropped', picked('left'), 4_000_000);
  amount('what one kept path of 100,000 keeps alive', picked('kept'), 128 * 1024);
});

/** What processes say of their memory, in bytes, by contestant and by round. */
function answersTo(question, what, file) {
  return inTurns(contestants, {
    rounds: ROUNDS,
    warmUps: 0,
    prepare: () => writeFileSync(file, importOf(chance, ROWS).bytes),
    turn: async ({ how }) => JSON.parse(await printedBy('--expose-gc', child, question, how, file)),
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
