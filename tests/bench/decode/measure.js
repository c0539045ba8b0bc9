// How long it takes to decode a body, in Node and in browsers alike: what is here is there on every platform.
import { Chance, escapesOf, exportOf, importOf, oddImportOf } from '../shared/bodies.js';
import {
  checkReport,
  parsedTwiceFromBytes,
  touchDocument,
  touchReport,
  touchText,
  validatedBy,
} from '../shared/reading.js';
import { figures, inTurns } from '../shared/rounds.js';

const MB = 1_000_000;
const TWICE = 'TextDecoder + JSON.parse twice';

/** So many rows a body, so many bodies a turn: what takes microseconds is taken many times. */
const IMPORTS = [
  { rows: 10, bodies: 200, rounds: 31, warmUps: 8, aim: 0.9 },
  { rows: 1_000, bodies: 4, rounds: 31, warmUps: 8, aim: 0.4 },
  { rows: 10_000, bodies: 1, rounds: 15, warmUps: 3, aim: 0.4 },
  { rows: 100_000, bodies: 1, rounds: 9, warmUps: 1, aim: 0.4 },
];

/**
 * Gives the figures one by one to `report`. `decode` is `decodeAsyncTask`; `peers` are those of zod, by their names;
 * `onRound` is awaited before each round.
 */
export async function measureDecoding({ decode, peers, report, onRound }) {
  const chance = new Chance(20_260_101);
  const take = async (what, { make, use, check, contestants, bodies = 1, ...how }) => {
    const prepare = () => Array.from({ length: bodies }, () => make());
    const turn = (contestant, prepared, isWarmUp) => {
      // The garbage of others is not to be collected in one's own time.
      if (prepared[0].bytes.length > MB) globalThis.gc?.();
      const begin = performance.now();
      let used = 0;
      for (const { bytes } of prepared) used += use(contestant.decode(bytes));
      const time = (performance.now() - begin) / prepared.length;
      if (used === 0) throw new Error(`${contestant.who} gave nothing`);
      for (const body of isWarmUp ? prepared : []) check(contestant.who, contestant.decode(body.bytes), body);
      return time;
    };
    const round = (number, rounds) => onRound(what, number, rounds);
    const times = await inTurns(contestants, { ...how, prepare, turn, onRound: round });
    for (const figure of figures(contestants, times, { what, unit: 'ms' })) report(figure);
  };
  const us = (aim) => ({ who: 'huaweicloud-tasks', decode, aim });
  const base = { who: TWICE, decode: parsedTwiceFromBytes };
  const rowsAsExpected = (who, task, { bytes }) => checkReport(who, task, parsedTwiceFromBytes(bytes));

  for (const { rows, aim, ...how } of IMPORTS) {
    await take(`an import of ${rows.toLocaleString('en')} APIs`, {
      ...how,
      make: () => importOf(chance, rows),
      use: touchReport,
      check: rowsAsExpected,
      contestants: [base, us(aim)],
    });
  }
  await take('an import of 1,000 APIs, written otherwise', {
    ...IMPORTS[1],
    make: () => oddImportOf(chance, 1_000),
    use: touchReport,
    check: rowsAsExpected,
    contestants: [base, us(0.8)],
  });
  for (const [name, zod] of Object.entries(peers)) {
    await take(`an import of 1,000 APIs, next to ${name}`, {
      ...IMPORTS[1],
      make: () => importOf(chance, 1_000),
      use: touchReport,
      check: rowsAsExpected,
      contestants: [{ who: `${TWICE} + ${name}`, decode: validatedBy(zod) }, us(0.35)],
    });
  }

  const textAsExpected = (who, { result }, { last }) => {
    if (!(result.content ?? result.Comment).endsWith(last)) throw new Error(`${who} gave another text`);
  };
  const big = { rounds: 11, warmUps: 2 };
  await take('an export of 8 MB, to its text', {
    ...big,
    make: () => exportOf(chance, 8 * MB),
    use: touchText,
    check: textAsExpected,
    contestants: [base, us(0.5)],
  });
  await take('an export of 8 MB, to its document', {
    ...big,
    make: () => exportOf(chance, 8 * MB),
    use: touchDocument,
    check: (who, { document }) => {
      if (Object.keys(document.paths).length < 1_000) throw new Error(`${who} gave another document`);
    },
    contestants: [
      { who: 'TextDecoder + JSON.parse three times', decode: parsedThreeTimes },
      {
        ...us(0.9),
        decode: (bytes) => {
          const { raw, result } = decode(bytes);
          return { raw, document: result.document };
        },
      },
    ],
  });
  await take('an export of 16 MB, every byte of it an escape', {
    ...big,
    make: () => escapesOf(chance, 16 * MB),
    use: touchText,
    check: textAsExpected,
    contestants: [base, us(1)],
  });
}

function parsedThreeTimes(bytes) {
  const { raw, result } = parsedTwiceFromBytes(bytes);
  return { raw, document: JSON.parse(result.Comment) };
}
