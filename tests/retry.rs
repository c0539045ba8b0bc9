//! What is made again, and when: from a response to a call of a service, or from none, to what is to be done then.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use huaweicloud_tasks::error::{Error, ErrorKind};
use huaweicloud_tasks::http::retry::{Attempt, Next, RateLimit, least_ms, next, rate_limit};
use huaweicloud_tasks::http::{Argument, Request, Response, Site};
use huaweicloud_tasks::service::apig::{ExportApis, GatewayProgress, ImportApis};
use huaweicloud_tasks::service::cvr::Filter;
use huaweicloud_tasks::service::iam::PasswordLogin;
use huaweicloud_tasks::service::kps::{Associate, Disassociate, KeypairTask};
use huaweicloud_tasks::service::roma::RomaInstanceProgress;
use huaweicloud_tasks::service::sfs_turbo::Job;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// A call that was not made again yet, and may be twice. What is drawn by chance is half of what it may be.
const FIRST: Attempt = Attempt {
    retries: 0,
    max_retries: 2,
    reads: true,
    signed: false,
    renewed: false,
    retry_after_ms: None,
    chance: 1 << 31,
};

const AGAIN: Next = Next::After(250);

fn site() -> Site {
    Site { project_id: "p".into(), endpoint: Some("https://h".into()), ..Site::default() }
}

fn gateway() -> Request {
    GatewayProgress::request(&site(), "i").unwrap()
}

fn parameters<T: DeserializeOwned>(arguments: Value) -> T {
    serde_json::from_value::<Argument>(arguments).unwrap().read("request").unwrap()
}

/// Why a response says nothing.
fn refused(request: &Request, status: u16, body: &str) -> Error {
    let response = Response { status, body: body.into(), ..Response::default() };
    response.read::<GatewayProgress>(request).unwrap_err()
}

fn coded(code: &str) -> String {
    json!({"error_code": code, "error_msg": "m"}).to_string()
}

/// What is done then.
fn then(request: &Request, error: &Error, attempt: Attempt) -> Next {
    next(error, &Attempt { reads: request.reads(), ..attempt })
}

#[test]
fn status_and_code_say_what_is_made_again() {
    let task = KeypairTask::request(&site(), "t").unwrap();
    let roma = RomaInstanceProgress::request(&site(), "i").unwrap();
    let job = Job::request(&site(), "j").unwrap();
    let render_tasks = Filter::default().request(&site()).unwrap();
    for (request, status, code, expected) in [
        (&gateway(), 429, "APIG.0308", AGAIN),
        (&gateway(), 500, "APIG.9008", AGAIN),
        (&gateway(), 502, "X.1", AGAIN),
        (&roma, 503, "X.1", AGAIN),
        (&render_tasks, 504, "X.1", AGAIN),
        (&job, 500, "SFS.TURBO.0037", AGAIN),
        (&job, 409, "SFS.TURBO.0011", Next::After(10_000)),
        (&gateway(), 409, "APIG.3711", Next::After(60_000)),
        (&gateway(), 409, "APIG.3718", Next::After(10_000)),
        (&gateway(), 400, "APIC.7701", Next::After(10_000)),
        (&gateway(), 401, "APIG.1001", Next::NewToken),
        (&gateway(), 401, "APIG.1002", Next::NewToken),
        (&gateway(), 401, "APIC.7101", Next::NewToken),
        (&gateway(), 401, "APIC.7102", Next::NewToken),
        (&task, 401, "APIG.0307", Next::NewToken),
        (&task, 401, "IAM.0066", Next::NewToken),
        (&roma, 400, "ROMA.1000", Next::NewToken),
        (&roma, 400, "ROMA.1002", Next::NewToken),
        (&gateway(), 400, "APIG.2001", Next::GiveUp),
        (&gateway(), 401, "X.1", Next::GiveUp),
        (&gateway(), 403, "APIG.1005", Next::GiveUp),
        (&gateway(), 403, "APIG.1002", Next::GiveUp),
        (&gateway(), 404, "APIG.3093", Next::GiveUp),
        (&gateway(), 500, "APIG.9999", Next::GiveUp),
        (&gateway(), 302, "X.1", Next::GiveUp),
        (&gateway(), 0, "X.1", Next::GiveUp),
    ] {
        let error = refused(request, status, &coded(code));
        assert_eq!(then(request, &error, FIRST), expected, "{status} {code}");
        assert_eq!(error.retryable, matches!(expected, Next::After(_)), "{status} {code}");
    }
}

#[test]
fn what_writes_is_never_made_again_but_with_a_new_token() {
    let server = json!({"id": "s"});
    for request in [
        ImportApis::default().request(&site(), "i", "f"),
        parameters::<ExportApis>(json!({"envId": "e", "groupId": "g"})).request(&site(), "i"),
        parameters::<Associate>(json!({"keypairName": "k", "server": server})).request(&site()),
        parameters::<Disassociate>(json!({"server": server})).request(&site()),
        parameters::<PasswordLogin>(json!({"user": "u", "password": "w", "domain": "d"})).request(&site()),
    ] {
        let request = request.unwrap();
        for (status, code) in [(429, "APIG.0308"), (500, "APIG.9008"), (503, "X.1"), (409, "APIG.3718")] {
            let error = refused(&request, status, &coded(code));
            assert_eq!(then(&request, &error, FIRST), Next::GiveUp, "{request:?} {code}");
            assert!(error.retryable, "its caller may know better");
        }
        assert_eq!(then(&request, &Error::new(ErrorKind::Connection, ""), FIRST), Next::GiveUp, "{request:?}");
        // What was refused for its token has done nothing.
        let error = refused(&request, 401, &coded("APIG.1002"));
        assert_eq!(then(&request, &error, FIRST), Next::NewToken, "{request:?}");
    }
}

#[test]
fn a_refused_signature_and_a_refused_new_token_are_the_end() {
    for end in [Attempt { signed: true, ..FIRST }, Attempt { renewed: true, ..FIRST }] {
        for (status, code) in [(401, "APIG.1002"), (400, "ROMA.1002")] {
            assert_eq!(then(&gateway(), &refused(&gateway(), status, &coded(code)), end), Next::GiveUp, "{end:?}");
        }
        assert_eq!(then(&gateway(), &refused(&gateway(), 503, ""), end), AGAIN, "{end:?}");
    }
    // A new token is no retry.
    let error = refused(&gateway(), 401, &coded("APIG.1002"));
    assert_eq!(then(&gateway(), &error, Attempt { max_retries: 0, ..FIRST }), Next::NewToken);
}

#[test]
fn the_wait_grows_and_the_retries_end() {
    let error = refused(&gateway(), 503, "");
    let wait = |retries, max_retries, chance| next(&error, &Attempt { retries, max_retries, chance, ..FIRST });
    let half = FIRST.chance;
    for (retries, expected) in [(0, 250), (1, 500), (2, 1_000), (4, 4_000), (8, 4_000)] {
        assert_eq!(wait(retries, 9, half), Next::After(expected));
    }
    assert_eq!([wait(0, 9, 0), wait(0, 9, u32::MAX)], [Next::After(0), Next::After(499)]);
    assert_eq!(wait(1, 2, half), Next::After(500));
    for (retries, most) in [(2, 2), (3, 2), (0, 0), (u32::MAX, 2), (u32::MAX, u32::MAX)] {
        assert_eq!(wait(retries, most, half), Next::GiveUp, "{retries} of {most}");
    }
    assert_eq!(wait(u32::MAX - 1, u32::MAX, half), Next::After(4_000));
}

#[test]
fn the_service_says_how_long_to_leave_it_alone() {
    let wait = |status, code, milliseconds| {
        let attempt = Attempt { retry_after_ms: Some(milliseconds), ..FIRST };
        then(&gateway(), &refused(&gateway(), status, &coded(code)), attempt)
    };
    assert_eq!(wait(503, "X.1", 3_000), Next::After(3_000));
    assert_eq!(wait(503, "X.1", 0), AGAIN);
    assert_eq!(wait(503, "X.1", 60_000), Next::After(60_000));
    assert_eq!(wait(503, "X.1", 60_001), Next::GiveUp);
    assert_eq!(wait(503, "X.1", u64::MAX), Next::GiveUp);
    assert_eq!(wait(409, "APIG.3718", 3_000), Next::After(10_000));
    assert_eq!(wait(409, "APIG.3718", 20_000), Next::After(20_000));
    assert_eq!(wait(404, "X.1", 3_000), Next::GiveUp);
    for (text, expected) in [
        ("policy user over ratelimit,limit:200,time:5 minute", Next::After(1_500)),
        ("policy ip over ratelimit,limit:2,time:1 minute", Next::After(30_000)),
        ("policy api over ratelimit,limit:1,time:1 day", Next::GiveUp),
    ] {
        let error = refused(&gateway(), 429, &json!({"error_code": "APIG.0308", "error_msg": text}).to_string());
        assert_eq!(then(&gateway(), &error, FIRST), expected, "{text}");
        // The header goes before the text.
        let told = Attempt { retry_after_ms: Some(2_000), ..FIRST };
        assert_eq!(then(&gateway(), &error, told), Next::After(2_000), "{text}");
    }
}

#[test]
fn how_long_to_wait_at_least_is_told_of_a_call_that_is_not_made_again_too() {
    let least = |status, code, retry_after_ms| least_ms(&refused(&gateway(), status, &coded(code)), retry_after_ms);
    assert_eq!(least(503, "X.1", None), Some(0));
    assert_eq!(least(503, "X.1", Some(90_000)), Some(90_000));
    assert_eq!(least(409, "APIG.3711", None), Some(60_000));
    for (status, code) in [(404, "X.1"), (401, "APIG.1002"), (302, "X.1")] {
        assert_eq!(least(status, code, Some(1_000)), None, "{status} {code}");
    }
    assert_eq!(least_ms(&Error::new(ErrorKind::Connection, ""), None), Some(0));
    assert_eq!(least_ms(&Error::new(ErrorKind::Timeout, ""), None), None);
}

#[test]
fn a_429_tells_of_a_rate_limit_and_no_other_answer_does() {
    let body = json!({"error_msg": "policy user over ratelimit,limit:200,time:5 minute"}).to_string();
    let expected = RateLimit { limit: 200, per_ms: 300_000 };
    assert_eq!(rate_limit(&refused(&gateway(), 429, &body)), Some(expected));
    assert_eq!(serde_json::to_value(expected).unwrap(), json!({"limit": 200, "perMs": 300_000}));
    assert_eq!(rate_limit(&refused(&gateway(), 503, &body)), None);
    assert_eq!(rate_limit(&refused(&gateway(), 429, "")), None);
}

#[test]
fn no_answer_has_a_kind_of_its_own() {
    for (kind, retryable, expected) in [
        (ErrorKind::Connection, true, AGAIN),
        (ErrorKind::Timeout, true, Next::GiveUp),
        (ErrorKind::Aborted, false, Next::GiveUp),
        (ErrorKind::Config, false, Next::GiveUp),
    ] {
        let error = Error::new(kind, "Ask: no answer");
        assert_eq!((error.retryable, then(&gateway(), &error, FIRST)), (retryable, expected), "{kind:?}");
        assert_eq!((error.status, &error.code, &error.request_id, &error.raw), (None, &None, &None, &None));
    }
    // What came and cannot be read is not asked for again at once.
    let error = refused(&gateway(), 200, "{}");
    assert_eq!((error.kind, then(&gateway(), &error, FIRST)), (ErrorKind::Decode, Next::GiveUp));
}
