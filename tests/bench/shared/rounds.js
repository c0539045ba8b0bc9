// Measuring in turns: every contestant has one in each round, and is compared with the first one's of the same round, so
// that what else the machine does counts for both.

/**
 * The milliseconds of each contestant's turns, by contestant and by round. `prepare` makes what a round is about, which
 * all contestants get; `turn` takes one contestant's time.
 */
export async function inTurns(contestants, { rounds, warmUps, prepare = () => undefined, turn, onRound = () => {} }) {
  const times = contestants.map(() => []);
  for (let round = -warmUps; round < rounds; round += 1) {
    await onRound(Math.max(round, 0) + 1, rounds);
    const subject = await prepare();
    const order = contestants.map((_, place) => (round + warmUps + place) % contestants.length);
    // Turned around every other round: the garbage that one leaves behind is not always left to the same one.
    if (round % 2 !== 0) order.reverse();
    for (const index of order) {
      const time = await turn(contestants[index], subject, round < 0);
      if (round >= 0) times[index].push(time);
    }
  }
  return times;
}

/** What is told of each contestant beside the first: its times, and how many times the first one's they are. */
export function figures(contestants, times, about) {
  const [base] = times;
  return contestants.slice(1).map(({ who, aim }, index) => ({
    ...about,
    who,
    against: contestants[0].who,
    aim,
    ratio: spread(times[index + 1].map((time, round) => time / base[round])),
    ours: spread(times[index + 1]),
    theirs: spread(base),
  }));
}

/** The least, the median and the most. */
export function spread(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return { min: sorted[0], median: sorted[sorted.length >> 1], max: sorted.at(-1) };
}
