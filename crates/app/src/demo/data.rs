//! Reads the lists that the city is made from: lines of fields, kept as text so that they can be read and corrected.

use kernel::Code;

/// The lines of a list, without remarks and empty lines.
pub fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|l| !l.is_empty() && !l.starts_with('#'))
}

/// The fields of a line.
pub fn fields<const N: usize>(line: &'static str) -> [&'static str; N] {
    let all: Vec<&'static str> = line.split('|').collect();
    all.try_into()
        .expect("invariant: every line of a list has the fields of its heading")
}

/// A code in a field.
pub fn code<T: Code>(field: &str) -> T {
    T::from_code(field).expect("invariant: lists hold codes that exist")
}

/// A whole number in a field.
pub fn number(field: &str) -> i64 {
    field.parse().expect("invariant: the field holds a whole number")
}
