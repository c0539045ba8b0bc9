//! The chart of `docs/benchmarks.md`: ours as multiples of what it is compared with.

use std::fmt::Write;

use super::figure::{Figure, NODE, Part};
use super::table::times;
use crate::project::NAME;

/// The bars' place within the picture; right of them is room for a number.
const LEFT: f64 = 390.0;
const BARS: f64 = 300.0;
const WIDTH: f64 = 760.0;

/// A row's height, and a bar's.
const ROW: f64 = 26.0;
const BAR: f64 = 12.0;

/// Greys and a blue that are readable on white and on black alike.
const STYLE: &str = "text{font:13px system-ui,sans-serif;fill:#7d8590}.title{font-size:15px}.part{font-weight:600}\
.one{stroke:#7d8590;stroke-dasharray:4 4}.range{stroke:#7d8590;stroke-width:2}.ours{fill:#2f81f7}text.ours{font-weight:600}";

/// Draws a bar for each figure of the package that is a ratio.
pub fn draw(parts: &[Part]) -> String {
    let ratios = parts.iter().flat_map(|part| &part.figures).filter(|figure| is_drawn(figure));
    let most = ratios.filter_map(|figure| figure.ratio).fold(1.0, |most: f64, ratio| most.max(ratio.max));
    let mut rows = String::new();
    let mut y = 78.0;
    for part in parts {
        let figures: Vec<&Figure> = part.figures.iter().filter(|figure| is_drawn(figure)).collect();
        if figures.is_empty() {
            continue;
        }
        push(&mut rows, format_args!("<text class=\"part\" x=\"20\" y=\"{y}\">{}</text>", part.title));
        y += ROW;
        for figure in figures {
            bar(&mut rows, figure, BARS / most, y);
            y += ROW;
        }
        y += ROW / 2.0;
    }
    let mut svg = String::new();
    push(
        &mut svg,
        format_args!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {y}\" role=\"img\" \
             aria-label=\"What the package takes, as a multiple of what the platform takes\">\n<style>{STYLE}</style>"
        ),
    );
    push(
        &mut svg,
        format_args!(
            "<text class=\"title\" x=\"20\" y=\"28\">Multiples of what it is next to: shorter is better</text>"
        ),
    );
    let one = LEFT + BARS / most;
    push(&mut svg, format_args!("<text x=\"{one}\" y=\"54\" text-anchor=\"middle\">1 × the platform, or zod</text>"));
    push(&mut svg, format_args!("<path class=\"one\" d=\"M{one} 62V{}\"/>", y - ROW));
    svg + &rows + "</svg>\n"
}

fn is_drawn(figure: &Figure) -> bool {
    figure.engine == NODE && figure.is_ours() && figure.ratio.is_some()
}

/// A bar as long as the median, and a line from the least to the most; `one` is the length of a ratio of 1.
fn bar(svg: &mut String, figure: &Figure, one: f64, y: f64) {
    let Some(ratio) = figure.ratio else { return };
    let [min, median, max] = [ratio.min, ratio.median, ratio.max].map(|ratio| one * ratio);
    let middle = y - BAR / 3.0;
    push(svg, format_args!("<text x=\"{}\" y=\"{y}\" text-anchor=\"end\">{}</text>", LEFT - 10.0, label(figure)));
    let top = middle - BAR / 2.0;
    push(
        svg,
        format_args!("<rect class=\"ours\" x=\"{LEFT}\" y=\"{top:.1}\" width=\"{median:.1}\" height=\"{BAR}\"/>"),
    );
    push(svg, format_args!("<path class=\"range\" d=\"M{:.1} {middle:.1}H{:.1}\"/>", LEFT + min, LEFT + max));
    let x = LEFT + max.max(median) + 8.0;
    push(svg, format_args!("<text class=\"ours\" x=\"{x:.1}\" y=\"{y}\">{}</text>", times(ratio.median)));
}

/// What was measured, and by which entry or way where there are several.
fn label(figure: &Figure) -> String {
    let way = figure.who.trim_start_matches(NAME).trim_start_matches([',', ' ']);
    if way.is_empty() { figure.what.clone() } else { format!("{}: {way}", figure.what) }
}

fn push(svg: &mut String, line: std::fmt::Arguments) {
    // Writing to a String cannot fail.
    let _ = writeln!(svg, "{line}");
}
