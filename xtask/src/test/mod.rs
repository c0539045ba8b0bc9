//! All tests, level by level. A level that fails does not stop the next one.

use std::env;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, ExitCode};
use std::rc::Rc;
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::command::{capture, program};
use crate::consumer::Consumer;
use crate::pack;
use crate::project::Project;

mod levels;
mod lint;
mod packaging;
mod reproducible;
mod tally;
mod types;

use tally::{Counting, Tally};

/// One level: its name on the command line, what it tests, and how.
pub struct Level {
    name: &'static str,
    title: &'static str,
    run: fn(&mut Session) -> Result<()>,
}

const LEVELS: &[Level] = &[
    Level { name: "fmt", title: "the format of the Rust code", run: levels::fmt },
    Level { name: "lint", title: "the JavaScript, the workflows, the dependencies", run: lint::lint },
    Level { name: "clippy", title: "the lints of the Rust code", run: levels::clippy },
    Level { name: "doc", title: "the documentation of the Rust code", run: levels::doc },
    Level { name: "native", title: "the Rust code, natively", run: levels::native },
    Level { name: "instructions", title: "how many instructions reading takes", run: levels::instructions },
    Level { name: "wasm", title: "the WebAssembly side, in each engine", run: levels::wasm },
    Level { name: "reproducible", title: "the same package out of another build", run: reproducible::reproducible },
    Level { name: "js", title: "the package as a user installs it, in Node", run: levels::js },
    Level { name: "types", title: "the package's types", run: types::types },
    Level { name: "page", title: "the demo page, in Chromium", run: levels::page },
    Level { name: "recipes", title: "the recipes of docs/recipes.md", run: levels::recipes },
    Level { name: "traps", title: "what becomes of a trap, in Node and Chromium", run: levels::traps },
    Level { name: PACKAGING, title: "the package in the projects of its users", run: packaging::packaging },
    Level { name: NIGHTLY, title: "what takes too long for every day", run: levels::nightly },
    Level { name: ADVISORIES, title: "what is known against the Rust dependencies", run: lint::advisories },
];

/// Has a random test go on for so many times as many rounds.
pub const ROUNDS: &str = "TEST_ROUNDS";

/// The levels that are run only when they are asked for.
const PACKAGING: &str = "packaging";
const NIGHTLY: &str = "nightly";
const ADVISORIES: &str = "advisories";

/// The levels that need neither the package nor a browser.
const BEFORE_A_PUSH: &[&str] = &["fmt", "lint", "clippy", "doc", "native", "instructions"];

/// What to run: the levels in their order, and which environments of the packaging matrix, all when none is named.
pub struct Choice {
    levels: Vec<&'static Level>,
    environments: Vec<String>,
}

/// What a contributor runs before a push.
pub fn before_a_push() -> Choice {
    let levels = LEVELS.iter().filter(|level| BEFORE_A_PUSH.contains(&level.name)).collect();
    Choice { levels, environments: Vec::new() }
}

/// The levels with the given names; all the usual ones when there are no names. `--packaging` adds the packaging
/// matrix, and `packaging=NAME` is one environment of it; `--nightly` adds what takes long. The error says which name
/// is wrong.
pub fn choose(words: &[&str]) -> Result<Choice, String> {
    let mut names = Vec::new();
    let mut environments = Vec::new();
    let mut with_packaging = false;
    let mut nightly = false;
    for word in words {
        match word.split_once('=') {
            _ if *word == "--packaging" => with_packaging = true,
            _ if *word == "--nightly" => nightly = true,
            Some((PACKAGING, environment)) => {
                names.push(PACKAGING);
                environments.push(environment.to_owned());
            }
            _ => names.push(*word),
        }
    }
    if let Some(name) = names.iter().find(|name| !LEVELS.iter().any(|level| level.name == **name)) {
        return Err(format!("there is no test level `{name}`"));
    }
    let is_chosen = |name: &str| match name {
        PACKAGING => with_packaging || names.contains(&name),
        NIGHTLY => nightly || names.contains(&name),
        ADVISORIES => names.contains(&name),
        _ => names.is_empty() || names.contains(&name),
    };
    Ok(Choice { levels: LEVELS.iter().filter(|level| is_chosen(level.name)).collect(), environments })
}

/// Runs the levels and says what they came to: the last line is `N passed, N failed`.
pub fn run(project: &Project, choice: Choice) -> Result<ExitCode> {
    let this_program = env::current_exe().context("the path of this program is unknown")?;
    let Choice { levels, environments } = choice;
    let mut session =
        Session { project, this_program, environments, tally: Tally::default(), consumer: None, no_package: false };
    for level in levels {
        println!("== {}: {}", level.name, level.title);
        let begin = Instant::now();
        if let Err(error) = (level.run)(&mut session) {
            println!("   error: {error:#}");
            session.tally += Tally::ONE_FAILED;
        }
        println!("   {:.1} s\n", begin.elapsed().as_secs_f64());
    }
    println!("{}", session.tally);
    Ok(if session.tally.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What the levels share.
pub struct Session<'a> {
    project: &'a Project,
    /// Runs the tests of the WebAssembly side, and packs the package.
    this_program: PathBuf,
    /// Those of the packaging matrix that were named.
    environments: Vec<String>,
    tally: Tally,
    /// Made by the first level that needs it.
    consumer: Option<Rc<Consumer>>,
    /// The package was built, and that failed: it is not tried again.
    no_package: bool,
}

impl Session<'_> {
    /// Runs one program, counts what it tested, and shows its output when it failed.
    fn step(&mut self, name: &str, command: &mut Command, counting: Counting) -> Result<()> {
        print!("   {name}: ");
        std::io::stdout().flush()?;
        let captured = capture(command)?;
        let tally = counting.count(captured.success, &captured.text);
        println!("{tally}");
        if tally.failed > 0 {
            println!("{}", captured.text.trim_end());
            if captured.success {
                println!("   error: no test ran");
            }
        }
        self.tally += tally;
        Ok(())
    }

    /// The project that has the package installed, made when it is first asked for.
    fn consumer(&mut self) -> Result<Rc<Consumer>> {
        if let Some(consumer) = &self.consumer {
            return Ok(consumer.clone());
        }
        if self.no_package {
            bail!("there is no package to test");
        }
        self.no_package = true;
        self.pack(&["pack"])?;
        let consumer = Rc::new(Consumer::install(self.project, "consumer", &pack::tarball(self.project)?)?);
        self.no_package = false;
        self.consumer = Some(consumer.clone());
        Ok(consumer)
    }

    /// Builds and packs a package, as the words of the command line say.
    fn pack(&mut self, words: &[&str]) -> Result<()> {
        let before = self.tally.failed;
        self.step("build and pack", program(self.project, &self.this_program).args(words), Counting::Once)?;
        if self.tally.failed > before {
            bail!("there is no package to test");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{BEFORE_A_PUSH, before_a_push, choose};

    fn names(words: &[&str]) -> Vec<&'static str> {
        choose(words).unwrap().levels.iter().map(|level| level.name).collect()
    }

    const USUAL: [&str; 13] = [
        "fmt",
        "lint",
        "clippy",
        "doc",
        "native",
        "instructions",
        "wasm",
        "reproducible",
        "js",
        "types",
        "page",
        "recipes",
        "traps",
    ];

    #[test]
    fn chooses_levels_by_name_in_their_order() {
        assert_eq!(names(&["page", "fmt"]), ["fmt", "page"]);
        assert_eq!(names(&[]), USUAL);
        assert_eq!(choose(&["fmt", "fnt"]).err().unwrap(), "there is no test level `fnt`");
    }

    #[test]
    fn runs_what_takes_long_only_when_asked_to() {
        assert_eq!(names(&["--nightly"]), [&USUAL[..], &["nightly"]].concat());
        assert_eq!(names(&["nightly"]), ["nightly"]);
        assert_eq!(names(&["advisories"]), ["advisories"]);
        let before: Vec<_> = before_a_push().levels.iter().map(|level| level.name).collect();
        assert_eq!(before, BEFORE_A_PUSH);
    }

    #[test]
    fn runs_the_packaging_matrix_only_when_asked_to() {
        assert_eq!(names(&["--packaging"]), [&USUAL[..], &["packaging"]].concat());
        assert_eq!(names(&["packaging"]), ["packaging"]);
        assert!(choose(&["packaging"]).unwrap().environments.is_empty());
        let one = choose(&["packaging=vite-8", "packaging=bun"]).unwrap();
        assert_eq!(one.levels.len(), 1);
        assert_eq!(one.environments, ["vite-8", "bun"]);
    }
}
