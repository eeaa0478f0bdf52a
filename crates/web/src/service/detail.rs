use askama::Template;
use axum::extract::{Path, State};
use i18n::Texts;
use jiff::civil::Date;
use policy::{Action, decide};
use service::model::Form;
use service::queries::{self, Comment, Faces, Profile, Service, ServiceIndex, Times, TrendPoint};

use super::figures::{Chosen, IndexView, TimesView, periods, year_days, years};
use super::words;
use crate::shared::charts::{self, Caption, Svg};
use crate::shared::words::Tag;
use crate::shared::{AppState, Field, FieldKind, Nav, PageError, PageResult, QueryData, Shell, Staff, page};

/// Most comments on the page.
const COMMENTS: i64 = 20;

/// What citizens say of a service, for staff.
#[derive(Template)]
#[template(path = "service/detail.html")]
struct DetailPage {
    shell: Shell,
    t: Texts,
    id: String,
    service: Service,
    requirements: Vec<String>,
    agency_name: String,
    public: Option<String>,
    saved: Option<&'static str>,
    may_manage: bool,
    may_export: bool,
    query: String,
    chosen: String,
    year: Field,
    period: Field,
    index: Option<IndexView>,
    index_n: String,
    lowest: Vec<&'static str>,
    elements_chart: Option<Svg>,
    trend: Vec<MonthView>,
    trend_chart: Option<Svg>,
    faces_text: String,
    faces: Vec<(&'static str, String, String)>,
    profile: Vec<(&'static str, Vec<(String, String)>)>,
    comments: Option<Vec<CommentView>>,
    times: Option<TimesView>,
}

struct MonthView {
    month: String,
    value: String,
    tag: Tag,
    n: String,
    change: Option<String>,
    significant: bool,
}

struct CommentView {
    date: String,
    by: &'static str,
    reason: Option<String>,
    text: String,
}

/// What the page is made of: one snapshot.
struct Found {
    service: Service,
    chosen: Chosen,
    index: Option<ServiceIndex>,
    trend: Vec<TrendPoint>,
    faces: Faces,
    profile: Profile,
    comments: Option<Vec<Comment>>,
    times: Times,
    whole_register: bool,
    may_manage: bool,
}

/// `GET /layanan/{id}`
pub(super) async fn show(
    staff: Staff,
    State(app): State<AppState>,
    Path(id): Path<String>,
    QueryData(query): QueryData,
) -> PageResult {
    let id = id.parse().map_err(|_| PageError::NotFound)?;
    let today = staff.today();
    let found = db::read!(app.db, async |tx| {
        let (service, facts) = queries::find(tx, staff.actor(), id).await??;
        let last = queries::last_answers(tx, &[id]).await?.remove(&id);
        let chosen = Chosen::read(&query, last.unwrap_or(today).year());
        let days = chosen.days();
        let index = queries::index(tx, id, days).await?;
        let trend = queries::trend(tx, id, year_days(chosen.year)).await?;
        let faces = queries::faces(tx, id, days).await?;
        let profile = queries::respondents(tx, id, days).await?;
        // comments may say who was where when: colleagues see the figures only
        let comments = if decide(staff.actor(), Action::Export, &facts).is_allowed() {
            Some(queries::comments(tx, id, days, COMMENTS).await?)
        } else {
            None
        };
        let mut times = queries::times(tx, id, Some(days)).await?;
        let whole_register = times.figures.rows == 0;
        if whole_register {
            times = queries::times(tx, id, None).await?;
        }
        Ok::<_, PageError>(Found {
            may_manage: decide(staff.actor(), Action::Manage, &facts).is_allowed(),
            service,
            chosen,
            index,
            trend,
            faces,
            profile,
            comments,
            times,
            whole_register,
        })
    })?;
    let saved = match query.raw("pesan") {
        "terdaftar" => Some(staff.t.service_saved_created()),
        "tersimpan" => Some(staff.t.service_saved_edited()),
        _ => None,
    };
    let agency = (staff.session.agency.code.as_str(), staff.session.agency.name.as_str());
    let shell = Shell::staff(&staff, Nav::Services, "");
    page(&detail_page(staff.t, shell, agency, saved, found, today))
}

fn detail_page(
    t: Texts,
    shell: Shell,
    (code, agency_name): (&str, &str),
    saved: Option<&'static str>,
    found: Found,
    today: Date,
) -> DetailPage {
    let Found { service, chosen, .. } = found;
    let view = found.index.as_ref().map(|index| IndexView::of(t, index));
    let title = match &view {
        Some(view) => t.service_detail_title(&service.name, &view.value, &view.tag.label),
        None => t.service_detail_title_none(&service.name),
    };
    let (from, to) = chosen.days();
    let public = (service.is_public && service.is_in_force(today))
        .then(|| format!("/l/{}/{}", code.to_ascii_lowercase(), service.slug));
    let total = found.faces.total();
    DetailPage {
        shell: Shell { title, ..shell },
        t,
        id: service.id.to_string(),
        requirements: service.requirements.lines().map(str::to_owned).collect(),
        agency_name: agency_name.to_owned(),
        public,
        saved,
        may_manage: found.may_manage,
        may_export: found.comments.is_some(),
        query: chosen.query(),
        chosen: chosen.label(t),
        year: Field::new(
            t,
            "tahun",
            t.service_year(),
            FieldKind::Select(years(today, chosen.year)),
        )
        .value(chosen.year.to_string()),
        period: Field::new(t, "periode", t.service_period(), FieldKind::Select(periods(t)))
            .value(kernel::Code::code(chosen.period)),
        index_n: view.as_ref().map_or_else(String::new, |view| {
            t.service_index_n(&view.n, t.date_long(from), t.date_long(to.min(today)))
        }),
        lowest: found
            .index
            .as_ref()
            .map_or_else(Vec::new, |index| IndexView::lowest(t, index)),
        elements_chart: view.as_ref().map(|view| elements_chart(t, view, &chosen.label(t))),
        trend_chart: trend_chart(t, &found.trend, chosen.year),
        trend: found.trend.iter().map(|point| month(t, point)).collect(),
        index: view,
        faces_text: t.service_faces_text(words::count(t, total)),
        faces: (1..=4u8)
            .rev()
            .zip(found.faces.0.into_iter().rev())
            .map(|(score, n)| (words::face(t, score), words::count(t, n), share(t, n, total)))
            .collect(),
        profile: profile(t, &found.profile),
        comments: found
            .comments
            .map(|all| all.into_iter().map(|c| comment(t, c)).collect()),
        times: TimesView::of(t, &found.times, found.whole_register),
        service,
    }
}

fn share(t: Texts, n: u64, of: u64) -> String {
    let share = (u128::from(n) * 10_000 + u128::from(of / 2)).checked_div(u128::from(of));
    share.map_or_else(String::new, |s| words::percent(t, i64::try_from(s).unwrap_or(0)))
}

fn elements_chart(t: Texts, view: &IndexView, period: &str) -> Svg {
    let elements = view.elements.iter().map(|element| charts::Element {
        label: element.label.to_owned(),
        value: thousandths(element.thousandths),
        text: element.nrr.clone(),
        interval: None,
        low: element.lowest,
    });
    charts::elements(&charts::Elements {
        caption: Caption::new(t.service_elements(), period),
        elements: elements.collect(),
        scale: ["1", "2", "3", "4"].map(str::to_owned),
    })
}

/// A mean kept in thousandths as a place on a picture.
fn thousandths(value: i64) -> Option<f64> {
    i32::try_from(value).ok().map(|v| f64::from(v) / 1000.0)
}

/// The twelve months of a year; those without answers break the line.
fn trend_chart(t: Texts, trend: &[TrendPoint], year: i16) -> Option<Svg> {
    if trend.len() < 2 {
        return None;
    }
    let points = (1..=12i8).map(|month| {
        let name = format!("{year:04}-{month:02}");
        let point = trend.iter().find(|point| point.month == name);
        let index = point.map(|point| &point.index);
        charts::Point {
            at: f64::from(month),
            value: index
                .and_then(|index| i32::try_from(index.ikm.hundredths()).ok())
                .map(|hundredths| f64::from(hundredths) / 100.0),
            interval: index.and_then(|index| index.interval).map(|ends| charts::Interval {
                low: ends.low,
                high: ends.high,
            }),
            label: month_name(t, &name),
            text: index.map_or_else(String::new, |index| i18n::hundredths(t.0, index.ikm.hundredths())),
        }
    });
    Some(charts::series(&charts::Series {
        caption: Caption::new(t.service_trend(), year.to_string()),
        points: points.collect(),
        promise: None,
        changes: Vec::new(),
        ticks: Vec::new(),
        from_zero: false,
    }))
}

/// `YYYY-MM` in words.
fn month_name(t: Texts, month: &str) -> String {
    format!("{month}-01")
        .parse::<Date>()
        .map_or_else(|_| month.to_owned(), |first| t.month_year(first))
}

fn month(t: Texts, point: &TrendPoint) -> MonthView {
    let view = IndexView::of(t, &point.index);
    MonthView {
        month: month_name(t, &point.month),
        value: view.value,
        tag: view.tag,
        n: view.n,
        change: point.change.as_ref().map(|change| {
            let text = words::exact(t, change, 2);
            if change.is_negative() || text.chars().all(|c| !c.is_ascii_digit() || c == '0') {
                text
            } else {
                format!("+{text}")
            }
        }),
        significant: point.significant,
    }
}

fn profile(t: Texts, profile: &Profile) -> Vec<(&'static str, Vec<(String, String)>)> {
    let groups = [
        (t.service_survey_sex(), &profile.sex, words::sexes(t)),
        (t.service_survey_age(), &profile.age_band, words::ages(t)),
        (t.service_survey_education(), &profile.education, words::educations(t)),
        (
            t.service_survey_occupation(),
            &profile.occupation,
            words::occupations(t),
        ),
    ];
    groups
        .into_iter()
        .map(|(label, counts, choices)| {
            let rows = counts.iter().map(|(code, n)| {
                let choice = choices.iter().find(|choice| choice.value == *code);
                let label = choice.map_or_else(|| code.clone(), |choice| choice.label.clone());
                (label, words::count(t, *n))
            });
            (label, rows.collect())
        })
        .collect()
}

fn comment(t: Texts, comment: Comment) -> CommentView {
    let face = comment.overall.and_then(|face| u8::try_from(face).ok());
    CommentView {
        date: t.date_long(comment.survey_date),
        by: match (comment.form, face) {
            (Form::Short, Some(score)) => words::face(t, score),
            _ => t.service_comment_full(),
        },
        reason: (!comment.reason.is_empty()).then(|| t.service_comment_reason(words::masked(&comment.reason))),
        text: words::masked(&comment.comment),
    }
}

#[cfg(test)]
pub(super) mod samples {
    use i18n::Lang;
    use jiff::civil::date;
    use kernel::{Ctx, Instant, Period};
    use regulation::Exact;

    use super::super::figures::samples as figures;
    use super::*;

    /// A service with hostile words.
    pub(crate) fn service() -> Service {
        let ctx = Ctx::seeded(Instant::from_micros(0), 11);
        Service {
            id: ctx.new_id(),
            unit_id: ctx.new_id(),
            unit_path: "1/".into(),
            unit_name: "Dinas <b>".into(),
            slug: "ktp-el".into(),
            name: "KTP <script>alert(1)</script>".into(),
            summary: "<img src=x>".into(),
            requirements: "Satu\nDua".into(),
            fee: "Gratis".into(),
            promise: "Sehari".into(),
            promise_days: Some(1),
            data_source: String::new(),
            is_public: true,
            population: Some(900),
            valid_from: date(2026, 1, 1),
            valid_to: None,
            version: 3,
        }
    }

    fn found(full: bool) -> Found {
        let point = |month: &str, change: Option<i64>, small| TrendPoint {
            month: month.into(),
            index: figures::index(small),
            change: change.map(Exact::int),
            significant: change.is_some_and(|c| c < -5),
        };
        let told = Comment {
            survey_date: date(2026, 11, 1),
            form: Form::Short,
            overall: Some(1),
            reason: "<script>".into(),
            comment: "Telepon 081234567890 </li>".into(),
        };
        Found {
            service: service(),
            chosen: Chosen {
                year: 2026,
                period: Period::Tw4,
            },
            index: full.then(|| figures::index(false)),
            trend: if full {
                vec![
                    point("2026-01", None, false),
                    point("2026-02", Some(0), true),
                    point("2026-05", Some(3), false),
                    point("2026-06", Some(-9), false),
                ]
            } else {
                Vec::new()
            },
            faces: Faces(if full { [1, 2, 30, 400] } else { [0; 4] }),
            profile: if full {
                Profile {
                    sex: vec![("L".into(), 3), (String::new(), 4)],
                    ..Profile::default()
                }
            } else {
                Profile::default()
            },
            comments: full.then(|| {
                vec![
                    told.clone(),
                    Comment {
                        form: Form::Full,
                        overall: None,
                        ..told
                    },
                ]
            }),
            times: figures::times(),
            whole_register: !full,
            may_manage: full,
        }
    }

    #[test]
    fn every_page_renders_in_both_languages() {
        for lang in Lang::ALL {
            let t = lang.texts();
            for full in [true, false] {
                let saved = full.then(|| t.service_saved_edited());
                let page = detail_page(
                    t,
                    Shell::sample(t, ""),
                    ("KOTA", "Kota & Contoh"),
                    saved,
                    found(full),
                    date(2026, 11, 22),
                );
                let html = page.render().expect("renders");
                crate::shared::check::page(&html);
                assert!(!html.contains("081234567890"), "a telephone number is masked");
                assert_eq!(html.contains("<svg"), full, "a picture for figures only");
                assert_eq!(html.contains("/ubah\""), full, "only those who may see the button");
                assert_eq!(html.contains("jawaban.xlsx"), full);
                assert_eq!(html.contains(t.service_comments_hidden()), !full);
            }
        }
    }

    #[test]
    fn changes_carry_their_sign() {
        let t = Lang::Id.texts();
        let changes: Vec<_> = found(true).trend.iter().map(|p| month(t, p).change).collect();
        assert_eq!(
            changes,
            [None, Some("0,00".into()), Some("+3,00".into()), Some("-9,00".into())]
        );
        assert_eq!((share(t, 1, 3), share(t, 0, 0)), ("33,3%".into(), String::new()));
        assert_eq!(month_name(t, "2026-02"), "Februari 2026");
        assert_eq!(month_name(t, "rusak"), "rusak");
    }
}
