//! The shapes that error bodies come in, and what is kept of them.

#![allow(clippy::unwrap_used, clippy::string_slice, clippy::indexing_slicing, reason = "a test may panic")]

use std::borrow::Cow;

use huaweicloud_tasks::error::{Error, ErrorKind, Failure, MAX_RAW, redact};
use huaweicloud_tasks::json::unescaped;

use chance::Chance;

mod chance;

fn read(body: &str) -> (Option<String>, Option<String>, Option<String>) {
    let Failure { code, message, request_id } = Failure::read(body);
    (code, message, request_id)
}

#[test]
fn every_known_shape_gives_code_and_message() {
    for (body, code, message, request_id) in [
        (r#"{"error_code":"A.1","error_msg":"m","request_id":"r"}"#, "A.1", "m", Some("r")),
        (r#"{"errCode":"A.1","errMsg":"m"}"#, "A.1", "m", None),
        (r#"{"errorCode":"A.1","errorMsg":"m"}"#, "A.1", "m", None),
        (r#"{"errorCode":"A.1","errorMessage":"m"}"#, "A.1", "m", None),
        (r#"{"code":"A.1","message":"m"}"#, "A.1", "m", None),
        (r#"{"error":{"code":401,"message":"m","title":"Unauthorized"}}"#, "401", "m", None),
        (r#"{"error":{"error_code":"A.1","error_msg":"m"}}"#, "A.1", "m", None),
        (r#"{"code":"400","error_code":"A.1","error_msg":"m","message":"other"}"#, "A.1", "m", None),
        (r#"{"error_msg":"m","message":"other","error_code":"A.1","code":"400"}"#, "A.1", "m", None),
        (
            r#"{"error_code":"A.1","error_msg":"m","error_details":[{"error_code":"B.2"}],"request_id":"r"}"#,
            "A.1",
            "m",
            Some("r"),
        ),
        (r#"{"error_code":"A.1","error_msg":"m","encoded_authorization_message":"secret"}"#, "A.1", "m", None),
        (r#"{"error_code":null,"errCode":"A.1","error_msg":null,"errMsg":"m"}"#, "A.1", "m", None),
    ] {
        assert_eq!(read(body), (Some(code.into()), Some(message.into()), request_id.map(str::to_owned)), "{body}");
    }
}

#[test]
fn what_is_no_error_body_gives_nothing_and_keeps_the_body() {
    for body in
        ["", "null", "[]", "<html><h1>502 Bad Gateway</h1></html>", r#"{"error_code":null,"error_msg":null}"#, "\"x\""]
    {
        assert_eq!(read(body), (None, None, None), "{body}");
        let error = Error::from_answer("Ask", 502, None, body);
        assert_eq!((error.kind, error.status, error.raw.as_deref()), (ErrorKind::Server, Some(502), Some(body)));
    }
}

#[test]
fn a_body_that_breaks_off_gives_what_came_before_the_break() {
    assert_eq!(read(r#"{"error_code":"A.1","error_msg":"The req"#), (Some("A.1".into()), None, None));
}

#[test]
fn status_and_code_decide_the_kind() {
    for (status, code, kind, retryable) in [
        (400, "X.1", ErrorKind::Api, false),
        (409, "APIG.3718", ErrorKind::Api, true),
        (401, "X.1", ErrorKind::Auth, false),
        (403, "X.1", ErrorKind::Permission, false),
        (404, "X.1", ErrorKind::NotFound, false),
        (429, "APIG.0308", ErrorKind::RateLimit, true),
        (500, "APIG.9008", ErrorKind::RateLimit, true),
        (500, "APIG.9999", ErrorKind::Server, false),
        (502, "X.1", ErrorKind::Server, true),
        (503, "X.1", ErrorKind::Server, true),
        (504, "X.1", ErrorKind::Server, true),
        (401, "APIG.1005", ErrorKind::Permission, false),
        (403, "APIG.1005", ErrorKind::Permission, false),
        (400, "ROMA.1000", ErrorKind::Auth, false),
        (400, "ROMA.1002", ErrorKind::Auth, false),
    ] {
        let error = Error::from_answer("Ask", status, None, &format!(r#"{{"error_code":"{code}"}}"#));
        assert_eq!((error.kind, error.retryable), (kind, retryable), "{status} {code}");
    }
}

#[test]
fn the_request_id_of_the_header_goes_before_that_of_the_body() {
    let body = r#"{"error_code":"A.1","request_id":"body"}"#;
    assert_eq!(Error::from_answer("Ask", 500, Some("header"), body).request_id.as_deref(), Some("header"));
    assert_eq!(Error::from_answer("Ask", 500, None, body).request_id.as_deref(), Some("body"));
}

#[test]
fn a_redirect_is_told_and_not_followed() {
    let other = Error::from_answer("Ask", 600, None, "");
    assert!(!other.message.contains("redirect"), "{}", other.message);
    for status in [0, 302, 307] {
        let error = Error::from_answer("Ask", status, None, "");
        assert_eq!(error.kind, ErrorKind::Api);
        assert!(error.message.contains("redirect"), "{}", error.message);
    }
}

#[test]
fn an_error_keeps_64_kib_of_the_body_cut_between_characters() {
    let body = "é".repeat(40_000);
    let raw = Error::from_answer("Ask", 500, None, &body).raw.clone().unwrap();
    assert_eq!(raw.len(), MAX_RAW);
    let body = format!("x{body}");
    let raw = Error::from_answer("Ask", 500, None, &body).raw.clone().unwrap();
    assert_eq!(raw.len(), MAX_RAW - 1, "a character of two bytes does not fit the last byte");
}

#[test]
fn a_long_message_is_cut_and_the_body_still_has_it() {
    let body = format!(r#"{{"error_code":"A.1","error_msg":"{}"}}"#, "m".repeat(5_000));
    let error = Error::from_answer("Ask", 500, None, &body);
    assert!(error.message.ends_with("m…") && error.message.len() < 1_100);
    assert_eq!(error.raw.as_deref(), Some(&*body));
}

#[test]
fn a_secret_is_blotted_out_wherever_it_is_repeated() {
    let text = "X-Auth-Token: s3cret-token, s3cret-token";
    assert_eq!(redact(text, &["s3cret-token"]), "X-Auth-Token: ***, ***");
    assert_eq!(redact(r#"{"m":"a\"quoted\nkey"}"#, &["a\"quoted\nkey"]), r#"{"m":"***"}"#);
    assert_eq!(redact(text, &["Auth", ""]), text, "too short to be a secret");
}

#[test]
fn a_text_that_holds_a_secret_in_another_spelling_is_blotted_out_as_a_whole() {
    let secret = "geheim/nis=1";
    for text in [
        r#"{"m":"geheim\/nis=1"}"#,
        r#"{"m":"geheim/nis\u003d1"}"#,
        r#"{"m":"\u0067\u0065heim/nis=1"}"#,
        r#"{"m":"{\"n\":\"geheim\\/nis=1\"}"}"#,
        "geheim\\/nis=1 in no JSON",
    ] {
        // An owned text is one that something was blotted out of.
        assert!(matches!(redact(text, &[secret]), Cow::Owned(blotted) if blotted == "***"), "{text}");
    }
    let other = r#"{"m":"geheim\/nis=2","n":"\u0067\n\\","o":"\ud83d\ude00\u12"}"#;
    assert!(matches!(redact(other, &[secret]), Cow::Borrowed(same) if same == other));
}

#[test]
fn json_stays_json_without_its_secrets() {
    for secret in ["\"at-first", "at-last\"", "at-last\\", "\\at-first", "\"\"\"\"\"\"", "in-the\n-midst"] {
        let text = serde_json::json!({"m": secret, "n": 1}).to_string();
        assert_eq!(redact(&text, &[secret]), r#"{"m":"***","n":1}"#, "{secret}");
    }
}

#[test]
fn a_secret_beyond_16_bits_is_found_in_its_escaped_form() {
    for text in [r#"{"m":"pass\ud83d\ude00word"}"#, r#"{"m":"{\"n\":\"pass\\uD83D\\uDE00word\"}"}"#] {
        assert_eq!(redact(text, &["pass😀word"]), "***", "{text}");
    }
}

/// Whatever a text is made of, no layer of what is left of it holds the secret.
#[test]
fn no_layer_of_any_text_holds_the_secret() {
    const PIECES: [&str; 16] = [
        "token",
        "/12",
        "+345",
        "\\",
        "\\\\",
        "\"",
        "\\\"",
        "/",
        "\\/",
        "n",
        "\\n",
        "\\u0074oken",
        "\\u002f12",
        "oken",
        "t",
        "é",
    ];
    let secrets = ["token/12+345", "token\"/12", "n\\/12token"];
    let mut chance = Chance(5);
    let mut blotted = 0;
    for _ in 0..200_000 {
        let text: String = (0..=chance.below(7)).map(|_| chance.one_of(&PIECES)).collect();
        for secret in secrets {
            let left = redact(&text, &[secret]);
            blotted += usize::from(left != text);
            let mut layer = left.into_owned();
            for depth in 0..=3 {
                assert!(!layer.contains(secret), "{secret} at depth {depth} of {text}");
                layer = unescaped(&layer);
            }
        }
    }
    assert!(blotted > 100, "{blotted} texts held one");
}
