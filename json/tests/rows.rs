//! The reading of rows against two referees: `serde_json`, and [`Reader`] used field by field, which takes no short ways. All
//! read the same bodies, whatever order, escapes, white space and fields they have.
//!
//! `cargo xtask bench decode --check` has it go on for a million bodies.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

use huaweicloud_tasks_json::rows::{Column, Rows};
use huaweicloud_tasks_json::{Mismatch, Reader};
use serde_json::Value;

const COLUMNS: &[Column] = &[
    Column::text("id"),
    Column::word("method"),
    Column::text("path"),
    Column { spellings: &["create", "update"], ..Column::word("action") },
];

type Cells = Vec<Vec<Option<String>>>;

/// How many times as long the random tests go on: `TEST_ROUNDS` of the environment, or once.
fn rounds() -> usize {
    std::env::var("TEST_ROUNDS").map_or(1, |text| text.parse().unwrap())
}

/// The rows of a text: as it stands, and within the string of another.
fn read(text: &str) -> [Result<Cells, Mismatch>; 2] {
    let owned =
        |rows: Rows| rows.iter().map(|row| row.iter().map(|cell| cell.map(str::to_owned)).collect()).collect::<Cells>();
    let plain = Rows::read(&mut Reader::new(text), COLUMNS).map(owned);
    let quoted = Value::from(text).to_string();
    let nested = Reader::new(&quoted).in_place(|reader| Rows::read(reader, COLUMNS).map(owned));
    // What cannot be read in place is unescaped first.
    let nested = nested.map_or_else(|| Rows::read(&mut Reader::new(text), COLUMNS).map(owned), Ok);
    [plain, nested]
}

/// The same field by field.
fn read_slowly(text: &str) -> Result<Cells, Mismatch> {
    let mut rows = Vec::new();
    Reader::new(text).array_or_null(&mut |row| {
        let mut cells = vec![None; COLUMNS.len()];
        row.object(&mut |key, value| {
            match COLUMNS.iter().position(|column| column.name == key) {
                Some(column) => cells[column] = value.text_or_null()?.map(|text| spelled(&COLUMNS[column], &text)),
                None => value.skip()?,
            }
            Ok(())
        })?;
        rows.push(cells);
        Ok(())
    })?;
    Ok(rows)
}

fn spelled(column: &Column, text: &str) -> String {
    let spelling = column.spellings.iter().find(|spelling| spelling.eq_ignore_ascii_case(text));
    spelling.map_or(text, |spelling| *spelling).to_owned()
}

/// The same by `serde_json`, for texts that are rows.
fn expected(text: &str) -> Cells {
    let rows: Vec<Value> = serde_json::from_str(text).unwrap();
    let cell = |row: &Value, column: &Column| {
        let text = match row.get(column.name)? {
            Value::String(text) if text.is_empty() => return None,
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            _ => return None,
        };
        Some(spelled(column, &text))
    };
    rows.iter().map(|row| COLUMNS.iter().map(|column| cell(row, column)).collect()).collect()
}

/// Chance that is the same in each run: a linear congruential generator.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }

    fn one_of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }

    fn value(&mut self) -> String {
        let pieces = ["", "GET", "create", "UPDATE", "/v1/orders/{id}", "a b", "é漢😀", "\u{7f}", "123456789"];
        let escapes = ["\\n", "\\\"", "\\\\", "\\/", "\\u0041", "\\ud83d\\ude00"];
        match self.below(12) {
            0 => "null".into(),
            1 => self.one_of(&["0", "-1", "12.50", "70", "-0", "1e+5", "2e-3", "123456789012345678901"]).into(),
            2 => format!(
                "\"{}{}{}\"",
                self.one_of(&["", "x", "1234567"]),
                self.one_of(&escapes),
                self.one_of(&["", "yz"])
            ),
            _ => format!("\"{}\"", (0..=self.below(3)).map(|_| self.one_of(&pieces)).collect::<String>()),
        }
    }

    /// What no column is, at some depth.
    fn nested(&mut self) -> String {
        let depth = self.below(50);
        let (open, close) = if self.below(2) == 0 { ("[", "]") } else { ("{\"a\":", "}") };
        format!("{}{{\"a\":[1,\"}}\"]}}{}", open.repeat(depth), close.repeat(depth))
    }

    fn body(&mut self) -> String {
        let rows = self.below(6);
        self.body_of(rows)
    }

    fn body_of(&mut self, count: usize) -> String {
        let mut keys = ["id", "method", "path", "action"];
        let mut rows = Vec::new();
        for _ in 0..count {
            if self.below(4) == 0 {
                keys.swap(self.below(4), 0);
            }
            let mut fields: Vec<String> = Vec::new();
            for key in keys.iter().take(4 - self.below(5) / 4) {
                // `id` once more, however it is written: the last one counts.
                let key = if self.below(20) == 0 { self.one_of(&["more", "i\\u0064", "ID", "id"]) } else { key };
                let space = if self.below(10) == 0 { self.one_of(&[" ", "\n", "\t "]) } else { "" };
                let nested = self.below(15) == 0 && key == "more";
                let value = if nested { self.nested() } else { self.value() };
                fields.push(format!("{space}\"{key}\"{space}:{space}{value}{space}"));
            }
            rows.push(format!("{{{}}}", fields.join(",")));
        }
        format!("[{}]", rows.join(","))
    }
}

/// Every reader gives these rows.
fn agree(body: &str) -> usize {
    let expected = expected(body);
    for read in read(body) {
        assert_eq!(read.as_ref(), Ok(&expected), "{body}");
    }
    assert_eq!(read_slowly(body).as_ref(), Ok(&expected), "{body}");
    expected.len()
}

#[test]
fn rows_are_read_as_the_referees_read_them() {
    let mut chance = Chance(7);
    let rows: usize = (0..10_000 * rounds()).map(|_| agree(&chance.body())).sum();
    assert!(rows > 10_000, "only {rows} rows");
}

/// JavaScript makes its text of parts of 64 KiB: so here, too, cells and characters lie across such borders.
#[test]
fn long_bodies_are_read_as_the_referees_read_them() {
    let mut chance = Chance(13);
    for _ in 0..4 * rounds() {
        let rows = 1_000 + chance.below(3_000);
        let body = chance.body_of(rows);
        assert!(body.len() > 65_536);
        agree(&body);
    }
}

#[test]
fn what_is_cut_or_changed_is_refused_by_all_or_read_alike() {
    let mut chance = Chance(11);
    let changes =
        ["\"", "\\", "}", "[", ",", ":", "\n", "\u{1}", "é", "\\ud83d", "\\udE00", "\\u12", "00", "-", "1.", "e+9"];
    for _ in 0..3_000 * rounds() {
        let mut body = chance.body();
        let Some(at) = (0..=chance.below(body.len())).rev().find(|at| body.is_char_boundary(*at)) else { continue };
        match chance.below(3) {
            0 => body.truncate(at),
            1 => body.insert_str(at, chance.one_of(&changes)),
            _ => drop(body.drain(at..).next()),
        }
        let [plain, nested] = read(&body);
        assert_eq!(plain, nested, "{body}");
        assert_eq!(plain, read_slowly(&body), "{body}");
        if let (Ok(rows), Ok(Value::Array(values))) = (plain, serde_json::from_str::<Value>(&body))
            && values.iter().all(Value::is_object)
        {
            assert_eq!(rows, expected(&body), "{body}");
        }
    }
}

#[test]
fn a_body_that_is_cut_anywhere_is_refused() {
    let mut chance = Chance(17);
    for _ in 0..100 * rounds() {
        let body = chance.body();
        for (at, _) in body.char_indices() {
            let (cut, _) = body.split_at(at);
            let [plain, nested] = read(cut);
            assert!(plain.is_err(), "{cut}");
            assert_eq!(plain, nested, "{cut}");
            assert_eq!(plain, read_slowly(cut), "{cut}");
        }
    }
}

/// What Rust cannot hold and `serde_json` refuses: each half becomes a character that stands for what cannot be read.
#[test]
fn halves_of_surrogate_pairs_are_read_alike() {
    let halves =
        ["\\ud83d", "\\ude00", "\\ud83d\\ude00", "\\ud83dx", "\\ud83d\\n", "\\ud83d\\ud83d\\ude00", "\\ude00\\ud83d"];
    for first in halves {
        for second in halves {
            let body = format!("[{{\"path\":\"{first}{second}\",\"id\":\"{second}\",\"\\ud83d\":\"{first}\"}}]");
            let [plain, nested] = read(&body);
            assert_eq!(plain, nested, "{body}");
            assert_eq!(plain, read_slowly(&body), "{body}");
            assert!(plain.is_ok(), "{body}");
        }
    }
}

#[test]
fn no_depth_exhausts_the_stack() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let nested = format!("{}1{}", open.repeat(200_000), close.repeat(200_000));
        let body = format!("[{{\"more\":{nested},\"id\":\"1\"}}]");
        let row = vec![Some("1".to_owned()), None, None, None];
        assert_eq!(read_slowly(&body), Ok(vec![row.clone()]));
        assert_eq!(read(&body), [Ok(vec![row.clone()]), Ok(vec![row])]);
    }
}

#[test]
fn a_character_after_an_escape_is_whole_wherever_it_stands() {
    for before in 0..9 {
        for after in 0..9 {
            let text = format!("{}\n{}é漢😀{}", "a".repeat(3), "b".repeat(before), "c".repeat(after));
            let written = serde_json::Value::from(text.as_str()).to_string();
            let read = Reader::new(&written).text_or_null().unwrap();
            assert_eq!(read.as_deref(), Some(text.as_str()));
        }
    }
}
