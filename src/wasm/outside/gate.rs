//! The budget of a client or of a group of operations, shared by all who take their turn. The one that is due first goes
//! first.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use futures_lite::future::or;
use wasm_bindgen::prelude::*;

use super::clock::Clock;
use super::settled;
use crate::operation::budget::{Budget, Limit};
use crate::wasm::convert::Thrown;

thread_local! {
    /// A handful at most: of those with a budget, the ones that somebody waits at or went through a moment ago.
    static GATES: RefCell<Vec<Rc<Gate>>> = const { RefCell::new(Vec::new()) };
}

#[wasm_bindgen]
extern "C" {
    /// A client or a group, as JavaScript holds it: which one it is, and what it was told of its budget.
    #[wasm_bindgen(typescript_type = "Group")]
    pub type Group;

    #[wasm_bindgen(method, getter)]
    fn key(this: &Group) -> u32;

    #[wasm_bindgen(method, getter)]
    fn limit(this: &Group) -> Option<f64>;

    #[wasm_bindgen(method, getter, js_name = perMs)]
    fn per_ms(this: &Group) -> Option<f64>;
}

/// The queue before a budget.
#[derive(Debug)]
pub struct Gate {
    key: u32,
    budget: RefCell<Budget>,
    queue: RefCell<Vec<Waiting>>,
    last: Cell<u64>,
    is_open: Cell<bool>,
}

#[derive(Debug)]
struct Waiting {
    id: u64,
    due_at: i64,
    waker: Option<Waker>,
}

/// A place in the queue, which is left when it is dropped.
struct Place<'a> {
    gate: &'a Gate,
    id: u64,
}

/// Nobody looks at a group any more: who still waits there may go.
#[wasm_bindgen(js_name = leaveGroup)]
pub fn leave_group(key: u32) {
    let gate = gate_of(key);
    GATES.with_borrow_mut(|gates| gates.retain(|gate| gate.key != key));
    if let Some(gate) = gate {
        gate.is_open.set(true);
        gate.wake_all();
    }
}

fn gate_of(key: u32) -> Option<Rc<Gate>> {
    GATES.with_borrow(|gates| gates.iter().find(|gate| gate.key == key).cloned())
}

impl Gate {
    /// The gate before a budget: one for all who share it. `now` is the monotonic time of who comes.
    pub fn of(group: &Group, now: i64) -> Rc<Self> {
        let key = group.key();
        if let Some(gate) = gate_of(key) {
            return gate;
        }
        let limit = group.limit().zip(group.per_ms());
        let limit = limit.map(|(limit, per_ms)| Limit { limit: limit as u64, per_ms: per_ms as u64 });
        let gate = Rc::new(Self {
            key,
            budget: RefCell::new(Budget::new(limit)),
            queue: RefCell::default(),
            last: Cell::new(0),
            is_open: Cell::new(false),
        });
        GATES.with_borrow_mut(|gates| {
            // Those that nobody uses any more are forgotten, with what was learnt.
            gates.retain(|gate| Rc::strong_count(gate) > 1 || !gate.budget.borrow().is_idle(now));
            gates.push(Rc::clone(&gate));
        });
        gate
    }

    /// Lets somebody through where no limit is known. It is counted for the time when one is.
    pub fn lets_through(&self, now: i64) -> bool {
        let is_free = self.budget.borrow().limit().is_none();
        if is_free {
            self.budget.borrow_mut().take(now);
        }
        is_free
    }

    /// Waits for a turn. Of those who wait, the first that was due goes first.
    pub async fn turn(&self, clock: &Clock, due_at: i64) -> Result<(), Thrown> {
        // Those who come in the same moment are put in their order first.
        let place = Place::new(self, due_at);
        let _moment = settled(&JsValue::UNDEFINED).await;
        loop {
            place.is_first().await;
            if self.is_open.get() {
                return Ok(());
            }
            let (now, waiting) = (clock.monotonic()?, self.queue.borrow().len());
            let free_at = self.budget.borrow_mut().free_at(now, waiting);
            if free_at <= now {
                self.budget.borrow_mut().take(now);
                return Ok(());
            }
            let opened = poll_fn(|context| place.register(context, self.is_open.get()).map(Ok));
            let free = async { clock.sleep(free_at.saturating_sub(now)).await.map(|_back| ()) };
            or(free, opened).await?;
        }
    }

    /// The service has told its limit.
    pub fn learn(&self, told: Limit, now: i64) {
        self.budget.borrow_mut().learn(told, now);
    }

    fn wake_all(&self) {
        let wakers: Vec<_> = self.queue.borrow_mut().iter_mut().filter_map(|waiting| waiting.waker.take()).collect();
        wakers.into_iter().for_each(Waker::wake);
    }
}

impl<'a> Place<'a> {
    fn new(gate: &'a Gate, due_at: i64) -> Self {
        let id = gate.last.get() + 1;
        gate.last.set(id);
        let mut queue = gate.queue.borrow_mut();
        let place = queue.iter().position(|other| other.due_at > due_at).unwrap_or(queue.len());
        queue.insert(place, Waiting { id, due_at, waker: None });
        Self { gate, id }
    }

    /// Waits to be the first of the queue, or for the gate to be opened for all.
    async fn is_first(&self) {
        poll_fn(|context| {
            let is_first = self.gate.queue.borrow().first().is_none_or(|first| first.id == self.id);
            self.register(context, is_first || self.gate.is_open.get())
        })
        .await;
    }

    fn register(&self, context: &Context<'_>, is_ready: bool) -> Poll<()> {
        if is_ready {
            return Poll::Ready(());
        }
        let mut queue = self.gate.queue.borrow_mut();
        if let Some(waiting) = queue.iter_mut().find(|waiting| waiting.id == self.id) {
            waiting.waker = Some(context.waker().clone());
        }
        Poll::Pending
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.gate.queue.borrow_mut().retain(|waiting| waiting.id != self.id);
        let next = self.gate.queue.borrow_mut().first_mut().and_then(|first| first.waker.take());
        if let Some(waker) = next {
            waker.wake();
        }
    }
}
