//! Every command on both engines: what it does, and every rule that it refuses to break.

mod world;

use db::Db;
use jiff::civil::date;
use kernel::{AgencyId, Id, UnitId};
use org::commands::people;
use org::commands::placements::{self, PlaceInput, PlacementError};
use org::commands::positions::{self, PositionError};
use org::commands::superiors::{self, OverrideInput, SuperiorError};
use org::commands::units::{self, UnitError};
use org::model::{PersonStatus, PlacementKind, PositionKind, PositionLevel, SuperiorBasis, UnitKind};
use org::queries;
use policy::{Grant, Role};
use testkit::on_each_engine;
use world::{City, TODAY, actor, admin, city, record, today_of};

async fn unit_of(db: &Db, agency: AgencyId, unit: UnitId) -> queries::UnitPage {
    db::read!(db, async |tx| queries::unit_page(tx, agency, unit).await)
        .expect("readable")
        .expect("there")
}

fn new_unit(code: &str, parent: Option<UnitId>) -> units::CreateInput {
    units::CreateInput {
        code: code.into(),
        name: format!("Unit {code}"),
        kind: UnitKind::Other,
        parent,
        valid_from: TODAY,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn units_are_made_renamed_moved_and_closed() {
    on_each_engine(async |db: Db| {
        let City {
            w,
            root,
            dinas,
            bidang,
            other,
            kabid,
            ..
        } = city(&db).await;
        let (ctx, agency) = (&w.ctx, w.agency);
        let chief = admin(agency);
        let made = units::create(&db, ctx, &chief, new_unit("1.02", Some(root)))
            .await
            .expect("made");
        assert_eq!(unit_of(&db, agency, made).await.unit.path, "1/1.02/");

        units::rename(&db, ctx, &chief, dinas, "Dinas Dukcapil", 1)
            .await
            .expect("renamed");
        units::rename(&db, ctx, &chief, dinas, "Dinas Dukcapil", 2)
            .await
            .expect("the same name changes nothing");
        let stale = units::rename(&db, ctx, &chief, dinas, "X", 1).await;
        assert!(matches!(stale, Err(UnitError::Stale { version: 2 })), "{stale:?}");

        // the division goes, with its people, below the new unit
        units::relocate(&db, ctx, &chief, dinas, Some(made), 2)
            .await
            .expect("moved");
        let page = unit_of(&db, agency, bidang).await;
        assert_eq!((page.unit.path.as_str(), page.unit.depth), ("1/1.02/1.01/1.01.1/", 4));
        assert_eq!(page.breadcrumbs.len(), 4);
        assert_eq!(today_of(&db, agency, kabid).await.unit_path, "1/1.02/1.01/1.01.1/");
        let history = unit_of(&db, agency, dinas).await.history;
        assert_eq!(history.len(), 2, "{history:?}");
        assert_eq!(history[0].2, "Dinas Dukcapil");
        assert_eq!(
            (history[1].1, history[1].2.as_str()),
            (Some(date(2026, 11, 21)), "Dinas Kependudukan")
        );

        let cycle = units::relocate(&db, ctx, &chief, made, Some(bidang), 1).await;
        assert!(matches!(cycle, Err(UnitError::Cycle)), "{cycle:?}");
        let busy = units::close(&db, ctx, &chief, bidang, TODAY, page.unit.version).await;
        assert!(matches!(busy, Err(UnitError::HasPeople)), "{busy:?}");
        let full = units::close(&db, ctx, &chief, made, TODAY, 1).await;
        assert!(matches!(full, Err(UnitError::HasUnits)), "{full:?}");
        let version = unit_of(&db, agency, other).await.unit.version;
        units::close(&db, ctx, &chief, other, TODAY, version)
            .await
            .expect("closed");
        let again = units::close(&db, ctx, &chief, other, TODAY, version).await;
        assert!(matches!(again, Err(UnitError::Closed)), "{again:?}");
        let below_closed = units::create(&db, ctx, &chief, new_unit("9", Some(other))).await;
        assert!(matches!(below_closed, Err(UnitError::NoParent)), "{below_closed:?}");
        let trail = db::read!(db, async |tx| tx
            .scalar::<i64>(
                db::sql!("SELECT CAST(COUNT(*) AS BIGINT) FROM audit_entry"),
                db::args![]
            )
            .await);
        assert_eq!(
            trail.expect("readable"),
            Some(4),
            "every change leaves one entry, refused ones none"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn units_refuse_what_breaks_the_tree() {
    on_each_engine(async |db: Db| {
        let City {
            w,
            root,
            dinas,
            bidang,
            staff,
            ..
        } = city(&db).await;
        let (ctx, chief) = (&w.ctx, admin(w.agency));
        let create = async |code: &str, name: &str, parent: Option<UnitId>| {
            let input = units::CreateInput {
                name: name.into(),
                ..new_unit(code, parent)
            };
            units::create(&db, ctx, &chief, input).await
        };
        assert!(matches!(create("a/b", "A", Some(root)).await, Err(UnitError::Code)));
        assert!(matches!(
            create("1.01", "A", Some(root)).await,
            Err(UnitError::CodeTaken)
        ));
        assert!(matches!(create("7", " ", Some(root)).await, Err(UnitError::Name)));
        assert!(matches!(create("7", "A", None).await, Err(UnitError::SecondRoot)));
        assert!(matches!(
            create("7", "A", Some(ctx.new_id())).await,
            Err(UnitError::NoParent)
        ));
        let mut deep = bidang;
        for n in 4..=12 {
            deep = create(&format!("D{n}"), "A", Some(deep))
                .await
                .expect("up to twelve levels");
        }
        assert!(matches!(create("D13", "A", Some(deep)).await, Err(UnitError::TooDeep)));
        let top = units::relocate(&db, ctx, &chief, dinas, None, 1).await;
        assert!(matches!(top, Err(UnitError::SecondRoot)), "{top:?}");
        let nowhere = units::relocate(&db, ctx, &chief, ctx.new_id(), None, 1).await;
        assert!(matches!(nowhere, Err(UnitError::NotFound)));

        // who administers one division may neither touch the department nor take from elsewhere
        let local = actor(
            w.agency,
            None,
            vec![Grant {
                role: Role::UnitAdmin,
                path: "1/1.01/1.01.1/".into(),
            }],
        );
        let denied = units::rename(&db, ctx, &local, dinas, "X", 1).await;
        assert!(
            matches!(denied, Err(UnitError::Denied(policy::Denied::Refused))),
            "{denied:?}"
        );
        let denied = units::relocate(&db, ctx, &local, bidang, Some(root), 1).await;
        assert!(matches!(denied, Err(UnitError::Denied(_))), "{denied:?}");
        let plain = actor(w.agency, Some(staff), Vec::new());
        assert!(matches!(
            units::create(&db, ctx, &plain, new_unit("7", Some(root))).await,
            Err(UnitError::Denied(_))
        ));
        let stranger = admin(Id::from_uuid(uuid::Uuid::from_u128(5)));
        assert!(matches!(
            units::rename(&db, ctx, &stranger, dinas, "X", 1).await,
            Err(UnitError::NotFound)
        ));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn positions_are_made_and_closed() {
    on_each_engine(async |db: Db| {
        let City {
            w, other, desk, staff, ..
        } = city(&db).await;
        let (ctx, chief) = (&w.ctx, admin(w.agency));
        let input = |code: &str, title: &str, is_head: bool| positions::CreateInput {
            unit: other,
            code: code.into(),
            title: title.into(),
            kind: PositionKind::Functional,
            level: Some(PositionLevel::AhliMuda),
            is_head,
            valid_from: TODAY,
        };
        let made = positions::create(&db, ctx, &chief, input("Q1", "Statistisi", false))
            .await
            .expect("made");
        positions::close(&db, ctx, &chief, made, TODAY).await.expect("closed");
        let held = positions::close(&db, ctx, &chief, desk, TODAY).await;
        assert!(matches!(held, Err(PositionError::Held)), "{held:?}");
        let create = async |i| positions::create(&db, ctx, &chief, i).await;
        assert!(matches!(create(input("", "A", false)).await, Err(PositionError::Code)));
        assert!(matches!(
            create(input("Q1", "A", false)).await,
            Err(PositionError::CodeTaken)
        ));
        assert!(matches!(
            create(input("Q2", "", false)).await,
            Err(PositionError::Title)
        ));
        assert!(matches!(
            create(input("Q2", "A", true)).await,
            Err(PositionError::SecondHead)
        ));
        let wrong = positions::CreateInput {
            level: Some(PositionLevel::Pengawas),
            ..input("Q2", "A", false)
        };
        assert!(matches!(create(wrong).await, Err(PositionError::Level)));
        let nowhere = positions::CreateInput {
            unit: ctx.new_id(),
            ..input("Q2", "A", false)
        };
        assert!(matches!(create(nowhere).await, Err(PositionError::NotFound)));
        let plain = actor(w.agency, Some(staff), Vec::new());
        let denied = positions::create(&db, ctx, &plain, input("Q2", "A", false)).await;
        assert!(matches!(denied, Err(PositionError::Denied(_))), "{denied:?}");
        assert!(matches!(
            positions::close(&db, ctx, &chief, ctx.new_id(), TODAY).await,
            Err(PositionError::NotFound)
        ));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn acting_officials_become_superiors_and_stop_being_it() {
    on_each_engine(async |db: Db| {
        let City {
            w,
            seat_bidang,
            seat_other,
            desk,
            kabid,
            staff,
            colleague,
            kadis,
            ..
        } = city(&db).await;
        let (ctx, agency, chief) = (&w.ctx, w.agency, admin(w.agency));
        let input = PlaceInput {
            person: colleague,
            position: seat_bidang,
            kind: PlacementKind::Plh,
            valid_from: TODAY,
            valid_to: Some(date(2026, 11, 30)),
            decree: "SK 1/2026".into(),
            ends_present: false,
        };
        let plh = placements::place(&db, ctx, &chief, input.clone())
            .await
            .expect("placed");
        let row = today_of(&db, agency, staff).await;
        assert_eq!(
            (row.superior, row.superior_basis),
            (Some(colleague), SuperiorBasis::Plh)
        );
        assert_eq!(row.superior_until, Some(date(2026, 11, 30)));
        assert_eq!(today_of(&db, agency, colleague).await.superior, Some(kadis));
        let facts = db::read!(db, async |tx| org::access::actor_facts(tx, agency, colleague, TODAY)
            .await);
        let facts = facts.expect("readable");
        assert_eq!(facts.heads, ["1/1.01/1.01.1/"]);
        let later = db::read!(db, async |tx| org::access::actor_facts(
            tx,
            agency,
            colleague,
            date(2026, 12, 1)
        )
        .await);
        assert!(later.expect("readable").heads.is_empty(), "the duty ends by itself");
        let facts = db::read!(db, async |tx| org::access::person_facts(
            tx,
            agency,
            staff,
            date(2026, 12, 1)
        )
        .await);
        assert_eq!(
            facts.expect("readable").expect("there").superior,
            None,
            "so does the superior's sight"
        );
        placements::end(&db, ctx, &chief, plh, TODAY).await.expect("ended");
        placements::end(&db, ctx, &chief, plh, TODAY)
            .await
            .expect("twice is harmless");
        let longer = placements::end(&db, ctx, &chief, plh, date(2027, 1, 1)).await;
        assert!(matches!(longer, Err(PlacementError::Dates)), "{longer:?}");
        let early = placements::end(&db, ctx, &chief, plh, date(2020, 1, 1)).await;
        assert!(matches!(early, Err(PlacementError::Dates)), "{early:?}");

        let place = async |i| placements::place(&db, ctx, &chief, i).await;
        let again = PlaceInput {
            kind: PlacementKind::Plt,
            ..input.clone()
        };
        assert!(matches!(place(again).await, Err(PlacementError::Twice)));
        let endless = PlaceInput {
            valid_to: None,
            ..input.clone()
        };
        assert!(matches!(place(endless).await, Err(PlacementError::ActingNeedsEnd)));
        let backwards = PlaceInput {
            valid_to: Some(date(2026, 1, 1)),
            ..input.clone()
        };
        assert!(matches!(place(backwards).await, Err(PlacementError::Dates)));
        let real = PlaceInput {
            kind: PlacementKind::Definitive,
            valid_to: None,
            ends_present: true,
            ..input.clone()
        };
        assert!(matches!(place(real.clone()).await, Err(PlacementError::HeadOccupied)));
        let held = PlaceInput {
            position: seat_other,
            ends_present: false,
            ..real.clone()
        };
        assert!(matches!(place(held).await, Err(PlacementError::Overlap)));
        let long = PlaceInput {
            decree: "x".repeat(101),
            ..real.clone()
        };
        assert!(matches!(place(long).await, Err(PlacementError::Decree)));
        let nobody = PlaceInput {
            person: ctx.new_id(),
            ..real.clone()
        };
        assert!(matches!(place(nobody).await, Err(PlacementError::NotFound)));
        let plain = actor(agency, Some(kabid), Vec::new());
        let denied = placements::place(&db, ctx, &plain, real.clone()).await;
        assert!(matches!(denied, Err(PlacementError::Denied(_))), "{denied:?}");

        // a move ends the present placement the day before
        let moved = PlaceInput {
            position: seat_other,
            ..real
        };
        place(moved).await.expect("moved");
        let page = db::read!(db, async |tx| queries::person_page(tx, agency, colleague).await);
        let page = page.expect("readable").expect("there");
        assert_eq!(page.today.position_title, "Kepala Bidang Data");
        let ended: Vec<_> = page
            .placements
            .iter()
            .filter(|p| p.position == desk)
            .map(|p| p.valid_to)
            .collect();
        assert_eq!(ended, [Some(date(2026, 11, 21))]);
        assert_eq!(page.superior.expect("a superior").basis, SuperiorBasis::UnitHead);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_position_takes_nobody() {
    on_each_engine(async |db: Db| {
        let City {
            w,
            seat_other,
            colleague,
            ..
        } = city(&db).await;
        let (ctx, chief) = (&w.ctx, admin(w.agency));
        positions::close(&db, ctx, &chief, seat_other, TODAY)
            .await
            .expect("closed");
        let input = PlaceInput {
            person: colleague,
            position: seat_other,
            kind: PlacementKind::Definitive,
            valid_from: TODAY,
            valid_to: None,
            decree: String::new(),
            ends_present: true,
        };
        let refused = placements::place(&db, ctx, &chief, input).await;
        assert!(matches!(refused, Err(PlacementError::PositionClosed)), "{refused:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn superiors_are_set_by_hand_with_reason() {
    on_each_engine(async |db: Db| {
        let City {
            w,
            staff,
            kabid,
            kadis,
            mayor,
            colleague,
            ..
        } = city(&db).await;
        let (ctx, agency, chief) = (&w.ctx, w.agency, admin(w.agency));
        let input = OverrideInput {
            person: staff,
            superior: kadis,
            reason: "Diperbantukan".into(),
            document: "ST 5/2026".into(),
            valid_from: TODAY,
            valid_to: None,
        };
        let set = async |i| superiors::set(&db, ctx, &chief, i).await;
        let id = set(input.clone()).await.expect("set");
        let row = today_of(&db, agency, staff).await;
        assert_eq!(
            (row.superior, row.superior_basis),
            (Some(kadis), SuperiorBasis::Override)
        );
        assert!(matches!(set(input.clone()).await, Err(SuperiorError::Overlap)));
        let free = OverrideInput {
            person: colleague,
            ..input.clone()
        };
        let with = |f: &dyn Fn(&mut OverrideInput)| {
            let mut i = free.clone();
            f(&mut i);
            i
        };
        assert!(matches!(
            set(with(&|i| i.superior = colleague)).await,
            Err(SuperiorError::Himself)
        ));
        assert!(matches!(
            set(with(&|i| i.reason = " ".into())).await,
            Err(SuperiorError::Reason)
        ));
        assert!(matches!(
            set(with(&|i| i.document = "x".repeat(201))).await,
            Err(SuperiorError::Document)
        ));
        assert!(matches!(
            set(with(&|i| i.valid_to = Some(date(2020, 1, 1)))).await,
            Err(SuperiorError::Dates)
        ));
        assert!(matches!(
            set(with(&|i| i.superior = ctx.new_id())).await,
            Err(SuperiorError::NotFound)
        ));
        assert!(matches!(
            set(with(&|i| i.person = ctx.new_id())).await,
            Err(SuperiorError::NotFound)
        ));
        let circle = OverrideInput {
            person: mayor,
            superior: staff,
            ..input.clone()
        };
        assert!(matches!(set(circle).await, Err(SuperiorError::Circle)));
        let plain = actor(agency, Some(kabid), Vec::new());
        assert!(matches!(
            superiors::set(&db, ctx, &plain, free.clone()).await,
            Err(SuperiorError::Denied(_))
        ));
        let record = record("Budi Santoso", PersonStatus::Retired);
        people::edit(&db, ctx, &chief, kadis, record, 1).await.expect("retired");
        let row = today_of(&db, agency, staff).await;
        assert_eq!(row.superior, Some(kabid), "whoever has retired is nobody's superior");
        assert!(matches!(set(free).await, Err(SuperiorError::NotInOffice)));
        let kabid_row = today_of(&db, agency, kabid).await;
        assert_eq!(
            (kabid_row.superior, kabid_row.superior_basis),
            (Some(mayor), SuperiorBasis::OneLevelUp)
        );
        superiors::end(&db, ctx, &chief, id, date(2026, 11, 21))
            .await
            .expect("removed, it had not begun");
        assert!(matches!(
            superiors::end(&db, ctx, &chief, id, TODAY).await,
            Err(SuperiorError::NotFound)
        ));
    })
    .await;
}
