//! Which call a body is an answer to.

use super::ANSWERS;
use crate::json;

/// An answer that is recognised and decoded without network.
#[derive(Debug)]
pub struct Answer {
    /// The call, by the name that the client gives it. Calls whose answers are alike have one name.
    pub call: &'static str,
    /// What is decoded: `decode` and this is the decoder's name.
    pub decoded: &'static str,
    /// What it has at its outermost level, and no row above it.
    pub(super) fields: &'static [&'static str],
    /// Whether the rest of it fits.
    pub(super) fits: fn(&str) -> bool,
}

/// The call that a body is an answer to, by the name that the client gives it; `None` for any other body, such as that of
/// an error. Two calls whose answers are alike have one name: `apig.importApis` is an export as well, `kps.associate` any
/// change of a key pair.
pub fn recognise(body: &str) -> Option<&'static str> {
    let mut fields = Vec::new();
    json::object(body, &mut |key, value| {
        fields.push(key.to_owned());
        value.skip()
    })
    .ok()?;
    let has = |needed: &&str| fields.iter().any(|field| field == needed);
    let answer = ANSWERS.iter().find(|answer| answer.fields.iter().all(has))?;
    (answer.fits)(body).then_some(answer.call)
}
