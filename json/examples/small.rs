//! Counted by `cargo xtask bench instructions`: the small body of a call, a hundred times.

use huaweicloud_tasks_json::{Mismatch, object};

const BODY: &str = r#"{
  "progress": 30, "status": "creating", "start_time": "2020-09-02T08:35:36", "end_time": null,
  "error_code": null, "error_msg": null, "more": {"a": [1, 2.5e3, true, "b\n"]}
}"#;

fn main() {
    let progress: i64 = (0..100).filter_map(|_| read(std::hint::black_box(BODY)).ok().flatten()).sum();
    assert_eq!(progress, 3_000);
}

fn read(body: &str) -> Result<Option<i64>, Mismatch> {
    let mut progress = None;
    let mut state = None;
    object(body, &mut |key, value| {
        match key {
            "progress" => progress = value.integer_or_null()?,
            "status" => state = value.text_or_null()?,
            _ => value.skip()?,
        }
        Ok(())
    })?;
    Ok(state.and(progress))
}
