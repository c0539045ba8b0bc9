//! What services share: words, times, records with many fields, what an answer shows of an operation, and how long one is
//! likely to take.

pub mod prior;
pub mod record;
pub mod snapshot;
pub mod time;
pub mod word;
