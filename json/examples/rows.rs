//! Counted by `cargo xtask bench instructions`: a thousand rows that are written as expected, within a string.

use huaweicloud_tasks_json::Reader;
use huaweicloud_tasks_json::rows::{Column, Rows};

const COLUMNS: &[Column] = &[
    Column::text("id"),
    Column::word("method"),
    Column::text("path"),
    Column { spellings: &["create", "update"], ..Column::word("action") },
];

const ROWS: &str = concat!(
    r#"{\"id\":\"ee93ce6815f04896b301452982b92222\",\"action\":\"create\",\"method\":\"GET\",\"path\":\"/v1/orders/{id}/positions/1\"},"#,
    r#"{\"id\":\"de1852ab6c5e4090b0bd88a02058e650\",\"action\":\"update\",\"method\":\"DELETE\",\"path\":\"/v1/customers/2\"},"#,
);

fn main() {
    let body = ["\"[", ROWS.repeat(500).trim_end_matches(','), "]\""].concat();
    let rows = Reader::new(&body).in_place(|reader| Rows::read(reader, COLUMNS));
    assert_eq!(rows.map(|rows| rows.len()), Some(1_000));
}
