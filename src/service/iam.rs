//! Identity and Access Management (IAM): a token for a user's password.

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::http::{Endpoint, Reply, Request, Response, Site};
use crate::json::{self, Mismatch};
use crate::model::time;

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

/// A user's password, and the project that the token is to be for.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PasswordLogin {
    /// The user's name.
    pub user: String,
    /// The user's password.
    pub password: String,
    /// The name of the account that the user belongs to.
    pub domain: String,
    /// The project's name; without one, the token is for the client's project.
    pub project: Option<String>,
}

/// What is printed of a login is whose it is.
impl std::fmt::Debug for PasswordLogin {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("PasswordLogin").field("user", &self.user).finish_non_exhaustive()
    }
}

/// Asks for a token with a user's password.
pub const TOKEN: Endpoint = Endpoint::post("KeystoneCreateUserTokenByPassword", "iam", "iam", "/v3/auth/tokens");

impl PasswordLogin {
    /// The request that asks for a token, for a project by its name, else by its id.
    ///
    /// # Errors
    ///
    /// See [`Endpoint::request`].
    pub fn request(&self, site: &Site) -> Result<Request, Error> {
        let project = match (&self.project, site.project_id.as_str()) {
            (Some(name), _) => Project { name: Some(name), id: None },
            (None, "") => {
                return Err(Error::config("project", "expected the name of a project, or its id as projectId"));
            }
            (None, id) => Project { name: None, id: Some(id) },
        };
        let user = User { name: &self.user, password: &self.password, domain: Domain { name: &self.domain } };
        let identity = Identity { methods: ["password"], password: Password { user } };
        let body = Login { auth: Auth { identity, scope: Scope { project } } };
        let request = TOKEN.request(site, &[])?.query("nocatalog", "true").json(&body);
        Ok(Request { proves_itself: true, secrets: vec![self.password.clone()], ..request })
    }
}

/// The body of the request, as the service names its parts.
#[derive(Serialize)]
struct Login<'a> {
    auth: Auth<'a>,
}

#[derive(Serialize)]
struct Auth<'a> {
    identity: Identity<'a>,
    scope: Scope<'a>,
}

#[derive(Serialize)]
struct Identity<'a> {
    methods: [&'static str; 1],
    password: Password<'a>,
}

#[derive(Serialize)]
struct Password<'a> {
    user: User<'a>,
}

#[derive(Serialize)]
struct User<'a> {
    name: &'a str,
    password: &'a str,
    domain: Domain<'a>,
}

#[derive(Serialize)]
struct Domain<'a> {
    name: &'a str,
}

#[derive(Serialize)]
struct Scope<'a> {
    project: Project<'a>,
}

/// By its name or by its id. (An enum would have variants with values, which [`json::to_text`] does not write.)
#[derive(Serialize)]
struct Project<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
}

impl Reply for IamToken {
    fn read(response: &Response) -> Result<Self, Mismatch> {
        read_token(response)
    }
}

/// Reads the answer: the token is a header, its times are in the body.
///
/// # Errors
///
/// The place where the answer is not what the documents describe.
pub fn read_token(response: &Response) -> Result<IamToken, Mismatch> {
    let (mut expires_at, mut issued_at) = (None, None);
    json::object(&response.body, &mut |key, value| match key {
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
    let token = response
        .subject_token
        .as_deref()
        .ok_or_else(|| Mismatch::missing("X-Subject-Token", "a header with the token"))?;
    Ok(IamToken { token: token.to_owned(), expires_at, issued_at })
}
