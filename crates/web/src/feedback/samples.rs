//! Every page of this area in many states, with hostile texts, in both languages.

use std::collections::HashMap;

use askama::Template;
use feedback::model::Topic;
use feedback::queries::Grouped;
use feedback::{FeedbackRow, GiverRole, Tone};
use i18n::Lang;
use kernel::{Code, FeedbackId, Period, PersonId, RhkId};
use regulation::berakhlak;
use skp::Status;

use super::list::Loaded;
use super::{give, list};
use crate::journal::frame::Frame;
use crate::journal::samples::{HOSTILE, now, plan_row, rhk, uuid};
use crate::shared::{FormData, Problem, Problems};

fn remark(n: u128, topic: Topic, tone: Tone) -> FeedbackRow {
    let skp = plan_row(Status::Disetujui);
    FeedbackRow {
        id: FeedbackId::from_uuid(uuid(n)),
        agency_id: skp.agency_id,
        skp_id: skp.id,
        topic,
        giver_id: PersonId::from_uuid(uuid(n)),
        giver_role: GiverRole::Atasan,
        year: 2026,
        period: Period::Tw4,
        tone,
        text: HOSTILE.into(),
        submit_key: n.to_string(),
        created_at: now(),
    }
}

fn loaded(may_rate: bool, is_locked: bool) -> Loaded {
    let id = RhkId::from_uuid(uuid(200));
    let value = berakhlak::Value::Harmonis;
    Loaded {
        skp: plan_row(Status::Disetujui),
        period: Period::Tw4,
        rhks: vec![rhk(200), rhk(201)],
        given: Grouped {
            rhks: vec![(id, vec![remark(2, Topic::Rhk(id), Tone::Positif)])],
            values: vec![(value, vec![remark(3, Topic::Value(value), Tone::PerluPerbaikan)])],
        },
        names: HashMap::from([
            (PersonId::from_uuid(uuid(1)), "Siti <b>".to_owned()),
            (PersonId::from_uuid(uuid(2)), HOSTILE.to_owned()),
        ]),
        is_locked,
        is_own: !may_rate,
        may_rate,
    }
}

fn lists(frame: &Frame) -> Vec<String> {
    let sent = FeedbackId::from_uuid(uuid(2)).to_string();
    let empty = Loaded {
        given: Grouped::default(),
        rhks: Vec::new(),
        ..loaded(false, false)
    };
    [
        list::build(frame, &loaded(false, false), ""),
        list::build(frame, &loaded(true, false), &sent),
        list::build(frame, &loaded(true, true), "<script>"),
        list::build(frame, &empty, ""),
    ]
    .into_iter()
    .map(|page| page.render().expect("renders"))
    .collect()
}

fn forms(frame: &Frame) -> Vec<String> {
    let typed = FormData::from_pairs([("teks", HOSTILE), ("nada", "POSITIF")]);
    let mut wrong = Problems::none();
    wrong.add("nada", Problem::Required);
    wrong.say("teks", frame.t.feedback_period_locked());
    let topics = berakhlak::Value::ALL.iter().map(|&value| Topic::Value(value));
    topics
        .chain([Topic::Rhk(RhkId::from_uuid(uuid(200)))])
        .flat_map(|topic| {
            let form = |problems: &Problems| {
                give::build(frame, &loaded(true, false), topic, "0190a2b4aaaa", &typed, problems)
                    .expect("a topic of this plan")
                    .render()
                    .expect("renders")
            };
            [form(&Problems::none()), form(&wrong)]
        })
        .collect()
}

#[test]
fn every_page_renders_in_both_languages() {
    for lang in Lang::ALL {
        let frame = Frame::sample(lang.texts(), now());
        for html in lists(&frame).into_iter().chain(forms(&frame)) {
            crate::shared::check::page(&html);
        }
    }
}

#[test]
fn the_employee_reads_and_the_superior_writes() {
    let frame = Frame::sample(Lang::Id.texts(), now());
    let pages = lists(&frame);
    let (own, superior, locked) = (&pages[0], &pages[1], &pages[2]);
    assert!(own.contains("2 umpan balik untuk Anda"));
    assert!(own.contains("atasan langsung") && own.contains("Perlu perbaikan"));
    assert!(!own.contains("Beri umpan balik"));
    assert_eq!(
        superior.matches("Beri umpan balik").count(),
        9,
        "two RHK and seven values"
    );
    assert!(superior.contains("Umpan balik tersimpan pukul 09.31 WITA"));
    assert!(!locked.contains("Beri umpan balik") && locked.contains("sudah final"));
}

#[test]
fn an_rhk_of_another_plan_has_no_form() {
    let frame = Frame::sample(Lang::Id.texts(), now());
    let other = Topic::Rhk(RhkId::from_uuid(uuid(999)));
    let form = FormData::default();
    assert!(give::build(&frame, &loaded(true, false), other, "k", &form, &Problems::none()).is_none());
}
