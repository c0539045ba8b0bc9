//! The packaging matrix: the package, installed from its tarball, in a project of each kind that its users have.
//!
//! A project is a folder of `tests/packaging/`. The files beside the folders are in every project. Its `check.js`
//! succeeds or fails, and its last line says what ran and how many `.wasm` files there are, such as
//! `vite 8.3.8, Chromium 156; .wasm: 1`.

use std::ffi::OsStr;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use super::Session;
use super::tally::Tally;
use crate::browser::ensure_chromium;
use crate::command::{Captured, capture_within, node, npm};
use crate::pack;
use crate::project::{self, Project};

/// How many projects are tried at a time: what they do is partly waiting.
const AT_ONCE: usize = 2;

/// How long the installation of a project may take, and then its check.
const LIMIT: Duration = Duration::from_secs(300);

/// What came of a project.
struct Row {
    name: String,
    versions: String,
    modules: String,
    passed: bool,
    seconds: f64,
    /// What is shown when it failed.
    output: String,
}

/// `tests/packaging/`: the named projects, or all of them.
pub fn packaging(session: &mut Session) -> Result<()> {
    let names = choose(session.project, &session.environments)?;
    let chromium = ensure_chromium(session.project)?.browser;
    session.consumer()?;
    let tarball = pack::tarball(session.project)?;
    let rows = try_all(session.project, &names, &tarball, &chromium);
    println!("\n{}", table(&rows));
    for row in &rows {
        session.tally += if row.passed { Tally::ONE_PASSED } else { Tally::ONE_FAILED };
    }
    Ok(())
}

fn choose(project: &Project, wanted: &[String]) -> Result<Vec<String>> {
    let folders = project::list(&project.root.join("tests/packaging"))?.into_iter().filter(|path| path.is_dir());
    let known: Vec<String> =
        folders.filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned())).collect();
    if let Some(name) = wanted.iter().find(|name| !known.contains(name)) {
        bail!("there is no environment `{name}`; there are: {}", known.join(", "));
    }
    Ok(if wanted.is_empty() { known } else { wanted.to_vec() })
}

/// Tries the projects and says how each came out as soon as it has. The rows are in the order of the names.
fn try_all(project: &Project, names: &[String], tarball: &Path, chromium: &OsStr) -> Vec<Row> {
    let next = AtomicUsize::new(0);
    let (sender, receiver) = mpsc::channel();
    let mut rows = Vec::new();
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            let (sender, next) = (sender.clone(), &next);
            scope.spawn(move || {
                while let Some(name) = names.get(next.fetch_add(1, Ordering::Relaxed)) {
                    // The receiver is there until all have sent.
                    let _ = sender.send(try_one(project, name, tarball, chromium));
                }
            });
        }
        drop(sender);
        for row in receiver {
            println!("   {}: {} ({:.1} s)", row.name, if row.passed { "passed" } else { "failed" }, row.seconds);
            if !row.passed {
                println!("{}", row.output.trim_end());
            }
            rows.push(row);
        }
    });
    rows.sort_by(|one, other| one.name.cmp(&other.name));
    rows
}

fn try_one(project: &Project, name: &str, tarball: &Path, chromium: &OsStr) -> Row {
    let begin = Instant::now();
    let captured = check(project, name, tarball, chromium)
        .unwrap_or_else(|error| Captured { success: false, text: format!("error: {error:#}") });
    let (versions, modules) = said(&captured.text).filter(|_| captured.success).unwrap_or_default();
    let passed = captured.success && !versions.is_empty();
    let mut output = captured.text;
    if captured.success && !passed {
        output.push_str("\nerror: the last line says neither versions nor `.wasm`");
    }
    Row { name: name.into(), versions, modules, passed, seconds: begin.elapsed().as_secs_f64(), output }
}

/// Makes the project in `target/packaging/`, installs its dependencies and the package, and runs its check.
fn check(project: &Project, name: &str, tarball: &Path, chromium: &OsStr) -> Result<Captured> {
    let source = project.root.join("tests/packaging");
    let folder = project.target().join("packaging").join(name);
    project::make_empty(&folder)?;
    for shared in project::list(&source)?.iter().filter(|path| path.is_file()) {
        project::copy(shared, &folder.join(shared.file_name().unwrap_or_default()))?;
    }
    project::copy_folder(&source.join(name), &folder)?;

    let mut install = npm(project);
    install.current_dir(&folder).args(["install", "--ignore-scripts", "--no-audit", "--no-fund"]);
    install.args(["--no-package-lock", "--prefer-offline"]).arg(tarball);
    let installed = capture_within(&mut install, LIMIT)?;
    if !installed.success {
        return Ok(installed);
    }
    let mut check = node(project);
    check.current_dir(&folder).arg("check.js").env("PROJECT_ROOT", &project.root).env("CHROMIUM", chromium);
    capture_within(&mut check, LIMIT)
}

/// What a check says at its end: what ran, and the number of `.wasm` files.
fn said(text: &str) -> Option<(String, String)> {
    let (versions, modules) = text.trim_end().lines().last()?.split_once("; .wasm: ")?;
    Some((versions.to_owned(), modules.to_owned()))
}

fn table(rows: &[Row]) -> String {
    let head = ["environment", "result", "seconds", ".wasm", "versions"].map(str::to_owned);
    let lines = rows.iter().map(|row| {
        let result = if row.passed { "passed" } else { "failed" };
        [row.name.clone(), result.into(), format!("{:.1}", row.seconds), row.modules.clone(), row.versions.clone()]
    });
    let lines: Vec<[String; 5]> = std::iter::once(head).chain(lines).collect();
    let mut widths = [0; 5];
    for line in &lines {
        for (width, cell) in widths.iter_mut().zip(line) {
            *width = cell.chars().count().max(*width);
        }
    }
    let mut table = String::new();
    for line in &lines {
        let cells = line.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
        table += &format!("   {}\n", cells.collect::<Vec<_>>().join("  ").trim_end());
    }
    table
}

#[cfg(test)]
mod tests {
    use super::{Row, said, table};

    #[test]
    fn reads_what_a_check_says_at_its_end() {
        let text = "warning\nvite 8.3.8, Chromium 156; .wasm: 1 (bytes.js in development)\n";
        let expected = ("vite 8.3.8, Chromium 156".to_owned(), "1 (bytes.js in development)".to_owned());
        assert_eq!(said(text), Some(expected));
        assert_eq!(said("Done.\n"), None);
        assert_eq!(said(""), None);
    }

    #[test]
    fn puts_the_rows_under_their_heads() {
        let row = Row {
            name: "bun".into(),
            versions: "bun 1.4.5".into(),
            modules: "-".into(),
            passed: true,
            seconds: 1.25,
            output: String::new(),
        };
        let expected = "   environment  result  seconds  .wasm  versions\n   \
                        bun          passed  1.2      -      bun 1.4.5\n";
        assert_eq!(table(&[row]), expected);
    }
}
