//! The chart of `docs/waiting.md`: requests against mean delay, both on a logarithmic scale.

use std::fmt::Write;

use super::simulate::Outcome;

/// The plot's place within the picture.
const LEFT: f64 = 70.0;
const TOP: f64 = 50.0;
const WIDTH: f64 = 620.0;
const HEIGHT: f64 = 340.0;

/// Least and most of each axis, and where it is labelled.
const REQUESTS: (f64, f64, &[f64]) = (5.0, 200.0, &[5.0, 10.0, 20.0, 50.0, 100.0, 200.0]);
const SECONDS: (f64, f64, &[f64]) = (0.8, 50.0, &[1.0, 2.0, 5.0, 10.0, 20.0, 50.0]);

/// Greys and a blue that are readable on white and on black alike.
const STYLE: &str = "text{font:13px system-ui,sans-serif;fill:#7d8590}.title{font-size:15px}\
.grid{stroke:#7d8590;stroke-opacity:.25}.frontier{fill:none;stroke:#7d8590;stroke-width:2;stroke-dasharray:6 4}\
.other{fill:#7d8590}.ours{fill:#2f81f7}text.ours{font-weight:600}";

pub fn draw(frontier: &[Outcome], points: &[(&str, &Outcome)]) -> String {
    let mut svg = String::new();
    let mut line = |text: std::fmt::Arguments| {
        // Writing to a String cannot fail.
        let _ = writeln!(svg, "{text}");
    };
    line(format_args!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 760 460\" role=\"img\" \
         aria-label=\"Requests and mean delay of eight ways to wait for a gateway\">\n<style>{STYLE}</style>"
    ));
    line(format_args!(
        "<text class=\"title\" x=\"{LEFT}\" y=\"28\">Waiting for a gateway of 324 s ± 25 %: lower left is better</text>"
    ));
    for &requests in REQUESTS.2 {
        let x = across(requests);
        line(format_args!("<path class=\"grid\" d=\"M{x:.1} {TOP}v{HEIGHT}\"/>"));
        line(format_args!("<text x=\"{x:.1}\" y=\"{}\" text-anchor=\"middle\">{requests}</text>", TOP + HEIGHT + 20.0));
    }
    for &seconds in SECONDS.2 {
        let y = down(seconds);
        line(format_args!("<path class=\"grid\" d=\"M{LEFT} {y:.1}h{WIDTH}\"/>"));
        line(format_args!("<text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{seconds} s</text>", LEFT - 8.0, y + 4.0));
    }
    let middle = LEFT + WIDTH / 2.0;
    line(format_args!(
        "<text x=\"{middle}\" y=\"{}\" text-anchor=\"middle\">requests for one operation</text>",
        TOP + HEIGHT + 45.0
    ));
    let y = TOP + HEIGHT / 2.0;
    line(format_args!(
        "<text transform=\"translate(18 {y}) rotate(-90)\" text-anchor=\"middle\">mean delay until the end is noticed</text>"
    ));
    let is_inside = |outcome: &&Outcome| {
        (REQUESTS.0..=REQUESTS.1).contains(&outcome.requests) && (SECONDS.0..=SECONDS.1).contains(&outcome.delay)
    };
    let inside = frontier.iter().filter(is_inside);
    let path: Vec<String> =
        inside.map(|outcome| format!("{:.1} {:.1}", across(outcome.requests), down(outcome.delay))).collect();
    line(format_args!("<path class=\"frontier\" d=\"M{}\"/>", path.join("L")));
    if let Some(outcome) = frontier.iter().find(|outcome| outcome.requests < 60.0) {
        let (x, y) = (across(outcome.requests) + 8.0, down(outcome.delay) - 8.0);
        line(format_args!("<text x=\"{x:.1}\" y=\"{y:.1}\">best delay + fixed interval</text>"));
    }
    for (name, outcome) in points {
        let class = if name.starts_with("ours") { "ours" } else { "other" };
        let (x, y) = (across(outcome.requests), down(outcome.delay));
        // What lies far to the right is named to its left.
        let (anchor, offset) = if x > LEFT + WIDTH * 0.7 { ("end", -9.0) } else { ("start", 9.0) };
        line(format_args!("<circle class=\"{class}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"5\"/>"));
        line(format_args!(
            "<text class=\"{class}\" x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\">{name}</text>",
            x + offset,
            y + 4.0
        ));
    }
    line(format_args!("</svg>"));
    svg
}

fn across(requests: f64) -> f64 {
    LEFT + WIDTH * (requests / REQUESTS.0).ln() / (REQUESTS.1 / REQUESTS.0).ln()
}

fn down(seconds: f64) -> f64 {
    TOP + HEIGHT * (1.0 - (seconds / SECONDS.0).ln() / (SECONDS.1 / SECONDS.0).ln())
}
