//! The watching of operations as text in and text out: what [`operation`](crate::operation) does, for whoever keeps time
//! and asks.

use serde::Serialize;

use crate::call::Arguments;
use crate::error::Error;
use crate::operation::kind;
use crate::operation::poll::{Action, Event, MAX_CONSECUTIVE_ERRORS, Watch};
use crate::text::number;

/// Where a watch stands.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Step {
    /// What is known. It is all that has to be kept.
    pub watch: Watch,
    /// The call to ask with, whose arguments are the watch's ids.
    pub call: &'static str,
    /// Whether the watching is over, as its last poll failed for good.
    pub given_up: bool,
    /// How long to wait at least after an error, whatever the schedule is.
    pub least_ms: u64,
    /// How long the operation has been running.
    pub elapsed_ms: u64,
    /// The time that is left, as a range that holds the end four times out of five.
    pub eta_ms: Option<(u64, u64)>,
    /// How far it may be by the time it has taken, in percent.
    pub estimated_percent: Option<u64>,
    /// Whether it takes longer than 95 % of its like.
    pub slow: bool,
}

/// Begins to watch an operation: `given` has its `kind`, its ids, and whether it is `fresh`.
///
/// # Errors
///
/// [`Kind::Config`](crate::error::Kind::Config) that names what is missing or wrong.
pub fn begin(given: &str) -> Result<Step, Error> {
    let given = Arguments::from_json(given)?;
    let kind = given.text("kind").unwrap_or_default();
    let now = given.integer("now").unwrap_or_default();
    Ok(step(Watch::begin(kind, &given, now, given.is_true("fresh"))?, Action::Ask { least_ms: 0 }, now, &[]))
}

/// Goes on with what was written before, at the time `now`.
///
/// # Errors
///
/// [`Kind::Config`](crate::error::Kind::Config) when it is no handle, or one that was changed.
pub fn resume(handle: &str, given: &str) -> Result<Step, Error> {
    let now = Arguments::from_json(given)?.integer("now").unwrap_or_default();
    let watch = Watch::resume(handle, now)?;
    let least_ms = if watch.failures > 0 { watch.wait_ms() } else { 0 };
    Ok(step(watch.forgiven(), Action::Ask { least_ms }, now, &[]))
}

/// What happened: `seen` has what an answer showed, or `failed` the `kind` of an error, whether it is `retryable` and its
/// `leastMs`; `maxConsecutiveErrors` of them in a row are the end. `durations` are those of operations of the like, as texts; `now` is the time.
///
/// # Errors
///
/// [`Kind::Config`](crate::error::Kind::Config) when the handle is none.
pub fn advance(handle: &str, given: &str) -> Result<Step, Error> {
    let given = Arguments::from_json(given)?;
    let now = given.integer("now").unwrap_or_default();
    let watch = Watch::resume(handle, now)?;
    let durations: Vec<u64> =
        given.texts("durations").iter().filter_map(|text| u64::try_from(number(text)?).ok()).collect();
    let event = match given.text("failed.kind") {
        Some(kind) => Event::Failed {
            kind,
            least_ms: given.integer("failed.leastMs").and_then(|least| least.try_into().ok()).unwrap_or(0),
            retryable: given.is_true("failed.retryable"),
            most: given.integer("maxConsecutiveErrors").unwrap_or(MAX_CONSECUTIVE_ERRORS),
        },
        None => Event::Seen {
            is_final: matches!(given.text("seen.state"), Some("succeeded" | "partial" | "failed")),
            percent: given.integer("seen.percent"),
            started_at: given.integer("seen.startedAt"),
        },
    };
    let (watch, action) = watch.advance(event, now, &durations);
    Ok(step(watch, action, now, &durations))
}

fn step(watch: Watch, action: Action, now: i64, durations: &[u64]) -> Step {
    let elapsed_ms = watch.elapsed_ms(now);
    let eta_ms = watch.eta_ms(now, durations);
    // By a guess, nothing is slow.
    let slow = eta_ms.is_some() && watch.is_slow(now, durations);
    let eta_ms = eta_ms.filter(|_| !watch.ended);
    let estimate = |(earliest, latest): (u64, u64)| {
        let total = elapsed_ms.saturating_add(earliest / 2).saturating_add(latest / 2);
        elapsed_ms.saturating_mul(100).checked_div(total).map(|percent| percent.min(99))
    };
    Step {
        call: kind::find(watch.kind).map_or("", |kind| kind.call),
        given_up: action == Action::GiveUp,
        least_ms: if let Action::Ask { least_ms } = action { least_ms } else { 0 },
        elapsed_ms,
        eta_ms,
        estimated_percent: eta_ms.and_then(estimate),
        slow,
        watch,
    }
}
