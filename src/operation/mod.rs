//! What goes beyond one request: asking again.

pub mod retry;
