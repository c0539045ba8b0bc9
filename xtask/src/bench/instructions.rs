//! How many instructions the JSON reader takes, compiled as the package's module is: a count, and so the same on every
//! computer, where a time is not.
//!
//! Each program of `json/examples/` reads one kind of body, and is given a counter that every stretch of its instructions
//! adds to. What runs it does not matter: it is Node, as that is there.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use super::counter;
use crate::command::{capture, cargo, node, program, read};
use crate::project::{self, Project};
use crate::tools::{self, WASM};

/// Where the counts stand that were accepted last.
const FILE: &str = "json/instructions.txt";

const HEADING: &str = "# How many instructions the programs of json/examples/ take. Written by \
`cargo xtask bench instructions --accept`.\n";

/// How far a count may be from the one that was accepted, in percent.
const MARGIN: f64 = 5.0;

/// Runs the programs that it is told the files of, and prints their counters.
const RUN: &str = "
const { readFileSync } = require('node:fs');
for (const file of process.argv.slice(1)) {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(file)), {});
  if (exports.main(0, 0) !== 0) throw new Error(`${file} fails`);
  console.log(String(exports.instructions.value));
}";

const ACCEPT: &str = "if it is to be so, `cargo xtask bench instructions --accept` writes it down";

/// The counts, each with the name of its program, and the compiler that they are of.
#[derive(Debug, PartialEq)]
struct Counts {
    compiler: String,
    cases: Vec<(String, u64)>,
}

/// Counts, prints the counts, and fails when one is not what was accepted.
pub fn check(project: &Project) -> Result<()> {
    let text = fs::read_to_string(project.root.join(FILE)).with_context(|| format!("cannot read {FILE}"))?;
    let accepted = Counts::parse(&text)?;
    let counted = count(project)?;
    print!("{}", counted.next_to(&accepted));
    let complaints = counted.complaints(&accepted);
    if !complaints.is_empty() {
        bail!("{}\n{ACCEPT}", complaints.join("\n"));
    }
    Ok(())
}

/// Counts, and writes the counts down.
pub fn accept(project: &Project) -> Result<()> {
    let counted = count(project)?;
    print!("{}", counted.text());
    fs::write(project.root.join(FILE), HEADING.to_owned() + &counted.text())
        .with_context(|| format!("cannot write {FILE}"))
}

fn count(project: &Project) -> Result<Counts> {
    tools::ensure_wasm_target(project)?;
    let mut build = cargo(project);
    build.args(["build", "--release", "--package", "huaweicloud-tasks-json", "--examples", "--target", WASM]);
    let built = capture(&mut build)?;
    if !built.success {
        bail!("json/examples/ cannot be built:\n{}", built.text.trim_end());
    }
    let compiler = read(program(project, "rustc").arg("--version"), "rustc does not say its version")?;
    let names: Vec<String> = project::files_ending(&project.root.join("json/examples"), &[".rs"])?
        .iter()
        .filter_map(|file| Some(file.file_stem()?.to_string_lossy().into_owned()))
        .collect();
    let folder = project.cargo_target.join(WASM).join("release/examples");
    let with_counter = |name: &String| -> Result<PathBuf> {
        let counting = folder.join(format!("{name}.counting"));
        let program = fs::read(folder.join(format!("{name}.wasm"))).with_context(|| format!("cannot read {name}"))?;
        fs::write(&counting, counter::add(&program)?).with_context(|| format!("cannot write {name}"))?;
        Ok(counting)
    };
    let files: Vec<PathBuf> = names.iter().map(with_counter).collect::<Result<_>>()?;
    let answer = read(node(project).args(["--eval", RUN]).args(files), "a program of json/examples/ fails")?;
    let counts: Vec<u64> = answer.lines().map(str::parse).collect::<Result<_, _>>().context("a count is no number")?;
    Ok(Counts { compiler: compiler.trim().to_owned(), cases: names.into_iter().zip(counts).collect() })
}

impl Counts {
    fn parse(text: &str) -> Result<Self> {
        let mut lines = text.lines().filter(|line| !line.starts_with('#'));
        let compiler = lines.next().unwrap_or_default().to_owned();
        let case = |line: &str| {
            let (name, count) = line.split_once(' ')?;
            Some((name.to_owned(), count.trim().parse().ok()?))
        };
        let cases = lines.map(|line| case(line).with_context(|| format!("{FILE}: this is no count: `{line}`")));
        Ok(Self { compiler, cases: cases.collect::<Result<_>>()? })
    }

    fn text(&self) -> String {
        let cases = self.cases.iter().map(|(name, count)| format!("{name:<16}{count:>12}\n"));
        cases.fold(format!("{}\n", self.compiler), |text, line| text + &line)
    }

    /// The counts for people, with the change from those that were accepted.
    fn next_to(&self, accepted: &Self) -> String {
        let line = |(name, count): &(String, u64)| match accepted.count_of(name) {
            Some(before) => format!("   {name:<16}{count:>12} instructions, {:+.1} %\n", percent(before, *count)),
            None => format!("   {name:<16}{count:>12} instructions\n"),
        };
        self.cases.iter().map(line).collect()
    }

    /// What differs from the accepted counts by more than the margin, in either direction.
    fn complaints(&self, accepted: &Self) -> Vec<String> {
        let by = if self.compiler == accepted.compiler {
            String::new()
        } else {
            format!("; that was by {}, and this is {}", accepted.compiler, self.compiler)
        };
        let complaint = |(name, count): &(String, u64)| match accepted.count_of(name) {
            None => Some(format!("{name}: {count} instructions, and {FILE} has no such case")),
            Some(before) if percent(before, *count) > MARGIN => Some(format!(
                "{name}: {count} instructions instead of {before}, {:.1} % more{by}",
                percent(before, *count)
            )),
            Some(before) if percent(before, *count) < -MARGIN => {
                let less = -percent(before, *count);
                Some(format!("{name}: {count} instructions instead of {before}, {less:.1} % less: well done{by}"))
            }
            Some(_) => None,
        };
        let gone = accepted.cases.iter().filter(|(name, _)| self.count_of(name).is_none());
        let gone = gone.map(|(name, _)| format!("{name}: {FILE} has it, and json/examples/ has not"));
        self.cases.iter().filter_map(complaint).chain(gone).collect()
    }

    fn count_of(&self, name: &str) -> Option<u64> {
        self.cases.iter().find(|(case, _)| case == name).map(|(_, count)| *count)
    }
}

/// How much more a count is than it was.
fn percent(before: u64, now: u64) -> f64 {
    100.0 * (now as f64 - before as f64) / before as f64
}

#[cfg(test)]
mod tests {
    use super::{Counts, HEADING};

    fn counts(cases: &[(&str, u64)]) -> Counts {
        let cases = cases.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect();
        Counts { compiler: "rustc 1.95.0".into(), cases }
    }

    #[test]
    fn reads_what_it_has_written() {
        let counts = counts(&[("rows", 1_000), ("text", 2)]);
        assert_eq!(Counts::parse(&(HEADING.to_owned() + &counts.text())).unwrap(), counts);
        assert!(Counts::parse("rustc\nrows many").is_err());
    }

    #[test]
    fn complains_of_more_than_five_percent() {
        let accepted = counts(&[("rows", 1_000), ("text", 1_000), ("gone", 1)]);
        let counted = counts(&[("rows", 1_051), ("text", 1_050), ("new", 7)]);
        let complaints = counted.complaints(&accepted);
        assert_eq!(complaints.len(), 3, "{complaints:?}");
        assert_eq!(complaints[0], "rows: 1051 instructions instead of 1000, 5.1 % more");
        assert!(complaints[1].starts_with("new: 7") && complaints[2].starts_with("gone: "));
    }

    #[test]
    fn less_is_to_be_written_down_and_another_compiler_is_named() {
        let accepted = counts(&[("rows", 1_000)]);
        let other = Counts { compiler: "rustc 1.96.0".into(), ..counts(&[("rows", 900)]) };
        let complaints = other.complaints(&accepted);
        assert!(complaints[0].contains("10.0 % less") && complaints[0].ends_with("1.95.0, and this is rustc 1.96.0"));
        assert_eq!(counts(&[("rows", 951)]).complaints(&accepted), Vec::<String>::new());
    }
}
