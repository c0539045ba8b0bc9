//! Figures as tables: for the terminal, and for the page.

use super::figure::{Figure, NODE, Part, Spread};

/// The engines that figures are shown of beside those of Node, where there are any.
const BROWSERS: [&str; 2] = ["Chromium", "Firefox"];

/// A table whose columns are as wide as what they hold.
pub fn for_terminal(part: &Part) -> String {
    let rows = cells(part);
    let width = |column: usize| {
        let of_cell = |row: &Vec<String>| row.get(column).map_or(0, |cell| cell.chars().count());
        rows.iter().map(of_cell).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..rows.first().map_or(0, Vec::len)).map(width).collect();
    let line = |row: &Vec<String>| {
        let cell = |(column, (cell, width)): (usize, (&String, &usize))| match column {
            _ if TEXTS.contains(&column) => format!("{cell:<width$}"),
            _ => format!("{cell:>width$}"),
        };
        let cells: Vec<String> = row.iter().zip(&widths).enumerate().map(cell).collect();
        format!("   {}", cells.join("  ")).trim_end().to_owned()
    };
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The same as Markdown.
pub fn for_page(part: &Part) -> String {
    let rows = cells(part);
    let line = |row: &Vec<String>| format!("| {} |", row.join(" | ").replace("  ", " "));
    let mut lines: Vec<String> = rows.iter().map(line).collect();
    let rule = |column| if TEXTS.contains(&column) { "---" } else { "---:" };
    let rules: Vec<&str> = (0..rows.first().map_or(0, Vec::len)).map(rule).collect();
    lines.insert(1, format!("|{}|", rules.join("|")));
    lines.join("\n")
}

/// The columns that hold words; the others hold numbers.
const TEXTS: [usize; 3] = [0, 1, 3];

/// The heading, and a row for each figure of Node.
fn cells(part: &Part) -> Vec<Vec<String>> {
    let browsers: Vec<&str> = BROWSERS.into_iter().filter(|browser| part.has(browser)).collect();
    let mut heading =
        ["What", "Who", "Takes", "Next to", "Takes", "Min", "Median", "Max", "Aim"].map(str::to_owned).to_vec();
    heading.extend(browsers.iter().map(|browser| (*browser).to_owned()));
    let mut rows = vec![heading];
    let mut last = "";
    for figure in part.of(NODE) {
        // What is said once need not be said again.
        let what = if figure.what == last { "" } else { &figure.what };
        last = &figure.what;
        let mut row = vec![what.to_owned(), figure.who.clone(), figure.unit.show(figure.ours.median)];
        row.push(figure.against.clone().unwrap_or_default());
        row.push(figure.theirs.map(|theirs| figure.unit.show(theirs.median)).unwrap_or_default());
        row.extend(ratios(figure.ratio));
        row.push(aim(figure));
        row.extend(browsers.iter().map(|browser| {
            let same = part.of(browser).find(|same| same.is_of_the_same(figure));
            same.and_then(|same| same.ratio).map(|ratio| times(ratio.median)).unwrap_or_default()
        }));
        rows.push(row);
    }
    rows
}

fn ratios(ratio: Option<Spread>) -> [String; 3] {
    ratio.map_or([const { String::new() }; 3], |Spread { min, median, max }| [min, median, max].map(times))
}

fn aim(figure: &Figure) -> String {
    let ratio = figure.aim.map(times);
    ratio.or(figure.amount_aim.map(|amount| figure.unit.show(amount))).unwrap_or_default()
}

/// So many times as much.
pub fn times(ratio: f64) -> String {
    format!("{ratio:.2} ×")
}
