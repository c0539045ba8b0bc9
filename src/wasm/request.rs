//! One call on its way: the token, `fetch`, the answer.

use wasm_bindgen::prelude::*;

use super::guard::{Guard, Interrupt};
use super::host::{self, Host, Response};
use crate::auth;
use crate::call::{Answer, Call};
use crate::error::{Error, Kind};
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

impl<'a> Request<'a> {
    /// # Errors
    ///
    /// [`Kind::Config`] when there is no address to send it to.
    pub fn new(call: Call<View>, host: &'a Host) -> Result<Self, Error> {
        let url = call.url(host.endpoint().as_deref(), host.region().as_deref())?;
        Ok(Self { call, url, host })
    }

    /// Sends it; gives what the answer says and the body as it came.
    pub async fn run(&self) -> Result<(View, String), Failed> {
        let guard = Guard::new(&self.host.signal(), self.host.timeout_ms()).map_err(|why| self.failed(why))?;
        let token = self.token(&guard).await?;
        self.send(&token, &guard).await.map_err(|failed| match failed {
            Failed::Error(error, cause) => Failed::Error(error.without(&token), cause),
            aborted => aborted,
        })
    }

    /// The token of the moment, checked; empty when none is to be sent.
    async fn token(&self, guard: &Guard) -> Result<String, Failed> {
        let Some(ask) = self.host.token() else { return Ok(String::new()) };
        let given = guard.race(ask.call0(&JsValue::UNDEFINED)).await.map_err(|why| match why {
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

    async fn send(&self, token: &str, guard: &Guard) -> Result<(View, String), Failed> {
        let fetch = self.host.fetch();
        let fetch = fetch.ok_or_else(|| Error::config("fetch", "expected a function, and this platform has none"))?;
        let init = host::request_init(self.call.method, token, guard.signal());
        let sent = fetch.call2(&JsValue::UNDEFINED, &self.url.as_str().into(), &init);
        let response = Response::from(guard.race(sent).await.map_err(|why| self.failed(why))?);

        let no_response = || Error::config("fetch", "expected it to answer with a Response");
        let status = response.status().ok_or_else(no_response)?;
        let body = guard.race(response.body()).await.map_err(|why| self.failed(why))?;
        let body = super::text(self.call.name, &body)?.ok_or_else(no_response)?;
        let request_id = response.request_id();
        let answer = Answer { status, request_id: request_id.as_deref(), subject_token: None, body: &body };
        let view = self.call.answer(&answer)?;
        Ok((view, body))
    }

    fn failed(&self, why: Interrupt) -> Failed {
        let Self { call: Call { name, .. }, url, host } = self;
        let (kind, message, cause) = match why {
            Interrupt::Aborted(reason) => return Failed::Aborted(reason),
            Interrupt::TimedOut => {
                let message = format!("{name}: no answer within {} ms from {url}", host.timeout_ms());
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
