//! The words for codes: what a state, a rating or a role is called on a page, and the colour of its tag.

use i18n::Texts;
use kernel::Period;
use regulation::rating::{CapaianOrganisasi, Predikat, Rating};

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

/// A rating of results or of behaviour, as the law prints it.
pub fn rating(t: Texts, rating: Rating) -> &'static str {
    match rating {
        Rating::DiAtas => t.evaluation_rating_above(),
        Rating::Sesuai => t.evaluation_rating_meets(),
        Rating::DiBawah => t.evaluation_rating_below(),
    }
}

/// A predikat, as the forms print it.
pub fn predikat(t: Texts, predikat: Predikat) -> Tag {
    match predikat {
        Predikat::SangatBaik => Tag::new(t.evaluation_predikat_sangat_baik(), "good"),
        Predikat::Baik => Tag::new(t.evaluation_predikat_baik(), "good"),
        Predikat::ButuhPerbaikan => Tag::new(t.evaluation_predikat_butuh_perbaikan(), "warn"),
        Predikat::Kurang => Tag::new(t.evaluation_predikat_kurang(), "bad"),
        Predikat::SangatKurang => Tag::new(t.evaluation_predikat_sangat_kurang(), "bad"),
    }
}

/// Capaian kinerja organisasi, as the forms print it.
pub fn achievement(t: Texts, achievement: CapaianOrganisasi) -> Tag {
    match achievement {
        CapaianOrganisasi::Istimewa => Tag::new(t.evaluation_achievement_istimewa(), "good"),
        CapaianOrganisasi::Baik => Tag::new(t.evaluation_achievement_baik(), "good"),
        CapaianOrganisasi::ButuhPerbaikan => Tag::new(t.evaluation_achievement_butuh_perbaikan(), "warn"),
        CapaianOrganisasi::Kurang => Tag::new(t.evaluation_achievement_kurang(), "bad"),
        CapaianOrganisasi::SangatKurang => Tag::new(t.evaluation_achievement_sangat_kurang(), "bad"),
    }
}

/// How far an evaluation is; none was not opened yet.
pub fn evaluation_status(t: Texts, status: Option<evaluation::model::Status>) -> Tag {
    use evaluation::model::Status;
    match status {
        None => Tag::new(t.evaluation_status_none(), ""),
        Some(Status::BelumDinilai) => Tag::new(t.evaluation_status_belum_dinilai(), "warn"),
        Some(Status::Dinilai) => Tag::new(t.evaluation_status_dinilai(), "info"),
        Some(Status::Final) => Tag::new(t.evaluation_status_final(), "good"),
        Some(Status::Diterima) => Tag::new(t.evaluation_status_diterima(), "good"),
    }
}

/// A role that is granted.
pub fn role(t: Texts, role: policy::Role) -> &'static str {
    use policy::Role;
    match role {
        Role::UnitAdmin => t.role_unit_admin(),
        Role::AgencyAdmin => t.role_agency_admin(),
        Role::Auditor => t.role_auditor(),
        Role::AgencyHead => t.role_agency_head(),
        Role::Counter => t.role_counter(),
    }
}

/// A granted role with its place and its days, as a sentence.
pub fn grant(t: Texts, grant: &access::queries::GrantLine) -> String {
    let place = match &grant.unit_name {
        Some(unit) => t.role_in_unit(unit),
        None => t.role_in_agency().to_owned(),
    };
    let from = t.date_long(grant.valid_from);
    match grant.valid_to {
        Some(last) => t.role_sentence_until(role(t, grant.role), place, from, t.date_long(last)),
        None => t.role_sentence(role(t, grant.role), place, from),
    }
}
