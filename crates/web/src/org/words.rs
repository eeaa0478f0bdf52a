use i18n::Texts;
use org::model::{PersonStatus, PlacementKind, SuperiorBasis};
use regulation::nip::{Nip, NipKind};

use crate::shared::words::Tag;

/// What a status is called.
pub(crate) fn status(t: Texts, status: PersonStatus) -> Tag {
    match status {
        PersonStatus::Active => Tag::new(t.org_status_active(), "good"),
        PersonStatus::UnpaidLeave => Tag::new(t.org_status_unpaid_leave(), "warn"),
        PersonStatus::Studying => Tag::new(t.org_status_studying(), "info"),
        PersonStatus::PreRetirement => Tag::new(t.org_status_pre_retirement(), "info"),
        PersonStatus::Suspended => Tag::new(t.org_status_suspended(), "bad"),
        PersonStatus::Retired => Tag::new(t.org_status_retired(), ""),
        PersonStatus::Left => Tag::new(t.org_status_left(), ""),
        PersonStatus::Dead => Tag::new(t.org_status_dead(), ""),
    }
}

/// How a position is held.
pub(super) fn placement(t: Texts, kind: PlacementKind) -> &'static str {
    match kind {
        PlacementKind::Definitive => t.org_placement_definitive(),
        PlacementKind::Plt => t.org_placement_plt(),
        PlacementKind::Plh => t.org_placement_plh(),
    }
}

/// Why somebody is the superior, as a sentence.
pub(super) fn basis(t: Texts, basis: SuperiorBasis) -> &'static str {
    match basis {
        SuperiorBasis::Override => t.org_basis_override(),
        SuperiorBasis::UnitHead => t.org_basis_unit_head(),
        SuperiorBasis::Plt => t.org_basis_plt(),
        SuperiorBasis::Plh => t.org_basis_plh(),
        SuperiorBasis::OneLevelUp => t.org_basis_one_level_up(),
        SuperiorBasis::None => t.org_basis_none(),
    }
}

/// What a number is called.
pub(super) fn number_kind(t: Texts, kind: NipKind) -> &'static str {
    match kind {
        NipKind::Pppk => t.org_number_pppk(),
        _ => t.org_number_pns(),
    }
}

/// A number as lists show it: only the last three digits (U16).
pub(super) fn masked(number: &str) -> String {
    Nip::parse(number).map_or_else(|_| String::new(), |nip| nip.masked())
}

/// A number as it is printed, 8-6-1-3.
pub(super) fn printed(number: &str) -> String {
    Nip::parse(number).map_or_else(|_| number.to_owned(), |nip| nip.printed())
}
