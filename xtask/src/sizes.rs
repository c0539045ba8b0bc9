//! What the package weighs, and may weigh.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::command::{node, read};
use crate::project::{self, Project};

/// Where the limits stand.
const BUDGET: &str = "xtask/size-budget.txt";

/// The files of a sum that is of all files, and is limited as it is and not compressed.
const ALL: &str = "*";

const MEASURE: &str = "
import { readFileSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';
for (const file of process.argv.slice(1)) {
  const bytes = readFileSync(file);
  console.log(bytes.length, gzipSync(bytes, { level: 9 }).length, brotliCompressSync(bytes).length);
}";

/// A file, or several that are loaded together, with their sizes in bytes.
#[derive(Clone)]
pub struct Size {
    name: String,
    raw: u64,
    gzip: u64,
    brotli: u64,
}

/// The limit of a sum.
struct Limit {
    name: String,
    bytes: u64,
    files: Vec<String>,
}

/// What a package weighs: its files, and the sums that are limited.
pub struct Sizes {
    files: Vec<Size>,
    sums: Vec<(Size, Limit)>,
}

/// Measures the files of a package in `folder`: as they are, with gzip at level 9 and with brotli at level 11.
pub fn measure(project: &Project, folder: &Path) -> Result<Sizes> {
    let mut paths = project::files_below(folder)?;
    paths.sort();
    let mut command = node(project);
    command.args(["--input-type=module", "--eval", MEASURE]).args(&paths);
    let answer = read(&mut command, "the package's files cannot be measured")?;
    let name = |path: &PathBuf| path.strip_prefix(folder).unwrap_or(path).to_string_lossy().into_owned();
    let files: Vec<Size> =
        paths.iter().zip(answer.lines()).map(|(path, line)| parse(name(path), line)).collect::<Result<_>>()?;
    let budget = fs::read_to_string(project.root.join(BUDGET)).with_context(|| format!("cannot read {BUDGET}"))?;
    let sums = limits(&budget)?.into_iter().map(|limit| Ok((sum(&files, &limit)?, limit))).collect::<Result<_>>()?;
    Ok(Sizes { files, sums })
}

impl Sizes {
    /// Refuses a package that is heavier than its budget.
    pub fn check_budget(&self) -> Result<()> {
        for (Size { name, raw, gzip, .. }, limit) in &self.sums {
            let (bytes, how) = if limit.is_of_all() { (raw, "") } else { (gzip, " with gzip") };
            if *bytes > limit.bytes {
                bail!("{name}: {bytes} bytes{how}, and {BUDGET} allows {}", limit.bytes);
            }
        }
        Ok(())
    }

    /// The sizes of what is loaded, and the sums with their limits, as a table for people, in kB of 1,000 bytes.
    pub fn table(&self) -> String {
        let mut table = format!("\n{:<28}{:>10}{:>10}{:>10}{:>10}\n", "kB", "raw", "gzip", "brotli", "limit");
        let is_loaded = |size: &&Size| [".js", ".cjs", ".wasm"].iter().any(|ending| size.name.ends_with(ending));
        let files = self.files.iter().filter(is_loaded).map(|size| (size, None));
        for (Size { name, raw, gzip, brotli }, limit) in
            files.chain(self.sums.iter().map(|(size, limit)| (size, Some(limit))))
        {
            let [raw, gzip, brotli] = [raw, gzip, brotli].map(|bytes| kilobytes(*bytes));
            let limit = limit.map(|limit| kilobytes(limit.bytes)).unwrap_or_default();
            // Writing to a String cannot fail.
            let _ = writeln!(table, "{}", format!("{name:<28}{raw:>10}{gzip:>10}{brotli:>10}{limit:>10}").trim_end());
        }
        table
    }

    /// Writes what a browser loads of each entry to `target/package-sizes.json`, for the demo page.
    pub fn write(&self, project: &Project) -> Result<()> {
        let loaded = self.sums.iter().filter(|(_, limit)| !limit.is_of_all());
        let row = |(Size { name, raw, gzip, brotli }, _): &(Size, Limit)| {
            format!(r#"  {{ "entry": "{name}", "raw": {raw}, "gzip": {gzip}, "brotli": {brotli} }}"#)
        };
        let rows: Vec<String> = loaded.map(row).collect();
        let path = project.target().join("package-sizes.json");
        fs::write(&path, format!("[\n{}\n]\n", rows.join(",\n")))
            .with_context(|| format!("cannot write {}", path.display()))
    }
}

impl Limit {
    fn is_of_all(&self) -> bool {
        self.files == [ALL]
    }
}

fn parse(name: String, line: &str) -> Result<Size> {
    let numbers: Vec<u64> = line.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    let [raw, gzip, brotli] = numbers[..] else { bail!("the sizes of {name} cannot be read from `{line}`") };
    Ok(Size { name, raw, gzip, brotli })
}

/// The limits in a text: on each line the name of a sum, a number of bytes, and files.
fn limits(text: &str) -> Result<Vec<Limit>> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let mut words = line.split_whitespace();
            let (name, bytes) = (words.next(), words.next().and_then(|word| word.parse().ok()));
            let files: Vec<String> = words.map(ToOwned::to_owned).collect();
            match (name, bytes) {
                (Some(name), Some(bytes)) if !files.is_empty() => Ok(Limit { name: name.to_owned(), bytes, files }),
                _ => bail!("{BUDGET}: expected a name, a number of bytes and files in `{line}`"),
            }
        })
        .collect()
}

fn sum(files: &[Size], limit: &Limit) -> Result<Size> {
    let mut sum = Size { name: limit.name.clone(), raw: 0, gzip: 0, brotli: 0 };
    for name in &limit.files {
        let parts: Vec<&Size> = files.iter().filter(|size| name == ALL || size.name == *name).collect();
        if parts.is_empty() {
            bail!("{BUDGET} names {name}, which is not in the package");
        }
        for part in parts {
            sum.raw += part.raw;
            sum.gzip += part.gzip;
            sum.brotli += part.brotli;
        }
    }
    Ok(sum)
}

fn kilobytes(bytes: u64) -> String {
    let tenths = (bytes + 50) / 100;
    format!("{}.{}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::{Size, Sizes, kilobytes, limits, parse, sum};

    const BUDGET: &str = "# what\n\nhuaweicloud-tasks 60000 index.js x.wasm\nunpacked 450000 *\n";

    fn sizes(index: u64) -> Sizes {
        let size = |name: &str, gzip: u64| Size { name: name.into(), raw: 3 * gzip, gzip, brotli: gzip };
        let files = [size("index.js", index), size("x.wasm", 50_000), size("node.js", 90_000)].to_vec();
        let sums = limits(BUDGET).unwrap().into_iter().map(|limit| (sum(&files, &limit).unwrap(), limit)).collect();
        Sizes { files, sums }
    }

    #[test]
    fn rounds_to_tenths() {
        assert_eq!(
            ["0", "49", "50", "1949", "1950"].map(|n| kilobytes(n.parse().unwrap())),
            ["0.0", "0.0", "0.1", "1.9", "2.0"]
        );
    }

    #[test]
    fn refuses_what_is_over_the_budget() {
        let refusal = |index| sizes(index).check_budget().err().map(|error| error.to_string());
        assert_eq!(refusal(10_000), None);
        let budget = "and xtask/size-budget.txt allows";
        assert_eq!(refusal(10_001), Some(format!("huaweicloud-tasks: 60001 bytes with gzip, {budget} 60000")));
        assert_eq!(sizes(10_000).sums[1].0.raw, 450_000);
    }

    #[test]
    fn shows_the_sums_below_the_files() {
        let table = sizes(10_000).table();
        let lines: Vec<_> = table.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        assert_eq!(
            lines[4..],
            ["node.js 270.0 90.0 90.0", "huaweicloud-tasks 180.0 60.0 60.0 60.0", "unpacked 450.0 150.0 150.0 450.0"]
        );
    }

    #[test]
    fn a_budget_that_says_nothing_is_refused() {
        for text in ["index.js", "60000 index.js", "huaweicloud-tasks 60000", "a b c"] {
            assert!(limits(text).is_err(), "{text}");
        }
        assert!(sum(&sizes(1).files, &limits("a 1 gone.js").unwrap()[0]).is_err());
    }

    #[test]
    fn reads_what_node_says() {
        assert_eq!(parse("a".into(), "3 2 1").unwrap().gzip, 2);
        assert!(parse("a".into(), "3 2").is_err());
    }
}
