//! The reading of rows against a referee: `serde_json` reads the same bodies, whatever order, escapes, white space and fields
//! they have.

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

/// The rows of a text: as it stands, and within the string of another.
fn read(text: &str) -> [Result<Vec<Vec<Option<String>>>, Mismatch>; 2] {
    let owned = |rows: Rows| {
        rows.iter().map(|row| row.iter().map(|cell| cell.map(str::to_owned)).collect()).collect::<Vec<Vec<_>>>()
    };
    let plain = Rows::read(&mut Reader::new(text), COLUMNS).map(owned);
    let quoted = Value::from(text).to_string();
    let nested = Reader::new(&quoted).in_place(|reader| Rows::read(reader, COLUMNS).map(owned));
    // What cannot be read in place is unescaped first.
    let nested = nested.map_or_else(|| Rows::read(&mut Reader::new(text), COLUMNS).map(owned), Ok);
    [plain, nested]
}

/// The same by the referee, for texts that are rows.
fn expected(text: &str) -> Vec<Vec<Option<String>>> {
    let rows: Vec<Value> = serde_json::from_str(text).unwrap();
    let cell = |row: &Value, column: &Column| {
        let text = match row.get(column.name)? {
            Value::String(text) if text.is_empty() => return None,
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            _ => return None,
        };
        let spelling = column.spellings.iter().find(|spelling| spelling.eq_ignore_ascii_case(&text));
        Some(spelling.map_or(text, |spelling| (*spelling).to_owned()))
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
            1 => self.one_of(&["0", "-1", "12.5", "70"]).into(),
            2 => format!(
                "\"{}{}{}\"",
                self.one_of(&["", "x", "1234567"]),
                self.one_of(&escapes),
                self.one_of(&["", "yz"])
            ),
            _ => format!("\"{}\"", (0..=self.below(3)).map(|_| self.one_of(&pieces)).collect::<String>()),
        }
    }

    fn body(&mut self) -> String {
        let mut keys = ["id", "method", "path", "action"];
        let mut rows = Vec::new();
        for _ in 0..self.below(6) {
            if self.below(4) == 0 {
                keys.swap(self.below(4), 0);
            }
            let mut fields: Vec<String> = Vec::new();
            for key in keys.iter().take(4 - self.below(5) / 4) {
                let key = if self.below(20) == 0 { self.one_of(&["more", "i\\u0064", "ID"]) } else { key };
                let space = if self.below(10) == 0 { self.one_of(&[" ", "\n", "\t "]) } else { "" };
                let nested = self.below(15) == 0 && key == "more";
                let value = if nested { "{\"a\":[1,\"}\"]}".to_owned() } else { self.value() };
                fields.push(format!("{space}\"{key}\"{space}:{space}{value}{space}"));
            }
            rows.push(format!("{{{}}}", fields.join(",")));
        }
        format!("[{}]", rows.join(","))
    }
}

#[test]
fn rows_are_read_as_the_referee_reads_them() {
    let (mut chance, mut rows) = (Chance(7), 0);
    for _ in 0..10_000 {
        let body = chance.body();
        let expected = expected(&body);
        rows += expected.len();
        for read in read(&body) {
            assert_eq!(read.as_ref(), Ok(&expected), "{body}");
        }
    }
    assert!(rows > 10_000, "only {rows} rows");
}

#[test]
fn what_is_cut_or_changed_is_refused_by_both_or_read_alike() {
    let mut chance = Chance(11);
    for _ in 0..3_000 {
        let mut body = chance.body();
        let Some(at) = (0..=chance.below(body.len())).rev().find(|at| body.is_char_boundary(*at)) else { continue };
        match chance.below(3) {
            0 => body.truncate(at),
            1 => body.insert_str(at, chance.one_of(&["\"", "\\", "}", "[", ",", ":", "\n", "\u{1}", "é"])),
            _ => drop(body.drain(at..).next()),
        }
        let [plain, nested] = read(&body);
        assert_eq!(plain, nested, "{body}");
        if let (Ok(rows), Ok(Value::Array(values))) = (plain, serde_json::from_str::<Value>(&body))
            && values.iter().all(Value::is_object)
        {
            assert_eq!(rows, expected(&body), "{body}");
        }
    }
}
