//! Pure rules of the organisation: words, names, ranks, the tree of units and the reporting line.

mod grade;
mod line;
mod names;
mod tree;
mod words;

pub use grade::{Grade, UnknownGrade};
pub use line::{Acting, Chain, Line, Override, derive};
pub use names::{Likeness, full_name, likeness, name_words};
pub use tree::{MAX_DEPTH, PathError, code, is_below, path_below, rewritten};
pub use words::{
    OverrideId, PersonStatus, PlacementKind, PositionKind, PositionLevel, StaffImportId, SuperiorBasis, UnitKind,
};
