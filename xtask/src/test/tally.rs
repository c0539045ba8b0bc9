//! Counting what passed and what failed.

use std::fmt;
use std::ops::AddAssign;

/// How many tests passed and how many failed.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tally {
    pub passed: u64,
    pub failed: u64,
}

impl Tally {
    pub const ONE_PASSED: Self = Self { passed: 1, failed: 0 };
    pub const ONE_FAILED: Self = Self { passed: 0, failed: 1 };
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} passed, {} failed", self.passed, self.failed)
    }
}

/// How the output of a program tells what it tested.
#[derive(Clone, Copy)]
pub enum Counting {
    /// The program is one test by itself.
    Once,
    /// `cargo test`: a line `test result: ok. 2 passed; 0 failed; …` for each test program.
    Cargo,
    /// `node --test` with the reporter spec: lines such as `ℹ pass 2` at the end.
    Node,
}

impl Counting {
    /// Counts. A program that fails without a failed test, or that tested nothing, is one failure.
    pub fn count(self, success: bool, text: &str) -> Tally {
        let mut tally = match self {
            Self::Once if success => Tally::ONE_PASSED,
            Self::Once => Tally::ONE_FAILED,
            Self::Cargo => count_cargo(text),
            Self::Node => count_node(text),
        };
        if tally.failed == 0 && (!success || tally.passed == 0) {
            tally += Tally::ONE_FAILED;
        }
        tally
    }
}

fn count_cargo(text: &str) -> Tally {
    let mut tally = Tally::default();
    for line in text.lines().filter_map(|line| line.trim().strip_prefix("test result: ")) {
        for part in line.split([';', '.']) {
            match part.trim().split_once(' ') {
                Some((number, "passed")) => tally.passed += number.parse().unwrap_or(0),
                Some((number, "failed")) => tally.failed += number.parse().unwrap_or(0),
                _ => {}
            }
        }
    }
    tally
}

fn count_node(text: &str) -> Tally {
    let mut tally = Tally::default();
    for line in text.lines().filter_map(|line| line.strip_prefix("ℹ ")) {
        match line.split_once(' ') {
            Some(("pass", number)) => tally.passed += number.parse().unwrap_or(0),
            Some(("fail" | "cancelled", number)) => tally.failed += number.parse().unwrap_or(0),
            _ => {}
        }
    }
    tally
}

#[cfg(test)]
mod tests {
    use super::{Counting, Tally};

    fn tally(passed: u64, failed: u64) -> Tally {
        Tally { passed, failed }
    }

    #[test]
    fn adds_up_the_test_programs_of_cargo() {
        let text = "running 2 tests\ntest result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
                    test result: FAILED. 11 passed; 3 failed; 1 ignored; 0 filtered out; finished in 0.03s\n";
        assert_eq!(Counting::Cargo.count(false, text), tally(13, 3));
    }

    #[test]
    fn adds_up_what_node_says() {
        let text = "✔ a (1.2ms)\nℹ tests 7\nℹ suites 1\nℹ pass 4\nℹ fail 1\nℹ cancelled 2\nℹ skipped 0\nℹ todo 0\n";
        assert_eq!(Counting::Node.count(false, text), tally(4, 3));
    }

    #[test]
    fn a_program_is_a_test_by_itself() {
        assert_eq!(Counting::Once.count(true, ""), tally(1, 0));
        assert_eq!(Counting::Once.count(false, ""), tally(0, 1));
    }

    #[test]
    fn failing_without_a_failed_test_is_a_failure() {
        assert_eq!(Counting::Cargo.count(false, "error: could not compile"), tally(0, 1));
        let text = "test result: ok. 2 passed; 0 failed;";
        assert_eq!(Counting::Cargo.count(false, text), tally(2, 1));
    }

    #[test]
    fn testing_nothing_is_a_failure() {
        assert_eq!(Counting::Cargo.count(true, "no tests to run!"), tally(0, 1));
        assert_eq!(Counting::Node.count(true, "ℹ pass 0\nℹ fail 0\n"), tally(0, 1));
    }

    #[test]
    fn reads_as_the_last_line_must() {
        assert_eq!(tally(12, 0).to_string(), "12 passed, 0 failed");
    }
}
