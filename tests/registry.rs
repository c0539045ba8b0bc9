//! The tables of calls and kinds against what is written beside them by hand: the documentation, and the tests' own table.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]

use std::collections::BTreeSet;
use std::fs;

use huaweicloud_tasks::service::{ANSWERS, CALLS, KINDS};
use serde_json::Value;

fn page(name: &str) -> String {
    fs::read_to_string(name).unwrap()
}

#[test]
fn a_call_belongs_to_the_part_of_the_client_that_its_endpoint_names() {
    for (name, endpoint) in CALLS {
        let (service, _) = name.split_once('.').unwrap();
        assert_eq!(service, endpoint.group, "{name}");
    }
    let names: BTreeSet<_> = CALLS.iter().map(|(name, _)| name).collect();
    assert_eq!(names.len(), CALLS.len());
    for answer in ANSWERS {
        assert!(names.contains(&answer.call), "{}", answer.call);
    }
}

#[test]
fn every_call_is_documented_by_its_name_and_its_official_one() {
    for file in ["docs/calls.md", "pkg-template/README.md"] {
        let text = page(file);
        for (name, endpoint) in CALLS {
            let row = text.lines().find(|line| line.starts_with(&format!("| `{name}(")));
            let row = row.unwrap_or_else(|| panic!("{file} has no row for {name}"));
            // Cloud VR gives the call no name of its own: ours has blanks.
            let is_told = endpoint.name.contains(' ') || row.contains(endpoint.name);
            assert!(is_told, "{file}: {name} is {}", endpoint.name);
        }
    }
}

#[test]
fn every_kind_decoder_and_service_is_documented() {
    let (watching, waiting) = (page("docs/watching.md"), page("docs/waiting.md"));
    for kind in KINDS {
        for (file, text) in [("watching", &watching), ("waiting", &waiting)] {
            assert!(text.contains(&*kind.name), "docs/{file}.md does not tell of {}", kind.name);
        }
        for id in kind.ids() {
            assert!(watching.contains(id), "docs/watching.md does not tell of {id}");
        }
    }
    let decoding = page("docs/decoding.md");
    for answer in ANSWERS {
        assert!(decoding.contains(&format!("decode{}", answer.decoded)), "docs/decoding.md: {}", answer.decoded);
    }
    let options = page("docs/options.md");
    for (_, endpoint) in CALLS {
        assert!(options.contains(&format!("`{}`", endpoint.group)), "docs/options.md: {}", endpoint.group);
    }
}

#[test]
fn every_decoder_and_every_kind_is_tried_by_the_tests_of_the_package() {
    let answers: Value = serde_json::from_str(&page("tests/answers.json")).unwrap();
    let all = |field: &str| -> BTreeSet<String> {
        let rows = answers.as_object().unwrap().values();
        rows.filter_map(|row| row.pointer(field)?.as_str()).map(str::to_owned).collect()
    };
    let decoders: BTreeSet<_> = ANSWERS.iter().map(|answer| format!("decode{}", answer.decoded)).collect();
    assert_eq!(all("/decoder"), decoders);
    assert_eq!(all("/target/kind"), KINDS.iter().map(|kind| kind.name.to_string()).collect());
    for call in all("/call") {
        assert!(CALLS.iter().any(|(name, _)| *name == call), "{call}");
    }
}
