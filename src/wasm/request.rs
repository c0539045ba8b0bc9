//! One call on its way: the token or the signature, `fetch`, the answer, and what is asked again.

use js_sys::{Date, Math};
use wasm_bindgen::prelude::*;

use super::guard::{Guard, Interrupt};
use super::host::{self, Host, Response};
use crate::auth::{self, TOKEN_HEADER, Unsigned};
use crate::call::{Answer, Body, Call};
use crate::error::{Error, Kind};
use crate::operation::retry::{self, Attempt, Next};
use crate::service::View;

/// Why a call has no answer.
pub enum Failed {
    /// An error of ours, and what it was made from.
    Error(Error, JsValue),
    /// The caller's signal was aborted, for this reason.
    Aborted(JsValue),
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self::Error(error, JsValue::UNDEFINED)
    }
}

/// A call, where it goes, and what JavaScript gave for it.
pub struct Request<'a> {
    call: Call<View>,
    url: String,
    host: &'a Host,
}

/// One try that failed, and how long the service wants to be left alone.
struct Refused {
    failed: Failed,
    retry_after_ms: Option<f64>,
}

impl<'a> Request<'a> {
    /// # Errors
    ///
    /// [`Kind::Config`] when there is no address to send it to.
    pub fn new(call: Call<View>, host: &'a Host) -> Result<Self, Error> {
        let url = call.url(host.endpoint(call.service).as_deref(), host.region().as_deref())?;
        Ok(Self { call, url, host })
    }

    /// Sends it, again where that may help; gives what the answer says and the body as it came.
    pub async fn run(&self) -> Result<(View, String), Failed> {
        let guard = Guard::new(&self.host.signal(), self.host.timeout_ms()).map_err(|why| self.failed(why))?;
        let mut token = self.token(None, &guard).await?;
        let mut attempt = Attempt {
            retries: 0,
            max_retries: self.host.max_retries(),
            reads: self.call.method == "GET",
            signed: self.host.credentials().is_some(),
            renewed: token.is_empty(),
            retry_after_ms: None,
            chance: 0.0,
        };
        loop {
            let Refused { failed, retry_after_ms } = match self.send(&token, &guard).await {
                Ok(answered) => return Ok(answered),
                Err(refused) => refused,
            };
            let Failed::Error(error, cause) = failed else { return Err(failed) };
            (attempt.retry_after_ms, attempt.chance) = (retry_after_ms, Math::random());
            match retry::next(&error, &attempt) {
                // A wait that does not fit into the time is not begun: the error says more than a time-out.
                Next::After(milliseconds) if milliseconds < guard.left_ms() => {
                    guard.sleep(milliseconds).await.map_err(|why| self.failed(why))?;
                    attempt.retries += 1;
                }
                Next::NewToken => {
                    attempt.renewed = true;
                    let new = self.token(Some(&token), &guard).await?;
                    if new == token {
                        return Err(Failed::Error(error, cause));
                    }
                    token = new;
                }
                _ => return Err(Failed::Error(error, cause)),
            }
        }
    }

    /// The token of the moment, checked; empty when none is to be sent. `expired` is the one that was refused.
    async fn token(&self, expired: Option<&str>, guard: &Guard) -> Result<String, Failed> {
        let Some(ask) = self.host.token().filter(|_| !self.call.proves_itself) else { return Ok(String::new()) };
        let expired = expired.map_or(JsValue::NULL, JsValue::from_str);
        let given = guard.race(ask.call1(&JsValue::UNDEFINED, &expired)).await.map_err(|why| match why {
            Interrupt::Failed(cause) => {
                let message = format!("{}: the `token` function failed", self.call.name);
                Failed::Error(Error::new(Kind::Auth, message), cause)
            }
            other => self.failed(other),
        })?;
        let token = given.as_string().ok_or_else(|| Error::config("token", "expected a string, found another type"))?;
        auth::check_token(&token)?;
        Ok(token)
    }

    async fn send(&self, token: &str, guard: &Guard) -> Result<(View, String), Refused> {
        let fetched = self.fetch(token, guard).await.map_err(|failed| Refused { failed, retry_after_ms: None })?;
        let (response, status, body) = fetched;
        let (request_id, subject_token) = (response.header("X-Request-Id"), response.header("X-Subject-Token"));
        let (request_id, subject_token) = (request_id.as_deref(), subject_token.as_deref());
        match self.call.answer(&Answer { status, request_id, subject_token, body: &body }, token) {
            Ok(view) => Ok((view, body)),
            Err(error) => {
                let retry_after_ms = response.header("Retry-After").and_then(|text| host::retry_after_ms(&text));
                Err(Refused { failed: error.into(), retry_after_ms })
            }
        }
    }

    async fn fetch(&self, token: &str, guard: &Guard) -> Result<(Response, u16, String), Failed> {
        let fetch = self.host.fetch();
        let fetch = fetch.ok_or_else(|| Error::config("fetch", "expected a function, and this platform has none"))?;
        let init = host::request_init(self.call.method, &self.headers(token), self.body(), guard.signal());
        let sent = fetch.call2(&JsValue::UNDEFINED, &self.url.as_str().into(), &init);
        let response = Response::from(guard.race(sent).await.map_err(|why| self.failed(why))?);

        let no_response = || Error::config("fetch", "expected it to answer with a Response");
        let status = response.status().ok_or_else(no_response)?;
        let body = guard.race(response.body()).await.map_err(|why| self.failed(why))?;
        let body = super::text(self.call.name, &body)?.ok_or_else(no_response)?;
        Ok((response, status, body))
    }

    fn headers(&self, token: &str) -> Vec<(&'static str, String)> {
        let mut headers = vec![("Accept", "application/json".to_owned())];
        headers.extend(self.call.content_type().map(|kind| ("Content-Type", kind)));
        if !token.is_empty() {
            headers.push((TOKEN_HEADER, token.to_owned()));
        }
        if let Some(credentials) = self.host.credentials().filter(|_| !self.call.proves_itself) {
            let body = match &self.call.body {
                Body::Nothing | Body::NothingAsJson => Some(&[][..]),
                Body::Json(text) => Some(text.as_bytes()),
                Body::Multipart { .. } => None,
            };
            headers.extend(credentials.sign(&Unsigned {
                method: self.call.method,
                url: &self.url,
                query: &self.call.query,
                body,
                project_id: &self.host.project_id(),
                time: &auth::timestamp((Date::now() + self.host.clock_skew_ms()) as i64),
            }));
        }
        headers
    }

    fn body(&self) -> JsValue {
        match &self.call.body {
            Body::Nothing | Body::NothingAsJson => JsValue::UNDEFINED,
            Body::Json(text) => text.as_str().into(),
            Body::Multipart { bytes, .. } => js_sys::Uint8Array::from(bytes.as_slice()).into(),
        }
    }

    fn failed(&self, why: Interrupt) -> Failed {
        let Self { call: Call { name, .. }, url, host } = self;
        let (kind, message, cause) = match why {
            Interrupt::Aborted(reason) => return Failed::Aborted(reason),
            Interrupt::TimedOut => {
                let message = format!("{name}: no answer within {} ms from {url}", host.timeout_ms() as u32);
                (Kind::Timeout, message, JsValue::UNDEFINED)
            }
            Interrupt::Failed(cause) if host::name_of(&cause).as_deref() == Some("AbortError") => {
                let message = format!("{name}: `fetch` was aborted, and not by the caller's signal: {url}");
                (Kind::Aborted, message, cause)
            }
            Interrupt::Failed(cause) => {
                let message = format!("{name}: no answer (in a browser, a refusal by CORS looks the same) from {url}");
                (Kind::Connection, message, cause)
            }
        };
        Failed::Error(Error::new(kind, message), cause)
    }
}
