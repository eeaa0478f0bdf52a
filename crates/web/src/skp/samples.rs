//! Every page of this area in many states, with hostile texts, in both languages.

use askama::Template;
use i18n::{Lang, Texts};
use jiff::civil::date;
use kernel::{AgencyId, IkiId, Instant, PersonId, PositionId, RhkId, ServiceId, SkpId, UnitId, Zone};
use org::model::{PersonStatus, SuperiorBasis};
use org::queries::EmployeeRow;
use skp::model::{Approach, Aspect, Direction, Family, Holder, RhkKind, Source, Status};
use skp::{Candidate, Detail, EventRow, IkiRow, RhkRow, RhkView, SkpRow};

use super::edit::StaleRow;
use super::order::RemovePage;
use super::view::{People, Reader};
use super::{annex, expectations, iki, list, register, rhk, show, steps, team};
use crate::shared::{FormData, Problems, Shell};

const HOSTILE: &str = "Tersusunnya <script>alert(1)</script> \"laporan\" & Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";

fn uuid(n: u128) -> uuid::Uuid {
    uuid::Uuid::from_u128(n)
}

fn now() -> Instant {
    Zone::Wita.instant(date(2026, 11, 22).at(9, 31, 0, 0))
}

fn employee(n: u128) -> EmployeeRow {
    EmployeeRow {
        id: PersonId::from_uuid(uuid(n)),
        number: "197401012000031901".into(),
        number_kind: None,
        full_name: format!("Siti <b>{n}</b>, S.E."),
        name_folded: format!("siti {n}"),
        unit: Some(UnitId::from_uuid(uuid(1))),
        unit_path: "1/".into(),
        unit_name: "Dinas & <i>".into(),
        position: Some(PositionId::from_uuid(uuid(1))),
        position_title: "Analis \"Kinerja\"".into(),
        position_kind: None,
        is_head: false,
        grade: None,
        superior: Some(PersonId::from_uuid(uuid(2))),
        superior_basis: <SuperiorBasis as kernel::Code>::ALL[0],
        superior_until: None,
        status: <PersonStatus as kernel::Code>::ALL[0],
    }
}

fn people() -> People {
    People::new(vec![employee(1), employee(2)])
}

fn row(n: u128, status: Status) -> SkpRow {
    SkpRow {
        id: SkpId::from_uuid(uuid(100 + n)),
        agency_id: AgencyId::from_uuid(uuid(1)),
        person_id: PersonId::from_uuid(uuid(n)),
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

fn rhk_view(n: u128, kind: RhkKind, seq: i64, ikis: Vec<IkiRow>) -> RhkView {
    let linked = n.is_multiple_of(2);
    RhkView {
        row: RhkRow {
            id: RhkId::from_uuid(uuid(n)),
            agency_id: AgencyId::from_uuid(uuid(1)),
            skp_id: SkpId::from_uuid(uuid(101)),
            kind,
            seq,
            text: if linked { HOSTILE.into() } else { String::new() },
            parent_rhk_id: linked.then(|| RhkId::from_uuid(uuid(900))),
            assigned_from: String::new(),
            holder: Holder::Individu,
        },
        parent_text: linked.then(|| HOSTILE.into()),
        ikis,
    }
}

fn iki_row(n: u128, target: &str) -> IkiRow {
    let read = skp::model::parse_target(target);
    IkiRow {
        id: IkiId::from_uuid(uuid(n)),
        agency_id: AgencyId::from_uuid(uuid(1)),
        rhk_id: RhkId::from_uuid(uuid(200)),
        seq: 1,
        aspect: Some(Aspect::Kualitas),
        perspective: None,
        text: HOSTILE.into(),
        target_text: target.into(),
        target_min: read.min,
        target_max: read.max,
        target_unit: read.unit,
        direction: Direction::Teks,
        source: Source::Layanan,
        service_id: Some(ServiceId::from_uuid(uuid(50))),
    }
}

/// A plan with everything in it.
fn full(status: Status) -> Detail {
    let mut expectations: [String; 7] = std::array::from_fn(|_| String::new());
    expectations[2] = HOSTILE.into();
    let event = |n: u128, from, to, remark: &str| EventRow {
        id: uuid(n),
        skp_id: SkpId::from_uuid(uuid(101)),
        at: now(),
        person_id: (n > 1).then(|| PersonId::from_uuid(uuid(n.min(2)))),
        version: 1,
        status_from: from,
        status_to: to,
        remark: remark.into(),
    };
    Detail {
        skp: row(1, status),
        rhks: vec![
            rhk_view(
                200,
                RhkKind::Utama,
                1,
                vec![iki_row(300, "1.234 dokumen"), iki_row(301, "")],
            ),
            rhk_view(201, RhkKind::Utama, 2, Vec::new()),
            rhk_view(202, RhkKind::Tambahan, 1, Vec::new()),
        ],
        expectations,
        annex: [vec![HOSTILE.into(), "Dua orang".into()], Vec::new(), Vec::new()],
        events: vec![
            event(1, None, Status::Draf, ""),
            event(2, Some(Status::Draf), Status::Diajukan, ""),
            event(3, Some(Status::Diajukan), status, HOSTILE),
        ],
        parties: Vec::new(),
    }
}

fn empty() -> Detail {
    Detail {
        skp: SkpRow {
            assessor_id: None,
            approach: Approach::Kualitatif,
            family: Family::Perspektif,
            ..row(1, Status::Draf)
        },
        rhks: Vec::new(),
        expectations: std::array::from_fn(|_| String::new()),
        annex: [const { Vec::new() }; 3],
        events: Vec::new(),
        parties: Vec::new(),
    }
}

fn loaded(detail: Detail, role: &'static str) -> show::Loaded {
    show::Loaded {
        superior: detail.skp.assessor_id,
        detail,
        role,
        people: people(),
        min_utama: 1,
    }
}

fn typed() -> FormData {
    FormData::from_pairs([
        ("teks", HOSTILE),
        ("target", "paling lama 3 hari"),
        ("arah", "MAKIN_RENDAH"),
        ("ukuran", "KUALITAS"),
        ("jenis", "TAMBAHAN"),
        ("klasifikasi", "ORGANISASI"),
        ("nilai-3", HOSTILE),
        ("dukungan", "a\n<b>"),
        ("catatan", ""),
        ("tahun", "1850"),
        ("mulai", "31/02/2026"),
        ("hari", "tiga"),
    ])
}

fn wrong(names: &[&'static str], t: Texts) -> Problems {
    let mut problems = Problems::none();
    for name in names {
        problems.say(name, t.skp_problem_date());
    }
    problems
}

fn stale() -> Vec<StaleRow> {
    vec![StaleRow {
        label: "Target".into(),
        theirs: "<b>2</b>".into(),
        yours: HOSTILE.into(),
    }]
}

fn shows(reader: &Reader<'_>) -> Vec<String> {
    let t = reader.t;
    let mut pages = Vec::new();
    for &status in <Status as kernel::Code>::ALL {
        for role in ["owner", "superior", "admin"] {
            pages.push(show::build(reader, &loaded(full(status), role), show::Said::default()));
        }
    }
    pages.push(show::build(reader, &loaded(empty(), "owner"), show::Said::default()));
    let said = show::Said {
        notice: Some(t.skp_said_saved()),
        warning: Some(t.skp_stale_step()),
        problems: wrong(&["catatan"], t),
        form: typed(),
    };
    pages.push(show::build(reader, &loaded(full(Status::Diajukan), "superior"), said));
    pages.iter().map(|p| p.render().expect("renders")).collect()
}

fn rhk_loaded(detail: Detail, rhk: Option<u128>, candidates: Vec<Candidate>) -> rhk::Loaded {
    rhk::Loaded {
        detail,
        candidates,
        rhk: rhk.map(|n| RhkId::from_uuid(uuid(n))),
    }
}

fn candidate(n: u128, status: Status) -> Candidate {
    Candidate {
        rhk_id: RhkId::from_uuid(uuid(n)),
        kind: RhkKind::Utama,
        seq: 1,
        text: HOSTILE.into(),
        status,
    }
}

fn iki_loaded(detail: Detail, iki: Option<u128>, services: usize) -> iki::Loaded {
    iki::Loaded {
        detail,
        rhk: RhkId::from_uuid(uuid(200)),
        iki: iki.map(|n| IkiId::from_uuid(uuid(n))),
        services: (0..services)
            .map(|n| (ServiceId::from_uuid(uuid(50 + n as u128)), HOSTILE.to_owned()))
            .collect(),
    }
}

fn forms(reader: &Reader<'_>) -> Vec<String> {
    let t = reader.t;
    let none = Problems::none;
    let mut out = Vec::new();

    let offered = vec![candidate(900, Status::Disetujui), candidate(901, Status::Diajukan)];
    let existing = rhk_loaded(full(Status::Draf), Some(200), offered);
    let shown = rhk::stored(existing.view());
    out.push(rhk::build(reader, &existing, &shown, &none(), Vec::new()).render());
    out.push(rhk::build(reader, &existing, &typed(), &wrong(&["teks", "induk"], t), stale()).render());
    let kept = rhk_loaded(full(Status::Draf), Some(200), Vec::new());
    out.push(rhk::build(reader, &kept, &shown, &none(), Vec::new()).render());
    let new = rhk_loaded(empty(), None, Vec::new());
    out.push(rhk::build(reader, &new, &rhk::stored(None), &none(), Vec::new()).render());

    let existing = iki_loaded(full(Status::Dikembalikan), Some(300), 2);
    let shown = iki::stored(existing.row());
    out.push(iki::build(reader, &existing, &shown, &none(), Vec::new()).render());
    let refused = wrong(&["teks", "target", "arah", "layanan", "ukuran"], t);
    out.push(iki::build(reader, &existing, &typed(), &refused, stale()).render());
    let mut words_only = full(Status::Draf);
    words_only.skp.approach = Approach::Kualitatif;
    words_only.skp.family = Family::Perspektif;
    let new = iki_loaded(words_only, None, 0);
    out.push(iki::build(reader, &new, &FormData::default(), &none(), Vec::new()).render());

    for role in ["owner", "superior"] {
        let loaded = expectations::Loaded {
            detail: full(Status::Draf),
            role,
            owner: HOSTILE.into(),
        };
        let problems = wrong(&["nilai-1", "nilai-7"], t);
        out.push(expectations::build(reader, &loaded, &typed(), &problems, stale()).render());
    }
    out.push(annex::build(reader, &full(Status::Draf), &typed(), &wrong(&["dukungan"], t), stale()).render());
    out.push(annex::build(reader, &empty(), &FormData::default(), &none(), Vec::new()).render());

    let other = Some(SkpId::from_uuid(uuid(1)));
    out.push(list::new_page(reader, &FormData::default(), &none(), None).render());
    out.push(list::new_page(reader, &typed(), &wrong(&["tahun", "mulai"], t), other).render());
    let closing = row(1, Status::Disetujui);
    out.push(steps::close_page(reader, &closing, HOSTILE, &typed(), &wrong(&["hari"], t)).render());
    out.push(
        RemovePage {
            shell: Shell::sample(t, t.skp_rhk_remove_title()),
            t,
            action: "/skp/1/rhk/1/hapus".into(),
            back: "/skp/1".into(),
            version: 3,
            text: HOSTILE.into(),
            consequences: vec![t.skp_rhk_remove_text().into(), t.skp_rhk_remove_supported(1)],
        }
        .render(),
    );
    out.into_iter().map(|page| page.expect("renders")).collect()
}

fn member(n: u128, status: Option<Status>) -> team::Member {
    team::Member {
        employee: employee(n),
        plan: status.map(|s| row(n, s)),
    }
}

fn lists(reader: &Reader<'_>) -> Vec<String> {
    let mut out = vec![
        list::build(reader, &[], &People::default()).render(),
        list::build(reader, &[row(1, Status::Disetujui), row(2, Status::Ditutup)], &people()).render(),
        team::build(reader, 2026, "", None, Vec::new(), None).render(),
    ];
    let crew = || {
        vec![
            member(3, Some(Status::Diajukan)),
            member(4, None),
            member(5, Some(Status::Disetujui)),
        ]
    };
    out.push(team::build(reader, 2026, "", None, crew(), None).render());
    out.push(team::build(reader, 2026, "dikembalikan", None, crew(), Some(Status::Disetujui)).render());
    let many = (10..80).map(|n| member(n, Some(Status::Diajukan))).collect();
    out.push(team::build(reader, 2026, "diajukan", None, many, Some(Status::Draf)).render());

    let asked = register::Asked {
        year: 2026,
        status: Some(Status::Diajukan),
        unit: HOSTILE.into(),
    };
    out.push(register::build(reader, &asked, true, None).render());
    let rows = vec![row(1, Status::Diajukan), row(9, Status::Draf)];
    let found = register::Found {
        counts: skp::queries::Counts::of(&rows),
        page: kernel::Page { rows, next: None },
        people: people(),
    };
    out.push(register::build(reader, &asked, false, Some(found)).render());
    out.into_iter().map(|page| page.expect("renders")).collect()
}

#[test]
fn every_page_renders_in_both_languages() {
    for lang in Lang::ALL {
        let reader = Reader::sample(lang.texts(), now());
        for html in shows(&reader).into_iter().chain(forms(&reader)).chain(lists(&reader)) {
            crate::shared::check::page(&html);
        }
    }
}

#[test]
fn the_page_says_who_holds_the_plan_and_shows_only_what_the_reader_may_do() {
    let reader = Reader::sample(Lang::Id.texts(), now());
    let html = |status, role| {
        show::build(&reader, &loaded(full(status), role), show::Said::default())
            .render()
            .expect("renders")
    };
    let waiting = html(Status::Diajukan, "superior");
    assert!(waiting.contains("menunggu persetujuan</h1>"), "the title is the answer");
    assert!(waiting.contains("/persetujuan\"") && waiting.contains("/pengembalian\""));
    assert!(!waiting.contains("/pengajuan\"") && !waiting.contains("/rhk/baru"));
    assert!(waiting.contains("Berikutnya: disetujui atau dikembalikan"));
    let own = html(Status::Diajukan, "owner");
    assert!(own.contains("/penarikan\"") && !own.contains("/persetujuan\""));
    let draft = html(Status::Draf, "owner");
    assert!(draft.contains("hal wajib dilengkapi") && !draft.contains("/pengajuan\""));
    assert!(draft.contains("Mendukung RHK atasan: Tersusunnya"));
    let admin = html(Status::Diajukan, "admin");
    assert!(!admin.contains("<form method=\"post\" action=\"/skp/"));
    let returned = html(Status::Dikembalikan, "owner");
    assert!(returned.contains("<blockquote>Tersusunnya") && returned.contains("Catatan dari Siti"));
}

#[test]
fn a_draft_that_is_complete_can_be_handed_in_and_says_to_whom() {
    let reader = Reader::sample(Lang::Id.texts(), now());
    let mut detail = full(Status::Draf);
    detail.rhks.truncate(1);
    detail.rhks[0].ikis.truncate(1);
    let page = show::build(&reader, &loaded(detail, "owner"), show::Said::default());
    assert!(page.blocking.is_empty(), "{:?}", page.blocking);
    let html = page.render().expect("renders");
    assert!(html.contains("/pengajuan\"") && html.contains("Setelah ini SKP berada pada Siti"));
}

#[test]
fn the_target_is_read_back_in_words() {
    let t = Lang::Id.texts();
    let read = |text: &str| super::words::reading(t, text, &skp::model::parse_target(text));
    assert_eq!(read("2 Dokumen"), "Dibaca sebagai: paling sedikit 2 Dokumen.");
    assert_eq!(read("90-100%"), "Dibaca sebagai: dari 90% sampai 100%.");
    assert_eq!(read("paling lama 3 hari"), "Dibaca sebagai: paling banyak 3 hari.");
    assert!(read("1.234 berkas").ends_with("Pakai koma untuk desimal."));
    assert_eq!(read("Rp 1.500.000"), "Dibaca sebagai: paling sedikit Rp1.500.000.");
    assert!(read("sesuai SOP").contains("kata-kata"));
    assert_eq!(read("  "), "");
}

#[test]
fn the_team_shows_those_who_wait_first_and_pages_without_gaps() {
    let reader = Reader::sample(Lang::Id.texts(), now());
    let crew = || -> Vec<team::Member> {
        let mut all: Vec<_> = (10..80)
            .map(|n| member(n, (n < 20).then_some(Status::Diajukan)))
            .collect();
        all.sort_by_key(|m| (m.plan.is_none(), m.employee.name_folded.clone()));
        all
    };
    let first = team::build(&reader, 2026, "", None, crew(), None);
    assert!(first.shell.title.starts_with("10 SKP"));
    assert!(first.rows[..10].iter().all(|r| r.waits) && !first.rows[10].waits);
    let next = first.next.expect("a second page");
    let query = next.split_once('?').expect("a query").1;
    let pairs: Vec<_> = form_urlencoded::parse(query.as_bytes()).collect();
    let after = pairs.iter().find(|(k, _)| k == "setelah").expect("a cursor");
    let cursor = kernel::Cursor::decode(&after.1).expect("reads its own cursor");
    let second = team::build(&reader, 2026, "", Some(&cursor), crew(), None);
    assert_eq!(first.rows.len() + second.rows.len(), 70);
    assert!(second.next.is_none() && second.first.is_some());
}
