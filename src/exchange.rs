//! One exchange with a service, as whoever carries it sees it: the request to send, what its answer comes to, and what to
//! do then. Data in, data out, nothing is kept in between; what carries it keeps time, proves who asks, sends and waits.

use serde::Serialize;

use crate::call::{Answer, Arguments, Endpoint, Request};
use crate::error::{Error, Kind, blot};
use crate::operation::retry::{self, Attempt, Budget, Next};
use crate::operation::seen::Seen;
use crate::service::apig::{self, AsyncTask};
use crate::service::{self, View};
use crate::text::{self, concat};

/// What an answer comes to.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Outcome {
    /// What it says.
    pub view: Option<View>,
    /// The body, when secrets had to be blotted out of it; else it is what came.
    pub raw: Option<String>,
    /// What it shows of a long-running operation.
    pub seen: Option<Seen>,
    /// Why it says nothing.
    pub error: Option<Error>,
    /// To make the call again after so many milliseconds.
    pub wait_ms: Option<u64>,
    /// How long to wait at least before the same call; `None` when it would fail again.
    pub least_ms: Option<u64>,
    /// How many requests the service allows, when it told so.
    pub budget: Option<Budget>,
    /// To ask for a new token and make the call again at once.
    pub new_token: bool,
}

/// What a body comes to that came by another way.
#[derive(Debug, Serialize)]
pub struct Decoded {
    /// What it says.
    pub view: Option<AsyncTask>,
    /// Why it says nothing.
    pub error: Option<Error>,
}

/// The request of a call, by the name that the client gives it.
///
/// `place` says where it goes: `region`, `endpoint`, and `endpoints` by the part of the client, such as `kps`.
///
/// # Errors
///
/// [`Kind::Config`] that names the argument.
pub fn prepare(name: &str, arguments: &str, place: &str) -> Result<Request, Error> {
    let endpoint = find(name)?;
    let place = Arguments::from_json(place)?;
    let (group, _) = text::split_once(name, b'.').unwrap_or_default();
    let own = place.text(&concat(&["endpoints.", group])).or(place.text("endpoint"));
    let address = endpoint.address(own, place.text("region"))?;
    endpoint.request(Arguments::from_json(arguments)?, &address)
}

/// What the answer to a call comes to, or that none came.
///
/// `given` says of the answer: `status`, `requestId`, `subjectToken`, `retryAfterMs`; or, when there is none, why:
/// `unanswered` is `connection`, `timeout` or `aborted`, with `url` and `timeoutMs`. Of the call: its `secrets`, how often
/// it was made again (`retries`) and may be (`maxRetries`), whether it was `signed`, whether its token was `renewed` or
/// there is none; and `chance`, an integer below 2^32.
pub fn conclude(name: &str, given: &str, body: &str) -> Outcome {
    concluded(name, given, body).unwrap_or_else(|error| Outcome { error: Some(error), ..Outcome::default() })
}

fn concluded(name: &str, given: &str, body: &str) -> Result<Outcome, Error> {
    let endpoint = find(name)?;
    let given = Arguments::from_json(given)?;
    let secrets: Vec<&str> = given.texts("secrets").iter().map(String::as_str).collect();
    let clean = blot(body, &secrets);
    let request_id = given.text("requestId").map(|id| blot(id, &secrets));
    let answer = match given.text("unanswered") {
        Some(why) => Err(unanswered(endpoint.name, why, &given)),
        None => endpoint.answer(&Answer {
            status: integer(&given, "status"),
            request_id: request_id.as_deref(),
            subject_token: given.text("subjectToken"),
            body: &clean,
        }),
    };
    let raw = (*clean != *body).then(|| (*clean).to_owned());
    let error = match answer {
        Ok(view) => return Ok(Outcome { seen: view.seen(), view: Some(view), raw, ..Outcome::default() }),
        Err(error) => error,
    };
    let retry_after_ms = given.integer("retryAfterMs").and_then(|milliseconds| milliseconds.try_into().ok());
    let next = retry::next(
        &error,
        &Attempt {
            retries: integer(&given, "retries"),
            max_retries: integer(&given, "maxRetries"),
            reads: endpoint.method == "GET",
            signed: given.is_true("signed"),
            renewed: given.is_true("renewed"),
            retry_after_ms,
            chance: integer(&given, "chance"),
        },
    );
    let wait_ms = if let Next::After(milliseconds) = next { Some(milliseconds) } else { None };
    Ok(Outcome {
        wait_ms,
        least_ms: retry::least_ms(&error, retry_after_ms),
        budget: retry::budget(&error),
        new_token: next == Next::NewToken,
        error: Some(error),
        ..Outcome::default()
    })
}

/// What the body of an async task says, without a call.
pub fn decode_async_task(body: &str) -> Decoded {
    match apig::read_async_task(body) {
        Ok(task) => Decoded { view: Some(task), error: None },
        Err(mismatch) => Decoded { view: None, error: Some(Error::decode(apig::ASYNC_TASK.name, &mismatch, body)) },
    }
}

fn find(name: &str) -> Result<&'static Endpoint<View>, Error> {
    let found = service::CALLS.iter().find(|(known, _)| *known == name);
    found.map(|(_, endpoint)| *endpoint).ok_or_else(|| Error::config("call", "expected the name of a call"))
}

/// An integer within its type, whatever a mock of `fetch` says; 0 when there is none.
fn integer<T: TryFrom<i64> + Default>(given: &Arguments, name: &str) -> T {
    given.integer(name).and_then(|number| number.try_into().ok()).unwrap_or_default()
}

fn unanswered(name: &str, why: &str, given: &Arguments) -> Error {
    let url = given.text("url").unwrap_or_default();
    match why {
        "timeout" => {
            let milliseconds = text::integer(given.integer("timeoutMs").unwrap_or_default());
            Error::new(Kind::Timeout, concat(&[name, ": no answer within ", &milliseconds, " ms from ", url]))
        }
        "aborted" => {
            Error::new(Kind::Aborted, concat(&[name, ": `fetch` was aborted, and not by the caller's signal: ", url]))
        }
        _ => {
            let message = [name, ": no answer (in a browser, a refusal by CORS looks the same) from ", url];
            Error::new(Kind::Connection, concat(&message))
        }
    }
}
