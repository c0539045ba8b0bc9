//! Handles as they were written, for the tests of what is made of them.

/// Written by hand, before handles had owners; its `check` is the FNV-1a hash, of 64 bits, of the same with an empty
/// `check`.
pub const HANDLE: &str = concat!(
    r#"{"version":1,"kind":"kps.task","ids":{"taskId":"t"},"begunAt":1700000000000,"fresh":true,"startedAt":null,"#,
    r#""asked":2,"askedAt":1700000009000,"nextAt":1700000012000,"failures":0,"#,
    r#""milestones":["30 1700000004000 1700000009000"],"ended":false,"check":"c8b2fca8e4fdfaea"}"#
);

/// Written by hand, as the one above, by a client in a region.
pub const OWNED: &str = concat!(
    r#"{"version":1,"kind":"kps.task","ids":{"taskId":"t"},"owner":{"region":"cn-north-4","projectId":"p"},"#,
    r#""begunAt":1700000000000,"fresh":false,"startedAt":null,"asked":0,"askedAt":null,"nextAt":1700000000000,"#,
    r#""failures":0,"milestones":[],"ended":false,"check":"8a0f67f6fe5c506d"}"#
);
