//! What is believed of an operation's duration: its kind's prior, and the durations seen.
//!
//! Every distribution here is log-logistic: a duration is longer than `t` with probability `1 / (1 + (t / median)^k)`.
//! It has the log-normal's shape with a heavier tail, and for `k = 2^n` it needs neither a logarithm nor an exponential.

use crate::model::prior::Prior;

/// How many of the newest durations count.
const NEWEST: usize = 8;

/// What was seen is trusted as much as a gateway's prior.
const SEEN_STEEPNESS: u32 = 3;

/// No duration is taken for longer.
const DAY_MS: u64 = 86_400_000;

/// The part of the operations that the prior tells next to nothing about, so that a wrong one does little harm.
const ASTRAY: f64 = 0.2;
const ASTRAY_STEEPNESS: u32 = 1;

/// The belief of a duration: the prior and the newest of the durations seen, each the centre of a distribution.
#[derive(Debug, Clone, Copy)]
pub struct Belief<'a> {
    prior: &'a Prior,
    seen: &'a [u64],
}

impl<'a> Belief<'a> {
    /// The belief by a prior and the durations of finished operations of the like in milliseconds, newest last.
    pub fn new(prior: &'a Prior, durations: &'a [u64]) -> Self {
        let newest = durations.len().saturating_sub(NEWEST);
        Self { prior, seen: durations.get(newest..).unwrap_or_default() }
    }

    /// The probability that an operation takes longer than `t` milliseconds, with what goes astray.
    pub fn survival(&self, t: f64) -> f64 {
        let astray = self.mean(|median, _| survival(t / median, ASTRAY_STEEPNESS));
        ASTRAY * astray + (1.0 - ASTRAY) * self.plain_survival(t)
    }

    /// The probability that an operation that goes as expected takes longer than `t` milliseconds.
    pub fn plain_survival(&self, t: f64) -> f64 {
        self.mean(|median, steepness| survival(t / median, steepness))
    }

    /// The longest of the medians, in milliseconds.
    pub fn scale(&self) -> f64 {
        self.seen.iter().fold(median(self.prior.median_ms), |longest, &duration| longest.max(median(duration)))
    }

    /// Whether there is enough to tell a time by.
    pub fn is_sourced(&self) -> bool {
        self.prior.worth as usize + self.seen.len() > Prior::SOURCED as usize - 1
    }

    fn mean(&self, of: impl Fn(f64, u32) -> f64) -> f64 {
        let worth = f64::from(self.prior.worth);
        let sum = worth * of(median(self.prior.median_ms), self.prior.steepness);
        let sum = self.seen.iter().fold(sum, |sum, &duration| sum + of(median(duration), SEEN_STEEPNESS));
        sum / (worth + self.seen.len() as f64)
    }
}

fn median(milliseconds: u64) -> f64 {
    milliseconds.clamp(1, DAY_MS) as f64
}

/// The probability that a log-logistic variable of median 1 is greater than `ratio`.
pub fn survival(ratio: f64, steepness: u32) -> f64 {
    let power = (0..steepness).fold(ratio, |power, _| power * power);
    1.0 / (1.0 + power)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::KINDS;
    use crate::service::Watched;
    use crate::service::apig::GatewayProgress;

    const GATEWAY: &Prior = &GatewayProgress::PRIOR;

    #[test]
    fn survival_falls_from_one_through_a_half_at_the_median_to_nothing() {
        for prior in KINDS.iter().map(|kind| &kind.prior) {
            let belief = Belief::new(prior, &[]);
            let median = prior.median_ms as f64;
            assert_eq!(belief.plain_survival(median), 0.5);
            assert_eq!(belief.survival(0.0), 1.0);
            let steps = (1..2_000).map(|step| belief.survival(f64::from(step) * median / 100.0));
            assert!(steps.collect::<Vec<f64>>().is_sorted_by(|earlier, later| earlier > later));
            assert!(belief.survival(1e15) < 1e-10);
        }
    }

    #[test]
    fn the_gateways_prior_is_close_to_the_log_normal_that_it_stands_for() {
        // Quantiles of a log-normal with a mean of 324 s and a coefficient of variation of 0.25.
        let belief = Belief::new(GATEWAY, &[]);
        for (seconds, probability) in [(209.0, 0.95), (266.0, 0.75), (314.0, 0.5), (371.0, 0.25), (472.0, 0.05)] {
            let survival = belief.plain_survival(seconds * 1_000.0);
            assert!((survival - probability).abs() < 0.05, "{seconds} s: {survival}, not {probability}");
        }
    }

    #[test]
    fn the_newest_durations_outweigh_the_prior() {
        let old_and_new = [vec![1_000; 20], vec![900_000; 8]].concat();
        let belief = Belief::new(GATEWAY, &old_and_new);
        assert!(belief.plain_survival(600_000.0) > 0.7);
        assert!(belief.plain_survival(1_000.0) > 0.99);
    }

    #[test]
    fn milestones_are_in_their_order() {
        for prior in KINDS.iter().map(|kind| &kind.prior) {
            assert!(prior.milestones.is_sorted_by(|one, next| one.0 < next.0 && one.1 < next.1));
        }
    }
}
