//! What services share: words, times, and records with many fields.

pub mod record;
pub mod time;
pub mod word;
