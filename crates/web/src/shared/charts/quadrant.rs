//! The quadrant: results upwards, behaviour to the right, one of nine cells is the reader's.

use super::draw::{Pen, wrap};
use super::{Caption, Svg};

/// What a cell's colour says; its word stands in the cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// The best predikat.
    Good,
    /// As expected.
    Ok,
    /// Needs improvement.
    Warn,
    /// Poor or misconduct.
    Bad,
}

impl Tone {
    /// The class in `abdi.css`, the same in the SVG and in `table.quadrant`.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Ok => "ok",
            Self::Warn => "warn",
            Self::Bad => "bad",
        }
    }
}

/// One of the nine cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuadrantCell {
    /// The predikat, translated.
    pub label: String,
    /// Its colour.
    pub tone: Tone,
}

/// The nine cells with their axes. Rows run from the top (best results) down, columns from the left (lowest
/// behaviour) to the right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quadrant {
    /// For screen readers.
    pub caption: Caption,
    /// Cells by row, then column.
    pub cells: [[QuadrantCell; 3]; 3],
    /// Names of the rows, top first ("di atas", "sesuai", "di bawah").
    pub rows: [String; 3],
    /// Names of the columns, left first.
    pub columns: [String; 3],
    /// Name of the vertical axis ("Hasil kerja").
    pub row_title: String,
    /// Name of the horizontal axis ("Perilaku kerja").
    pub column_title: String,
    /// The reader's cell as (row, column), if there is one; outside 0..3 means none.
    pub here: Option<(usize, usize)>,
    /// The words in that cell ("Anda di sini").
    pub here_label: String,
}

const LEFT: f64 = 42.0;
const TOP: f64 = 4.0;
const CELL: f64 = 88.0;
const STEP: f64 = 94.0;

/// Draws the quadrant.
pub fn quadrant(data: &Quadrant) -> Svg {
    let mut pen = Pen::open(
        r#"class="chart quad""#,
        LEFT + 3.0 * STEP,
        TOP + 3.0 * STEP + 44.0,
        &data.caption,
    );
    for (r, row) in data.cells.iter().enumerate() {
        for (c, cell) in row.iter().enumerate() {
            let (x, y) = (LEFT + step(c), TOP + step(r));
            let here = data.here == Some((r, c));
            let class = if here { "cell here" } else { cell_class(cell.tone) };
            pen.rect(class, [x, y, CELL, CELL], 8.0);
            if here {
                pen.rect("cell-ring", [x - 3.0, y - 3.0, CELL + 6.0, CELL + 6.0], 10.0);
            }
            let words = if here { "t-here" } else { "t-cell" };
            let lines = wrap(&cell.label, 11, 2);
            let below = if here {
                wrap(&data.here_label, 13, 2)
            } else {
                Vec::new()
            };
            let middle = y + CELL / 2.0 + 4.5;
            let mut baseline = middle - 8.0 * count(lines.len() + below.len()).max(0.0);
            for line in &lines {
                pen.text(words, (x + CELL / 2.0, baseline), line);
                baseline += 16.0;
            }
            for line in &below {
                pen.text("t-here t-small", (x + CELL / 2.0, baseline), line);
                baseline += 14.0;
            }
        }
    }
    let bottom = TOP + 3.0 * STEP;
    for (i, (row, column)) in data.rows.iter().zip(&data.columns).enumerate() {
        pen.text_upwards("t-mid t-small", (LEFT - 10.0, TOP + step(i) + CELL / 2.0), row);
        pen.text("t-mid t-small", (LEFT + step(i) + CELL / 2.0, bottom + 12.0), column);
    }
    pen.text_upwards("t-mid t-strong", (13.0, TOP + STEP + CELL / 2.0), &data.row_title);
    pen.text(
        "t-mid t-strong",
        (LEFT + STEP + CELL / 2.0, bottom + 34.0),
        &data.column_title,
    );
    pen.close()
}

const fn cell_class(tone: Tone) -> &'static str {
    match tone {
        Tone::Good => "cell good",
        Tone::Ok => "cell ok",
        Tone::Warn => "cell warn",
        Tone::Bad => "cell bad",
    }
}

fn step(index: usize) -> f64 {
    f64::from(u8::try_from(index).unwrap_or(u8::MAX)) * STEP
}

/// Lines after the first.
fn count(lines: usize) -> f64 {
    f64::from(u8::try_from(lines.saturating_sub(1)).unwrap_or(u8::MAX))
}
