//! What services share: words, times, records with many fields, and what an answer shows of an operation.

pub mod record;
pub mod snapshot;
pub mod time;
pub mod word;
