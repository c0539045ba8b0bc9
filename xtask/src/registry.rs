//! What JavaScript and TypeScript know of the kinds and calls, written from the tables of the Rust side into
//! `target/registry/`: nothing of it is typed twice.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use huaweicloud_tasks::service::{ANSWERS, CALLS, KIND_WORDS, KINDS};

use crate::project::{self, Project};

/// Where it is written.
pub fn folder(project: &Project) -> PathBuf {
    project.target().join("registry")
}

/// Writes all of it.
pub fn write(project: &Project) -> Result<()> {
    let folder = folder(project);
    project::make_empty(&folder)?;
    for (name, text) in
        [("registry.js", registry()), ("decoders.js", decoders()), ("words.js", words()), ("registry.d.ts", types())]
    {
        fs::write(folder.join(name), text).with_context(|| format!("cannot write {name}"))?;
    }
    Ok(())
}

/// What the client has to know before the module is there.
fn registry() -> String {
    let kinds = KINDS.iter().map(|kind| format!("  '{}': [{}],\n", kind.name, quoted(&kind.ids(), ", ")));
    format!(
        "/** The kinds of operation, and the ids of each. */\nexport const KINDS = {{\n{}}};\n\n\
         /** The services whose addresses can be overridden. */\nexport const SERVICES = [{}];\n",
        kinds.collect::<String>(),
        quoted(&services(), ", ")
    )
}

/// The decoders that the module alone has, and the small one of `/decode` has not.
fn decoders() -> String {
    let mut text = "import * as glue from '#glue';\nimport { decoder } from '#decoder';\n\n\
                    /** @see index.d.ts, as for every function here. */\n"
        .to_owned();
    let names = decoded().into_iter().filter(|name| *name != "AsyncTask").map(|name| format!("decode{name}"));
    for name in names.chain(["recognise".to_owned()]) {
        let _ = writeln!(text, "export const {name} = decoder((body) => glue.{name}(body));");
    }
    text
}

/// What the command line says of each kind.
fn words() -> String {
    let rows = KINDS.iter().zip(KIND_WORDS).map(|(kind, (about, _))| format!("  '{}': '{about}',\n", kind.name));
    format!(
        "/** What an operation of each kind is. @type {{Record<string, string>}} */\nexport const KIND_WORDS = {{\n{}}};\n",
        rows.collect::<String>()
    )
}

fn types() -> String {
    let kinds = || KINDS.iter().zip(KIND_WORDS);
    let details = kinds().map(|(kind, (_, detail))| format!("  '{}': {detail};\n", kind.name));
    let ids = KINDS.iter().map(|kind| {
        let ids: Vec<String> = kind.ids().iter().map(|id| format!("{id}: string")).collect();
        format!("  '{}': {{ {} }};\n", kind.name, ids.join("; "))
    });
    let calls = distinct(ANSWERS.iter().map(|answer| answer.call));
    format!(
        "import type {{ {} }} from './index.js';\n\n\
         /** Each kind of long-running operation, with the answer of the call that tells how it fares. */\n\
         export interface OperationDetails {{\n{}}}\n\n\
         /** Each kind of long-running operation, with its ids. */\n\
         export interface OperationIds {{\n{}}}\n\n\
         /** The services whose addresses can be overridden. Key pairs live on the address of KMS. */\n\
         export type ServiceName = {};\n\n\
         /**\n \
         * The calls whose answers `recognise` knows. Calls with answers that are alike have one name: `apig.importApis` stands\n \
         * for `apig.exportApis` too, and `kps.associate` for `kps.disassociate`.\n \
         */\n\
         export type AnsweredCall =\n  | {};\n",
        KIND_WORDS.iter().map(|(_, detail)| *detail).collect::<Vec<_>>().join(", "),
        details.collect::<String>(),
        ids.collect::<String>(),
        quoted(&services(), " | "),
        quoted(&calls, "\n  | "),
    )
}

/// The parts of the client, in the order of its calls.
fn services() -> Vec<&'static str> {
    distinct(CALLS.iter().map(|(_, endpoint)| endpoint.group))
}

/// What is decoded, each once.
fn decoded() -> Vec<&'static str> {
    distinct(ANSWERS.iter().map(|answer| answer.decoded))
}

/// Words, each once: those that are the same stand together in the tables.
fn distinct(words: impl Iterator<Item = &'static str>) -> Vec<&'static str> {
    let mut words: Vec<_> = words.collect();
    words.dedup();
    words
}

fn quoted(words: &[&str], between: &str) -> String {
    words.iter().map(|word| format!("'{word}'")).collect::<Vec<_>>().join(between)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_has_its_ids_and_its_words() {
        assert!(registry().contains("  'apig.task': ['instanceId', 'taskId'],\n"), "{}", registry());
        assert!(registry().contains("SERVICES = ['apig', 'roma', "), "{}", registry());
        assert!(words().contains("  'sfs-turbo.job': 'jobs of SFS Turbo',\n"), "{}", words());
    }

    #[test]
    fn each_answer_has_a_decoder() {
        let text = decoders();
        assert!(text.contains("export const decodeStartedTask = decoder((body) => glue.decodeStartedTask(body));\n"));
        assert!(text.contains("export const recognise = "));
        // It is in the small module as well, and comes from there.
        assert!(!text.contains("decodeAsyncTask"));
        assert_eq!(text.matches("decodeRomaInstanceProgress =").count(), 1);
    }

    #[test]
    fn each_kind_has_its_types() {
        let text = types();
        for line in [
            "  'sfs-turbo.job': SfsTurboJob;\n",
            "  'apig.task': { instanceId: string; taskId: string };\n",
            "export type ServiceName = 'apig' | 'roma' |",
            "  | 'apig.gatewayProgress'\n",
        ] {
            assert!(text.contains(line), "{text}");
        }
    }
}
