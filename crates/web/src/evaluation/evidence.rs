//! What a rating rests on: results with targets and realised values, evidence, feedback, citizens' answers.

use std::collections::HashMap;

use evaluation::evidence::ServiceEvidence;
use evaluation::model::Outcome;
use evaluation::queries::EvaluationPage;
use feedback::{FeedbackRow, GiverRole, Tone};
use i18n::Texts;
use journal::model::EvidenceKind;
use kernel::{Code, Decimal, IkiId};
use regulation::berakhlak;
use skp::model::{RhkKind, Source};
use skp::{IkiRow, RhkView};

use super::words::{Eye, count, period_path};
use crate::shared::words::Tag;

/// Everything on the left of a rating.
pub(super) struct EvidenceView {
    pub results: Vec<ResultPart>,
    pub values: Vec<ValuePart>,
    /// Entries of daily progress, as a sentence.
    pub entries: String,
    /// Where the recorded work stands.
    pub href: String,
}

/// One RHK.
pub(super) struct ResultPart {
    pub no: i64,
    pub text: String,
    pub parent: Option<String>,
    pub kind: Tag,
    pub ikis: Vec<IkiPart>,
    pub evidence: Vec<EvidencePart>,
    pub remarks: Vec<RemarkPart>,
}

/// One indicator: its target beside what was reached.
pub(super) struct IkiPart {
    pub text: String,
    pub target: String,
    pub realised: Option<String>,
    pub source: String,
    pub outcome: Tag,
    pub service: Option<ServicePart>,
}

/// What citizens say of a service.
pub(super) struct ServicePart {
    pub href: String,
    pub name: String,
    pub index: Option<String>,
    pub interval: Option<String>,
    pub few: Option<String>,
}

/// One piece of evidence.
pub(super) struct EvidencePart {
    pub title: String,
    pub note: String,
    pub what: String,
    pub href: String,
    /// It lies elsewhere.
    pub is_link: bool,
}

/// One remark of continuous feedback.
pub(super) struct RemarkPart {
    pub who: &'static str,
    pub tag: Tag,
    pub text: String,
    pub day: String,
}

/// One value of BerAKHLAK.
pub(super) struct ValuePart {
    pub label: &'static str,
    pub expectation: String,
    pub remarks: Vec<RemarkPart>,
}

/// The evidence of an evaluation.
pub(super) fn view(eye: Eye, page: &EvaluationPage) -> EvidenceView {
    let outcomes: HashMap<IkiId, Outcome> = page.proposal.inputs.iter().map(|(id, _, o)| (*id, *o)).collect();
    let href = period_path(page.row.skp_id, (page.row.year, page.row.period));
    EvidenceView {
        results: page
            .skp
            .rhks
            .iter()
            .map(|rhk| result(eye, page, rhk, &outcomes, &href))
            .collect(),
        values: berakhlak::Value::ALL
            .iter()
            .zip(&page.skp.expectations)
            .map(|(value, expectation)| ValuePart {
                label: value.label(),
                expectation: expectation.clone(),
                remarks: remarks(eye, page.feedback.of_value(*value)),
            })
            .collect(),
        entries: if page.entries == 0 {
            eye.t.evaluation_entries_none().to_owned()
        } else {
            eye.t.evaluation_entries(page.entries, page.entry_days)
        },
        href,
    }
}

fn result(
    eye: Eye,
    page: &EvaluationPage,
    rhk: &RhkView,
    outcomes: &HashMap<IkiId, Outcome>,
    href: &str,
) -> ResultPart {
    let t = eye.t;
    ResultPart {
        no: rhk.row.seq,
        text: rhk.row.text.clone(),
        parent: rhk.parent_text.clone(),
        kind: match rhk.row.kind {
            RhkKind::Utama => Tag::new(t.evaluation_kind_main(), "info"),
            RhkKind::Tambahan => Tag::new(t.evaluation_kind_additional(), ""),
        },
        ikis: rhk
            .ikis
            .iter()
            .map(|iki| indicator(t, page, iki, outcomes.get(&iki.id).copied()))
            .collect(),
        evidence: page
            .period
            .evidence_of(rhk.row.id)
            .map(|e| {
                let link = e.url.as_deref().filter(|u| is_web_address(u));
                EvidencePart {
                    title: e.title.clone(),
                    note: e.note.clone(),
                    what: match (&e.file_name, e.size) {
                        (Some(name), Some(size)) => format!("{name} · {}", kilobytes(t, size)),
                        _ => e.url.clone().unwrap_or_default(),
                    },
                    href: match (link, e.kind) {
                        (Some(link), _) => link.to_owned(),
                        (None, EvidenceKind::Berkas) => format!("/bukti/{}", e.id),
                        (None, EvidenceKind::Tautan) => href.to_owned(),
                    },
                    is_link: link.is_some(),
                }
            })
            .collect(),
        remarks: remarks(eye, page.feedback.of_rhk(rhk.row.id)),
    }
}

/// Anything else than a web address is shown as text and leads nowhere.
fn is_web_address(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

fn kilobytes(t: Texts, bytes: i64) -> String {
    format!("{} kB", t.number((bytes + 999).div_euclid(1000)))
}

fn indicator(t: Texts, page: &EvaluationPage, iki: &IkiRow, outcome: Option<Outcome>) -> IkiPart {
    let recorded = page
        .period
        .realisation_of(iki.id)
        .filter(|_| iki.source == Source::Manual);
    let service = page.services.iter().find(|s| s.iki == iki.id);
    IkiPart {
        text: iki.text.clone(),
        target: iki.target_text.clone(),
        realised: recorded.map(|r| r.value_text.clone()),
        source: recorded.map(|r| r.source_note.clone()).unwrap_or_default(),
        outcome: outcome_tag(t, outcome.unwrap_or(Outcome::Missing)),
        service: service.map(|s| service_part(t, s)),
    }
}

fn outcome_tag(t: Texts, outcome: Outcome) -> Tag {
    match outcome {
        Outcome::Exceeded => Tag::new(t.evaluation_outcome_exceeded(), "good"),
        Outcome::Reached => Tag::new(t.evaluation_outcome_reached(), "good"),
        Outcome::Below => Tag::new(t.evaluation_outcome_below(), "bad"),
        Outcome::Missing => Tag::new(t.evaluation_outcome_missing(), "warn"),
        Outcome::Words => Tag::new(t.evaluation_outcome_words(), "info"),
        Outcome::TooFewAnswers => Tag::new(t.evaluation_outcome_few(), "warn"),
    }
}

/// Citizens' answers: index, n, category and interval, or why there is none.
pub(super) fn service_part(t: Texts, service: &ServiceEvidence) -> ServicePart {
    let n = service.index.as_ref().map_or(0, |i| count(i.n()));
    ServicePart {
        href: format!("/layanan/{}", service.service),
        name: service.name.clone(),
        index: service.index.as_ref().zip(service.value()).map(|(index, value)| {
            let value = i18n::decimal(t.0, value);
            match index.mutu {
                Some(mutu) => t.evaluation_service_index(value, mutu.code(), t.number(n)),
                None => t.evaluation_service_index_plain(value, t.number(n)),
            }
        }),
        interval: service
            .index
            .as_ref()
            .and_then(|i| i.interval)
            .map(|ends| t.evaluation_service_interval(statistic(t, ends.low), statistic(t, ends.high))),
        few: (!service.is_enough).then(|| t.evaluation_service_few(count(service.min_answers))),
    }
}

/// A statistic with two decimals.
fn statistic(t: Texts, value: f64) -> String {
    let text = format!("{value:.2}");
    text.parse::<Decimal>().map_or(text.clone(), |d| t.decimal(d))
}

fn remarks(eye: Eye, rows: &[FeedbackRow]) -> Vec<RemarkPart> {
    let t = eye.t;
    rows.iter()
        .map(|row| RemarkPart {
            who: match row.giver_role {
                GiverRole::Atasan => t.evaluation_giver_superior(),
                GiverRole::AtasanDariAtasan => t.evaluation_giver_above(),
            },
            tag: match row.tone {
                Tone::Positif => Tag::new(t.evaluation_tone_good(), "good"),
                Tone::Netral => Tag::new(t.evaluation_tone_neutral(), ""),
                Tone::PerluPerbaikan => Tag::new(t.evaluation_tone_improve(), "warn"),
            },
            text: row.text.clone(),
            day: eye.day(row.created_at),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_become_links() {
        assert!(is_web_address("https://arsip.go.id/1"));
        assert!(!is_web_address("javascript:alert(1)"));
        assert!(!is_web_address("data:text/html,x"));
    }
}
