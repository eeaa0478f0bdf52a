//! Starts the demonstration city and a browser, and speaks to both the way a person would.

mod browser;
mod city;

pub use browser::{Browser, Script};
pub use city::City;

/// The value of an environment variable that the test command sets.
pub fn variable(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set: run `cargo xtask test --stage browser`"))
}
