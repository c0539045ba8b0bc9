//! The measurements: those in `tests/bench/`, and the native one of waiting.

use std::fs;

use anyhow::{Context, Result, bail};

use crate::command::{capture, node, npm, run};
use crate::consumer::Consumer;
use crate::pack::pack;
use crate::project::{self, Project};
use crate::waiting;

/// The measurement that needs no package.
const WAITING: &str = "waiting";

/// The measurement that needs the peers.
const CALLS: &str = "calls";

/// Runs the named measurements, or all of them; those in JavaScript on the package as a user would install it.
pub fn run_all(project: &Project, names: &[&str]) -> Result<()> {
    let known: Vec<String> = project::files_ending(&project.root.join("tests/bench"), &[".js"])?
        .iter()
        .filter_map(|path| Some(path.file_stem()?.to_string_lossy().into_owned()))
        .collect();
    if let Some(name) = names.iter().find(|name| **name != WAITING && !known.iter().any(|known| known == *name)) {
        bail!("there is no measurement `{name}`; there are: {WAITING}, {}", known.join(", "));
    }
    if names.is_empty() || names.contains(&WAITING) {
        println!("{WAITING}");
        waiting::run(project)?;
    }
    if names == [WAITING] {
        return Ok(());
    }
    if names.is_empty() || names.contains(&CALLS) {
        ensure_peers(project)?;
    }
    let consumer = Consumer::install(project, "consumer", &pack(project)?)?;
    for name in known.iter().filter(|name| names.is_empty() || names.contains(&name.as_str())) {
        println!("\n{name}");
        let mut command = node(project);
        command.current_dir(&consumer.folder).env("PROJECT_ROOT", &project.root);
        command.arg(consumer.folder.join("tests/bench").join(format!("{name}.js")));
        run(&mut command, &format!("the measurement `{name}` failed"))?;
    }
    Ok(())
}

/// Makes sure that the packages of `tests/bench/peers.json` are in `target/bench/`. They are compared with, and nothing
/// else needs them.
fn ensure_peers(project: &Project) -> Result<()> {
    let peers = fs::read(project.root.join("tests/bench/peers.json")).context("cannot read tests/bench/peers.json")?;
    let folder = project.target().join("bench");
    let manifest = folder.join("package.json");
    // npm writes this file when all the rest is there.
    let done = folder.join("node_modules/.package-lock.json");
    if done.exists() && fs::read(&manifest).is_ok_and(|installed| installed == peers) {
        return Ok(());
    }
    println!("Installing the npm packages of tests/bench/peers.json");
    project::make_empty(&folder)?;
    fs::write(&manifest, peers).with_context(|| format!("cannot write {}", manifest.display()))?;
    let mut install = npm(project);
    install.current_dir(&folder).args(["install", "--ignore-scripts", "--no-audit", "--no-fund"]);
    install.args(["--no-package-lock", "--prefer-offline"]);
    let installed = capture(&mut install)?;
    if !installed.success {
        bail!("the peers cannot be installed:\n{}", installed.text.trim_end());
    }
    Ok(())
}
