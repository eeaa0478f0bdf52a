//! Reads from what test runners print how many tests passed and failed.

use std::ops::AddAssign;

/// How many tests or checks passed and failed.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    pub passed: usize,
    pub failed: usize,
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl Counts {
    /// One check that passed or failed.
    pub fn one(passed: bool) -> Self {
        Self {
            passed: usize::from(passed),
            failed: usize::from(!passed),
        }
    }

    /// The sum of every summary in the output of nextest or of the built-in test runner.
    pub fn read(output: &str) -> Self {
        let mut counts = Self::default();
        for line in plain(output).lines() {
            if let Some(summary) = nextest(line).or_else(|| built_in(line)) {
                counts += summary;
            }
        }
        counts
    }
}

/// `Summary [   1.2s] 3/4 tests run: 1 passed (1 slow, 1 flaky), 1 failed, 1 timed out, 2 skipped`
fn nextest(line: &str) -> Option<Counts> {
    let rest = line.trim_start().strip_prefix("Summary [")?;
    let (_, results) = rest.split_once(" run: ")?;
    let mut counts = Counts::default();
    for result in without_brackets(results).split(',') {
        let Some((number, kind)) = result.trim().split_once(' ') else {
            continue;
        };
        let Ok(number) = number.parse::<usize>() else { continue };
        match kind.trim() {
            "passed" => counts.passed += number,
            "skipped" => {}
            _ => counts.failed += number,
        }
    }
    Some(counts)
}

/// `test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s`
///
/// Only at the margin: nextest shows the same line indented, as the output of a test that failed.
fn built_in(line: &str) -> Option<Counts> {
    let (_, results) = line.strip_prefix("test result: ")?.split_once(". ")?;
    let number = |kind: &str| -> Option<usize> {
        results
            .split(';')
            .find_map(|result| result.trim().strip_suffix(kind))?
            .trim()
            .parse()
            .ok()
    };
    Some(Counts {
        passed: number("passed")?,
        failed: number("failed")?,
    })
}

fn without_brackets(text: &str) -> String {
    let mut depth = 0_i32;
    let outside = |c: &char| {
        depth += i32::from(*c == '(');
        let outside = depth == 0;
        depth -= i32::from(*c == ')');
        outside
    };
    text.chars().filter(outside).collect()
}

/// Without the escape sequences of colours.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c == '\u{1b}' {
            chars.by_ref().find(|c| c.is_ascii_alphabetic());
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summaries_are_read() {
        for (line, passed, failed) in [
            ("     Summary [   0.010s] 5 tests run: 5 passed, 0 skipped", 5, 0),
            ("     Summary [  10.010s] 1 test run: 1 passed, 3 skipped", 1, 0),
            (
                "     Summary [   1.2s] 7/9 tests run: 4 passed (1 slow, 1 flaky), 2 failed, 1 timed out, 2 skipped",
                4,
                3,
            ),
            (
                "\u{1b}[32;1m     Summary\u{1b}[0m [   0.1s] \u{1b}[1m2\u{1b}[0m tests run: \u{1b}[1m2\u{1b}[0m \u{1b}[32;1mpassed\u{1b}[0m, \u{1b}[1m0\u{1b}[0m skipped",
                2,
                0,
            ),
            (
                "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s",
                3,
                0,
            ),
            (
                "test result: FAILED. 3 passed; 2 failed; 1 ignored; 0 measured; 0 filtered out",
                3,
                2,
            ),
            ("    test result: FAILED. 0 passed; 1 failed; 0 ignored", 0, 0),
            ("Summary of the day", 0, 0),
        ] {
            assert_eq!(Counts::read(line), Counts { passed, failed }, "{line}");
        }
        let two =
            "test result: ok. 3 passed; 0 failed; 0 ignored\nnoise\ntest result: ok. 4 passed; 0 failed; 0 ignored\n";
        assert_eq!(Counts::read(two), Counts { passed: 7, failed: 0 });
    }
}
