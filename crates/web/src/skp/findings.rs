//! What is missing before a plan is handed in, each thing linked to the page where it is put right.

use i18n::Texts;
use kernel::SkpId;
use skp::Detail;
use skp::model::{Finding, FindingCode, Place};

use super::words;

/// One finding as a sentence with the page where it is put right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FindingLine {
    pub(super) text: String,
    pub(super) href: String,
}

/// The sentence and the link of a finding.
pub(super) fn line(t: Texts, detail: &Detail, finding: Finding) -> FindingLine {
    let id = detail.skp.id;
    FindingLine {
        text: sentence(t, finding.code, &place(t, detail, finding.place)),
        href: href(id, finding),
    }
}

/// Sentences about one place, for the page on which it is edited.
pub(super) fn at(t: Texts, detail: &Detail, wanted: impl Fn(Place) -> bool) -> Vec<String> {
    detail
        .findings()
        .into_iter()
        .filter(|f| wanted(f.place))
        .map(|f| sentence(t, f.code, &place(t, detail, f.place)))
        .collect()
}

fn sentence(t: Texts, code: FindingCode, place: &str) -> String {
    match code {
        FindingCode::NoSuperior => t.skp_finding_no_superior().to_owned(),
        FindingCode::NoUtama => t.skp_finding_no_utama().to_owned(),
        FindingCode::RhkEmpty => t.skp_finding_rhk_empty(place),
        FindingCode::RhkWithoutIki => t.skp_finding_rhk_without_iki(place),
        FindingCode::IkiEmpty => t.skp_finding_iki_empty(place),
        FindingCode::IkiWithoutTarget => t.skp_finding_iki_without_target(place),
        FindingCode::IkiWithoutAspect => t.skp_finding_iki_without_aspect(place),
        FindingCode::IkiWithoutPerspective => t.skp_finding_iki_without_perspective(place),
        FindingCode::RhkNotLinked => t.skp_finding_rhk_not_linked(place),
        FindingCode::RhkWithoutVerb => t.skp_finding_rhk_without_verb(place),
        FindingCode::RhkTooShort => t.skp_finding_rhk_too_short(place),
        FindingCode::TargetWithoutNumber => t.skp_finding_target_without_number(place),
        FindingCode::AnnexEmpty => t.skp_finding_annex_empty(place),
    }
}

fn place(t: Texts, detail: &Detail, place: Place) -> String {
    let rhk = |id| detail.rhks.iter().find(|r| r.row.id == id);
    match place {
        Place::Skp => String::new(),
        Place::Rhk(id) => rhk(id).map_or_else(String::new, |r| {
            t.skp_where_rhk(words::kind(t, r.row.kind).to_lowercase(), r.row.seq)
        }),
        Place::Iki(id, iki) => rhk(id).map_or_else(String::new, |r| {
            let no = r.ikis.iter().position(|i| i.id == iki).map_or(1, |at| at + 1);
            t.skp_where_iki(words::kind(t, r.row.kind).to_lowercase(), r.row.seq, no)
        }),
        Place::Annex(kind) => words::annex(t, kind).to_owned(),
    }
}

fn href(skp: SkpId, finding: Finding) -> String {
    match (finding.code, finding.place) {
        (FindingCode::RhkWithoutIki, Place::Rhk(rhk)) => format!("/skp/{skp}/rhk/{rhk}/iki/baru"),
        (_, Place::Rhk(rhk)) => format!("/skp/{skp}/rhk/{rhk}"),
        (_, Place::Iki(_, iki)) => format!("/skp/{skp}/iki/{iki}"),
        (_, Place::Annex(_)) => format!("/skp/{skp}/lampiran"),
        (FindingCode::NoUtama, Place::Skp) => format!("/skp/{skp}/rhk/baru"),
        (_, Place::Skp) => String::new(),
    }
}
