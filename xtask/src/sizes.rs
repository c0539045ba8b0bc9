//! What the package weighs.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::command::{node, read};
use crate::project::{MODULE, Project};

/// What a browser may load by default, compressed with gzip, in bytes.
const BUDGET: u64 = 60_000;

const MEASURE: &str = "
import { readFileSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';
for (const file of process.argv.slice(1)) {
  const bytes = readFileSync(file);
  console.log(bytes.length, gzipSync(bytes, { level: 9 }).length, brotliCompressSync(bytes).length);
}";

/// A file of the package that is loaded when it is used, with its sizes in bytes.
pub struct Size {
    file: String,
    raw: u64,
    gzip: u64,
    brotli: u64,
}

/// Measures the files of a package in `folder`: as they are, with gzip at level 9 and with brotli at level 11.
pub fn measure(project: &Project, folder: &Path) -> Result<Vec<Size>> {
    let module = format!("{MODULE}_bg.wasm");
    let files = ["index.js", module.as_str(), "node.js", "node.cjs", "simulator.js", "explain.js"];
    let mut command = node(project);
    command.args(["--input-type=module", "--eval", MEASURE]).args(files.map(|file| folder.join(file)));
    let answer = read(&mut command, "the package's files cannot be measured")?;
    files.iter().zip(answer.lines()).map(|(file, line)| parse(file, line)).collect()
}

fn parse(file: &str, line: &str) -> Result<Size> {
    let numbers: Vec<u64> = line.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    let [raw, gzip, brotli] = numbers[..] else { bail!("the sizes of {file} cannot be read from `{line}`") };
    Ok(Size { file: file.to_owned(), raw, gzip, brotli })
}

/// Refuses a package of which a browser would load too much.
pub fn check_budget(sizes: &[Size]) -> Result<()> {
    let loaded = loaded_by_a_browser(sizes);
    if loaded.gzip > BUDGET {
        bail!("a browser would load {} bytes with gzip, and {BUDGET} are allowed", loaded.gzip);
    }
    Ok(())
}

/// The sizes as a table for people, in kB of 1,000 bytes.
pub fn table(sizes: &[Size]) -> String {
    let mut table = format!("\n{:<28}{:>10}{:>10}{:>10}\n", "kB", "raw", "gzip", "brotli");
    let loaded = loaded_by_a_browser(sizes);
    for Size { file, raw, gzip, brotli } in sizes.iter().chain([&loaded]) {
        let [raw, gzip, brotli] = [raw, gzip, brotli].map(|bytes| kilobytes(*bytes));
        // Writing to a String cannot fail.
        let _ = writeln!(table, "{file:<28}{raw:>10}{gzip:>10}{brotli:>10}");
    }
    table
}

/// Writes the sizes to `target/package-sizes.json`, for the demo page.
pub fn write(project: &Project, sizes: &[Size]) -> Result<()> {
    let rows: Vec<String> = sizes
        .iter()
        .map(|Size { file, raw, gzip, brotli }| {
            format!(r#"  {{ "file": "{file}", "raw": {raw}, "gzip": {gzip}, "brotli": {brotli} }}"#)
        })
        .collect();
    let path = project.target().join("package-sizes.json");
    fs::write(&path, format!("[\n{}\n]\n", rows.join(",\n")))
        .with_context(|| format!("cannot write {}", path.display()))
}

fn loaded_by_a_browser(sizes: &[Size]) -> Size {
    let mut sum = Size { file: "a browser loads".into(), raw: 0, gzip: 0, brotli: 0 };
    for size in sizes.iter().filter(|size| size.file == "index.js" || size.file.ends_with(".wasm")) {
        sum.raw += size.raw;
        sum.gzip += size.gzip;
        sum.brotli += size.brotli;
    }
    sum
}

fn kilobytes(bytes: u64) -> String {
    let tenths = (bytes + 50) / 100;
    format!("{}.{}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::{Size, check_budget, kilobytes, parse, table};

    fn size(file: &str, gzip: u64) -> Size {
        Size { file: file.into(), raw: 3 * gzip, gzip, brotli: gzip }
    }

    #[test]
    fn rounds_to_tenths() {
        assert_eq!(
            ["0", "49", "50", "1949", "1950"].map(|n| kilobytes(n.parse().unwrap())),
            ["0.0", "0.0", "0.1", "1.9", "2.0"]
        );
    }

    #[test]
    fn counts_what_a_browser_loads_and_nothing_else() {
        let sizes = [size("index.js", 10_000), size("x_bg.wasm", 50_000), size("node.js", 90_000)];
        assert!(check_budget(&sizes).is_ok());
        assert!(table(&sizes).lines().last().unwrap().ends_with("180.0      60.0      60.0"));
        let heavy = [size("index.js", 10_001), size("x_bg.wasm", 50_000)];
        assert_eq!(
            check_budget(&heavy).unwrap_err().to_string(),
            "a browser would load 60001 bytes with gzip, and 60000 are allowed"
        );
    }

    #[test]
    fn reads_what_node_says() {
        assert_eq!(parse("a", "3 2 1").unwrap().gzip, 2);
        assert!(parse("a", "3 2").is_err());
    }
}
