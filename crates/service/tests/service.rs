//! Services, surveys, indices and registers on both engines.

mod city;

use city::{City, full, long_ago, short, today};
use db::Db;
use jiff::civil::{Date, date};
use kernel::{Code, Id, PageSize, ServiceId};
use policy::{Actor, Denied, Grant, Kind, Role, scope};
use regulation::skm::{Mutu, Unsur};
use service::bulk::{self, Given, ResponseRow, ServiceRow};
use service::model::{AgeBand, Answers, CatalogueProblem, Channel, Draft, Respondent, Sex, SurveyProblem};
use service::queries::{self, ListFilter};
use service::{
    CreateError, CreateService, EditError, EditService, PaperError, PaperSurvey, SubmitError, SubmitSurvey, create,
    edit, enter_paper, real, submit_survey,
};
use testkit::on_each_engine;

fn draft(slug: &str) -> Draft {
    Draft {
        name: format!("Layanan {slug}"),
        slug: slug.into(),
        promise_days: Some(3),
        is_public: true,
        valid_from: Some(date(2026, 1, 1)),
        ..Draft::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_is_made_and_changed_by_those_who_may() {
    on_each_engine(async |db: Db| {
        let city = City::new(&db).await;
        let head = city.head_of("1/11/");
        let input = CreateService {
            unit: city.office,
            draft: draft("ktp-el"),
        };
        let id = create(&db, &city.ctx, &head, &input).await.expect("the head may");

        // each rule of creating
        let stranger = city.head_of("1/12/");
        let refused = create(&db, &city.ctx, &stranger, &input).await;
        assert!(matches!(refused, Err(CreateError::Denied(Denied::Refused))));
        let elsewhere = Actor {
            agency: Id::from_uuid(city.office.uuid()),
            ..head.clone()
        };
        let gone = create(&db, &city.ctx, &elsewhere, &input).await;
        assert!(matches!(gone, Err(CreateError::NotFound)));
        let taken = create(&db, &city.ctx, &head, &input).await;
        assert!(matches!(taken, Err(CreateError::SlugTaken)));
        let bad = CreateService {
            draft: draft("K"),
            ..input.clone()
        };
        let invalid = create(&db, &city.ctx, &head, &bad).await;
        assert!(matches!(invalid, Err(CreateError::Invalid(p)) if p == [CatalogueProblem::Slug]));

        // each rule of changing
        let mut change = EditService {
            service: id,
            version: 1,
            draft: Draft {
                name: "Penerbitan KTP-el".into(),
                ..draft("ktp-el")
            },
        };
        assert!(matches!(
            edit(&db, &city.ctx, &stranger, &change).await,
            Err(EditError::Denied(Denied::Refused))
        ));
        assert!(matches!(
            edit(&db, &city.ctx, &elsewhere, &change).await,
            Err(EditError::NotFound)
        ));
        assert_eq!(edit(&db, &city.ctx, &head, &change).await.expect("changed"), 2);
        let Err(EditError::Stale(current)) = edit(&db, &city.ctx, &head, &change).await else {
            panic!("the second of two editors must lose")
        };
        assert_eq!((current.version, current.name.as_str()), (2, "Penerbitan KTP-el"));
        change.version = 2;
        change.draft.name = String::new();
        assert!(matches!(
            edit(&db, &city.ctx, &head, &change).await,
            Err(EditError::Invalid(_))
        ));
        let other = CreateService {
            draft: draft("akta-lahir"),
            ..input
        };
        create(&db, &city.ctx, &head, &other).await.expect("a second service");
        change.draft = draft("akta-lahir");
        assert!(matches!(
            edit(&db, &city.ctx, &head, &change).await,
            Err(EditError::SlugTaken)
        ));

        // two editors at the same time: one wins, one learns of it
        change.draft = draft("ktp-el");
        let (first, second) = tokio::join!(
            edit(&db, &city.ctx, &head, &change),
            edit(&db, &city.ctx, &head, &change)
        );
        let stale = [&first, &second]
            .iter()
            .filter(|r| matches!(r, Err(EditError::Stale(_))))
            .count();
        assert_eq!((stale, first.is_ok() || second.is_ok()), (1, true));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_citizen_answers_once_without_an_account() {
    on_each_engine(async |db: Db| {
        let city = City::new(&db).await;
        let service = city.service(&db, "ktp-el", true).await;
        let send = |slug: &str, key: &str, survey| SubmitSurvey {
            agency: city.agency,
            slug: slug.into(),
            channel: Channel::Qr,
            survey,
            submit_key: key.into(),
        };
        let form = send("ktp-el", "kunci-0001", full([4; 9]));
        let done = submit_survey(&db, &city.ctx, &form).await.expect("taken");
        assert_eq!((done.service, done.first), (service, true));
        let again = submit_survey(&db, &city.ctx, &form).await.expect("harmless");
        assert!(!again.first);

        let unknown = submit_survey(&db, &city.ctx, &send("tidak-ada", "kunci-0002", full([4; 9]))).await;
        assert!(matches!(unknown, Err(SubmitError::NotFound)));
        city.service(&db, "internal", false).await;
        let hidden = submit_survey(&db, &city.ctx, &send("internal", "kunci-0003", full([4; 9]))).await;
        assert!(matches!(hidden, Err(SubmitError::NotFound)));
        city.past_service(&db, "ditutup").await;
        let ended = submit_survey(&db, &city.ctx, &send("ditutup", "kunci-0004", full([4; 9]))).await;
        assert!(matches!(ended, Err(SubmitError::NotFound)));
        for key in ["kurang", "bukan kunci!", &"k".repeat(81)] {
            let bad = submit_survey(&db, &city.ctx, &send("ktp-el", key, full([4; 9]))).await;
            assert!(matches!(bad, Err(SubmitError::BadForm)), "{key}");
        }
        let staff_only = SubmitSurvey {
            channel: Channel::Paper,
            ..send("ktp-el", "kunci-0005", full([4; 9]))
        };
        let bad = submit_survey(&db, &city.ctx, &staff_only).await;
        assert!(matches!(bad, Err(SubmitError::BadForm)));

        // a low answer needs a reason, until the agency says otherwise
        let low = send("ktp-el", "kunci-0006", full([2; 9]));
        let asked = submit_survey(&db, &city.ctx, &low).await;
        assert!(matches!(asked, Err(SubmitError::Invalid(p)) if p == [SurveyProblem::ReasonMissing]));
        city.set(&db, "survey.reason_required", "TIDAK").await;
        assert!(submit_survey(&db, &city.ctx, &low).await.expect("taken").first);

        // eight taps on the same form at once make one answer
        let tap = send("ktp-el", "kunci-0007", short(1));
        let taps = (0..8).map(|_| {
            let (db, ctx, tap) = (db.clone(), city.ctx.clone(), tap.clone());
            tokio::spawn(async move { submit_survey(&db, &ctx, &tap).await.expect("harmless").first })
        });
        let mut firsts = 0;
        for task in taps.collect::<Vec<_>>() {
            firsts += i32::from(task.await.expect("not panicked"));
        }
        assert_eq!(firsts, 1);

        let days = (today(), today());
        let (index, faces, daily) = db::read!(db, async |tx| {
            let index = queries::index(tx, service, days).await?;
            let faces = queries::faces(tx, service, days).await?;
            Ok::<_, db::Error>((index, faces, queries::daily(tx, service, days).await?))
        })
        .expect("readable");
        // 4 everywhere and 2 everywhere: mean 3, which is C; the face is counted apart
        let index = index.expect("two answers");
        assert_eq!(
            (index.n(), index.ikm.shown(), index.mutu),
            (2, "75.00".into(), Some(Mutu::C))
        );
        assert_eq!(faces.0, [1, 0, 0, 0]);
        assert_eq!((daily.len(), daily[0].full, daily[0].short), (1, 2, 1));
        assert_eq!(daily[0].day, today());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn paper_keeps_its_own_date() {
    on_each_engine(async |db: Db| {
        let city = City::new(&db).await;
        let service = city.service(&db, "ktp-el", true).await;
        let counter = city.with_role(Role::Counter, "1/11/");
        let paper = |day, key: &str| PaperSurvey {
            service,
            survey_date: day,
            survey: full([3; 9]),
            submit_key: key.into(),
        };
        let early = date(2026, 2, 3);
        assert!(
            enter_paper(&db, &city.ctx, &counter, &paper(early, "kertas-01"))
                .await
                .expect("entered")
        );
        assert!(
            !enter_paper(&db, &city.ctx, &counter, &paper(early, "kertas-01"))
                .await
                .expect("harmless")
        );
        for day in [today().tomorrow().expect("a day"), date(2025, 12, 31)] {
            let wrong = enter_paper(&db, &city.ctx, &counter, &paper(day, "kertas-02")).await;
            assert!(matches!(wrong, Err(PaperError::DateOutside)));
        }
        let stranger = city.with_role(Role::Counter, "1/12/");
        let refused = enter_paper(&db, &city.ctx, &stranger, &paper(early, "kertas-03")).await;
        assert!(matches!(refused, Err(PaperError::Denied(Denied::Refused))));
        let mut nowhere = paper(early, "kertas-04");
        nowhere.service = Id::from_uuid(city.office.uuid());
        let gone = enter_paper(&db, &city.ctx, &counter, &nowhere).await;
        assert!(matches!(gone, Err(PaperError::NotFound)));
        let mut gap = paper(early, "kertas-05");
        gap.survey.answers[3] = None;
        let invalid = enter_paper(&db, &city.ctx, &counter, &gap).await;
        assert!(matches!(invalid, Err(PaperError::Invalid(p)) if p == [SurveyProblem::Missing(Unsur::Biaya)]));
        let bad = enter_paper(&db, &city.ctx, &counter, &paper(early, "x")).await;
        assert!(matches!(bad, Err(PaperError::BadForm)));
        let index = db::read!(db, async |tx| queries::index(tx, service, (early, early)).await).expect("readable");
        assert_eq!(index.map(|i| i.n()), Some(1));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn real_answers_and_a_real_register_give_the_known_figures() {
    on_each_engine(async |db: Db| {
        let city = City::new(&db).await;
        let service = city.service(&db, "data-iklim", true).await;
        let responses = real::responses(&city.ctx, city.agency, service, kernel::Zone::Wib).expect("embedded");
        let cases = real::cases(&city.ctx, city.agency, service).expect("embedded");
        db::write!(db, async |tx| {
            bulk::insert_responses(tx, &responses).await?;
            bulk::insert_cases(tx, &cases).await
        })
        .expect("inserted");
        let year = (date(2024, 1, 1), date(2024, 12, 31));
        let (index, trend, times, part) = db::read!(db, async |tx| {
            let index = queries::index(tx, service, year).await?;
            let trend = queries::trend(tx, service, year).await?;
            let times = queries::times(tx, service, None).await?;
            let march = Some((date(2018, 3, 1), date(2018, 3, 31)));
            Ok::<_, db::Error>((index, trend, times, queries::times(tx, service, march).await?))
        })
        .expect("readable");
        answers_are_listed(&db, &city, service, year).await;
        // Kota Kediri: exactly 77.50, category B, as its own program says
        let index = index.expect("twenty answers");
        assert_eq!(
            (index.n(), index.ikm.shown(), index.mutu),
            (20, "77.50".into(), Some(Mutu::B))
        );
        assert!(index.is_small && index.interval.is_none());
        assert_eq!(trend.iter().map(|p| p.index.n()).sum::<u64>(), 20);
        assert!(
            trend
                .windows(2)
                .all(|w| w[0].month < w[1].month && w[1].change.is_some())
        );
        // Semarang: the facts of the register as its description states them
        let known = &times.figures;
        assert_eq!((known.rows, known.usable, known.same_day), (612, 594, 370));
        assert_eq!((known.with_target, known.on_time, known.late), (560, 540, 20));
        assert_eq!(known.mean.as_ref().map(|m| m.round(2)), Some("1.50".into()));
        assert_eq!(
            (known.p90, known.max, times.on_time_share),
            (Some(3), Some(41), Some(9643))
        );
        assert_eq!(times.unreadable, 0);
        assert!(part.figures.rows > 0 && part.figures.rows < 612);
    })
    .await;
}

/// The lines of the annex, the newest day, what was written, and registers of several services at once.
async fn answers_are_listed(db: &Db, city: &City, service: ServiceId, year: (Date, Date)) {
    let silent = city.service(db, "tanpa-jawaban", true).await;
    let mut said = city.short_row(service, 2);
    said.comment = "Antre panjang".into();
    db::write!(db, async |tx| bulk::insert_responses(tx, std::slice::from_ref(&said))
        .await)
    .expect("inserted");
    db::read!(db, async |tx| {
        let lines = queries::matrix(tx, service, year, 1_000).await?;
        assert_eq!(lines.len(), 20, "the short form never enters the matrix");
        assert!(lines.iter().flatten().all(|a| (1..=4).contains(a)));
        assert_eq!(queries::matrix(tx, service, year, 3).await?.len(), 3);
        let last = queries::last_answers(tx, &[service, silent]).await?;
        assert_eq!(last.len(), 1);
        assert!(last.get(&service).is_some_and(|day| *day >= year.0 && *day <= year.1));
        assert!(queries::last_answers(tx, &[]).await?.is_empty());
        let written = queries::comments(tx, service, (year.0, today()), 20).await?;
        assert_eq!(written.len(), 1);
        assert_eq!(
            (written[0].comment.as_str(), written[0].overall),
            ("Antre panjang", Some(2))
        );
        assert!(queries::comments(tx, service, year, 20).await?.is_empty());
        let registers = queries::times_of(tx, &[service, silent], None).await?;
        assert_eq!(registers.len(), 1);
        let known = registers.get(&service).expect("a register");
        assert_eq!(known, &queries::times(tx, service, None).await?);
        assert!(
            known
                .days
                .is_some_and(|(first, last)| first.year() == 2018 && last.year() == 2019)
        );
        let none = queries::times(tx, silent, None).await?;
        assert_eq!((none.figures.rows, none.days, none.on_time_share), (0, None, None));
        assert!(queries::times_of(tx, &[], None).await?.is_empty());
        Ok::<_, db::Error>(())
    })
    .expect("readable");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_sample_has_an_interval_and_profiles_that_add_up() {
    on_each_engine(async |db: Db| {
        let city = City::new(&db).await;
        let service = city.service(&db, "ktp-el", true).await;
        let other = city.service(&db, "akta", true).await;
        let rows: Vec<ResponseRow> = (0..70)
            .map(|n: usize| ResponseRow {
                id: city.ctx.new_id(),
                agency_id: city.agency,
                service_id: service,
                channel: Channel::Web,
                survey_date: if n < 35 { date(2026, 1, 10) } else { date(2026, 2, 10) },
                submitted_at: city.ctx.now(),
                given: Given::Full(Answers::new([if n < 35 { 3 } else { 4 }; 9]).expect("in range")),
                respondent: Respondent {
                    sex: [None, Some(Sex::Male), Some(Sex::Female)][n % 3],
                    age_band: Some(AgeBand::From20),
                    ..Respondent::default()
                },
                reason: String::new(),
                comment: String::new(),
                submit_key: format!("banyak-{n}"),
            })
            .collect();
        db::write!(db, async |tx| bulk::insert_responses(tx, &rows).await).expect("inserted");
        let days = (date(2026, 1, 1), date(2026, 3, 31));
        let (all, trend, profile) = db::read!(db, async |tx| {
            let all = queries::indices(tx, &[service, other], days).await?;
            let trend = queries::trend(tx, service, days).await?;
            Ok::<_, db::Error>((all, trend, queries::respondents(tx, service, days).await?))
        })
        .expect("readable");
        assert_eq!(all.len(), 1, "nobody answered for the other one");
        let index = &all[&service];
        assert_eq!(
            (index.n(), index.ikm.shown(), index.is_small),
            (70, "87.50".into(), false)
        );
        let interval = index.interval.expect("from thirty on");
        assert!(interval.low < 87.5 && 87.5 < interval.high);
        assert_eq!(trend.len(), 2);
        assert_eq!(trend[1].change.as_ref().map(|c| c.round(2)), Some("25.00".into()));
        assert!(trend[1].significant && !trend[0].significant);
        for table in [&profile.sex, &profile.age_band, &profile.education, &profile.occupation] {
            assert_eq!(table.iter().map(|r| r.1).sum::<u64>(), 70);
        }
        assert_eq!(profile.sex[2], (String::new(), 24));
        assert_eq!(profile.sex[0].0, Sex::Male.code());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_and_public_pages_show_what_they_should() {
    on_each_engine(async |db: Db| {
        let city = City::new(&db).await;
        let rows: Vec<ServiceRow> = (0..60)
            .map(|n| {
                city.row(
                    &format!("layanan-{n:02}"),
                    if n % 2 == 0 { "1/11/" } else { "1/12/" },
                    n % 3 == 0,
                )
            })
            .collect();
        db::write!(db, async |tx| bulk::insert_all(tx, &rows).await).expect("inserted");
        let days = (long_ago(), today());
        let clerk = city.with_role(Role::Counter, "1/11/");
        let seen = scope(&clerk, Kind::Service);
        let mut narrow = seen.clone();
        narrow.all = false;
        narrow.paths = vec!["1/11/".into()];
        let list = async |scope: &policy::Scope, filter: &ListFilter| {
            db::read!(db, async |tx| queries::list(tx, scope, filter, days).await).expect("readable")
        };
        let first = list(&seen, &ListFilter::default()).await;
        assert_eq!(i64::try_from(first.rows.len()), Ok(PageSize::LIST));
        let second = list(
            &seen,
            &ListFilter {
                after: first.next,
                ..ListFilter::default()
            },
        )
        .await;
        assert_eq!((second.rows.len(), second.next.is_none()), (10, true));
        assert_eq!(list(&narrow, &ListFilter::default()).await.rows.len(), 30);
        let below = ListFilter {
            unit_path: Some("1/12/".into()),
            is_public: Some(true),
            ..ListFilter::default()
        };
        assert_eq!(list(&seen, &below).await.rows.len(), 10);
        let named = ListFilter {
            name: "Layanan 1".into(),
            ..ListFilter::default()
        };
        assert_eq!(list(&seen, &named).await.rows.len(), 10);

        let (public, one, none, everything) = db::read!(db, async |tx| {
            let public = queries::list_public(tx, city.agency, today()).await?;
            let one = queries::find_public(tx, city.agency, "layanan-00", today()).await?;
            let none = queries::find_public(tx, city.agency, "layanan-01", today()).await?;
            let all = queries::unscoped_of_agency(tx, city.agency).await?;
            Ok::<_, db::Error>((public, one, none, all))
        })
        .expect("readable");
        assert_eq!((public.len(), everything.len()), (20, 60));
        assert_eq!(one.map(|s| s.unit_name), Some("Dinas Uji".into()));
        assert_eq!(none, None);

        let id = rows[0].id;
        let found =
            async |actor: &Actor| db::read!(db, async |tx| queries::find(tx, actor, id).await).expect("readable");
        let (service, facts) = found(&clerk).await.expect("a colleague sees it");
        assert!(service.is_in_force(today()) && facts.unit_path == "1/11/");
        let foreign = Actor {
            agency: Id::from_uuid(city.office.uuid()),
            grants: vec![Grant {
                role: Role::AgencyAdmin,
                path: String::new(),
            }],
            ..clerk
        };
        assert_eq!(found(&foreign).await.map(|s| s.0.id), Err(Denied::Hidden));
    })
    .await;
}
