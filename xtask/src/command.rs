//! Running other programs.

use std::env;
use std::ffi::{OsStr, OsString};
use std::io::{self, Read};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::project::Project;

/// A program that will run in the project's folder.
pub fn program(project: &Project, name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(&project.root);
    command
}

/// The cargo that started this program.
pub fn cargo(project: &Project) -> Command {
    let mut command = program(project, env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.env("CARGO_TARGET_DIR", &project.cargo_target);
    command
}

/// Node. Its colours and options are the project's, not the environment's.
pub fn node(project: &Project) -> Command {
    let mut command = program(project, "node");
    command.env_remove("NODE_OPTIONS").env_remove("FORCE_COLOR").env("NO_COLOR", "1");
    command
}

/// The npm that belongs to Node.
pub fn npm(project: &Project) -> Command {
    program(project, if cfg!(windows) { "npm.cmd" } else { "npm" })
}

/// A program of an npm package that the project's package.json names.
pub fn npm_program(project: &Project, name: &str) -> Command {
    let file = if cfg!(windows) { format!("{name}.cmd") } else { name.to_owned() };
    program(project, project.root.join("node_modules/.bin").join(file))
}

/// Runs a program that shares the terminal with this one. `failure` is what to say when it fails.
pub fn run(command: &mut Command, failure: &str) -> Result<()> {
    if !command.status().with_context(|| cannot_start(command))?.success() {
        bail!("{failure}");
    }
    Ok(())
}

/// What a program wrote to its standard output. `failure` is what to say when it fails; its errors go to the terminal.
pub fn read(command: &mut Command, failure: &str) -> Result<String> {
    let output = command.stderr(Stdio::inherit()).output().with_context(|| cannot_start(command))?;
    if !output.status.success() {
        bail!("{failure}");
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// What a program wrote, its output and its errors in the order they came, and whether it succeeded.
pub struct Captured {
    pub success: bool,
    pub text: String,
}

/// Runs a program without showing what it writes.
pub fn capture(command: &mut Command) -> Result<Captured> {
    let (mut reader, writer) = io::pipe()?;
    command.stdin(Stdio::null()).stdout(writer.try_clone()?).stderr(writer);
    let mut child = command.spawn().with_context(|| cannot_start(command))?;
    // The command holds the writing end as well: until it is dropped, the pipe never ends.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut bytes = Vec::new();
    reader.read_to_end(&mut bytes)?;
    Ok(Captured { success: child.wait()?.success(), text: String::from_utf8_lossy(&bytes).into_owned() })
}

/// Where a program is that the PATH names.
pub fn find_on_path(names: &[&str]) -> Option<OsString> {
    let path = env::var_os("PATH")?;
    let folders: Vec<_> = env::split_paths(&path).collect();
    names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|file| file.is_file())
        .map(Into::into)
}

fn cannot_start(command: &Command) -> String {
    format!("cannot start `{}`", command.get_program().to_string_lossy())
}
