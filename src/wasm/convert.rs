//! Views and errors as plain JavaScript objects.

use js_sys::{Array, Int32Array, Object};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

use super::host::set;
use crate::error::Error;
use crate::service::View;
use crate::task_result::{Cell, Rows, TaskResult};

/// A view, with the body as it came.
pub fn view(view: &View, body: &str) -> Result<JsValue, JsValue> {
    let object = plain(view)?;
    set(&object, "raw", &body.into());
    if let View::AsyncTask(task) = view
        && let Some(TaskResult::Import(report)) = &task.result
    {
        let result = Object::from(js_sys::Reflect::get(&object, &"result".into())?);
        set(&result, "success", &rows(&report.success));
        set(&result, "failure", &rows(&report.failure));
        set(&result, "ignore", &rows(&report.ignore));
    }
    Ok(object.into())
}

/// An error in plain form; the facade makes it an instance of its class.
pub fn error(error: &Error, cause: &JsValue) -> JsValue {
    match plain(error) {
        Ok(object) => {
            set(&object, "cause", cause);
            object.into()
        }
        Err(failure) => failure,
    }
}

/// The caller's own reason, in a form that cannot be taken for an error of ours.
pub fn aborted(reason: &JsValue) -> JsValue {
    let object = Object::new();
    set(&object, "kind", &"reason".into());
    set(&object, "reason", reason);
    object.into()
}

fn plain<T: Serialize>(value: &T) -> Result<Object, JsValue> {
    let value = value.serialize(&Serializer::json_compatible())?;
    Ok(value.unchecked_into())
}

/// Rows as `{ text, words, cells }`: a cell that is 0 or more is the end of its text, which starts where the written cell
/// before it ended, in UTF-16 units; −1 is nothing; −2 − n is word n.
fn rows(rows: &Rows) -> JsValue {
    let mut units = Units::new(rows.text());
    let code = |cell: &Cell| match *cell {
        Cell::Until(end) => units.before(end),
        Cell::Nothing => -1,
        Cell::Word(index) => i32::try_from(index).map_or(-1, |index| -2 - index),
    };
    let cells: Vec<i32> = rows.cells().iter().map(code).collect();
    let words: Array = rows.words().iter().map(|word| JsValue::from_str(word)).collect();
    let object = Object::new();
    set(&object, "text", &rows.text().into());
    set(&object, "words", &words);
    set(&object, "cells", &Int32Array::from(cells.as_slice()));
    object.into()
}

/// Turns rising places in a text from bytes into UTF-16 units.
struct Units<'a> {
    rest: &'a str,
    bytes: usize,
    units: usize,
    ascii: bool,
}

impl<'a> Units<'a> {
    fn new(text: &'a str) -> Self {
        Self { rest: text, bytes: 0, units: 0, ascii: text.is_ascii() }
    }

    fn before(&mut self, end: usize) -> i32 {
        if self.ascii {
            self.units = end;
        } else if let Some((cell, rest)) = self.rest.split_at_checked(end - self.bytes) {
            self.units += cell.encode_utf16().count();
            (self.rest, self.bytes) = (rest, end);
        }
        i32::try_from(self.units).unwrap_or(i32::MAX)
    }
}
