//! An endpoint as a table: the service's own name of it, and where it is.

use super::Site;
use super::request::{Body, Request, percent_encode};
use crate::error::Error;

/// An HTTP method. Only what a `GET` asks is ever asked again by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// It reads.
    Get,
    /// It does something.
    Post,
}

impl Method {
    /// The method as it is sent.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
        }
    }
}

/// One of a service's endpoints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Endpoint {
    /// The service's official name of the operation.
    pub name: &'static str,
    /// The part of the client that it belongs to, such as `kps`.
    pub group: &'static str,
    /// The service, as its address names it, such as `kms`.
    pub service: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path. What stands in braces is the name of an id, which is one segment whatever it holds.
    pub path: &'static str,
    /// Whether it insists on a content type, though it has no body.
    pub needs_content_type: bool,
}

impl Endpoint {
    /// An endpoint that is read.
    pub const fn get(name: &'static str, group: &'static str, service: &'static str, path: &'static str) -> Self {
        Self { name, group, service, method: Method::Get, path, needs_content_type: false }
    }

    /// An endpoint that does something.
    pub const fn post(name: &'static str, group: &'static str, service: &'static str, path: &'static str) -> Self {
        Self { method: Method::Post, ..Self::get(name, group, service, path) }
    }

    /// The names of the ids in its path, but the project's, which is the site's.
    pub fn ids(&self) -> impl Iterator<Item = &'static str> {
        let names = self.path.split('{').skip(1).filter_map(|part| Some(part.split_once('}')?.0));
        names.filter(|name| *name != "projectId")
    }

    /// The request that goes there: `ids` are those of the path, by name, but the project's, which is the site's.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Config`](crate::error::ErrorKind::Config) that names the id which cannot be part of a path, or what the
    /// site lacks.
    pub fn request(&self, site: &Site, ids: &[(&str, &str)]) -> Result<Request, Error> {
        Ok(Request {
            name: self.name,
            method: self.method,
            url: self.address(site, ids)?,
            content_type: self.needs_content_type.then_some("application/json"),
            body: Body::Nothing,
            proves_itself: false,
            secrets: Vec::new(),
        })
    }

    /// The address with its ids, each percent-encoded.
    fn address(&self, site: &Site, ids: &[(&str, &str)]) -> Result<String, Error> {
        let mut address = site.address(self)?;
        let mut rest = self.path;
        while let Some((before, after)) = rest.split_once('{') {
            let (part, after) = after.split_once('}').unwrap_or((after, ""));
            rest = after;
            address.push_str(before);
            let id = match part {
                "projectId" => site.project_id.as_str(),
                _ => ids.iter().find(|(name, _)| *name == part).map_or("", |(_, id)| id),
            };
            match id {
                "" => return Err(Error::config(part, "expected a non-empty string")),
                // Every URL parser takes these for steps in the path, even when they are percent-encoded.
                "." | ".." => return Err(Error::config(part, "expected an id, found a step in a path")),
                id => address.push_str(&percent_encode(id)),
            }
        }
        address.push_str(rest);
        Ok(address)
    }
}
