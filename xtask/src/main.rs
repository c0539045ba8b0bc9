//! The project's own commands: `cargo xtask build | demo | check | test | bench | pack | release`.

use std::env;
use std::process::ExitCode;

mod bench;
mod bindgen;
mod browser;
mod command;
mod consumer;
mod demo;
mod pack;
mod package;
mod project;
mod registry;
mod release;
mod sizes;
mod test;
mod tools;
mod waiting;

use project::Project;

const HELP: &str = "\
The project's own commands.

  cargo xtask build             build the npm package into pkg/
  cargo xtask sizes             build, then say what each part of what a browser loads weighs
  cargo xtask demo              build, then serve the demo page until Ctrl+C
      --port N                  listen on this port (default: 8080, or a free one when that is taken)
      --upstream URL            answer from the real service instead of the simulator; needs
                                HUAWEICLOUD_TOKEN and HUAWEICLOUD_PROJECT_ID in the environment
      --once                    no page: watch three operations in the terminal, then end
  cargo xtask check             what to run before a push: fmt, lint, clippy, doc, native and instructions
  cargo xtask format            give the Rust and the JavaScript code its format
  cargo xtask test [LEVEL...]   run every test, or the named levels only:
                                fmt lint clippy doc native instructions wasm reproducible js types page recipes traps
      --packaging               then the packaging matrix, too: the package in the projects of its users; by itself it
                                is the level `packaging`, and one environment of it is `packaging=vite-8`
      --nightly                 then what takes too long for every day, too: the level `nightly`, random tests for a
                                thousand times as many rounds, and 30,000 traps in a row
                                the level `advisories` is run only by its name: it asks a database in the network
  cargo xtask bench             build, measure everything, and write docs/benchmarks.md and its chart; some 5 minutes
  cargo xtask bench NAME...     measure some of it, and print that:
                                decode calls start memory, on the package as it is built; waiting, which needs no build
      decode --check            hold the readers of JSON against serde_json, on a million bodies
      instructions              count the instructions of the JSON reader, and fail when they are others than were accepted
      instructions --accept     write them down instead
  cargo xtask pack              build, then make the tarball for npm in target/
      --traps                   not for npm: the package with exports that trap, for the tests, below target/traps/
  cargo xtask release [TAG]     make the tarball and its SBOM (CycloneDX) in target/; TAG must be that of the version
      --publish                 then publish it on npm with provenance, and on GitHub; for the workflow alone
  cargo xtask help              show this

What is missing is installed: the wasm32-unknown-unknown target (rustup), the npm packages of package-lock.json, for
`bench` those of tests/bench/peers.json, cargo-deny, and Chromium when run as root on Debian or Ubuntu. Node 20 or newer
must be there. CHROMIUM and CHROMEDRIVER name the programs to use instead of those on the PATH.";

/// A command line that no command understands.
fn misused(complaint: &str) -> ExitCode {
    eprintln!("error: {complaint}\n\n{HELP}");
    ExitCode::from(2)
}

fn main() -> ExitCode {
    // Cargo starts the runner for each test program; what follows is not for people, and need not be text.
    if env::args_os().nth(1).is_some_and(|word| word == "runner") {
        return finish(
            wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(env::args_os().skip(1))
                .map(|()| ExitCode::SUCCESS),
        );
    }
    let words: Vec<String> = env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned()).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["build"] => finish(in_project(package::build)),
        ["sizes"] => finish(in_project(package::weigh)),
        ["pack"] => finish(in_project(|project| pack::pack(project).map(drop))),
        ["pack", "--traps"] => finish(in_project(|project| pack::pack_traps(project).map(drop))),
        ["demo", options @ ..] => match demo::Demo::parse(options) {
            Ok(demo) => finish(in_project(|project| demo.run(project))),
            Err(complaint) => misused(&complaint),
        },
        ["check"] => finish(Project::find().and_then(|project| test::run(&project, test::before_a_push()))),
        ["format"] => finish(in_project(tools::format)),
        ["release"] => finish(in_project(|project| release::prepare(project, None).map(drop))),
        ["release", tag, "--publish"] => finish(in_project(|project| release::publish(project, tag))),
        ["release", tag] if !tag.starts_with('-') => {
            finish(in_project(|project| release::prepare(project, Some(tag)).map(drop)))
        }
        ["test", words @ ..] => match test::choose(words) {
            Ok(choice) => finish(Project::find().and_then(|project| test::run(&project, choice))),
            Err(complaint) => misused(&complaint),
        },
        ["bench", words @ ..] => finish(in_project(|project| bench::run_words(project, words))),
        ["help" | "--help" | "-h", ..] => {
            println!("{HELP}");
            ExitCode::SUCCESS
        }
        [] => misused("a command is needed"),
        ["pack", word, ..] => misused(&format!("`pack` does not know `{word}`")),
        ["release", ..] => misused("`release` takes one tag, and then `--publish`"),
        [word @ ("build" | "sizes" | "check" | "format"), ..] => misused(&format!("`{word}` takes no arguments")),
        [word, ..] => misused(&format!("there is no command `{word}`")),
    }
}

fn in_project(command: impl FnOnce(&Project) -> anyhow::Result<()>) -> anyhow::Result<ExitCode> {
    command(&Project::find()?).map(|()| ExitCode::SUCCESS)
}

fn finish(outcome: anyhow::Result<ExitCode>) -> ExitCode {
    outcome.unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    })
}
