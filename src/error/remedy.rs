//! What helps against a failure: the one table of what may be asked again.

use Remedy::{AskAgain, NewToken, WaitFirst};

/// What helps against a failure, with nothing else changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remedy {
    /// To ask again soon.
    AskAgain,
    /// To ask again after this many milliseconds: something else has to end first.
    WaitFirst(u64),
    /// To ask again with a new token, once.
    NewToken,
}

/// Codes say more than statuses, and go first. A code that means something else elsewhere is named with its status.
const BY_CODE: &[(&str, Option<u16>, Remedy)] = &[
    ("APIG.9008", None, AskAgain),
    ("SFS.TURBO.0037", None, AskAgain),
    ("SFS.TURBO.0011", None, WaitFirst(10_000)),
    ("APIG.3711", None, WaitFirst(60_000)),
    ("APIG.3718", None, WaitFirst(10_000)),
    ("APIC.7701", None, WaitFirst(10_000)),
    ("APIG.1001", Some(401), NewToken),
    ("APIG.1002", Some(401), NewToken),
    ("APIC.7101", Some(401), NewToken),
    ("APIC.7102", Some(401), NewToken),
    ("APIG.0307", Some(401), NewToken),
    ("IAM.0066", Some(401), NewToken),
    ("ROMA.1000", Some(400), NewToken),
    ("ROMA.1002", Some(400), NewToken),
];

const BY_STATUS: &[(u16, Remedy)] = &[(429, AskAgain), (502, AskAgain), (503, AskAgain), (504, AskAgain)];

/// What helps against an answer with this status and code, if anything does.
pub fn remedy(status: u16, code: Option<&str>) -> Option<Remedy> {
    let by_code = BY_CODE.iter().find(|(known, only, _)| code == Some(known) && only.is_none_or(|only| only == status));
    let by_status = || BY_STATUS.iter().find(|(known, _)| *known == status).map(|(_, remedy)| *remedy);
    by_code.map(|(.., remedy)| *remedy).or_else(by_status)
}
