//! What the measurements were taken on, and when.

use std::fmt;

use anyhow::{Context, Result};

use crate::browser::ensure_chromium;
use crate::command::{capture, node, program, read};
use crate::project::Project;

const ASK: &str = "
const { cpus } = require('node:os');
console.log(new Date().toISOString().slice(0, 10));
console.log(`${cpus().length} cores of ${cpus()[0]?.model ?? 'an unknown make'}, Node ${process.versions.node}`);";

/// A day, and the machine's line.
pub struct Machine {
    pub day: String,
    line: String,
}

impl Machine {
    pub fn of(project: &Project) -> Result<Self> {
        let answer = read(node(project).args(["--eval", ASK]), "Node does not say what it runs on")?;
        let (day, line) = answer.trim().split_once('\n').context("Node does not say what it runs on")?;
        let chromium = ensure_chromium(project)?.browser;
        let answer = capture(program(project, chromium).arg("--version"))?.text;
        // `Chromium 156.0.1.2 built on Debian`, and perhaps what a script around it has to say.
        let version = answer.split_once("Chrom").and_then(|(_, rest)| rest.split_whitespace().nth(1)).unwrap_or("?");
        Ok(Self { day: day.to_owned(), line: format!("{line}, Chromium {version}") })
    }
}

impl fmt::Display for Machine {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.line)
    }
}
