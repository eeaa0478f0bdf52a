//! Reads for pages. Each takes the open transaction first, so that a page sees one snapshot.

mod answers;
mod catalogue;
mod index;
mod times;

pub use answers::{Comment, comments, last_answers, matrix};
pub use catalogue::{
    ListFilter, ListRow, PublicRow, PublicService, Service, find, find_public, list, list_public, names,
    unscoped_of_agency,
};
pub use index::{
    DayCount, Element, Faces, Figures, Profile, ServiceIndex, TrendPoint, daily, faces, index, indices, respondents,
    trend,
};
pub use times::{Times, times, times_of};
