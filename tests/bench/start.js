// How long it takes a program to start and decode its first body: each in a process of its own, with nothing loaded yet
// but what Node itself loads.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { Chance, importOf } from './shared/bodies.js';
import { onRound, peerUrl, peerVersions, printedBy, report, withFile } from './shared/node.js';
import { figures, inTurns } from './shared/rounds.js';

const what = 'start: import and decode a first body';
const child = fileURLToPath(new URL('start/child.js', import.meta.url));
const chance = new Chance(7);

const { zod } = peerVersions();
const ours = (entry, aim) => ({ who: entry, how: 'decode', module: import.meta.resolve(entry), aim });
const contestants = [
  { who: `zod ${zod} + JSON.parse twice`, how: 'zod', module: peerUrl('zod') },
  ours('huaweicloud-tasks', 0.3),
  ours('huaweicloud-tasks/decode', 0.2),
  { who: `zod/mini ${zod} + JSON.parse twice`, how: 'zod', module: peerUrl('zod/mini') },
  { who: 'JSON.parse twice, no validation', how: 'parse', module: '' },
];

await withFile(async (file) => {
  const times = await inTurns(contestants, {
    rounds: 21,
    warmUps: 1,
    prepare: () => writeFileSync(file, importOf(chance, 10).bytes),
    turn: async ({ how, module }) => Number(await printedBy(child, how, module, file)),
    onRound: (round, rounds) => onRound(what, round, rounds),
  });
  for (const figure of figures(contestants, times, { engine: 'Node', what, unit: 'ms' })) report(figure);
});
