use askama::Template;
use axum::extract::{Path, State};
use db::Tx;
use i18n::Texts;
use jiff::civil::Date;
use kernel::Instant;
use org::agency::Agency;
use service::queries::{self, PublicRow, PublicService, ServiceIndex, Times};

use super::figures::{IndexView, TimesView, year_days};
use crate::shared::{AppState, PageError, PageResult, Shell, Visitor, page};

/// The public list of an agency's services.
#[derive(Template)]
#[template(path = "service/public_list.html")]
struct ListPage {
    shell: Shell,
    t: Texts,
    agency: String,
    rows: Vec<PublicRow>,
}

/// The public page of a service.
#[derive(Template)]
#[template(path = "service/public.html")]
struct ServicePage {
    shell: Shell,
    t: Texts,
    agency: String,
    agency_name: String,
    service: PublicService,
    requirements: Vec<String>,
    index: Option<IndexView>,
    index_n: String,
    last: Option<String>,
    times: Option<TimesView>,
    as_of: String,
}

/// Address of an agency as it stands in links.
pub(super) fn agency_path(agency: &Agency) -> String {
    agency.code.to_ascii_lowercase()
}

/// A public service and its agency.
pub(super) async fn find(
    tx: &mut Tx,
    (agency, slug): (&str, &str),
    now: Instant,
) -> Result<(Agency, PublicService), PageError> {
    let agency = org::agency::by_code(tx, agency).await?.ok_or(PageError::NotFound)?;
    let service = queries::find_public(tx, agency.id, slug, agency.zone.date(now)).await?;
    Ok((agency, service.ok_or(PageError::NotFound)?))
}

/// `GET /l/{agency}`
pub(super) async fn list(visitor: Visitor, State(app): State<AppState>, Path(code): Path<String>) -> PageResult {
    let (agency, rows) = db::read!(app.db, async |tx| {
        let agency = org::agency::by_code(tx, &code).await?.ok_or(PageError::NotFound)?;
        let rows = queries::list_public(tx, agency.id, agency.zone.date(visitor.now)).await?;
        Ok::<_, PageError>((agency, rows))
    })?;
    page(&list_page(visitor.t, &agency, rows))
}

fn list_page(t: Texts, agency: &Agency, rows: Vec<PublicRow>) -> ListPage {
    ListPage {
        shell: Shell::bare(t, t.service_public_list_title(&agency.name)).citizen(&agency.name, agency.is_demo),
        t,
        agency: agency_path(agency),
        rows,
    }
}

/// What the public page is made of.
struct Found {
    agency: Agency,
    service: PublicService,
    /// Days of the index: the calendar year of the newest answer, else this year.
    days: (Date, Date),
    last: Option<Date>,
    index: Option<ServiceIndex>,
    times: Times,
    whole_register: bool,
}

/// `GET /l/{agency}/{service}`
pub(super) async fn show(
    visitor: Visitor,
    State(app): State<AppState>,
    Path((code, slug)): Path<(String, String)>,
) -> PageResult {
    let found = db::read!(app.db, async |tx| {
        let (agency, service) = find(tx, (&code, &slug), visitor.now).await?;
        let last = queries::last_answers(tx, &[service.id]).await?.remove(&service.id);
        let days = year_days(last.unwrap_or_else(|| agency.zone.date(visitor.now)).year());
        let index = queries::index(tx, service.id, days).await?;
        let mut times = queries::times(tx, service.id, Some(days)).await?;
        let whole_register = times.figures.rows == 0;
        if whole_register {
            times = queries::times(tx, service.id, None).await?;
        }
        Ok::<_, PageError>(Found {
            agency,
            service,
            days,
            last,
            index,
            times,
            whole_register,
        })
    })?;
    let today = found.agency.zone.date(visitor.now);
    page(&service_page(visitor.t, found, today))
}

fn service_page(t: Texts, found: Found, today: Date) -> ServicePage {
    let index = found.index.as_ref().map(|index| IndexView::of(t, index));
    let (from, to) = found.days;
    ServicePage {
        shell: Shell::bare(t, &found.service.name).citizen(&found.agency.name, found.agency.is_demo),
        t,
        agency: agency_path(&found.agency),
        agency_name: found.agency.name,
        requirements: found.service.requirements.lines().map(str::to_owned).collect(),
        index_n: index.as_ref().map_or_else(String::new, |index| {
            t.service_index_n(&index.n, t.date_long(from), t.date_long(to.min(today)))
        }),
        index,
        last: found.last.map(|day| t.service_last_answer(t.date_long(day))),
        times: TimesView::of(t, &found.times, found.whole_register),
        as_of: t.service_as_of(t.date_long(today)),
        service: found.service,
    }
}

#[cfg(test)]
pub(super) mod samples {
    use jiff::civil::date;
    use kernel::{Ctx, Zone};

    use super::super::figures::samples as figures;
    use super::*;

    /// A made-up agency with a hostile name.
    pub(crate) fn agency() -> Agency {
        let ctx = Ctx::seeded(Instant::from_micros(0), 7);
        Agency {
            id: ctx.new_id(),
            code: "KOTA-CONTOH".into(),
            name: "Kota <script>alert(1)</script>".into(),
            region: "Contoh".into(),
            zone: Zone::Wit,
            is_demo: true,
        }
    }

    /// A service with hostile words, or with none at all.
    pub(crate) fn service(empty: bool) -> PublicService {
        let ctx = Ctx::seeded(Instant::from_micros(0), 8);
        let hostile = "<script>alert('x')</script> & \"kata\" ".repeat(4);
        let text = |words: &str| if empty { String::new() } else { words.to_owned() };
        PublicService {
            id: ctx.new_id(),
            agency_name: "Kota Contoh".into(),
            unit_name: "Dinas Kependudukan".into(),
            slug: "ktp-el".into(),
            name: if empty { "x".repeat(200) } else { hostile.clone() },
            summary: text(&hostile),
            requirements: text("Kartu keluarga\n<b>Surat</b>"),
            fee: text("Gratis"),
            promise: text(&hostile),
            promise_days: (!empty).then_some(1),
            data_source: text(service::real::REGISTER_SOURCE),
            population: None,
        }
    }

    fn found(empty: bool, small: bool) -> Found {
        Found {
            agency: agency(),
            service: service(empty),
            days: year_days(2026),
            last: (!empty).then_some(date(2026, 11, 20)),
            index: (!empty).then(|| figures::index(small)),
            times: if empty {
                Times {
                    days: None,
                    unreadable: 0,
                    on_time_share: None,
                    figures: regulation::service_times::summarise(&[]),
                }
            } else {
                figures::times()
            },
            whole_register: small,
        }
    }

    /// Every state of the pages of this file.
    pub(crate) fn all(t: Texts) -> Vec<String> {
        let today = date(2026, 11, 22);
        let rows = vec![PublicRow {
            id: service(false).id,
            slug: "ktp-el".into(),
            name: "<script>".into(),
            unit_name: "Dinas".into(),
            summary: String::new(),
        }];
        vec![
            list_page(t, &agency(), rows).render(),
            list_page(t, &agency(), Vec::new()).render(),
            service_page(t, found(false, false), today).render(),
            service_page(t, found(false, true), today).render(),
            service_page(t, found(true, false), today).render(),
        ]
        .into_iter()
        .map(|page| page.expect("renders"))
        .collect()
    }

    #[test]
    fn every_page_renders_in_both_languages() {
        for lang in i18n::Lang::ALL {
            let pages = all(lang.texts());
            for html in &pages {
                crate::shared::check::page(html);
            }
            assert!(pages[2].contains("class=\"tag good\"") || pages[2].contains("class=\"tag warn\""));
            assert!(pages[3].contains(lang.texts().service_small()), "a small n is marked");
            assert!(pages[4].contains(lang.texts().service_index_none()));
            assert!(pages[2].contains("Semarang"), "the source of real data is named");
        }
    }
}
