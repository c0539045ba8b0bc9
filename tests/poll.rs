//! The watching of an operation, under a virtual clock.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may panic")]

use huaweicloud_tasks::error::ErrorKind;
use huaweicloud_tasks::http::Argument;
use huaweicloud_tasks::json;
use huaweicloud_tasks::operation::handle::{Handle, Milestone};
use huaweicloud_tasks::operation::poll::{Action, Event, MAX_CONSECUTIVE_ERRORS};
use huaweicloud_tasks::operation::schedule::{self, Known, PassedMilestone};
use huaweicloud_tasks::service::Watched;
use huaweicloud_tasks::service::apig::GatewayProgress;
use huaweicloud_tasks::service::{self, KINDS};

use chance::Chance;

mod chance;

const NOW: i64 = 1_700_000_000_000;
const YEAR_MS: i64 = 31_536_000_000;

/// The latest that JavaScript can hold: where a sum ends that is too much.
const MAX_TIME: i64 = (1 << 53) - 1;

const RUNNING: Event = Event::Answered { is_final: false, percent: None, started_at: None };
const ENDED: Event = Event::Answered { is_final: true, percent: None, started_at: None };
const MISSING: Event = failed(ErrorKind::NotFound);

const fn at(percent: i64) -> Event {
    Event::Answered { is_final: false, percent: Some(percent), started_at: None }
}

const fn failed(kind: ErrorKind) -> Event {
    Event::Failed { kind, least_ms: 0, retryable: false, most: MAX_CONSECUTIVE_ERRORS }
}

fn begun(kind: &str, fresh: bool) -> Handle {
    begun_at(kind, NOW, fresh)
}

fn begun_at(name: &str, now: i64, fresh: bool) -> Handle {
    let ids =
        service::find_kind(name).unwrap().ids().into_iter().map(|id| (id.to_string(), Argument::Text("i".into())));
    Handle::begin(service::find_kind(name).unwrap(), Argument::Object(ids.collect()), None, now, fresh).unwrap()
}

/// The handle that another process reads after this one wrote it.
fn resumed(handle: &Handle, now: i64) -> Handle {
    Handle::resume(serde_json::from_str(&json::to_text(handle)).unwrap(), service::find_kind, None, now).unwrap()
}

/// The actions after the same event at the same time, again and again.
fn actions(mut handle: Handle, event: Event, now: i64, times: usize) -> Vec<Action> {
    let mut all = Vec::new();
    for _ in 0..times {
        let action;
        (handle, action) = handle.advance(event, now, &[]);
        all.push(action);
    }
    all
}

fn ask(least_ms: u64) -> Action {
    Action::Ask { least_ms }
}

#[test]
fn what_was_just_started_is_left_alone_and_what_runs_already_is_asked_about_at_once() {
    for kind in KINDS {
        let first = schedule::next_wait_ms(&Known { prior: &kind.prior, elapsed_ms: 0, seen: &[], durations: &[] });
        assert!((1_000..=120_000).contains(&first), "{}: {first}", kind.name);
        let fresh = begun(&kind.name, true);
        assert_eq!((fresh.next_at - NOW, fresh.fresh), (first as i64, true), "{}", kind.name);
        let watched = begun(&kind.name, false);
        assert_eq!((watched.next_at, watched.fresh), (NOW, false), "{}", kind.name);
        for handle in [fresh, watched] {
            assert_eq!((handle.begun_at, handle.started_at, handle.asked, handle.asked_at), (NOW, None, 0, None));
            assert_eq!((handle.failures, handle.milestones, handle.ended), (0, vec![], false));
        }
    }
}

#[test]
fn the_schedule_is_asked_with_what_is_known() {
    let (handle, _) = begun("apig.gateway", true).advance(at(30), NOW + 40_000, &[]);
    let started = Event::Answered { is_final: false, percent: Some(50), started_at: Some(NOW - 2_000) };
    let durations = [200_000, 210_000];
    let (handle, action) = handle.advance(started, NOW + 100_000, &durations);
    let seen = [
        PassedMilestone { percent: 30, not_yet_ms: 2_000, seen_ms: 42_000 },
        PassedMilestone { percent: 50, not_yet_ms: 42_000, seen_ms: 102_000 },
    ];
    let known = Known { prior: &GatewayProgress::PRIOR, elapsed_ms: 102_000, seen: &seen, durations: &durations };
    assert_eq!(action, ask(0));
    assert_eq!(handle.next_at - (NOW + 100_000), schedule::next_wait_ms(&known) as i64);
    assert_eq!(handle.eta_ms(NOW + 100_000, &durations), schedule::eta_ms(&known));
    assert_eq!(handle.elapsed_ms(NOW + 100_000), 102_000);
    // Each part of it tells something.
    for less in [Known { seen: &[], ..known }, Known { durations: &[], ..known }, Known { elapsed_ms: 0, ..known }] {
        assert_ne!(schedule::eta_ms(&less), schedule::eta_ms(&known));
    }
    assert!(!handle.is_slow(NOW + 100_000, &durations));
    assert!(handle.is_slow(NOW + 2_000_000, &durations));
}

#[test]
fn nobody_tells_a_time_left_that_nobody_knows() {
    for (kind, known) in [
        ("apig.gateway", true),
        ("sfs-turbo.job", true),
        ("apig.task", false),
        ("roma.instance", false),
        ("kps.task", false),
    ] {
        assert_eq!(begun(kind, true).eta_ms(NOW, &[]).is_some(), known, "{kind}");
        assert!(begun(kind, true).eta_ms(NOW, &[20_000, 30_000]).is_some(), "{kind}");
    }
}

#[test]
fn a_milestone_is_a_percentage_above_all_before() {
    let mut handle = begun("apig.gateway", false);
    for (second, percent) in [(1, 0), (2, 30), (3, 30), (4, 10), (5, 50), (6, -7), (7, 250)] {
        (handle, _) = handle.advance(at(percent), NOW + second * 1_000, &[]);
    }
    (handle, _) = handle.advance(RUNNING, NOW + 8_000, &[]);
    let milestone = |percent, not_yet: i64, seen: i64| Milestone {
        percent,
        not_yet_at: NOW + not_yet * 1_000,
        seen_at: NOW + seen * 1_000,
    };
    assert_eq!(handle.milestones, [milestone(30, 1, 2), milestone(50, 4, 5), milestone(250, 6, 7)]);
    // The first answer of all may show one: it was reached at some time since the start, here that of the watching.
    let (handle, _) = begun("apig.gateway", false).advance(at(80), NOW + 5_000, &[]);
    assert_eq!(handle.milestones, [milestone(80, 0, 5)]);
}

#[test]
fn an_end_is_an_end_and_is_not_asked_again() {
    let last = Event::Answered { is_final: true, percent: Some(100), started_at: Some(NOW - 5) };
    let (handle, action) = begun("apig.gateway", true).advance(last, NOW + 9_000, &[]);
    assert_eq!((action, handle.ended, handle.next_at), (Action::End, true, NOW + 9_000));
    assert_eq!((handle.asked, handle.asked_at, handle.started_at), (1, Some(NOW + 9_000), Some(NOW - 5)));
    // Nobody had asked: it may have been reached at any time since the start.
    assert_eq!(handle.milestones, [Milestone { percent: 100, not_yet_at: NOW - 5, seen_at: NOW + 9_000 }]);
}

#[test]
fn the_start_that_the_service_tells_counts_when_it_is_earlier() {
    let elapsed = |started_at| {
        let event = Event::Answered { is_final: false, percent: None, started_at };
        let (handle, _) = begun("apig.gateway", true).advance(event, NOW + 10_000, &[]);
        assert_eq!(handle.started_at, started_at);
        handle.elapsed_ms(NOW + 10_000)
    };
    assert_eq!(elapsed(None), 10_000);
    assert_eq!(elapsed(Some(NOW - 5_000)), 15_000);
    assert_eq!(elapsed(Some(NOW + 5_000)), 10_000);
    assert_eq!(elapsed(Some(NOW + YEAR_MS)), 10_000);
    // What was told once is not forgotten, and the newest counts.
    let told = |started_at| Event::Answered { is_final: false, percent: None, started_at };
    let (handle, _) = begun("apig.gateway", true).advance(told(Some(NOW - 5_000)), NOW, &[]);
    let (handle, _) = handle.advance(told(None), NOW, &[]);
    assert_eq!(handle.started_at, Some(NOW - 5_000));
    let (handle, _) = handle.advance(told(Some(NOW - 7_000)), NOW, &[]);
    assert_eq!(handle.started_at, Some(NOW - 7_000));
}

#[test]
fn what_will_not_pass_ends_the_watching_at_once() {
    for kind in [
        ErrorKind::Auth,
        ErrorKind::Permission,
        ErrorKind::Api,
        ErrorKind::Config,
        ErrorKind::NotFound,
        ErrorKind::RateLimit,
    ] {
        let (handle, action) = begun("apig.gateway", false).advance(failed(kind), NOW + 1_000, &[]);
        assert_eq!((action, handle.failures, handle.asked, handle.ended), (Action::GiveUp, 1, 1, false), "{kind:?}");
    }
}

#[test]
fn what_may_pass_is_waited_for_twice_as_long_each_time_and_ends_the_watching_the_fifth_time_in_a_row() {
    let expected = [ask(1_000), ask(2_000), ask(4_000), ask(8_000), Action::GiveUp, Action::GiveUp];
    for kind in [ErrorKind::Connection, ErrorKind::Timeout, ErrorKind::Aborted, ErrorKind::Server, ErrorKind::Decode] {
        assert_eq!(actions(begun("kps.task", false), failed(kind), NOW, 6), expected, "{kind:?}");
    }
    for kind in [ErrorKind::RateLimit, ErrorKind::Api, ErrorKind::NotFound] {
        let retryable = Event::Failed { kind, least_ms: 0, retryable: true, most: MAX_CONSECUTIVE_ERRORS };
        assert_eq!(actions(begun("kps.task", false), retryable, NOW, 6), expected, "{kind:?}");
    }
    let (handle, _) = begun("kps.task", false).advance(failed(ErrorKind::Server), NOW, &[]);
    assert_eq!(handle.next_at, NOW + 1_000);
}

#[test]
fn a_service_is_left_alone_for_as_long_as_it_asks() {
    let after = |least_ms| {
        actions(
            begun("kps.task", false),
            Event::Failed { kind: ErrorKind::Server, least_ms, retryable: true, most: MAX_CONSECUTIVE_ERRORS },
            NOW,
            3,
        )
    };
    assert_eq!(after(999), [ask(1_000), ask(2_000), ask(4_000)]);
    assert_eq!(after(3_000), [ask(3_000), ask(3_000), ask(4_000)]);
    assert_eq!(after(300_000), [ask(300_000); 3]);
    let busy = Event::Failed { kind: ErrorKind::Api, least_ms: 60_000, retryable: true, most: MAX_CONSECUTIVE_ERRORS };
    let (handle, _) = begun("kps.task", false).advance(busy, NOW + 5, &[]);
    assert_eq!(handle.next_at, NOW + 60_005);
}

#[test]
fn an_answer_makes_failures_forgotten() {
    let mut handle = begun("kps.task", false);
    for _ in 0..3 {
        for expected in [ask(1_000), ask(2_000), ask(4_000), ask(8_000)] {
            let action;
            (handle, action) = handle.advance(failed(ErrorKind::Connection), NOW, &[]);
            assert_eq!(action, expected);
        }
        assert_eq!(handle.failures, 4);
        let action;
        (handle, action) = handle.advance(RUNNING, NOW, &[]);
        assert_eq!((action, handle.failures), (ask(0), 0));
    }
    assert_eq!(handle.asked, 15);
}

#[test]
fn what_was_just_started_may_be_unknown_for_a_minute() {
    let backoff = [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000, 30_000, 30_000].map(ask);
    assert_eq!(actions(begun("apig.gateway", true), MISSING, NOW + 59_999, 10), backoff);
    assert_eq!(actions(begun("apig.gateway", true), MISSING, NOW + 60_000, 1), [Action::GiveUp]);
    assert_eq!(actions(begun("apig.gateway", false), MISSING, NOW, 1), [Action::GiveUp]);
    // Nothing else is excused by it.
    for kind in [ErrorKind::Auth, ErrorKind::Permission, ErrorKind::Api] {
        assert_eq!(actions(begun("apig.gateway", true), failed(kind), NOW, 1), [Action::GiveUp]);
    }
    // A clock that is set back by a year does not make a year of the minute.
    assert_eq!(actions(begun("apig.gateway", true), MISSING, NOW + 5_000 - YEAR_MS, 1), [Action::GiveUp]);
}

#[test]
fn a_handle_by_a_clock_that_was_ahead_is_not_waited_for_until_then() {
    let (handle, _) = begun("apig.gateway", true).advance(RUNNING, NOW + YEAR_MS, &[]);
    assert!(handle.next_at > NOW + YEAR_MS);
    let resumed = resumed(&handle, NOW);
    assert!(resumed.next_at <= NOW + 120_000, "{} ms from now", resumed.next_at - NOW);
}

#[test]
fn a_clock_that_is_set_back_leaves_a_time_to_tell() {
    let (handle, _) = begun("apig.gateway", true).advance(at(30), NOW + 40_000, &[]);
    let (handle, _) = handle.advance(at(50), NOW + 10_000, &[]);
    let (earliest, latest) = handle.eta_ms(NOW + 10_000, &[]).unwrap();
    assert!(0 < earliest && earliest < latest && latest < 3_600_000, "{earliest} to {latest}");
}

/// Watches an operation to its end: how often it was asked about, and how late its end was noticed.
fn watched(kind: &str, duration_ms: i64) -> (i64, i64) {
    let mut handle = begun(kind, true);
    loop {
        let now = handle.next_at;
        let elapsed = now - NOW;
        let event = match elapsed {
            // Now and then the service is down, for less than 1 + 2 + 4 + 8 s.
            _ if elapsed % 60_000 < 7_000 => failed(ErrorKind::Server),
            _ if elapsed >= duration_ms => ENDED,
            _ => RUNNING,
        };
        let action;
        (handle, action) = handle.advance(event, now, &[]);
        match action {
            Action::End => return (handle.asked, elapsed - duration_ms),
            Action::GiveUp => panic!("given up after {elapsed} ms"),
            Action::Ask { .. } => assert!(handle.next_at > now),
        }
    }
}

#[test]
fn every_operation_is_watched_to_its_end() {
    for kind in KINDS {
        for duration_ms in [0, 1_000, 20_000, 324_000, 3_600_000, 36_000_000] {
            let (asked, late) = watched(&kind.name, duration_ms);
            assert!((0..=120_000).contains(&late), "{} of {duration_ms} ms: {late} ms late", kind.name);
            // Once every two minutes is the least, and once every six seconds would be a lot.
            let most = 10 + duration_ms / 6_000;
            assert!((duration_ms / 120_000..=most).contains(&asked), "{} of {duration_ms} ms: {asked}", kind.name);
        }
    }
    let (asked, late) = watched("apig.gateway", 324_000);
    assert!(asked <= 20 && late <= 20_000, "{asked} requests, {late} ms late");
}

impl Chance {
    fn event(&mut self, times: &[i64]) -> Event {
        const KINDS: [ErrorKind; 8] = [
            ErrorKind::Auth,
            ErrorKind::NotFound,
            ErrorKind::RateLimit,
            ErrorKind::Server,
            ErrorKind::Api,
            ErrorKind::Connection,
            ErrorKind::Timeout,
            ErrorKind::Decode,
        ];
        const PERCENTS: [i64; 10] = [0, 1, 10, 30, 50, 80, 90, 100, -1, i64::MAX];
        if self.below(3) == 0 {
            let least_ms = self.one_of(&[0, 0, 700, 60_000, 3_600_000]);
            return Event::Failed {
                kind: self.one_of(&KINDS),
                least_ms,
                retryable: self.below(2) == 0,
                most: MAX_CONSECUTIVE_ERRORS,
            };
        }
        let percent = (self.below(2) == 0).then(|| self.one_of(&PERCENTS));
        let started_at = (self.below(4) == 0).then(|| self.one_of(times));
        Event::Answered { is_final: self.below(50) == 0, percent, started_at }
    }
}

/// What holds after any event.
fn check(before: &Handle, event: Event, now: i64, durations: &[u64]) -> Handle {
    let (after, action) = before.clone().advance(event, now, durations);
    assert_eq!((after.asked, after.asked_at), (before.asked + 1, Some(now)));
    assert!(after.milestones.is_sorted_by(|a, b| a.percent < b.percent));
    let wait = after.next_at.checked_sub(now);
    match (event, action) {
        (Event::Answered { is_final, .. }, Action::End) => assert!(is_final && after.ended),
        (Event::Answered { is_final, .. }, Action::Ask { least_ms: 0 }) => {
            assert!(!is_final && !after.ended && after.failures == 0);
            let is_near = wait.is_some_and(|wait| (1_000..=120_000).contains(&wait));
            assert!(is_near || after.next_at >= MAX_TIME, "{wait:?}");
        }
        (Event::Failed { least_ms: wanted, .. }, Action::Ask { least_ms }) => {
            assert!(least_ms >= wanted.max(1_000) && least_ms <= wanted.max(30_000));
            assert!(wait == i64::try_from(least_ms).ok() || after.next_at >= MAX_TIME, "{wait:?}");
        }
        (Event::Failed { .. }, Action::GiveUp) => assert_eq!(after.failures, before.failures + 1),
        _ => panic!("{action:?} after {event:?}"),
    }
    if let Some((earliest, latest)) = after.eta_ms(now, durations) {
        assert!(earliest <= latest, "{earliest} to {latest}");
    }
    after
}

/// How many times as long the random tests go on: `TEST_ROUNDS` of the environment, or once.
fn rounds() -> usize {
    std::env::var("TEST_ROUNDS").map_or(1, |text| text.parse().unwrap())
}

#[test]
fn whatever_happens_a_handle_that_is_written_and_read_at_every_step_goes_on_the_same() {
    let mut chance = Chance(42);
    for _ in 0..50 * rounds() {
        let mut handle = begun(&KINDS[chance.below(KINDS.len())].name, chance.below(2) == 0);
        let mut now = NOW;
        for _ in 0..200 {
            let resumed = resumed(&handle, now);
            // A clock goes on, or it stands still, is set back, or jumps.
            now = (now + chance.one_of(&[5_000, 20_000, 100_000, 0, -3_600_000, YEAR_MS, -YEAR_MS])).max(0);
            let event = chance.event(&[0, 1, NOW - 5_000, NOW, NOW + YEAR_MS]);
            let durations = chance.one_of(&[&[][..], &[300_000], &[1, u64::MAX], &[0, 0, 0]]);
            let after = check(&handle, event, now, durations);
            assert_eq!(check(&resumed, event, now, durations), after);
            handle = after;
        }
    }
}

#[test]
fn no_number_is_too_much() {
    let extremes = [i64::MIN, -YEAR_MS, -1, 0, 1, NOW, MAX_TIME, i64::MAX - 1, i64::MAX];
    let mut chance = Chance(7);
    for begun in extremes {
        let mut handle = begun_at("apig.gateway", begun, true);
        for _ in 0..500 * rounds() {
            let now = chance.one_of(&extremes);
            handle = check(&handle, chance.event(&extremes), now, &[u64::MAX, 0]);
        }
    }
}
