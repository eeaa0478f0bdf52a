//! Tables in Markdown, to be pasted into `bench/README.md` as they are.

use std::fmt;

/// A table whose columns are as wide as their longest cell.
pub struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table without rows below its heading.
    pub fn new(heading: &[&str]) -> Self {
        Self {
            rows: vec![heading.iter().map(|cell| (*cell).to_owned()).collect()],
        }
    }

    /// Adds a row. Cells that are missing stay empty; cells without a heading are dropped.
    pub fn row(&mut self, mut cells: Vec<String>) {
        cells.resize(self.rows[0].len(), String::new());
        self.rows
            .push(cells.iter().map(|cell| cell.replace('|', "\\|")).collect());
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = |column: usize| {
            self.rows
                .iter()
                .map(|row| row[column].chars().count())
                .max()
                .unwrap_or(0)
                .max(3)
        };
        let widths: Vec<usize> = (0..self.rows[0].len()).map(width).collect();
        for (number, row) in self.rows.iter().enumerate() {
            for (column, (cell, width)) in row.iter().zip(&widths).enumerate() {
                // the first column holds names, the others figures
                if column == 0 {
                    write!(f, "| {cell:<width$} ")?
                } else {
                    write!(f, "| {cell:>width$} ")?
                }
            }
            writeln!(f, "|")?;
            if number == 0 {
                for (column, &width) in widths.iter().enumerate() {
                    let dashes = "-".repeat(width);
                    if column == 0 {
                        write!(f, "| {dashes} ")?
                    } else {
                        write!(f, "| {}: ", &dashes[1..])?
                    }
                }
                writeln!(f, "|")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up() {
        let mut table = Table::new(&["page", "req/s"]);
        table.row(vec!["a|b".to_owned(), "12".to_owned()]);
        table.row(vec!["sign-in".to_owned()]);
        assert_eq!(
            table.to_string(),
            "| page    | req/s |\n| ------- | ----: |\n| a\\|b    |    12 |\n| sign-in |       |\n"
        );
    }
}
