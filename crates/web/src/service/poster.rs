use askama::Template;
use axum::extract::{Path, State};
use i18n::Texts;
use jiff::civil::Date;
use service::queries::{self, Service};

use crate::shared::charts::{self, Caption, Svg};
use crate::shared::{AppState, Nav, PageError, PageResult, Shell, Staff, page};

/// A sheet for the wall of a counter, with the code that opens the survey.
#[derive(Template)]
#[template(path = "service/poster.html")]
struct PosterPage {
    shell: Shell,
    t: Texts,
    id: String,
    agency: String,
    unit: String,
    name: String,
    code: Option<Svg>,
    address: String,
}

/// `GET /layanan/{id}/qr`
pub(super) async fn show(staff: Staff, State(app): State<AppState>, Path(id): Path<String>) -> PageResult {
    let id = id.parse().map_err(|_| PageError::NotFound)?;
    let (service, _) = db::read!(app.db, async |tx| {
        Ok::<_, PageError>(queries::find(tx, staff.actor(), id).await??)
    })?;
    let agency = &staff.session.agency;
    // the configured address, never the one that this request happened to use
    let base = format!("{}/l/{}", app.config.public_url, agency.code.to_ascii_lowercase());
    let shell = Shell::staff(&staff, Nav::Services, "");
    page(&poster_page(
        staff.t,
        shell,
        &agency.name,
        &base,
        service,
        staff.today(),
    ))
}

fn poster_page(t: Texts, shell: Shell, agency: &str, base: &str, service: Service, today: Date) -> PosterPage {
    let is_open = service.is_public && service.is_in_force(today);
    let address = format!("{base}/{}/survei", service.slug);
    let caption = Caption::new(t.service_qr_label(&service.name), "");
    PosterPage {
        shell: Shell {
            title: if is_open {
                t.service_poster_title().to_owned()
            } else {
                t.service_poster_closed().to_owned()
            },
            ..shell
        },
        t,
        id: service.id.to_string(),
        agency: agency.to_owned(),
        unit: service.unit_name,
        name: service.name,
        code: is_open
            .then(|| charts::qr(&format!("{address}?lewat=qr"), &caption))
            .flatten(),
        address,
    }
}

#[cfg(test)]
mod samples {
    use i18n::Lang;
    use jiff::civil::date;

    use super::super::detail::samples::service;
    use super::*;

    #[test]
    fn every_page_renders_in_both_languages() {
        let base = "https://abdi.contoh.go.id/l/kota-contoh";
        for lang in Lang::ALL {
            let t = lang.texts();
            for is_public in [true, false] {
                let service = Service { is_public, ..service() };
                let today = date(2026, 11, 22);
                let html = poster_page(t, Shell::sample(t, ""), "Kota Contoh", base, service, today)
                    .render()
                    .expect("renders");
                crate::shared::check::page(&html);
                assert_eq!(
                    html.contains("<svg"),
                    is_public,
                    "no code to a page that does not exist"
                );
                assert_eq!(
                    html.contains("https://abdi.contoh.go.id/l/kota-contoh/ktp-el/survei"),
                    is_public
                );
            }
        }
    }
}
