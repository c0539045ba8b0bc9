//! What the measurements compare with.

use std::fs;

use anyhow::{Context, Result, bail};

use crate::command::{capture, npm};
use crate::project::{self, Project};

/// Makes sure that the packages of `tests/bench/peers.json` are in `target/bench/`. They are compared with, and nothing
/// else needs them.
pub fn ensure(project: &Project) -> Result<()> {
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
