//! Watches the creation of a gateway to its end, from Rust: `cargo run --example watch_gateway -- <instance id>`, with
//! `HUAWEICLOUD_TOKEN`, `HUAWEICLOUD_PROJECT_ID` and `HUAWEICLOUD_ENDPOINT` or `HUAWEICLOUD_REGION` in the environment.
//!
//! This crate makes the request, reads the response and says when to ask again; the sending and the sleeping are here. The
//! services answer over TLS: give `ureq` its feature `rustls` in Cargo.toml. The simulator needs none.

use std::env;
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use huaweicloud_tasks::error::Error;
use huaweicloud_tasks::http::{Request, Response, Site};
use huaweicloud_tasks::operation::handle::Handle;
use huaweicloud_tasks::operation::poll::{Action, Event};
use huaweicloud_tasks::operation::view::View;
use huaweicloud_tasks::service;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let instance_id = env::args().nth(1).ok_or("which gateway? expected the id of an instance")?;
    let site = Site {
        project_id: env::var("HUAWEICLOUD_PROJECT_ID")?,
        endpoint: env::var("HUAWEICLOUD_ENDPOINT").ok(),
        region: env::var("HUAWEICLOUD_REGION").ok(),
        ..Site::default()
    };
    let handle =
        Handle::begin(service::find_kind("apig.gateway")?, [("instanceId", &*instance_id)].into(), None, now(), false)?;
    let tell = |view: &View| println!("{:?}, {:?} %", view.state, view.percent);
    let view = watch(&site, &env::var("HUAWEICLOUD_TOKEN")?, handle, thread::sleep, tell)?;
    view.error.map_or(Ok(()), |failure| Err(format!("{failure:?}").into()))
}

/// Asks about an operation until it has ended, and tells of every answer.
pub fn watch(
    site: &Site,
    token: &str,
    mut handle: Handle,
    sleep: impl Fn(Duration),
    tell: impl Fn(&View),
) -> Result<View, Error> {
    let kind = service::find_kind(&handle.kind)?;
    loop {
        sleep(Duration::from_millis(handle.next_at.saturating_sub(now()).try_into().unwrap_or(0)));
        let request = kind.request(site, &handle.ids())?;
        let response = send(&request, token);
        let retry_after_ms = response.as_ref().ok().and_then(|response| response.retry_after_ms);
        let answer = response.and_then(|response| kind.read(&response, &request));
        let event = match &answer {
            Ok(detail) => Event::from(&detail.snapshot()),
            Err(error) => Event::failed(error, retry_after_ms),
        };
        let action;
        (handle, action) = handle.advance(event, now(), &[]);
        let view = answer.map(|detail| View::new(&handle, detail, now(), &[]));
        let _told = view.as_ref().map(&tell);
        // Until then there may be errors that pass: the handle knows when to ask again.
        if action == Action::End || action == Action::GiveUp {
            return view;
        }
    }
}

/// Sends a request that reads, and gives the response with the token blotted out.
fn send(request: &Request, token: &str) -> Result<Response, Error> {
    let config = ureq::config::Config::builder().http_status_as_error(false).max_redirects(0);
    let agent = ureq::Agent::from(config.timeout_global(Some(Duration::from_secs(30))).build());
    let headers = agent.get(&request.url).header("X-Auth-Token", token).header("Content-Type", "application/json");
    let mut response = headers.call().map_err(|_| request.unanswered())?;
    let header = |name| response.headers().get(name)?.to_str().ok().map(str::to_owned);
    let (request_id, retry_after) = (header("X-Request-Id"), header("Retry-After"));
    let retry_after_ms = retry_after.and_then(|seconds| Some(seconds.parse::<u64>().ok()?.saturating_mul(1_000)));
    let status = response.status().as_u16();
    let body = response.body_mut().read_to_string().map_err(|_| request.unanswered())?;
    Ok(Response { status, request_id, retry_after_ms, body, ..Response::default() }.redacted(&[token]))
}

fn now() -> i64 {
    let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX)
}
