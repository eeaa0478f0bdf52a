//! The annex: resources, accountability, consequences; one line an item.

use askama::Template;
use axum::extract::{Path, State};
use http::{HeaderMap, StatusCode};
use i18n::Texts;
use kernel::{Code, SkpId, TextError};
use policy::Action;
use skp::Detail;
use skp::commands::{self, AnnexInput, EditError};
use skp::model::{ANNEX_COUNT, ANNEX_MAX, AnnexKind};

use super::edit::{self, Head, Refused, StaleRow, id as parse, open, plan};
use super::view::Reader;
use super::words;
use crate::shared::{
    AppState, Field, FieldKind, FormData, Nav, PageResult, Problems, Shell, Staff, page, page_with_status, see_other,
};

/// The form of the three lists.
#[derive(Template)]
#[template(path = "skp/annex.html")]
pub(super) struct AnnexPage {
    pub(super) shell: Shell,
    pub(super) t: Texts,
    pub(super) problems: Vec<(&'static str, String)>,
    pub(super) head: Head,
    pub(super) stale: Vec<StaleRow>,
    pub(super) fields: Vec<Field>,
}

fn name(kind: AnnexKind) -> &'static str {
    match kind {
        AnnexKind::Dukungan => "dukungan",
        AnnexKind::Pertanggungjawaban => "pertanggungjawaban",
        AnnexKind::Konsekuensi => "konsekuensi",
    }
}

/// `GET /skp/{id}/lampiran`
pub(super) async fn form(staff: Staff, State(app): State<AppState>, Path(id): Path<String>) -> PageResult {
    let id: SkpId = parse(&id)?;
    let (detail, _) = db::read!(app.db, async |tx| open(tx, &staff, Action::Edit, id).await)?;
    if !detail.skp.status.is_editable() {
        return see_other(&plan(id, "terkunci"));
    }
    page(&build(
        &Reader::of(&staff),
        &detail,
        &stored(&detail),
        &Problems::none(),
        Vec::new(),
    ))
}

/// `POST /skp/{id}/lampiran`
pub(super) async fn save(
    staff: Staff,
    State(app): State<AppState>,
    Path(id): Path<String>,
    headers: HeaderMap,
    form: FormData,
) -> PageResult {
    let t = staff.t;
    let id: SkpId = parse(&id)?;
    let autosave = edit::is_autosave(&headers);
    let (mut detail, _) = db::read!(app.db, async |tx| open(tx, &staff, Action::Edit, id).await)?;
    let form = edit::over(&stored(&detail), &form);
    let mut problems = Problems::none();
    for &kind in AnnexKind::ALL {
        examine(t, kind, form.raw(name(kind)), &mut problems);
    }
    let mut rows = Vec::new();
    if problems.is_empty() {
        match write(&app, &staff, &detail, &form).await {
            Ok(version) if autosave => return edit::saved(&staff, version),
            Ok(_) => return see_other(&plan(id, "tersimpan")),
            Err(error) => match edit::refused(t, error, name(AnnexKind::Dukungan), &mut problems)? {
                Refused::Problems => {}
                Refused::Stale(_) if autosave => return edit::stale(t),
                Refused::Stale(now) => {
                    detail = *now;
                    rows = stale(t, &detail, &form);
                    if rows.is_empty() {
                        return see_other(&plan(id, "tersimpan"));
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
    page_with_status(status, &build(&Reader::of(&staff), &detail, &form, &problems, rows))
}

/// Writes the lists that differ, each on the version that the one before left. The first write compares the version of
/// the page, so a plan that was changed by somebody else is never half written.
async fn write(app: &AppState, staff: &Staff, detail: &Detail, form: &FormData) -> Result<i64, EditError> {
    let mut version = form.version();
    for &kind in AnnexKind::ALL {
        let lines = lines(form.raw(name(kind)));
        let untouched = lines == detail.annex_of(kind) && detail.skp.version == form.version();
        if untouched {
            continue;
        }
        let input = AnnexInput {
            skp: detail.skp.id,
            version,
            kind,
            lines,
        };
        version = commands::save_annex(&app.db, &app.ctx, staff.actor(), input)
            .await?
            .version;
    }
    Ok(version)
}

fn lines(text: &str) -> Vec<String> {
    text.lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|line| !line.is_empty())
        .collect()
}

fn examine(t: Texts, kind: AnnexKind, text: &str, problems: &mut Problems) {
    let mut count = 0;
    for (at, line) in (1..).zip(text.lines()) {
        match kernel::line(line, ANNEX_MAX) {
            Ok(_) => count += 1,
            Err(TextError::Empty) => {}
            Err(TextError::TooLong { max }) => problems.say(name(kind), t.skp_annex_line_long(at, max)),
            Err(error @ TextError::Forbidden) => problems.text(name(kind), error),
        }
    }
    if count > ANNEX_COUNT {
        problems.say(name(kind), t.skp_problem_too_many(ANNEX_COUNT));
    }
}

fn stored(detail: &Detail) -> FormData {
    let texts: Vec<(&'static str, String)> = AnnexKind::ALL
        .iter()
        .map(|&kind| (name(kind), detail.annex_of(kind).join("\n")))
        .collect();
    FormData::from_pairs(texts.iter().map(|(name, text)| (*name, text.as_str())))
}

fn stale(t: Texts, detail: &Detail, typed: &FormData) -> Vec<StaleRow> {
    let fields: Vec<_> = AnnexKind::ALL
        .iter()
        .map(|&kind| (name(kind), words::annex(t, kind)))
        .collect();
    edit::differing(&stored(detail), typed, &fields, |_, value| value.to_owned())
}

pub(super) fn build(
    reader: &Reader<'_>,
    detail: &Detail,
    form: &FormData,
    problems: &Problems,
    stale: Vec<StaleRow>,
) -> AnnexPage {
    let t = reader.t;
    let id = detail.skp.id;
    let field = |&kind: &AnnexKind| {
        Field::new(t, name(kind), words::annex(t, kind), FieldKind::Paragraph(6))
            .optional()
            .hint(words::annex_hint(t, kind))
            .from(form, problems)
    };
    AnnexPage {
        shell: reader
            .shell(Nav::Skp, t.skp_annex_title())
            .problems(!problems.is_empty()),
        t,
        problems: problems.all(t),
        head: Head::new(t, detail, format!("/skp/{id}/lampiran"), true),
        stale,
        fields: AnnexKind::ALL.iter().map(field).collect(),
    }
}

#[cfg(test)]
mod tests {
    use i18n::Lang;

    use super::*;

    #[test]
    fn one_line_is_one_item_and_empty_lines_are_left_out() {
        assert_eq!(
            lines(" Dua  orang \r\n\r\n  \nSatu kendaraan"),
            ["Dua orang", "Satu kendaraan"]
        );
        assert!(lines(" \n\t").is_empty());
    }

    #[test]
    fn the_message_names_the_line() {
        let t = Lang::Id.texts();
        let mut problems = Problems::none();
        let text = format!("baik\n{}", "x".repeat(ANNEX_MAX + 1));
        examine(t, AnnexKind::Konsekuensi, &text, &mut problems);
        let said = problems.of("konsekuensi", t).expect("a problem");
        assert!(said.contains("Baris 2"), "{said}");

        let mut many = Problems::none();
        examine(t, AnnexKind::Dukungan, &"a\n".repeat(ANNEX_COUNT + 1), &mut many);
        assert!(!many.is_empty());
    }
}
