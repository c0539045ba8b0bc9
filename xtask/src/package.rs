//! The npm package, put together in `pkg/`.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::bindgen::build_module;
use crate::command::{cargo, node, read, run};
use crate::project::{self, MODULE, NAME, Project};
use crate::{sizes, tools};

/// What is copied from `pkg-template/` as it is, and under which name.
const FROM_TEMPLATE: &[(&str, &str)] = &[
    ("package.json", "package.json"),
    ("README.md", "README.md"),
    ("simulator.d.ts", "simulator.d.ts"),
    ("explain.d.ts", "explain.d.ts"),
];

/// The types of the package. TypeScript reads what `require` gives from a file of its own.
const TYPES: [&str; 2] = ["index.d.ts", "index.d.cts"];

const FROM_ROOT: &[&str] = &["LICENSE-MIT", "LICENSE-APACHE", "CHANGELOG.md"];

/// Builds the package. `pkg/` is replaced only by a package that is whole and light enough.
pub fn build(project: &Project) -> Result<()> {
    tools::ensure_wasm_target(project)?;
    tools::ensure_node_packages(project)?;
    version(project)?;

    let staged = project.target().join("package");
    project::make_empty(&staged)?;
    let module = build_module(project)?;
    project::copy(&module.wasm, &staged.join(format!("{MODULE}_bg.wasm")))?;
    let mut bundle = node(project);
    bundle.arg("xtask/bundle.js").arg(&module.glue).arg(&staged);
    run(&mut bundle, "the package's JavaScript cannot be bundled")?;
    for (from, to) in FROM_TEMPLATE {
        project::copy(&project.root.join("pkg-template").join(from), &staged.join(to))?;
    }
    let types = types(project)?;
    for file in TYPES {
        fs::write(staged.join(file), &types).with_context(|| format!("cannot write {file}"))?;
    }
    for file in FROM_ROOT {
        project::copy(&project.root.join(file), &staged.join(file))?;
    }

    let sizes = sizes::measure(project, &staged)?;
    println!("{}", sizes::table(&sizes));
    sizes::check_budget(&sizes)?;
    replace(&project.root.join("pkg"), &staged)?;
    sizes::write(project, &sizes)
}

/// The version of the npm package and of the Rust package. They are one thing: it is an error when they differ.
pub fn version(project: &Project) -> Result<String> {
    let identity =
        read(cargo(project).args(["pkgid", "--package", NAME]), "cargo does not know the package's version")?;
    let cargo_version = identity.trim().rsplit(['@', '#']).next().unwrap_or_default();
    let file = "pkg-template/package.json";
    let text = fs::read_to_string(project.root.join(file)).with_context(|| format!("cannot read {file}"))?;
    let npm_version = version_in(&text).with_context(|| format!("{file} has no version"))?;
    if npm_version != cargo_version {
        bail!("{file} says version {npm_version}, and Cargo.toml says {cargo_version}");
    }
    Ok(npm_version.to_owned())
}

/// The types as one file: `types/index.d.ts`, with what it re-exports in its place.
fn types(project: &Project) -> Result<String> {
    let folder = project.root.join("pkg-template/types");
    let read = |file: &str| fs::read_to_string(folder.join(file)).with_context(|| format!("cannot read types/{file}"));
    let mut types = String::new();
    for line in read("index.d.ts")?.lines() {
        match line.strip_prefix("export * from './").and_then(|rest| rest.strip_suffix(".js';")) {
            None => types += &format!("{line}\n"),
            Some(part) => {
                let text = read(&format!("{part}.d.ts"))?;
                let own = text.lines().skip_while(|line| line.starts_with("import ") || line.is_empty());
                own.for_each(|line| types += &format!("{line}\n"));
                types.push('\n');
            }
        }
    }
    // Without it, what is not marked as an export would be one as well.
    types += "export {};\n";
    Ok(types)
}

/// The version in a package.json: on a line of its own, as npm writes it.
fn version_in(package_json: &str) -> Option<&str> {
    let value = package_json.lines().find_map(|line| line.trim().strip_prefix(r#""version":"#))?;
    value.trim().trim_end_matches(',').strip_prefix('"')?.strip_suffix('"')
}

fn replace(folder: &Path, staged: &Path) -> Result<()> {
    project::remove(folder)?;
    fs::rename(staged, folder).with_context(|| format!("cannot move the package to {}", folder.display()))
}

#[cfg(test)]
mod tests {
    use super::version_in;

    #[test]
    fn finds_the_version_of_a_package() {
        let text = "{\n  \"name\": \"a\",\n  \"version\": \"0.1.0\",\n  \"type\": \"module\"\n}\n";
        assert_eq!(version_in(text), Some("0.1.0"));
        assert_eq!(version_in("{ }"), None);
    }
}
