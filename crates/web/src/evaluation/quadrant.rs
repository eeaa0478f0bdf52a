//! The quadrant as a picture and as a table.

use i18n::Texts;
use regulation::rating::{Predikat, Rating, predikat};

use crate::shared::charts::{self, Caption, Quadrant, QuadrantCell, Svg, Tone};
use crate::shared::words;

/// The quadrant with the reader's cell.
pub(super) struct QuadrantView {
    pub svg: Svg,
    pub columns: [&'static str; 3],
    pub rows: Vec<(&'static str, Vec<Cell>)>,
    pub here: String,
}

/// One of the nine cells.
pub(super) struct Cell {
    pub label: String,
    pub class: &'static str,
    pub is_here: bool,
}

/// Results from the top down, behaviour from left to right.
const ROWS: [Rating; 3] = [Rating::DiAtas, Rating::Sesuai, Rating::DiBawah];
const COLUMNS: [Rating; 3] = [Rating::DiBawah, Rating::Sesuai, Rating::DiAtas];

/// Draws the quadrant; `here` are the ratings of results and of behaviour, `label` the words in their cell.
pub(super) fn quadrant(t: Texts, here: (Rating, Rating), label: &str) -> QuadrantView {
    let place = |list: [Rating; 3], r: Rating| list.iter().position(|x| *x == r);
    let cell = |row: Rating, column: Rating| {
        let found = predikat(row, column);
        QuadrantCell {
            // a narrow cell breaks its words at spaces only
            label: words::predikat(t, found).label.replace('/', "/ "),
            tone: tone(found),
        }
    };
    let found = words::predikat(t, predikat(here.0, here.1)).label;
    let data = Quadrant {
        caption: Caption::new(
            t.evaluation_quadrant(),
            t.evaluation_quadrant_desc(words::rating(t, here.0), words::rating(t, here.1), found),
        ),
        cells: ROWS.map(|row| COLUMNS.map(|column| cell(row, column))),
        rows: ROWS.map(|r| short(t, r).to_owned()),
        columns: COLUMNS.map(|r| short(t, r).to_owned()),
        row_title: t.evaluation_results().to_owned(),
        column_title: t.evaluation_behaviour().to_owned(),
        here: place(ROWS, here.0).zip(place(COLUMNS, here.1)),
        here_label: label.to_owned(),
    };
    let table = ROWS.map(|row| {
        let cells = COLUMNS.map(|column| Cell {
            label: words::predikat(t, predikat(row, column)).label,
            class: tone(predikat(row, column)).class(),
            is_here: (row, column) == here,
        });
        (short(t, row), cells.into())
    });
    QuadrantView {
        svg: charts::quadrant(&data),
        columns: COLUMNS.map(|r| short(t, r)),
        rows: table.into(),
        here: label.to_owned(),
    }
}

fn short(t: Texts, rating: Rating) -> &'static str {
    match rating {
        Rating::DiAtas => t.evaluation_short_above(),
        Rating::Sesuai => t.evaluation_short_meets(),
        Rating::DiBawah => t.evaluation_short_below(),
    }
}

fn tone(predikat: Predikat) -> Tone {
    match predikat {
        Predikat::SangatBaik => Tone::Good,
        Predikat::Baik => Tone::Ok,
        Predikat::ButuhPerbaikan => Tone::Warn,
        Predikat::Kurang | Predikat::SangatKurang => Tone::Bad,
    }
}

#[cfg(test)]
mod tests {
    use kernel::Code;

    use super::*;

    #[test]
    fn exactly_one_cell_is_the_readers() {
        let t = i18n::Lang::Id.texts();
        for results in <Rating as Code>::ALL {
            for behaviour in <Rating as Code>::ALL {
                let view = quadrant(t, (*results, *behaviour), t.evaluation_here());
                let here: Vec<&str> = view
                    .rows
                    .iter()
                    .flat_map(|(_, cells)| cells)
                    .filter(|c| c.is_here)
                    .map(|c| c.label.as_str())
                    .collect();
                assert_eq!(here, [predikat(*results, *behaviour).label()]);
                assert!(
                    view.svg
                        .as_str()
                        .contains(t.evaluation_here().split(' ').next().unwrap_or_default())
                );
            }
        }
    }
}
