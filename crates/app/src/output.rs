//! What commands say on standard output. A reader that has gone (`abdi … | head`) is no error.

use std::io::Write as _;

/// One line.
pub fn say(line: impl AsRef<str>) {
    let _ = writeln!(std::io::stdout(), "{}", line.as_ref());
}

/// Rows under headings, each column as wide as its widest cell.
pub fn table(headings: &[&str], rows: &[Vec<String>]) {
    let width = |column: usize| {
        let cells = rows
            .iter()
            .filter_map(|row| row.get(column))
            .map(|cell| cell.chars().count());
        cells
            .chain(headings.get(column).map(|h| h.chars().count()))
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..headings.len()).map(width).collect();
    let line = |cells: Vec<&str>| {
        let padded: Vec<String> = cells
            .iter()
            .zip(&widths)
            .map(|(cell, width)| format!("{cell:<width$}"))
            .collect();
        say(format!("  {}", padded.join("  ").trim_end()));
    };
    line(headings.to_vec());
    say(format!(
        "  {}",
        widths.iter().map(|w| "─".repeat(*w)).collect::<Vec<_>>().join("  ")
    ));
    for row in rows {
        line(row.iter().map(String::as_str).collect());
    }
}

/// A whole number with the Indonesian point between thousands.
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_grouped() {
        let cases = [
            (0, "0"),
            (12, "12"),
            (999, "999"),
            (1000, "1.000"),
            (1_234_567, "1.234.567"),
        ];
        for (number, text) in cases {
            assert_eq!(count(number), text);
        }
    }
}
