//! From the Rust library to an optimised WebAssembly module and its glue.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::command::{cargo, npm_program, program, read, run};
use crate::project::{self, MODULE, NAME, Project};
use crate::tools::WASM;

/// The module and the JavaScript that calls it, in one folder.
pub struct Module {
    pub glue: PathBuf,
    pub wasm: PathBuf,
}

/// Builds the module into `target/bindgen/`.
pub fn build_module(project: &Project) -> Result<Module> {
    let folder = project.target().join("bindgen");
    project::make_empty(&folder)?;

    run(&mut compile(project)?, "the Rust library does not compile")?;
    let library = project.cargo_target.join(WASM).join("release").join(format!("{MODULE}.wasm"));
    bind(&library, &folder).context("wasm-bindgen failed")?;

    let bound = folder.join(format!("{MODULE}_bg.wasm"));
    let wasm = folder.join(format!("{MODULE}_opt.wasm"));
    let mut optimise = npm_program(project, "wasm-opt");
    optimise.args(["--flatten", "--rereloop", "-Oz", "--converge", "--strip-producers", "--strip-target-features"]);
    optimise.arg(&bound).arg("-o").arg(&wasm);
    run(&mut optimise, "wasm-opt failed")?;
    Ok(Module { glue: folder.join(format!("{MODULE}.js")), wasm })
}

/// The release build. No path of this computer gets into it, so it comes out the same in any folder.
fn compile(project: &Project) -> Result<Command> {
    let remapped = remapped_paths(project)?.into_iter();
    let remapped = remapped.map(|(path, name)| format!("--remap-path-prefix={}={name}", path.display()));
    // SHA-256 in a loop, at a quarter of its size unrolled: what it signs is small.
    let flags: Vec<String> = remapped.chain(["--cfg=sha2_backend_soft=\"compact\"".to_owned()]).collect();
    let mut command = cargo(project);
    command.args(["rustc", "--release", "--lib", "--crate-type", "cdylib", "--target", WASM, "--package", NAME]);
    command.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"));
    Ok(command)
}

/// The folders whose names would end up in the module, each with the name to use instead; the last that fits counts.
fn remapped_paths(project: &Project) -> Result<Vec<(PathBuf, String)>> {
    let ask = |words: &[&str]| read(program(project, "rustc").args(words), "rustc does not answer");
    let sysroot = PathBuf::from(ask(&["--print", "sysroot"])?.trim());
    let version = ask(&["-vV"])?;
    let commit = version.lines().find_map(|line| line.strip_prefix("commit-hash: ")).unwrap_or("unknown");
    let cargo_home = std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::home_dir().map(|home| home.join(".cargo")))
        .context("there is no home folder")?;
    let mut paths = vec![
        (sysroot.clone(), "/rust".to_owned()),
        // With the component rust-src, rustc names these files instead of the name that it gives them without.
        (sysroot.join("lib/rustlib/src/rust"), format!("/rustc/{commit}")),
        (project.root.clone(), format!("/{NAME}")),
        (project.cargo_target.clone(), "/target".to_owned()),
    ];
    // One folder for each registry that cargo has used, named after it.
    let registries = cargo_home.join("registry/src");
    if registries.exists() {
        paths.extend(project::list(&registries)?.into_iter().map(|registry| (registry, "/crates".to_owned())));
    }
    Ok(paths)
}

fn bind(library: &Path, folder: &Path) -> Result<()> {
    fs::metadata(library).with_context(|| format!("there is no {}", library.display()))?;
    let options = ["wasm-bindgen", "--target", "web", "--omit-default-module-path", "--no-typescript"];
    let more = ["--experimental-reset-state-function", "--out-name", MODULE, "--out-dir"];
    let words = options.iter().chain(&more).map(Into::into).chain([folder.into(), library.into()]);
    wasm_bindgen_cli::wasm_bindgen::run_cli_with_args::<_, std::ffi::OsString>(words)
}
