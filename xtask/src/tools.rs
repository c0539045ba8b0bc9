//! The tools that building needs: what is missing is installed, or asked for in one sentence.

use std::ffi::OsString;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::command::{capture, cargo, find_on_path, node, npm, npm_program, program, read, run};
use crate::project::Project;

/// The target that the library is built for.
pub const WASM: &str = "wasm32-unknown-unknown";

const OLDEST_NODE: u32 = 20;

/// The cargo-deny that is built when there is none.
const CARGO_DENY: &str = "0.20.2";

/// Makes sure that Rust can build WebAssembly.
pub fn ensure_wasm_target(project: &Project) -> Result<()> {
    let mut ask = program(project, "rustc");
    ask.args(["--print", "target-libdir", "--target", WASM]);
    let folder = read(&mut ask, "rustc does not say where its libraries are")?;
    if Path::new(folder.trim()).exists() {
        return Ok(());
    }
    println!("Installing the Rust target {WASM}");
    let installed = capture(program(project, "rustup").args(["target", "add", WASM]))
        .with_context(|| format!("this Rust has no {WASM} target, and there is no rustup to add it"))?;
    if !installed.success {
        bail!("`rustup target add {WASM}` failed:\n{}", installed.text.trim_end());
    }
    Ok(())
}

/// Makes sure that Node is there.
pub fn ensure_node(project: &Project) -> Result<()> {
    let needed = format!("Node {OLDEST_NODE} or newer is needed, with its npm");
    let version = read(node(project).arg("--version"), &needed).context(needed.clone())?;
    if major(&version).is_none_or(|major| major < OLDEST_NODE) {
        bail!("{needed}; this one is {}", version.trim());
    }
    Ok(())
}

/// Makes sure that Node is there and that the npm packages are those of package-lock.json.
pub fn ensure_node_packages(project: &Project) -> Result<()> {
    ensure_node(project)?;
    // A copy of the lock file is left behind after each install: it tells what node_modules was made from.
    let lock = fs::read(project.root.join("package-lock.json")).context("cannot read package-lock.json")?;
    let stamp = project.target().join("npm-installed.json");
    if project.root.join("node_modules").exists() && fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    println!("Installing the npm packages of package-lock.json");
    let installed = capture(npm(project).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]))?;
    if !installed.success {
        bail!("`npm ci` failed:\n{}", installed.text.trim_end());
    }
    fs::create_dir_all(project.target())?;
    fs::write(stamp, lock).context("cannot note that the npm packages are installed")
}

/// Makes sure that cargo-deny is there: on the PATH, or built once below `target/`.
pub fn ensure_cargo_deny(project: &Project) -> Result<OsString> {
    if let Some(found) = find_on_path(&["cargo-deny", "cargo-deny.exe"]) {
        return Ok(found);
    }
    let folder = project.target().join("tools");
    let file = folder.join("bin").join(format!("cargo-deny{}", std::env::consts::EXE_SUFFIX));
    let mut ask = program(project, &file);
    if file.exists() && read(ask.arg("--version"), "cargo-deny does not start")?.contains(CARGO_DENY) {
        return Ok(file.into());
    }
    println!("Installing cargo-deny {CARGO_DENY}");
    let mut install = program(project, cargo(project).get_program());
    // It runs for a second: optimising it would take minutes.
    install.args(["install", "cargo-deny", "--version", CARGO_DENY, "--locked", "--debug", "--force", "--root"]);
    install.arg(&folder).env("CARGO_PROFILE_DEV_DEBUG", "none").env_remove("CARGO_TARGET_DIR");
    let installed = capture(&mut install)?;
    if !installed.success {
        bail!("`cargo install cargo-deny` failed:\n{}", installed.text.trim_end());
    }
    Ok(file.into())
}

/// Formats the Rust and the JavaScript code.
pub fn format(project: &Project) -> Result<()> {
    ensure_node_packages(project)?;
    run(cargo(project).args(["fmt", "--all"]), "`cargo fmt` failed")?;
    run(npm_program(project, "biome").args(["format", "--write"]), "`biome format` failed")
}

fn major(version: &str) -> Option<u32> {
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn reads_the_major_version_of_node() {
        assert_eq!(major("v20.20.2\n"), Some(20));
        assert_eq!(major("v7.0.0"), Some(7));
        assert_eq!(major("node: not found"), None);
        assert_eq!(major(""), None);
    }
}
