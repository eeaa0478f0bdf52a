//! Journeys in a real browser, in one program.

mod pages;
mod quarter;
mod support;
