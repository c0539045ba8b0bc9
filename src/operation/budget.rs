//! So many requests in so many milliseconds, shared by all who take their turn.

use std::collections::VecDeque;

pub use crate::http::retry::RateLimit as Limit;

/// Requests arrive a little closer together than they were sent.
const MARGIN_MS: u64 = 1_000;

/// Of what was sent before any limit was told: so many requests, and for so long.
const LONGEST_MEMORY: usize = 10_000;
const LONGEST_WINDOW_MS: u64 = 600_000;

/// What was sent, and how much may be.
#[derive(Debug, Clone, Default)]
pub struct Budget {
    limit: Option<Limit>,
    /// When requests were sent, in epoch milliseconds, in their order.
    sent: VecDeque<i64>,
}

impl Budget {
    /// A budget that nothing was taken of; without a limit until a service tells one.
    pub fn new(limit: Option<Limit>) -> Self {
        Self { limit, sent: VecDeque::new() }
    }

    /// The limit, as it was given or told.
    pub fn limit(&self) -> Option<Limit> {
        self.limit
    }

    /// Whether nothing that was sent counts any more.
    pub fn is_idle(&self, now: i64) -> bool {
        let window = self.limit.map_or(LONGEST_WINDOW_MS, |limit| limit.per_ms).saturating_add(MARGIN_MS);
        let before = now.saturating_sub(i64::try_from(window).unwrap_or(i64::MAX));
        self.sent.back().is_none_or(|last| *last <= before)
    }

    /// When the next request may go, in epoch milliseconds, when so many are waiting: at once while all of them fit, else
    /// spread evenly.
    pub fn free_at(&mut self, now: i64, waiting: usize) -> i64 {
        let Some(Limit { limit, per_ms }) = self.limit else { return i64::MIN };
        let window = i64::try_from(per_ms.saturating_add(MARGIN_MS)).unwrap_or(i64::MAX);
        self.sent.retain(|at| *at > now.saturating_sub(window));
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let free = limit.saturating_sub(self.sent.len());
        if free == 0 {
            let blocking = self.sent.get(self.sent.len().saturating_sub(limit)).copied().unwrap_or(now);
            return blocking.saturating_add(window);
        }
        if waiting <= free {
            return i64::MIN;
        }
        let last = self.sent.back().copied().unwrap_or(i64::MIN);
        last.saturating_add(window / i64::try_from(limit).unwrap_or(i64::MAX))
    }

    /// A request goes now.
    pub fn take(&mut self, now: i64) {
        if self.sent.len() >= LONGEST_MEMORY {
            self.sent.pop_front();
        }
        // A clock may be set back: they stay in their order all the same.
        let place = self.sent.partition_point(|at| *at <= now);
        self.sent.insert(place, now);
    }

    /// The service has told its limit: it may be less than was thought.
    pub fn learn(&mut self, told: Limit, now: i64) {
        let is_less = |limit: Limit| {
            u128::from(told.limit) * u128::from(limit.per_ms) < u128::from(limit.limit) * u128::from(told.per_ms)
        };
        if self.limit.is_some_and(|limit| !is_less(limit)) {
            return;
        }
        self.limit = Some(told);
        let window = i64::try_from(told.per_ms).unwrap_or(i64::MAX);
        self.sent.retain(|at| *at > now.saturating_sub(window));
        let count = i64::try_from(told.limit).unwrap_or(i64::MAX).min(LONGEST_MEMORY as i64);
        // It has just refused one: there were others whom it counts, and who are not known here.
        if (self.sent.len() as i64) < count {
            self.sent = (0..count).rev().map(|index| now.saturating_sub(window / count * index)).collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIVE_A_MINUTE: Limit = Limit { limit: 5, per_ms: 60_000 };

    #[test]
    fn without_a_limit_everything_goes_at_once() {
        let mut budget = Budget::new(None);
        for now in 0..20_000 {
            assert!(budget.free_at(now, 1_000) <= now);
            budget.take(now);
        }
    }

    #[test]
    fn what_fits_goes_at_once_and_the_rest_when_the_window_has_passed() {
        let mut budget = Budget::new(Some(FIVE_A_MINUTE));
        for left in (1..=5).rev() {
            assert!(budget.free_at(1_000, left) <= 1_000);
            budget.take(1_000);
        }
        assert_eq!(budget.free_at(1_000, 1), 1_000 + 61_000);
        assert!(budget.free_at(62_001, 1) <= 62_001);
    }

    #[test]
    fn more_than_fit_are_spread_evenly() {
        let mut budget = Budget::new(Some(FIVE_A_MINUTE));
        budget.take(1_000);
        assert_eq!(budget.free_at(1_000, 10), 1_000 + 61_000 / 5);
    }

    #[test]
    fn a_limit_that_is_told_counts_when_it_is_less() {
        let mut budget = Budget::new(None);
        budget.learn(FIVE_A_MINUTE, 100_000);
        assert_eq!(budget.limit(), Some(FIVE_A_MINUTE));
        assert_eq!(budget.free_at(100_000, 1), 100_000 - 48_000 + 61_000);
        budget.learn(Limit { limit: 50, per_ms: 60_000 }, 100_000);
        assert_eq!(budget.limit(), Some(FIVE_A_MINUTE));
        budget.learn(Limit { limit: 2, per_ms: 60_000 }, 100_000);
        assert_eq!(budget.limit(), Some(Limit { limit: 2, per_ms: 60_000 }));
    }

    #[test]
    fn a_budget_is_idle_once_all_that_was_sent_is_older_than_its_window() {
        let mut budget = Budget::new(Some(FIVE_A_MINUTE));
        assert!(budget.is_idle(1_000));
        budget.take(1_000);
        assert!(!budget.is_idle(1_000 + 60_999));
        assert!(budget.is_idle(1_000 + 61_000));
    }

    #[test]
    fn absurd_limits_break_nothing() {
        let extremes = [1, 2, u64::MAX / 2, u64::MAX];
        for limit in extremes {
            for per_ms in extremes.into_iter().chain([0]) {
                let mut budget = Budget::new(Some(Limit { limit, per_ms }));
                budget.learn(Limit { limit, per_ms: 1 }, i64::MAX);
                for now in [i64::MIN, 0, i64::MAX] {
                    budget.learn(Limit { limit: 1, per_ms }, now);
                    budget.free_at(now, usize::MAX);
                    budget.take(now);
                }
            }
        }
    }
}
