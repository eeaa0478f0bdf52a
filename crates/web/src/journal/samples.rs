//! Every page of this area in many states, with hostile texts, in both languages.

use std::collections::HashMap;

use askama::Template;
use i18n::{Lang, Texts};
use jiff::civil::{Date, date};
use journal::blobs::Digest;
use journal::model::{EvidenceKind, Lock, MediaType, Reached};
use journal::queries::{DayCount, Habit, Overview, PeriodView};
use journal::{ActionRow, EvidenceRow, ProgressRow, RealisationRow};
use kernel::{
    ActionPlanId, AgencyId, Decimal, EvidenceId, IkiId, Instant, Period, PersonId, PositionId, ProgressId, RhkId,
    ServiceId, SkpId, UnitId, Zone,
};
use skp::model::{Approach, Direction, Family, Holder, RhkKind, Source};
use skp::{IkiRow, RhkRow, RhkView, SkpRow, Status};

use super::frame::Frame;
use super::view::Rejected;
use super::{day, entry, evidence, period, plan, realisation, team};
use crate::shared::{FormData, Problem, Problems};

pub(crate) const HOSTILE: &str = "Tersusunnya <script>alert(1)</script> \"laporan\" & Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
const TODAY: Date = date(2026, 11, 22);

pub(crate) fn uuid(n: u128) -> uuid::Uuid {
    uuid::Uuid::from_u128(n)
}

pub(crate) fn now() -> Instant {
    Zone::Wita.instant(TODAY.at(9, 31, 0, 0))
}

fn agency() -> AgencyId {
    AgencyId::from_uuid(uuid(1))
}

pub(crate) fn plan_row(status: Status) -> SkpRow {
    SkpRow {
        id: SkpId::from_uuid(uuid(101)),
        agency_id: agency(),
        person_id: PersonId::from_uuid(uuid(1)),
        assessor_id: Some(PersonId::from_uuid(uuid(2))),
        unit_id: UnitId::from_uuid(uuid(1)),
        unit_path: "1/".into(),
        position_id: PositionId::from_uuid(uuid(1)),
        is_head: false,
        year: 2026,
        period_start: date(2026, 1, 1),
        period_end: date(2026, 12, 31),
        approach: Approach::Kuantitatif,
        family: Family::Aspek,
        status,
        version: 7,
        created_at: now(),
        changed_at: now(),
        submitted_at: None,
        decided_at: None,
    }
}

pub(crate) fn rhk(n: u128) -> RhkRow {
    RhkRow {
        id: RhkId::from_uuid(uuid(n)),
        agency_id: agency(),
        skp_id: SkpId::from_uuid(uuid(101)),
        kind: RhkKind::Utama,
        seq: 1,
        text: HOSTILE.into(),
        parent_rhk_id: None,
        assigned_from: String::new(),
        holder: Holder::Individu,
    }
}

fn iki(n: u128, source: Source) -> IkiRow {
    IkiRow {
        id: IkiId::from_uuid(uuid(n)),
        agency_id: agency(),
        rhk_id: RhkId::from_uuid(uuid(200)),
        seq: 1,
        aspect: None,
        perspective: None,
        text: HOSTILE.into(),
        target_text: "12 <b>".into(),
        target_min: None,
        target_max: None,
        target_unit: String::new(),
        direction: Direction::Teks,
        source,
        service_id: (source == Source::Layanan).then(|| ServiceId::from_uuid(uuid(50))),
    }
}

fn progress(n: u128) -> ProgressRow {
    ProgressRow {
        id: ProgressId::from_uuid(uuid(n)),
        agency_id: agency(),
        skp_id: SkpId::from_uuid(uuid(101)),
        person_id: PersonId::from_uuid(uuid(1)),
        rhk_id: RhkId::from_uuid(uuid(200)),
        work_date: TODAY,
        text: HOSTILE.into(),
        quantity: Some(Decimal::new(12_345, 1)),
        quantity_unit: "berkas <i>".into(),
        submit_key: n.to_string(),
        created_at: now(),
        changed_at: now(),
        version: 3,
    }
}

fn action(n: u128, reached: Option<Reached>) -> ActionRow {
    ActionRow {
        id: ActionPlanId::from_uuid(uuid(n)),
        agency_id: agency(),
        skp_id: SkpId::from_uuid(uuid(101)),
        rhk_id: RhkId::from_uuid(uuid(200)),
        year: 2026,
        period: Period::Tw4,
        seq: 1,
        text: HOSTILE.into(),
        target_text: "3 <b>".into(),
        reached,
        version: 2,
    }
}

fn shown(n: u128, kind: EvidenceKind) -> EvidenceRow {
    let is_file = kind == EvidenceKind::Berkas;
    EvidenceRow {
        id: EvidenceId::from_uuid(uuid(n)),
        agency_id: agency(),
        skp_id: SkpId::from_uuid(uuid(101)),
        rhk_id: RhkId::from_uuid(uuid(200)),
        person_id: PersonId::from_uuid(uuid(1)),
        year: 2026,
        period: Period::Tw4,
        kind,
        title: HOSTILE.into(),
        note: "<script>".into(),
        url: (!is_file).then(|| "https://contoh.go.id/a?b='c'&d".into()),
        file_name: is_file.then(|| "laporan.pdf".into()),
        media_type: is_file.then_some(MediaType::Pdf),
        size: is_file.then_some(1_258_292),
        digest: is_file.then(|| Digest::of(b"x")),
        created_at: now(),
    }
}

fn habit(unit: &str) -> Habit {
    Habit {
        rhk_id: RhkId::from_uuid(uuid(200)),
        text: format!("{HOSTILE} {unit}"),
        quantity_unit: unit.into(),
        last_day: TODAY,
        times: 4,
    }
}

fn day_loaded(on: Date, rhks: u128) -> day::Loaded {
    day::Loaded {
        day: on,
        back_days: 31,
        skp: Some(plan_row(Status::Disetujui)),
        waiting: None,
        rhks: (200..200 + rhks).map(rhk).collect(),
        habits: vec![habit(""), habit("berkas")],
        locks: Vec::new(),
        entries: vec![progress(1), progress(2)],
        counts: vec![DayCount { day: on, entries: 2 }],
    }
}

fn key() -> String {
    "0190a2b4aaaabbbb".into()
}

fn day_html(frame: &Frame, loaded: &day::Loaded, form: &FormData, problems: &Problems) -> String {
    day::build(frame, loaded, form, problems, Some(HOSTILE.into()), &key)
        .render()
        .expect("renders")
}

fn problems(t: Texts) -> Problems {
    let mut problems = Problems::none();
    problems.add("rhk", Problem::Required);
    problems.add("teks", Problem::TooLong(10));
    problems.say("jumlah", t.journal_reads_not());
    problems.say("tanggal", t.journal_day_future());
    problems
}

fn days(frame: &Frame) -> Vec<String> {
    let none = Problems::none();
    let typed = FormData::from_pairs([("teks", HOSTILE), ("jumlah", "1.234"), ("rhk", "x"), ("kunci", "<>")]);
    let open = day_loaded(TODAY, 3);
    let locked = day::Loaded {
        locks: vec![Lock {
            year: 2026,
            period: Period::Tw4,
            locked_at: now(),
        }],
        ..day_loaded(TODAY, 9)
    };
    let bare = day::Loaded {
        skp: None,
        rhks: Vec::new(),
        habits: Vec::new(),
        entries: Vec::new(),
        counts: Vec::new(),
        ..day_loaded(TODAY, 0)
    };
    let mut pages = vec![
        day_html(frame, &open, &FormData::default(), &none),
        day_html(frame, &open, &typed, &problems(frame.t)),
        day_html(frame, &locked, &typed, &none),
        day_html(frame, &locked, &typed, &problems(frame.t)),
        day_html(frame, &day_loaded(date(2026, 12, 1), 9), &typed, &none),
        day_html(frame, &day_loaded(date(2026, 3, 1), 9), &typed, &none),
        day_html(frame, &day_loaded(date(2019, 3, 1), 9), &typed, &none),
        day_html(frame, &bare, &typed, &none),
    ];
    for status in [Status::Draf, Status::Diajukan, Status::Dikembalikan, Status::Ditutup] {
        let waiting = Some((plan_row(status), Some(HOSTILE.to_owned())));
        let loaded = day::Loaded {
            waiting,
            ..day_loaded(TODAY, 0)
        };
        let loaded = day::Loaded { skp: None, ..loaded };
        pages.push(day_html(frame, &loaded, &typed, &none));
    }
    pages
}

fn loaded_entry() -> entry::Loaded {
    entry::Loaded {
        entry: progress(1),
        rhks: vec![rhk(200), rhk(201)],
        is_locked: false,
    }
}

fn period_loaded() -> period::Loaded {
    let view = |n: u128, ikis| RhkView {
        row: rhk(n),
        parent_text: None,
        ikis,
    };
    period::Loaded {
        skp: plan_row(Status::Disetujui),
        period: Period::Tw4,
        owner: "Siti <b>".into(),
        rhks: vec![
            view(200, vec![iki(300, Source::Manual), iki(301, Source::Layanan)]),
            view(201, vec![iki(302, Source::Manual)]),
            view(202, Vec::new()),
        ],
        view: PeriodView {
            actions: vec![action(400, None), action(401, Some(Reached::Sebagian))],
            realisations: vec![RealisationRow {
                iki_id: IkiId::from_uuid(uuid(300)),
                year: 2026,
                period: Period::Tw4,
                agency_id: agency(),
                skp_id: SkpId::from_uuid(uuid(101)),
                value_text: "1.234 berkas \"><script>".into(),
                value_number: None,
                source_note: HOSTILE.into(),
                changed_at: now(),
                version: 5,
            }],
            evidence: vec![shown(500, EvidenceKind::Tautan), shown(501, EvidenceKind::Berkas)],
            is_locked: false,
        },
        entries: vec![(RhkId::from_uuid(uuid(200)), vec![progress(1), progress(2)])],
        services: HashMap::from([(ServiceId::from_uuid(uuid(50)), (HOSTILE.to_owned(), None))]),
        remarks: vec![(RhkId::from_uuid(uuid(200)), 1)],
        is_own: true,
        may_rate: false,
    }
}

fn period_html(frame: &Frame, loaded: &period::Loaded, rejected: Option<&Rejected>) -> String {
    period::build(frame, loaded, Some(frame.t.journal_value_saved()), rejected)
        .render()
        .expect("renders")
}

fn rejected(t: Texts, by_stale: bool) -> Rejected {
    let form = FormData::from_pairs([("nilai", "<script>"), ("sumber", "x")]);
    let loaded = period_loaded();
    let mut problems = Problems::none();
    if !by_stale {
        problems.add("nilai", Problem::Required);
        problems.add("sumber", Problem::Forbidden);
    }
    Rejected {
        iki: IkiId::from_uuid(uuid(300)),
        stale: match by_stale {
            true => realisation::differences(t, loaded.view.realisations.first(), &form),
            false => Vec::new(),
        },
        form,
        problems,
    }
}

fn periods(frame: &Frame) -> Vec<String> {
    let t = frame.t;
    let own = period_loaded();
    let mut locked = period_loaded();
    locked.view.is_locked = true;
    let mut superior = period_loaded();
    (superior.is_own, superior.may_rate) = (false, true);
    let mut draft = period_loaded();
    draft.skp.status = Status::Draf;
    let mut empty = period_loaded();
    (empty.rhks, empty.view, empty.entries) = (Vec::new(), PeriodView::default(), Vec::new());
    vec![
        period_html(frame, &own, None),
        period_html(frame, &own, Some(&rejected(t, false))),
        period_html(frame, &own, Some(&rejected(t, true))),
        period_html(frame, &locked, None),
        period_html(frame, &superior, None),
        period_html(frame, &draft, None),
        period_html(frame, &empty, None),
    ]
}

fn forms(frame: &Frame) -> Vec<String> {
    let t = frame.t;
    let (none, wrong) = (Problems::none(), problems(t));
    let typed = FormData::from_pairs([("teks", "<script>"), ("tautan", "ftp://\"><script>")]);
    let stored = entry::stored(t, &progress(1));
    let at = period_loaded().at();
    let plan = |row| plan::Loaded {
        at,
        rhks: vec![rhk(200), rhk(201)],
        row,
        is_open: true,
    };
    let shows = evidence::Loaded {
        at,
        rhk: rhk(200),
        has_plan: false,
        is_open: true,
    };
    let stale = vec![crate::shared::autosave::StaleRow {
        label: HOSTILE.into(),
        theirs: HOSTILE.into(),
        yours: String::new(),
    }];
    let line = action(400, None);
    let mut links = Problems::none();
    links.say("tautan", t.journal_link_scheme());
    links.say("berkas", t.journal_file_kind());
    [
        entry::build(frame, &loaded_entry(), &stored, &none, Vec::new()).render(),
        entry::build(frame, &loaded_entry(), &typed, &wrong, stale.clone()).render(),
        entry::remove_page(frame, &progress(1)).render(),
        plan::build(frame, &plan(None), &typed, &none, Vec::new()).render(),
        plan::build(
            frame,
            &plan(Some(line.clone())),
            &plan::stored(Some(&line)),
            &wrong,
            stale,
        )
        .render(),
        plan::remove_page(frame, &line).render(),
        evidence::build(frame, &shows, &typed, &none).render(),
        evidence::build(frame, &shows, &typed, &links).render(),
        evidence::remove_page(frame, &shown(500, EvidenceKind::Berkas)).render(),
    ]
    .into_iter()
    .map(|html| html.expect("renders"))
    .collect()
}

fn teams(frame: &Frame) -> Vec<String> {
    let one = |status, entries| Overview {
        skp: plan_row(status),
        entries,
        days: entries,
        last_day: (entries > 0).then_some(TODAY),
        actions: 1,
        values: 2,
        evidence: 3,
    };
    let names = [(PersonId::from_uuid(uuid(1)), HOSTILE.to_owned())];
    let all = vec![
        one(Status::Disetujui, 9),
        one(Status::Disetujui, 0),
        one(Status::Draf, 0),
    ];
    [all, Vec::new()]
        .into_iter()
        .map(|team| {
            team::build(frame, 2026, Period::Tw4, team, &names)
                .render()
                .expect("renders")
        })
        .collect()
}

#[test]
fn every_page_renders_in_both_languages() {
    for lang in Lang::ALL {
        let frame = Frame::sample(lang.texts(), now());
        let pages = days(&frame).into_iter().chain(periods(&frame));
        for html in pages.chain(forms(&frame)).chain(teams(&frame)) {
            crate::shared::check::page(&html);
        }
    }
}

#[test]
fn the_form_of_a_day_offers_the_last_rhk_first_and_repeats_with_one_tap() {
    let frame = Frame::sample(Lang::Id.texts(), now());
    let mut loaded = day_loaded(TODAY, 3);
    loaded.entries.clear();
    loaded.rhks.reverse();
    let html = day_html(&frame, &loaded, &FormData::default(), &Problems::none());
    let last = RhkId::from_uuid(uuid(200)).to_string();
    let first = html
        .split("type=\"radio\" name=\"rhk\" value=\"")
        .nth(1)
        .expect("a choice");
    assert!(first.starts_with(&last), "served last, offered first");
    assert!(html.contains("name=\"kunci\" value=\"0190a2b4aaaabbbb\""));
    assert!(html.contains("ulang=1#jumlah"), "what is counted waits for its number");
    assert!(html.contains("Belum ada kegiatan pada 22 November 2026</h1>"));
    assert!(html.contains("Paling awal 22 Oktober 2026"));
}

#[test]
fn a_day_without_an_approved_plan_says_who_has_it() {
    let frame = Frame::sample(Lang::Id.texts(), now());
    let loaded = day::Loaded {
        skp: None,
        waiting: Some((plan_row(Status::Diajukan), Some("Ratna".into()))),
        ..day_loaded(TODAY, 0)
    };
    let html = day_html(&frame, &loaded, &FormData::default(), &Problems::none());
    assert!(html.contains("menunggu persetujuan Ratna"));
    assert!(!html.contains("action=\"/progres\""));
}

#[test]
fn only_the_owner_edits_a_period_and_only_the_superior_gives_feedback() {
    let frame = Frame::sample(Lang::Id.texts(), now());
    let pages = periods(&frame);
    let (own, stale, locked, superior) = (&pages[0], &pages[2], &pages[3], &pages[4]);
    assert!(own.contains("/realisasi/") && own.contains("/rencana?rhk=") && own.contains("/bukti?rhk="));
    assert!(own.contains("Rencana aksi belum ada untuk 2 RHK."));
    assert!(own.contains("rel=\"noopener noreferrer nofollow\""));
    assert!(!own.contains("/umpan-balik?periode=triwulan-iv&amp;rhk="));
    assert!(!locked.contains("/realisasi/") && !locked.contains("/hapus\""));
    assert!(locked.contains("evaluasi sudah final</h1>"));
    assert!(!superior.contains("/realisasi/"));
    assert!(superior.contains("/umpan-balik?periode=triwulan-iv&amp;rhk="));
    assert!(stale.contains("Data ini baru saja diubah orang lain") && stale.contains("1.234 berkas"));
}
