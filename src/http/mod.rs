//! One call of a service as data: its endpoint, what a caller gives, the request that is sent, what the response says, and
//! whether it is made again. What carries a request keeps time, proves who asks, sends and waits: that is
//! [`wasm`](crate#modules), or whoever uses this crate from Rust.

mod argument;
mod endpoint;
mod request;
mod response;
pub mod retry;
pub mod signature;
mod site;

pub use argument::{Argument, Milliseconds, Within};
pub use endpoint::{Endpoint, Method};
pub use request::{Body, FilePart, Form, Request, percent_encode};
pub use response::{Reply, Response};
pub use site::Site;
