//! What goes beyond one request: asking again, waiting for an end, and one view of every long-running operation.

pub mod kind;
pub mod poll;
pub mod prior;
pub mod retry;
pub mod schedule;
pub mod seen;
