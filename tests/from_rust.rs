//! The crate by itself, from Rust: the example, against a server on loopback that answers with the documents' own bodies.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]

use std::cell::RefCell;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use huaweicloud_tasks::error::{Error, ErrorKind};
use huaweicloud_tasks::http::Site;
use huaweicloud_tasks::model::snapshot::State;
use huaweicloud_tasks::operation::handle::Handle;
use huaweicloud_tasks::operation::poll::{Event, MAX_CONSECUTIVE_ERRORS};
use huaweicloud_tasks::operation::view::View;
use huaweicloud_tasks::service;

#[allow(dead_code, reason = "its `main` is for people")]
#[path = "../examples/watch_gateway.rs"]
mod watch_gateway;

const CREATING: &str = include_str!("fixtures/apig-gateway-progress/200-creating.json");
const SUCCESS: &str = include_str!("fixtures/apig-gateway-progress/200-success.json");
const QUOTA: &str = include_str!("fixtures/apig-gateway-progress/200-failed-quota.json");
const FORBIDDEN: &str = include_str!("fixtures/apig-gateway-progress/403.json");
const BROKEN: &str = include_str!("fixtures/apig-gateway-progress/500.json");
const TOKEN: &str = "a-token-of-a-session";

/// What was seen of an operation that was watched.
struct Watched {
    outcome: Result<View, Error>,
    /// What was told, and how long the sleeps were.
    states: Vec<(State, Option<i64>)>,
    sleeps: Vec<Duration>,
    /// What the server was asked: each request's first line, and its token.
    requests: Vec<(String, String)>,
}

/// Watches a gateway on a server that gives these answers, one after another. Nobody sleeps for real.
fn watched(answers: &[(u16, &str, &str)]) -> Watched {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let site = Site { project_id: "p".into(), endpoint: Some(format!("http://{address}")), ..Site::default() };
    let (sender, requests) = mpsc::channel();
    let answers: Vec<String> = answers.iter().map(|(status, headers, body)| http(*status, headers, body)).collect();
    let server = thread::spawn(move || {
        for answer in answers {
            let (stream, _) = listener.accept().unwrap();
            let mut lines = BufReader::new(&stream).lines().map(Result::unwrap).take_while(|line| !line.is_empty());
            let Some(first) = lines.next() else { break };
            let token = lines.find_map(|line| Some(line.to_lowercase().strip_prefix("x-auth-token: ")?.to_owned()));
            lines.for_each(drop);
            sender.send((first, token.unwrap())).unwrap();
            (&stream).write_all(answer.as_bytes()).unwrap();
        }
    });
    let (states, sleeps) = (RefCell::new(Vec::new()), RefCell::new(Vec::new()));
    let tell = |view: &View| states.borrow_mut().push((view.state, view.percent));
    let sleep = |time| sleeps.borrow_mut().push(time);
    let handle =
        Handle::begin(service::find_kind("apig.gateway").unwrap(), [("instanceId", "i/1")].into(), None, 0, false)
            .unwrap();
    let outcome = watch_gateway::watch(&site, TOKEN, handle, sleep, tell);
    // Whatever it was not asked, nobody will ask any more.
    drop(TcpStream::connect(address));
    server.join().unwrap();
    Watched {
        outcome,
        states: states.into_inner(),
        sleeps: sleeps.into_inner(),
        requests: requests.into_iter().collect(),
    }
}

fn http(status: u16, headers: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 {status} Said\r\nContent-Length: {length}\r\nConnection: close\r\n{headers}\r\n{body}")
}

#[test]
fn a_gateway_is_watched_to_its_end() {
    let Watched { outcome, states, sleeps, requests } =
        watched(&[(200, "", CREATING), (200, "", CREATING), (200, "", SUCCESS)]);
    let running = (State::Running, Some(50));
    assert_eq!(states, [running, running, (State::Succeeded, Some(100))]);
    let view = outcome.unwrap();
    assert_eq!((view.started_at, view.ended_at), (Some(1_597_389_901_161), Some(1_597_390_224_911)));
    // What runs already is asked about at once, and then as the schedule says.
    assert_eq!((sleeps.len(), sleeps.first()), (3, Some(&Duration::ZERO)));
    assert!(sleeps.iter().skip(1).all(|sleep| (500..=120_000).contains(&sleep.as_millis())), "{sleeps:?}");
    let asked = ("GET /v2/p/apigw/instances/i%2F1/progress HTTP/1.1".to_owned(), TOKEN.to_owned());
    assert_eq!(requests, vec![asked; 3]);
}

#[test]
fn an_error_passes_or_ends_the_watching() {
    let Watched { outcome, states, sleeps, .. } =
        watched(&[(500, "", BROKEN), (429, "Retry-After: 20\r\n", "{}"), (200, "", QUOTA)]);
    assert_eq!(states, [(State::Failed, Some(0))]);
    assert_eq!(outcome.unwrap().error.unwrap().code.as_deref(), Some("APIC.9218"));
    let seconds: Vec<u128> = sleeps.iter().map(|sleep| sleep.as_millis().div_ceil(1_000)).collect();
    assert_eq!(seconds, [0, 1, 20]);

    let Watched { outcome, states, .. } = watched(&[(403, "X-Request-Id: r-1\r\n", FORBIDDEN)]);
    let error = outcome.unwrap_err();
    assert_eq!((error.kind, error.status, states.len()), (ErrorKind::Permission, Some(403), 0));
    assert_eq!(error.request_id.as_deref(), Some("r-1"));

    // A redirect would take the token with it.
    let Watched { outcome, .. } = watched(&[(302, "Location: http://127.0.0.1:9/\r\n", "")]);
    let error = outcome.unwrap_err();
    assert_eq!((error.kind, error.status), (ErrorKind::Api, Some(302)));
}

#[test]
fn a_token_that_is_repeated_is_in_no_error() {
    let body = format!(r#"{{"error_code":"APIC.7106","error_msg":"no rights for {TOKEN}"}}"#);
    let error = watched(&[(403, "", &body)]).outcome.unwrap_err();
    assert!(error.to_string().contains("no rights for ***"), "{error}");
    assert!(!error.raw.as_deref().unwrap().contains(TOKEN));
}

#[test]
fn an_error_as_an_event_says_what_is_known_of_it() {
    let error = |status| Error::from_answer("Ask", status, None, "");
    for (error, retry_after_ms, expected_kind, expected_least_ms, expected_retryable) in [
        (error(429), Some(3_000), ErrorKind::RateLimit, 3_000, true),
        (error(503), None, ErrorKind::Server, 0, true),
        (error(404), Some(3_000), ErrorKind::NotFound, 0, false),
        (Error::new(ErrorKind::Connection, "Ask"), None, ErrorKind::Connection, 0, true),
    ] {
        let event = Event::failed(&error, retry_after_ms);
        let Event::Failed { kind, least_ms, retryable, most } = event else { panic!("{event:?}") };
        assert_eq!((kind, least_ms, retryable), (expected_kind, expected_least_ms, expected_retryable), "{error}");
        assert_eq!(most, MAX_CONSECUTIVE_ERRORS);
    }
}
