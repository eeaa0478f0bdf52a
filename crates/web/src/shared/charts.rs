//! Charts drawn as SVG by pure functions: text stays text, so they can be read aloud, searched, printed and enlarged.
//!
//! A chart never stands alone. Each function takes a struct with everything a reader may want to know, texts already
//! translated and numbers already written in the reader's language; the page prints the same struct as a table beside
//! the picture. Colours come from classes in `abdi.css`, so a chart follows light, dark, print and forced colours, and
//! the content security policy needs no exception.
//!
//! Values are `f64` because they only become positions on a picture: the exact figure is the text beside it. A value
//! that is not finite is left out; no input panics.

mod distribution;
mod draw;
mod elements;
mod faces;
mod qr;
mod quadrant;
mod series;

use std::fmt;

pub use distribution::{Curve, Distribution, DistributionBar, bar, curve, distribution};
pub use elements::{Element, Elements, elements};
pub use faces::face;
pub use qr::qr;
pub use quadrant::{Quadrant, QuadrantCell, Tone, quadrant};
pub use series::{Change, Interval, Point, Promise, Series, Tick, series, sparkline};

/// A finished picture. Printed by templates as it is: every text in it was escaped when it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Svg(String);

impl Svg {
    /// The markup.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Svg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl askama::filters::HtmlSafe for Svg {}

/// What a screen reader says instead of the picture.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Caption {
    /// One short phrase that names the picture ("Kuadran kinerja").
    pub title: String,
    /// The answer in one sentence ("Hasil kerja di atas, perilaku sesuai: Baik"). May be empty.
    pub desc: String,
}

impl Caption {
    /// A caption of both parts.
    pub fn new(title: impl Into<String>, desc: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            desc: desc.into(),
        }
    }
}

#[cfg(test)]
mod tests;
