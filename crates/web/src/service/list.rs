use std::collections::HashMap;

use askama::Template;
use axum::extract::State;
use i18n::Texts;
use jiff::civil::Date;
use kernel::{Cursor, Page, ServiceId};
use policy::{Kind, scope};
use service::queries::{self, ListFilter, ListRow, Times};

use super::edit::manages;
use super::figures::{IndexView, year_days, years};
use super::words;
use crate::shared::words::Tag;
use crate::shared::{
    AppState, Field, FieldKind, FormData, Nav, PageError, PageResult, Problems, QueryData, Shell, Staff, page,
};

/// The services that staff see, with what citizens say of them.
#[derive(Template)]
#[template(path = "service/list.html")]
struct ListPage {
    shell: Shell,
    t: Texts,
    lead: String,
    name: Field,
    year: Field,
    rows: Vec<RowView>,
    next: Option<String>,
    may_create: bool,
}

struct RowView {
    href: String,
    name: String,
    unit: String,
    public: Tag,
    ended: Option<String>,
    index: Option<IndexView>,
    median: Option<String>,
    last: Option<String>,
}

/// What the list is made of.
struct Found {
    page: Page<ListRow>,
    last: HashMap<ServiceId, Date>,
    times: HashMap<ServiceId, Times>,
    may_create: bool,
}

/// `GET /layanan`
pub(super) async fn list(staff: Staff, State(app): State<AppState>, QueryData(query): QueryData) -> PageResult {
    let today = staff.today();
    let year = query
        .int("tahun")
        .and_then(|y| i16::try_from(y).ok())
        .filter(|y| (2000..=2200).contains(y))
        .unwrap_or(today.year());
    let filter = ListFilter {
        name: query.raw("cari").chars().take(200).collect(),
        after: Cursor::decode(query.raw("sesudah")),
        ..ListFilter::default()
    };
    let scope = scope(staff.actor(), Kind::Service);
    let days = year_days(year);
    let found = db::read!(app.db, async |tx| {
        let page = queries::list(tx, &scope, &filter, days).await?;
        let ids: Vec<ServiceId> = page.rows.iter().map(|row| row.id).collect();
        let last = queries::last_answers(tx, &ids).await?;
        let times = queries::times_of(tx, &ids, Some(days)).await?;
        let units = org::queries::unit_options(tx, staff.actor().agency).await?;
        let may_create = units.iter().any(|unit| manages(staff.actor(), &unit.path));
        Ok::<_, PageError>(Found {
            page,
            last,
            times,
            may_create,
        })
    })?;
    let shell = Shell::staff(&staff, Nav::Services, "");
    page(&list_page(staff.t, shell, found, &query, year, today))
}

fn list_page(t: Texts, shell: Shell, found: Found, query: &FormData, year: i16, today: Date) -> ListPage {
    let rows: Vec<RowView> = found
        .page
        .rows
        .into_iter()
        .map(|row| RowView {
            href: format!("/layanan/{}?tahun={year}", row.id),
            median: found
                .times
                .get(&row.id)
                .and_then(|times| times.figures.median.as_ref())
                .map(|median| t.service_times_days(words::plain(t, median))),
            last: found.last.get(&row.id).map(|day| t.date_short(*day)),
            index: row.index.as_ref().map(|index| IndexView::of(t, index)),
            public: if row.is_public {
                Tag::new(t.service_public_yes(), "good")
            } else {
                Tag::new(t.service_public_no(), "")
            },
            ended: row
                .valid_to
                .filter(|last| *last < today)
                .map(|last| t.service_ended(t.date_short(last))),
            name: row.name,
            unit: row.unit_name,
        })
        .collect();
    let next = found.page.next.map(|cursor| {
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("cari", query.raw("cari"))
            .append_pair("tahun", &year.to_string())
            .append_pair("sesudah", &cursor.encode())
            .finish();
        format!("/layanan?{query}")
    });
    let title = t.service_list_title(i64::try_from(rows.len()).unwrap_or(i64::MAX));
    let chosen = FormData::default();
    ListPage {
        shell: Shell { title, ..shell },
        t,
        lead: t.service_list_lead(year),
        name: Field::new(t, "cari", t.service_list_name(), FieldKind::Line("search"))
            .optional()
            .hint(t.service_list_name_hint())
            .max(200)
            .value(query.raw("cari")),
        year: Field::new(t, "tahun", t.service_year(), FieldKind::Select(years(today, year)))
            .value(year.to_string())
            .from(&chosen, &Problems::none()),
        rows,
        next,
        may_create: found.may_create,
    }
}

#[cfg(test)]
mod samples {
    use jiff::civil::date;
    use kernel::{Ctx, Instant};

    use super::super::figures::samples as figures;
    use super::*;

    fn row(number: u64, full: bool) -> ListRow {
        ListRow {
            id: Ctx::seeded(Instant::from_micros(0), number).new_id(),
            slug: "ktp-el".into(),
            name: "<script>alert(1)</script>".into(),
            unit_name: "Dinas & Kantor".into(),
            is_public: full,
            valid_to: (!full).then_some(date(2025, 1, 1)),
            index: full.then(|| figures::index(number.is_multiple_of(2))),
        }
    }

    #[test]
    fn every_page_renders_in_both_languages() {
        for lang in i18n::Lang::ALL {
            let t = lang.texts();
            let today = date(2026, 11, 22);
            let rows = vec![row(1, true), row(2, true), row(3, false)];
            let first = rows[0].id;
            let full = Found {
                page: Page {
                    next: Some(Cursor {
                        key: "a&b".into(),
                        id: first.uuid(),
                    }),
                    rows,
                },
                last: [(first, today)].into(),
                times: [(first, figures::times())].into(),
                may_create: true,
            };
            let empty = Found {
                page: Page {
                    rows: Vec::new(),
                    next: None,
                },
                last: HashMap::new(),
                times: HashMap::new(),
                may_create: false,
            };
            let query = FormData::from_pairs([("cari", "\"><script>")]);
            for found in [full, empty] {
                let some = !found.page.rows.is_empty();
                let html = list_page(t, Shell::sample(t, ""), found, &query, 2026, today)
                    .render()
                    .expect("renders");
                crate::shared::check::page(&html);
                assert_eq!(html.contains("<table"), some);
                assert_eq!(html.contains("sesudah=a%26b"), some);
            }
        }
    }
}
