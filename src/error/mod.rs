//! The error kinds, and the reading of every error body.

use std::borrow::Cow;
use std::fmt;

use serde::Serialize;

use crate::json::{self, Mismatch, Reader};
use crate::text::{concat, integer};

mod remedy;

pub use remedy::{Remedy, remedy};

/// How much of a body an error keeps, in bytes.
pub const MAX_RAW: usize = 64 * 1024;

/// The shortest text that is taken for a secret, in bytes.
const MIN_SECRET: usize = 6;

/// How many layers of JSON within JSON a secret is looked for in.
const MAX_LAYERS: usize = 3;

/// How much of a service's own message goes into an error's message, in characters; the rest is in `raw`.
const MAX_MESSAGE: usize = 1_000;

/// What went wrong, one for each error class in JavaScript.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum ErrorKind {
    /// The options or arguments are wrong; nothing was sent.
    Config,
    /// The token is missing, wrong or expired.
    Auth,
    /// The token is good, but may not do this.
    Permission,
    /// There is no such resource.
    NotFound,
    /// Too many requests.
    RateLimit,
    /// The service, or a proxy before it, failed.
    Server,
    /// The service refused the request for another reason.
    Api,
    /// No answer came.
    Connection,
    /// The call took longer than it may.
    Timeout,
    /// `fetch` gave up by itself.
    Aborted,
    /// The answer is not what the documents describe.
    Decode,
}

/// A call that has no answer. (An operation that failed *is* an answer.) Boxed, as it is handed up through every level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[must_use = "an error that nobody is told of is lost"]
pub struct Error(Box<ErrorDetails>);

/// What is told of an error.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ErrorDetails {
    /// What went wrong.
    pub kind: ErrorKind,
    /// The same for people.
    pub message: String,
    /// The HTTP status, when there was an answer.
    pub status: Option<u16>,
    /// The service's code, such as `APIG.3093`.
    pub code: Option<String>,
    /// The service's id of the request.
    pub request_id: Option<String>,
    /// Whether the same call may succeed later, with nothing changed.
    pub retryable: bool,
    /// The body as it came, cut to [`MAX_RAW`].
    pub raw: Option<String>,
    /// The option or argument that is wrong, for [`ErrorKind::Config`].
    pub field: Option<String>,
    /// Where in the body, for [`ErrorKind::Decode`].
    pub path: Option<String>,
    /// What was expected there, for [`ErrorKind::Decode`].
    pub expected: Option<&'static str>,
}

/// What is printed of an error leaves the body out: it may be long, and name users.
impl fmt::Debug for ErrorDetails {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ErrorDetails")
            .field("kind", &self.kind)
            .field("message", &self.message)
            .field("status", &self.status)
            .field("code", &self.code)
            .field("request_id", &self.request_id)
            .field("retryable", &self.retryable)
            .field("field", &self.field)
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

impl std::ops::Deref for Error {
    type Target = ErrorDetails;

    fn deref(&self) -> &ErrorDetails {
        &self.0
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

impl Error {
    /// An error of a kind that has no answer to tell of.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(ErrorDetails {
            kind,
            message: message.into(),
            status: None,
            code: None,
            request_id: None,
            retryable: matches!(kind, ErrorKind::Connection | ErrorKind::Timeout),
            raw: None,
            field: None,
            path: None,
            expected: None,
        }))
    }

    /// The same error with more told of it.
    pub fn with(mut self, tell: impl FnOnce(&mut ErrorDetails)) -> Self {
        tell(&mut self.0);
        self
    }

    /// An option or argument that is wrong. `problem` says what was expected and never repeats the value.
    pub fn config(field: &str, problem: &str) -> Self {
        Self::new(ErrorKind::Config, concat(&[field, ": ", problem])).with(|error| error.field = Some(field.to_owned()))
    }

    /// The same error about an option or argument, which is this one if it does not say which yet.
    pub(crate) fn placed(self, field: &str) -> Self {
        let is_placed = self.field.as_deref() != Some("");
        if is_placed {
            return self;
        }
        let problem = self.message.strip_prefix(": ").unwrap_or(&self.message).to_owned();
        Self::config(field, &problem)
    }

    /// A body that is not what the documents describe. `what` names the body, such as the official name of the call.
    pub fn decode(what: &str, mismatch: &Mismatch, body: &str) -> Self {
        Self::new(ErrorKind::Decode, concat(&[what, ": ", &mismatch.message()])).with(|error| {
            error.raw = Some(cut(body));
            error.path = Some(mismatch.path.clone());
            error.expected = Some(mismatch.expected);
        })
    }

    /// A file that could not be read in the time that a call may take.
    pub fn file_timed_out(what: &str, milliseconds: f64) -> Self {
        let milliseconds = milliseconds.round() as u64;
        Self::new(ErrorKind::Timeout, format!("{what}: the file could not be read within {milliseconds} ms"))
    }

    /// A body that is larger than it may be.
    pub fn too_large(what: Option<&str>, expected: &'static str) -> Self {
        let what = what.map(|name| concat(&[name, ": "])).unwrap_or_default();
        Self::new(ErrorKind::Decode, concat(&[&what, "expected ", expected, ", found a larger one"]))
            .with(|error| error.expected = Some(expected))
    }

    /// What an answer that is not a 2xx means. Decided by status and code, never by the message.
    pub fn from_answer(what: &str, status: u16, request_id: Option<&str>, body: &str) -> Self {
        if matches!(status, 0 | 300..400) {
            let redirect =
                "answered with a redirect, which is not followed because the token would go with it; check `endpoint`";
            return Self::new(ErrorKind::Api, concat(&[what, ": ", redirect])).with(|error| {
                error.status = Some(status).filter(|&status| status != 0);
                error.raw = Some(cut(body));
            });
        }
        let Failure { code, message, request_id: id_in_body } = Failure::read(body);
        let label = code.as_deref().map(|code| concat(&[" ", code])).unwrap_or_default();
        let message: Cow<'_, str> = match &message {
            Some(message) if message.chars().nth(MAX_MESSAGE).is_some() => {
                (message.chars().take(MAX_MESSAGE).collect::<String>() + "…").into()
            }
            Some(message) => message.into(),
            None if body.trim_ascii().is_empty() => "no message, the body is empty".into(),
            None => "no message the documents describe; see `raw`".into(),
        };
        let kind = kind_of(status, code.as_deref());
        Self::new(kind, concat(&[what, " answered ", &integer(status.into()), &label, ": ", &message])).with(|error| {
            error.status = Some(status);
            error.retryable = is_retryable(status, code.as_deref());
            error.request_id = request_id.map(str::to_owned).or(id_in_body);
            error.raw = Some(cut(body));
            error.code = code;
        })
    }
}

/// A text with secrets blotted out wherever they stand, also as JSON writes them: a service or a proxy may repeat the
/// request. It is done before anything is cut, as half a key is one half of a secret. A text that holds one escaped in
/// some other way, or in JSON within JSON, is blotted out as a whole. What is borrowed is the text as it was.
pub fn redact<'a>(text: &'a str, secrets: &[&str]) -> Cow<'a, str> {
    let secrets: Vec<&str> = secrets.iter().copied().filter(|secret| secret.len() >= MIN_SECRET).collect();
    if secrets.is_empty() {
        return text.into();
    }
    let mut blotted = Cow::Borrowed(text);
    for secret in &secrets {
        let mut written = String::new();
        json::quote(secret, &mut written);
        // As JSON first: the plain one may be a part of it, and what is left would be JSON no more.
        for secret in [written.get(1..written.len() - 1).unwrap_or_default(), secret] {
            if let Some(without) = without(&blotted, secret) {
                blotted = without.into();
            }
        }
    }
    let mut layer = Cow::Borrowed(&*blotted);
    for _ in 0..MAX_LAYERS {
        if !secrets.iter().any(|secret| may_hide(&layer, secret)) {
            break;
        }
        layer = json::unescaped(&layer).into();
        if secrets.iter().any(|secret| find(&layer, secret).is_some()) {
            return Cow::Owned("***".into());
        }
    }
    blotted
}

/// Whether a text may hold a secret that is not found as it stands. The escapes of JSON within JSON are those of quotes,
/// backslashes and line breaks, and a secret that has none of these is not written with them: then no more layers are made
/// plain.
fn may_hide(text: &str, secret: &str) -> bool {
    let is_harmless = |byte: &u8| matches!(byte, b'"' | b'\\' | b'b' | b'f' | b'n' | b'r' | b't');
    let is_plain = secret.bytes().all(|byte| !matches!(byte, b'"' | b'\\') && !byte.is_ascii_control());
    let (bytes, mut escaped) = (text.as_bytes(), false);
    bytes.iter().any(|byte| {
        let hides = escaped && !(is_plain && is_harmless(byte));
        escaped = *byte == b'\\';
        hides
    })
}

/// The text with a secret blotted out; `None` when it does not hold it.
fn without(text: &str, secret: &str) -> Option<String> {
    let mut place = find(text, secret)?;
    let (mut blotted, mut rest) = (String::new(), text);
    while let Some((before, found)) = rest.split_at_checked(place) {
        blotted = blotted + before + "***";
        rest = found.get(secret.len()..).unwrap_or_default();
        let Some(next) = find(rest, secret) else { break };
        place = next;
    }
    Some(blotted + rest)
}

/// Why something failed, in the service's own words: an operation's end, or the body of an error.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Failure {
    /// The service's code, such as `APIC.9218`.
    pub code: Option<String>,
    /// The service's message.
    pub message: Option<String>,
    /// The id of the request, where the body has one.
    #[serde(skip)]
    pub request_id: Option<String>,
}

impl Failure {
    /// The names that bodies give to the same thing, the most telling first.
    const CODES: [&str; 4] = ["error_code", "errCode", "errorCode", "code"];
    const MESSAGES: [&str; 6] = ["error_msg", "errMsg", "errorMsg", "errorMessage", "message", "title"];
    const REQUEST_IDS: [&str; 2] = ["request_id", "requestId"];

    /// A failure, if there is a code or a message to tell of.
    pub fn of(code: Option<String>, message: Option<String>) -> Option<Self> {
        (code.is_some() || message.is_some()).then_some(Self { code, message, request_id: None })
    }

    /// Reads an error body of any known shape, and of a broken one whatever comes before the break.
    pub fn read(body: &str) -> Self {
        let mut found = Found::default();
        // A body that breaks off still has the fields before the break.
        let _incomplete = json::object(body, &mut |key, value| found.field(key, value));
        Self { code: found.code.text, message: found.message.text, request_id: found.request_id.text }
    }
}

/// What an error body was found to say so far.
#[derive(Default)]
struct Found {
    code: Best,
    message: Best,
    request_id: Best,
}

/// The text that came under the most telling of several names, which is the first of them.
#[derive(Default)]
struct Best {
    text: Option<String>,
    rank: usize,
}

impl Found {
    fn field(&mut self, key: &str, value: &mut Reader<'_>) -> Result<(), Mismatch> {
        match value.peek() {
            Some(b'{') if key == "error" => return value.object(&mut |key, value| self.field(key, value)),
            Some(b'"' | b'-' | b'0'..=b'9') => {}
            _ => return value.skip(),
        }
        let Some(text) = value.text_or_null()? else { return Ok(()) };
        self.code.offer(&Failure::CODES, key, &text);
        self.message.offer(&Failure::MESSAGES, key, &text);
        self.request_id.offer(&Failure::REQUEST_IDS, key, &text);
        Ok(())
    }
}

impl Best {
    fn offer(&mut self, names: &[&str], key: &str, text: &str) {
        if let Some(rank) = names.iter().position(|name| *name == key)
            && (self.text.is_none() || rank <= self.rank)
        {
            *self = Self { text: Some(text.to_owned()), rank };
        }
    }
}

/// Which kind an answer's status and code make. Codes go first where a service's status misleads.
fn kind_of(status: u16, code: Option<&str>) -> ErrorKind {
    match (status, code) {
        // "Too many requests", sent as a 500.
        (_, Some("APIG.9008")) => ErrorKind::RateLimit,
        // 401 in one page of the documents, 403 in another.
        (401 | 403, Some("APIG.1005")) => ErrorKind::Permission,
        // ROMA Connect answers 400 for a token that is missing or wrong, and for one that may not do this.
        (400, Some("ROMA.1000" | "ROMA.1002")) => ErrorKind::Auth,
        (400, Some("ROMA.1006")) => ErrorKind::Permission,
        (401, _) => ErrorKind::Auth,
        (403, _) => ErrorKind::Permission,
        (404, _) => ErrorKind::NotFound,
        (429, _) => ErrorKind::RateLimit,
        (500.., _) => ErrorKind::Server,
        _ => ErrorKind::Api,
    }
}

/// A new token is not nothing: what needs one does not pass by itself.
fn is_retryable(status: u16, code: Option<&str>) -> bool {
    matches!(remedy(status, code), Some(Remedy::AskAgain | Remedy::WaitFirst(_)))
}

/// `str::find`, at a tenth of its size in the module.
pub(crate) fn find(text: &str, part: &str) -> Option<usize> {
    let (bytes, first) = (text.as_bytes(), part.bytes().next()?);
    let mut from = 0;
    loop {
        let place = from + bytes.get(from..)?.iter().position(|&byte| byte == first)?;
        if bytes.get(place..)?.starts_with(part.as_bytes()) {
            return Some(place);
        }
        from = place + 1;
    }
}

fn cut(body: &str) -> String {
    body.get(..body.floor_char_boundary(MAX_RAW)).unwrap_or(body).to_owned()
}
