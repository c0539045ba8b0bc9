//! A project that uses the package the way a user's does: installed from its tarball.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::command::{capture, npm};
use crate::project::{self, NAME, Project};

/// A fresh project with the package installed and a copy of the project's `tests/`.
pub struct Consumer {
    /// The project's folder.
    pub folder: PathBuf,
}

impl Consumer {
    /// Makes the project in a folder of `target/` and installs the tarball there, without network.
    pub fn install(project: &Project, folder: &str, tarball: &Path) -> Result<Self> {
        let folder = project.target().join(folder);
        project::make_empty(&folder)?;
        fs::write(folder.join("package.json"), "{ \"private\": true, \"type\": \"module\" }\n")
            .with_context(|| format!("cannot write into {}", folder.display()))?;
        let mut install = npm(project);
        install.current_dir(&folder).args(["install", "--offline", "--no-audit", "--no-fund"]).arg(tarball);
        let installed = capture(&mut install)?;
        if !installed.success {
            bail!("the tarball cannot be installed:\n{}", installed.text.trim_end());
        }
        project::copy_folder(&project.root.join("tests"), &folder.join("tests"))?;
        Ok(Self { folder })
    }

    /// The installed package.
    pub fn package(&self) -> PathBuf {
        self.folder.join("node_modules").join(NAME)
    }
}
