//! Counted by `cargo xtask bench instructions`: a thousand rows that are written as expected, within a string.

mod table;

const ROWS: &str = concat!(
    r#"{\"id\":\"ee93ce6815f04896b301452982b92222\",\"action\":\"create\",\"method\":\"GET\",\"path\":\"/v1/orders/{id}/positions/1\"},"#,
    r#"{\"id\":\"de1852ab6c5e4090b0bd88a02058e650\",\"action\":\"update\",\"method\":\"DELETE\",\"path\":\"/v1/customers/2\"},"#,
);

fn main() {
    table::read_a_thousand(ROWS);
}
