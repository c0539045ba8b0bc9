//! Identity and Access Management (IAM): a token for a user's password.

use serde::Serialize;

use super::View;
use crate::call::{Answer, Arguments, Body, Endpoint, Kind, Parameter};
use crate::error::Error;
use crate::json::{self, Mismatch};
use crate::time;

/// A token. It is valid for 24 hours.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct IamToken {
    /// What to send as `X-Auth-Token`.
    pub token: String,
    /// When it ends, in epoch milliseconds.
    pub expires_at: Option<i64>,
    /// When it was given, in epoch milliseconds.
    pub issued_at: Option<i64>,
}

/// What is printed of a token is when it ends.
impl std::fmt::Debug for IamToken {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("IamToken").field("expires_at", &self.expires_at).finish_non_exhaustive()
    }
}

/// Asks for a token with a user's password, for a project by its name, else by its id.
pub const TOKEN: Endpoint<View> = Endpoint {
    check: one_project,
    proves_itself: true,
    ..Endpoint::post("KeystoneCreateUserTokenByPassword", "iam", "/v3/auth/tokens", Body::Json, |answer| {
        read_token(answer).map(View::IamToken)
    })
    .taking(&[
        Parameter::query("", "nocatalog", Kind::Fixed("true")),
        Parameter::field("", "auth.identity.methods", Kind::FixedList("password")),
        Parameter::field("user", "auth.identity.password.user.name", Kind::Text).required(),
        Parameter::field("password", "auth.identity.password.user.password", Kind::Secret).required(),
        Parameter::field("domain", "auth.identity.password.user.domain.name", Kind::Text).required(),
        Parameter::field("project", "auth.scope.project.name", Kind::Text),
        Parameter::field("projectId", "auth.scope.project.id", Kind::Text),
    ])
};

fn one_project(arguments: Arguments) -> Result<Arguments, Error> {
    match (arguments.text("project"), arguments.text("projectId")) {
        (None, None) => Err(Error::config("project", "expected the name of a project, or its id as projectId")),
        (Some(_), _) => Ok(arguments.without("projectId")),
        _ => Ok(arguments),
    }
}

/// Reads the answer: the token is a header, its times are in the body.
///
/// # Errors
///
/// The place where the answer is not what the documents describe.
pub fn read_token(answer: &Answer<'_>) -> Result<IamToken, Mismatch> {
    let (mut expires_at, mut issued_at) = (None, None);
    json::object(answer.body, &mut |key, value| match key {
        "token" => value.object(&mut |key, value| {
            match key {
                "expires_at" => expires_at = time::rfc3339_or_null(value)?,
                "issued_at" => issued_at = time::rfc3339_or_null(value)?,
                _ => value.skip()?,
            }
            Ok(())
        }),
        _ => value.skip(),
    })?;
    let token = answer.subject_token.ok_or_else(|| Mismatch::missing("X-Subject-Token", "a header with the token"))?;
    Ok(IamToken { token: token.to_owned(), expires_at, issued_at })
}
