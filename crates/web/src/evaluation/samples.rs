//! Every page of this area in many states, with hostile texts, in both languages.

use askama::Template;
use evaluation::bulk::EventRow;
use evaluation::evidence::ServiceEvidence;
use evaluation::model::{IkiInput, Status, propose};
use evaluation::printed::CheckedDocument;
use evaluation::queries::{Achievement, EvaluationPage, EvaluationRow, MyEvaluation, Subordinate, UnitStanding};
use evaluation::{CheckCode, DocumentKind, Validity};
use feedback::queries::Grouped;
use feedback::{FeedbackRow, GiverRole, Tone, Topic};
use i18n::{Lang, Texts};
use jiff::civil::{Date, date};
use journal::queries::PeriodView;
use kernel::{
    AgencyId, Code, Decimal, EvaluationId, FeedbackId, IkiId, Instant, Period, PersonId, PositionId, RhkId, ServiceId,
    SkpId, UnitId, Zone,
};
use org::agency::Agency;
use org::queries::PartyIdentity;
use regulation::berakhlak;
use regulation::rating::{CapaianOrganisasi, Rating, predikat};
use skp::model::{Approach, Direction, Family, Holder, RhkKind, Source};
use skp::{Detail, IkiRow, RhkRow, RhkView, SkpRow};
use uuid::Uuid;

use super::check::Compared;
use super::distribution::tests::sample as distribution;
use super::show::{Reader, Said};
use super::words::Eye;
use super::{achievement, answer, check, finalise, mine, print, rate, show, team, units};
use crate::shared::{FormData, Problems, Shell};

const HOSTILE: &str =
    "Berkas <script>alert(1)</script> \"selesai\" & Donaudampfschifffahrtselektrizitätenhauptbetriebswerk";
const TODAY: Date = date(2026, 11, 22);
const WHEN: (i16, Period) = (2026, Period::Tw3);

fn uuid(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

fn now() -> Instant {
    Zone::Wita.instant(TODAY.at(9, 31, 0, 0))
}

fn eye(t: Texts) -> Eye {
    Eye {
        t,
        zone: Zone::Wita,
        now: now(),
    }
}

fn party(n: u128, name: &str) -> PartyIdentity {
    PartyIdentity {
        person: PersonId::from_uuid(uuid(n)),
        name: name.into(),
        number: "19740101 200003 1 901".into(),
        rank: "Penata (III/c)".into(),
        position: "Kepala <b>Bidang</b>".into(),
        unit: "Dinas & <i>".into(),
        position_id: None,
        unit_id: None,
        position_kind: None,
        position_level: None,
        is_head: false,
    }
}

fn row(status: Status, ratings: Option<(Rating, Rating)>, is_head: bool) -> EvaluationRow {
    let is_final = status.is_final();
    EvaluationRow {
        id: EvaluationId::from_uuid(uuid(7)),
        agency_id: AgencyId::from_uuid(uuid(1)),
        skp_id: SkpId::from_uuid(uuid(101)),
        person_id: PersonId::from_uuid(uuid(1)),
        assessor_id: PersonId::from_uuid(uuid(2)),
        unit_id: UnitId::from_uuid(uuid(1)),
        unit_path: "KOTA/DINAS/".into(),
        is_head,
        year: WHEN.0,
        period: WHEN.1,
        status,
        achievement: is_final.then_some(CapaianOrganisasi::Baik),
        result_rating: ratings.map(|r| r.0),
        result_reason: HOSTILE.into(),
        behaviour_rating: ratings.map(|r| r.1),
        behaviour_reason: HOSTILE.into(),
        predikat: ratings.map(|r| predikat(r.0, r.1)),
        recommendation: HOSTILE.into(),
        pattern_reason: if is_final { HOSTILE.into() } else { String::new() },
        proposed_result: ratings.map(|_| Rating::DiBawah),
        proposal_inputs: String::new(),
        rated_at: ratings.map(|_| now()),
        finalised_at: is_final.then(now),
        finalised_by: is_final.then(|| PersonId::from_uuid(uuid(2))),
        received_at: (status == Status::Diterima).then(now),
        acknowledged_at: None,
        objection_until: (status == Status::Diterima).then_some(date(2026, 12, 6)),
        version: 3,
    }
}

fn iki(n: u128, source: Source) -> IkiRow {
    IkiRow {
        id: IkiId::from_uuid(uuid(n)),
        agency_id: AgencyId::from_uuid(uuid(1)),
        rhk_id: RhkId::from_uuid(uuid(200)),
        seq: 1,
        aspect: None,
        perspective: None,
        text: HOSTILE.into(),
        target_text: "88".into(),
        target_min: Some(Decimal::from(88)),
        target_max: None,
        target_unit: "nilai".into(),
        direction: Direction::MakinTinggi,
        source,
        service_id: (source == Source::Layanan).then(|| ServiceId::from_uuid(uuid(50))),
    }
}

fn skp(is_head: bool) -> Detail {
    Detail {
        skp: SkpRow {
            id: SkpId::from_uuid(uuid(101)),
            agency_id: AgencyId::from_uuid(uuid(1)),
            person_id: PersonId::from_uuid(uuid(1)),
            assessor_id: Some(PersonId::from_uuid(uuid(2))),
            unit_id: UnitId::from_uuid(uuid(1)),
            unit_path: "KOTA/DINAS/".into(),
            position_id: PositionId::from_uuid(uuid(1)),
            is_head,
            year: WHEN.0,
            period_start: date(2026, 1, 1),
            period_end: date(2026, 12, 31),
            approach: Approach::Kuantitatif,
            family: Family::Aspek,
            status: skp::Status::Disetujui,
            version: 7,
            created_at: now(),
            changed_at: now(),
            submitted_at: None,
            decided_at: None,
        },
        rhks: vec![RhkView {
            row: RhkRow {
                id: RhkId::from_uuid(uuid(200)),
                agency_id: AgencyId::from_uuid(uuid(1)),
                skp_id: SkpId::from_uuid(uuid(101)),
                kind: RhkKind::Utama,
                seq: 1,
                text: HOSTILE.into(),
                parent_rhk_id: None,
                assigned_from: String::new(),
                holder: Holder::Individu,
            },
            parent_text: Some(HOSTILE.into()),
            ikis: vec![iki(300, Source::Manual), iki(301, Source::Layanan)],
        }],
        expectations: std::array::from_fn(|n| if n == 2 { HOSTILE.into() } else { String::new() }),
        annex: [const { Vec::new() }; 3],
        events: Vec::new(),
        parties: Vec::new(),
    }
}

fn remark(topic: Topic) -> FeedbackRow {
    FeedbackRow {
        id: FeedbackId::from_uuid(uuid(9)),
        agency_id: AgencyId::from_uuid(uuid(1)),
        skp_id: SkpId::from_uuid(uuid(101)),
        topic,
        giver_id: PersonId::from_uuid(uuid(2)),
        giver_role: GiverRole::AtasanDariAtasan,
        year: WHEN.0,
        period: WHEN.1,
        tone: Tone::PerluPerbaikan,
        text: HOSTILE.into(),
        submit_key: String::new(),
        created_at: now(),
    }
}

/// The evaluation of somebody with evidence, feedback and citizens' answers.
fn page(status: Status, ratings: Option<(Rating, Rating)>, is_head: bool) -> EvaluationPage {
    let (rhk, value) = (RhkId::from_uuid(uuid(200)), berakhlak::Value::ALL[2]);
    let index = crate::service::sample_index();
    let achievement = Achievement {
        id: uuid(3),
        unit_id: UnitId::from_uuid(uuid(1)),
        unit_path: "KOTA/DINAS/".into(),
        year: WHEN.0,
        period: WHEN.1,
        achievement: CapaianOrganisasi::Baik,
        basis: HOSTILE.into(),
        set_by: PersonId::from_uuid(uuid(4)),
        set_by_name: Some("Sri <b>".into()),
        set_at: now(),
        version: 1,
    };
    let event = |n: u128, verb: &str| EventRow {
        id: uuid(n),
        evaluation_id: EvaluationId::from_uuid(uuid(7)),
        at: now(),
        person_id: Some(PersonId::from_uuid(uuid(2))),
        verb: verb.into(),
        remark: HOSTILE.into(),
    };
    EvaluationPage {
        row: row(status, ratings, is_head),
        skp: skp(is_head),
        period: PeriodView {
            actions: Vec::new(),
            realisations: Vec::new(),
            evidence: Vec::new(),
            is_locked: false,
        },
        services: vec![ServiceEvidence {
            iki: IkiId::from_uuid(uuid(301)),
            service: ServiceId::from_uuid(uuid(50)),
            slug: "ktp-el".into(),
            name: HOSTILE.into(),
            index: Some(index),
            is_enough: false,
            min_answers: 50,
        }],
        entries: 12,
        entry_days: 1,
        feedback: Grouped {
            rhks: vec![(rhk, vec![remark(Topic::Rhk(rhk))])],
            values: vec![(value, vec![remark(Topic::Value(value))])],
        },
        derived: is_head.then(|| achievement.achievement.rating_of_head()),
        achievement: Some(achievement),
        proposal: propose(&[IkiInput {
            iki: IkiId::from_uuid(uuid(300)),
            kind: RhkKind::Utama,
            direction: Direction::MakinTinggi,
            min: Some(Decimal::from(88)),
            max: None,
            value: Ok(Decimal::from(90)),
        }]),
        distribution: distribution(Some(CapaianOrganisasi::Baik), [0, 9, 0, 0, 0]),
        employee: Some(party(1, "Siti <script>, S.E.")),
        assessor: Some(party(2, "Ratna & Co")),
        above: Some(party(4, "Budi \"Atas\"")),
        events: vec![event(20, "BUKA"), event(21, "NILAI"), event(22, "LAIN")],
        agency: Agency {
            id: AgencyId::from_uuid(uuid(1)),
            code: "KOTA".into(),
            name: "Kota Contoh".into(),
            region: "Contoh".into(),
            zone: Zone::Wita,
            is_demo: true,
        },
        today: TODAY,
    }
}

/// As little as can be.
fn bare(mut page: EvaluationPage) -> EvaluationPage {
    page.skp.rhks.clear();
    page.services.clear();
    page.events.clear();
    page.feedback = Grouped::default();
    page.achievement = None;
    page.derived = None;
    page.proposal = propose(&[]);
    page.distribution = distribution(None, [0; 5]);
    page.employee = None;
    page.assessor = None;
    page.above = None;
    page.entries = 0;
    page
}

fn said(t: Texts, names: &[&'static str]) -> Said {
    let mut problems = Problems::none();
    for name in names {
        problems.say(name, t.evaluation_problem_result());
    }
    Said {
        form: FormData::from_pairs([
            ("hasil", "DI_ATAS_EKSPEKTASI"),
            ("alasan_hasil", "lain <script>"),
            ("perilaku", ""),
            ("alasan_pola", HOSTILE),
        ]),
        problems,
        stale: true,
        notice: Some(t.evaluation_said_draft()),
    }
}

fn html(page: &impl Template) -> String {
    page.render().expect("renders")
}

const BOTH: Option<(Rating, Rating)> = Some((Rating::DiAtas, Rating::Sesuai));

/// Every page.
fn all(t: Texts) -> Vec<String> {
    let shell = |title: String| Shell::sample(t, title);
    let eye = eye(t);
    let quiet = Said::default();
    let mut pages = Vec::new();
    for status in [Status::Final, Status::Diterima] {
        for reader in [Reader::Owner, Reader::Assessor, Reader::Other] {
            for given in [
                BOTH,
                Some((Rating::DiBawah, Rating::DiBawah)),
                Some((Rating::DiAtas, Rating::DiAtas)),
            ] {
                let shown = answer::build(eye, shell, &page(status, given, false), reader, &quiet);
                pages.push(html(&shown.expect("final")));
            }
        }
    }
    let lone = bare(page(Status::Final, BOTH, true));
    pages.push(html(
        &answer::build(eye, shell, &lone, Reader::Owner, &said(t, &[])).expect("final"),
    ));
    for is_head in [false, true] {
        for (status, given) in [(Status::BelumDinilai, None), (Status::Dinilai, BOTH)] {
            let full = page(status, given, is_head);
            pages.push(html(&rate::build(eye, shell, &full, &quiet)));
            pages.push(html(&rate::build(
                eye,
                shell,
                &full,
                &said(t, &["hasil", "alasan_hasil"]),
            )));
            pages.push(html(&rate::build(eye, shell, &bare(full.clone()), &quiet)));
            for reader in [Reader::Owner, Reader::Other] {
                pages.push(html(&show::waiting(eye, shell, &full, reader)));
            }
            if let Some(shown) = finalise::build(eye, shell, &full, &said(t, &["alasan_pola"])) {
                pages.push(html(&shown));
            }
        }
    }
    pages.extend(lists(t));
    pages.extend(prints(t));
    pages
}

fn lists(t: Texts) -> Vec<String> {
    let shell = |title: String| Shell::sample(t, title);
    let eye = eye(t);
    let mut pages = Vec::new();
    let own = |status: Status| {
        let full = row(status, BOTH, false);
        MyEvaluation {
            id: full.id,
            skp_id: full.skp_id,
            year: full.year,
            period: full.period,
            status,
            predikat: full.predikat.filter(|_| status.is_final()),
            assessor_name: HOSTILE.into(),
            finalised_at: full.finalised_at,
            received_at: full.received_at,
            objection_until: full.objection_until,
        }
    };
    let mine: Vec<MyEvaluation> = <Status as Code>::ALL.iter().map(|s| own(*s)).collect();
    for rows in [mine.clone(), mine[..1].to_vec(), mine[3..].to_vec(), Vec::new()] {
        pages.push(html(&mine::build(eye, Shell::sample(t, mine::title(t, &rows)), &rows)));
    }
    let subordinate = |status: Option<Status>, skp_status| Subordinate {
        skp_id: SkpId::from_uuid(uuid(101)),
        person_id: PersonId::from_uuid(uuid(1)),
        name: HOSTILE.into(),
        position_title: "Analis <b>".into(),
        is_head: false,
        skp_status,
        indicators: 5,
        realised: 3,
        evidence: 1,
        feedback: 2,
        evaluation: status.map(|_| EvaluationId::from_uuid(uuid(7))),
        status,
        predikat: status
            .filter(|s| *s != Status::BelumDinilai)
            .map(|_| predikat(Rating::Sesuai, Rating::Sesuai)),
        version: status.map(|_| 1),
    };
    let mut rows: Vec<Subordinate> = <Status as Code>::ALL
        .iter()
        .map(|s| subordinate(Some(*s), skp::Status::Disetujui))
        .collect();
    rows.push(subordinate(None, skp::Status::Disetujui));
    rows.push(subordinate(None, skp::Status::Draf));
    for (rows, problem) in [(rows, Some(t.evaluation_problem_skp())), (Vec::new(), None)] {
        let some = !rows.is_empty();
        let found = team::Found {
            when: WHEN,
            rows,
            without: if some {
                vec![(PersonId::from_uuid(uuid(8)), HOSTILE.into())]
            } else {
                Vec::new()
            },
            units: vec![
                (
                    HOSTILE.into(),
                    distribution(Some(CapaianOrganisasi::SangatKurang), [3, 3, 0, 0, 0]),
                ),
                (
                    "Kecil".into(),
                    distribution(Some(CapaianOrganisasi::Baik), [0, 2, 0, 0, 0]),
                ),
            ],
        };
        let shown = html(&team::build(eye, shell, found, TODAY, some, problem));
        // only what is approved and not opened yet can be opened
        assert_eq!(shown.matches("name=\"skp\"").count(), usize::from(some));
        pages.push(shown);
    }
    let unit = |set: bool, finals| UnitStanding {
        unit_id: UnitId::from_uuid(uuid(1)),
        name: HOSTILE.into(),
        path: "KOTA/DINAS/".into(),
        achievement: set.then_some(CapaianOrganisasi::Istimewa),
        basis: set.then(|| HOSTILE.into()),
        set_by_name: set.then(|| HOSTILE.into()),
        set_at: set.then(now),
        version: i64::from(set),
        evaluations: 9,
        finals,
    };
    for rows in [vec![unit(true, 1), unit(false, 0)], vec![unit(true, 0)], Vec::new()] {
        pages.push(html(&units::build(eye, shell, &rows, WHEN, TODAY)));
    }
    for (standing, may_set) in [
        (unit(true, 0), true),
        (unit(false, 0), true),
        (unit(true, 2), true),
        (unit(false, 0), false),
    ] {
        let mut wrong = achievement::Said {
            form: FormData::from_pairs([("capaian", "BAIK"), ("dasar", "<b>")]),
            stale: true,
            notice: Some(t.evaluation_said_achievement()),
            ..achievement::Said::default()
        };
        wrong.problems.say("dasar", t.evaluation_problem_basis(20));
        for said in [achievement::Said::default(), wrong] {
            let shown = html(&achievement::build(eye, shell, &standing, WHEN, TODAY, may_set, &said));
            assert_eq!(shown.contains("name=\"dasar\""), may_set && standing.finals == 0);
            pages.push(shown);
        }
    }
    pages
}

fn prints(t: Texts) -> Vec<String> {
    let shell = |title: String| Shell::sample(t, title);
    let mut pages = Vec::new();
    for kind in [None, Some(DocumentKind::DokumenEvaluasi)] {
        for problem in [None, Some(t.evaluation_print_stale())] {
            let asked = print::Asked {
                title: t.evaluation_print_skp(2026),
                path: "/skp/1".into(),
                is_draft: problem.is_some(),
                kind,
            };
            pages.push(html(&print::build(t, shell, asked, "F4", problem)));
        }
    }
    pages.push(html(&print::ReplacedPage {
        shell: shell(t.evaluation_replaced_title().into()),
        t,
        again: "/skp/1/cetak".into(),
        check: "/cek/0123456789".into(),
    }));
    pages.push(html(&check::start_page(t, "", None)));
    pages.push(html(&check::start_page(
        t,
        "\"><script>",
        Some(t.evaluation_check_unknown()),
    )));
    let code = CheckCode::parse("0123456789").expect("a code");
    for validity in [Validity::Berlaku, Validity::Diganti] {
        for compared in [
            None,
            Some(Compared::Same),
            Some(Compared::Different),
            Some(Compared::Nothing),
        ] {
            let found = CheckedDocument {
                agency_name: HOSTILE.into(),
                kind: DocumentKind::Skp,
                title: HOSTILE.into(),
                digest: "ab".repeat(32),
                printed_at: now(),
                printed_on: TODAY,
                zone: Zone::Wita,
                signers: if compared.is_none() {
                    Vec::new()
                } else {
                    vec![HOSTILE.into()]
                },
                validity,
            };
            let shown = html(&check::build(t, &code, &found, compared));
            assert!(
                shown.contains("QR"),
                "a QR code is not a signature, and the page says so"
            );
            pages.push(shown);
        }
    }
    pages
}

#[test]
fn every_page_renders_in_both_languages() {
    for lang in Lang::ALL {
        for html in all(lang.texts()) {
            crate::shared::check::page(&html);
        }
    }
}

#[test]
fn before_it_is_final_the_employee_sees_no_rating() {
    let t = Lang::Id.texts();
    let drafted = page(Status::Dinilai, Some((Rating::DiAtas, Rating::DiBawah)), false);
    let html = html(&show::waiting(
        eye(t),
        |title| Shell::sample(t, title),
        &drafted,
        Reader::Owner,
    ));
    for rating in <Rating as Code>::ALL {
        assert!(!html.contains(rating.label()));
    }
    assert!(!html.contains(predikat(Rating::DiAtas, Rating::DiBawah).label()));
}

#[test]
fn nothing_is_chosen_for_the_assessor_and_a_head_is_not_rated_twice() {
    let t = Lang::Id.texts();
    let shell = |title: String| Shell::sample(t, title);
    let fresh = html(&rate::build(
        eye(t),
        shell,
        &page(Status::BelumDinilai, None, false),
        &Said::default(),
    ));
    assert!(!fresh.contains(" checked"));
    assert!(fresh.contains("data-autosave="));
    let head = html(&rate::build(
        eye(t),
        shell,
        &page(Status::BelumDinilai, None, true),
        &Said::default(),
    ));
    assert!(!head.contains("name=\"hasil\"") && head.contains("name=\"perilaku\""));
    // a draft would take back ratings that are given
    let rated = html(&rate::build(
        eye(t),
        shell,
        &page(Status::Dinilai, BOTH, false),
        &Said::default(),
    ));
    assert!(!rated.contains("data-autosave="));
}

#[test]
fn the_answer_stands_in_the_title_with_zone_and_days_left() {
    let t = Lang::Id.texts();
    let shell = |title: String| Shell::sample(t, title);
    let read = page(Status::Diterima, BOTH, false);
    let html = html(&answer::build(eye(t), shell, &read, Reader::Owner, &Said::default()).expect("final"));
    assert!(html.contains("<h1>Predikat Anda: Baik</h1>"));
    assert!(html.contains("6 Desember 2026 pukul 23.59 WITA") && html.contains("14 hari lagi"));
    assert!(!html.contains("/penerimaan\""), "read once");
}

#[test]
fn a_predikat_that_does_not_follow_is_shown_as_an_error() {
    let t = Lang::Id.texts();
    let shell = |title: String| Shell::sample(t, title);
    let mut damaged = page(Status::Final, BOTH, false);
    damaged.row.predikat = Some(regulation::rating::Predikat::SangatBaik);
    let html = html(&answer::build(eye(t), shell, &damaged, Reader::Owner, &Said::default()).expect("final"));
    assert!(html.contains(t.evaluation_disagrees()));
}
