//! Counted by `cargo xtask bench instructions`: a thousand rows with spaces, escapes, fields that are no column, and two
//! orders of fields, within a string.

mod table;

const ROWS: &str = concat!(
    r#"{ \"id\": \"ee93ce6815f04896b301452982b92222\", \"remark\": null, \"action\": \"CREATE\", \"method\": \"GET\", "#,
    r#"\"path\": \"/v1/zürich/\\\"{id}\\\"\" },\n"#,
    r#"{ \"path\": \"\\/v1\\/東京\\/😀\", \"tags\": [1, {\"a\": \"b\"}], \"method\": \"PUT\", \"action\": \"update\", "#,
    r#"\"id\": \"de1852ab6c5e4090b0bd88a02058e650\" },"#,
);

fn main() {
    table::read_a_thousand(ROWS);
}
