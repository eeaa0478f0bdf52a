//! The pen: writes elements, escapes every text, keeps numbers short.

use std::fmt::Write as _;

use super::{Caption, Svg};

/// An SVG being written. Sizes are in units of the view box; the width on the page is set by the class.
pub(super) struct Pen(String);

impl Pen {
    /// Opens a picture of the given (constant) attributes and size, named by its caption.
    pub(super) fn open(attributes: &str, width: f64, height: f64, caption: &Caption) -> Self {
        let mut pen = Self(String::with_capacity(1024));
        pen.push(format_args!(
            "<svg {attributes} viewBox=\"0 0 {} {}\" role=\"img\" xmlns=\"http://www.w3.org/2000/svg\"><title>{}</title>",
            num(width),
            num(height),
            escape(&caption.title)
        ));
        if !caption.desc.is_empty() {
            pen.push(format_args!("<desc>{}</desc>", escape(&caption.desc)));
        }
        pen
    }

    /// Opens a picture that says nothing by itself, because the text beside it says it.
    pub(super) fn open_silent(attributes: &str, width: f64, height: f64) -> Self {
        let mut pen = Self(String::with_capacity(256));
        pen.push(format_args!(
            "<svg {attributes} viewBox=\"0 0 {} {}\" aria-hidden=\"true\" xmlns=\"http://www.w3.org/2000/svg\">",
            num(width),
            num(height)
        ));
        pen
    }

    pub(super) fn close(mut self) -> Svg {
        self.0.push_str("</svg>");
        Svg(self.0)
    }

    /// Writes markup made of numbers and constants only; texts go through [`Pen::text`].
    pub(super) fn push(&mut self, markup: std::fmt::Arguments<'_>) {
        self.0
            .write_fmt(markup)
            .expect("invariant: writing to a String does not fail");
    }

    pub(super) fn rect(&mut self, class: &str, [x, y, width, height]: [f64; 4], radius: f64) {
        self.push(format_args!(
            "<rect class=\"{class}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\"/>",
            num(x),
            num(y),
            num(width.max(0.0)),
            num(height.max(0.0)),
            num(radius)
        ));
    }

    pub(super) fn line(&mut self, class: &str, from: (f64, f64), to: (f64, f64)) {
        self.push(format_args!(
            "<path class=\"{class}\" d=\"M{} {}L{} {}\"/>",
            num(from.0),
            num(from.1),
            num(to.0),
            num(to.1)
        ));
    }

    /// An open line through the points; nothing for fewer than two.
    pub(super) fn path(&mut self, class: &str, points: &[(f64, f64)]) {
        if points.len() > 1 {
            self.push(format_args!("<path class=\"{class}\" d=\"{}\"/>", data(points)));
        }
    }

    /// A closed shape; nothing for fewer than three points.
    pub(super) fn shape(&mut self, class: &str, points: &[(f64, f64)]) {
        if points.len() > 2 {
            self.push(format_args!("<path class=\"{class}\" d=\"{}Z\"/>", data(points)));
        }
    }

    pub(super) fn dot(&mut self, class: &str, at: (f64, f64), radius: f64) {
        self.push(format_args!(
            "<circle class=\"{class}\" cx=\"{}\" cy=\"{}\" r=\"{}\"/>",
            num(at.0),
            num(at.1),
            num(radius)
        ));
    }

    /// One line of text with its baseline at `at`. The class chooses the anchor (`t-mid`, `t-end`).
    pub(super) fn text(&mut self, class: &str, at: (f64, f64), text: &str) {
        if !text.is_empty() {
            self.push(format_args!(
                "<text class=\"{class}\" x=\"{}\" y=\"{}\">{}</text>",
                num(at.0),
                num(at.1),
                escape(text)
            ));
        }
    }

    /// One line of text read from bottom to top around `at`.
    pub(super) fn text_upwards(&mut self, class: &str, at: (f64, f64), text: &str) {
        if !text.is_empty() {
            self.push(format_args!(
                "<text class=\"{class}\" transform=\"translate({} {}) rotate(-90)\">{}</text>",
                num(at.0),
                num(at.1),
                escape(text)
            ));
        }
    }
}

fn data(points: &[(f64, f64)]) -> String {
    let mut out = String::with_capacity(points.len() * 12);
    for (i, (x, y)) in points.iter().enumerate() {
        let step = if i == 0 { 'M' } else { 'L' };
        write!(out, "{step}{} {}", num(*x), num(*y)).expect("invariant: writing to a String does not fail");
    }
    out
}

/// A coordinate with at most one decimal; what is not finite becomes 0.
pub(super) fn num(value: f64) -> String {
    let rounded = if value.is_finite() {
        (value * 10.0).round() / 10.0
    } else {
        0.0
    };
    // adding zero turns "-0" into "0"
    format!("{}", rounded + 0.0)
}

/// Text as it may stand between tags and in quoted attributes. Control characters are dropped: XML forbids them.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(' '),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Breaks a text at spaces into at most `lines` lines of at most `width` characters; what does not fit ends in "…".
/// The whole text stands in the table beside the picture.
pub(super) fn wrap(text: &str, width: usize, lines: usize) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match out.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => out.push(word.to_owned()),
        }
    }
    let cut = out.len() > lines;
    out.truncate(lines.max(1));
    let last = out.len().saturating_sub(1);
    for (i, line) in out.iter_mut().enumerate() {
        if line.chars().count() > width || (cut && i == last) {
            let kept: String = line.chars().take(width.saturating_sub(1).max(1)).collect();
            *line = format!("{}…", kept.trim_end());
        }
    }
    out
}

/// Places a value of `from..=to` on `start..=end` (either direction), kept inside; the middle when the range is empty.
pub(super) fn scale(value: f64, (from, to): (f64, f64), (start, end): (f64, f64)) -> f64 {
    let span = to - from;
    let share = if span.abs() < f64::EPSILON || !span.is_finite() || !value.is_finite() {
        0.5
    } else {
        ((value - from) / span).clamp(0.0, 1.0)
    };
    start + share * (end - start)
}
