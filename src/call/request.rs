//! From an endpoint's table and arguments to the request that is sent.

use serde::Serialize;

use super::arguments::{Argument, Arguments};
use super::endpoint::{Body, Endpoint, Kind, Parameter};
use crate::error::Error;
use crate::json;
use crate::text::{concat, integer, join, split, split_once};

/// A request as plain data. It carries no proof of who sends it yet: whoever carries it adds that.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Request {
    /// The service's official name of the operation.
    pub name: &'static str,
    /// The HTTP method.
    pub method: &'static str,
    /// The address, with its query.
    pub url: String,
    /// The headers.
    pub headers: Vec<(&'static str, &'static str)>,
    /// The body, when it is text.
    pub body: Option<String>,
    /// The fields of the form, when the body is one.
    pub form: Option<Vec<(&'static str, String)>>,
    /// The name of the form's last field, which is the file, and the file's name.
    pub file: Option<(&'static str, String)>,
    /// Whether it says by itself who sends it.
    pub proves_itself: bool,
    /// What must not be seen in an error.
    pub secrets: Vec<String>,
}

/// What is printed of a request is where it goes: a body may hold a secret.
impl std::fmt::Debug for Request {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Request").field("method", &self.method).field("url", &self.url).finish_non_exhaustive()
    }
}

/// A value that is sent.
#[derive(Serialize)]
#[serde(untagged)]
enum Value<'a> {
    Text(&'a str),
    Flag(bool),
    Integer(i64),
    Texts(&'a [String]),
    List([&'static str; 1]),
}

impl<T> Endpoint<T> {
    /// The request that asks with these arguments, at an address such as `https://apig.cn-north-4.myhuaweicloud.com`.
    ///
    /// # Errors
    ///
    /// [`Kind::Config`](crate::error::Kind::Config) that names the argument which is missing, unknown or wrong.
    pub fn request(&self, arguments: Arguments, address: &str) -> Result<Request, Error> {
        self.refuse_unknown(&arguments)?;
        let arguments = (self.check)(arguments)?;
        let slashes = address.bytes().rev().take_while(|byte| *byte == b'/').count();
        let address = address.get(..address.len() - slashes).unwrap_or_default();
        let mut url = address.to_owned() + &self.path(&arguments)?;
        let (mut fields, mut file, mut secrets) = (Vec::new(), None, Vec::new());
        for parameter in self.parameters {
            let Some(value) = parameter.value(&arguments)? else { continue };
            match parameter.kind {
                _ if parameter.in_query => {
                    url.push(if url.bytes().any(|byte| byte == b'?') { '&' } else { '?' });
                    url = url + parameter.sent + "=" + &percent_encode(&value.to_text());
                }
                Kind::FileName => file = Some((parameter.sent, value.to_text())),
                kind => {
                    if kind == Kind::Secret {
                        secrets.push(value.to_text());
                    }
                    fields.push((parameter.sent, value));
                }
            }
        }
        let mut headers = vec![("Accept", "application/json")];
        if matches!(self.body, Body::Json | Body::NothingAsJson) {
            headers.push(("Content-Type", "application/json"));
        }
        Ok(Request {
            name: self.name,
            method: self.method,
            url,
            headers,
            body: (self.body == Body::Json).then(|| write_object(&fields)),
            form: (self.body == Body::Form)
                .then(|| fields.iter().map(|(name, value)| (*name, value.to_text())).collect()),
            file,
            proves_itself: self.proves_itself,
            secrets,
        })
    }

    /// The path with its arguments, each percent-encoded.
    fn path(&self, arguments: &Arguments) -> Result<String, Error> {
        let mut path = String::new();
        for (index, part) in path_parts(self.path).into_iter().enumerate() {
            if index % 2 == 0 {
                path.push_str(part);
                continue;
            }
            match arguments.text(part) {
                None => return Err(Error::config(part, &expected(Kind::Text))),
                // Every URL parser takes these for steps in the path, even when they are percent-encoded.
                Some("." | "..") => return Err(Error::config(part, "expected an id, found a step in a path")),
                Some(id) => path.push_str(&percent_encode(id)),
            }
        }
        Ok(path)
    }

    fn refuse_unknown(&self, arguments: &Arguments) -> Result<(), Error> {
        let in_path = path_parts(self.path).into_iter().skip(1).step_by(2);
        let known: Vec<(&str, Kind)> = in_path
            .map(|name| (name, Kind::Text))
            .chain(self.parameters.iter().map(|parameter| (parameter.name, parameter.kind)))
            .filter(|(name, _)| !name.is_empty())
            .collect();
        for name in arguments.names() {
            // What is within a value that is no object is refused with it, as a whole.
            let is_within =
                |known: &str| name.strip_prefix(known).is_some_and(|rest| rest.as_bytes().first() == Some(&b'.'));
            // The project is the client's, and comes with every call.
            let is_known = name == "projectId"
                || known.iter().any(|&(known, kind)| known == name || (kind != Kind::Object && is_within(known)));
            if !is_known {
                let beside = known.iter().map(|(known, _)| *known).filter(|known| parent(known) == parent(name));
                let beside: Vec<_> = beside.collect();
                return Err(Error::config(name, &concat(&["unknown; expected one of ", &join(beside, ", ")])));
            }
        }
        Ok(())
    }
}

impl Parameter {
    fn value<'a>(&self, arguments: &'a Arguments) -> Result<Option<Value<'a>>, Error> {
        let value = match (self.kind, arguments.get(self.name)) {
            (Kind::Fixed(text), _) => Value::Text(text),
            (Kind::FixedList(text), _) => Value::List([text]),
            (kind, None) => {
                let parent = parent(self.name);
                if self.required && (parent.is_empty() || arguments.get(parent).is_some()) {
                    return Err(Error::config(self.name, &expected(kind)));
                }
                return Ok(self.default.map(Value::Text));
            }
            (Kind::Object, Some(Argument::Object)) => return Ok(None),
            (Kind::Text | Kind::Secret | Kind::FileName, Some(Argument::Text(text))) if !text.is_empty() => {
                Value::Text(text)
            }
            (Kind::Word(words), Some(Argument::Text(word))) if words.contains(&word.as_str()) => Value::Text(word),
            (Kind::Flag, Some(Argument::Flag(flag))) => Value::Flag(*flag),
            (Kind::Integer(from, to), Some(Argument::Integer(number))) if (from..=to).contains(number) => {
                Value::Integer(*number)
            }
            (Kind::Texts, Some(Argument::Texts(texts, true))) => Value::Texts(texts),
            (kind, Some(_)) => return Err(Error::config(self.name, &expected(kind))),
        };
        Ok(Some(value))
    }
}

impl Value<'_> {
    /// The value as a query or a form has it.
    fn to_text(&self) -> String {
        match self {
            Self::Text(text) => (*text).to_owned(),
            other => json::to_text(other),
        }
    }
}

fn expected(kind: Kind) -> String {
    match kind {
        Kind::Word(words) => concat(&["expected one of ", &join(words.iter().copied(), ", ")]),
        Kind::Integer(from, to) => concat(&["expected an integer from ", &integer(from), " to ", &integer(to)]),
        Kind::Flag => "expected true or false".into(),
        Kind::Texts => "expected an array of non-empty strings".into(),
        Kind::Object => "expected an object".into(),
        _ => "expected a non-empty string".into(),
    }
}

/// A path's parts: every other one is a name that stood in braces.
fn path_parts(path: &'static str) -> Vec<&'static str> {
    split(path, b'{').into_iter().flat_map(|part| split(part, b'}')).collect()
}

/// The name of the object that a name is in; empty for one that is in none.
fn parent(name: &str) -> &str {
    name.bytes().rposition(|byte| byte == b'.').and_then(|dot| name.get(..dot)).unwrap_or_default()
}

/// Writes fields with dotted names as nested objects. Those of one object stand together.
fn write_object(fields: &[(&str, Value<'_>)]) -> String {
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value)).collect();
    let mut text = String::new();
    write_fields(&fields, &mut text);
    text
}

fn write_fields(mut fields: &[(&str, &Value<'_>)], text: &mut String) {
    text.push('{');
    while let Some((name, value)) = fields.first() {
        let (head, rest) = split_once(name, b'.').unwrap_or((name, ""));
        let is_beside = |name: &str| split_once(name, b'.').map_or(name, |(head, _)| head) == head;
        let same = fields.iter().take_while(|(name, _)| is_beside(name)).count();
        let (own, others) = fields.split_at_checked(same).unwrap_or_default();
        json::quote(head, text);
        text.push(':');
        if rest.is_empty() {
            text.push_str(&json::to_text(value));
        } else {
            let inner = own.iter().map(|(name, value)| (split_once(name, b'.').unwrap_or_default().1, *value));
            write_fields(&inner.collect::<Vec<_>>(), text);
        }
        fields = others;
        if !fields.is_empty() {
            text.push(',');
        }
    }
    text.push('}');
}

/// A text with everything percent-encoded but the unreserved characters.
pub fn percent_encode(text: &str) -> String {
    const DIGITS: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            encoded.extend([byte >> 4, byte & 15].iter().filter_map(|half| DIGITS.get(usize::from(*half))));
        }
    }
    encoded
}
