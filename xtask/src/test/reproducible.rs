//! The package built once more: in another folder, by somebody with another home, from nothing. It comes out the same.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::Session;
use super::tally::{Counting, Tally};
use crate::command::{npm, program, read};
use crate::project::{self, Project};

/// What is not part of the sources.
const NOT_SOURCES: &[&str] = &[".git", "node_modules", "pkg", "target"];

/// Builds in the other folder and compares every file with that of the first build.
pub fn reproducible(session: &mut Session) -> Result<()> {
    let first = session.consumer()?.package();
    let other = session.project.target().join("reproducible");
    let (home, sources) = (other.join("home-of-another"), other.join("a folder/huaweicloud-tasks"));
    project::make_empty(&other)?;
    fs::create_dir_all(&home)?;
    copy_sources(&session.project.root, &sources)?;

    let mut build = program(session.project, &session.this_program);
    build.arg("build").current_dir(&sources).env("CARGO_MANIFEST_DIR", sources.join("xtask")).env("HOME", &home);
    build.env("CARGO_HOME", home.join(".cargo")).env("RUSTUP_HOME", rustup_home()?).env_remove("CARGO_TARGET_DIR");
    // Only what is built has to be somebody else's: what npm has fetched before need not be fetched again.
    build.env("npm_config_cache", npm_cache(session.project)?);
    session.step("another folder and home", &mut build, Counting::Once)?;

    difference(&first, &sources.join("pkg"))?;
    println!("   the same bytes: {}", Tally::ONE_PASSED);
    session.tally += Tally::ONE_PASSED;
    Ok(())
}

fn copy_sources(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in project::list(from)? {
        let name = entry.file_name().context("a folder's entry has no name")?;
        if NOT_SOURCES.iter().any(|not| name == *not) {
            continue;
        }
        if entry.is_dir() {
            project::copy_folder(&entry, &to.join(name))?
        } else {
            project::copy(&entry, &to.join(name))?
        }
    }
    Ok(())
}

/// Where the Rust toolchains are, which follow the home unless told otherwise.
fn rustup_home() -> Result<PathBuf> {
    let default = || env::home_dir().map(|home| home.join(".rustup"));
    env::var_os("RUSTUP_HOME").map(PathBuf::from).or_else(default).context("there is no home folder")
}

fn npm_cache(project: &Project) -> Result<String> {
    Ok(read(npm(project).args(["config", "get", "cache", "--loglevel=error"]), "npm does not say where its cache is")?
        .trim()
        .to_owned())
}

/// Finds the first file of a package that is missing or another one in the other package.
fn difference(package: &Path, other: &Path) -> Result<()> {
    for file in project::files_below(package)? {
        let name = file.strip_prefix(package)?;
        let [one, another] = [&file, &other.join(name)]
            .map(|path| fs::read(path).with_context(|| format!("cannot read {}", path.display())));
        if one? != another? {
            bail!("{} is not the same", name.display());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_that_differs_is_noticed_and_a_file_that_is_missing() {
        let folder = env::temp_dir().join(format!("huaweicloud-tasks-{}", std::process::id()));
        let (one, other) = (folder.join("one"), folder.join("other"));
        for (package, bytes) in [(&one, b"abc"), (&other, b"abd")] {
            fs::create_dir_all(package.join("decode")).unwrap();
            fs::write(package.join("decode/a.js"), bytes).unwrap();
        }
        assert!(difference(&one, &other).unwrap_err().to_string().contains("a.js is not the same"));
        fs::write(other.join("decode/a.js"), b"abc").unwrap();
        assert!(difference(&one, &other).is_ok());
        fs::write(one.join("b.js"), b"").unwrap();
        assert!(difference(&one, &other).is_err());
        fs::remove_dir_all(folder).unwrap();
    }
}
