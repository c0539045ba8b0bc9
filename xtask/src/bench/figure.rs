//! What a measurement found.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::project::{NAME, Project};

/// The engine that everything is measured in. What others say of the same stands beside it.
pub const NODE: &str = "Node";

/// The entry that decodes and does nothing else.
pub const DECODER: &str = "huaweicloud-tasks/decode";

/// What the entries of the package are to weigh at most, with gzip.
const SIZES: [(&str, f64); 2] = [(NAME, 91_000.0), (DECODER, 26_000.0)];

/// All that one measurement found, under its heading.
pub struct Part {
    pub title: &'static str,
    pub figures: Vec<Figure>,
}

/// A figure, as a line of JSON tells it.
#[derive(Deserialize, Clone)]
#[serde(rename_all = "camelCase")]
pub struct Figure {
    pub engine: String,
    pub what: String,
    pub who: String,
    /// Whose times the ratio is to.
    pub against: Option<String>,
    pub unit: Unit,
    /// Of the two in each round; none where amounts are told.
    pub ratio: Option<Spread>,
    pub ours: Spread,
    pub theirs: Option<Spread>,
    /// What the ratio is to be at most, or the amount.
    pub aim: Option<f64>,
    pub amount_aim: Option<f64>,
}

/// The least, the median and the most of all rounds.
#[derive(Deserialize, Clone, Copy)]
pub struct Spread {
    pub min: f64,
    pub median: f64,
    pub max: f64,
}

#[derive(Deserialize, Clone, Copy, PartialEq)]
pub enum Unit {
    #[serde(rename = "ms")]
    Milliseconds,
    #[serde(rename = "bytes")]
    Bytes,
}

impl Part {
    /// The figures of one engine.
    pub fn of(&self, engine: &str) -> impl Iterator<Item = &Figure> {
        self.figures.iter().filter(move |figure| figure.engine == engine)
    }

    /// Whether anything was measured in an engine.
    pub fn has(&self, engine: &str) -> bool {
        self.of(engine).next().is_some()
    }
}

impl Figure {
    /// Whether it is one of the package; the others are for comparison.
    pub fn is_ours(&self) -> bool {
        self.who.starts_with(NAME)
    }

    /// Whether it tells the same, perhaps in another engine.
    pub fn is_of_the_same(&self, other: &Self) -> bool {
        (&self.what, &self.who) == (&other.what, &other.who)
    }
}

impl Unit {
    /// An amount with three digits that count; a size with a tenth at least.
    pub fn show(self, amount: f64) -> String {
        let units: &[(f64, &str)] = match self {
            Self::Milliseconds => &[(1_000.0, "s"), (1.0, "ms"), (0.001, "µs")],
            Self::Bytes => &[(1e6, "MB"), (1e3, "kB"), (1.0, "B")],
        };
        let fits = |(size, _): &&(f64, &str)| amount.abs() >= *size;
        let Some((size, name)) = units.iter().find(fits).or(units.last()) else { return amount.to_string() };
        let value = amount / size;
        let decimals = match value.abs() {
            100.0.. if self == Self::Milliseconds => 0,
            10.0.. => 1,
            _ => 2,
        };
        format!("{value:.decimals$} {name}")
    }
}

/// The figures of a file, a line each.
pub fn read(file: &Path) -> Result<Vec<Figure>> {
    let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let figure = |line| serde_json::from_str(line).with_context(|| format!("this is no figure: {line}"));
    text.lines().map(figure).collect()
}

/// What the entries weigh, as the build found.
pub fn sizes(project: &Project) -> Result<Vec<Figure>> {
    #[derive(Deserialize)]
    struct Size {
        entry: String,
        gzip: f64,
    }
    let file = project.target().join("package-sizes.json");
    let text = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let sizes: Vec<Size> = serde_json::from_str(&text).context("the sizes of the package cannot be read")?;
    let figure = |(entry, aim): (&str, f64)| {
        let size = sizes.iter().find(|size| size.entry == entry)?.gzip;
        Some(Figure {
            engine: NODE.into(),
            what: "what a browser loads, gzip".into(),
            who: entry.into(),
            against: None,
            unit: Unit::Bytes,
            ratio: None,
            ours: Spread { min: size, median: size, max: size },
            theirs: None,
            aim: None,
            amount_aim: Some(aim),
        })
    };
    Ok(SIZES.into_iter().filter_map(figure).collect())
}

#[cfg(test)]
mod tests {
    use super::Unit;

    #[test]
    fn shows_three_digits_that_count() {
        let times = [0.0052, 0.345, 1.0, 12.34, 123.4, 1234.0].map(|time| Unit::Milliseconds.show(time));
        assert_eq!(times, ["5.20 µs", "345 µs", "1.00 ms", "12.3 ms", "123 ms", "1.23 s"]);
        let sizes = [0.0, -2_500.0, 136_300.0, 4e6].map(|size| Unit::Bytes.show(size));
        assert_eq!(sizes, ["0.00 B", "-2.50 kB", "136.3 kB", "4.00 MB"]);
    }
}
