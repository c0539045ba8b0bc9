//! The npm package, put together in `pkg/`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::bindgen::{CLIENT, DECODER, Module, TRAPS};
use crate::command::{cargo, node, read, run};
use crate::project::{self, NAME, Project};
use crate::{registry, sizes, tools};

/// What is copied from `pkg-template/` as it is, and under which name.
const FROM_TEMPLATE: &[(&str, &str)] =
    &[("package.json", "package.json"), ("README.md", "README.md"), ("entry/wasm.d.ts", "wasm.d.ts")];

const FROM_ROOT: &[&str] = &["LICENSE-MIT", "LICENSE-APACHE", "CHANGELOG.md"];

/// The entries with types of their own, and the file in `pkg-template/` that has these.
const ENTRIES: &[(&str, &str)] = &[
    ("index", "types/index.d.ts"),
    ("decode/index", "entry/decode.d.ts"),
    ("errors", "entry/errors.d.ts"),
    ("explain", "entry/explain.d.ts"),
    ("simulator", "entry/simulator.d.ts"),
];

/// Builds the package. `pkg/` is replaced only by a package that is whole and light enough.
pub fn build(project: &Project) -> Result<()> {
    let staged = project.target().join("package");
    put_together(project, &CLIENT, &staged, &meta(project))?;
    let sizes = sizes::measure(project, &staged)?;
    println!("{}", sizes.table());
    sizes.check_budget()?;
    replace(&project.root.join("pkg"), &staged)?;
    sizes.write(project)
}

/// Builds the package with the exports that trap into a folder of its own, however much it weighs.
pub fn build_traps(project: &Project, folder: &Path) -> Result<()> {
    put_together(project, &TRAPS, folder, &project.target().join("bindgen/traps-meta.json"))
}

/// Puts the package together in a folder, around a module.
fn put_together(project: &Project, client: &Module, folder: &Path, meta: &Path) -> Result<()> {
    tools::ensure_wasm_target(project)?;
    tools::ensure_node_packages(project)?;
    version(project)?;

    registry::write(project)?;
    let entry = client.entry;
    let client = client.build(project)?;
    let decoder = DECODER.build(project)?;
    project::make_empty(folder)?;
    project::make_empty(&folder.join("decode"))?;
    project::copy(&client.wasm, &folder.join("huaweicloud-tasks.wasm"))?;
    project::copy(&decoder.wasm, &folder.join("decode/decode.wasm"))?;
    let mut bundle = node(project);
    bundle.arg("xtask/bundle.js").arg(folder).arg(&client.glue).arg(entry);
    bundle.arg(&decoder.glue).arg(DECODER.entry).arg(meta);
    run(&mut bundle, "the package's JavaScript cannot be bundled")?;
    for (from, to) in FROM_TEMPLATE {
        project::copy(&project.root.join("pkg-template").join(from), &folder.join(to))?;
    }
    write_types(project, folder)?;
    for file in FROM_ROOT {
        project::copy(&project.root.join(file), &folder.join(file))?;
    }
    Ok(())
}

/// Builds the package and says what each part of what a browser loads weighs.
pub fn weigh(project: &Project) -> Result<()> {
    build(project)?;
    let mut parts = node(project);
    parts.arg("xtask/parts.js").arg(CLIENT.named(project)).arg(meta(project));
    run(&mut parts, "the parts cannot be weighed")
}

/// Where the bundler leaves what `index.js` is made of.
fn meta(project: &Project) -> PathBuf {
    project.target().join("bindgen/index-meta.json")
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

/// Writes the types of each entry. TypeScript reads what `require` gives from a file of its own, which an `import` can read
/// as well, but not the other way round: so that file has the types, and the other refers to it.
fn write_types(project: &Project, folder: &Path) -> Result<()> {
    let write =
        |file: String, text: &str| fs::write(folder.join(&file), text).with_context(|| format!("cannot write {file}"));
    for (entry, source) in ENTRIES {
        let name = entry.rsplit('/').next().unwrap_or(entry);
        write(format!("{entry}.d.cts"), &types(project, source)?)?;
        write(
            format!("{entry}.d.ts"),
            &format!("// The types of {entry}, for `import`.\nexport * from './{name}.cjs';\n"),
        )?;
    }
    write("inline.d.ts".into(), "// The types of inline, for `import`.\nexport * from './index.js';\n")
}

/// Types as one file, with what `source` re-exports from files beside it in their place.
fn types(project: &Project, source: &str) -> Result<String> {
    let read = |file: &Path| fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()));
    let source = project.root.join("pkg-template").join(source);
    let mut types = String::new();
    for line in read(&source)?.lines() {
        match line.strip_prefix("export * from './").and_then(|rest| rest.strip_suffix(".js';")) {
            None => types += &format!("{line}\n"),
            Some(part) => {
                let name = format!("{part}.d.ts");
                let written = registry::folder(project).join(&name);
                let text = read(&if written.exists() { written } else { source.with_file_name(name) })?;
                let body = text.lines().skip_while(|line| line.starts_with("import ") || line.is_empty());
                body.for_each(|line| types += &format!("{line}\n"));
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
