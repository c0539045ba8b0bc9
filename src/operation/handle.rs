//! What is known of an operation that is watched. It is all there is to a watch, so it is also what to go on from: after a
//! reload, in another process, out of a queue. It holds no secret, and no address that anything would be sent to.

use serde::{Deserialize, Serialize, Serializer};

use super::schedule::{self, Known};
use crate::error::Error;
use crate::http::{Argument, Site, Within};
use crate::json;
use crate::model::prior::Prior;
use crate::service::Kind;
use crate::text::{concat, hash, join};

/// The version of what a [`Handle`] is written as.
pub const VERSION: i64 = 1;

/// Whatever a service asks for: a day.
const LONGEST_WAIT_MS: u64 = 86_400_000;

/// An integer that JavaScript holds exactly: a time in epoch milliseconds, or a count.
type Integer = Within<{ -json::MAX_SAFE_INTEGER }, { json::MAX_SAFE_INTEGER }>;

/// What is known of an operation that is watched.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Handle {
    pub(super) version: i64,
    /// The kind of operation.
    pub kind: String,
    /// Its ids by their names, in the order of its kind.
    #[serde(serialize_with = "ids_as_object")]
    pub ids: Vec<(String, String)>,
    /// Whose it is; `None` in a handle that does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<Owner>,
    /// When it began to be watched, in epoch milliseconds.
    pub begun_at: i64,
    /// Whether it was started then, so that the service may not know of it for a moment.
    pub fresh: bool,
    /// When it started, as the service says.
    pub started_at: Option<i64>,
    /// How often it was asked about.
    pub asked: i64,
    /// When it was asked about last.
    pub asked_at: Option<i64>,
    /// When to ask next.
    pub next_at: i64,
    /// How many polls have failed in a row.
    pub failures: i64,
    /// The percentages that were reported, in their order.
    #[serde(serialize_with = "as_texts")]
    pub milestones: Vec<Milestone>,
    /// Whether the last answer was an end.
    pub ended: bool,
    /// What tells whether anything of this was changed.
    pub check: String,
    /// How long its kind is likely to take: the kind's, and so not written.
    #[serde(skip)]
    pub(super) prior: Prior,
}

/// Whose an operation is: a handle of one client is refused by another.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Owner {
    /// The region, such as `cn-north-4`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// A hash of the client's own address, where it has one instead of a region.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<String>,
    /// The project's id.
    pub project_id: String,
}

/// A percentage that was reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Milestone {
    /// The percentage.
    pub percent: i64,
    /// When it was not reported yet.
    pub not_yet_at: i64,
    /// When it was seen first.
    pub seen_at: i64,
}

/// A handle as it was written, but for its version and its ids.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Written {
    kind: Option<String>,
    owner: Option<Owner>,
    begun_at: Option<Integer>,
    fresh: Option<bool>,
    started_at: Option<Integer>,
    asked: Option<Integer>,
    asked_at: Option<Integer>,
    next_at: Option<Integer>,
    failures: Option<Integer>,
    milestones: Option<Vec<String>>,
    ended: Option<bool>,
    check: Option<String>,
}

impl Owner {
    /// The owner of what a client with this site watches.
    pub fn of(site: &Site) -> Self {
        Self {
            region: site.region.clone(),
            endpoint: site.endpoint.as_ref().map(|endpoint| hash(endpoint.as_bytes())),
            project_id: site.project_id.clone(),
        }
    }
}

impl Handle {
    /// Begins to watch an operation of a kind: `ids` are those of the kind, by name. One that was started just now is
    /// `fresh`.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Config`](crate::error::ErrorKind::Config) for ids that are not those of the kind.
    pub fn begin(kind: &Kind, ids: Argument, owner: Option<Owner>, now: i64, fresh: bool) -> Result<Self, Error> {
        Ok(Self::new(kind, read_ids(kind, ids)?, owner, now, fresh))
    }

    fn new(kind: &Kind, ids: Vec<(String, String)>, owner: Option<Owner>, now: i64, fresh: bool) -> Self {
        // What was just started is not done at once; what was started elsewhere may be.
        let known = Known { prior: &kind.prior, elapsed_ms: 0, seen: &[], durations: &[] };
        let wait = if fresh { schedule::next_wait_ms(&known) } else { 0 };
        let handle = Self {
            version: VERSION,
            kind: kind.name.to_string(),
            ids,
            owner,
            begun_at: now,
            fresh,
            started_at: None,
            asked: 0,
            asked_at: None,
            next_at: after(now, wait),
            failures: 0,
            milestones: Vec::new(),
            ended: false,
            check: String::new(),
            prior: kind.prior,
        };
        handle.sealed()
    }

    /// The handle that was written; `find` knows its kind by the name. One that has no `check` only tells what is watched, and
    /// begins at `now`. With an `owner`, a handle of another is refused.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Config`](crate::error::ErrorKind::Config) when it is none, is of a later version, was changed, or is of
    /// another client.
    pub fn resume<'a>(
        mut written: Argument,
        find: impl FnOnce(&str) -> Result<&'a Kind, Error>,
        owner: Option<&Owner>,
        now: i64,
    ) -> Result<Self, Error> {
        // The version goes first: a later one may well have fields that are unknown here.
        match written.take("version") {
            Argument::Number(version) if version == VERSION as f64 => {}
            Argument::Number(later) if later > VERSION as f64 => {
                return Err(Error::config("version", "the handle is of a later version of this package"));
            }
            _ => return Err(Error::config("version", "expected a handle, which JSON.stringify(operation) gives")),
        }
        let ids = written.take("ids");
        let written: Written = written.read("handle")?;
        let kind = find(&written.kind.unwrap_or_default())?;
        let ids = read_ids(kind, ids)?;
        if let (Some(owner), Some(other)) = (owner, &written.owner)
            && owner != other
        {
            return Err(Error::config("owner", &difference(owner, other)));
        }
        let Some(check) = written.check else {
            return Ok(Self::new(kind, ids, written.owner.or_else(|| owner.cloned()), now, false));
        };
        let begun_at = written.begun_at.ok_or_else(|| Error::config("begunAt", "expected a time in milliseconds"))?.0;
        let number = |number: Option<Integer>| number.map(|number| number.0);
        let milestones = written.milestones.unwrap_or_default();
        let handle = Self {
            version: VERSION,
            kind: kind.name.to_string(),
            ids,
            owner: written.owner,
            begun_at,
            fresh: written.fresh == Some(true),
            started_at: number(written.started_at),
            asked: number(written.asked).unwrap_or(0),
            asked_at: number(written.asked_at),
            next_at: number(written.next_at).unwrap_or(begun_at),
            failures: number(written.failures).unwrap_or(0),
            milestones: milestones.iter().filter_map(|text| Milestone::from_text(text)).collect(),
            ended: written.ended == Some(true),
            check: String::new(),
            prior: kind.prior,
        };
        let handle = handle.sealed();
        if check != handle.check {
            return Err(Error::config("check", "the handle was changed since it was written"));
        }
        if handle.asked_at.unwrap_or(begun_at) > now {
            // By a clock that was ahead: what it waits for is not to be waited for by this one.
            return Ok(Self { next_at: now, ..handle }.sealed());
        }
        Ok(handle)
    }

    /// Its ids by their names, as a request takes them.
    pub fn ids(&self) -> Vec<(&str, &str)> {
        self.ids.iter().map(|(name, id)| (name.as_str(), id.as_str())).collect()
    }

    /// How long there is between the last question and the next, in milliseconds.
    pub fn wait_ms(&self) -> u64 {
        since(self.asked_at.unwrap_or(self.begun_at), self.next_at)
    }

    /// How long it has been running, in milliseconds.
    pub fn elapsed_ms(&self, now: i64) -> u64 {
        since(self.start(), now)
    }

    /// When it started. The service's clock may be ahead of this one.
    pub(super) fn start(&self) -> i64 {
        self.started_at.unwrap_or(self.begun_at).min(self.begun_at)
    }

    /// The same, with what tells that nothing of it was changed.
    pub(super) fn sealed(mut self) -> Self {
        self.check.clear();
        self.check = hash(json::to_text(&self).as_bytes());
        self
    }
}

impl Milestone {
    fn from_text(text: &str) -> Option<Self> {
        let numbers: Option<Vec<i64>> = text.split(' ').map(|number| number.parse().ok()).collect();
        let &[percent, not_yet_at, seen_at] = numbers?.first_chunk()?;
        Some(Self { percent, not_yet_at, seen_at })
    }
}

/// A time that so many milliseconds are after another, a day at most.
pub(super) fn after(now: i64, milliseconds: u64) -> i64 {
    let wait = i64::try_from(milliseconds.min(LONGEST_WAIT_MS)).unwrap_or(0);
    now.saturating_add(wait).min(json::MAX_SAFE_INTEGER)
}

/// How many milliseconds there are between two times.
pub(super) fn since(start: i64, now: i64) -> u64 {
    u64::try_from(now.saturating_sub(start)).unwrap_or(0)
}

/// The ids of a kind: all of them, and nothing else.
fn read_ids(kind: &Kind, ids: Argument) -> Result<Vec<(String, String)>, Error> {
    let Argument::Object(mut fields) = ids else { return Err(Error::config("ids", "expected an object")) };
    let names = kind.ids();
    let take = |name: &&str| {
        let found = fields.iter().position(|(field, _)| field == name).map(|index| fields.remove(index).1);
        match found {
            Some(Argument::Text(id)) if !id.is_empty() => Ok(((*name).to_owned(), id)),
            _ => Err(Error::config(name, "expected a non-empty string")),
        }
    };
    let ids = names.iter().map(take).collect::<Result<_, _>>()?;
    match fields.first() {
        Some((unknown, _)) => {
            let names = join(names.iter().copied(), ", ");
            Err(Error::config(unknown, &concat(&["unknown; expected one of ", &names])))
        }
        None => Ok(ids),
    }
}

fn difference(owner: &Owner, other: &Owner) -> String {
    let what = match () {
        () if owner.project_id != other.project_id => "project",
        () if owner.region != other.region => "region",
        () => "endpoint",
    };
    format!("the handle is of a client with another {what}")
}

fn as_texts<S: Serializer>(milestones: &[Milestone], serializer: S) -> Result<S::Ok, S::Error> {
    let text = |Milestone { percent, not_yet_at, seen_at }: &Milestone| format!("{percent} {not_yet_at} {seen_at}");
    serializer.collect_seq(milestones.iter().map(text))
}

/// Ids as an object, by their names.
pub(super) fn ids_as_object<S: Serializer>(ids: &[(String, String)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(ids.iter().map(|(name, id)| (name, id)))
}
