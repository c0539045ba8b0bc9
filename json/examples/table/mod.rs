//! The table that the programs about rows read.

use huaweicloud_tasks_json::Reader;
use huaweicloud_tasks_json::rows::{Column, Rows};

const COLUMNS: &[Column] = &[
    Column::text("id"),
    Column::word("method"),
    Column::text("path"),
    Column { spellings: &["create", "update"], ..Column::word("action") },
];

/// Reads a thousand rows, which are two again and again, within a string.
pub fn read_a_thousand(two_rows: &str) {
    let body = ["\"[", two_rows.repeat(500).trim_end_matches(','), "]\""].concat();
    let rows = Reader::new(&body).in_place(|reader| Rows::read(reader, COLUMNS));
    assert_eq!(rows.map(|rows| rows.len()), Some(1_000));
}
