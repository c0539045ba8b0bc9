//! Counted by `cargo xtask bench instructions`: one text of 200 kB, an escape in each line, within a string.

use huaweicloud_tasks_json::Reader;

const LINE: &str = r#"  \\\"operationId\\\": \\\"listOrdersOfCustomer\\\",\\n"#;

fn main() {
    let body = [r#""{\"Comment\":\""#, &LINE.repeat(4_000), r#"\"}""#].concat();
    let mut length = 0;
    let read = Reader::new(&body).in_place(|reader| {
        reader.whole_object(&mut |_, value| {
            length = value.text_or_null()?.map_or(0, |text| text.len());
            Ok(())
        })
    });
    assert!(read.is_some() && length == 4_000 * r#"  "operationId": "listOrdersOfCustomer",."#.len());
}
