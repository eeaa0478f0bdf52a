//! Distribution of predikat: bars with the allowed band, the bar of a table row, and the small curves of the pattern.

use super::draw::{Pen, num, scale, wrap};
use super::{Caption, Svg};

/// One predikat in a distribution.
#[derive(Debug, Clone, PartialEq)]
pub struct DistributionBar {
    /// The predikat, translated.
    pub label: String,
    /// Share of the people in per cent, 0 to 100.
    pub percent: f64,
    /// What stands at the end of the row ("6 orang · 66,7%").
    pub value: String,
    /// The allowed share in per cent, if the pattern sets one.
    pub allowed: Option<(f64, f64)>,
    /// Whether the share lies outside; decided by the regulation, never by the picture.
    pub outside: bool,
}

/// A distribution of people over predikat.
#[derive(Debug, Clone, PartialEq)]
pub struct Distribution {
    /// For screen readers.
    pub caption: Caption,
    /// Best predikat first.
    pub bars: Vec<DistributionBar>,
    /// Explains the dashed frame ("bingkai putus-putus: pola yang dianjurkan"); empty leaves it out.
    pub allowed_label: String,
}

const WIDTH: f64 = 320.0;
const ROW: f64 = 42.0;

/// Draws one bar a row, from 0 to 100 per cent, each with its allowed band as a dashed frame.
pub fn distribution(data: &Distribution) -> Svg {
    let rows = f64::from(u16::try_from(data.bars.len()).unwrap_or(u16::MAX));
    let note = if data.allowed_label.is_empty() { 0.0 } else { 18.0 };
    let mut pen = Pen::open(r#"class="chart""#, WIDTH, rows * ROW + note, &data.caption);
    let mut y = 0.0;
    for row in &data.bars {
        let ends = if row.outside { "t-end t-bad" } else { "t-end t-strong" };
        for line in wrap(&row.label, 22, 1) {
            pen.text("t-strong", (0.0, y + 13.0), &line);
        }
        pen.text(ends, (WIDTH, y + 13.0), &row.value);
        pen.rect("track", [0.0, y + 20.0, WIDTH, 10.0], 2.0);
        let class = if row.outside { "fill out" } else { "fill" };
        pen.rect(class, [0.0, y + 20.0, percent(row.percent), 10.0], 2.0);
        if let Some((low, high)) = row.allowed {
            let (from, to) = (percent(low), percent(high));
            pen.rect(
                "allowed",
                [from.max(0.8), y + 17.2, (to - from).clamp(2.0, WIDTH - 1.6), 15.6],
                3.0,
            );
        }
        y += ROW;
    }
    if note > 0.0 {
        pen.text("t-small", (0.0, y + 10.0), &data.allowed_label);
    }
    pen.close()
}

fn percent(value: f64) -> f64 {
    if value.is_finite() {
        scale(value, (0.0, 100.0), (0.0, WIDTH))
    } else {
        0.0
    }
}

/// The bar of one table row, stretched to its cell: `value` of `max`, with an allowed band. Says nothing to screen
/// readers, because the figures stand in the row. A `max` that is not above 0 draws the empty track.
pub fn bar(value: f64, max: f64, allowed: Option<(f64, f64)>, outside: bool) -> Svg {
    let place = |v: f64| {
        if max > 0.0 && v.is_finite() {
            scale(v, (0.0, max), (0.0, 100.0))
        } else {
            0.0
        }
    };
    let mut pen = Pen::open_silent(r#"class="bar" preserveAspectRatio="none""#, 100.0, 20.0);
    pen.rect("track", [0.0, 5.0, 100.0, 10.0], 0.0);
    pen.rect(
        if outside { "fill out" } else { "fill" },
        [0.0, 5.0, place(value), 10.0],
        0.0,
    );
    if let Some((low, high)) = allowed {
        let (from, to) = (place(low).max(0.5), place(high).min(99.5));
        pen.rect("allowed", [from, 1.0, to - from, 18.0], 0.0);
    }
    pen.close()
}

/// One of the five patterns a distribution is compared with.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// For screen readers; the title is the achievement of the organisation the pattern belongs to.
    pub caption: Caption,
    /// Relative heights, lowest predikat first; only their proportion counts.
    pub heights: [f64; 5],
    /// Words below the first and the last bar.
    pub ends: (String, String),
    /// Whether this pattern is the one that applies.
    pub current: bool,
}

/// Draws a small pattern: five columns and the curve over them.
pub fn curve(data: &Curve) -> Svg {
    const FLOOR: f64 = 72.0;
    let most = data
        .heights
        .iter()
        .copied()
        .filter(|h| h.is_finite())
        .fold(0.0, f64::max);
    let mut pen = Pen::open(r#"class="chart mini""#, 160.0, 90.0, &data.caption);
    let class = if data.current { "fill" } else { "fill soft" };
    let mut tops = Vec::with_capacity(5);
    let mut x = 4.0;
    for height in data.heights {
        let height = if most > 0.0 && height.is_finite() {
            scale(height, (0.0, most), (2.0, 58.0))
        } else {
            2.0
        };
        pen.rect(class, [x, FLOOR - height, 24.0, height], 2.0);
        tops.push((x + 12.0, FLOOR - height - 5.0));
        x += 32.0;
    }
    pen.line("axis", (0.0, FLOOR + 0.5), (160.0, FLOOR + 0.5));
    pen.push(format_args!("<path class=\"axis\" d=\"{}\"/>", smooth(&tops)));
    pen.text("t-small", (2.0, 86.0), &data.ends.0);
    pen.text("t-small t-end", (158.0, 86.0), &data.ends.1);
    pen.close()
}

/// A soft line through the points: each stretch leaves and arrives level, so it never runs over the highest point.
fn smooth(points: &[(f64, f64)]) -> String {
    let mut out = String::new();
    for (i, (x, y)) in points.iter().enumerate() {
        match i.checked_sub(1).and_then(|before| points.get(before)) {
            None => out.push_str(&format!("M{} {}", num(*x), num(*y))),
            Some((bx, by)) => {
                let middle = num(f64::midpoint(*bx, *x));
                out.push_str(&format!(
                    "C{middle} {} {middle} {} {} {}",
                    num(*by),
                    num(*y),
                    num(*x),
                    num(*y)
                ));
            }
        }
    }
    out
}
