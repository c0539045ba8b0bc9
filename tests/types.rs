//! The words and names of the Rust side against those of the TypeScript types, by way of `tests/types/words.ts`, where
//! the compiler holds the types to them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use huaweicloud_tasks::error::ErrorKind;
use huaweicloud_tasks::model::snapshot::State;
use huaweicloud_tasks::service::apig::task_result::{ACTIONS, FileType};
use huaweicloud_tasks::service::apig::{ExportApis, GatewayState, ImportApis, TaskStatus, TaskType};
use huaweicloud_tasks::service::cvr::{self, Filter};
use huaweicloud_tasks::service::iam::PasswordLogin;
use huaweicloud_tasks::service::kps::{Associate, Disassociate, DispatchState, Operation, Phase};
use huaweicloud_tasks::service::roma::RomaState;
use huaweicloud_tasks::service::sfs_turbo::JobState;
use serde::de::value::{Error, MapDeserializer, SeqDeserializer};
use serde::de::{Deserialize, Deserializer, IntoDeserializer, Visitor};

const WORDS: &str = include_str!("types/words.ts");

type Unions = BTreeMap<String, Vec<String>>;

/// What a call takes, as its struct tells serde: it gives everything that is asked for, and notes its name.
#[derive(Clone)]
struct Probe<'a> {
    taken: &'a Taken,
    path: String,
}

/// What a struct of arguments takes.
#[derive(Default)]
struct Taken {
    /// The names of its fields, and of those of the structs in it: `server.auth.key`.
    names: RefCell<Vec<String>>,
    /// The enums in it: where it takes one, its name, and its words.
    choices: RefCell<Vec<(String, &'static str, &'static [&'static str])>>,
}

impl Taken {
    fn by<T: for<'de> Deserialize<'de>>() -> Self {
        let taken = Self::default();
        T::deserialize(Probe { taken: &taken, path: String::new() }).map(|_| ()).unwrap();
        taken
    }
}

impl<'de> IntoDeserializer<'de> for Probe<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Probe<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        panic!("{} takes anything", self.path)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let place = |field: &&'static str| {
            let path = if self.path.is_empty() { (*field).to_owned() } else { format!("{}.{field}", self.path) };
            self.taken.names.borrow_mut().push(path.clone());
            (*field, Probe { taken: self.taken, path })
        };
        visitor.visit_map(MapDeserializer::new(fields.iter().map(place)))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        words: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.taken.choices.borrow_mut().push((self.path, name, words));
        visitor.visit_enum(words.first().copied().unwrap().into_deserializer())
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_bool(true)
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_f64(1.0)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_str("a")
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_str("a")
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(SeqDeserializer::new([self].into_iter()))
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i32 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct newtype_struct tuple
        tuple_struct map identifier ignored_any
    }
}

/// What every call takes, by the name that the JavaScript client gives it.
fn calls() -> Vec<(&'static str, Taken)> {
    vec![
        ("apig.importApis", Taken::by::<ImportApis>()),
        ("apig.exportApis", Taken::by::<ExportApis>()),
        ("kps.associate", Taken::by::<Associate>()),
        ("kps.disassociate", Taken::by::<Disassociate>()),
        ("cvr.renderTasks", Taken::by::<Filter>()),
        ("iam.token", Taken::by::<PasswordLogin>()),
    ]
}

/// Every kind of error: a new one does not compile until it is here.
fn error_kinds() -> Vec<ErrorKind> {
    use ErrorKind::*;
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
    let states = vec![Waiting, Running, Succeeded, Partial, Failed, Cancelled, Steady, Unknown];
    for state in &states {
        match state {
            Waiting | Running | Succeeded | Partial | Failed | Cancelled | Steady | Unknown => {}
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
        ("Status", cvr::Status::WORDS),
        ("FINISH_REASONS", &cvr::FINISH_REASONS),
    ] {
        add(name, owned(words));
    }
    add("State", written(&states()));
    add("ErrorKind", written(&error_kinds()));
    for (call, taken) in calls() {
        add(call, taken.names.take());
        for (place, _, words) in taken.choices.take() {
            add(&format!("{call} {place}"), owned(words));
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

/// The enums that a macro declares anywhere in the sources.
fn declared(by: &str) -> Vec<String> {
    fn read(folder: &Path, texts: &mut Vec<String>) {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                read(&path, texts);
            } else {
                texts.push(fs::read_to_string(&path).unwrap());
            }
        }
    }
    let mut texts = Vec::new();
    read(Path::new("src"), &mut texts);
    let start = format!("\n{by}! {{");
    let declarations = texts.iter().flat_map(|text| text.split(&start).skip(1));
    let name = |declaration: &str| {
        let (_, name) = declaration.split_once("pub enum ").unwrap();
        name.split_once(' ').unwrap().0.to_owned()
    };
    declarations.map(name).collect()
}

#[test]
fn every_enum_of_words_is_compared() {
    let declared = declared("words");
    assert!(declared.contains(&"GatewayState".to_owned()), "{declared:?}");
    let compared = in_rust();
    let missing: Vec<_> = declared.iter().filter(|name| !compared.contains_key(*name)).collect();
    assert_eq!(missing, Vec::<&String>::new());
}

#[test]
fn every_enum_of_choices_is_taken_by_some_call() {
    let declared: BTreeSet<_> = declared("choices").into_iter().collect();
    let taken = calls().into_iter().flat_map(|(_, taken)| taken.choices.take());
    let taken: BTreeSet<_> = taken.map(|(_, name, _)| name.to_owned()).collect();
    assert!(declared.contains("Mode"), "{declared:?}");
    assert_eq!(declared, taken);
}

#[test]
fn the_words_of_a_choice_are_those_that_serde_takes() {
    use huaweicloud_tasks::service::{apig, kps};
    let known = BTreeMap::from([
        ("Mode", apig::Mode::WORDS),
        ("OasVersion", apig::OasVersion::WORDS),
        ("Define", apig::Define::WORDS),
        ("FileFormat", apig::FileFormat::WORDS),
        ("AuthType", kps::AuthType::WORDS),
        ("Status", cvr::Status::WORDS),
    ]);
    for (call, taken) in calls() {
        for (place, name, words) in taken.choices.take() {
            assert_eq!(known.get(name), Some(&words), "{call} {place}");
        }
    }
}

#[test]
fn a_word_more_or_less_would_be_noticed() {
    for (from, to) in [("'import_api' | 'export_api'", "'import_api'"), ("'create' |", "'create' | 'delete' |")] {
        assert_eq!(WORDS.matches(from).count(), 1, "{from}");
        assert_ne!(in_typescript(&WORDS.replace(from, to)), in_rust(), "{from}");
    }
}
