//! Whether a call that failed is made again, and when. A pure function: time and chance come from outside.

use serde::Serialize;

use crate::error::{Error, ErrorKind, Remedy, find, remedy};
use crate::text::number;

/// The longest wait before a second try; it doubles with each further one.
const FIRST_BACKOFF_MS: u64 = 500;
const MAX_BACKOFF_MS: u64 = 8_000;

/// A service that wants to be left alone for longer is not asked again by itself.
const MAX_RETRY_AFTER_MS: u64 = 60_000;

/// What is known of a call when it has failed.
#[derive(Debug, Clone, Copy)]
pub struct Attempt {
    /// How many times it was made again before.
    pub retries: u32,
    /// How many times it may be.
    pub max_retries: u32,
    /// Whether it only reads: what writes is never made again by itself.
    pub reads: bool,
    /// Whether it was signed: an access key is locked after five refusals.
    pub signed: bool,
    /// Whether the token is new for this call already.
    pub renewed: bool,
    /// What the header `Retry-After` asks for, in milliseconds.
    pub retry_after_ms: Option<u64>,
    /// Chance: any integer, each as likely as the next.
    pub chance: u32,
}

/// What to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Tell the caller.
    GiveUp,
    /// Make the call again after so many milliseconds.
    After(u64),
    /// Ask for a new token and make the call again at once.
    NewToken,
}

/// What to do after a call has failed.
///
/// The wait is drawn evenly between 0 and a bound that doubles (full jitter), so that many clients do not come back at
/// once. It is at least what the service asks for: by `Retry-After`, or by the limit in the text of a 429.
pub fn next(error: &Error, attempt: &Attempt) -> Next {
    if remedy_of(error) == Some(Remedy::NewToken) && !attempt.signed && !attempt.renewed {
        return Next::NewToken;
    }
    match least_ms(error, attempt.retry_after_ms) {
        Some(least) if attempt.reads && attempt.retries < attempt.max_retries && least <= MAX_RETRY_AFTER_MS => {
            let bound = (FIRST_BACKOFF_MS << attempt.retries.min(8)).min(MAX_BACKOFF_MS);
            // A part of the bound, as chance is a part of 2^32.
            Next::After(((u64::from(attempt.chance) * bound) >> 32).max(least))
        }
        _ => Next::GiveUp,
    }
}

/// How long to wait at least before the same call, in milliseconds; `None` when it would fail again.
pub fn least_ms(error: &Error, retry_after_ms: Option<u64>) -> Option<u64> {
    let least = match remedy_of(error)? {
        Remedy::AskAgain => 0,
        Remedy::WaitFirst(milliseconds) => milliseconds,
        Remedy::NewToken => return None,
    };
    let spaced = || rate_limit(error).and_then(|allowed| allowed.per_ms.checked_div(allowed.limit));
    Some(retry_after_ms.or_else(spaced).unwrap_or(0).max(least))
}

fn remedy_of(error: &Error) -> Option<Remedy> {
    match (error.kind, error.status) {
        (ErrorKind::Connection, None) => Some(Remedy::AskAgain),
        (_, Some(status)) if !(200..300).contains(&status) => remedy(status, error.code.as_deref()),
        _ => None,
    }
}

/// How many requests a service allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RateLimit {
    /// So many requests …
    pub limit: u64,
    /// … in so many milliseconds.
    pub per_ms: u64,
}

/// The limit that a 429 tells of in its text: `policy user over ratelimit,limit:200,time:5 minute`.
pub fn rate_limit(error: &Error) -> Option<RateLimit> {
    let text = error.raw.as_deref().filter(|_| error.kind == ErrorKind::RateLimit)?;
    let (limit, _) = digits_and_rest(after(text, "limit:")?);
    let (time, rest) = digits_and_rest(after(text, "time:")?);
    let unit = rest.trim_ascii_start();
    let units = [("second", 1_000), ("minute", 60_000), ("hour", 3_600_000), ("day", 86_400_000)];
    let (_, unit_ms) = units.into_iter().find(|(name, _)| unit.as_bytes().starts_with(name.as_bytes()))?;
    let limit = u64::try_from(number(limit)?).ok().filter(|limit| *limit > 0)?;
    let per_ms = u64::try_from(number(time)?).ok()?.saturating_mul(unit_ms);
    Some(RateLimit { limit, per_ms })
}

fn after<'a>(text: &'a str, label: &str) -> Option<&'a str> {
    text.get(find(text, label)? + label.len()..)
}

fn digits_and_rest(text: &str) -> (&str, &str) {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    text.split_at_checked(digits).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HALF: u32 = 1 << 31;

    const ATTEMPT: Attempt = Attempt {
        retries: 0,
        max_retries: 2,
        reads: true,
        signed: false,
        renewed: false,
        retry_after_ms: None,
        chance: HALF,
    };

    fn answered(status: u16, code: &str) -> Error {
        Error::from_answer("Ask", status, None, &format!(r#"{{"error_code":"{code}"}}"#))
    }

    #[test]
    fn the_table_says_what_is_asked_again() {
        for (status, code, expected) in [
            (429, "APIG.0308", Next::After(250)),
            (502, "", Next::After(250)),
            (503, "", Next::After(250)),
            (504, "", Next::After(250)),
            (500, "APIG.9008", Next::After(250)),
            (500, "SFS.TURBO.0037", Next::After(250)),
            (409, "SFS.TURBO.0011", Next::After(10_000)),
            (409, "APIG.3711", Next::After(60_000)),
            (409, "APIG.3718", Next::After(10_000)),
            (400, "APIC.7701", Next::After(10_000)),
            (401, "APIG.1001", Next::NewToken),
            (401, "APIG.1002", Next::NewToken),
            (401, "APIC.7101", Next::NewToken),
            (401, "APIC.7102", Next::NewToken),
            (401, "APIG.0307", Next::NewToken),
            (401, "IAM.0066", Next::NewToken),
            (400, "ROMA.1000", Next::NewToken),
            (400, "ROMA.1002", Next::NewToken),
            (400, "APIG.2001", Next::GiveUp),
            (401, "X.1", Next::GiveUp),
            (403, "APIG.1005", Next::GiveUp),
            (404, "APIG.3093", Next::GiveUp),
            (500, "APIG.9999", Next::GiveUp),
            // The same code in another plane is another thing.
            (403, "APIG.1002", Next::GiveUp),
        ] {
            assert_eq!(next(&answered(status, code), &ATTEMPT), expected, "{status} {code}");
        }
        assert_eq!(next(&Error::new(ErrorKind::Connection, ""), &ATTEMPT), Next::After(250));
        for kind in [ErrorKind::Config, ErrorKind::Timeout, ErrorKind::Aborted, ErrorKind::Decode] {
            assert_eq!(next(&Error::new(kind, ""), &ATTEMPT), Next::GiveUp);
        }
    }

    #[test]
    fn a_write_is_never_made_again_but_with_a_new_token() {
        let writes = Attempt { reads: false, ..ATTEMPT };
        assert_eq!(next(&answered(503, ""), &writes), Next::GiveUp);
        assert_eq!(next(&Error::new(ErrorKind::Connection, ""), &writes), Next::GiveUp);
        // A request that was refused for its token has done nothing.
        assert_eq!(next(&answered(401, "APIG.1002"), &writes), Next::NewToken);
    }

    #[test]
    fn a_refused_signature_and_a_refused_new_token_are_the_end() {
        assert_eq!(next(&answered(401, "APIG.1002"), &Attempt { signed: true, ..ATTEMPT }), Next::GiveUp);
        assert_eq!(next(&answered(401, "APIG.1002"), &Attempt { renewed: true, ..ATTEMPT }), Next::GiveUp);
    }

    #[test]
    fn the_wait_doubles_within_its_bounds_and_ends_with_the_retries() {
        let wait = |retries, chance| next(&answered(503, ""), &Attempt { retries, max_retries: 20, chance, ..ATTEMPT });
        assert_eq!(wait(0, u32::MAX), Next::After(499));
        assert_eq!(wait(1, u32::MAX), Next::After(999));
        assert_eq!(wait(3, u32::MAX), Next::After(3_999));
        assert_eq!(wait(19, u32::MAX), Next::After(7_999));
        assert_eq!(wait(3, 0), Next::After(0));
        assert_eq!(wait(20, u32::MAX), Next::GiveUp);
        assert_eq!(next(&answered(503, ""), &Attempt { max_retries: 0, ..ATTEMPT }), Next::GiveUp);
    }

    #[test]
    fn the_service_says_how_long_to_leave_it_alone() {
        let after = |milliseconds| next(&answered(503, ""), &Attempt { retry_after_ms: Some(milliseconds), ..ATTEMPT });
        assert_eq!(after(3_000), Next::After(3_000));
        assert_eq!(after(0), Next::After(250));
        assert_eq!(after(60_001), Next::GiveUp);
        for (text, expected) in [
            ("policy user over ratelimit,limit:200,time:5 minute", Next::After(1_500)),
            ("policy api over ratelimit,limit:10,time:1 second", Next::After(250)),
            ("policy ip over ratelimit,limit:2,time:1 minutes", Next::After(30_000)),
            ("policy ip over ratelimit,limit:1,time:1 day", Next::GiveUp),
            ("policy ip over ratelimit,limit:0,time:1 day", Next::After(250)),
            ("policy ip over ratelimit,limit:,time: fortnight", Next::After(250)),
        ] {
            let error = Error::from_answer("Ask", 429, None, &format!(r#"{{"error_msg":"{text}"}}"#));
            assert_eq!(next(&error, &ATTEMPT), expected, "{text}");
        }
    }
}
