//! Values out: plain objects by serde-wasm-bindgen, and errors in plain form.

use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

use super::host::{self, Refusal};
use crate::error::Error;
use crate::service::apig::AsyncTask;
use crate::service::apig::task_result::TaskResult;

const SERIALIZER: Serializer = Serializer::new().serialize_missing_as_null(true).serialize_maps_as_objects(true);

/// What an export rejects with: an error of ours, or a reason of the caller's own.
#[derive(Debug)]
pub enum Thrown {
    /// An error, and what it was made from.
    Error(Error, JsValue),
    /// What the caller's signal was aborted with.
    Reason(JsValue),
}

impl From<Error> for Thrown {
    fn from(error: Error) -> Self {
        Self::Error(error, JsValue::UNDEFINED)
    }
}

impl Thrown {
    /// The same as JavaScript has it, about an operation that has a handle.
    pub fn with_handle(self, handle: &JsValue) -> JsValue {
        match self {
            Self::Error(error, cause) => Refusal::new(&to_js(&error), &cause, handle).into(),
            Self::Reason(reason) => reason,
        }
    }
}

impl From<Thrown> for JsValue {
    fn from(thrown: Thrown) -> Self {
        thrown.with_handle(&Self::UNDEFINED)
    }
}

/// A value as a plain object.
pub fn to_js<T: Serialize + ?Sized>(value: &T) -> JsValue {
    // Numbers beyond what JavaScript holds exactly cannot be: the reader refuses them.
    value.serialize(&SERIALIZER).unwrap_or(JsValue::NULL)
}

#[wasm_bindgen]
extern "C" {
    /// An object that was made here: to set a property of it cannot fail.
    type Plain;

    #[wasm_bindgen(method, indexing_setter)]
    fn set(this: &Plain, name: &str, value: &JsValue);
}

/// Sets a property of an object that was made here.
pub fn set(object: &JsValue, name: &str, value: &JsValue) {
    object.unchecked_ref::<Plain>().set(name, value);
}

/// An answer as an object, with the body that it came in.
pub fn with_raw<T: Serialize>(value: &T, body: &str) -> JsValue {
    let object = to_js(value);
    host::set_raw(&object, body.as_bytes(), body.is_ascii());
    object
}

/// Completes a task: its rows become objects, and its document gets the text that crosses faster so.
pub fn complete(task: &AsyncTask, object: &JsValue) {
    match &task.result {
        Some(TaskResult::Import(report)) => {
            let result = host::property(object, "result");
            let lists = [("success", &report.success), ("failure", &report.failure), ("ignore", &report.ignore)];
            for (name, rows) in lists {
                let words = rows.words().to_vec();
                host::set_rows(&result, name, rows.text().as_bytes(), rows.is_wide(), words, rows.cells());
            }
        }
        Some(TaskResult::Export(document)) => {
            let content = &document.content;
            host::set_document(&host::property(object, "result"), content.as_bytes(), content.is_ascii());
        }
        _ => {}
    }
}
