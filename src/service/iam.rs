//! Identity and Access Management (IAM): a token for a user's password.

use serde::Serialize;

use super::View;
use crate::arguments::Arguments;
use crate::call::{Answer, Body, Call};
use crate::error::Error;
use crate::json::{self, Mismatch, Value};
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

/// `KeystoneCreateUserTokenByPassword`. Arguments: `user`, `password`, `domain` (the account's name), and the project the
/// token is for: its name as `project`, else its id as `projectId`.
///
/// # Errors
///
/// [`Kind::Config`](crate::error::Kind::Config) that names the argument.
pub fn token(arguments: &Arguments) -> Result<Call<Box<View>>, Error> {
    arguments.only(&["projectId", "user", "password", "domain", "project"])?;
    let password = arguments.text("password")?;
    let named = |name: &'static str, value| Value::Object(vec![(name, Some(value))]);
    let user = Value::Object(vec![
        ("name", Some(Value::Text(arguments.text("user")?))),
        ("password", Some(Value::Text(password))),
        ("domain", Some(named("name", Value::Text(arguments.text("domain")?)))),
    ]);
    let project = match arguments.optional_text("project")? {
        Some(name) => named("name", Value::Text(name)),
        None => named("id", Value::Text(arguments.text("projectId")?)),
    };
    let identity =
        Value::Object(vec![("methods", Some(Value::Texts(vec!["password"]))), ("password", Some(named("user", user)))]);
    let auth = Value::Object(vec![("identity", Some(identity)), ("scope", Some(named("project", project)))]);
    let body = Body::Json(named("auth", auth).to_json());
    let call = Call::post("KeystoneCreateUserTokenByPassword", "iam", "/v3/auth/tokens".into(), body, |answer| {
        read_token(answer).map(View::IamToken)
    });
    Ok(Call {
        query: vec![("nocatalog", "true".into())],
        secrets: vec![password.to_owned()],
        proves_itself: true,
        ..call
    })
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
