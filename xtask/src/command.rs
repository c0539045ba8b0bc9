//! Running other programs.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fmt::Write;
use std::io::{self, PipeReader, Read};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

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
    let (mut child, output) = start(command)?;
    let text = read_all(output)?;
    Ok(Captured { success: child.wait()?.success(), text })
}

/// The same for so long at most. When the program ends or the time is up, so do all that it has started.
pub fn capture_within(command: &mut Command, limit: Duration) -> Result<Captured> {
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    let (mut child, output) = start(command)?;
    let reading = thread::spawn(move || read_all(output));
    let begin = Instant::now();
    let mut status = child.try_wait()?;
    while status.is_none() && begin.elapsed() < limit {
        thread::sleep(Duration::from_millis(50));
        status = child.try_wait()?;
    }
    end_all(child.id());
    child.wait()?;
    let mut text = reading.join().ok().context("the output of a program was not read")??;
    if status.is_none() {
        write!(text, "\nerror: ended after {} s", limit.as_secs())?;
    }
    Ok(Captured { success: status.is_some_and(|status| status.success()), text })
}

/// Starts a program, whose output and errors come out of one pipe.
fn start(command: &mut Command) -> Result<(Child, PipeReader)> {
    let (reader, writer) = io::pipe()?;
    command.stdin(Stdio::null()).stdout(writer.try_clone()?).stderr(writer);
    let child = command.spawn().with_context(|| cannot_start(command))?;
    // The command holds the writing end as well: until it is dropped, the pipe never ends.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    Ok((child, reader))
}

fn read_all(mut output: PipeReader) -> Result<String> {
    let mut bytes = Vec::new();
    output.read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Ends a program and those that it has started, which are its process group. There may be none any more.
fn end_all(id: u32) {
    let mut kill = if cfg!(windows) { Command::new("taskkill") } else { Command::new("sh") };
    if cfg!(windows) {
        kill.args(["/t", "/f", "/pid", &id.to_string()]);
    } else {
        kill.args(["-c", &format!("kill -KILL -{id}")]);
    }
    let _ = kill.stdout(Stdio::null()).stderr(Stdio::null()).status();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn ends_a_program_that_hangs_with_what_it_has_started() {
        let begin = Instant::now();
        let mut hangs = Command::new("sh");
        hangs.args(["-c", "echo begun; sleep 60 & sleep 60"]);
        let captured = capture_within(&mut hangs, Duration::from_millis(300)).unwrap();
        assert!(!captured.success);
        assert!(captured.text.starts_with("begun\n") && captured.text.contains("error: ended after"));
        // Each `sleep` holds the pipe: the output ends when both are gone.
        assert!(begin.elapsed() < Duration::from_secs(30));
    }
}
