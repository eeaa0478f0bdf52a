//! The city comes out whole, lawful and the same every time, on both engines and at any time of the year.

use std::collections::BTreeMap;
use std::sync::Arc;

use db::{Db, Tx, args, sql};
use jiff::civil::{Date, DateTime, date};
use journal::blobs::FolderStore;
use kernel::{AgencyId, Code, Ctx, PersonId, ServiceId, UnitId, Zone};
use regulation::distribution::Judgement;
use regulation::rating::{CapaianOrganisasi, Predikat, Rating, predikat};

use super::{City, Scale, Site, build};

const NOW: DateTime = date(2026, 11, 22).at(10, 30, 0, 0);

async fn city(db: &Db, now: DateTime, people: usize) -> City {
    let folder = tempfile::TempDir::new().expect("a folder");
    let site = Site {
        db: db.clone(),
        ctx: Ctx::seeded(Zone::Wib.instant(now), 7),
        gate: access::Gate::new(access::Config::default()),
        blobs: Arc::new(FolderStore::open(folder.path()).expect("a store")),
    };
    build(&site, Scale { people }, &|_| ()).await.expect("builds")
}

async fn agency(tx: &mut Tx) -> AgencyId {
    let found = org::agency::by_code(tx, "KOTACONTOH").await.expect("asked");
    found.expect("the agency").id
}

#[tokio::test]
async fn the_city_is_whole_on_both_engines() {
    testkit::on_each_engine(async |db| {
        let city = city(&db, NOW, 2_000).await;
        assert_eq!(city.sign_ins.len(), 9);
        assert_eq!(db.integrity_problems().await.expect("asked"), Vec::<String>::new());
        let agency = db::read!(db, async |tx| Ok::<_, db::Error>(agency(tx).await)).expect("reads");
        let trail = audit::verify(&db, agency).await.expect("verified");
        assert!(trail.problems.is_empty());
        db::read!(db, async |tx| {
            people(tx).await;
            plans(tx).await;
            evaluations(tx).await;
            patterns(tx, agency).await;
            real_data(tx, agency).await;
            Ok::<_, db::Error>(())
        })
        .expect("reads");
    })
    .await;
}

async fn number(tx: &mut Tx, sql: db::SqlText<'_>) -> i64 {
    let counted: Option<i64> = tx.scalar(sql, args![]).await.expect("counts");
    counted.expect("a number")
}

async fn people(tx: &mut Tx) {
    let employees = number(tx, sql!("SELECT CAST(COUNT(*) AS BIGINT) FROM employee")).await;
    assert_eq!(employees, 2_000);
    let accounts = number(tx, sql!("SELECT CAST(COUNT(*) AS BIGINT) FROM account")).await;
    assert_eq!(accounts, 2_000);
    let numbers: Vec<(String,)> = tx
        .all(sql!("SELECT number FROM person_number"), args![])
        .await
        .expect("reads");
    for (number,) in &numbers {
        let nip = regulation::nip::Nip::parse(number).expect("a number with the structure of a real one");
        assert!(nip.sequence() >= "900", "never issued: {number}");
        assert!(!nip.is_implausible(), "{number}");
    }
    let bases: Vec<(String, i64)> = tx
        .all(
            sql!("SELECT superior_basis, CAST(COUNT(*) AS BIGINT) FROM employee GROUP BY superior_basis"),
            args![],
        )
        .await
        .expect("reads");
    let bases: BTreeMap<String, i64> = bases.into_iter().collect();
    for basis in ["OVERRIDE", "KEPALA_UNIT", "PLT", "PLH", "NAIK_SATU_TINGKAT"] {
        assert!(bases.contains_key(basis), "{basis} in {bases:?}");
    }
    // the mayor, and the few who are retired
    assert!(bases.get("TIDAK_ADA").is_some_and(|n| *n <= 4), "{bases:?}");
}

async fn plans(tx: &mut Tx) {
    let states: Vec<(skp::Status, i64)> = tx
        .all(
            sql!("SELECT status, CAST(COUNT(*) AS BIGINT) FROM skp GROUP BY status"),
            args![],
        )
        .await
        .expect("reads");
    let states: BTreeMap<&str, i64> = states.into_iter().map(|(s, n)| (s.code(), n)).collect();
    for state in skp::Status::ALL {
        assert!(states.contains_key(state.code()), "{state}");
    }
    assert!(states["DISETUJUI"] > 1_800, "{states:?}");
    let unread = number(
        tx,
        sql!("SELECT CAST(COUNT(*) AS BIGINT) FROM iki WHERE direction = 'TEKS'"),
    )
    .await;
    assert_eq!(unread, 0, "every target is understood");
    let strange = number(
        tx,
        sql!(
            "SELECT CAST(COUNT(*) AS BIGINT) FROM rhk r JOIN skp s ON s.id = r.skp_id JOIN rhk above \
             ON above.id = r.parent_rhk_id JOIN skp t ON t.id = above.skp_id \
             WHERE t.person_id <> s.assessor_id OR t.year <> s.year"
        ),
    )
    .await;
    assert_eq!(
        strange, 0,
        "a result supports one of the own superior, of the same year"
    );
    let late = number(
        tx,
        sql!(
            "SELECT CAST(COUNT(*) AS BIGINT) FROM progress_entry e JOIN skp s ON s.id = e.skp_id \
             WHERE e.work_date < s.period_start OR e.work_date > s.period_end"
        ),
    )
    .await;
    assert_eq!(late, 0);
    let entries = number(tx, sql!("SELECT CAST(COUNT(*) AS BIGINT) FROM progress_entry")).await;
    assert!((6_000..20_000).contains(&entries), "{entries}");
}

type Rated = (
    Option<Rating>,
    Option<Rating>,
    Option<Predikat>,
    bool,
    Option<CapaianOrganisasi>,
    String,
);

async fn evaluations(tx: &mut Tx) {
    let rows: Vec<Rated> = tx
        .all(
            sql!(
                "SELECT result_rating, behaviour_rating, predikat, is_head, achievement, proposal_inputs \
                 FROM evaluation WHERE finalised_at IS NOT NULL"
            ),
            args![],
        )
        .await
        .expect("reads");
    assert!(rows.len() > 1_000);
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    for (result, behaviour, given, is_head, achievement, inputs) in rows {
        let (result, behaviour, given) = (result.expect("given"), behaviour.expect("given"), given.expect("given"));
        assert_eq!(given, predikat(result, behaviour));
        if is_head {
            assert_eq!(result, achievement.expect("set").rating_of_head());
        }
        serde_json::from_str::<evaluation::model::Proposal>(&inputs).expect("a proposal");
        *counts.entry(given.code()).or_default() += 1;
    }
    for expected in ["SANGAT_BAIK", "BAIK", "BUTUH_PERBAIKAN", "KURANG"] {
        assert!(counts.get(expected).is_some_and(|n| *n > 5), "{expected} in {counts:?}");
    }
    let states = number(
        tx,
        sql!("SELECT CAST(COUNT(DISTINCT status) AS BIGINT) FROM evaluation"),
    )
    .await;
    assert_eq!(states, 4);
    let unlocked = number(
        tx,
        sql!(
            "SELECT CAST(COUNT(*) AS BIGINT) FROM evaluation e LEFT JOIN period_lock l ON l.skp_id = e.skp_id \
             AND l.year = e.year AND l.period = e.period \
             WHERE (e.finalised_at IS NULL AND l.skp_id IS NOT NULL) OR (e.finalised_at IS NOT NULL AND l.skp_id IS NULL)"
        ),
    )
    .await;
    assert_eq!(
        unlocked, 0,
        "a period is locked when and only when its evaluation is final"
    );
}

/// Units stay inside the pattern of their achievement, but for one that says why.
async fn patterns(tx: &mut Tx, agency: AgencyId) {
    let units: Vec<(UnitId,)> = tx
        .all(sql!("SELECT unit_id FROM unit_achievement"), args![])
        .await
        .expect("reads");
    let mut outside = Vec::new();
    for (unit,) in units {
        let when = (2026, kernel::Period::Tw3);
        let found = evaluation::queries::distribution(tx, agency, unit, when, NOW.date())
            .await
            .expect("asked");
        if let Some(Judgement::Judged(found)) = found.judgement
            && !found.is_empty()
        {
            outside.push(unit);
        }
    }
    assert_eq!(outside.len(), 1);
    let silent: Option<i64> = tx
        .scalar(
            sql!(
                "SELECT CAST(COUNT(*) AS BIGINT) FROM evaluation WHERE unit_id = $1 AND is_head = $2 \
                 AND finalised_at IS NOT NULL AND pattern_reason = ''"
            ),
            args![outside[0], false],
        )
        .await
        .expect("counts");
    assert_eq!(silent, Some(0));
}

async fn real_data(tx: &mut Tx, agency: AgencyId) {
    let of = async |tx: &mut Tx, slug: &str| -> ServiceId {
        let id: Option<ServiceId> = tx
            .scalar(
                sql!("SELECT id FROM service WHERE agency_id = $1 AND slug = $2"),
                args![agency, slug],
            )
            .await
            .expect("asked");
        id.expect("a service")
    };
    let kediri = of(tx, "survei-kota-kediri-2024").await;
    let days = (date(2024, 1, 1), date(2024, 12, 31));
    let index = service::queries::index(tx, kediri, days)
        .await
        .expect("asked")
        .expect("answers");
    assert_eq!((index.n(), index.ikm.shown()), (20, "77.50".to_owned()));
    let semarang = of(tx, "data-iklim-semarang-2018").await;
    let times = service::queries::times(tx, semarang, None)
        .await
        .expect("asked")
        .figures;
    assert_eq!((times.rows, times.usable), (612, 594));
    let ktp = of(tx, "ktp-elektronik").await;
    let quarter = (date(2026, 7, 1), date(2026, 9, 30));
    let index = service::queries::index(tx, ktp, quarter)
        .await
        .expect("asked")
        .expect("answers");
    assert!(index.n() >= 30);
}

#[tokio::test]
async fn the_same_city_comes_out_twice() {
    let mut digests = Vec::new();
    let mut fresh = testkit::TestDb::each().await;
    fresh.push(testkit::TestDb::sqlite().await);
    for fresh in &fresh {
        city(&fresh.db, NOW, 700).await;
        digests.push(db::dump::digest(&fresh.db).await.expect("a digest").digest);
    }
    assert!(digests.iter().all(|d| *d == digests[0]), "{digests:?}");
}

/// The superior's own "save" computes the proposal anew from what is recorded: it must find what was stored.
#[tokio::test]
async fn proposals_are_what_the_program_would_propose() {
    let fresh = testkit::TestDb::sqlite().await;
    city(&fresh.db, NOW, 1_000).await;
    let db = &fresh.db;
    let ctx = Ctx::seeded(Zone::Wib.instant(NOW), 8);
    let rows: Vec<(kernel::EvaluationId, PersonId, i64, String)> = db::read!(db, async |tx| tx
        .all(
            sql!(
                "SELECT id, assessor_id, version, proposal_inputs FROM evaluation WHERE status = 'DINILAI' \
                 AND is_head = $1 ORDER BY id LIMIT 40"
            ),
            args![false],
        )
        .await)
    .expect("reads");
    assert!(rows.len() > 10);
    let agency = db::read!(db, async |tx| Ok::<_, db::Error>(agency(tx).await)).expect("reads");
    for (id, assessor, version, stored) in rows {
        let actor = policy::Actor {
            account: kernel::AccountId::from_uuid(assessor.uuid()),
            agency,
            person: Some(assessor),
            unit_path: None,
            heads: Vec::new(),
            grants: Vec::new(),
        };
        let input = evaluation::commands::RateInput {
            evaluation: id,
            version,
            rating: evaluation::model::RawRating {
                result: Some(Rating::Sesuai),
                behaviour: Some(Rating::Sesuai),
                ..Default::default()
            },
            is_draft: false,
        };
        evaluation::commands::rate(db, &ctx, &actor, &input)
            .await
            .expect("the superior may rate");
        let anew: Option<String> = db::read!(db, async |tx| tx
            .scalar(sql!("SELECT proposal_inputs FROM evaluation WHERE id = $1"), args![id])
            .await)
        .expect("reads");
        let proposal = |text: &str| {
            let mut made: evaluation::model::Proposal = serde_json::from_str(text).expect("a proposal");
            made.inputs.sort_by_key(|i| i.0);
            made
        };
        assert_eq!(proposal(&stored), proposal(&anew.expect("written")));
    }
}

#[tokio::test]
async fn it_looks_right_at_any_time_of_the_year() {
    for now in [
        date(2027, 1, 1).at(0, 10, 0, 0),
        date(2027, 1, 20).at(9, 0, 0, 0),
        date(2028, 2, 29).at(12, 0, 0, 0),
        date(2026, 4, 1).at(8, 0, 0, 0),
        date(2026, 7, 3).at(23, 55, 0, 0),
        date(2026, 12, 31).at(23, 59, 0, 0),
    ] {
        let fresh = testkit::TestDb::sqlite().await;
        let db = &fresh.db;
        city(db, now, 500).await;
        let limit = Zone::Wib.instant(now);
        db::read!(db, async |tx| {
            for sql in [
                sql!("SELECT CAST(COUNT(*) AS BIGINT) FROM skp_event WHERE at > $1"),
                sql!("SELECT CAST(COUNT(*) AS BIGINT) FROM progress_entry WHERE created_at > $1"),
                sql!("SELECT CAST(COUNT(*) AS BIGINT) FROM evaluation_event WHERE at > $1"),
                sql!("SELECT CAST(COUNT(*) AS BIGINT) FROM survey_response WHERE submitted_at > $1"),
                sql!("SELECT CAST(COUNT(*) AS BIGINT) FROM unit_achievement WHERE set_at > $1"),
            ] {
                let ahead: Option<i64> = tx.scalar(sql, args![limit]).await?;
                assert_eq!(ahead, Some(0), "nothing happens in the future of {now}");
            }
            let today: Date = now.date();
            let ahead: Option<i64> = tx
                .scalar(
                    sql!("SELECT CAST(COUNT(*) AS BIGINT) FROM progress_entry WHERE work_date > $1"),
                    args![today],
                )
                .await?;
            assert_eq!(ahead, Some(0));
            let finals = number(
                tx,
                sql!("SELECT CAST(COUNT(*) AS BIGINT) FROM evaluation WHERE finalised_at IS NOT NULL"),
            )
            .await;
            assert!(finals > 150, "{now}: {finals}");
            Ok::<_, db::Error>(())
        })
        .expect("reads");
    }
}
