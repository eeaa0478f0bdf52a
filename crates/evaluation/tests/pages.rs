//! Pages, explanations, printed forms and their check codes on both engines.

mod world;

use db::Db;
use documents::{EvaluationPeriod, Paper};
use evaluation::bulk::{self, AchievementRow, EvaluationRow, EventRow};
use evaluation::commands::{
    FinaliseInput, PrintError, PrintInput, RateInput, finalise, print, rate, receive, set_achievement,
};
use evaluation::explain::{Explanation, Finding, explain};
use evaluation::forms::{PrintContext, dokumen_form, evaluasi_form, skp_form, skp_page};
use evaluation::model::{Outcome, Status};
use evaluation::queries::{self, EvaluationPage, Filter, PageError};
use evaluation::{CheckCode, DocumentKind, Validity};
use feedback::bulk::FeedbackRow;
use feedback::{GiverRole, Tone, Topic};
use jiff::civil::date;
use journal::bulk::RealisationRow;
use kernel::{EvaluationId, Id, PageSize, ServiceId};
use policy::{Actor, Denied, Kind, scope};
use regulation::berakhlak;
use regulation::rating::{CapaianOrganisasi, Predikat, Rating};
use service::bulk::{Given, ResponseRow, ServiceRow};
use service::model::{Answers, Channel, Respondent};
use testkit::on_each_engine;
use world::{BASIS, Made, REASON, TODAY, WHEN, World, ratings, world};

async fn page(db: &Db, world: &World, actor: &Actor, id: EvaluationId) -> Result<EvaluationPage, PageError> {
    db::read!(db, async |tx| queries::page(tx, &world.ctx, actor, id).await).map(|opened| opened.page)
}

async fn realise(db: &Db, world: &World, plan: &Made, value: i64) {
    let row = RealisationRow {
        iki_id: plan.iki,
        year: WHEN.0,
        period: WHEN.1,
        agency_id: world.agency,
        skp_id: plan.skp,
        value_text: format!("{value} laporan"),
        value_number: Some(value.into()),
        source_note: String::new(),
        changed_at: world.ctx.now(),
        version: 1,
    };
    let rows = journal::bulk::Rows {
        realisations: vec![row],
        ..Default::default()
    };
    db::write!(db, async |tx| journal::bulk::insert_all(tx, &rows).await).expect("realised");
}

async fn remark(db: &Db, world: &World, plan: &Made, topic: Topic) {
    let row = FeedbackRow {
        id: world.ctx.new_id(),
        agency_id: world.agency,
        skp_id: plan.skp,
        topic,
        giver_id: world.chief.id,
        giver_role: GiverRole::Atasan,
        year: WHEN.0,
        period: WHEN.1,
        tone: Tone::Positif,
        text: "Laporan rapi dan tepat waktu.".into(),
        submit_key: format!("umpan-{topic:?}"),
        created_at: world.ctx.now(),
    };
    db::write!(db, async |tx| feedback::bulk::insert_all(
        tx,
        std::slice::from_ref(&row)
    )
    .await)
    .expect("said");
}

/// A service with `n` answers of 4 everywhere in the period.
async fn asked(db: &Db, world: &World, slug: &str, n: usize) -> ServiceId {
    let service = ServiceRow {
        id: world.ctx.new_id(),
        agency_id: world.agency,
        unit_id: world.dinas,
        unit_path: world.chief.path.clone(),
        slug: slug.into(),
        name: "Penerbitan KTP-el".into(),
        summary: String::new(),
        requirements: String::new(),
        fee: String::new(),
        promise: String::new(),
        promise_days: None,
        data_source: String::new(),
        is_public: true,
        population: None,
        valid_from: date(2026, 1, 1),
        valid_to: None,
    };
    let answers: Vec<ResponseRow> = (0..n)
        .map(|i| ResponseRow {
            id: world.ctx.new_id(),
            agency_id: world.agency,
            service_id: service.id,
            channel: Channel::Web,
            survey_date: date(2026, 8, 1),
            submitted_at: world.ctx.now(),
            given: Given::Full(Answers::new([4; 9]).expect("in range")),
            respondent: Respondent::default(),
            reason: String::new(),
            comment: String::new(),
            submit_key: format!("kunci-{i:05}"),
        })
        .collect();
    db::write!(db, async |tx| {
        service::bulk::insert_all(tx, std::slice::from_ref(&service)).await?;
        service::bulk::insert_responses(tx, &answers).await
    })
    .expect("answers");
    service.id
}

/// One employee rated di atas / sesuai and made final, with evidence and feedback.
async fn finished(db: &Db, world: &World) -> (EvaluationId, Made) {
    let (ctx, chief) = (&world.ctx, &world.chief.actor);
    let set = world.achievement(world.dinas, CapaianOrganisasi::Baik, 0);
    set_achievement(db, ctx, &world.mayor.actor, &set).await.expect("set");
    let plan = world.skp(db, &world.staff[0], skp::Status::Disetujui, None).await;
    let id = evaluation::commands::open(db, ctx, chief, plan.skp, WHEN.1)
        .await
        .expect("opened");
    realise(db, world, &plan, 6).await;
    remark(db, world, &plan, Topic::Rhk(plan.rhk)).await;
    remark(db, world, &plan, Topic::Value(berakhlak::Value::Adaptif)).await;
    let input = RateInput {
        evaluation: id,
        version: 1,
        rating: ratings(Some(Rating::DiAtas), Some(Rating::Sesuai)),
        is_draft: false,
    };
    rate(db, ctx, chief, &input).await.expect("rated");
    let last = FinaliseInput {
        evaluation: id,
        version: 2,
        pattern_reason: String::new(),
    };
    finalise(db, ctx, chief, &last).await.expect("final");
    (id, plan)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_explanation_tells_every_step() {
    on_each_engine(async |db: Db| {
        let world = world(&db).await;
        let (id, plan) = finished(&db, &world).await;
        let me = &world.staff[0].actor;
        receive(&db, &world.ctx, me, id).await.expect("read");
        world.wait(2);
        let seen = page(&db, &world, me, id).await.expect("seen");
        assert!(seen.period.is_locked, "nothing of the period changes any more");
        assert_eq!(seen.period.realisation_of(plan.iki).map(|r| r.value_text.as_str()), Some("6 laporan"));
        let verbs: Vec<&str> = seen.events.iter().map(|e| e.verb.as_str()).collect();
        assert_eq!(verbs.len(), 4);
        for verb in ["BUKA", "NILAI", "FINAL", "TERIMA"] {
            assert!(verbs.contains(&verb), "{verb}");
        }
        let Explanation {
            steps,
            stored,
            recomputed,
            agrees,
            changes,
        } = explain(&seen).expect("rated");
        assert_eq!((stored, recomputed, agrees), (Some(Predikat::Baik), Predikat::Baik, true));
        assert_eq!(changes[0].predikat, Predikat::SangatBaik);
        let articles: Vec<&str> = steps.iter().map(|s| s.basis.article).collect();
        assert_eq!(articles[0], "SE MenPANRB 3/2023");
        assert_eq!(articles[5], "PP 30/2019 Pasal 59");
        let [one, two, three, four, five, six] = steps.as_slice() else {
            panic!("six steps")
        };
        assert!(matches!(&one.finding, Finding::Organisation { achievement: Some(CapaianOrganisasi::Baik), basis, set_by: Some((_, name)), .. }
            if basis == BASIS && name == "Orang Uji 01, S.E."));
        assert!(matches!(&two.finding, Finding::Result { rating: Rating::DiAtas, reason, is_derived: false, proposed: Some(Rating::DiAtas), tally, .. }
            if reason == REASON && (tally.reached, tally.total, tally.missing) == (1, 1, 0)));
        assert!(matches!(&three.finding, Finding::Behaviour { rating: Rating::Sesuai, feedback, .. }
            if feedback.contains(&(berakhlak::Value::Adaptif, 1)) && feedback.iter().map(|f| f.1).sum::<usize>() == 1));
        assert!(matches!(&four.finding, Finding::Quadrant { predikat: Predikat::Baik, .. }));
        // one person: counts would name them
        assert!(matches!(&five.finding, Finding::Distribution { counts: None, is_judged: false, .. }));
        assert!(matches!(&six.finding, Finding::Objection { until: Some(until), days_left: Some(12), addressee: Some(above), .. }
            if *until == date(2026, 10, 19) && above == "Orang Uji 01, S.E."));
        world.wait(20);
        let late = explain(&page(&db, &world, me, id).await.expect("seen")).expect("rated");
        assert!(matches!(&late.steps[5].finding, Finding::Objection { days_left: None, .. }));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stored_predikat_that_does_not_follow_is_shown_as_an_error() {
    on_each_engine(async |db: Db| {
        let world = world(&db).await;
        let (id, _) = finished(&db, &world).await;
        let chief = &world.chief.actor;
        let row = page(&db, &world, chief, id).await.expect("seen").row;
        let plan = world.skp(&db, &world.staff[1], skp::Status::Disetujui, None).await;
        let damaged = EvaluationRow {
            id: world.ctx.new_id(),
            skp_id: plan.skp,
            person_id: world.staff[1].id,
            predikat: Some(Predikat::SangatBaik),
            ..row
        };
        let event = EventRow {
            id: world.ctx.ids.next(world.ctx.now()),
            evaluation_id: damaged.id,
            at: world.ctx.now(),
            person_id: None,
            verb: "BUKA".into(),
            remark: String::new(),
        };
        let other = AchievementRow {
            id: world.ctx.ids.next(world.ctx.now()),
            agency_id: world.agency,
            unit_id: world.city,
            unit_path: world.mayor.path.clone(),
            year: WHEN.0,
            period: WHEN.1,
            achievement: CapaianOrganisasi::Istimewa,
            basis: BASIS.into(),
            set_by: world.mayor.id,
            set_at: world.ctx.now(),
        };
        db::write!(db, async |tx| {
            bulk::insert_all(tx, std::slice::from_ref(&damaged)).await?;
            bulk::insert_events(tx, std::slice::from_ref(&event)).await?;
            bulk::insert_achievements(tx, std::slice::from_ref(&other)).await
        })
        .expect("inserted");
        let seen = page(&db, &world, chief, damaged.id).await.expect("seen");
        let told = explain(&seen).expect("rated");
        assert!(!told.agrees);
        assert_eq!(
            (told.stored, told.recomputed),
            (Some(Predikat::SangatBaik), Predikat::Baik)
        );
        // and a head whose rating is not the one of the unit
        let head = EvaluationPage {
            row: EvaluationRow {
                is_head: true,
                predikat: Some(Predikat::Baik),
                ..seen.row.clone()
            },
            ..seen
        };
        assert!(!explain(&head).expect("rated").agrees);
        let unrated = EvaluationPage {
            row: EvaluationRow {
                result_rating: None,
                ..head.row.clone()
            },
            ..head
        };
        assert!(explain(&unrated).is_none());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn citizens_answers_stand_beside_an_indicator() {
    on_each_engine(async |db: Db| {
        let world = world(&db).await;
        let (ctx, chief) = (&world.ctx, &world.chief.actor);
        for (member, slug, n) in [(0, "ktp-el", 40), (1, "akta", 5), (2, "pindah", 0)] {
            let service = asked(&db, &world, slug, n).await;
            let plan = world
                .skp(&db, &world.staff[member], skp::Status::Disetujui, Some(service))
                .await;
            let id = evaluation::commands::open(&db, ctx, chief, plan.skp, WHEN.1)
                .await
                .expect("opened");
            let seen = page(&db, &world, chief, id).await.expect("seen");
            let [found] = seen.services.as_slice() else {
                panic!("one service")
            };
            let outcome = seen.proposal.inputs[0].2;
            let index = found.index.as_ref().map(|i| (i.n(), i.ikm.shown()));
            let print = evaluasi_form(&seen, &context(&world));
            let printed = print.main[0].iki[0].realisation.as_str();
            match n {
                40 => {
                    assert_eq!((found.is_enough, index), (true, Some((40, "100.00".into()))));
                    assert_eq!(outcome, Outcome::Exceeded);
                    assert_eq!(printed, "Penerbitan KTP-el: IKM 100,00 (A), n = 40");
                }
                5 => {
                    assert_eq!((found.is_enough, index.map(|i| i.0)), (false, Some(5)));
                    assert_eq!(outcome, Outcome::TooFewAnswers);
                    assert!(printed.ends_with("n = 5, n kecil"));
                }
                _ => {
                    assert_eq!((found.is_enough, index), (false, None));
                    assert_eq!(outcome, Outcome::Missing);
                    assert!(printed.ends_with("belum ada jawaban survei"));
                }
            }
            assert_eq!(seen.proposal.rating().is_some(), n == 40);
        }
    })
    .await;
}

fn context(world: &World) -> PrintContext {
    PrintContext {
        code: CheckCode::draw(&world.ctx),
        check_base: "https://abdi.example/cek/".into(),
        now: world.ctx.now(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn forms_say_what_stands_and_their_code_can_be_checked() {
    on_each_engine(async |db: Db| {
        let world = world(&db).await;
        let (id, plan) = finished(&db, &world).await;
        let me = &world.staff[0].actor;
        let seen = page(&db, &world, me, id).await.expect("seen");
        let print_context = context(&world);
        let form = evaluasi_form(&seen, &print_context);
        assert_eq!(form.evaluation_period, EvaluationPeriod::Triwulan { number: 3 });
        assert_eq!(form.period, "01 JULI SD 30 SEPTEMBER TAHUN 2026");
        assert_eq!(
            (form.org_achievement.as_str(), form.predikat.as_str()),
            ("BAIK", "BAIK")
        );
        assert_eq!(form.work_rating, "DI ATAS EKSPEKTASI");
        assert_eq!(form.main[0].iki[0].realisation, "6 laporan");
        assert_eq!(form.main[0].feedback[0].speaker, "Pejabat Penilai Kinerja");
        assert_eq!(form.behaviours.len(), 7);
        assert_eq!(form.behaviours.iter().map(|b| b.feedback.len()).sum::<usize>(), 1);
        assert_eq!(form.employee.name, "Orang Uji 03, S.E.");
        assert_eq!(form.frame.watermark, None);
        assert!(!form.frame.document_title.contains("1980"), "no NIP in a title");
        assert_eq!(form.signatures.place_and_date, "Kota Uji, 5 Oktober 2026");
        let document = dokumen_form(&seen, &print_context);
        assert_eq!(document.notes, ["Ikut pelatihan.", "Pimpin satu tim."]);
        assert_eq!(
            document.superior.as_ref().map(|s| s.name.as_str()),
            Some("Orang Uji 01, S.E.")
        );
        assert_eq!(document.received_at, "");
        let plan_page = db::read!(db, async |tx| skp_page(tx, me, plan.skp).await).expect("seen");
        let skp = skp_form(&plan_page, &print_context);
        assert_eq!((skp.main.len(), skp.frame.watermark), (1, None));
        assert_eq!(skp.period, "01 JANUARI SD 31 DESEMBER TAHUN 2026");
        let hidden = db::read!(db, async |tx| skp_page(tx, &world.stranger.actor, plan.skp).await);
        assert!(matches!(hidden, Err(skp::access::AccessError::Denied(Denied::Hidden))));

        let input = PrintInput {
            code: print_context.code.clone(),
            kind: DocumentKind::Evaluasi,
            subject: id.uuid(),
            version: seen.row.version,
            paper: Paper::A4,
            title: form.frame.document_title.clone(),
            digest: "ab".repeat(32),
            signers: vec![form.assessor.name.clone()],
        };
        let stranger = print(&db, &world.ctx, &world.stranger.actor, &input).await;
        assert!(matches!(stranger, Err(PrintError::Denied(Denied::Hidden))));
        let mut wrong = input.clone();
        wrong.digest = "AB".into();
        assert!(matches!(
            print(&db, &world.ctx, me, &wrong).await,
            Err(PrintError::Digest)
        ));
        wrong = input.clone();
        wrong.version += 1;
        assert!(matches!(
            print(&db, &world.ctx, me, &wrong).await,
            Err(PrintError::Stale)
        ));
        wrong = input.clone();
        wrong.subject = world.dinas.uuid();
        assert!(matches!(
            print(&db, &world.ctx, me, &wrong).await,
            Err(PrintError::NotFound)
        ));
        print(&db, &world.ctx, me, &input).await.expect("registered");
        let code = CheckCode::draw(&world.ctx);
        let plan_print = PrintInput {
            code: code.clone(),
            kind: DocumentKind::Skp,
            subject: plan.skp.uuid(),
            version: 1,
            paper: Paper::F4,
            ..input.clone()
        };
        print(&db, &world.ctx, me, &plan_print).await.expect("registered");
        // reading the evaluation does not make its print invalid; changing the plan does
        receive(&db, &world.ctx, me, id).await.expect("read");
        db::write!(db, async |tx| tx
            .exec(
                db::sql!("UPDATE skp SET version = version + 1 WHERE id = $1"),
                db::args![plan.skp]
            )
            .await)
        .expect("changed");
        let (first, second, none) = db::read!(db, async |tx| {
            let first = queries::check(tx, &input.code).await?;
            let second = queries::check(tx, &code).await?;
            let none = queries::check(tx, &CheckCode::draw(&world.ctx)).await?;
            Ok::<_, db::Error>((first, second, none))
        })
        .expect("readable");
        let first = first.expect("known");
        assert_eq!(
            (first.validity, first.signers),
            (Validity::Berlaku, vec!["Orang Uji 02, S.E.".into()])
        );
        assert_eq!((first.digest, first.printed_on), ("ab".repeat(32), TODAY));
        assert_eq!(
            second.map(|d| (d.validity, d.kind)),
            Some((Validity::Diganti, DocumentKind::Skp))
        );
        assert_eq!(none, None);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_show_what_each_may_see() {
    on_each_engine(async |db: Db| {
        let world = world(&db).await;
        let (id, plan) = finished(&db, &world).await;
        let waiting = world.opened(&db, &world.staff[1]).await;
        world.skp(&db, &world.staff[2], skp::Status::Draf, None).await;
        let chief = &world.chief.actor;
        let input = RateInput {
            evaluation: waiting,
            version: 1,
            rating: ratings(Some(Rating::Sesuai), Some(Rating::Sesuai)),
            is_draft: false,
        };
        rate(&db, &world.ctx, chief, &input).await.expect("rated");

        let below = db::read!(db, async |tx| queries::subordinates(
            tx,
            world.agency,
            world.chief.id,
            WHEN
        )
        .await);
        let below = below.expect("readable");
        assert_eq!(below.len(), 3);
        assert_eq!(
            (below[0].skp_id, below[0].is_realised(), below[0].feedback),
            (plan.skp, true, 2)
        );
        assert_eq!((below[0].status, below[0].evaluation), (Some(Status::Final), Some(id)));
        assert_eq!(
            (below[1].is_realised(), below[1].status),
            (false, Some(Status::Dinilai))
        );
        assert_eq!((below[2].is_approved(), below[2].evaluation), (false, None));

        let list = async |actor: &Actor, filter: &Filter| {
            let seen = scope(actor, Kind::Evaluation);
            db::read!(db, async |tx| queries::list(tx, &seen, filter).await)
                .expect("readable")
                .rows
        };
        let all = Filter {
            year: Some(WHEN.0),
            period: Some(WHEN.1),
            unit_path: Some("KOTA/".into()),
            ..Filter::default()
        };
        for actor in [chief, &world.mayor.actor, &world.admin()] {
            assert_eq!(list(actor, &all).await.len(), 2);
        }
        assert!(list(&world.stranger.actor, &all).await.is_empty());
        let mine = list(&world.staff[1].actor, &all).await;
        assert_eq!(
            (mine.len(), mine[0].status, mine[0].predikat),
            (1, Status::BelumDinilai, None)
        );
        let finals = Filter {
            status: Some(Status::Final),
            ..all
        };
        assert_eq!(list(chief, &finals).await.len(), 1);

        for (nobody, denied) in [
            (&world.stranger.actor, Denied::Hidden),
            (&world.staff[3].actor, Denied::Hidden),
        ] {
            let refused = page(&db, &world, nobody, id).await;
            assert!(matches!(refused, Err(PageError::Denied(d)) if d == denied));
        }
        let gone = page(&db, &world, chief, Id::from_uuid(world.dinas.uuid())).await;
        assert!(matches!(gone, Err(PageError::NotFound)));

        // a second page
        let row = page(&db, &world, chief, id).await.expect("seen").row;
        let mut many = Vec::new();
        for period in <kernel::Period as kernel::Code>::ALL.iter().filter(|p| **p != WHEN.1) {
            for year in 2010..2014 {
                many.push(EvaluationRow {
                    id: world.ctx.new_id(),
                    year,
                    period: *period,
                    ..row.clone()
                });
            }
        }
        let total = many.len() + 2;
        db::write!(db, async |tx| bulk::insert_all(tx, &many).await).expect("inserted");
        let seen = scope(chief, Kind::Evaluation);
        let (first, second) = db::read!(db, async |tx| {
            let first = queries::list(tx, &seen, &Filter::default()).await?;
            let after = Filter {
                after: first.next.clone(),
                ..Filter::default()
            };
            Ok::<_, db::Error>((first, queries::list(tx, &seen, &after).await?))
        })
        .expect("readable");
        assert_eq!(i64::try_from(first.rows.len()), Ok(PageSize::LIST));
        assert_eq!(first.rows.len() + second.rows.len(), total);
    })
    .await;
}
