//! The measurements: those in `tests/bench/`, and the native one of waiting.

use anyhow::{Result, bail};

use crate::command::{node, run};
use crate::consumer::Consumer;
use crate::pack::pack;
use crate::project::{self, Project};
use crate::waiting;

/// The measurement that needs no package.
const WAITING: &str = "waiting";

/// Runs the named measurements, or all of them; those in JavaScript on the package as a user would install it.
pub fn run_all(project: &Project, names: &[&str]) -> Result<()> {
    let known: Vec<String> = project::files_ending(&project.root.join("tests/bench"), &[".js"])?
        .iter()
        .filter_map(|path| Some(path.file_stem()?.to_string_lossy().into_owned()))
        .collect();
    if let Some(name) = names.iter().find(|name| **name != WAITING && !known.iter().any(|known| known == *name)) {
        bail!("there is no measurement `{name}`; there are: {WAITING}, {}", known.join(", "));
    }
    if names.is_empty() || names.contains(&WAITING) {
        println!("{WAITING}");
        waiting::run(project)?;
    }
    if names == [WAITING] {
        return Ok(());
    }
    let consumer = Consumer::install(project, &pack(project)?)?;
    for name in known.iter().filter(|name| names.is_empty() || names.contains(&name.as_str())) {
        println!("\n{name}");
        let mut command = node(project);
        command.current_dir(&consumer.folder).env("PROJECT_ROOT", &project.root);
        command.arg(consumer.folder.join("tests/bench").join(format!("{name}.js")));
        run(&mut command, &format!("the measurement `{name}` failed"))?;
    }
    Ok(())
}
