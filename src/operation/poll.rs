//! The watching of an operation: a pure function from (what is known, what happened, what time it is) to (what is known,
//! what to do). It runs under any clock.

use super::handle::{Handle, Milestone, after, since};
use super::schedule::{self, Known, PassedMilestone};
use crate::error::{Error, ErrorKind};
use crate::http::retry;
use crate::model::snapshot::Snapshot;

/// How often in a row a poll may fail, when nothing is said.
pub const MAX_CONSECUTIVE_ERRORS: i64 = 5;

/// How long a service may not know yet of what it has just accepted.
const GRACE_MS: u64 = 60_000;

/// The shortest and the longest wait after a poll that failed; it doubles with each further one.
const FIRST_BACKOFF_MS: u64 = 1_000;
const MAX_BACKOFF_MS: u64 = 30_000;

/// What happened.
#[derive(Debug, Clone, Copy)]
pub enum Event {
    /// An answer came, which says how the operation fares.
    Answered {
        /// Whether it has ended.
        is_final: bool,
        /// The reported percentage.
        percent: Option<i64>,
        /// When it started, as the service says.
        started_at: Option<i64>,
    },
    /// A poll failed.
    Failed {
        /// What went wrong.
        kind: ErrorKind,
        /// How long the service wants to be left alone.
        least_ms: u64,
        /// Whether the same may succeed later.
        retryable: bool,
        /// How often in a row a poll may fail before the watching ends.
        most: i64,
    },
}

/// An answer came.
impl From<&Snapshot> for Event {
    fn from(snapshot: &Snapshot) -> Self {
        let Snapshot { state, percent, started_at, .. } = *snapshot;
        Self::Answered { is_final: state.is_final(), percent, started_at }
    }
}

impl Event {
    /// A poll failed. `retry_after_ms` is what the header `Retry-After` asks for, in milliseconds.
    pub fn failed(error: &Error, retry_after_ms: Option<u64>) -> Self {
        let least_ms = retry::least_ms(error, retry_after_ms).unwrap_or(0);
        Self::Failed { kind: error.kind, least_ms, retryable: error.retryable, most: MAX_CONSECUTIVE_ERRORS }
    }
}

/// What to do after an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// To ask again at [`Handle::next_at`], and not before so many milliseconds have passed, whatever the schedule is.
    Ask {
        /// What the service asks for, or what an error calls for.
        least_ms: u64,
    },
    /// The operation has ended.
    End,
    /// The watching has ended: the error of the poll is what there is to tell.
    GiveUp,
}

impl Handle {
    /// The same handle, with no failures counted when it had given up: whoever goes on later meets other circumstances.
    #[must_use]
    pub fn forgiven(self) -> Self {
        if self.failures < MAX_CONSECUTIVE_ERRORS { self } else { Self { failures: 0, ..self }.sealed() }
    }

    /// What happened, and what to do then. `durations` are those of operations of the like that have ended, in
    /// milliseconds.
    #[must_use]
    pub fn advance(mut self, event: Event, now: i64, durations: &[u64]) -> (Self, Action) {
        let asked_before = self.asked_at;
        self.asked += 1;
        self.asked_at = Some(now);
        let action = match event {
            Event::Answered { is_final, percent, started_at } => {
                self.failures = 0;
                self.started_at = started_at.or(self.started_at);
                self.ended = is_final;
                // When nobody had asked yet, all that is known is that it had not begun before it started.
                let before = asked_before.unwrap_or_else(|| self.start());
                let reached = self.milestones.last().map_or(0, |milestone| milestone.percent);
                if let Some(percent) = percent.filter(|percent| *percent > reached) {
                    self.milestones.push(Milestone { percent, not_yet_at: before.min(now), seen_at: now });
                }
                if is_final {
                    self.next_at = now;
                    Action::End
                } else {
                    self.next_at = after(now, self.scheduled_ms(now, durations));
                    Action::Ask { least_ms: 0 }
                }
            }
            Event::Failed { kind, least_ms, retryable, most } => {
                // A read just after a create may be 404 for a moment.
                let is_early = kind == ErrorKind::NotFound && self.fresh && now.abs_diff(self.begun_at) < GRACE_MS;
                self.failures += 1;
                let may_pass = retryable || passes_by_itself(kind);
                if is_early || (may_pass && self.failures < most) {
                    let doublings = self.failures.clamp(1, 8) - 1;
                    let least_ms = (FIRST_BACKOFF_MS << doublings).min(MAX_BACKOFF_MS).max(least_ms);
                    self.next_at = after(now, least_ms);
                    Action::Ask { least_ms }
                } else {
                    Action::GiveUp
                }
            }
        };
        (self.sealed(), action)
    }

    /// The time that is left, as a range that holds the end four times out of five; `None` when nothing is known.
    pub fn eta_ms(&self, now: i64, durations: &[u64]) -> Option<(u64, u64)> {
        self.with_known(now, durations, schedule::eta_ms)
    }

    /// Whether it takes longer than 95 % of its like.
    pub fn is_slow(&self, now: i64, durations: &[u64]) -> bool {
        self.with_known(now, durations, schedule::is_slow)
    }

    fn scheduled_ms(&self, now: i64, durations: &[u64]) -> u64 {
        self.with_known(now, durations, schedule::next_wait_ms)
    }

    fn with_known<T>(&self, now: i64, durations: &[u64], tell: fn(&Known<'_>) -> T) -> T {
        let seen = |milestone: &Milestone| PassedMilestone {
            percent: milestone.percent,
            not_yet_ms: since(self.start(), milestone.not_yet_at),
            seen_ms: since(self.start(), milestone.seen_at),
        };
        let seen: Vec<PassedMilestone> = self.milestones.iter().map(seen).collect();
        tell(&Known { prior: &self.prior, elapsed_ms: self.elapsed_ms(now), seen: &seen, durations })
    }
}

/// Whether an error may be gone at the next poll, whatever its code says.
fn passes_by_itself(kind: ErrorKind) -> bool {
    use ErrorKind::{Aborted, Connection, Decode, Server, Timeout};
    matches!(kind, Connection | Timeout | Aborted | Server | Decode)
}
