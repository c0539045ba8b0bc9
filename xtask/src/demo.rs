//! The demo: the page and its server, or the same in the terminal.

use std::net::TcpListener;

use anyhow::Result;

use crate::command::{node, run};
use crate::package;
use crate::project::Project;

const USUAL_PORT: u16 = 8080;

/// What the demo is asked to do.
#[derive(Debug, Default, PartialEq)]
pub struct Demo {
    once: bool,
    port: Option<u16>,
    upstream: Option<String>,
}

impl Demo {
    /// Reads the words after `demo`. The error says which one is wrong.
    pub fn parse(words: &[&str]) -> Result<Self, String> {
        let mut demo = Self::default();
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match *word {
                "--once" => demo.once = true,
                "--port" => {
                    let port = words.next().and_then(|text| text.parse().ok());
                    demo.port = Some(port.ok_or("`--port` needs a number from 0 to 65535")?);
                }
                "--upstream" => demo.upstream = Some((*words.next().ok_or("`--upstream` needs a URL")?).to_owned()),
                word => return Err(format!("`demo` does not know `{word}`")),
            }
        }
        if demo.once && (demo.port.is_some() || demo.upstream.is_some()) {
            return Err("`--once` goes with no other option".into());
        }
        Ok(demo)
    }

    /// Builds the package and runs the demo until it ends.
    pub fn run(&self, project: &Project) -> Result<()> {
        package::build(project)?;
        let mut command = node(project);
        if self.once {
            return run(command.arg("www/once.js"), "the demo failed");
        }
        let port = self.port.unwrap_or_else(usual_or_free_port);
        command.args(["www/server.js", "--port", &port.to_string()]);
        if let Some(upstream) = &self.upstream {
            command.args(["--upstream", upstream]);
        }
        run(&mut command, "the demo's server failed")
    }
}

/// The usual port, or 0, for which the system picks a free one.
fn usual_or_free_port() -> u16 {
    if TcpListener::bind(("127.0.0.1", USUAL_PORT)).is_ok() { USUAL_PORT } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::Demo;

    #[test]
    fn reads_its_options() {
        assert_eq!(Demo::parse(&[]), Ok(Demo::default()));
        assert_eq!(Demo::parse(&["--once"]), Ok(Demo { once: true, ..Demo::default() }));
        let both = Demo { port: Some(9000), upstream: Some("https://a".into()), once: false };
        assert_eq!(Demo::parse(&["--port", "9000", "--upstream", "https://a"]), Ok(both));
    }

    #[test]
    fn refuses_what_it_does_not_know() {
        for words in
            [&["--prot", "1"][..], &["--port"], &["--port", "65536"], &["--upstream"], &["--once", "--port", "1"]]
        {
            assert!(Demo::parse(words).is_err(), "{words:?}");
        }
    }
}
