//! ROMA Connect: the progress of an instance's creation.

use std::borrow::Cow;

use serde::Serialize;

use crate::error::{Error, Failure};
use crate::http::{Endpoint, Reply, Request, Response, Site};
use crate::json::{self, Mismatch, Reader};
use crate::model::prior::Prior;
use crate::model::record::{Field, FieldValue, Read, Record, flag, integer, text, texts};
use crate::model::snapshot::{Part, Resource, Snapshot, State};
use crate::service::Watched;
use crate::words;

words! {
    /// The state of a creation, of the instance or of a part of it.
    pub enum RomaState { Creating = "creating", Success = "success", Failed = "failed" }
}

/// How far the creation of an instance is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RomaInstanceProgress {
    /// In percent.
    pub percent: Option<i64>,
    /// The state, an unknown word kept. `RUNNING` is `success` and `CREATE_FAILED` is `failed`.
    pub state: RomaState,
    /// Why it failed; there whenever the state is `failed`, and only then: before, `errorCode` holds the id of a job.
    pub error: Option<Failure>,
    /// In epoch milliseconds.
    pub started_at: Option<i64>,
    /// In epoch milliseconds, once the state is final.
    pub ended_at: Option<i64>,
    /// From the start to the end, or to `current_time` before the end, in milliseconds.
    pub elapsed_ms: Option<i64>,
    /// The service's clock, in epoch milliseconds.
    pub current_time: Option<i64>,
    /// `taken_time` as it came. Its unit is unknown: the documents' example has 1 after 30 seconds.
    pub taken_time: Option<i64>,
    /// The instance's id.
    pub instance_id: Option<String>,
    /// The instance's name.
    pub name: Option<String>,
    /// The parts of the instance, each created by itself.
    pub items: Vec<RomaItem>,
    /// The instance itself, with the fields of [`INSTANCE`]. It names users and tenants: do not log it.
    pub instance: Record,
}

/// How far the creation of a part of an instance is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RomaItem {
    /// The part's name, such as `mqs`.
    pub name: Option<String>,
    /// The state, an unknown word kept.
    pub state: RomaState,
    /// In percent.
    pub percent: Option<i64>,
    /// In epoch milliseconds.
    pub started_at: Option<i64>,
    /// In epoch milliseconds, once the state is final.
    pub ended_at: Option<i64>,
    /// `taken_time` as it came, its unit unknown.
    pub taken_time: Option<i64>,
    /// What went wrong, if the service says so.
    pub error: Option<Failure>,
}

/// The fields of an instance, in the order of the documents. `#` stands for a value that the service masks.
pub const INSTANCE: [Field; 69] = [
    field("instanceId", text),              // the instance's id
    field("name", text),                    // its name
    field("status", text),                  // CREATING, RUNNING or CREATE_FAILED
    field("connectAddress", text),          // the address to connect to
    field("connectAddressWithPP", text),    // the address that keeps the source address (next-generation APIC only)
    field("mgmtConnectAddress", text),      // where the management plane reaches the data plane (next generation)
    field("mgmtExtraConnectAddress", text), // where the management plane reaches the data plane (next-generation FDI)
    field("port", text),                    // the port; deprecated
    field("conAmount", text),               // the number of connections, as text (connection-pool mode only)
    field("type", text),                    // the type of instance
    field("location", text),                // the location; deprecated
    field("productId", text),               // the product's id
    field("engine", text),                  // the engine; deprecated
    field("engineVersion", text),           // the engine's version; deprecated
    field("chargingMode", integer),         // how it is paid for
    field("description", text),             // the description
    field("errorCode", text),               // why it failed; the id of a job while it is being created
    field("errorMessage", text),            // the same in words
    field("resTenantId", text),             // the project of the tenant that holds the resources
    field("resDomainId", text),             // the domain of the tenant that holds the resources
    field("resVpcId", text),                // the VPC of the tenant that holds the resources
    field("resSubnetId", text),             // the subnet of the tenant that holds the resources
    field("resSecurityGroupId", text),      // the security group of the tenant that holds the resources
    field("tenantId", text),                // the tenant's project
    field("tenantVpcId", text),             // the tenant's VPC
    field("tenantSubnetId", text),          // the tenant's subnet
    field("tenantSecurityGroupId", text),   // the tenant's security group
    field("userId", text),                  // the user's id
    field("userName", text),                // the user's name
    field("domainId", text),                // the domain's id
    field("virtualRouterId", text),         // the virtual router's id
    field("orderId", text),                 // the order's id
    field("createdAt", integer),            // when it was created, in epoch milliseconds
    field("updatedAt", integer),            // when it was last changed, in epoch milliseconds
    field("deletedAt", text),               // when it was deleted, as text
    field("availableZones", zones),         // the availability zones; empty when they cannot be read
    field("maintainBegin", text),           // when the maintenance window begins, as HH:MM:SS
    field("maintainEnd", text),             // when the maintenance window ends, as HH:MM:SS
    field("taskStatus", text),              // the state of a task
    field("noPasswordAccess", flag),        // whether it lets in without a password
    field("accessUser", text),              // the user who is let in
    field("publicipId", text),              // the id of the public address
    field("publicipAddr", text),            // the public address
    field("publicipBounded", flag),         // whether a public address is bound
    field("outZones", text),                // ignored: without meaning
    field("resourceList", text),            // the list of resources
    field("nameLike", text),                // ignored: without meaning
    field("instanceIdLike", text),          // ignored: without meaning
    field("specCode", text),                // the code of the specification
    field("statusIncluded", text),          // ignored: without meaning
    field("epId", text),                    // the enterprise project's id
    field("resLeakStatus", text),           // whether resources were left behind
    field("tagEntries", text),              // the tags
    field("epIds", text),                   // the system tags
    field("typeExcluded", text),            // ignored: without meaning
    field("ipv6Enable", flag),              // whether IPv6 is on
    field("ipv6ConnectAddress", text),      // the IPv6 address to connect to
    field("bandwidths", integer),           // the bandwidth
    field("ingressBandwidthSize", text),    // the ingress bandwidth (next generation)
    field("resInstanceClusterId", text),    // the id of the cluster the instance is in
    field("scope", text),                   // the kind of region: center or edge
    field("cpuArch", text),                 // the processor's architecture; Arm or x86
    field("cryptoType", text),              // the kind of encryption
    field("rocketmqEnable", flag),          // whether RocketMQ is on
    field("externalElbEnable", flag),       // whether an external load balancer is on
    field("ltsLogGroupId", text),           // the id of the log group in Log Tank Service
    field("demondPay", flag),               // whether it is paid for on demand (the service's own spelling)
    field("prePay", flag),                  // whether it is paid for in advance
    field("epIdOrDefault", text),           // the enterprise project's id
];

const fn field(name: &'static str, read: Read) -> Field {
    Field { name, shown: name, read }
}

/// A list of texts, which the service writes as JSON inside a string.
fn zones(value: &mut Reader<'_>) -> Result<FieldValue, Mismatch> {
    let list = value.text_or_null()?.unwrap_or_default();
    let mut list = Reader::new(&list);
    let zones = texts(&mut list).ok().filter(|_| list.peek().is_none());
    Ok(zones.unwrap_or(FieldValue::Texts(Vec::new())))
}

/// How far the creation of an instance is.
pub const INSTANCE_PROGRESS: Endpoint =
    Endpoint::get("GetCreateInstanceProcessV2", "roma", "roma", "/v2/{projectId}/instances/{instanceId}/process");

impl RomaInstanceProgress {
    /// The request that asks for it.
    ///
    /// # Errors
    ///
    /// See [`Endpoint::request`].
    pub fn request(site: &Site, instance_id: &str) -> Result<Request, Error> {
        INSTANCE_PROGRESS.request(site, &[("instanceId", instance_id)])
    }
}

impl Reply for RomaInstanceProgress {
    fn read(response: &Response) -> Result<Self, Mismatch> {
        read_instance_progress(&response.body)
    }
}

fn roma_state(state: &RomaState) -> State {
    match state {
        RomaState::Creating => State::Running,
        RomaState::Success => State::Succeeded,
        RomaState::Failed => State::Failed,
        RomaState::Unknown(_) => State::Unknown,
    }
}

impl Watched for RomaInstanceProgress {
    const KIND: &'static str = "roma.instance";
    const ENDPOINT: &'static Endpoint = &INSTANCE_PROGRESS;

    /// Nothing public. Taken to be like a gateway, and less sure.
    const PRIOR: Prior = Prior { median_ms: 314_000, steepness: 2, worth: 1, milestones: &[] };

    fn snapshot(&self) -> Snapshot {
        let part = |item: &RomaItem| Part {
            name: item.name.clone(),
            state: roma_state(&item.state),
            status: item.state.as_str().to_owned(),
            percent: item.percent,
            started_at: item.started_at,
            ended_at: item.ended_at,
            error: item.error.clone(),
            parts: Vec::new(),
        };
        Snapshot {
            percent: self.percent,
            started_at: self.started_at,
            ended_at: self.ended_at,
            error: self.error.clone(),
            parts: self.items.iter().map(part).collect(),
            resources: self
                .instance_id
                .iter()
                .map(|id| Resource { name: "instance_id".into(), id: id.clone() })
                .collect(),
            ..Snapshot::of(roma_state(&self.state), self.state.as_str())
        }
    }
}

/// Reads the body of an instance's progress.
///
/// # Errors
///
/// The place where the body is not what the documents describe. Only `status` has to be there, also in each item.
pub fn read_instance_progress(body: &str) -> Result<RomaInstanceProgress, Mismatch> {
    let (mut instance, mut items, mut instance_id, mut current_time) = (None, Vec::new(), None, None);
    let mut shared = Shared::default();
    json::object(body, &mut |key, value| {
        match key {
            "instance" if value.peek() != Some(b'n') => instance = Some(Record::read(&INSTANCE, value)?),
            "instance_id" => instance_id = value.text_or_null()?,
            "currentTime" => current_time = time(value)?,
            "item" => {
                items.clear();
                value.array_or_null(&mut |item| {
                    items.push(read_item(item)?);
                    Ok(())
                })?;
            }
            _ => shared.field(key, value)?,
        }
        Ok(())
    })?;
    let instance = instance.unwrap_or_else(|| Record::empty(&INSTANCE));
    let RomaItem { name, state, percent, started_at, ended_at, taken_time, .. } = shared.item()?;
    let error = (state == RomaState::Failed).then(|| {
        let of = |name| instance.text(name).map(str::to_owned);
        Failure::of(of("errorCode"), of("errorMessage")).unwrap_or_default()
    });
    let until = if is_final(&state) { ended_at } else { current_time };
    Ok(RomaInstanceProgress {
        percent,
        error,
        started_at,
        ended_at,
        elapsed_ms: until.zip(started_at).map(|(until, start)| until - start),
        current_time,
        taken_time,
        instance_id: instance_id.map(Cow::into_owned),
        name,
        items,
        instance,
        state,
    })
}

fn read_item(value: &mut Reader<'_>) -> Result<RomaItem, Mismatch> {
    let mut shared = Shared::default();
    value.object(&mut |key, value| shared.field(key, value))?;
    shared.item()
}

/// What the body of an instance and each of its items have in common.
#[derive(Default)]
struct Shared {
    texts: [Option<String>; 4],
    percent: Option<i64>,
    start: Option<i64>,
    end: Option<i64>,
    taken_time: Option<i64>,
}

impl Shared {
    const TEXTS: [&str; 4] = ["name", "status", "error_code", "error_msg"];

    fn field(&mut self, key: &str, value: &mut Reader<'_>) -> Result<(), Mismatch> {
        match key {
            "progress" => self.percent = value.integer_or_null()?,
            "start_time" => self.start = time(value)?,
            "end_time" => self.end = time(value)?,
            "taken_time" => self.taken_time = value.integer_or_null()?,
            _ if value.text_among(&Self::TEXTS, &mut self.texts, key)? => {}
            _ => value.skip()?,
        }
        Ok(())
    }

    fn item(self) -> Result<RomaItem, Mismatch> {
        let [name, status, code, message] = self.texts;
        let state = state(&status.ok_or_else(|| Mismatch::missing("status", "a word"))?);
        Ok(RomaItem {
            name,
            percent: self.percent,
            started_at: self.start,
            ended_at: self.end.filter(|_| is_final(&state)),
            taken_time: self.taken_time,
            error: Failure::of(code, message),
            state,
        })
    }
}

fn state(word: &str) -> RomaState {
    match word {
        word if word.eq_ignore_ascii_case("RUNNING") => RomaState::Success,
        word if word.eq_ignore_ascii_case("CREATE_FAILED") => RomaState::Failed,
        word => RomaState::from(word),
    }
}

fn is_final(state: &RomaState) -> bool {
    matches!(state, RomaState::Success | RomaState::Failed)
}

/// 0 stands for a time that is not there.
fn time(value: &mut Reader<'_>) -> Result<Option<i64>, Mismatch> {
    Ok(value.integer_or_null()?.filter(|&time| time != 0))
}
