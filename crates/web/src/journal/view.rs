//! The parts of a period as its page shows them, made from the areas' reading models without another query.

use std::collections::HashMap;

use i18n::Texts;
use journal::model::{EvidenceKind, Gap, Reached};
use journal::queries::PeriodView;
use journal::{ActionRow, EvidenceRow, ProgressRow, RealisationRow};
use kernel::{Code, IkiId, Period, RhkId, ServiceId};
use service::queries::ServiceIndex;
use skp::model::{Direction, Source, parse_target};
use skp::{IkiRow, RhkView};

use super::frame::Frame;
use super::{day, words};
use crate::shared::autosave::StaleRow;
use crate::shared::words::{Tag, period as period_name};
use crate::shared::{Choice, FormData, Problems};

/// One RHK with everything recorded for it in the period.
pub(super) struct RhkCard {
    pub(super) id: RhkId,
    pub(super) no: usize,
    pub(super) text: String,
    pub(super) plans: Vec<PlanLine>,
    pub(super) ikis: Vec<IkiLine>,
    pub(super) evidence: Vec<EvidenceLine>,
    pub(super) entries: Vec<EntryLine>,
    /// `12 catatan harian`
    pub(super) entries_title: String,
    pub(super) remarks: String,
}

/// One line of the action plan.
pub(super) struct PlanLine {
    pub(super) id: kernel::ActionPlanId,
    pub(super) text: String,
    pub(super) target: String,
    pub(super) reached: Tag,
    pub(super) version: i64,
    /// Choices of how far it was reached; the one that stands is marked.
    pub(super) choices: Vec<(Choice, bool)>,
}

/// One IKI with its target beside its realised value.
pub(super) struct IkiLine {
    pub(super) id: IkiId,
    /// Tells the fields of this page apart.
    pub(super) no: usize,
    pub(super) text: String,
    pub(super) target: String,
    pub(super) value: String,
    pub(super) source: String,
    pub(super) reading: String,
    pub(super) version: i64,
    pub(super) error: Option<String>,
    pub(super) source_error: Option<String>,
    pub(super) stale: Vec<StaleRow>,
    /// The value comes from a service: address, name, figure.
    pub(super) service: Option<ServiceValue>,
}

/// A value that citizens' answers give.
pub(super) struct ServiceValue {
    pub(super) href: String,
    pub(super) name: String,
    pub(super) figure: String,
}

/// One piece of evidence.
pub(super) struct EvidenceLine {
    pub(super) id: kernel::EvidenceId,
    pub(super) title: String,
    pub(super) href: String,
    pub(super) is_link: bool,
    pub(super) about: String,
    pub(super) note: String,
}

/// One entry of daily progress.
pub(super) struct EntryLine {
    pub(super) day: String,
    pub(super) text: String,
    pub(super) quantity: String,
}

/// A realised value that was refused, shown again with what was typed.
pub(super) struct Rejected {
    pub(super) iki: IkiId,
    pub(super) form: FormData,
    pub(super) problems: Problems,
    pub(super) stale: Vec<StaleRow>,
}

/// What the cards are made of.
pub(super) struct Material<'a> {
    pub(super) year: i16,
    pub(super) period: Period,
    pub(super) rhks: &'a [RhkView],
    pub(super) view: &'a PeriodView,
    pub(super) entries: &'a [(RhkId, Vec<ProgressRow>)],
    pub(super) services: &'a HashMap<ServiceId, (String, Option<ServiceIndex>)>,
    pub(super) remarks: &'a [(RhkId, i64)],
}

/// The cards in the order of the plan.
pub(super) fn cards(frame: &Frame, from: &Material<'_>, rejected: Option<&Rejected>) -> Vec<RhkCard> {
    let t = frame.t;
    let mut field = 0;
    let rhks = from.rhks.iter().enumerate();
    rhks.map(|(at, rhk)| {
        let id = rhk.row.id;
        let entries = from.entries.iter().find(|(r, _)| *r == id).map_or(&[][..], |(_, e)| e);
        let count = i64::try_from(entries.len()).unwrap_or(i64::MAX);
        let remarks = from.remarks.iter().find(|(r, _)| *r == id).map_or(0, |(_, n)| *n);
        let ikis = rhk.ikis.iter().map(|iki| {
            field += 1;
            iki_line(t, from, iki, field, rejected.filter(|r| r.iki == iki.id))
        });
        RhkCard {
            id,
            no: at + 1,
            text: rhk.row.text.clone(),
            ikis: ikis.collect(),
            plans: from.view.actions_of(id).map(|a| plan(t, a)).collect(),
            evidence: from.view.evidence_of(id).map(|e| evidence(frame, e)).collect(),
            entries: entries.iter().map(|e| entry(t, e)).collect(),
            entries_title: match count {
                0 => t.journal_entries_none_period().to_owned(),
                _ => t.journal_entries_count(count),
            },
            remarks: match remarks {
                0 => t.journal_feedback_none().to_owned(),
                n => t.journal_feedback_count(n),
            },
        }
    })
    .collect()
}

fn plan(t: Texts, row: &ActionRow) -> PlanLine {
    let choices = [
        None,
        Some(Reached::Tercapai),
        Some(Reached::Sebagian),
        Some(Reached::Belum),
    ];
    PlanLine {
        id: row.id,
        text: row.text.clone(),
        target: row.target_text.clone(),
        reached: words::reached(t, row.reached),
        version: row.version,
        choices: choices
            .into_iter()
            .map(|reached| {
                let code = reached.map_or("", Code::code);
                (
                    Choice::new(code, words::reached(t, reached).label),
                    reached == row.reached,
                )
            })
            .collect(),
    }
}

fn iki_line(t: Texts, from: &Material<'_>, iki: &IkiRow, no: usize, rejected: Option<&Rejected>) -> IkiLine {
    let stored = from.view.realisation_of(iki.id);
    let (value, source) = match rejected {
        Some(r) => (r.form.raw("nilai").to_owned(), r.form.raw("sumber").to_owned()),
        None => stored.map_or_else(Default::default, |r| (r.value_text.clone(), r.source_note.clone())),
    };
    IkiLine {
        id: iki.id,
        no,
        text: iki.text.clone(),
        target: iki.target_text.clone(),
        reading: value_reading(t, &value),
        value,
        source,
        version: stored.map_or(0, |r| r.version),
        error: rejected.and_then(|r| r.problems.of("nilai", t)),
        source_error: rejected.and_then(|r| r.problems.of("sumber", t)),
        stale: rejected.map_or_else(Vec::new, |r| r.stale.clone()),
        service: service_value(t, from, iki),
    }
}

fn service_value(t: Texts, from: &Material<'_>, iki: &IkiRow) -> Option<ServiceValue> {
    let id = iki.service_id.filter(|_| iki.source == Source::Layanan)?;
    let (name, index) = from.services.get(&id)?;
    let figure = match index {
        Some(index) => t.journal_service_value(
            i18n::hundredths(t.0, index.ikm.hundredths()),
            t.number(i64::try_from(index.n()).unwrap_or(i64::MAX)),
        ),
        None => t.journal_service_none(period_name(t, from.period), from.year),
    };
    Some(ServiceValue {
        href: format!("/layanan/{id}"),
        name: name.clone(),
        figure,
    })
}

/// How a realised value is read: `Dibaca sebagai 3 dokumen.`
pub(super) fn value_reading(t: Texts, text: &str) -> String {
    if text.trim().is_empty() {
        return String::new();
    }
    let read = parse_target(text);
    let number = read.min.filter(|_| read.direction == Direction::MakinTinggi);
    let Some(number) = number else {
        return t.journal_reads_words().to_owned();
    };
    let figure = match read.unit.as_str() {
        "%" => format!("{}%", t.decimal(number)),
        unit => format!("{} {unit}", t.decimal(number)).trim_end().to_owned(),
    };
    match read.ambiguous {
        true => format!("{} {}", t.journal_reads(figure), t.journal_reads_ambiguous()),
        false => t.journal_reads(figure),
    }
}

/// The fields of a realised value as they are stored.
pub(super) fn stored_value(row: Option<&RealisationRow>) -> FormData {
    let (value, source) = row.map_or(("", ""), |r| (r.value_text.as_str(), r.source_note.as_str()));
    FormData::from_pairs([("nilai", value), ("sumber", source)])
}

fn evidence(frame: &Frame, row: &EvidenceRow) -> EvidenceLine {
    let t = frame.t;
    let at = frame.moment(row.created_at);
    let (href, about) = match (row.kind, &row.url) {
        (EvidenceKind::Tautan, Some(url)) => (url.clone(), t.journal_evidence_link(host(url), at)),
        _ => {
            let name = row.file_name.as_deref().unwrap_or_default();
            let size = words::size(t, row.size.unwrap_or(0));
            (format!("/bukti/{}", row.id), t.journal_evidence_file(name, size, at))
        }
    };
    EvidenceLine {
        id: row.id,
        title: row.title.clone(),
        href,
        is_link: row.kind == EvidenceKind::Tautan,
        about,
        note: row.note.clone(),
    }
}

/// The host of a link, so that people see where it leads.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or(rest)
}

fn entry(t: Texts, row: &ProgressRow) -> EntryLine {
    EntryLine {
        day: t.date_short(row.work_date),
        text: row.text.clone(),
        quantity: day::quantity(t, row),
    }
}

/// What is still missing, as sentences; none of it blocks.
pub(super) fn gaps(t: Texts, gaps: &[Gap]) -> Vec<String> {
    let count = |of: fn(&Gap) -> bool| i64::try_from(gaps.iter().filter(|g| of(g)).count()).unwrap_or(i64::MAX);
    let plans = count(|g| matches!(g, Gap::PlanMissing(_)));
    let values = count(|g| matches!(g, Gap::RealisationMissing(..)));
    let evidence = count(|g| matches!(g, Gap::EvidenceMissing(_)));
    [
        (plans > 0).then(|| t.journal_gap_plan(plans)),
        (values > 0).then(|| t.journal_gap_value(values)),
        (evidence > 0).then(|| t.journal_gap_evidence(evidence)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_back() {
        let t = i18n::Lang::Id.texts();
        assert_eq!(value_reading(t, ""), "");
        assert_eq!(value_reading(t, "3 dokumen"), "Dibaca sebagai 3 dokumen.");
        assert_eq!(value_reading(t, "98,5%"), "Dibaca sebagai 98,5%.");
        assert!(value_reading(t, "1.234 berkas").contains("1.234 berkas. "));
        assert_eq!(value_reading(t, "sesuai pedoman"), t.journal_reads_words());
    }

    #[test]
    fn links_show_where_they_lead() {
        assert_eq!(host("https://drive.contoh.go.id/a?b#c"), "drive.contoh.go.id");
        assert_eq!(host("https://contoh.go.id?x"), "contoh.go.id");
        assert_eq!(host(""), "");
    }

    #[test]
    fn gaps_are_sentences() {
        let t = i18n::Lang::Id.texts();
        let rhk = |n| RhkId::from_uuid(uuid::Uuid::from_u128(n));
        let iki = IkiId::from_uuid(uuid::Uuid::from_u128(9));
        assert!(gaps(t, &[]).is_empty());
        let said = gaps(
            t,
            &[
                Gap::PlanMissing(rhk(1)),
                Gap::PlanMissing(rhk(2)),
                Gap::RealisationMissing(rhk(1), iki),
            ],
        );
        assert_eq!(said[0], "Rencana aksi belum ada untuk 2 RHK.");
        assert_eq!(said.len(), 2);
    }
}
