//! Operations that end after a drawn time, and the schedules that wait for them, under a virtual clock.

use huaweicloud_tasks::operation::schedule::{Known, PassedMilestone, eta_ms, next_wait_ms};
use huaweicloud_tasks::service::Watched;
use huaweicloud_tasks::service::apig::GatewayProgress;

/// Chance that is the same in every run: SplitMix64.
pub struct Chance(pub u64);

impl Chance {
    /// Evenly between 0 and 1, without either.
    pub fn part(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (((bits ^ (bits >> 31)) >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    /// Log-normal, by its mean and its coefficient of variation.
    pub fn log_normal(&mut self, mean: f64, variation: f64) -> f64 {
        let sigma = (1.0 + variation * variation).ln().sqrt();
        let normal = (-2.0 * self.part().ln()).sqrt() * (std::f64::consts::TAU * self.part()).cos();
        mean * (sigma * normal - sigma * sigma / 2.0).exp()
    }
}

/// How the operations of a case are drawn.
#[derive(Clone, Copy)]
pub struct Case {
    pub name: &'static str,
    /// Of the durations, in seconds, and their coefficient of variation.
    pub mean: f64,
    pub variation: f64,
    /// The coefficient of variation of each milestone's time; without one, no milestone is reported.
    pub milestones: Option<f64>,
    /// How many durations of the like are known beforehand.
    pub known: usize,
}

/// One operation, in milliseconds.
pub struct Operation {
    pub duration: u64,
    milestones: Vec<(i64, u64)>,
    durations: Vec<u64>,
}

impl Case {
    /// The same operations in every run.
    pub fn draw(&self, runs: usize) -> Vec<Operation> {
        let mut chance = Chance(20_260_101);
        (0..runs).map(|_| self.draw_one(&mut chance)).collect()
    }

    fn draw_one(&self, chance: &mut Chance) -> Operation {
        let mut duration = || chance.log_normal(self.mean * 1_000.0, self.variation);
        let (length, durations) = (duration(), (0..self.known).map(|_| duration() as u64).collect());
        let mut latest = 0.0_f64;
        let milestone = |&(percent, part): &(i64, f64)| {
            let time = length * chance.log_normal(part, self.milestones?);
            latest = time.min(0.99 * length).max(latest);
            Some((percent, latest as u64))
        };
        let milestones = GatewayProgress::PRIOR.milestones.iter().filter_map(milestone).collect();
        Operation { duration: length as u64, milestones, durations }
    }
}

/// How an operation is waited for.
#[derive(Clone, Copy)]
pub enum Schedule {
    Ours,
    /// First after a delay, then at a fixed interval; in milliseconds.
    Fixed(u64, u64),
    /// Doubling from a first wait to a longest one, each drawn evenly from 0 on where there is jitter.
    Doubling {
        first: u64,
        longest: u64,
        jitter: bool,
    },
}

/// What waiting for many operations came to.
pub struct Outcome {
    /// Mean number of requests for one operation.
    pub requests: f64,
    /// Seconds from the end until it is noticed: the mean, and what 95 % do not exceed.
    pub delay: f64,
    pub p95: f64,
    /// How often the range told after a request held the end: by requests, and by the time that it stood.
    pub eta_held: f64,
    pub eta_held_by_time: f64,
}

impl Schedule {
    pub fn wait_for(self, operations: &[Operation]) -> Outcome {
        let mut chance = Chance(7);
        let mut tally = Tally::default();
        for operation in operations {
            match self {
                Self::Ours => tally.watch(operation),
                Self::Fixed(delay, interval) => {
                    let further = operation.duration.saturating_sub(delay).div_ceil(interval);
                    tally.add(1 + further, delay + further * interval - operation.duration);
                }
                Self::Doubling { first, longest, jitter } => {
                    let (mut requests, mut now, mut bound) = (0, 0, first);
                    while now < operation.duration {
                        let part = if jitter { chance.part() } else { 1.0 };
                        now += (bound as f64 * part) as u64;
                        requests += 1;
                        bound = (bound * 2).min(longest);
                    }
                    tally.add(requests, now - operation.duration);
                }
            }
        }
        tally.outcome()
    }
}

#[derive(Default)]
struct Tally {
    requests: u64,
    delays: Vec<u64>,
    /// Ranges told, and those that held; then the same by time.
    told: [f64; 2],
    held: [f64; 2],
}

impl Tally {
    /// One operation, from the moment it was started: the start itself is no request here.
    fn watch(&mut self, operation: &Operation) {
        let mut seen: Vec<PassedMilestone> = Vec::new();
        let (mut now, mut requests) = (0, 0);
        while now < operation.duration {
            let known =
                Known { prior: &GatewayProgress::PRIOR, elapsed_ms: now, seen: &seen, durations: &operation.durations };
            let wait = next_wait_ms(&known);
            if let Some((earliest, latest)) = eta_ms(&known) {
                let held = (now + earliest..=now + latest).contains(&operation.duration);
                for (index, weight) in [1.0, wait as f64].into_iter().enumerate() {
                    if let Some((told, sum)) = self.told.get_mut(index).zip(self.held.get_mut(index)) {
                        *told += weight;
                        *sum += weight * f64::from(u8::from(held));
                    }
                }
            }
            let next = now + wait;
            if let Some(&(percent, _)) = operation.milestones.iter().rfind(|&&(_, at)| at <= next)
                && seen.last().is_none_or(|last| last.percent < percent)
            {
                seen.push(PassedMilestone { percent, not_yet_ms: now, seen_ms: next });
            }
            now = next;
            requests += 1;
        }
        self.add(requests, now - operation.duration);
    }

    fn add(&mut self, requests: u64, delay: u64) {
        self.requests += requests;
        self.delays.push(delay);
    }

    fn outcome(mut self) -> Outcome {
        let runs = self.delays.len() as f64;
        let rank = self.delays.len() * 95 / 100;
        let (_, &mut p95, _) = self.delays.select_nth_unstable(rank);
        let [eta_held, eta_held_by_time] = [0, 1]
            .map(|index| self.held.get(index).zip(self.told.get(index)).map_or(f64::NAN, |(held, told)| held / told));
        Outcome {
            requests: self.requests as f64 / runs,
            delay: self.delays.iter().sum::<u64>() as f64 / runs / 1_000.0,
            p95: p95 as f64 / 1_000.0,
            eta_held,
            eta_held_by_time,
        }
    }
}
