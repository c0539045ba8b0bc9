//! The watching of long-running operations as data: what kinds there are, when to ask again,
//! and what there is to tell. Every decision about watching is here, and none of them waits or sends.

pub mod belief;
pub mod budget;
pub mod handle;
pub mod poll;
pub mod schedule;
pub mod view;
