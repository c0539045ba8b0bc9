//! From the Rust library to optimised WebAssembly modules and their glue.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::command::{cargo, npm_program, program, read, run};
use crate::project::{self, NAME, Project};
use crate::tools::WASM;

/// What the library is called where cargo puts it.
const LIBRARY: &str = "huaweicloud_tasks.wasm";

/// Where, in the types that wasm-bindgen writes, the part begins that is its own: the raw exports and the loading.
const RAW: &str = "export type InitInput";

/// What the package knows of the loading.
const LOADING: &str = "\
/** Makes the module's instance. */
export function initSync(source: { module: BufferSource | WebAssembly.Module }): void;
";

/// A module to build out of the library.
pub struct Module {
    /// The name of its files.
    pub name: &'static str,
    /// The features of the library in it.
    features: &'static str,
    /// The entry of those who call it.
    pub entry: &'static str,
}

/// All of the library.
pub const CLIENT: Module =
    Module { name: "huaweicloud-tasks", features: "client", entry: "pkg-template/entry/index.js" };

/// The decoder of async tasks alone.
pub const DECODER: Module = Module { name: "decode", features: "", entry: "pkg-template/entry/decode.js" };

/// All of the library, with exports that trap. It is in no package that is published.
pub const TRAPS: Module = Module { name: "traps", features: "traps", entry: "tests/traps/entry.js" };

/// A module that was built, and the JavaScript that calls it.
pub struct Built {
    pub glue: PathBuf,
    pub wasm: PathBuf,
}

impl Module {
    /// Builds the module into a folder of `target/bindgen/`.
    pub fn build(&self, project: &Project) -> Result<Built> {
        let folder = self.folder(project);
        project::make_empty(&folder)?;

        run(&mut self.compile(project)?, "the Rust library does not compile")?;
        let library = project.cargo_target.join(WASM).join("release").join(LIBRARY);
        bind(&library, &folder).context("wasm-bindgen failed")?;
        let types = folder.join("module.d.ts");
        let text = fs::read_to_string(&types).with_context(|| format!("cannot read {}", types.display()))?;
        let api = api(&text).with_context(|| format!("{} has no `{RAW}` any more", types.display()))?;
        fs::write(folder.join("api.d.ts"), api).context("cannot write api.d.ts")?;

        let wasm = folder.join("optimised.wasm");
        let mut optimise = npm_program(project, "wasm-opt");
        // What the passes of -Oz leave out, and take half a per cent off.
        optimise.args(["--monomorphize", "--merge-similar-functions", "--flatten", "--rereloop", "-Oz", "--converge"]);
        optimise.args(["--gufa-optimizing", "-Oz", "--converge", "--strip-producers", "--strip-target-features"]);
        optimise.arg(self.named(project)).arg("-o").arg(&wasm);
        run(&mut optimise, "wasm-opt failed")?;
        Ok(Built { glue: folder.join("module.js"), wasm })
    }

    /// The module before it is optimised: its functions still have names.
    pub fn named(&self, project: &Project) -> PathBuf {
        self.folder(project).join("module_bg.wasm")
    }

    fn folder(&self, project: &Project) -> PathBuf {
        project.target().join("bindgen").join(self.name)
    }

    /// The release build. No path of this computer gets into it, so it comes out the same in any folder.
    fn compile(&self, project: &Project) -> Result<Command> {
        // On a machine that never built anything, the folders of the registries appear with this.
        run(cargo(project).args(["fetch", "--target", WASM]), "the crates that the library needs cannot be had")?;
        let remapped = remapped_paths(project)?.into_iter();
        let mut flags: Vec<String> =
            remapped.map(|(path, name)| format!("--remap-path-prefix={}={name}", path.display())).collect();
        // A signature hashes a few hundred bytes: the smaller of the two ways is fast enough.
        flags.push(r#"--cfg=sha2_backend_soft="compact""#.to_owned());
        let mut command = cargo(project);
        command.args(["rustc", "--release", "--lib", "--crate-type", "cdylib", "--target", WASM, "--package", NAME]);
        command.args(["--no-default-features", "--features", self.features]);
        command.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"));
        Ok(command)
    }
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
    let options = ["wasm-bindgen", "--target", "web", "--omit-default-module-path"];
    let flags = ["--experimental-reset-state-function", "--out-name", "module", "--out-dir"];
    let words = options.iter().chain(&flags).map(Into::into).chain([folder.into(), library.into()]);
    wasm_bindgen_cli::wasm_bindgen::run_cli_with_args::<_, std::ffi::OsString>(words)
}

/// What a module exports to those who call it, out of the types that wasm-bindgen writes.
fn api(types: &str) -> Option<String> {
    let (api, _) = types.split_once(RAW)?;
    Some(format!("{api}{LOADING}"))
}

#[cfg(test)]
mod tests {
    use super::{LOADING, api};

    #[test]
    fn cuts_the_raw_exports_out_of_the_types() {
        let types = "export function a(): void;\nexport type InitInput = URL;\nexport interface InitOutput {}\n";
        assert_eq!(api(types), Some(format!("export function a(): void;\n{LOADING}")));
        assert_eq!(api("export function a(): void;\n"), None);
    }
}
