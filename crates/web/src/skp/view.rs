//! The parts of a whole plan as its page shows them, made from the area's reading model without another query.

use std::collections::HashMap;

use i18n::Texts;
use kernel::{Code, Instant, PersonId, RhkId, Zone};
use org::queries::EmployeeRow;
use regulation::berakhlak;
use skp::model::{AnnexKind, Approach, Family, RhkKind, Side, Source};
use skp::{Detail, EventRow, IkiRow, RhkView, Status};

use super::words;
use crate::shared::{Nav, Shell, Staff};

/// The one who reads a page: all that a page needs of a session.
pub(super) struct Reader<'a> {
    pub(super) t: Texts,
    pub(super) zone: Zone,
    pub(super) now: Instant,
    /// The name of the person, or of the account of administration.
    pub(super) name: String,
    frame: Box<dyn Fn(Nav, String) -> Shell + 'a>,
}

impl<'a> Reader<'a> {
    /// From the session of a request.
    pub(super) fn of(staff: &'a Staff) -> Self {
        let person = staff.session.person.as_ref();
        Self {
            t: staff.t,
            zone: staff.session.agency.zone,
            now: staff.now,
            name: person.map_or_else(|| staff.session.label.clone(), |p| p.name.clone()),
            frame: Box::new(|nav, title| Shell::staff(staff, nav, title)),
        }
    }

    /// A reader for tests that render pages.
    #[cfg(test)]
    pub(super) fn sample(t: Texts, now: Instant) -> Self {
        Self {
            t,
            zone: Zone::Wita,
            now,
            name: "Ratna <b>W.</b>".to_owned(),
            frame: Box::new(move |_, title| Shell::sample(t, title)),
        }
    }

    /// The frame of a page.
    pub(super) fn shell(&self, nav: Nav, title: impl Into<String>) -> Shell {
        (self.frame)(nav, title.into())
    }

    /// Today in the agency's zone.
    pub(super) fn today(&self) -> jiff::civil::Date {
        self.zone.date(self.now)
    }
}

/// The people whose names a page needs.
#[derive(Debug, Clone, Default)]
pub(super) struct People(HashMap<PersonId, EmployeeRow>);

impl People {
    /// From rows of the directory.
    pub(super) fn new(rows: Vec<EmployeeRow>) -> Self {
        Self(rows.into_iter().map(|row| (row.id, row)).collect())
    }

    /// Everybody named on the page of a plan.
    pub(super) fn wanted(detail: &Detail, superior: Option<PersonId>) -> Vec<PersonId> {
        let mut ids: Vec<PersonId> = detail.events.iter().filter_map(|e| e.person_id).collect();
        ids.push(detail.skp.person_id);
        ids.extend(detail.skp.assessor_id);
        ids.extend(superior);
        ids.sort();
        ids.dedup();
        ids
    }

    /// A name; none for somebody unknown.
    pub(super) fn name(&self, id: Option<PersonId>) -> Option<&str> {
        self.0.get(&id?).map(|row| row.full_name.as_str())
    }

    pub(super) fn row(&self, id: PersonId) -> Option<&EmployeeRow> {
        self.0.get(&id)
    }
}

/// One side of the plan.
#[derive(Debug, Clone, Default)]
pub(super) struct PartyView {
    pub(super) role: String,
    pub(super) name: String,
    pub(super) number: String,
    pub(super) position: String,
    pub(super) unit: String,
}

/// The results of one kind.
#[derive(Debug, Clone)]
pub(super) struct Group {
    pub(super) title: &'static str,
    pub(super) empty: &'static str,
    pub(super) rhks: Vec<RhkCard>,
}

/// One result with its indicators.
#[derive(Debug, Clone)]
pub(super) struct RhkCard {
    pub(super) id: RhkId,
    pub(super) no: i64,
    pub(super) text: String,
    /// `Mendukung RHK atasan: …`, who assigned it, or that it is not linked.
    pub(super) origin: String,
    pub(super) holder: &'static str,
    pub(super) ikis: Vec<IkiLine>,
    pub(super) is_first: bool,
    pub(super) is_last: bool,
}

/// One indicator.
#[derive(Debug, Clone)]
pub(super) struct IkiLine {
    pub(super) id: kernel::IkiId,
    pub(super) no: usize,
    pub(super) class: &'static str,
    pub(super) text: String,
    pub(super) target: String,
    pub(super) from_service: bool,
}

/// One value of BerAKHLAK.
#[derive(Debug, Clone)]
pub(super) struct ValueCard {
    pub(super) no: u8,
    pub(super) label: &'static str,
    pub(super) guides: [&'static str; 3],
    pub(super) expectation: String,
}

/// One list of the annex.
#[derive(Debug, Clone)]
pub(super) struct AnnexList {
    pub(super) title: &'static str,
    pub(super) lines: Vec<String>,
}

/// One line of history.
#[derive(Debug, Clone)]
pub(super) struct HistoryLine {
    pub(super) at: String,
    pub(super) text: String,
    pub(super) remark: String,
    pub(super) class: &'static str,
}

/// How indicators are headed: by aspect, by perspective, or in words.
pub(super) fn class_heading(t: Texts, detail: &Detail) -> &'static str {
    match (detail.skp.approach, detail.skp.family) {
        (Approach::Kualitatif, _) => "",
        (Approach::Kuantitatif, Family::Aspek) => t.skp_aspect(),
        (Approach::Kuantitatif, Family::Perspektif) => t.skp_perspective(),
    }
}

/// Main and additional results.
pub(super) fn groups(t: Texts, detail: &Detail) -> Vec<Group> {
    let of = |kind| {
        let all: Vec<&RhkView> = detail.of_kind(kind).collect();
        let last = all.len().saturating_sub(1);
        all.iter()
            .enumerate()
            .map(|(at, rhk)| card(t, rhk, at == 0, at == last))
            .collect()
    };
    vec![
        Group {
            title: t.skp_utama_heading(),
            empty: t.skp_utama_empty(),
            rhks: of(RhkKind::Utama),
        },
        Group {
            title: t.skp_tambahan_heading(),
            empty: t.skp_tambahan_empty(),
            rhks: of(RhkKind::Tambahan),
        },
    ]
}

fn card(t: Texts, rhk: &RhkView, is_first: bool, is_last: bool) -> RhkCard {
    let origin = match &rhk.parent_text {
        Some(text) => t.skp_supports(or_empty(t, text)),
        None if rhk.row.assigned_from.is_empty() => t.skp_not_linked().to_owned(),
        None => t.skp_assigned(&rhk.row.assigned_from),
    };
    RhkCard {
        id: rhk.row.id,
        no: rhk.row.seq,
        text: or_empty(t, &rhk.row.text).to_owned(),
        origin,
        holder: words::holder(t, rhk.row.holder),
        ikis: rhk.ikis.iter().enumerate().map(|(at, i)| line(t, i, at + 1)).collect(),
        is_first,
        is_last,
    }
}

fn line(t: Texts, iki: &IkiRow, no: usize) -> IkiLine {
    let class = match (iki.aspect, iki.perspective) {
        (Some(aspect), _) => words::aspect(t, aspect),
        (None, Some(perspective)) => words::perspective(t, perspective),
        (None, None) => "",
    };
    IkiLine {
        id: iki.id,
        no,
        class,
        text: or_empty(t, &iki.text).to_owned(),
        target: or_empty(t, &iki.target_text).to_owned(),
        from_service: iki.source == Source::Layanan,
    }
}

fn or_empty(t: Texts, text: &str) -> &str {
    if text.is_empty() { t.skp_text_empty() } else { text }
}

/// The seven values with the leader's expectations.
pub(super) fn values(detail: &Detail) -> Vec<ValueCard> {
    berakhlak::Value::ALL
        .iter()
        .map(|&value| ValueCard {
            no: value.number(),
            label: value.label(),
            guides: value.guides(),
            expectation: detail.expectation(value).to_owned(),
        })
        .collect()
}

/// The three lists of the annex.
pub(super) fn annex(t: Texts, detail: &Detail) -> Vec<AnnexList> {
    AnnexKind::ALL
        .iter()
        .map(|&kind| AnnexList {
            title: words::annex(t, kind),
            lines: detail.annex_of(kind).to_vec(),
        })
        .collect()
}

/// Both sides: as they were called at the approval, else as they are called today.
pub(super) fn parties(t: Texts, detail: &Detail, people: &People, superior: Option<PersonId>) -> Vec<PartyView> {
    let today = |id: Option<PersonId>| id.and_then(|id| people.row(id));
    [
        (Side::Pegawai, t.skp_side_owner(), Some(detail.skp.person_id)),
        (Side::Penilai, t.skp_side_assessor(), superior),
    ]
    .into_iter()
    .map(|(side, role, id)| {
        let mut view = match (detail.party(side), today(id)) {
            (Some(kept), _) => PartyView {
                name: kept.name.clone(),
                number: kept.number.clone(),
                position: kept.position.clone(),
                unit: kept.unit.clone(),
                ..PartyView::default()
            },
            (None, Some(row)) => PartyView {
                name: row.full_name.clone(),
                number: words::printed_number(t, &row.number),
                position: row.position_title.clone(),
                unit: row.unit_name.clone(),
                ..PartyView::default()
            },
            (None, None) => PartyView {
                name: t.skp_assessor_none().to_owned(),
                ..PartyView::default()
            },
        };
        role.clone_into(&mut view.role);
        view
    })
    .collect()
}

/// One line of history a change (U30), oldest first.
pub(super) fn history(t: Texts, detail: &Detail, people: &People, zone: Zone) -> Vec<HistoryLine> {
    detail
        .events
        .iter()
        .map(|event| {
            let name = people.name(event.person_id).unwrap_or(t.skp_event_system());
            HistoryLine {
                at: t.moment(event.at, zone),
                text: said(t, event, name),
                remark: event.remark.clone(),
                class: match event.status_to {
                    Status::Disetujui => "good",
                    Status::Dikembalikan => "bad",
                    Status::Draf | Status::Diajukan | Status::Ditutup => "",
                },
            }
        })
        .collect()
}

fn said(t: Texts, event: &EventRow, name: &str) -> String {
    match (event.status_from, event.status_to) {
        (None, _) => t.skp_event_created(name),
        (Some(_), Status::Draf) => t.skp_event_ditarik(name),
        (Some(_), Status::Diajukan) => t.skp_event_diajukan(name),
        (Some(_), Status::Dikembalikan) => t.skp_event_dikembalikan(name),
        (Some(_), Status::Disetujui) => t.skp_event_disetujui(name),
        (Some(_), Status::Ditutup) => t.skp_event_ditutup(name),
    }
}
