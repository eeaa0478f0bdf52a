//! One indicator (IKI): what is measured, its target as people write it, and where its value comes from.

use askama::Template;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::response::Response;
use db::Tx;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue, StatusCode};
use i18n::Texts;
use kernel::{Code, IkiId, RhkId, ServiceId, SkpId};
use policy::{Action, Kind};
use skp::commands::{self, IkiInput};
use skp::model::{Approach, Aspect, Direction, Family, IKI_MAX, Perspective, Place, Source, TARGET_MAX, parse_target};
use skp::{Detail, IkiRow, RhkView};

use super::edit::{self, Head, Pair, Refused, StaleRow, id as parse, open, plan};
use super::view::Reader;
use super::{findings, words};
use crate::shared::{
    AppState, Choice, Field, FieldKind, FormData, Nav, PageError, PageResult, Problems, QueryData, Shell, Staff, page,
    page_with_status, see_other,
};

/// The form of one indicator.
#[derive(Template)]
#[template(path = "skp/iki.html")]
pub(super) struct IkiPage {
    pub(super) shell: Shell,
    pub(super) t: Texts,
    pub(super) problems: Vec<(&'static str, String)>,
    pub(super) head: Head,
    pub(super) stale: Vec<StaleRow>,
    pub(super) hints: Vec<String>,
    pub(super) pairs: Vec<Pair>,
    pub(super) rhk_text: String,
    pub(super) class: Option<Field>,
    pub(super) text: Field,
    pub(super) target: TargetField,
    pub(super) direction: Field,
    pub(super) service: Option<Field>,
    pub(super) remove: String,
}

/// The target with its reading beside it (U8).
#[derive(Debug, Clone)]
pub(super) struct TargetField {
    pub(super) value: String,
    pub(super) hint: &'static str,
    pub(super) reading: String,
    pub(super) error: Option<String>,
    pub(super) max: usize,
}

/// What the form needs beside what was typed.
pub(super) struct Loaded {
    pub(super) detail: Detail,
    pub(super) rhk: RhkId,
    pub(super) iki: Option<IkiId>,
    /// Services of the unit and below, by name.
    pub(super) services: Vec<(ServiceId, String)>,
}

impl Loaded {
    fn parent(&self) -> Option<&RhkView> {
        self.detail.rhks.iter().find(|r| r.row.id == self.rhk)
    }

    pub(super) fn row(&self) -> Option<&IkiRow> {
        let id = self.iki?;
        self.parent()?.ikis.iter().find(|i| i.id == id)
    }
}

/// `GET /skp/target?q=…`: how a target is read, as plain text for the hint beside the field.
pub(super) async fn target(staff: Staff, QueryData(query): QueryData) -> PageResult {
    let typed = if query.has("q") {
        query.raw("q")
    } else {
        query.raw("teks")
    };
    let short: String = typed.chars().take(TARGET_MAX).collect();
    let said = words::reading(staff.t, &short, &parse_target(&short));
    let mut response = Response::new(Body::from(said));
    let plain = HeaderValue::from_static("text/plain; charset=utf-8");
    response.headers_mut().insert(CONTENT_TYPE, plain);
    Ok(response)
}

/// `GET /skp/{id}/rhk/{rhk}/iki/baru`
pub(super) async fn new_form(
    staff: Staff,
    State(app): State<AppState>,
    Path((id, rhk)): Path<(String, String)>,
) -> PageResult {
    show(&app, &staff, parse(&id)?, Wanted::New(parse(&rhk)?)).await
}

/// `GET /skp/{id}/iki/{iki}`
pub(super) async fn form(
    staff: Staff,
    State(app): State<AppState>,
    Path((id, iki)): Path<(String, String)>,
) -> PageResult {
    show(&app, &staff, parse(&id)?, Wanted::Existing(parse(&iki)?)).await
}

#[derive(Clone, Copy)]
enum Wanted {
    New(RhkId),
    Existing(IkiId),
}

async fn show(app: &AppState, staff: &Staff, id: SkpId, wanted: Wanted) -> PageResult {
    let loaded = db::read!(app.db, async |tx| load(tx, staff, id, wanted).await)?;
    if !loaded.detail.skp.status.is_editable() {
        return see_other(&plan(id, "terkunci"));
    }
    let shown = stored(loaded.row());
    page(&build(
        &Reader::of(staff),
        &loaded,
        &shown,
        &Problems::none(),
        Vec::new(),
    ))
}

async fn load(tx: &mut Tx, staff: &Staff, id: SkpId, wanted: Wanted) -> Result<Loaded, PageError> {
    let (detail, _) = open(tx, staff, Action::Edit, id).await?;
    let (rhk, iki) = match wanted {
        Wanted::New(rhk) => (rhk, None),
        Wanted::Existing(iki) => {
            let holds = |r: &&RhkView| r.ikis.iter().any(|i| i.id == iki);
            let rhk = detail.rhks.iter().find(holds).ok_or(PageError::NotFound)?;
            (rhk.row.id, Some(iki))
        }
    };
    let mut loaded = Loaded {
        detail,
        rhk,
        iki,
        services: Vec::new(),
    };
    if loaded.parent().is_none() {
        return Err(PageError::NotFound);
    }
    loaded.services = services(tx, staff, &loaded).await?;
    Ok(loaded)
}

/// The services of the unit and below. One that is chosen already stays choosable wherever it is.
async fn services(tx: &mut Tx, staff: &Staff, loaded: &Loaded) -> Result<Vec<(ServiceId, String)>, PageError> {
    let scope = policy::scope(staff.actor(), Kind::Service);
    let filter = service::queries::ListFilter {
        unit_path: Some(loaded.detail.skp.unit_path.clone()),
        ..service::queries::ListFilter::default()
    };
    let today = staff.today();
    let listed = service::queries::list(tx, &scope, &filter, (today, today)).await?;
    let mut found: Vec<_> = listed.rows.into_iter().map(|s| (s.id, s.name)).collect();
    if let Some(chosen) = loaded.row().and_then(|i| i.service_id)
        && !found.iter().any(|(id, _)| *id == chosen)
        && let Ok((service, _)) = service::queries::find(tx, staff.actor(), chosen).await?
    {
        found.push((service.id, service.name));
    }
    Ok(found)
}

/// `POST /skp/{id}/rhk/{rhk}/iki/baru`
pub(super) async fn create(
    staff: Staff,
    State(app): State<AppState>,
    Path((id, rhk)): Path<(String, String)>,
    form: FormData,
) -> PageResult {
    keep(&app, &staff, parse(&id)?, Wanted::New(parse(&rhk)?), form, false).await
}

/// `POST /skp/{id}/iki/{iki}`
pub(super) async fn save(
    staff: Staff,
    State(app): State<AppState>,
    Path((id, iki)): Path<(String, String)>,
    headers: HeaderMap,
    form: FormData,
) -> PageResult {
    let autosave = edit::is_autosave(&headers);
    keep(
        &app,
        &staff,
        parse(&id)?,
        Wanted::Existing(parse(&iki)?),
        form,
        autosave,
    )
    .await
}

async fn keep(app: &AppState, staff: &Staff, id: SkpId, wanted: Wanted, form: FormData, autosave: bool) -> PageResult {
    let t = staff.t;
    let mut loaded = db::read!(app.db, async |tx| load(tx, staff, id, wanted).await)?;
    let form = match autosave {
        true => edit::over(&stored(loaded.row()), &form),
        false => form,
    };
    let mut problems = Problems::none();
    let input = input(t, &loaded, &form, &mut problems);
    let mut rows = Vec::new();
    if problems.is_empty() {
        match commands::save_iki(&app.db, &app.ctx, staff.actor(), input).await {
            Ok(done) if autosave => return edit::saved(staff, done.version),
            Ok(_) => return see_other(&next(id, loaded.rhk, &form)),
            Err(error) => match edit::refused(t, error, "teks", &mut problems)? {
                Refused::Problems => {}
                Refused::Stale(_) if autosave => return edit::stale(t),
                Refused::Stale(now) => {
                    loaded.detail = *now;
                    // the form may have saved itself a moment before it was sent: then nothing differs
                    rows = stale(t, &loaded, &form);
                    match (rows.is_empty(), loaded.iki, loaded.row()) {
                        (true, Some(_), Some(_)) => return see_other(&next(id, loaded.rhk, &form)),
                        (_, Some(_), None) => return Err(PageError::NotFound),
                        _ => {}
                    }
                }
            },
        }
    }
    if autosave {
        return edit::unsaved(t, &problems);
    }
    let status = match problems.is_empty() {
        true => StatusCode::CONFLICT,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    page_with_status(status, &build(&Reader::of(staff), &loaded, &form, &problems, rows))
}

fn next(id: SkpId, rhk: RhkId, form: &FormData) -> String {
    match form.raw("lanjut") {
        "iki" => format!("/skp/{id}/rhk/{rhk}/iki/baru"),
        _ => plan(id, "tersimpan"),
    }
}

fn input(t: Texts, loaded: &Loaded, form: &FormData, problems: &mut Problems) -> IkiInput {
    let service: Option<ServiceId> = form.id("layanan");
    if !form.raw("layanan").is_empty() && !loaded.services.iter().any(|(id, _)| Some(*id) == service) {
        problems.say("layanan", t.skp_problem_service_unknown());
    }
    let class = form.raw("ukuran");
    let by_aspect = loaded.detail.skp.family == Family::Aspek;
    IkiInput {
        skp: loaded.detail.skp.id,
        version: form.version(),
        rhk: loaded.rhk,
        iki: loaded.iki,
        aspect: Aspect::from_code(class).ok().filter(|_| by_aspect),
        perspective: Perspective::from_code(class).ok().filter(|_| !by_aspect),
        text: form.raw("teks").to_owned(),
        target_text: form.raw("target").to_owned(),
        direction: Direction::from_code(form.raw("arah")).ok(),
        source: match service {
            Some(_) => Source::Layanan,
            None => Source::Manual,
        },
        service,
    }
}

/// The fields as they are stored. The direction is shown only where it differs from what the text says.
pub(super) fn stored(iki: Option<&IkiRow>) -> FormData {
    let Some(iki) = iki else {
        return FormData::default();
    };
    let class = match (iki.aspect, iki.perspective) {
        (Some(aspect), _) => aspect.code(),
        (None, Some(perspective)) => perspective.code(),
        (None, None) => "",
    };
    let said = parse_target(&iki.target_text).direction;
    let direction = if iki.direction == said {
        ""
    } else {
        iki.direction.code()
    };
    let service = iki.service_id.map_or_else(String::new, |id| id.to_string());
    FormData::from_pairs([
        ("ukuran", class),
        ("teks", &iki.text),
        ("target", &iki.target_text),
        ("arah", direction),
        ("layanan", &service),
    ])
}

fn stale(t: Texts, loaded: &Loaded, typed: &FormData) -> Vec<StaleRow> {
    let Some(row) = loaded.row() else {
        return Vec::new();
    };
    let class = match loaded.detail.skp.family {
        Family::Aspek => t.skp_aspect(),
        Family::Perspektif => t.skp_perspective(),
    };
    let fields = [
        ("ukuran", class),
        ("teks", t.skp_iki_text()),
        ("target", t.skp_target()),
        ("arah", t.skp_direction()),
        ("layanan", t.skp_service()),
    ];
    edit::differing(&stored(Some(row)), typed, &fields, |name, value| match name {
        "ukuran" => match (Aspect::from_code(value), Perspective::from_code(value)) {
            (Ok(aspect), _) => words::aspect(t, aspect).to_owned(),
            (_, Ok(perspective)) => words::perspective(t, perspective).to_owned(),
            _ => t.none().to_owned(),
        },
        "arah" => words::direction(t, Direction::from_code(value).ok()).to_owned(),
        "layanan" => loaded
            .services
            .iter()
            .find(|(id, _)| id.to_string() == value)
            .map_or_else(|| t.skp_service_manual().to_owned(), |(_, name)| name.clone()),
        _ => value.to_owned(),
    })
}

pub(super) fn build(
    reader: &Reader<'_>,
    loaded: &Loaded,
    form: &FormData,
    problems: &Problems,
    stale: Vec<StaleRow>,
) -> IkiPage {
    let t = reader.t;
    let id = loaded.detail.skp.id;
    let quantitative = loaded.detail.skp.approach == Approach::Kuantitatif;
    let (title, action) = match loaded.iki {
        Some(iki) => (t.skp_iki_title(), format!("/skp/{id}/iki/{iki}")),
        None => (t.skp_iki_new_title(), format!("/skp/{id}/rhk/{}/iki/baru", loaded.rhk)),
    };
    let hints = loaded.iki.map_or_else(Vec::new, |iki| {
        findings::at(t, &loaded.detail, |place| place == Place::Iki(loaded.rhk, iki))
    });
    let (label, hint) = match quantitative {
        true => (t.skp_iki_text(), t.skp_iki_text_hint()),
        false => (t.skp_iki_text_qualitative(), t.skp_iki_text_qualitative_hint()),
    };
    IkiPage {
        shell: reader.shell(Nav::Skp, title).problems(!problems.is_empty()),
        t,
        problems: problems.all(t),
        head: Head::new(t, &loaded.detail, action, loaded.iki.is_some()),
        stale,
        hints,
        pairs: vec![
            (t.skp_iki_weak_1(), t.skp_iki_better_1()),
            (t.skp_iki_weak_2(), t.skp_iki_better_2()),
            (t.skp_iki_weak_3(), t.skp_iki_better_3()),
        ],
        rhk_text: loaded.parent().map_or_else(String::new, |r| r.row.text.clone()),
        class: class_field(t, loaded, form, problems, quantitative),
        text: Field::new(t, "teks", label, FieldKind::Paragraph(3))
            .optional()
            .hint(hint)
            .max(IKI_MAX)
            .from(form, problems),
        target: target_field(t, form, problems, quantitative),
        direction: Field::new(t, "arah", t.skp_direction(), FieldKind::Radios(words::directions(t)))
            .optional()
            .hint(t.skp_direction_hint())
            .from(form, problems),
        service: (!loaded.services.is_empty()).then(|| service_field(t, loaded, form, problems)),
        remove: loaded
            .iki
            .map_or_else(String::new, |iki| format!("/skp/{id}/iki/{iki}/hapus")),
    }
}

/// Aspect or perspective. The qualitative form has neither (performance-cycle 4.2.3), but what is measured by a
/// service's index needs it all the same, so it may be chosen there.
fn class_field(t: Texts, loaded: &Loaded, form: &FormData, problems: &Problems, quantitative: bool) -> Option<Field> {
    if !quantitative && loaded.services.is_empty() {
        return None;
    }
    let (label, choices) = match loaded.detail.skp.family {
        Family::Aspek => (t.skp_aspect(), words::aspects(t)),
        Family::Perspektif => (t.skp_perspective(), words::perspectives(t)),
    };
    Some(
        Field::new(t, "ukuran", label, FieldKind::Radios(choices))
            .optional()
            .from(form, problems),
    )
}

fn target_field(t: Texts, form: &FormData, problems: &Problems, quantitative: bool) -> TargetField {
    let value = form.raw("target");
    let read = parse_target(value);
    let turned = match Direction::from_code(form.raw("arah")) {
        Ok(wanted) => read.clone().turned(wanted).unwrap_or(read),
        Err(_) => read,
    };
    TargetField {
        value: value.to_owned(),
        hint: match quantitative {
            true => t.skp_target_hint(),
            false => t.skp_target_optional_hint(),
        },
        reading: words::reading(t, value, &turned),
        error: problems.of("target", t),
        max: TARGET_MAX,
    }
}

fn service_field(t: Texts, loaded: &Loaded, form: &FormData, problems: &Problems) -> Field {
    let mut choices = vec![Choice::new("", t.skp_service_manual())];
    choices.extend(
        loaded
            .services
            .iter()
            .map(|(id, name)| Choice::new(id.to_string(), t.skp_service_index(name))),
    );
    Field::new(t, "layanan", t.skp_service(), FieldKind::Select(choices))
        .optional()
        .hint(t.skp_service_hint())
        .from(form, problems)
}
