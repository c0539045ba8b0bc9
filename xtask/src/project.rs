//! Where things are, and the few things done to folders.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The name of the Rust package and of the npm package.
pub const NAME: &str = "huaweicloud-tasks";

/// The project's folder, and where cargo puts what it builds.
pub struct Project {
    /// The folder of the workspace.
    pub root: PathBuf,
    /// Cargo's folder for what it builds: `CARGO_TARGET_DIR`, or `target/`.
    pub cargo_target: PathBuf,
}

impl Project {
    /// Finds the project that `cargo xtask` was started in.
    pub fn find() -> Result<Self> {
        let xtask = env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
        let root = xtask.parent().context("the folder of xtask has no parent")?.to_path_buf();
        let cargo_target = match env::var_os("CARGO_TARGET_DIR") {
            Some(folder) => std::path::absolute(folder)?,
            None => root.join("target"),
        };
        Ok(Self { root, cargo_target })
    }

    /// Where the project's own commands put what they make: `target/`, whatever cargo uses.
    pub fn target(&self) -> PathBuf {
        self.root.join("target")
    }
}

/// Makes a folder anew: empty, with all its parents.
pub fn make_empty(folder: &Path) -> Result<()> {
    remove(folder)?;
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))
}

/// Removes a folder that may not be there.
pub fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    Ok(())
}

/// Copies one file.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::copy(from, to).with_context(|| format!("cannot copy {} to {}", from.display(), to.display()))?;
    Ok(())
}

/// Copies a folder with everything in it.
pub fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("cannot make {}", to.display()))?;
    for entry in list(from)? {
        let name = entry.file_name().context("a folder's entry has no name")?;
        if entry.is_dir() { copy_folder(&entry, &to.join(name))? } else { copy(&entry, &to.join(name))? }
    }
    Ok(())
}

/// What a folder holds, sorted by name.
pub fn list(folder: &Path) -> Result<Vec<PathBuf>> {
    let read = || -> std::io::Result<Vec<PathBuf>> {
        let mut entries =
            fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<PathBuf>>>()?;
        entries.sort();
        Ok(entries)
    };
    read().with_context(|| format!("cannot list {}", folder.display()))
}

/// All files in a folder and in those within it.
pub fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in list(folder)? {
        if path.is_dir() { files.extend(files_below(&path)?) } else { files.push(path) }
    }
    Ok(files)
}

/// The files in a folder whose name ends in one of `endings`; none when there is no such folder.
pub fn files_ending(folder: &Path, endings: &[&str]) -> Result<Vec<PathBuf>> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let fits = |path: &PathBuf| {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        endings.iter().any(|ending| name.ends_with(ending))
    };
    Ok(list(folder)?.into_iter().filter(fits).collect())
}
