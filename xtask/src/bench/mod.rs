//! The measurements: those in `tests/bench/`, the native one of waiting, and the counts of instructions.

use std::fs;

use anyhow::{Context, Result, bail};

use crate::browser::{self, ensure_chromium};
use crate::command::{cargo, node, run};
use crate::consumer::Consumer;
use crate::pack::pack;
use crate::project::Project;
use crate::test::ROUNDS;
use crate::waiting;

mod chart;
mod counter;
mod figure;
mod instructions;
mod machine;
mod page;
mod peers;
mod table;

use figure::{Figure, Part};
use machine::Machine;

/// The measurements in JavaScript, in the order of the page, and their headings there.
const SCRIPTS: [(&str, &str); 4] =
    [("decode", "Decoding"), ("calls", "Calls"), ("start", "Starting"), ("memory", "Memory")];

/// The measurements that need no package.
const WAITING: &str = "waiting";
const INSTRUCTIONS: &str = "instructions";

/// How many times the ten thousand bodies of `json/tests/rows.rs` are a million.
const CHECK_ROUNDS: &str = "100";

/// Runs what the words of the command line name. All measurements, when none is named, write the page, too.
pub fn run_words(project: &Project, words: &[&str]) -> Result<()> {
    match words {
        [INSTRUCTIONS] => return instructions::check(project),
        [INSTRUCTIONS, "--accept"] => return instructions::accept(project),
        ["decode", "--check"] => return check_decoding(project),
        _ => {}
    }
    let is_script = |name: &&str| SCRIPTS.iter().any(|(script, _)| script == name);
    if let Some(name) = words.iter().find(|name| **name != WAITING && !is_script(name)) {
        let scripts = SCRIPTS.map(|(name, _)| name).join(", ");
        bail!("there is no measurement `{name}`; there are: {scripts}, {WAITING}, {INSTRUCTIONS}");
    }
    let is_chosen = |name: &str| words.is_empty() || words.contains(&name);
    if is_chosen(WAITING) {
        println!("{WAITING}");
        waiting::run(project)?;
    }
    let chosen: Vec<_> = SCRIPTS.into_iter().filter(|(name, _)| is_chosen(name)).collect();
    if chosen.is_empty() {
        return Ok(());
    }
    peers::ensure(project)?;
    let consumer = Consumer::install(project, "consumer", &pack(project)?)?;
    let machine = Machine::of(project)?;
    println!("\n{machine}");
    let measured = chosen.into_iter().map(|(name, title)| measure(project, &consumer, name, title));
    let parts: Vec<Part> = measured.collect::<Result<_>>()?;
    if words.is_empty() { page::write(project, &parts, &machine) } else { Ok(()) }
}

/// Takes one measurement on the package as a user would install it, and prints what it comes to.
fn measure(project: &Project, consumer: &Consumer, name: &str, title: &'static str) -> Result<Part> {
    println!("\n{name}");
    let mut figures = take(project, consumer, name)?;
    if name == "start" {
        figures.extend(figure::sizes(project)?);
    }
    let part = Part { title, figures };
    println!("{}", table::for_terminal(&part));
    Ok(part)
}

/// Runs one measurement, and reads what it wrote.
fn take(project: &Project, consumer: &Consumer, name: &str) -> Result<Vec<Figure>> {
    let file = project.target().join(format!("bench-{name}.jsonl"));
    fs::write(&file, "").with_context(|| format!("cannot write {}", file.display()))?;
    let mut command = node(project);
    command.current_dir(&consumer.folder).env("PROJECT_ROOT", &project.root).env("BENCH_FIGURES", &file);
    if name == "decode" {
        let chromium = ensure_chromium(project)?;
        command.env("CHROMIUM", chromium.browser).env("CHROMEDRIVER", chromium.driver);
        match browser::find_firefox() {
            Some(firefox) => drop(command.env("FIREFOX", firefox.browser).env("GECKODRIVER", firefox.driver)),
            None => println!("   Firefox: not measured: no firefox, or no geckodriver"),
        }
    }
    command.arg("--expose-gc").arg(consumer.folder.join("tests/bench").join(format!("{name}.js")));
    run(&mut command, &format!("the measurement `{name}` failed"))?;
    figure::read(&file)
}

/// Holds the readers of JSON against each other and against `serde_json`, on a million bodies.
fn check_decoding(project: &Project) -> Result<()> {
    let mut command = cargo(project);
    command.args(["test", "--release", "--package", "huaweicloud-tasks-json", "--test", "rows"]);
    run(command.env(ROUNDS, CHECK_ROUNDS), "the readers do not agree")
}
