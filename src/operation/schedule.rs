//! When a running operation is asked again, how long it will still take, and whether it is slow.
//!
//! All three come from one posterior over the duration: the [`Belief`] about operations of its kind, given that this one
//! has not ended so far and when it passed its milestones. Asking costs, and so does noticing the end late; with the
//! hazard `h` of the end, asking with a density ∝ √h costs least (Barlow and Proschan's checking problem). The next wait
//! is the one with the least expected cost, supposing that this density is followed after it: unlike the density alone,
//! that counts what a milestone would tell.
//!
//! Pure functions of what is known, with neither clock nor chance.

use super::belief::{Belief, survival};
use crate::model::prior::Prior;

/// A percentage, and the two questions between which the service came to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PassedMilestone {
    /// The percentage.
    pub percent: i64,
    /// When it was not there yet, in milliseconds since the operation started.
    pub not_yet_ms: u64,
    /// When it was first seen, in milliseconds since the operation started.
    pub seen_ms: u64,
}

/// What is known of an operation that has not ended when it is asked.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// Its kind.
    pub prior: &'a Prior,
    /// How long it had run when it was last asked.
    pub elapsed_ms: u64,
    /// The percentages seen, in their order.
    pub seen: &'a [PassedMilestone],
    /// How long finished operations of the like took, newest last.
    pub durations: &'a [u64],
}

/// What a request costs, as milliseconds of delay.
const REQUEST_MS: f64 = 1_250.0;

/// A delay of so long costs twice as much as its length, and it grows with the square.
const LATE_MS: f64 = 25_000.0;

/// The shortest and the longest wait, and how the longest grows with the time elapsed: an end far before the expected
/// one is noticed after a time in proportion.
const SHORTEST_MS: f64 = 1_000.0;
const LONGEST_MS: f64 = 120_000.0;
const FIRST_MS: f64 = 22_000.0;
const GROWTH: f64 = 5.0;

/// A milestone comes within some 11 % of its time, as the exponent 2^4 says; or at any time; or the service shows none.
const MILESTONE_STEEPNESS: u32 = 4;
const MILESTONE_ASTRAY: f64 = 0.01;
const SILENT: f64 = 0.05;

/// The most milestones that a kind has.
const MILESTONES: usize = 4;

/// The time left is cut into cells that grow by a constant factor: from 1/2000 to 40 times the scale.
const CELLS: usize = 64;
const FINEST: f64 = 2_000.0;
const CELL_GROWTH: f64 = 1.193;

/// How long to wait before the operation is asked again, in milliseconds.
pub fn next_wait_ms(known: &Known) -> u64 {
    Posterior::new(known).best_wait() as u64
}

/// How long the operation will still take after it was last asked: a range in milliseconds that holds the end in 80 of
/// 100 cases. `None` where neither a source nor enough seen durations tell.
pub fn eta_ms(known: &Known) -> Option<(u64, u64)> {
    let posterior = Posterior::new(known);
    let range = || (posterior.quantile(0.1) as u64, posterior.quantile(0.9) as u64);
    posterior.belief.is_sourced().then(range)
}

/// Whether the operation has run for longer than 95 % of its like.
pub fn is_slow(known: &Known) -> bool {
    Belief::new(known.prior, known.durations).plain_survival(known.elapsed_ms as f64) < 0.05
}

/// One possible range of the time left.
#[derive(Debug, Clone, Copy, Default)]
struct Cell {
    /// Its end, in milliseconds from now, and its width.
    end: f64,
    width: f64,
    /// Its middle as a duration of the whole operation.
    duration: f64,
    /// Its probability, but for a factor common to all: without what the milestones to come tell by being still to come,
    /// and with it.
    before: f64,
    mass: f64,
}

struct Posterior<'a> {
    belief: Belief<'a>,
    elapsed: f64,
    cells: [Cell; CELLS],
    /// The part of the duration at which each milestone still to come is expected.
    ahead: &'static [(i64, f64)],
    /// How likely what is seen would be if the service showed no milestones.
    silent: f64,
}

impl<'a> Posterior<'a> {
    fn new(known: &Known<'a>) -> Self {
        let belief = Belief::new(known.prior, known.durations);
        let elapsed = known.elapsed_ms as f64;
        let milestones = known.prior.milestones;
        let passed = |&&(percent, _): &&(i64, f64)| known.seen.iter().any(|seen| seen.percent >= percent);
        let (behind, ahead) =
            milestones.split_at_checked(milestones.iter().take_while(passed).count()).unwrap_or_default();
        let silent = if behind.is_empty() { SILENT } else { 0.0 };
        let mut end = (elapsed + belief.scale()) / FINEST;
        let (mut start, mut survival) = (0.0, belief.survival(elapsed));
        let cells = [(); CELLS].map(|()| {
            let after = belief.survival(elapsed + end);
            let duration = elapsed + (start + end) / 2.0;
            let mut before = survival - after;
            for &(percent, part) in behind {
                if let Some(seen) = known.seen.iter().find(|seen| seen.percent >= percent) {
                    before *= between(part * duration, seen.not_yet_ms as f64, seen.seen_ms as f64);
                }
            }
            let mass = before * (silent + still_ahead(ahead, duration, elapsed));
            let cell = Cell { end, width: end - start, duration, before, mass };
            (start, survival) = (end, after);
            end *= CELL_GROWTH;
            cell
        });
        Self { belief, elapsed, cells, ahead, silent }
    }

    /// The wait with the least expected cost.
    fn best_wait(&self) -> f64 {
        let total: f64 = self.cells.iter().map(|cell| cell.mass).sum();
        let longest = (FIRST_MS + GROWTH * self.elapsed).min(LONGEST_MS);
        let (mut best, mut least) = (longest, f64::INFINITY);
        // The probability that the operation has ended before the next question, the delay by then, and its square.
        let (mut ended, mut delay, mut square) = (0.0, 0.0, 0.0);
        for (index, cell) in self.cells.iter().enumerate() {
            let (mass, width) = (cell.mass, cell.width);
            square += 2.0 * delay * width + (ended + mass / 3.0) * width * width;
            delay += (ended + mass / 2.0) * width;
            ended += mass;
            if cell.end > longest {
                break;
            }
            if cell.end >= SHORTEST_MS {
                let cost = REQUEST_MS * total + delay + square / LATE_MS + self.cost_after(index);
                if cost < least {
                    (best, least) = (cell.end, cost);
                }
            }
        }
        best
    }

    /// The expected cost after a question at the end of a cell, when it finds the operation still running: with a density
    /// ∝ √hazard from there on, ∫ √(2 · request · survival · density).
    fn cost_after(&self, index: usize) -> f64 {
        let Some((cell, rest)) = self.cells.get(index).zip(self.cells.get(index + 1..)) else { return 0.0 };
        let asked = self.elapsed + cell.end;
        // The question may find none, one or more of the milestones ahead passed. For each of these, from the last cell
        // back: the mass later than the cell, and the cost.
        let mut outcomes = [(0.0, 0.0); MILESTONES + 1];
        for cell in rest.iter().rev() {
            let none = cell.before * still_ahead(self.ahead, cell.duration, asked);
            let (mut passed, mut silent, mut ahead) = (none, cell.before * self.silent, self.ahead.iter());
            for (later, cost) in &mut outcomes {
                let mass = passed + silent;
                *cost += (2.0 * REQUEST_MS * mass * (*later + mass / 2.0) * cell.width).sqrt();
                *later += mass;
                let Some(&(_, part)) = ahead.next() else { break };
                let expected = part * cell.duration;
                passed *= between(expected, self.elapsed, asked) / between(expected, asked, f64::INFINITY);
                silent = 0.0;
            }
        }
        // The last question comes half a wait after the end.
        outcomes.iter().map(|(later, cost)| cost + REQUEST_MS / 2.0 * later).sum()
    }

    /// The time left that is not exceeded with this probability.
    fn quantile(&self, probability: f64) -> f64 {
        let mut left = probability * self.cells.iter().map(|cell| cell.mass).sum::<f64>();
        for cell in &self.cells {
            if left <= cell.mass {
                // Without any mass at all, nothing is known but the elapsed time.
                return cell.end - cell.width * (1.0 - left / cell.mass.max(f64::MIN_POSITIVE));
            }
            left -= cell.mass;
        }
        self.cells.last().map_or(0.0, |cell| cell.end)
    }
}

/// How likely milestones are still to come after `elapsed` milliseconds of an operation that takes `duration`.
fn still_ahead(milestones: &[(i64, f64)], duration: f64, elapsed: f64) -> f64 {
    milestones.iter().fold(1.0, |all, &(_, part)| all * between(part * duration, elapsed, f64::INFINITY))
}

/// How likely a milestone expected at `expected` comes after `start` and not after `end`.
fn between(expected: f64, start: f64, end: f64) -> f64 {
    let by = |time: f64| survival(expected / time, MILESTONE_STEEPNESS);
    by(end) - by(start) + MILESTONE_ASTRAY
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::Watched;
    use crate::service::apig::{AsyncTask, GatewayProgress};
    use crate::service::kps::KeypairTask;
    use crate::service::roma::RomaInstanceProgress;
    use crate::service::sfs_turbo::Job;

    const STARTED: Known = Known { prior: &GatewayProgress::PRIOR, elapsed_ms: 0, seen: &[], durations: &[] };
    const JOB: Known = Known { prior: &Job::PRIOR, ..STARTED };

    fn at(elapsed_s: u64, known: Known<'_>) -> Known<'_> {
        Known { elapsed_ms: elapsed_s * 1_000, ..known }
    }

    fn seen(percent: i64, not_yet_s: u64, seen_s: u64) -> PassedMilestone {
        PassedMilestone { percent, not_yet_ms: not_yet_s * 1_000, seen_ms: seen_s * 1_000 }
    }

    #[test]
    fn it_asks_soon_after_the_start_and_most_densely_around_the_expected_end() {
        let wait = |elapsed| next_wait_ms(&at(elapsed, STARTED));
        assert!((2_000..=22_000).contains(&wait(0)), "{}", wait(0));
        assert!(wait(330) < wait(200) && wait(200) < wait(100), "{} {} {}", wait(330), wait(200), wait(100));
        assert!(wait(330) < wait(900) && wait(900) < wait(5_000), "{} {} {}", wait(330), wait(900), wait(5_000));
    }

    #[test]
    fn a_wait_keeps_its_bounds() {
        let ninety = [seen(90, 200, 201)];
        for elapsed_s in (0..20_000).step_by(37) {
            for seen in [&[][..], &ninety] {
                let wait = next_wait_ms(&at(elapsed_s, Known { seen, ..STARTED })) as f64;
                let longest = (FIRST_MS + GROWTH * 1_000.0 * elapsed_s as f64).min(LONGEST_MS);
                assert!((SHORTEST_MS..=longest).contains(&wait), "{elapsed_s} s: {wait}");
            }
        }
    }

    #[test]
    fn the_range_agrees_with_the_survival_function() {
        // A kind without milestones: P(left > u) is S(elapsed + u) / S(elapsed).
        let belief = Belief::new(JOB.prior, &[]);
        for elapsed_s in [0, 30, 300, 660, 2_000, 20_000] {
            let elapsed = elapsed_s as f64 * 1_000.0;
            let (earliest, latest) = eta_ms(&at(elapsed_s, JOB)).unwrap();
            for (left, probability) in [(earliest, 0.9), (latest, 0.1)] {
                let exact = belief.survival(elapsed + left as f64) / belief.survival(elapsed);
                assert!((exact - probability).abs() < 0.01, "{elapsed_s} s: {left} ms has {exact}, not {probability}");
            }
        }
    }

    #[test]
    fn milestones_narrow_the_range_and_move_it() {
        let range = |seen: &[PassedMilestone]| eta_ms(&at(270, Known { seen, ..STARTED })).unwrap();
        let on_time = [seen(30, 20, 30), seen(50, 90, 105), seen(80, 170, 185), seen(90, 255, 265)];
        let (earliest, latest) = range(&on_time);
        // 90 % after 260 s of 324 s: some 65 s are left.
        assert!(earliest < 55_000 && 55_000 < latest && latest < 120_000, "{earliest} {latest}");
        let (_, late) = range(&[seen(30, 50, 60), seen(50, 190, 210)]);
        assert!(late > 2 * latest, "{late} {latest}");
        // Passed all at once, in a gap without questions: still before the end.
        let (_, jumped) = range(&[seen(90, 30, 269)]);
        assert!(jumped < late, "{jumped} {late}");
    }

    #[test]
    fn milestones_that_make_no_sense_tell_nothing() {
        // 90 % at once, and nothing more for a long time; in no time; backwards.
        for odd in [seen(90, 0, 1), seen(90, 260, 260), seen(90, 265, 200)] {
            let (earliest, latest) = eta_ms(&at(270, Known { seen: &[odd], ..STARTED })).unwrap();
            assert!(earliest < 60_000 && latest > 60_000 && latest < 600_000, "{odd:?}: {earliest} {latest}");
        }
    }

    #[test]
    fn durations_seen_shift_everything() {
        let slower = Known { durations: &[900_000, 870_000, 930_000, 910_000, 890_000], ..STARTED };
        assert!(eta_ms(&slower).unwrap().1 > eta_ms(&STARTED).unwrap().1 * 2);
        assert!(next_wait_ms(&at(2_000, slower)) < LONGEST_MS as u64);
        assert!(is_slow(&at(500, STARTED)) && !is_slow(&at(400, STARTED)));
        assert!(!is_slow(&at(900, slower)) && is_slow(&at(1_500, slower)));
    }

    #[test]
    fn a_guess_tells_no_time() {
        for prior in [&AsyncTask::PRIOR, &KeypairTask::PRIOR, &RomaInstanceProgress::PRIOR] {
            let guess = Known { prior, ..STARTED };
            assert_eq!(eta_ms(&guess), None);
            assert_eq!(eta_ms(&Known { durations: &[20_000], ..guess }), None);
            let (earliest, latest) = eta_ms(&Known { durations: &[20_000, 21_000], ..guess }).unwrap();
            assert!(earliest < latest);
        }
    }

    #[test]
    fn absurd_input_neither_panics_nor_breaks_the_bounds() {
        let extremes = [0, 1, 1_000, u64::MAX / 2, u64::MAX];
        for elapsed_ms in extremes {
            for (not_yet_ms, seen_ms) in extremes.iter().flat_map(|a| extremes.map(|b| (*a, b))) {
                for percent in [i64::MIN, -1, 0, 55, 100, i64::MAX] {
                    let seen = [PassedMilestone { percent, not_yet_ms, seen_ms }; 3];
                    for durations in [&[][..], &[0], &[u64::MAX; 20], &[0, u64::MAX]] {
                        let known = Known { elapsed_ms, seen: &seen, durations, ..STARTED };
                        let wait = next_wait_ms(&known) as f64;
                        assert!((SHORTEST_MS..=LONGEST_MS).contains(&wait), "{known:?}: {wait}");
                        let (earliest, latest) = eta_ms(&known).unwrap();
                        assert!(earliest <= latest, "{known:?}: {earliest} {latest}");
                        is_slow(&known);
                    }
                }
            }
        }
    }
}
