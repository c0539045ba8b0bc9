//! An endpoint as a table: where it is, what it takes, and how its answer is read.

use super::{Answer, Arguments};
use crate::error::Error;
use crate::json::Mismatch;

/// One of a service's endpoints, answered with a `T`.
#[derive(Debug, Clone, Copy)]
pub struct Endpoint<T> {
    /// The service's official name of the operation.
    pub name: &'static str,
    /// The service, as its address names it: `apig`.
    pub service: &'static str,
    /// The HTTP method. Only what a `GET` asks is ever asked again by itself.
    pub method: &'static str,
    /// The path. What stands in braces is the name of an argument, which is one segment whatever it holds.
    pub path: &'static str,
    /// What else it takes, in the order in which it is sent.
    pub parameters: &'static [Parameter],
    /// What kind of body it takes.
    pub body: Body,
    /// What no table can say of the arguments.
    pub check: fn(Arguments) -> Result<Arguments, Error>,
    /// Whether its body says who sends it, so that it needs neither token nor signature.
    pub proves_itself: bool,
    /// How a 2xx is read.
    pub read: fn(&Answer<'_>) -> Result<T, Mismatch>,
}

/// What kind of body an endpoint takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Body {
    /// None.
    Nothing,
    /// None, but it insists on a content type all the same.
    NothingAsJson,
    /// JSON.
    Json,
    /// A form with a file (`multipart/form-data`).
    Form,
}

/// One thing that an endpoint takes.
#[derive(Debug, Clone, Copy)]
pub struct Parameter {
    /// The name that it is given here. A dot leads into an object.
    pub name: &'static str,
    /// The service's name of it. A dot leads into an object.
    pub sent: &'static str,
    /// Whether it is part of the query rather than of the body.
    pub in_query: bool,
    /// What it may be.
    pub kind: Kind,
    /// Whether it has to be there, wherever the object that it is in is there.
    pub required: bool,
    /// What is sent when it is not there.
    pub default: Option<&'static str>,
}

/// What a parameter may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A text that is not empty.
    Text,
    /// A text that must not be seen in an error, though a service may repeat it there: a key, a password.
    Secret,
    /// One of the words that the service takes.
    Word(&'static [&'static str]),
    /// `true` or `false`.
    Flag,
    /// An integer from the first to the second.
    Integer(i64, i64),
    /// Texts that are not empty.
    Texts,
    /// An object, of which the parameters with longer names tell more.
    Object,
    /// The name of the file that is sent.
    FileName,
    /// No argument: always this.
    Fixed(&'static str),
    /// No argument: always a list of this alone.
    FixedList(&'static str),
}

impl<T> Endpoint<T> {
    /// An endpoint that is read.
    pub const fn get(
        name: &'static str,
        service: &'static str,
        path: &'static str,
        read: fn(&Answer<'_>) -> Result<T, Mismatch>,
    ) -> Self {
        let (method, body) = ("GET", Body::Nothing);
        Self { name, service, method, path, parameters: &[], body, check: Ok, proves_itself: false, read }
    }

    /// An endpoint that does something.
    pub const fn post(
        name: &'static str,
        service: &'static str,
        path: &'static str,
        body: Body,
        read: fn(&Answer<'_>) -> Result<T, Mismatch>,
    ) -> Self {
        let method = "POST";
        Self { name, service, method, path, parameters: &[], body, check: Ok, proves_itself: false, read }
    }

    /// The same endpoint, which takes these.
    #[must_use]
    pub const fn taking(mut self, parameters: &'static [Parameter]) -> Self {
        self.parameters = parameters;
        self
    }
}

impl Parameter {
    /// A part of the query.
    pub const fn query(name: &'static str, sent: &'static str, kind: Kind) -> Self {
        Self { in_query: true, ..Self::field(name, sent, kind) }
    }

    /// A part of the body.
    pub const fn field(name: &'static str, sent: &'static str, kind: Kind) -> Self {
        Self { name, sent, in_query: false, kind, required: false, default: None }
    }

    /// The same parameter, which has to be there.
    #[must_use]
    pub const fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// The same parameter, with what is sent when it is not there.
    #[must_use]
    pub const fn or(self, default: &'static str) -> Self {
        Self { default: Some(default), ..self }
    }
}
