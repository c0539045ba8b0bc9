//! What a release consists of: the tarball for npm, and the list of what is in it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::command::{cargo, node, npm, program, read, run};
use crate::pack;
use crate::package;
use crate::project::{NAME, Project};
use crate::tools::WASM;

/// The files of a release.
pub struct Release {
    tarball: PathBuf,
    sbom: PathBuf,
}

/// Packs the package and writes its SBOM beside the tarball. A tag, when there is one, must be that of the version.
pub fn prepare(project: &Project, tag: Option<&str>) -> Result<Release> {
    let version = package::version(project)?;
    if let Some(tag) = tag.filter(|tag| *tag != format!("v{version}")) {
        bail!("the tag is {tag}, and the version {version}: its tag is v{version}");
    }
    let tarball = pack::pack(project)?;
    let text = list_contents(project, &tarball)?;
    let sbom = project.target().join(format!("{NAME}-{version}.cdx.json"));
    fs::write(&sbom, text).with_context(|| format!("cannot write {}", sbom.display()))?;
    println!("{}", sbom.display());
    Ok(Release { tarball, sbom })
}

/// The SBOM: the tarball, and the crates that are in its module.
fn list_contents(project: &Project, tarball: &Path) -> Result<String> {
    let mut tree = cargo(project);
    tree.args(["tree", "--package", NAME, "--target", WASM, "--edges", "normal,no-proc-macro", "--no-dedupe"]);
    let crates = read(tree.args(["--prefix", "none", "--format", "{p}|{l}"]), "`cargo tree` failed")?;
    let file = project.target().join("crates.txt");
    fs::write(&file, crates).with_context(|| format!("cannot write {}", file.display()))?;
    let mut list = node(project);
    list.arg("xtask/sbom.js").arg(tarball).arg("pkg/package.json").stdin(fs::File::open(&file)?);
    read(&mut list, "the SBOM could not be written")
}

/// Publishes what is tagged. npm and GitHub know the workflow: it needs no secret.
pub fn publish(project: &Project, tag: &str) -> Result<()> {
    let Release { tarball, sbom } = prepare(project, Some(tag))?;
    run(npm(project).args(["publish", "--provenance", "--access", "public"]).arg(&tarball), "`npm publish` failed")?;
    let mut release = program(project, "gh");
    release.args(["release", "create", tag, "--verify-tag", "--generate-notes"]).arg(tarball).arg(sbom);
    run(&mut release, "`gh release create` failed")
}
