//! What a release consists of: the tarball for npm, and the list of what is in it.

use std::fs;

use anyhow::{Context, Result, bail};

use crate::command::{npm, read};
use crate::consumer::Consumer;
use crate::pack;
use crate::package;
use crate::project::{NAME, Project};

/// Packs the package and writes its SBOM beside the tarball. A tag, when there is one, must be that of the version.
pub fn prepare(project: &Project, tag: Option<&str>) -> Result<()> {
    let version = package::version(project)?;
    if let Some(tag) = tag.filter(|tag| *tag != format!("v{version}")) {
        bail!("the tag is {tag}, and the version {version}: its tag is v{version}");
    }
    let tarball = pack::pack(project)?;
    // Of a project that has nothing but the package: so the SBOM has the hash of the tarball.
    let consumer = Consumer::install(project, "release", &tarball)?;
    let mut list = npm(project);
    list.current_dir(&consumer.folder).args([
        "sbom",
        "--package-lock-only",
        "--sbom-format=cyclonedx",
        "--sbom-type=application",
    ]);
    let text = read(&mut list, "`npm sbom` failed")?;
    if !text.contains(&format!("{NAME}@{version}")) {
        bail!("the SBOM does not name {NAME}@{version}");
    }
    let file = project.target().join(format!("{NAME}-{version}.cdx.json"));
    fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))?;
    println!("{}", file.display());
    Ok(())
}
