//! Counted by `cargo xtask bench instructions`: one text of 200 kB in which every byte is an escape's.

use huaweicloud_tasks_json::Reader;

fn main() {
    let body = ["\"", &r#"\"\\"#.repeat(50_000), "\""].concat();
    let length = Reader::new(&body).text_or_null().ok().flatten().map(|text| text.len());
    assert_eq!(length, Some(100_000));
}
