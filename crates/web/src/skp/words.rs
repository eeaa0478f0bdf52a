//! The words of a plan's own codes.

use i18n::Texts;
use kernel::Zone;
use org::queries::EmployeeRow;
use regulation::nip::Nip;
use skp::Status;
use skp::model::{AnnexKind, Approach, Aspect, Direction, Family, Holder, Perspective, RhkKind, Target};

use crate::shared::Choice;

/// `Kuantitatif`
pub(super) fn approach(t: Texts, approach: Approach) -> &'static str {
    match approach {
        Approach::Kuantitatif => t.skp_approach_kuantitatif(),
        Approach::Kualitatif => t.skp_approach_kualitatif(),
    }
}

/// `menurut aspek`
pub(super) fn family(t: Texts, family: Family) -> &'static str {
    match family {
        Family::Aspek => t.skp_family_aspek(),
        Family::Perspektif => t.skp_family_perspektif(),
    }
}

/// `Utama`
pub(super) fn kind(t: Texts, kind: RhkKind) -> &'static str {
    match kind {
        RhkKind::Utama => t.skp_kind_utama(),
        RhkKind::Tambahan => t.skp_kind_tambahan(),
    }
}

/// Choices of the kind of a result.
pub(super) fn kinds(t: Texts) -> Vec<Choice> {
    vec![
        choice(RhkKind::Utama, t.skp_kind_utama(), t.skp_kind_utama_hint()),
        choice(RhkKind::Tambahan, t.skp_kind_tambahan(), t.skp_kind_tambahan_hint()),
    ]
}

/// `Organisasi`
pub(super) fn holder(t: Texts, holder: Holder) -> &'static str {
    match holder {
        Holder::Organisasi => t.skp_holder_organisasi(),
        Holder::Individu => t.skp_holder_individu(),
    }
}

/// Choices of whose a result is.
pub(super) fn holders(t: Texts) -> Vec<Choice> {
    vec![
        choice(
            Holder::Organisasi,
            t.skp_holder_organisasi(),
            t.skp_holder_organisasi_hint(),
        ),
        choice(Holder::Individu, t.skp_holder_individu(), t.skp_holder_individu_hint()),
    ]
}

/// `Kuantitas`
pub(super) fn aspect(t: Texts, aspect: Aspect) -> &'static str {
    match aspect {
        Aspect::Kuantitas => t.skp_aspect_kuantitas(),
        Aspect::Kualitas => t.skp_aspect_kualitas(),
        Aspect::Waktu => t.skp_aspect_waktu(),
        Aspect::Biaya => t.skp_aspect_biaya(),
    }
}

/// Choices of the aspect.
pub(super) fn aspects(t: Texts) -> Vec<Choice> {
    vec![
        choice(
            Aspect::Kuantitas,
            t.skp_aspect_kuantitas(),
            t.skp_aspect_kuantitas_hint(),
        ),
        choice(Aspect::Kualitas, t.skp_aspect_kualitas(), t.skp_aspect_kualitas_hint()),
        choice(Aspect::Waktu, t.skp_aspect_waktu(), t.skp_aspect_waktu_hint()),
        choice(Aspect::Biaya, t.skp_aspect_biaya(), t.skp_aspect_biaya_hint()),
    ]
}

/// `Penerima Layanan`
pub(super) fn perspective(t: Texts, perspective: Perspective) -> &'static str {
    match perspective {
        Perspective::PenerimaLayanan => t.skp_perspective_penerima(),
        Perspective::ProsesBisnis => t.skp_perspective_proses(),
        Perspective::PenguatanInternal => t.skp_perspective_internal(),
        Perspective::Anggaran => t.skp_perspective_anggaran(),
    }
}

/// Choices of the perspective.
pub(super) fn perspectives(t: Texts) -> Vec<Choice> {
    vec![
        choice(
            Perspective::PenerimaLayanan,
            t.skp_perspective_penerima(),
            t.skp_perspective_penerima_hint(),
        ),
        choice(
            Perspective::ProsesBisnis,
            t.skp_perspective_proses(),
            t.skp_perspective_proses_hint(),
        ),
        choice(
            Perspective::PenguatanInternal,
            t.skp_perspective_internal(),
            t.skp_perspective_internal_hint(),
        ),
        choice(
            Perspective::Anggaran,
            t.skp_perspective_anggaran(),
            t.skp_perspective_anggaran_hint(),
        ),
    ]
}

/// `Makin tinggi makin baik`; none is what the text says.
pub(super) fn direction(t: Texts, direction: Option<Direction>) -> &'static str {
    match direction {
        None => t.skp_direction_text(),
        Some(Direction::MakinTinggi) => t.skp_direction_tinggi(),
        Some(Direction::MakinRendah) => t.skp_direction_rendah(),
        Some(Direction::Rentang) => t.skp_direction_rentang(),
        Some(Direction::Teks) => t.skp_direction_teks(),
    }
}

/// Choices of the direction; a range is written as one and needs no choice.
pub(super) fn directions(t: Texts) -> Vec<Choice> {
    vec![
        Choice::new("", t.skp_direction_text()).hint(t.skp_direction_text_hint()),
        choice(Direction::MakinTinggi, t.skp_direction_tinggi(), ""),
        choice(Direction::MakinRendah, t.skp_direction_rendah(), ""),
        choice(Direction::Teks, t.skp_direction_teks(), t.skp_direction_teks_hint()),
    ]
}

/// `Dukungan sumber daya`
pub(super) fn annex(t: Texts, kind: AnnexKind) -> &'static str {
    match kind {
        AnnexKind::Dukungan => t.skp_annex_dukungan(),
        AnnexKind::Pertanggungjawaban => t.skp_annex_pertanggungjawaban(),
        AnnexKind::Konsekuensi => t.skp_annex_konsekuensi(),
    }
}

/// What belongs into a list of the annex.
pub(super) fn annex_hint(t: Texts, kind: AnnexKind) -> &'static str {
    match kind {
        AnnexKind::Dukungan => t.skp_annex_dukungan_hint(),
        AnnexKind::Pertanggungjawaban => t.skp_annex_pertanggungjawaban_hint(),
        AnnexKind::Konsekuensi => t.skp_annex_konsekuensi_hint(),
    }
}

/// The title of a plan's page: what state it is in.
pub(super) fn title(t: Texts, status: Status, year: i16, whose: &str) -> String {
    match status {
        Status::Draf => t.skp_title_draf(year, whose),
        Status::Diajukan => t.skp_title_diajukan(year, whose),
        Status::Dikembalikan => t.skp_title_dikembalikan(year, whose),
        Status::Disetujui => t.skp_title_disetujui(year, whose),
        Status::Ditutup => t.skp_title_ditutup(year, whose),
    }
}

/// Who holds a plan since when, and what comes next (U30).
pub(super) fn next(t: Texts, status: Status, holder: &str, since: &str) -> String {
    match status {
        Status::Draf => t.skp_next_draf(holder, since),
        Status::Diajukan => t.skp_next_diajukan(holder, since),
        Status::Dikembalikan => t.skp_next_dikembalikan(holder, since),
        Status::Disetujui => t.skp_next_disetujui(holder, since),
        Status::Ditutup => t.skp_next_ditutup(since),
    }
}

/// The next step in a few words, for lists.
pub(super) fn next_short(t: Texts, status: Status, assessor: &str) -> String {
    match status {
        Status::Draf => t.skp_next_short_draf().to_owned(),
        Status::Diajukan => t.skp_next_short_diajukan(assessor),
        Status::Dikembalikan => t.skp_next_short_dikembalikan().to_owned(),
        Status::Disetujui => t.skp_next_short_disetujui().to_owned(),
        Status::Ditutup => t.skp_next_short_ditutup().to_owned(),
    }
}

/// How a target was read: `Dibaca sebagai: paling sedikit 2 Dokumen.` Empty when nothing was written.
pub(super) fn reading(t: Texts, text: &str, target: &Target) -> String {
    if text.trim().is_empty() {
        return String::new();
    }
    let number = |n: Option<kernel::Decimal>| {
        let figure = n.map_or_else(String::new, |n| t.decimal(n));
        match target.unit.as_str() {
            "" => figure,
            "%" => format!("{figure}%"),
            unit => match unit.strip_prefix("Rp") {
                Some(rest) => format!("Rp{figure}{rest}"),
                None => format!("{figure} {unit}"),
            },
        }
    };
    let mut said = match target.direction {
        Direction::MakinTinggi => t.skp_read_least(number(target.min)),
        Direction::MakinRendah => t.skp_read_most(number(target.max)),
        Direction::Rentang => t.skp_read_range(number(target.min), number(target.max)),
        Direction::Teks => t.skp_read_words().to_owned(),
    };
    if target.ambiguous {
        said.push(' ');
        said.push_str(t.skp_read_ambiguous());
    }
    said
}

/// `1 Januari 2026 sampai 31 Desember 2026`
pub(super) fn period(t: Texts, skp: &skp::SkpRow) -> String {
    t.skp_period(t.date_long(skp.period_start), t.date_long(skp.period_end))
}

/// The day of an instant.
pub(super) fn day(t: Texts, at: kernel::Instant, zone: Zone) -> String {
    t.date_long(zone.date(at))
}

/// A number as a person's own page prints it.
pub(super) fn printed_number(t: Texts, number: &str) -> String {
    match Nip::parse(number) {
        Ok(nip) => nip.printed(),
        Err(_) if number.is_empty() => t.skp_no_number().to_owned(),
        Err(_) => number.to_owned(),
    }
}

/// A number as lists show it.
pub(super) fn masked_number(t: Texts, employee: &EmployeeRow) -> String {
    Nip::parse(&employee.number).map_or_else(|_| t.skp_no_number().to_owned(), |nip| nip.masked())
}

fn choice(code: impl kernel::Code, label: &str, hint: &str) -> Choice {
    Choice::new(code.code(), label).hint(hint)
}
