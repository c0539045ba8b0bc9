//! The reader against another one that is well kept, and against what is not JSON.

#![allow(clippy::unwrap_used, clippy::string_slice, clippy::indexing_slicing, reason = "a test may panic")]

use huaweicloud_tasks::json::{self, MAX_SAFE_INTEGER, Reader};

const TEXTS: &[&str] = &[
    "{}",
    "[]",
    "[[]]",
    "[{}]",
    "{\"a\":{}}",
    "0",
    "-0",
    "-1",
    "12",
    "1.5",
    "1e5",
    "1E+5",
    "1e-5",
    "1.25e2",
    "true",
    "false",
    "null",
    "\"\"",
    "\"a\"",
    "\"\\n\\t\\\"\\\\\\/\\b\\f\\r\"",
    "\"\\u0041\"",
    "\"\\ud83d\\ude00\"",
    "\"é😀\"",
    " { \"a\" : [ 1 , 2 , { \"b\" : null } ] , \"c\" : \"d\" } ",
    "\t\r\n[1]\n",
    "[1,2,3,[4,[5,[6]]]]",
    "{\"a\":1,\"a\":2}",
    "",
    " ",
    "{",
    "}",
    "[",
    "]",
    "{]",
    "[}",
    "[1,]",
    "[,1]",
    "{\"a\":1,}",
    "{,}",
    "{\"a\"}",
    "{\"a\":}",
    "{a:1}",
    "{'a':1}",
    "[1 2]",
    "01",
    "-",
    "+1",
    ".5",
    "1.",
    "1e",
    "1e+",
    "0x10",
    "NaN",
    "tru",
    "nul",
    "truefalse",
    "\"",
    "\"a",
    "\"\\\"",
    "\"\\x\"",
    "\"\\u12\"",
    "\"\\u12g4\"",
    "\"\n\"",
    "\"\u{1}\"",
    "[1]]",
    "{}{}",
    "// a\n1",
    "<html>",
    "[\"a\" \"b\"]",
    "{\"a\":1 \"b\":2}",
    "[1,2",
    "{\"a\":[1,{\"b\":",
    "\u{a0}1",
];

fn whole(text: &str) -> bool {
    let mut reader = Reader::new(text);
    reader.skip().is_ok() && reader.peek().is_none()
}

#[test]
fn it_takes_and_refuses_what_serde_json_does() {
    for text in TEXTS {
        let known = serde_json::from_str::<serde_json::Value>(text);
        assert_eq!(whole(text), known.is_ok(), "{text:?}");
    }
}

#[test]
fn no_prefix_and_no_single_change_of_a_text_is_read_otherwise_than_by_serde_json() {
    let text = r#"{"a":[1,-2.5e3,"x\"\\\u00e9",{"b":null}],"c":true,"d":{"e":[[],{}]}}"#;
    let mut tried = 0;
    for at in 0..=text.len() {
        let mut cases = vec![text[..at].to_owned()];
        for change in ["", "\"", "\\", "{", "}", "[", "]", ",", ":", "0", " ", "u", "\u{7}"] {
            cases.push(text[..at].to_owned() + change + text.get(at + 1..).unwrap_or_default());
        }
        for case in cases {
            assert_eq!(whole(&case), serde_json::from_str::<serde_json::Value>(&case).is_ok(), "{case}");
            tried += 1;
        }
    }
    assert!(tried > 900);
}

#[test]
fn texts_are_unescaped_as_serde_json_does() {
    for text in TEXTS.iter().filter(|text| text.starts_with('"')) {
        if let Ok(known) = serde_json::from_str::<String>(text) {
            let read = Reader::new(text).text_or_null().unwrap().unwrap_or_default();
            assert_eq!(read, known, "{text}");
        }
    }
}

#[test]
fn half_of_a_surrogate_pair_becomes_the_replacement_character() {
    for (text, expected) in [
        (r#""\ud83d""#, "\u{fffd}"),
        (r#""\ude00x""#, "\u{fffd}x"),
        (r#""\ud83d\u0041""#, "\u{fffd}A"),
        (r#""\ud83d\n""#, "\u{fffd}\n"),
        (r#""\ud83d\ud83d\ude00""#, "\u{fffd}😀"),
    ] {
        assert_eq!(Reader::new(text).text_or_null().unwrap().unwrap(), expected, "{text}");
    }
}

#[test]
fn integers_are_those_that_javascript_holds_exactly() {
    let read = |text: &str| Reader::new(text).integer_or_null();
    for (text, expected) in [
        ("50", Some(50)),
        ("-7", Some(-7)),
        ("\"50\"", Some(50)),
        ("50.0", Some(50)),
        ("9007199254740991", Some(MAX_SAFE_INTEGER)),
        ("-9007199254740991", Some(-MAX_SAFE_INTEGER)),
        ("null", None),
        ("\"\"", None),
    ] {
        assert_eq!(read(text).unwrap(), expected, "{text}");
    }
    for (text, found) in [
        ("50.5", "another number"),
        ("9007199254740992", "another number"),
        ("-9223372036854775808", "another number"),
        ("1e400", "another number"),
        ("99999999999999999999", "another number"),
        ("\"half\"", "a string that is none"),
        ("true", "a boolean"),
        ("[]", "an array"),
        ("{}", "an object"),
    ] {
        let mismatch = read(text).unwrap_err();
        assert_eq!((mismatch.expected, &*mismatch.found), ("an integer within ±(2^53 − 1)", found), "{text}");
    }
}

#[test]
fn of_a_repeated_key_the_last_one_counts() {
    let mut seen = None;
    json::object(r#"{"a":"1","a":"2"}"#, &mut |_, value| {
        seen = value.text_or_null()?;
        Ok(())
    })
    .unwrap();
    assert_eq!(seen.as_deref(), Some("2"));
}

#[test]
fn nesting_needs_no_stack() {
    let deep = "[".repeat(1_000_000) + &"]".repeat(1_000_000);
    assert!(whole(&deep));
    assert!(!whole(&deep[1..]));
}

#[test]
fn a_mismatch_says_where_and_what_and_never_the_value() {
    let mismatch = json::object(r#"{"a":[{"b":1},{"b":{"c":["s3cret"]}}]}"#, &mut |_, value| {
        value.array_or_null(&mut |row| {
            row.object(&mut |_, value| match value.peek() {
                Some(b'{') => value
                    .object(&mut |_, value| value.array_or_null(&mut |element| element.integer_or_null().map(drop))),
                _ => value.skip(),
            })
        })
    })
    .unwrap_err();
    assert_eq!(mismatch.path, "a[1].b.c[0]");
    assert!(!format!("{mismatch:?}").contains("s3cret"));
}
