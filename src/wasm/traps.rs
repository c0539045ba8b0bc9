//! Exports that trap, for the tests of what happens then: behind the feature `traps`, and in no package that is published.

#![allow(clippy::panic, clippy::indexing_slicing, reason = "it is what they are for")]

use std::hint::black_box;

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;

use super::outside::settled;

/// Traps at once: by a `panic`, an `index`, a stack that `overflow`s, or `memory` that cannot grow.
#[wasm_bindgen]
pub fn trap(how: &str) {
    match how {
        "index" => drop(black_box([0_u8; 4])[black_box(9)]),
        "overflow" => drop(descend(black_box(0))),
        "memory" => drop([(); 3].map(|()| black_box(Vec::<u8>::with_capacity(0x7fff_0000)))),
        _ => panic!("a panic that a test asked for"),
    }
}

/// Traps after an event.
#[wasm_bindgen(js_name = trapAfter)]
pub async fn trap_after(
    how: String,
    #[wasm_bindgen(unchecked_param_type = "Promise<unknown>")] event: Promise,
) -> Result<(), JsValue> {
    let _whatever = settled(&event).await;
    trap(&how);
    Ok(())
}

/// Calls a function of the caller's, as `fetch` and a schedule are called, and gives what it gave.
#[wasm_bindgen(js_name = callBack, unchecked_return_type = "unknown")]
pub async fn call_back(
    #[wasm_bindgen(unchecked_param_type = "() => unknown")] function: Function,
) -> Result<JsValue, JsValue> {
    function.call0(&JsValue::UNDEFINED)
}

/// How large the module's memory is, in bytes.
#[wasm_bindgen(js_name = memoryBytes)]
pub fn memory_bytes() -> f64 {
    let memory: js_sys::WebAssembly::Memory = wasm_bindgen::memory().unchecked_into();
    f64::from(memory.buffer().unchecked_into::<js_sys::ArrayBuffer>().byte_length())
}

#[allow(unconditional_recursion, reason = "the stack is to overflow")]
fn descend(depth: u64) -> u64 {
    let frame = black_box([depth; 64]);
    descend(frame[7] + 1) + frame[9]
}
