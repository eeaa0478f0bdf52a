//! Lists, pages, identities on a date, scopes, settings, and the projection.

mod world;

use db::Db;
use jiff::civil::date;
use org::model::{PlacementKind, SuperiorBasis};
use org::projection::{self, Affected};
use org::queries::{self, EmployeeFilter};
use org::settings::{self, Key, SetError, SetInput};
use policy::{Grant, Kind, Role, Scope};
use testkit::on_each_engine;
use world::{City, START, TODAY, actor, admin, city, empty};

fn text(text: &str) -> EmployeeFilter {
    EmployeeFilter {
        text: text.into(),
        ..Default::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn people_are_found_by_words_digits_and_units() {
    on_each_engine(async |db: Db| {
        let City {
            w,
            kabid,
            staff,
            colleague,
            bidang,
            kadis,
            ..
        } = city(&db).await;
        let scope = Scope::unscoped(w.agency);
        let find = async |filter: EmployeeFilter| {
            let (page, count) =
                db::read!(db, async |tx| queries::employees(tx, &scope, &filter, None).await).expect("readable");
            assert_eq!(count, Some(page.rows.len() as i64));
            page.rows.into_iter().map(|r| r.id).collect::<Vec<_>>()
        };
        assert_eq!(find(text("siti")).await, [colleague, kabid]);
        assert_eq!(
            find(text("RAHMA siti")).await,
            [kabid],
            "the beginning of every word, in any order"
        );
        assert_eq!(find(text("hida maruf")).await, [staff], "an apostrophe is no obstacle");
        assert_eq!(find(text("data")).await, [], "nobody works in that division");
        assert_eq!(find(text("pelayanan")).await.len(), 3, "by the name of the unit");
        let number = &w.rows.numbers[3].number;
        assert_eq!(find(text(&number[13..])).await, [staff]);
        assert_eq!(
            find(text(&format!("{} {}", &number[..8], &number[8..]))).await,
            [staff],
            "with spaces"
        );
        assert_eq!(find(text("123")).await, [], "three digits are a word, and no name");
        for odd in ["%", "_", "''", "\u{0}", "''; DROP TABLE employee", "💥"] {
            assert_eq!(find(text(odd)).await, [], "{odd}");
        }
        assert_eq!(
            find(EmployeeFilter {
                unit_path: Some("1/1.01/1.01.1/".into()),
                ..Default::default()
            })
            .await
            .len(),
            3
        );
        assert_eq!(
            find(EmployeeFilter {
                unit: Some(bidang),
                ..text("ahmad")
            })
            .await,
            [staff]
        );
        assert_eq!(
            find(EmployeeFilter {
                superior: Some(kadis),
                ..Default::default()
            })
            .await,
            [kabid]
        );
        assert_eq!(
            find(EmployeeFilter {
                basis: Some(SuperiorBasis::None),
                ..Default::default()
            })
            .await
            .len(),
            1
        );
        let subordinates =
            db::read!(db, async |tx| queries::subordinates(tx, w.agency, kabid).await).expect("readable");
        assert_eq!(
            subordinates.iter().map(|r| r.id).collect::<Vec<_>>(),
            [staff, colleague]
        );
        let named = db::read!(db, async |tx| queries::employees_by_id(tx, w.agency, &[staff, kadis])
            .await)
        .expect("readable");
        assert_eq!(named.len(), 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn long_lists_come_in_pages_and_keep_their_order() {
    on_each_engine(async |db: Db| {
        let mut w = empty(&db).await;
        let unit = w.unit("1", "Kota", None);
        let desk = w.seat(unit, "Staf", false);
        for n in 0..99 {
            // ten people share each name
            w.person(
                &format!("Nama {}", ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J"][n % 10]),
                Some(desk),
            );
        }
        w.save(&db).await;
        let scope = Scope::unscoped(w.agency);
        let filter = EmployeeFilter::default();
        let (first, count) =
            db::read!(db, async |tx| queries::employees(tx, &scope, &filter, None).await).expect("readable");
        assert_eq!((first.rows.len(), count), (50, Some(99)));
        let next = first.next.expect("a second page");
        let next = kernel::Cursor::decode(&next.encode()).expect("reads itself");
        let (second, _) = db::read!(db, async |tx| queries::employees(tx, &scope, &filter, Some(&next))
            .await)
        .expect("readable");
        assert_eq!((second.rows.len(), second.next), (49, None));
        let mut all: Vec<_> = first
            .rows
            .iter()
            .chain(&second.rows)
            .map(|r| (r.name_folded.clone(), r.id))
            .collect();
        let sorted = {
            let mut s = all.clone();
            s.sort();
            s.dedup();
            s
        };
        assert_eq!(all, sorted);
        all.dedup();
        assert_eq!(all.len(), 99);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scope_narrows_a_list_exactly_as_policy_says() {
    on_each_engine(async |db: Db| {
        let City { w, kabid, staff, .. } = city(&db).await;
        const COLUMNS: org::access::ScopeColumns = org::scope_columns!(
            "e.agency_id",
            "e.unit_path",
            "e.person_id",
            "e.superior_id",
            "a.superior_id"
        );
        let all = db::read!(db, async |tx| queries::employees(
            tx,
            &Scope::unscoped(w.agency),
            &EmployeeFilter::default(),
            None
        )
        .await)
        .expect("readable")
        .0
        .rows;
        let above = |p: Option<kernel::PersonId>| all.iter().find(|r| Some(r.id) == p).and_then(|r| r.superior);
        let grant = |role, path: &str| Grant {
            role,
            path: path.into(),
        };
        let mut head = actor(w.agency, Some(kabid), Vec::new());
        head.heads = vec!["1/1.01/1.01.1/".into()];
        let stranger = actor(kernel::Id::from_uuid(uuid::Uuid::from_u128(4)), Some(staff), Vec::new());
        for (who, seen) in [
            (actor(w.agency, Some(staff), Vec::new()), 1),
            (head, 3),
            (actor(w.agency, None, vec![grant(Role::Auditor, "1/1.01/")]), 4),
            (admin(w.agency), 5),
            (actor(w.agency, None, vec![grant(Role::Counter, "")]), 0),
            (stranger, 0),
        ] {
            let scope = policy::scope(&who, Kind::Skp);
            let sql = db::Sql::new(
                "SELECT e.person_id FROM employee e LEFT JOIN employee a ON a.person_id = e.superior_id WHERE ",
            );
            let sql = org::access::push_scope(sql, &scope, COLUMNS).push(" ORDER BY e.name_folded, e.person_id");
            let rows: Vec<(kernel::PersonId,)> =
                db::read!(db, async |tx| tx.all(sql.text(), sql.args()).await).expect("readable");
            let expected: Vec<(kernel::PersonId,)> = all
                .iter()
                .filter(|r| scope.contains(w.agency, &r.unit_path, Some(r.id), r.superior, above(r.superior)))
                .map(|r| (r.id,))
                .collect();
            assert_eq!(rows, expected);
            assert_eq!(rows.len(), seen, "{scope:?}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn forms_name_people_as_they_were_on_that_day() {
    on_each_engine(async |db: Db| {
        let City {
            mut w,
            dinas,
            staff,
            colleague,
            bidang,
            ..
        } = city(&db).await;
        let (agency, chief) = (w.agency, admin(w.agency));
        org::commands::units::rename(&db, &w.ctx, &chief, bidang, "Bidang Layanan Terpadu", 1)
            .await
            .expect("renamed");
        let grade = org::model::Grade::parse("III/c").expect("a golongan");
        org::commands::people::set_rank(&db, &w.ctx, &chief, staff, grade, date(2026, 10, 1))
            .await
            .expect("ranked");
        let on = async |person, day| {
            db::read!(db, async |tx| queries::identity_on(tx, agency, person, day).await)
                .expect("readable")
                .expect("there")
        };
        let before = on(staff, date(2026, 9, 30)).await;
        assert_eq!(before.name, "Ahmad Ma'ruf Hidayat, S.E.");
        assert_eq!(before.rank, "Penata Muda Tk. I (III/b)");
        assert_eq!(
            (before.position.as_str(), before.unit.as_str()),
            ("Operator Layanan", "Bidang Pelayanan")
        );
        assert_eq!(before.number.len(), 21, "{}", before.number);
        let now = on(staff, TODAY).await;
        assert_eq!(
            (now.rank.as_str(), now.unit.as_str()),
            ("Penata (III/c)", "Bidang Layanan Terpadu")
        );
        let too_early = on(staff, date(2020, 1, 1)).await;
        assert_eq!((too_early.position.as_str(), too_early.rank.as_str()), ("", ""));
        // an acting duty beside a definitive position does not change what forms print
        let seat = w.rows.positions[1].id;
        let begin = w.rows.placements.len();
        w.hold(colleague, seat, PlacementKind::Plt, START, Some(date(2027, 1, 1)));
        let added = w.rows.placements.split_off(begin);
        db::write!(db, async |tx| org::bulk::placements(tx, w.agency, &added).await).expect("written");
        let party = on(colleague, TODAY).await;
        assert_eq!(
            (party.position.as_str(), party.unit_id),
            ("Operator Layanan", Some(bidang))
        );
        assert_ne!(party.unit_id, Some(dinas));
        let none = db::read!(db, async |tx| queries::identity_on(tx, w.agency, w.ctx.new_id(), TODAY)
            .await);
        assert_eq!(none.expect("readable"), None);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn unit_pages_count_their_people() {
    on_each_engine(async |db: Db| {
        let City {
            w,
            dinas,
            bidang,
            kadis,
            kabid,
            ..
        } = city(&db).await;
        let page = db::read!(db, async |tx| queries::unit_page(tx, w.agency, dinas).await)
            .expect("readable")
            .expect("there");
        assert_eq!((page.own_headcount, page.headcount), (1, 4));
        assert_eq!(page.head.expect("a head").id, kadis);
        assert_eq!(
            page.breadcrumbs.iter().map(|c| c.name.as_str()).collect::<Vec<_>>(),
            ["Pemerintah Kota Uji", "Dinas Kependudukan"]
        );
        let children: Vec<_> = page
            .children
            .iter()
            .map(|c| (c.code.as_str(), c.headcount, c.head.as_ref().map(|h| h.0)))
            .collect();
        assert_eq!(children, [("1.01.1", 3, Some(kabid)), ("1.01.2", 0, None)]);
        let by_code =
            db::read!(db, async |tx| queries::unit_by_code(tx, w.agency, " 1.01.1 ").await).expect("readable");
        assert_eq!(by_code.expect("there").id, bidang);
        let like = db::read!(db, async |tx| queries::units_like(tx, w.agency, "pelay bid").await).expect("readable");
        assert_eq!(like.iter().map(|u| u.id).collect::<Vec<_>>(), [bidang]);
        let options = db::read!(db, async |tx| queries::unit_options(tx, w.agency).await).expect("readable");
        assert_eq!(options.iter().map(|u| u.depth).collect::<Vec<_>>(), [1, 2, 3, 3]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_hold_from_their_day() {
    on_each_engine(async |db: Db| {
        let w = empty(&db).await;
        let chief = admin(w.agency);
        let get = async |day| {
            db::read!(db, async |tx| settings::value(tx, w.agency, Key::ObjectionDays, day)
                .await)
            .expect("readable")
        };
        assert_eq!((get(TODAY).await.number(), get(TODAY).await.effective_from), (14, None));
        let input = SetInput {
            key: Key::ObjectionDays,
            value: "21".into(),
            effective_from: date(2027, 1, 1),
            legal_basis: "Perwali 1/2027".into(),
        };
        settings::set(&db, &w.ctx, &chief, input.clone()).await.expect("set");
        settings::set(&db, &w.ctx, &chief, input.clone())
            .await
            .expect("twice is harmless");
        assert_eq!(get(TODAY).await.number(), 14);
        assert_eq!(get(date(2027, 1, 1)).await.number(), 21);
        let all = db::read!(db, async |tx| settings::all(tx, w.agency, date(2027, 6, 1)).await).expect("readable");
        assert_eq!(all.iter().filter(|s| s.effective_from.is_some()).count(), 1);
        let history =
            db::read!(db, async |tx| settings::history(tx, w.agency, Key::ObjectionDays).await).expect("readable");
        assert_eq!((history.len(), history[0].legal_basis.as_str()), (1, "Perwali 1/2027"));
        let set = async |i| settings::set(&db, &w.ctx, &chief, i).await;
        assert!(matches!(
            set(SetInput {
                value: "0".into(),
                ..input.clone()
            })
            .await,
            Err(SetError::Value)
        ));
        assert!(matches!(
            set(SetInput {
                legal_basis: " ".into(),
                ..input.clone()
            })
            .await,
            Err(SetError::LegalBasis)
        ));
        let plain = actor(w.agency, None, Vec::new());
        assert!(matches!(
            settings::set(&db, &w.ctx, &plain, input).await,
            Err(SetError::Denied(_))
        ));
        let again = org::agency::NewAgency {
            code: "UJI".into(),
            name: "X".into(),
            region: "X".into(),
            zone: kernel::Zone::Wit,
            is_demo: false,
        };
        let taken = db::write!(db, async |tx| org::agency::create(tx, &w.ctx, &again).await);
        assert!(matches!(taken, Err(org::agency::CreateError::Taken)), "{taken:?}");
        let bad = org::agency::NewAgency {
            code: "a b".into(),
            ..again.clone()
        };
        let bad = db::write!(db, async |tx| org::agency::create(tx, &w.ctx, &bad).await);
        assert!(matches!(bad, Err(org::agency::CreateError::Code)), "{bad:?}");
        let nameless = org::agency::NewAgency {
            name: String::new(),
            ..again
        };
        let nameless = db::write!(db, async |tx| org::agency::create(tx, &w.ctx, &nameless).await);
        assert!(matches!(nameless, Err(org::agency::CreateError::Name)), "{nameless:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn refreshing_some_people_gives_what_refreshing_all_gives() {
    on_each_engine(async |db: Db| {
        let City { mut w, staff, colleague, kabid, .. } = city(&db).await;
        // changed behind the projection's back: an override and a rank
        db::write!(db, async |tx| {
            let row = db::args![w.ctx.new_id::<()>(), w.agency, staff, colleague, START];
            tx.exec(db::sql!("INSERT INTO superior_override (id, agency_id, person_id, superior_id, reason, document, valid_from, created_at) VALUES ($1, $2, $3, $4, 'x', '', $5, 0)"), row).await
        })
        .expect("written");
        w.rows.ranks.clear();
        let some = db::write!(db, async |tx| projection::refresh(tx, w.agency, TODAY, Affected::People(&[staff, kabid])).await);
        assert_eq!(some.expect("refreshed"), 1, "only the row that differs is written");
        let all = db::write!(db, async |tx| projection::refresh(tx, w.agency, TODAY, Affected::All).await);
        assert_eq!(all.expect("refreshed"), 0, "and it is what all would give");
        let none = db::write!(db, async |tx| projection::refresh(tx, w.agency, TODAY, Affected::People(&[])).await);
        assert_eq!(none.expect("refreshed"), 0);
        let row = db::read!(db, async |tx| queries::employee(tx, w.agency, staff).await).expect("readable").expect("there");
        assert_eq!(row.superior, Some(colleague));
        // the day after nothing has changed for anybody
        let later = db::write!(db, async |tx| projection::refresh(tx, w.agency, date(2026, 11, 23), Affected::All).await);
        assert_eq!(later.expect("refreshed"), 0);
    })
    .await;
}
