//! What each level runs.

use std::ffi::{OsStr, OsString};
use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use super::tally::Counting;
use super::{ROUNDS, Session};
use crate::browser::ensure_chromium;
use crate::command::{cargo, find_on_path, node, program};
use crate::consumer::Consumer;
use crate::pack;
use crate::project::{self, NAME};
use crate::tools::{self, WASM};

/// How long the tests of one engine may take, and its driver to start, in seconds: a busy computer is slow at both.
const ENGINE_TIMEOUT: &str = "120";
const DRIVER_TIMEOUT: &str = "30";

/// How many times as many rounds a test has at night: the random ones, and that of a thousand traps.
const NIGHTLY_ROUNDS: &str = "1000";
const NIGHTLY_TRAPS: &str = "100";

/// Has the runner start Node with ES modules, whatever its value is.
const NODE_MODULES: &str = "WASM_BINDGEN_USE_NODE_EXPERIMENTAL";

/// `cargo fmt` has nothing to change.
pub fn fmt(session: &mut Session) -> Result<()> {
    session.step("cargo fmt", cargo(session.project).args(["fmt", "--all", "--check"]), Counting::Once)
}

/// Clippy has nothing to say, of the code for this computer and of that for WebAssembly.
pub fn clippy(session: &mut Session) -> Result<()> {
    tools::ensure_wasm_target(session.project)?;
    for (name, what) in [
        ("native", &["--workspace", "--all-targets"][..]),
        (WASM, &["--target", WASM, "--package", NAME, "--features", "traps", "--lib", "--test", "wasm"]),
    ] {
        let mut command = cargo(session.project);
        command.arg("clippy").args(what).args(["--", "-D", "warnings"]);
        session.step(name, &mut command, Counting::Once)?;
    }
    Ok(())
}

/// Rustdoc has nothing to say: every link leads somewhere, and nothing public is without a word.
pub fn doc(session: &mut Session) -> Result<()> {
    let mut command = cargo(session.project);
    command.args(["doc", "--no-deps", "--workspace"]).env("RUSTDOCFLAGS", "-D warnings");
    session.step("cargo doc", &mut command, Counting::Once)
}

/// `cargo test`: the library and the project's own commands.
pub fn native(session: &mut Session) -> Result<()> {
    // One by one: together they would share the features of their dependencies.
    for package in [NAME, "huaweicloud-tasks-json", "xtask"] {
        session.step(package, cargo(session.project).args(["test", "--package", package]), Counting::Cargo)?;
    }
    Ok(())
}

/// The JSON reader takes as many instructions as were accepted.
pub fn instructions(session: &mut Session) -> Result<()> {
    let mut command = program(session.project, &session.this_program);
    session.step("json/examples/", command.args(["bench", "instructions"]), Counting::Once)
}

/// The random tests of the library, and that of what traps leave behind, for many more rounds.
pub fn nightly(session: &mut Session) -> Result<()> {
    let mut command = cargo(session.project);
    command.args(["test", "--package", NAME, "--test", "poll"]).env(ROUNDS, NIGHTLY_ROUNDS);
    session.step("tests/poll.rs", &mut command, Counting::Cargo)?;

    let consumer = consumer_with_traps(session)?;
    let mut command = node(session.project);
    command.args(["--test", "--test-reporter=spec", "tests/traps/leaks.test.js"]).env(ROUNDS, NIGHTLY_TRAPS);
    session.step("tests/traps/leaks.test.js", command.current_dir(&consumer.folder), Counting::Node)
}

/// `tests/wasm/` in Node and Chromium; in Firefox and WebKitGTK where their drivers are found.
pub fn wasm(session: &mut Session) -> Result<()> {
    let project = session.project;
    tools::ensure_wasm_target(project)?;
    tools::ensure_node(project)?;
    let mut command = wasm_tests(session, cargo(project));
    // As ES modules: what the library has of JavaScript is one.
    command.env(NODE_MODULES, "1");
    session.step("Node", &mut command, Counting::Cargo)?;

    let chromium = ensure_chromium(project)?;
    let mut command = in_browser(session, cargo(project), "CHROMEDRIVER", &chromium.driver);
    session.step("Chromium", &mut command, Counting::Cargo)?;

    match std::env::var_os("GECKODRIVER").or_else(|| find_on_path(&["geckodriver"])) {
        Some(driver) => {
            let mut command = in_browser(session, cargo(project), "GECKODRIVER", &driver);
            session.step("Firefox", &mut command, Counting::Cargo)?;
        }
        None => println!("   Firefox: not run: no geckodriver"),
    }
    match (find_on_path(&["WebKitWebDriver"]), find_on_path(&["xvfb-run"])) {
        (Some(driver), Some(xvfb)) => {
            let mut display = program(project, xvfb);
            let cargo = cargo(project);
            display.arg("-a").arg(cargo.get_program()).env("CARGO_TARGET_DIR", &project.cargo_target);
            let mut command = in_browser(session, display, "SAFARIDRIVER", &driver);
            session.step("WebKitGTK", &mut command, Counting::Cargo)?;
        }
        (None, _) => println!("   WebKitGTK: not run: no WebKitWebDriver"),
        (_, None) => println!("   WebKitGTK: not run: no xvfb-run"),
    }
    Ok(())
}

/// Completes a cargo command so that it runs `tests/wasm/`; in which engine is still to be told.
fn wasm_tests(session: &Session, mut cargo: Command) -> Command {
    let runner = format!("target.{WASM}.runner=['{}', 'runner']", session.this_program.display());
    cargo.args(["test", "--target", WASM, "--package", NAME, "--test", "wasm", "--config", &runner]);
    // The runner has to read the whole program: without debug information it is seven times as small.
    cargo.env("CARGO_PROFILE_DEV_DEBUG", "none");
    cargo.env("WASM_BINDGEN_TEST_TIMEOUT", ENGINE_TIMEOUT).env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", DRIVER_TIMEOUT);
    for variable in [NODE_MODULES, "WASM_BINDGEN_USE_BROWSER", "CHROMEDRIVER", "GECKODRIVER", "SAFARIDRIVER"] {
        cargo.env_remove(variable);
    }
    cargo
}

/// The same in the browser whose driver is given, by the variable that the runner reads it from.
fn in_browser(session: &Session, cargo: Command, variable: &str, driver: &OsStr) -> Command {
    let mut command = wasm_tests(session, cargo);
    command.env("WASM_BINDGEN_USE_BROWSER", "1").env(variable, driver);
    command
}

/// `tests/js/`, copied next to an installed package.
pub fn js(session: &mut Session) -> Result<()> {
    let consumer = session.consumer()?;
    let mut command = node_tests(session, &consumer.folder.join("tests/js"), &consumer.package())?;
    session.step("Node", command.current_dir(&consumer.folder), Counting::Node)
}

/// `tests/browser/`, with the installed package.
pub fn page(session: &mut Session) -> Result<()> {
    let chromium = ensure_chromium(session.project)?;
    let package = session.consumer()?.package();
    let mut command = node_tests(session, &session.project.root.join("tests/browser"), &package)?;
    session.step("Chromium", command.env("CHROMIUM", chromium.browser), Counting::Node)
}

/// `tests/recipes/`, copied next to an installed package: the recipes of `docs/recipes.md`, and the README's quickstart.
pub fn recipes(session: &mut Session) -> Result<()> {
    let chromium = ensure_chromium(session.project)?;
    let consumer = session.consumer()?;
    let mut command = node_tests(session, &consumer.folder.join("tests/recipes"), &consumer.package())?;
    command.current_dir(&consumer.folder).env("CHROMIUM", chromium.browser);
    session.step("Node and Chromium", &mut command, Counting::Node)
}

/// `tests/traps/`, next to a package of their own, whose module has exports that trap.
pub fn traps(session: &mut Session) -> Result<()> {
    let chromium = ensure_chromium(session.project)?;
    let consumer = consumer_with_traps(session)?;
    let mut command = node_tests(session, &consumer.folder.join("tests/traps"), &consumer.package())?;
    command.current_dir(&consumer.folder).env("CHROMIUM", chromium.browser);
    session.step("Node and Chromium", &mut command, Counting::Node)
}

fn consumer_with_traps(session: &mut Session) -> Result<Consumer> {
    session.pack(&["pack", "--traps"])?;
    Consumer::install(session.project, "traps/consumer", &pack::traps_tarball(session.project)?)
}

/// The tests of a folder, in Node, told where the project and the package are.
pub fn node_tests(session: &Session, folder: &Path, package: &Path) -> Result<Command> {
    let files: Vec<OsString> = project::files_ending(folder, &[".test.js"])?.into_iter().map(OsString::from).collect();
    if files.is_empty() {
        bail!("there are no tests in {}", folder.display());
    }
    let mut command = node(session.project);
    command.args(["--test", "--test-reporter=spec"]).args(files);
    command.env("PROJECT_ROOT", &session.project.root).env("PACKAGE_DIR", package);
    Ok(command)
}
