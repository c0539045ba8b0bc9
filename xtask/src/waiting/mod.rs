//! `cargo xtask bench waiting`: what it costs to wait, by schedule. The page about it is `docs/waiting.md`.

mod chart;
mod simulate;

use std::fs;
use std::thread;

use anyhow::{Context, Result};

use crate::project::Project;
use simulate::{Case, Operation, Outcome, Schedule};

const RUNS: usize = 10_000;

/// Each milestone of the simulated gateway comes at its assumed part of the duration times a log-normal of mean 1 and
/// this coefficient of variation, independently of the others. Nothing public says how it really is.
const NOISE: f64 = 0.10;

const PRIOR: Case = Case { name: "as the prior says", mean: 324.0, variation: 0.25, milestones: Some(NOISE), known: 0 };

const CASES: [Case; 13] = [
    PRIOR,
    Case { name: "milestones exact", milestones: Some(0.0), ..PRIOR },
    Case { name: "milestones within 5 %", milestones: Some(0.05), ..PRIOR },
    Case { name: "milestones within 20 %", milestones: Some(0.20), ..PRIOR },
    Case { name: "no milestones", milestones: None, ..PRIOR },
    Case { name: "mean 120 s", mean: 120.0, ..PRIOR },
    Case { name: "mean 480 s", mean: 480.0, ..PRIOR },
    Case { name: "mean 900 s", mean: 900.0, ..PRIOR },
    Case { name: "variation 0.6", variation: 0.6, ..PRIOR },
    Case { name: "fails after 2 s", mean: 2.0, milestones: None, ..PRIOR },
    Case { name: "mean 120 s, no milestones", mean: 120.0, milestones: None, ..PRIOR },
    Case { name: "mean 900 s, no milestones", mean: 900.0, milestones: None, ..PRIOR },
    Case { name: "mean 900 s, 5 seen before", mean: 900.0, milestones: None, known: 5, ..PRIOR },
];

const SCHEDULES: [(&str, Schedule); 7] = [
    ("ours", Schedule::Ours),
    ("Terraform: 60 s, then every 20 s", Schedule::Fixed(60_000, 20_000)),
    ("KooCLI: every 5 s", Schedule::Fixed(5_000, 5_000)),
    ("every 2 s", Schedule::Fixed(2_000, 2_000)),
    ("1 s doubling to 10 s", Schedule::Doubling { first: 1_000, longest: 10_000, jitter: false }),
    ("AWS: 2 s doubling to 120 s, jitter", Schedule::Doubling { first: 2_000, longest: 120_000, jitter: true }),
    ("180 s, then every 8 s", Schedule::Fixed(180_000, 8_000)),
];

/// One case: what our schedule came to, and the fixed interval with the same mean delay.
struct Measured {
    case: Case,
    outcomes: Vec<Outcome>,
    fixed: Outcome,
}

/// Runs every case, prints the tables and how far the aims are met, and draws the chart.
pub fn run(project: &Project) -> Result<()> {
    let measured: Vec<Measured> = thread::scope(|scope| {
        let threads = CASES.map(|case| scope.spawn(move || measure(case)));
        threads.into_iter().map(|thread| thread.join().ok()).collect::<Option<_>>()
    })
    .context("a case cannot be measured")?;
    for Measured { case, outcomes, .. } in &measured {
        println!("\n{:<36}{:>10}{:>12}{:>12}", case.name, "requests", "mean delay", "95 % within");
        for ((name, _), outcome) in SCHEDULES.iter().zip(outcomes) {
            println!("  {name:<34}{:>10.1}{:>10.1} s{:>10.1} s", outcome.requests, outcome.delay, outcome.p95);
        }
    }
    let frontier = frontier(&PRIOR.draw(RUNS));
    print_aims(&measured, &frontier);
    let path = project.root.join("docs/waiting.svg");
    let without = measured.iter().find(|measured| measured.case.name == "no milestones");
    let ours_without = without.and_then(|measured| measured.outcomes.first());
    let points = measured.first().map(|measured| measured.outcomes.as_slice()).unwrap_or_default();
    let labelled = SCHEDULES.iter().map(|(name, _)| *name).zip(points);
    let labelled: Vec<_> = labelled.chain(ours_without.map(|outcome| ("ours, without milestones", outcome))).collect();
    fs::write(&path, chart::draw(&frontier, &labelled)).with_context(|| format!("{} cannot be written", path.display()))
}

fn measure(case: Case) -> Measured {
    let operations = case.draw(RUNS);
    let outcomes: Vec<Outcome> = SCHEDULES.iter().map(|(_, schedule)| schedule.wait_for(&operations)).collect();
    let delay = outcomes.first().map_or(0.0, |ours| ours.delay);
    Measured { case, fixed: fixed_of_delay(delay, &operations), outcomes }
}

/// The fixed interval, from the start on, whose mean delay is this many seconds: the delay grows with the interval.
fn fixed_of_delay(delay: f64, operations: &[Operation]) -> Outcome {
    let (mut low, mut high) = (100, (delay * 8_000.0) as u64 + 200);
    while high - low > 10 {
        let middle = (low + high) / 2;
        if Schedule::Fixed(middle, middle).wait_for(operations).delay < delay {
            low = middle;
        } else {
            high = middle;
        }
    }
    Schedule::Fixed(high, high).wait_for(operations)
}

/// The best of all delays before all fixed intervals: no other needs fewer requests for so short a mean delay.
fn frontier(operations: &[Operation]) -> Vec<Outcome> {
    let intervals = (0..40).map(|step| (1_500.0 * 1.08_f64.powi(step)) as u64);
    let best_of_interval = intervals.flat_map(|interval| {
        (0..=20).map(move |step| Schedule::Fixed((step * 15_000).max(interval), interval).wait_for(operations))
    });
    let mut outcomes: Vec<Outcome> = best_of_interval.collect();
    outcomes.sort_by(|one, other| one.delay.total_cmp(&other.delay));
    let mut fewest = f64::INFINITY;
    outcomes.retain(|outcome| {
        let better = outcome.requests < fewest;
        fewest = fewest.min(outcome.requests);
        better
    });
    outcomes
}

/// How many requests the frontier needs for a mean delay, between its points.
fn requests_at(frontier: &[Outcome], delay: f64) -> f64 {
    let after = frontier.partition_point(|outcome| outcome.delay < delay);
    match (frontier.get(after.saturating_sub(1)), frontier.get(after)) {
        (Some(one), Some(other)) if one.delay < other.delay => {
            let part = (delay - one.delay) / (other.delay - one.delay);
            one.requests + part * (other.requests - one.requests)
        }
        (Some(one), _) => one.requests,
        (None, _) => f64::NAN,
    }
}

fn print_aims(measured: &[Measured], frontier: &[Outcome]) {
    println!(
        "\nAgainst the fixed interval, and the best delay + fixed interval, of the same mean delay; and how often the"
    );
    println!("80 % range held the end, by requests and by time:");
    println!("{:<28}{:>11}{:>9}{:>11}{:>15}{:>8}", "", "requests", "p95", "frontier", "range held", "by time");
    for Measured { case, outcomes, fixed } in measured {
        let Some(ours) = outcomes.first() else { continue };
        // The frontier is the one at the prior's durations.
        let same = (case.mean, case.variation) == (PRIOR.mean, PRIOR.variation);
        let ratio = if same { format!("{:.2}", ours.requests / requests_at(frontier, ours.delay)) } else { "".into() };
        println!(
            "{:<28}{:>10.2}x{:>8.2}x{ratio:>11}{:>13.1} %{:>6.1} %",
            case.name,
            ours.requests / fixed.requests,
            ours.p95 / fixed.p95,
            100.0 * ours.eta_held,
            100.0 * ours.eta_held_by_time,
        );
    }
    let Some(ours) = measured.first().and_then(|measured| measured.outcomes.first()) else { return };
    let half = ours.requests / requests_at(frontier, ours.delay);
    println!("\nAims at the prior:");
    verdict("requests for one operation", ours.requests, 10.0);
    verdict("seconds of mean delay", ours.delay, 5.0);
    verdict("part of the requests of the best delay + fixed interval of the same mean delay", half, 0.5);
    println!(
        "  the 80 % range held the end in {:.1} %: {}",
        100.0 * ours.eta_held,
        met((0.75..=0.85).contains(&ours.eta_held))
    );
    println!("Aims where the prior is wrong, in the worst of the cases:");
    let wrong = || {
        measured
            .iter()
            .filter(|measured| (measured.case.mean, measured.case.variation) != (PRIOR.mean, PRIOR.variation))
    };
    let worst = |ratio: fn(&Outcome, &Outcome) -> f64| {
        let ratios = wrong().filter_map(|measured| Some(ratio(measured.outcomes.first()?, &measured.fixed)));
        ratios.fold(0.0, f64::max)
    };
    verdict("times the requests of the fixed interval", worst(|ours, fixed| ours.requests / fixed.requests), 1.2);
    verdict("times its p95 delay", worst(|ours, fixed| ours.p95 / fixed.p95), 1.5);
}

fn verdict(what: &str, value: f64, most: f64) {
    println!("  {value:.2} {what}, at most {most}: {}", met(value <= most));
}

fn met(met: bool) -> &'static str {
    if met { "met" } else { "NOT met" }
}
