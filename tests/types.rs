//! The words and names of the Rust side against those of the TypeScript types, by way of `tests/types/words.ts`, where
//! the compiler holds the types to them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]

use std::collections::BTreeMap;

use huaweicloud_tasks::call::Kind as ParameterKind;
use huaweicloud_tasks::error::Kind;
use huaweicloud_tasks::operation::kind::KINDS;
use huaweicloud_tasks::operation::seen::State;
use huaweicloud_tasks::service::apig::{GatewayState, TaskStatus, TaskType};
use huaweicloud_tasks::service::kps::{DispatchState, Operation, Phase};
use huaweicloud_tasks::service::roma::RomaState;
use huaweicloud_tasks::service::sfs_turbo::JobState;
use huaweicloud_tasks::service::{CALLS, cvr};
use huaweicloud_tasks::task_result::{ACTIONS, FileType};

const WORDS: &str = include_str!("types/words.ts");

type Unions = BTreeMap<String, Vec<String>>;

/// Every kind of error: a new one does not compile until it is here.
fn error_kinds() -> Vec<Kind> {
    use Kind::*;
    let kinds = vec![Config, Auth, Permission, NotFound, RateLimit, Server, Api, Connection, Timeout, Aborted, Decode];
    for kind in &kinds {
        match kind {
            Config | Auth | Permission | NotFound | RateLimit | Server | Api | Connection | Timeout | Aborted
            | Decode => {}
        }
    }
    kinds
}

/// Every state of an operation: a new one does not compile until it is here.
fn states() -> Vec<State> {
    use State::*;
    let states = vec![Waiting, Running, Succeeded, Partial, Failed, Unknown];
    for state in &states {
        match state {
            Waiting | Running | Succeeded | Partial | Failed | Unknown => {}
        }
    }
    states
}

fn written<T: serde::Serialize>(values: &[T]) -> Vec<String> {
    values.iter().map(|value| serde_json::to_value(value).unwrap().as_str().unwrap().to_owned()).collect()
}

fn in_rust() -> Unions {
    let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let mut unions = BTreeMap::new();
    let mut add = |name: &str, mut words: Vec<String>| {
        words.sort();
        assert!(unions.insert(name.to_owned(), words).is_none(), "{name} is there twice");
    };
    for (name, words) in [
        ("GatewayState", GatewayState::WORDS),
        ("TaskType", TaskType::WORDS),
        ("TaskStatus", TaskStatus::WORDS),
        ("ACTIONS", &ACTIONS),
        ("FileType", FileType::WORDS),
        ("RomaState", RomaState::WORDS),
        ("JobState", JobState::WORDS),
        ("DispatchState", DispatchState::WORDS),
        ("Phase", Phase::WORDS),
        ("Operation", Operation::WORDS),
        ("STATUSES", &cvr::STATUSES),
        ("FINISH_REASONS", &cvr::FINISH_REASONS),
    ] {
        add(name, owned(words));
    }
    add("State", written(&states()));
    add("error::Kind", written(&error_kinds()));
    add("KINDS", KINDS.iter().map(|kind| kind.name.to_owned()).collect());
    for kind in KINDS {
        add(&format!("ids of {}", kind.name), owned(kind.ids));
    }
    for (call, endpoint) in CALLS {
        let parameters = || endpoint.parameters.iter().filter(|parameter| !parameter.name.is_empty());
        if parameters().next().is_some() {
            add(call, parameters().map(|parameter| parameter.name.to_owned()).collect());
        }
        for parameter in parameters() {
            if let ParameterKind::Word(words) = parameter.kind {
                add(&format!("{call} {}", parameter.name), owned(words));
            }
        }
    }
    unions
}

/// The members of the interface `InRust`: each a name and a union of words.
fn in_typescript(text: &str) -> Unions {
    let (_, rest) = text.split_once("interface InRust {").unwrap();
    let (members, _) = rest.split_once('}').unwrap();
    let unquoted = |text: &str| text.trim().trim_matches('\'').to_owned();
    let members = members.split(';').map(str::trim).filter(|member| !member.is_empty());
    let unions = members.map(|member| {
        // A name may hold colons: what follows is one with a blank.
        let (name, union) = member.split_once(":\n").or_else(|| member.split_once(": ")).unwrap();
        let mut words: Vec<String> = union.split('|').map(unquoted).filter(|word| !word.is_empty()).collect();
        words.sort();
        (unquoted(name), words)
    });
    unions.collect()
}

#[test]
fn the_types_know_the_words_of_the_rust_side_and_no_others() {
    let (types, rust) = (in_typescript(WORDS), in_rust());
    for (name, words) in &rust {
        assert_eq!(types.get(name), Some(words), "{name}");
    }
    assert!(types.keys().eq(rust.keys()), "{:?}", types.keys());
}

#[test]
fn every_enum_of_words_is_compared() {
    let folders = ["src/service", "src/task_result", "src/operation", "src/error", "src"];
    let mut declared = Vec::new();
    for folder in folders {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let text = if path.is_file() { std::fs::read_to_string(&path).unwrap() } else { String::new() };
            let mut rest = text.as_str();
            while let Some((_, after)) = rest.split_once("\nwords! {") {
                let (_, name) = after.split_once("pub enum ").unwrap();
                declared.push(name.split_once(' ').unwrap().0.to_owned());
                rest = after;
            }
        }
    }
    assert!(declared.contains(&"GatewayState".to_owned()), "{declared:?}");
    let compared = in_rust();
    declared.retain(|name| !compared.contains_key(name));
    assert_eq!(declared, Vec::<String>::new());
}

#[test]
fn a_word_more_or_less_would_be_noticed() {
    for (from, to) in [("'import_api' | 'export_api'", "'import_api'"), ("'create' |", "'create' | 'delete' |")] {
        assert_eq!(WORDS.matches(from).count(), 1, "{from}");
        assert_ne!(in_typescript(&WORDS.replace(from, to)), in_rust(), "{from}");
    }
}
