//! The package's types: right code compiles, and wrong code does not.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::tally::{Counting, Tally};
use super::{Session, levels};
use crate::command::{capture, npm_program};
use crate::project::{self, Project};

/// What every sample is compiled with.
const STRICT: &[&str] = &[
    "--noEmit",
    "--strict",
    "--exactOptionalPropertyTypes",
    "--noUncheckedIndexedAccess",
    "--skipLibCheck",
    "false",
    "--target",
    "es2022",
];

/// Where the types of `fetch`, `AbortSignal` and the like come from.
const NODE: &[&str] = &["--types", "node", "--lib", "es2022"];
const DOM: &[&str] = &["--types", "", "--lib", "es2022,dom,dom.iterable,dom.asynciterable"];
const NOWHERE: &[&str] = &["--types", "", "--lib", "es2022"];

/// How a program finds modules.
const NODE16: &[&str] = &["--module", "node16", "--moduleResolution", "node16"];
const NODENEXT: &[&str] = &["--module", "nodenext", "--moduleResolution", "nodenext"];
const BUNDLER: &[&str] = &["--module", "esnext", "--moduleResolution", "bundler"];
const VERBATIM: &[&str] = &["--module", "nodenext", "--verbatimModuleSyntax"];

/// The samples for ES modules, those for CommonJS too, and the one that needs no platform.
const MODULES: &[&str] = &[".ts"];
const BOTH: &[&str] = &[".ts", ".cts"];
const PLATFORM_LESS: &[&str] = &[".mts"];

type Flags = &'static [&'static str];

/// Each compilation: its name, the platform, how modules are found, and which samples.
const COMPILATIONS: &[(&str, Flags, Flags, Flags)] = &[
    ("node16, Node", NODE, NODE16, BOTH),
    ("node16, DOM", DOM, NODE16, BOTH),
    ("node16, no platform", NOWHERE, NODE16, PLATFORM_LESS),
    ("nodenext, Node", NODE, NODENEXT, BOTH),
    ("nodenext, DOM", DOM, NODENEXT, BOTH),
    ("nodenext, no platform", NOWHERE, NODENEXT, PLATFORM_LESS),
    ("nodenext, verbatim", NODE, VERBATIM, BOTH),
    ("bundler, Node", NODE, BUNDLER, MODULES),
    ("bundler, DOM", DOM, BUNDLER, MODULES),
    ("bundler, no platform", NOWHERE, BUNDLER, PLATFORM_LESS),
];

/// `tests/types/`: the tests of the declarations; the samples compile, and those named `wrong-*` fail as their first
/// line says.
pub fn types(session: &mut Session) -> Result<()> {
    let consumer = session.consumer()?;
    let folder = consumer.folder.join("tests/types");
    let mut tests = levels::node_tests(session, &folder, &consumer.package())?;
    session.step("declarations", tests.current_dir(&consumer.folder), Counting::Node)?;

    for (name, platform, resolution, endings) in COMPILATIONS {
        let samples = samples(&folder, endings, false)?;
        let mut command = compiler(session.project, &folder, &[*platform, *resolution]);
        session.step(name, command.args(samples), Counting::Once)?;
    }
    let wrong = samples(&folder, MODULES, true)?;
    let compiled = capture(compiler(session.project, &folder, &[NODE, NODENEXT]).args(&wrong))?;
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

/// The samples with the given endings: the right ones, or the wrong ones.
fn samples(folder: &Path, endings: &[&str], wrong: bool) -> Result<Vec<PathBuf>> {
    let mut samples = project::files_ending(folder, endings)?;
    samples.retain(|file| is_wrong(file) == wrong);
    if samples.is_empty() {
        bail!("{} has no samples {}{}", folder.display(), if wrong { "wrong-*" } else { "*" }, endings.join(" or "));
    }
    Ok(samples)
}

fn is_wrong(file: &Path) -> bool {
    file.file_name().is_some_and(|name| name.to_string_lossy().starts_with("wrong-"))
}

fn compiler(project: &Project, folder: &Path, flags: &[Flags]) -> Command {
    let mut command = npm_program(project, "tsc");
    command.current_dir(folder).args(STRICT).args(flags.concat());
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
