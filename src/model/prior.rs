//! What is known of the durations of a kind of operation before one is asked about.

/// How long operations of a kind are likely to take, as far as waiting for one goes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prior {
    /// Half of the operations take less.
    pub median_ms: u64,
    /// How sure that is: the exponent is `2^steepness`. 3 stands for a standard deviation of 23 %, 2 for 50 %, and 1 for
    /// a factor of 2.5 either way.
    pub steepness: u32,
    /// How many seen durations the prior is worth. What is worth less than [`Prior::SOURCED`] is a guess.
    pub worth: u32,
    /// The percentages that the service steps through, in their order, and the part of the duration at which it does.
    pub milestones: &'static [(i64, f64)],
}

impl Prior {
    /// A prior with a public source. The time left is told by such a one, or by as many durations seen.
    pub const SOURCED: u32 = 3;
}
