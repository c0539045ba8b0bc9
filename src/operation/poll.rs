//! The watching of an operation: a pure function from (what is known, what happened, what time it is) to (what is known,
//! what to do). What is known is all there is to a watch, so it is also what to resume one from.

use serde::{Serialize, Serializer};

use super::kind::{self, Kind};
use super::schedule::{self, Known, Seen};
use crate::call::Arguments;
use crate::error::Error;
use crate::json;
use crate::text::{concat, hash, integer, join, number, split};

/// The version of what [`Watch`] is written as.
pub const VERSION: i64 = 1;

/// How often in a row a poll may fail, when nothing is said.
pub const MAX_CONSECUTIVE_ERRORS: i64 = 5;

/// How long a service may not know yet of what it has just accepted.
const GRACE_MS: u64 = 60_000;

/// The shortest and the longest wait after a poll that failed; it doubles with each further one.
const FIRST_BACKOFF_MS: u64 = 1_000;
const MAX_BACKOFF_MS: u64 = 30_000;

/// Whatever a service asks for: a day.
const LONGEST_WAIT_MS: u64 = 86_400_000;

/// What is known of an operation that is watched. It holds no secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Watch {
    version: i64,
    /// The kind of operation, by its name.
    pub kind: &'static str,
    /// Its ids, in the order of its kind.
    #[serde(serialize_with = "as_object")]
    pub ids: Vec<(&'static str, String)>,
    /// When it began to be watched, in epoch milliseconds.
    pub begun_at: i64,
    /// Whether it was started then, so that the service may not know of it for a moment.
    pub fresh: bool,
    /// When it started, as the service says.
    pub started_at: Option<i64>,
    /// How often it was asked about.
    pub asked: i64,
    /// When it was asked about last.
    pub asked_at: Option<i64>,
    /// When to ask next.
    pub next_at: i64,
    /// How many polls have failed in a row.
    pub failures: i64,
    /// The percentages that were reported, in their order.
    #[serde(serialize_with = "as_texts")]
    pub milestones: Vec<Milestone>,
    /// Whether the last answer was an end.
    pub ended: bool,
    /// What tells whether anything of this was changed.
    pub check: String,
}

/// A percentage that was reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Milestone {
    /// The percentage.
    pub percent: i64,
    /// When it was not reported yet.
    pub not_yet_at: i64,
    /// When it was seen first.
    pub seen_at: i64,
}

/// What happened.
#[derive(Debug, Clone, Copy)]
pub enum Event<'a> {
    /// An answer came, which says how the operation fares.
    Seen {
        /// Whether it has ended.
        is_final: bool,
        /// The reported percentage.
        percent: Option<i64>,
        /// When it started, as the service says.
        started_at: Option<i64>,
    },
    /// A poll failed.
    Failed {
        /// The kind of error, as [`error::Kind`](crate::error::Kind) is written.
        kind: &'a str,
        /// How long the service wants to be left alone.
        least_ms: u64,
        /// Whether the same may succeed later.
        retryable: bool,
        /// How often in a row a poll may fail before the watching ends.
        most: i64,
    },
}

/// What to do after an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// To ask again at [`Watch::next_at`], and not before so many milliseconds have passed, whatever the schedule is.
    Ask {
        /// What the service asks for, or what an error calls for.
        least_ms: u64,
    },
    /// The operation has ended.
    End,
    /// The watching has ended: the error of the poll is what there is to tell.
    GiveUp,
}

impl Watch {
    /// Begins to watch an operation.
    ///
    /// # Errors
    ///
    /// [`Kind::Config`](crate::error::Kind::Config) for an unknown kind, or an id that is missing.
    pub fn begin(kind: &str, ids: &Arguments, now: i64, fresh: bool) -> Result<Self, Error> {
        let kind = find(kind)?;
        Ok(Self::new(kind, read_ids(kind, ids, "")?, now, fresh))
    }

    fn new(kind: &Kind, ids: Vec<(&'static str, String)>, now: i64, fresh: bool) -> Self {
        // What was just started is not done at once; what was started elsewhere may be.
        let known = Known { prior: kind.prior, elapsed_ms: 0, seen: &[], durations: &[] };
        let wait = if fresh { schedule::next_wait_ms(&known) } else { 0 };
        let watch = Self {
            version: VERSION,
            kind: kind.name,
            ids,
            begun_at: now,
            fresh,
            started_at: None,
            asked: 0,
            asked_at: None,
            next_at: after(now, wait),
            failures: 0,
            milestones: Vec::new(),
            ended: false,
            check: String::new(),
        };
        watch.sealed()
    }

    /// The watch that was written as `text`. One that has no `check` only tells what is watched, and begins at `now`.
    ///
    /// # Errors
    ///
    /// [`Kind::Config`](crate::error::Kind::Config) when it is none, is of a later version, or was changed.
    pub fn resume(text: &str, now: i64) -> Result<Self, Error> {
        let given = Arguments::from_json(text)?;
        match given.integer("version") {
            Some(VERSION) => {}
            Some(later) if later > VERSION => {
                return Err(Error::config("version", "the handle is of a later version of this package"));
            }
            _ => return Err(Error::config("version", "expected a handle, which JSON.stringify(operation) gives")),
        }
        let kind = find(given.text("kind").unwrap_or_default())?;
        let ids = read_ids(kind, &given, "ids.")?;
        let Some(check) = given.text("check") else { return Ok(Self::new(kind, ids, now, false)) };
        let time = |name| given.integer(name);
        let begun_at = time("begunAt").ok_or_else(|| Error::config("begunAt", "expected a time in milliseconds"))?;
        let watch = Self {
            version: VERSION,
            kind: kind.name,
            ids,
            begun_at,
            fresh: given.is_true("fresh"),
            started_at: time("startedAt"),
            asked: time("asked").unwrap_or(0),
            asked_at: time("askedAt"),
            next_at: time("nextAt").unwrap_or(begun_at),
            failures: time("failures").unwrap_or(0),
            milestones: given.texts("milestones").iter().filter_map(|text| Milestone::from_text(text)).collect(),
            ended: given.is_true("ended"),
            check: String::new(),
        };
        let watch = watch.sealed();
        if check != watch.check {
            return Err(Error::config("check", "the handle was changed since it was written"));
        }
        if watch.asked_at.unwrap_or(begun_at) > now {
            // By a clock that was ahead: what it waits for is not to be waited for by this one.
            return Ok(Self { next_at: now, ..watch }.sealed());
        }
        Ok(watch)
    }

    /// The same watch, with no failures counted when it had given up: whoever goes on later meets other circumstances.
    #[must_use]
    pub fn forgiven(self) -> Self {
        if self.failures < MAX_CONSECUTIVE_ERRORS { self } else { Self { failures: 0, ..self }.sealed() }
    }

    /// What happened, and what to do then. `durations` are those of operations of the like that have ended, in
    /// milliseconds.
    #[must_use]
    pub fn advance(mut self, event: Event<'_>, now: i64, durations: &[u64]) -> (Self, Action) {
        let asked_before = self.asked_at;
        self.asked += 1;
        self.asked_at = Some(now);
        let action = match event {
            Event::Seen { is_final, percent, started_at } => {
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
                let is_early = kind == "notFound" && self.fresh && now.abs_diff(self.begun_at) < GRACE_MS;
                self.failures += 1;
                let may_pass = retryable || matches!(kind, "connection" | "timeout" | "aborted" | "server" | "decode");
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
        self.with_known(now, durations, schedule::eta_ms)?
    }

    /// Whether it takes longer than 95 % of its like.
    pub fn is_slow(&self, now: i64, durations: &[u64]) -> bool {
        self.with_known(now, durations, schedule::is_slow) == Some(true)
    }

    /// How long there is between the last question and the next, in milliseconds.
    pub fn wait_ms(&self) -> u64 {
        since(self.asked_at.unwrap_or(self.begun_at), self.next_at)
    }

    /// How long it has been running, in milliseconds.
    pub fn elapsed_ms(&self, now: i64) -> u64 {
        since(self.start(), now)
    }

    fn scheduled_ms(&self, now: i64, durations: &[u64]) -> u64 {
        self.with_known(now, durations, schedule::next_wait_ms).unwrap_or(MAX_BACKOFF_MS)
    }

    fn with_known<T>(&self, now: i64, durations: &[u64], tell: fn(&Known<'_>) -> T) -> Option<T> {
        let seen = |milestone: &Milestone| Seen {
            percent: milestone.percent,
            not_yet_ms: since(self.start(), milestone.not_yet_at),
            seen_ms: since(self.start(), milestone.seen_at),
        };
        let seen: Vec<Seen> = self.milestones.iter().map(seen).collect();
        let prior = kind::find(self.kind)?.prior;
        Some(tell(&Known { prior, elapsed_ms: self.elapsed_ms(now), seen: &seen, durations }))
    }

    /// When it started. The service's clock may be ahead of this one.
    fn start(&self) -> i64 {
        self.started_at.unwrap_or(self.begun_at).min(self.begun_at)
    }

    fn sealed(mut self) -> Self {
        self.check.clear();
        self.check = hash(json::to_text(&self).as_bytes());
        self
    }
}

impl Milestone {
    fn from_text(text: &str) -> Option<Self> {
        let numbers: Option<Vec<i64>> = split(text, b' ').into_iter().map(number).collect();
        let &[percent, not_yet_at, seen_at] = numbers?.first_chunk()?;
        Some(Self { percent, not_yet_at, seen_at })
    }
}

fn as_texts<S: Serializer>(milestones: &[Milestone], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(milestones.iter().map(|Milestone { percent, not_yet_at, seen_at }| {
        concat(&[&integer(*percent), " ", &integer(*not_yet_at), " ", &integer(*seen_at)])
    }))
}

fn find(kind: &str) -> Result<&'static Kind, Error> {
    let names = || join(kind::KINDS.iter().map(|kind| kind.name), ", ");
    kind::find(kind).ok_or_else(|| Error::config("kind", &concat(&["expected one of ", &names()])))
}

fn read_ids(kind: &Kind, given: &Arguments, prefix: &str) -> Result<Vec<(&'static str, String)>, Error> {
    let read = |name: &&'static str| {
        let field = concat(&[prefix, name]);
        let id = given.text(&field).ok_or_else(|| Error::config(name, "expected a non-empty string"))?;
        Ok((*name, id.to_owned()))
    };
    kind.ids.iter().map(read).collect()
}

fn as_object<S: Serializer>(ids: &[(&'static str, String)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(ids.iter().map(|(name, id)| (name, id)))
}

fn after(now: i64, milliseconds: u64) -> i64 {
    let wait = i64::try_from(milliseconds.min(LONGEST_WAIT_MS)).unwrap_or(0);
    now.saturating_add(wait).min(json::MAX_SAFE_INTEGER)
}

fn since(start: i64, now: i64) -> u64 {
    u64::try_from(now.saturating_sub(start)).unwrap_or(0)
}
