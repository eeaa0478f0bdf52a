//! Staff lists as they come: a clean one, a real-world mess, and the same again. All people and numbers are made up.

mod world;

use db::Db;
use jobs::Worker;
use org::import::{self, Column, FindingKind as F, ImportError, ImportState, Mode, run_file};
use org::queries;
use testkit::on_each_engine;
use world::lists::{clean, names, run};
use world::{admin, empty, permit};

#[tokio::test(flavor = "multi_thread")]
async fn a_clean_list_fills_an_empty_agency_and_changes_nothing_the_second_time() {
    on_each_engine(async |db: Db| {
        let w = empty(&db).await;
        let bytes = clean().into_bytes();
        let dry = run(&db, &w.ctx, w.agency, "a.csv", &bytes, Mode::DryRun)
            .await
            .expect("readable");
        assert_eq!(
            (
                dry.rows,
                dry.new,
                dry.rejected,
                dry.people_new,
                dry.units_new,
                dry.positions_new
            ),
            (5, 5, 0, 3, 3, 4),
            "{dry:#?}"
        );
        assert!(names(&db, w.agency).await.is_empty(), "a dry run writes nothing");
        let done = run(&db, &w.ctx, w.agency, "a.csv", &bytes, Mode::Apply)
            .await
            .expect("applied");
        assert_eq!((done.new, done.people_new), (dry.new, dry.people_new));
        assert_eq!(
            names(&db, w.agency).await,
            ["Drs. Budi Santoso, M.Si.", "Ni Luh Ayu", "Siti Aminah, S.E."]
        );
        for mode in [Mode::DryRun, Mode::Apply] {
            let again = run(&db, &w.ctx, w.agency, "a.csv", &bytes, mode)
                .await
                .expect("readable");
            assert!(again.changes_nothing(), "{again:#?}");
            assert_eq!((again.same, again.rejected), (5, 0));
        }
        let trail = db::read!(db, async |tx| tx
            .scalar::<i64>(
                db::sql!("SELECT CAST(COUNT(*) AS BIGINT) FROM audit_entry"),
                db::args![]
            )
            .await);
        assert_eq!(
            trail.expect("readable"),
            Some(1),
            "an import that changes nothing leaves no trace"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn people_move_and_numbers_change() {
    on_each_engine(async |db: Db| {
        let w = empty(&db).await;
        run(&db, &w.ctx, w.agency, "a.csv", clean().as_bytes(), Mode::Apply)
            .await
            .expect("applied");
        // the head of the department becomes secretary in the same file in which the secretary leaves
        let head = "NIP;Nomor Sebelumnya;Nama;Golongan;Kode Unit;Jabatan;Kepala Unit;TMT Jabatan;Status";
        let text = format!(
            "{head}\n198502022010012902;;Siti Aminah;IV/a;1;Sekretaris Daerah;Ya;01/11/2026;\n\
             198001012005011901;;Budi Santoso;;1;Sekretaris Daerah;Ya;;Pensiun\n\
             199003032026211903;199003032023211903;Ni Luh Ayu;;1.01;Perawat;;;\n"
        );
        let report = run(&db, &w.ctx, w.agency, "c.csv", text.as_bytes(), Mode::Apply)
            .await
            .expect("readable");
        assert_eq!(
            (report.changed, report.rejected, report.people_new),
            (3, 0, 0),
            "{report:#?}"
        );
        assert!(report.of_row("", 2).any(|f| f.kind == F::PersonMoved));
        let id = db::read!(db, async |tx| queries::person_by_number(
            tx,
            w.agency,
            "198502022010012902"
        )
        .await);
        let id = id.expect("readable").expect("there");
        let page = db::read!(db, async |tx| queries::person_page(tx, w.agency, id).await)
            .expect("readable")
            .expect("there");
        assert_eq!(page.placements.len(), 2);
        assert_eq!(page.placements[1].valid_to, Some(jiff::civil::date(2026, 10, 31)));
        assert_eq!((page.today.unit_path.as_str(), page.ranks.len()), ("1/", 2));
        let old = db::read!(db, async |tx| queries::person_by_number(
            tx,
            w.agency,
            "199003032023211903"
        )
        .await);
        let new = db::read!(db, async |tx| queries::person_by_number(
            tx,
            w.agency,
            "199003032026211903"
        )
        .await);
        assert_eq!(old.expect("readable"), new.expect("readable"));
        let again = run(&db, &w.ctx, w.agency, "c.csv", text.as_bytes(), Mode::Apply)
            .await
            .expect("readable");
        assert!(again.changes_nothing(), "{again:#?}");
        let back = clean();
        let report = run(&db, &w.ctx, w.agency, "a.csv", back.as_bytes(), Mode::DryRun)
            .await
            .expect("readable");
        assert!(
            report.findings.iter().any(|f| f.kind == F::NumberReplaced),
            "an old number is not taken for a new person"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_earlier_first_day_in_the_same_position_corrects_the_record() {
    on_each_engine(async |db: Db| {
        let w = empty(&db).await;
        run(&db, &w.ctx, w.agency, "a.csv", clean().as_bytes(), Mode::Apply)
            .await
            .expect("applied");
        let text = "NIP;Nama;Kode Unit;Jabatan;Kepala Unit;TMT Jabatan\n\
                    198001012005011901;Budi Santoso;1;Sekretaris Daerah;Ya;02/01/2019\n";
        let report = run(&db, &w.ctx, w.agency, "d.csv", text.as_bytes(), Mode::Apply)
            .await
            .expect("readable");
        assert_eq!((report.changed, report.rejected), (1, 0), "{report:#?}");
        let page = db::read!(db, async |tx| {
            let id = queries::person_by_number(tx, w.agency, "198001012005011901").await?;
            queries::person_page(tx, w.agency, id.expect("there")).await
        });
        let page = page.expect("readable").expect("there");
        let days: Vec<_> = page.placements.iter().map(|p| (p.valid_from, p.valid_to)).collect();
        assert_eq!(
            days,
            [(jiff::civil::date(2019, 1, 2), None)],
            "the day moved; nobody was"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn files_that_cannot_be_taken() {
    on_each_engine(async |db: Db| {
        let w = empty(&db).await;
        let go = async |text: &str| run(&db, &w.ctx, w.agency, "x.csv", text.as_bytes(), Mode::Apply).await;
        assert!(matches!(
            go("").await,
            Err(ImportError::Read(documents::ReadError::Empty))
        ));
        let missing = go("NIP;Nama;Kode Unit\n1;2;3\n").await;
        assert!(
            matches!(&missing, Err(ImportError::MissingColumns { columns, .. }) if columns == &[Column::PositionTitle]),
            "{missing:?}"
        );
        let twice = go("NIP;Nama;Nama Pegawai;Kode Unit;Jabatan\n1;2;3;4;5\n").await;
        assert!(
            matches!(
                twice,
                Err(ImportError::ColumnTwice {
                    column: Column::Name,
                    ..
                })
            ),
            "{twice:?}"
        );
        let same = go("NIP;Nama;NAMA;Kode Unit;Jabatan\n1;2;3;4;5\n").await;
        assert!(
            matches!(
                same,
                Err(ImportError::Read(documents::ReadError::DuplicateHeading { .. }))
            ),
            "{same:?}"
        );
        assert!(matches!(
            go("NIP;Nama;Kode Unit;Jabatan\n").await,
            Err(ImportError::NoRows)
        ));
        let junk: Vec<u8> = (0..100_000u32)
            .map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8)
            .collect();
        let read = run(&db, &w.ctx, w.agency, "x.xlsx", &junk, Mode::Apply).await;
        assert!(matches!(read, Err(ImportError::Read(_))), "{read:?}");
        let nobody = kernel::Id::from_uuid(uuid::Uuid::from_u128(3));
        let stranger = run(&db, &w.ctx, nobody, "a.csv", clean().as_bytes(), Mode::DryRun).await;
        assert!(matches!(stranger, Err(ImportError::NoAgency)), "{stranger:?}");
        // stopped in the middle of writing: nothing is left
        let bytes = clean();
        for stop_at in [
            import::Stage::Read,
            import::Stage::Plan,
            import::Stage::Write,
            import::Stage::Refresh,
        ] {
            let stopped = run_file(
                &db,
                &w.ctx,
                &permit(w.agency),
                bytes.as_bytes(),
                "a.csv",
                Mode::Apply,
                &mut |p| p.stage != stop_at,
            )
            .await;
            assert!(matches!(stopped, Err(ImportError::Cancelled)), "{stopped:?}");
            assert!(names(&db, w.agency).await.is_empty());
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn from_the_browser_a_file_is_checked_confirmed_and_applied_by_a_job() {
    on_each_engine(async |db: Db| {
        let w = empty(&db).await;
        let (ctx, chief) = (&w.ctx, admin(w.agency));
        let bytes = clean().into_bytes();
        let id = import::upload(&db, ctx, &chief, "daftar.csv", &bytes)
            .await
            .expect("kept");
        let find = async || {
            db::read!(db, async |tx| import::find(tx, w.agency, id).await)
                .expect("readable")
                .expect("there")
        };
        let stored = find().await;
        assert_eq!((stored.state, stored.report.new), (ImportState::Checked, 5));
        let job = import::confirm(&db, ctx, &chief, id).await.expect("confirmed");
        assert!(job.is_some());
        assert_eq!(
            import::confirm(&db, ctx, &chief, id).await.expect("twice is harmless"),
            None
        );
        let worker = Worker::new(db.clone(), ctx.clone())
            .handle(org::jobs::IMPORT, org::jobs::import)
            .handle(org::jobs::REFRESH, org::jobs::refresh);
        assert_eq!(worker.drain().await.expect("worked"), 1);
        assert_eq!(find().await.state, ImportState::Applied);
        assert_eq!(names(&db, w.agency).await.len(), 3);
        let kept = db::read!(db, async |tx| import::content(tx, w.agency, id).await)
            .expect("readable")
            .expect("there");
        assert!(kept.1.is_empty(), "an applied file is not kept");
        assert!(matches!(
            import::confirm(&db, ctx, &chief, id).await,
            Err(import::ConfirmError::Decided)
        ));
        assert!(matches!(
            import::discard(&db, &chief, id).await,
            Err(import::DiscardError::NotFound)
        ));
        let second = import::upload(&db, ctx, &chief, "daftar.csv", &bytes)
            .await
            .expect("kept");
        import::discard(&db, &chief, second).await.expect("thrown away");
        let recent = db::read!(db, async |tx| import::recent(tx, w.agency).await).expect("readable");
        assert_eq!(recent.len(), 2);
        assert!(
            recent
                .iter()
                .any(|r| r.id == second && r.state == ImportState::Discarded && r.report.same == 5)
        );
        assert!(matches!(
            import::confirm(&db, ctx, &chief, ctx.new_id()).await,
            Err(import::ConfirmError::NotFound)
        ));
        let plain = world::actor(w.agency, None, Vec::new());
        assert!(matches!(
            import::upload(&db, ctx, &plain, "a.csv", &bytes).await,
            Err(import::UploadError::Denied(_))
        ));
        assert!(matches!(
            import::confirm(&db, ctx, &plain, id).await,
            Err(import::ConfirmError::Denied(_))
        ));
        assert!(matches!(
            import::discard(&db, &plain, id).await,
            Err(import::DiscardError::Denied(_))
        ));
        let bad = import::upload(&db, ctx, &chief, "a.csv", b"x").await;
        assert!(matches!(bad, Err(import::UploadError::File(_))), "{bad:?}");

        // a cancelled job changes nothing and sets the import aside
        let third = import::upload(&db, ctx, &chief, "daftar.csv", &bytes)
            .await
            .expect("kept");
        let job = import::confirm(&db, ctx, &chief, third)
            .await
            .expect("confirmed")
            .expect("queued");
        db::write!(db, async |tx| tx
            .exec(
                db::sql!("UPDATE job SET cancel_requested = $1 WHERE id = $2"),
                db::args![true, job]
            )
            .await)
        .expect("asked");
        worker.drain().await.expect("worked");
        let state = db::read!(db, async |tx| import::find(tx, w.agency, third).await)
            .expect("readable")
            .expect("there")
            .state;
        assert_eq!(state, ImportState::Failed);

        // the daily refresh enqueues itself for the next day
        org::jobs::schedule(&db, ctx).await.expect("scheduled");
        org::jobs::schedule(&db, ctx).await.expect("twice is harmless");
        assert_eq!(worker.drain().await.expect("worked"), 1);
        let waiting = db::read!(db, async |tx| tx
            .scalar::<i64>(
                db::sql!("SELECT CAST(COUNT(*) AS BIGINT) FROM job WHERE kind = 'org.refresh' AND state = 'MENUNGGU'"),
                db::args![]
            )
            .await);
        assert_eq!(waiting.expect("readable"), Some(1));
    })
    .await;
}

#[test]
fn the_template_has_every_column_once_and_its_own_import_reads_it() {
    let fields = import::template();
    assert_eq!(fields.len(), <Column as kernel::Code>::ALL.len());
    for field in fields {
        assert_eq!(import::recognise(kernel::Code::code(field.column)), Some(field.column));
    }
}
