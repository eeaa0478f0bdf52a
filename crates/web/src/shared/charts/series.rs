//! A figure over time: the line, its interval, the promise it is measured against, and the changes made on the way.

use super::draw::{Pen, scale};
use super::{Caption, Svg};

/// The range in which the true value lies with the confidence the page names.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// One measurement.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// Position in time, in any unit that grows evenly (a day number).
    pub at: f64,
    /// The value; none where nothing was measured, and then the line is broken.
    pub value: Option<f64>,
    /// Its interval.
    pub interval: Option<Interval>,
    /// The time in words ("16 Nov"); the picture shows the first and the last, the table all.
    pub label: String,
    /// The value in words ("18 menit"); the picture shows the last, the table all.
    pub text: String,
}

/// The promise of the service standard.
#[derive(Debug, Clone, PartialEq)]
pub struct Promise {
    /// The promised value.
    pub value: f64,
    /// In words ("janji 30 menit").
    pub label: String,
}

/// Something that changed and may explain the line.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// When, in the unit of [`Point::at`].
    pub at: f64,
    /// What ("loket keempat dibuka").
    pub label: String,
}

/// A mark on the vertical axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Tick {
    /// Where.
    pub value: f64,
    /// As written ("20").
    pub label: String,
}

/// A figure over time.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// For screen readers.
    pub caption: Caption,
    /// In order of time.
    pub points: Vec<Point>,
    /// The promise line.
    pub promise: Option<Promise>,
    /// Marks of changes; labels beyond the third stand only in the table.
    pub changes: Vec<Change>,
    /// Marks of the vertical axis; may be empty.
    pub ticks: Vec<Tick>,
    /// Whether the axis begins at 0.
    pub from_zero: bool,
}

const WIDTH: f64 = 320.0;
const PLOT: f64 = 128.0;

/// Draws the series.
pub fn series(data: &Series) -> Svg {
    let labelled = data.changes.len().min(3);
    let top = 18.0 + 14.0 * f64::from(u8::try_from(labelled).unwrap_or(3));
    let bottom = top + PLOT;
    let left = if data.ticks.is_empty() { 6.0 } else { 36.0 };
    let mut pen = Pen::open(r#"class="chart""#, WIDTH, bottom + 22.0, &data.caption);
    let times = range(data.points.iter().map(|p| p.at));
    let values = value_range(data);
    let x = |at: f64| scale(at, times, (left, WIDTH - 8.0));
    let y = |value: f64| scale(value, values, (bottom, top));

    for tick in data.ticks.iter().filter(|t| t.value.is_finite()) {
        pen.line("grid", (left, y(tick.value)), (WIDTH, y(tick.value)));
        pen.text("t-small t-end", (left - 6.0, y(tick.value) + 4.0), &tick.label);
    }
    pen.line("axis", (left, bottom), (WIDTH, bottom));
    for (i, change) in data.changes.iter().filter(|c| c.at.is_finite()).enumerate() {
        let at = x(change.at);
        let row = 11.0 + 14.0 * f64::from(u8::try_from(i).unwrap_or(u8::MAX));
        pen.line("change", (at, if i < labelled { row + 3.0 } else { top }), (at, bottom));
        if i < labelled {
            let (class, shift) = if at > WIDTH / 2.0 {
                ("t-small t-end", -4.0)
            } else {
                ("t-small", 4.0)
            };
            pen.text(class, (at + shift, row), &change.label);
        }
    }
    for stretch in stretches(&data.points, |p| {
        p.interval.filter(|i| i.low.is_finite() && i.high.is_finite())
    }) {
        let mut outline: Vec<_> = stretch.iter().map(|(at, i)| (x(*at), y(i.high))).collect();
        outline.extend(stretch.iter().rev().map(|(at, i)| (x(*at), y(i.low))));
        pen.shape("interval", &outline);
    }
    if let Some(promise) = data.promise.as_ref().filter(|p| p.value.is_finite()) {
        pen.line("promise", (left, y(promise.value)), (WIDTH, y(promise.value)));
        pen.text("t-small t-warn", (left + 2.0, y(promise.value) - 5.0), &promise.label);
    }
    for stretch in stretches(&data.points, |p| p.value.filter(|v| v.is_finite())) {
        let line: Vec<_> = stretch.iter().map(|(at, value)| (x(*at), y(*value))).collect();
        match line.as_slice() {
            [alone] => pen.dot("dot", *alone, 3.0),
            line => pen.path("line", line),
        }
    }
    if let Some((point, value)) = data
        .points
        .iter()
        .rev()
        .find_map(|p| Some((p, p.value.filter(|v| v.is_finite())?)))
    {
        let (at, height) = (x(point.at), y(value));
        pen.dot("dot", (at, height), 4.5);
        // below the point when the promise line runs close above it or the top is near
        let near = data
            .promise
            .as_ref()
            .is_some_and(|p| (y(p.value) - height).abs() < 22.0 && y(p.value) <= height);
        let below = near || height - top < 14.0;
        let baseline = if below && height + 18.0 < bottom {
            height + 18.0
        } else {
            height - 10.0
        };
        let (class, shift) = if at > WIDTH / 2.0 {
            ("t-brand t-end", 4.0)
        } else {
            ("t-brand", -4.0)
        };
        pen.text(class, (at + shift, baseline), &point.text);
    }
    if let Some(first) = data.points.first() {
        pen.text("t-small", (left, bottom + 16.0), &first.label);
    }
    if let [_, .., last] = data.points.as_slice() {
        pen.text("t-small t-end", (WIDTH, bottom + 16.0), &last.label);
    }
    pen.close()
}

/// Draws a line without axes for a table row or a sentence. Says nothing to screen readers: the figure stands beside
/// it. Missing values break the line.
pub fn sparkline(values: &[Option<f64>]) -> Svg {
    let mut pen = Pen::open_silent(r#"class="chart spark""#, 96.0, 24.0);
    let count = u16::try_from(values.len()).unwrap_or(u16::MAX);
    let limits = range(values.iter().flatten().copied());
    let points: Vec<Point> = (0..count)
        .zip(values)
        .map(|(i, value)| Point {
            at: f64::from(i),
            value: *value,
            interval: None,
            label: String::new(),
            text: String::new(),
        })
        .collect();
    let last = f64::from(count.saturating_sub(1));
    let place = |(at, value): &(f64, f64)| (scale(*at, (0.0, last), (3.0, 91.0)), scale(*value, limits, (20.0, 4.0)));
    let mut end = None;
    for stretch in stretches(&points, |p| p.value.filter(|v| v.is_finite())) {
        let line: Vec<_> = stretch.iter().map(place).collect();
        pen.path("line", &line);
        end = line.last().copied();
    }
    if let Some(end) = end {
        pen.dot("dot", end, 3.0);
    }
    pen.close()
}

/// Runs of neighbouring points that have the wanted part.
fn stretches<T: Copy>(points: &[Point], part: impl Fn(&Point) -> Option<T>) -> Vec<Vec<(f64, T)>> {
    points
        .split(|p| part(p).is_none() || !p.at.is_finite())
        .filter(|run| !run.is_empty())
        .map(|run| run.iter().filter_map(|p| Some((p.at, part(p)?))).collect())
        .collect()
}

fn range(values: impl Iterator<Item = f64>) -> (f64, f64) {
    values
        .filter(|v| v.is_finite())
        .fold(None, |seen, v| {
            Some(seen.map_or((v, v), |(low, high): (f64, f64)| (low.min(v), high.max(v))))
        })
        .unwrap_or((0.0, 1.0))
}

fn value_range(data: &Series) -> (f64, f64) {
    let measured = data.points.iter().flat_map(|p| {
        [p.value, p.interval.map(|i| i.low), p.interval.map(|i| i.high)]
            .into_iter()
            .flatten()
    });
    let marks = data
        .promise
        .iter()
        .map(|p| p.value)
        .chain(data.ticks.iter().map(|t| t.value));
    let zero = data.from_zero.then_some(0.0);
    let (low, high) = range(measured.chain(marks).chain(zero));
    // a little room, so that a line at the edge does not look cut off
    let room = ((high - low) * 0.06).max(f64::MIN_POSITIVE);
    (if data.from_zero && low >= 0.0 { low } else { low - room }, high + room)
}
