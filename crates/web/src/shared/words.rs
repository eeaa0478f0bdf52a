//! The words for codes: what a state, a rating or a role is called on a page, and the colour of its tag.

use i18n::Texts;
use kernel::Period;

/// A word with a colour: `good`, `warn`, `bad`, `info` or plain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// What is read.
    pub label: String,
    /// Class that colours it; empty is plain.
    pub tone: &'static str,
}

impl Tag {
    /// A tag.
    pub fn new(label: impl Into<String>, tone: &'static str) -> Self {
        Self {
            label: label.into(),
            tone,
        }
    }
}

/// `Triwulan III`, `November`, `Tahunan`
pub fn period(t: Texts, period: Period) -> String {
    match period {
        Period::Tw1 => t.period_tw1().to_owned(),
        Period::Tw2 => t.period_tw2().to_owned(),
        Period::Tw3 => t.period_tw3().to_owned(),
        Period::Tw4 => t.period_tw4().to_owned(),
        Period::Annual => t.period_annual().to_owned(),
        month => {
            let first = jiff::civil::date(2000, month.months().0, 1);
            let text = t.month_year(first);
            text.split_once(' ').map_or(text.clone(), |(name, _)| name.to_owned())
        }
    }
}

/// State of a plan; none is a plan that nobody has begun.
pub fn skp_status(t: Texts, status: Option<skp::Status>) -> Tag {
    use skp::Status;
    match status {
        None => Tag::new(t.skp_status_none(), ""),
        Some(Status::Draf) => Tag::new(t.skp_status_draf(), ""),
        Some(Status::Diajukan) => Tag::new(t.skp_status_diajukan(), "warn"),
        Some(Status::Dikembalikan) => Tag::new(t.skp_status_dikembalikan(), "bad"),
        Some(Status::Disetujui) => Tag::new(t.skp_status_disetujui(), "good"),
        Some(Status::Ditutup) => Tag::new(t.skp_status_ditutup(), "info"),
    }
}
