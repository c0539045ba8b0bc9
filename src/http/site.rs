//! Where requests go, and whose resources are meant.

use super::Endpoint;
use crate::error::Error;

/// Where requests go, and whose resources are meant.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Site {
    /// The project's id.
    pub project_id: String,
    /// The region, such as `cn-north-4`: each service has an address of its own there.
    pub region: Option<String>,
    /// One address for all services, instead of a region.
    pub endpoint: Option<String>,
    /// Other addresses for single services, by the part of the client, such as `kps`.
    pub endpoints: Vec<(String, String)>,
}

impl Site {
    /// The address of a service, without a slash at its end.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Config`](crate::error::ErrorKind::Config) when there is neither a region nor an endpoint, or the region
    /// is none.
    pub fn address(&self, endpoint: &Endpoint) -> Result<String, Error> {
        match (self.override_of(endpoint).or(self.endpoint.as_deref()), &self.region) {
            (Some(address), _) => Ok(address.trim_end_matches('/').to_owned()),
            (None, Some(region)) => regional_address(endpoint.service, region),
            (None, None) => Err(Error::config("region", "expected a region or an endpoint, found neither")),
        }
    }

    fn override_of(&self, endpoint: &Endpoint) -> Option<&str> {
        self.endpoints.iter().find(|(group, _)| group == endpoint.group).map(|(_, address)| address.as_str())
    }
}

/// A service's own address in a region. What cannot be part of a host name is refused: it would send the token elsewhere.
fn regional_address(service: &str, region: &str) -> Result<String, Error> {
    let is_label = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if region.is_empty() || !region.bytes().all(is_label) {
        return Err(Error::config("region", "expected lower-case letters, digits and hyphens, such as cn-north-4"));
    }
    // The one region that is run from Europe.
    let top = if region == "eu-west-101" { "eu" } else { "com" };
    Ok(format!("https://{service}.{region}.myhuaweicloud.{top}"))
}
