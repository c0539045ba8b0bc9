//! The tarball that npm would publish.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::command::{capture, npm};
use crate::package;
use crate::project::{NAME, Project};

/// Builds the package and packs it into `target/`. Gives the tarball's path.
pub fn pack(project: &Project) -> Result<PathBuf> {
    package::build(project)?;
    pack_folder(project, &project.root.join("pkg"), tarball(project)?)
}

/// Builds the package with the exports that trap, for the tests alone, and packs it below `target/`.
pub fn pack_traps(project: &Project) -> Result<PathBuf> {
    let folder = project.target().join("traps/package");
    package::build_traps(project, &folder)?;
    pack_folder(project, &folder, traps_tarball(project)?)
}

fn pack_folder(project: &Project, folder: &Path, tarball: PathBuf) -> Result<PathBuf> {
    let target = tarball.parent().context("a tarball has no folder")?;
    let mut command = npm(project);
    command.args(["pack", "--loglevel=notice", "--color=false", "--pack-destination"]).arg(target).arg(folder);
    let packed = capture(&mut command)?;
    if !packed.success {
        bail!("`npm pack` failed:\n{}", packed.text.trim_end());
    }
    let bytes = fs::metadata(&tarball).with_context(|| format!("npm did not make {}", tarball.display()))?.len();
    for line in contents(&packed.text) {
        println!("  {line}");
    }
    println!("{}: {bytes} bytes", tarball.display());
    Ok(tarball)
}

/// Where the tarball is, once it is packed.
pub fn tarball(project: &Project) -> Result<PathBuf> {
    Ok(project.target().join(tarball_name(project)?))
}

/// Where that of the exports that trap is.
pub fn traps_tarball(project: &Project) -> Result<PathBuf> {
    Ok(project.target().join("traps").join(tarball_name(project)?))
}

fn tarball_name(project: &Project) -> Result<String> {
    Ok(format!("{NAME}-{}.tgz", package::version(project)?))
}

/// The files in the tarball, from what npm says while it packs.
fn contents(said: &str) -> Vec<&str> {
    let notices = said.lines().filter_map(|line| line.strip_prefix("npm notice ")).map(str::trim);
    notices
        .skip_while(|line| *line != "Tarball Contents")
        .skip(1)
        .take_while(|line| *line != "Tarball Details")
        .collect()
}

#[cfg(test)]
mod tests {
    use super::contents;

    #[test]
    fn lists_the_files_of_a_tarball() {
        let said = "npm notice\nnpm notice 📦  a@1.0.0\nnpm notice Tarball Contents\nnpm notice 1.1kB LICENSE-MIT\n\
                    npm notice 532B index.js\nnpm notice Tarball Details\nnpm notice name: a\na-1.0.0.tgz\n";
        assert_eq!(contents(said), ["1.1kB LICENSE-MIT", "532B index.js"]);
    }
}
