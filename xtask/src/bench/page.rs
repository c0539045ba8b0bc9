//! `docs/benchmarks.md` and its chart, which the measurement of everything writes.

use std::fs;

use anyhow::{Context, Result};

use super::figure::{DECODER, Figure, Part};
use super::machine::Machine;
use super::{chart, table};
use crate::project::{NAME, Project};

/// What stands on the page around the figures.
const TEMPLATE: &str = include_str!("page.md");

/// Writes the page and the chart.
pub fn write(project: &Project, parts: &[Part], machine: &Machine) -> Result<()> {
    save(project, "docs/benchmarks.svg", &chart::draw(parts))?;
    save(project, "docs/benchmarks.md", &fill(parts, &machine.day, &machine.to_string()))
}

fn save(project: &Project, file: &str, text: &str) -> Result<()> {
    println!("writes {file}");
    fs::write(project.root.join(file), text).with_context(|| format!("cannot write {file}"))
}

/// The template, with what was measured in its places.
fn fill(parts: &[Part], day: &str, machine: &str) -> String {
    let table = |part: &Part| format!("### {}\n\n{}", part.title, table::for_page(part));
    let tables: Vec<String> = parts.iter().map(table).collect();
    let figures = || parts.iter().flat_map(|part| &part.figures);
    let size = |entry: &str| {
        let weighed = |figure: &&Figure| figure.against.is_none() && figure.who == entry;
        figures().find(weighed).map(|figure| figure.unit.show(figure.ours.median)).unwrap_or_default()
    };
    let firefox =
        if parts.iter().any(|part| part.has("Firefox")) { "" } else { " Firefox was not there to be measured." };
    [
        ("{day}", day),
        ("{machine}", machine),
        ("{firefox}", firefox),
        ("{size}", &size(NAME)),
        ("{decoder size}", &size(DECODER)),
        ("{tables}", &tables.join("\n\n")),
    ]
    .into_iter()
    .fold(TEMPLATE.to_owned(), |page, (place, text)| page.replace(place, text))
}

#[cfg(test)]
mod tests {
    use super::{TEMPLATE, fill};

    #[test]
    fn every_place_is_filled() {
        assert!(TEMPLATE.contains("{tables}"));
        let page = fill(&[], "2026-01-01", "2 cores");
        assert!(page.contains("2026-01-01") && page.contains("2 cores"));
        assert!(!page.contains(['{', '}']), "{page}");
    }
}
