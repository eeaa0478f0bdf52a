//! The nine elements of a satisfaction survey as bars from 1 to 4, each with its interval.

use super::draw::{Pen, scale, wrap};
use super::{Caption, Interval, Svg};

/// One element of the survey.
#[derive(Debug, Clone, PartialEq)]
pub struct Element {
    /// Its name ("Waktu penyelesaian").
    pub label: String,
    /// Mean answer, 1 to 4; none when too few answered.
    pub value: Option<f64>,
    /// What stands at the end of the row ("3,42 · n = 214", or why there is no figure).
    pub text: String,
    /// Interval of the mean.
    pub interval: Option<Interval>,
    /// Whether this element needs attention (the lowest, or below the limit); the page says why in words.
    pub low: bool,
}

/// The elements in the order of the regulation.
#[derive(Debug, Clone, PartialEq)]
pub struct Elements {
    /// For screen readers.
    pub caption: Caption,
    /// Usually nine.
    pub elements: Vec<Element>,
    /// The four marks of the scale as written ("1", "2", "3", "4").
    pub scale: [String; 4],
}

const WIDTH: f64 = 320.0;
const ROW: f64 = 36.0;
const RANGE: (f64, f64) = (1.0, 4.0);
const SPAN: (f64, f64) = (0.0, WIDTH);

/// Draws one row an element.
pub fn elements(data: &Elements) -> Svg {
    let rows = f64::from(u16::try_from(data.elements.len()).unwrap_or(u16::MAX));
    let mut pen = Pen::open(r#"class="chart""#, WIDTH, rows * ROW + 18.0, &data.caption);
    for (value, (mark, class)) in [1.0, 2.0, 3.0, 4.0].into_iter().zip(data.scale.iter().zip([
        "t-small",
        "t-small t-mid",
        "t-small t-mid",
        "t-small t-end",
    ])) {
        let x = scale(value, RANGE, SPAN);
        pen.line("grid", (x, 18.0), (x, rows * ROW));
        pen.text(class, (x, rows * ROW + 14.0), mark);
    }
    let mut y = 0.0;
    for element in &data.elements {
        for line in wrap(&element.label, 31, 1) {
            pen.text("t-strong", (0.0, y + 13.0), &line);
        }
        pen.text(
            if element.low { "t-end t-warn" } else { "t-end" },
            (WIDTH, y + 13.0),
            &element.text,
        );
        pen.rect("track", [0.0, y + 19.0, WIDTH, 8.0], 2.0);
        if let Some(value) = element.value.filter(|v| v.is_finite()) {
            let class = if element.low { "fill low" } else { "fill" };
            pen.rect(class, [0.0, y + 19.0, scale(value, RANGE, SPAN), 8.0], 2.0);
        }
        if let Some(interval) = element.interval.filter(|i| i.low.is_finite() && i.high.is_finite()) {
            let (low, high) = (scale(interval.low, RANGE, SPAN), scale(interval.high, RANGE, SPAN));
            let middle = y + 23.0;
            pen.line("whisker", (low, middle), (high, middle));
            pen.line("whisker", (low, middle - 5.0), (low, middle + 5.0));
            pen.line("whisker", (high, middle - 5.0), (high, middle + 5.0));
        }
        y += ROW;
    }
    pen.close()
}
