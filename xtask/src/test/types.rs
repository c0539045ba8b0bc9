//! The package's types: right code compiles, and wrong code does not.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::Session;
use super::tally::{Counting, Tally};
use crate::command::{capture, npm_program};
use crate::project::{self, Project};

/// How a program for Node finds modules, and how one for a bundler does.
const NODENEXT: &[&str] = &["--module", "nodenext", "--moduleResolution", "nodenext"];
const BUNDLER: &[&str] = &["--module", "esnext", "--moduleResolution", "bundler"];

/// `tests/types/`: the samples compile, and those named `wrong-*` fail as their first line says.
pub fn types(session: &mut Session) -> Result<()> {
    let folder = session.consumer()?.folder.join("tests/types");
    let (wrong, right): (Vec<PathBuf>, Vec<PathBuf>) =
        project::files_ending(&folder, &[".ts", ".cts", ".mts"])?.into_iter().partition(|file| is_wrong(file));
    if right.is_empty() || wrong.is_empty() {
        bail!("{} needs samples that compile, and samples wrong-*.ts that do not", folder.display());
    }
    for (name, resolution) in [("nodenext", NODENEXT), ("bundler", BUNDLER)] {
        session.step(name, compiler(session.project, &folder, resolution).args(&right), Counting::Once)?;
    }
    let compiled = capture(compiler(session.project, &folder, NODENEXT).args(&wrong))?;
    for sample in wrong {
        let text = fs::read_to_string(&sample).with_context(|| format!("cannot read {}", sample.display()))?;
        let name = sample.file_name().unwrap_or_default().to_string_lossy();
        let complaint = complaint(&text, &errors_in(&name, &compiled.text));
        let tally = if complaint.is_none() { Tally::ONE_PASSED } else { Tally::ONE_FAILED };
        println!("   {name}: {tally}");
        if let Some(complaint) = complaint {
            println!("{complaint}");
        }
        session.tally += tally;
    }
    Ok(())
}

fn is_wrong(file: &Path) -> bool {
    file.file_name().is_some_and(|name| name.to_string_lossy().starts_with("wrong-"))
}

fn compiler(project: &Project, folder: &Path, resolution: &[&str]) -> Command {
    let mut command = npm_program(project, "tsc");
    command.current_dir(folder).args(["--noEmit", "--strict", "--skipLibCheck", "false", "--target", "es2022"]);
    command.args(["--types", "node"]).args(resolution);
    command
}

/// What the compiler says of one file: the lines that start with its name, each with the indented ones below.
fn errors_in(name: &str, output: &str) -> String {
    let mut ours = false;
    let start = format!("{name}(");
    let mut errors = String::new();
    for line in output.lines() {
        if !line.starts_with(' ') {
            ours = line.starts_with(&start);
        }
        if ours {
            errors.push_str(line);
            errors.push('\n');
        }
    }
    errors
}

/// What is wrong with a sample that must not compile, if anything: it compiles, or fails for another reason.
fn complaint(sample: &str, errors: &str) -> Option<String> {
    let Some(expected) = expected_error(sample) else {
        return Some("its first line must be `// expects: ` and a part of the compiler's message".into());
    };
    if errors.contains(expected) {
        return None;
    }
    let instead = if errors.is_empty() { "nothing\n" } else { errors };
    Some(format!("the compiler must say `{expected}`, and says:\n{instead}"))
}

fn expected_error(sample: &str) -> Option<&str> {
    sample.lines().next()?.strip_prefix("// expects: ").map(str::trim).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{complaint, errors_in, expected_error};

    const OUTPUT: &str = "wrong-a.ts(5,6): error TS1: Property 'x' does not exist.\n  It is spelt 'y'.\n\
                          wrong-b.ts(1,2): error TS2: No.\n";

    #[test]
    fn reads_the_error_that_a_sample_expects() {
        assert_eq!(
            expected_error("// expects: Property 'x' does not exist\nx;\n"),
            Some("Property 'x' does not exist")
        );
        assert_eq!(expected_error("import x;\n"), None);
        assert_eq!(expected_error("// expects: \n"), None);
    }

    #[test]
    fn tells_the_files_apart() {
        assert!(errors_in("wrong-a.ts", OUTPUT).ends_with("It is spelt 'y'.\n"));
        assert_eq!(errors_in("wrong-b.ts", OUTPUT), "wrong-b.ts(1,2): error TS2: No.\n");
        assert_eq!(errors_in("wrong.ts", OUTPUT), "");
    }

    #[test]
    fn complains_of_wrong_code_that_compiles_or_fails_for_another_reason() {
        let sample = "// expects: Property 'x'\n";
        assert_eq!(complaint(sample, &errors_in("wrong-a.ts", OUTPUT)), None);
        assert!(complaint(sample, &errors_in("wrong-b.ts", OUTPUT)).unwrap().contains("TS2: No."));
        assert!(complaint(sample, "").unwrap().ends_with("and says:\nnothing\n"));
        assert!(complaint("x;", "").is_some());
    }
}
