//! The files of a staff import: the template to fill in, and the rows that were not taken.

use axum::extract::{Path, State};
use documents::{Kind, Sheet, Template, TemplateColumn, Value};
use i18n::Texts;
use kernel::Code;
use org::import::{Choices, Column, RejectedRows};
use policy::Action;

use super::imports::{id_of, sentence};
use super::words::spreadsheet;
use crate::shared::{AppState, PageError, PageResult, QueryData, Staff};

/// `GET /kelola/impor/templat.xlsx`
pub(super) async fn template(staff: Staff) -> PageResult {
    super::agency(&staff, Action::Manage)?;
    let (t, today) = (staff.t, staff.today());
    let bytes = tokio::task::spawn_blocking(move || filled(t, today).write())
        .await
        .map_err(|e| PageError::internal(&e))?
        .map_err(|e| PageError::internal(&e))?;
    Ok(spreadsheet(bytes, "attachment; filename=\"templat-pegawai.xlsx\""))
}

fn filled(t: Texts, today: jiff::civil::Date) -> Template {
    let mut template = Template::new(t.admin_template_title(), today);
    // the importer looks for a sheet of this name
    template.data_sheet = "Pegawai".to_owned();
    template.guide = [
        t.admin_template_guide_rows(),
        t.admin_template_guide_required(),
        t.admin_template_guide_text(),
        t.admin_template_guide_units(),
        t.admin_template_guide_vacant(),
        t.admin_template_guide_empty(),
        t.admin_template_guide_again(),
    ]
    .map(str::to_owned)
    .to_vec();
    for field in org::import::template() {
        let kind = match field.choices {
            Choices::Date => Kind::Date,
            Choices::Digits | Choices::Text | Choices::OneOf(_) => Kind::Text,
        };
        let width = match field.column {
            Column::Name | Column::UnitName | Column::PositionTitle | Column::Email => 36,
            Column::Number | Column::PreviousNumber => 22,
            _ => 18,
        };
        let hint = hint(t, field.column);
        let said = if field.required {
            t.admin_template_required(hint)
        } else {
            hint.to_owned()
        };
        template
            .guide
            .push(t.admin_template_guide_column(field.column.code(), &said));
        let mut column = TemplateColumn::new(field.column.code(), width, kind).hint(said);
        if let Choices::OneOf(choices) = field.choices {
            column = column.choices(choices);
        }
        template.columns.push(column);
    }
    template
}

/// What a column is for.
fn hint(t: Texts, column: Column) -> &'static str {
    match column {
        Column::Number => t.admin_hint_number(),
        Column::PreviousNumber => t.admin_hint_previous_number(),
        Column::Name => t.admin_hint_name(),
        Column::TitleFront => t.admin_hint_title_front(),
        Column::TitleBack => t.admin_hint_title_back(),
        Column::BirthDate => t.admin_hint_birth_date(),
        Column::Sex => t.admin_hint_sex(),
        Column::Kind => t.admin_hint_kind(),
        Column::Grade => t.admin_hint_grade(),
        Column::GradeFrom => t.admin_hint_grade_from(),
        Column::UnitCode => t.admin_hint_unit_code(),
        Column::UnitName => t.admin_hint_unit_name(),
        Column::ParentCode => t.admin_hint_parent_code(),
        Column::UnitKind => t.admin_hint_unit_kind(),
        Column::PositionCode => t.admin_hint_position_code(),
        Column::PositionTitle => t.admin_hint_position_title(),
        Column::PositionKind => t.admin_hint_position_kind(),
        Column::Level => t.admin_hint_level(),
        Column::IsHead => t.admin_hint_is_head(),
        Column::PositionFrom => t.admin_hint_position_from(),
        Column::Email => t.admin_hint_email(),
        Column::Status => t.admin_hint_status(),
    }
}

/// `GET /kelola/impor/{id}/ditolak.xlsx`: the rejected rows of one sheet as they stand in the file, with the reasons, to
/// be corrected and imported again.
pub(super) async fn rejected(
    staff: Staff,
    State(app): State<AppState>,
    Path(id): Path<String>,
    QueryData(query): QueryData,
) -> PageResult {
    super::agency(&staff, Action::Manage)?;
    let (id, agency) = (id_of(&id)?, staff.session.agency.id);
    let (found, content) = db::read!(app.db, async |tx| {
        let found = org::import::find(tx, agency, id).await?;
        Ok::<_, PageError>((found, org::import::content(tx, agency, id).await?))
    })?;
    let (Some(found), Some((name, bytes))) = (found, content) else {
        return Err(PageError::NotFound);
    };
    if bytes.is_empty() {
        return Err(PageError::NotFound);
    }
    let (t, today, wanted) = (staff.t, staff.today(), query.raw("lembar").to_owned());
    let written = tokio::task::spawn_blocking(move || {
        let sheets = org::import::rejected_rows(&bytes, &name, &found.report).map_err(|e| PageError::internal(&e))?;
        let sheet = sheets.into_iter().find(|s| s.sheet == wanted);
        let sheet = sheet.ok_or(PageError::NotFound)?;
        list(t, today, &name, sheet).map_err(|e| PageError::internal(&e))
    })
    .await
    .map_err(|e| PageError::internal(&e))??;
    Ok(spreadsheet(written, "attachment; filename=\"baris-ditolak.xlsx\""))
}

fn list(
    t: Texts,
    today: jiff::civil::Date,
    file: &str,
    rejected: RejectedRows,
) -> Result<Vec<u8>, documents::WriteError> {
    let name = if rejected.sheet.is_empty() {
        "Pegawai"
    } else {
        rejected.sheet.as_str()
    };
    let mut sheet = Sheet::new(name, t.admin_rejected_title(), today).note(t.admin_rejected_note(file));
    for heading in &rejected.header {
        sheet = sheet.column(heading, 22, Kind::Text);
    }
    let width = rejected.header.len();
    sheet
        .column(t.admin_rejected_row(), 12, Kind::Text)
        .column(t.admin_rejected_reasons(), 80, Kind::Text)
        .write(rejected.rows.into_iter().map(|row| {
            let mut cells: Vec<Value> = row.cells.into_iter().map(Value::text).collect();
            cells.resize_with(width, || Value::text(""));
            cells.push(Value::text(row.row.to_string()));
            let reasons: Vec<String> = row.reasons.iter().map(|f| sentence(t, f)).collect();
            cells.push(Value::text(reasons.join("; ")));
            cells
        }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use documents::{ReadOptions, read_table};

    #[test]
    fn the_template_has_every_column_and_its_own_sheet_name() {
        let t = i18n::Lang::Id.texts();
        let template = filled(t, jiff::civil::date(2026, 11, 22));
        assert_eq!(template.data_sheet, "Pegawai");
        let headings: Vec<&str> = template.columns.iter().map(|c| c.heading.as_str()).collect();
        let known: Vec<&str> = Column::ALL.iter().map(|c| c.code()).collect();
        assert_eq!(headings, known);
        assert!(
            template
                .columns
                .iter()
                .all(|c| !c.hint.is_empty() && c.hint.chars().count() <= 255)
        );
        assert!(!template.write().expect("written").is_empty());
    }

    #[test]
    fn rejected_rows_keep_their_cells_beside_the_reasons() {
        let t = i18n::Lang::Id.texts();
        let rejected = RejectedRows {
            sheet: String::new(),
            header: vec!["NIP".into(), "Nama".into()],
            rows: vec![org::import::RejectedRow {
                row: 7,
                cells: vec!["=1+1".into()],
                reasons: Vec::new(),
            }],
        };
        let bytes = list(t, jiff::civil::date(2026, 11, 22), "x.csv", rejected).expect("written");
        let is_header = |cells: &[String]| cells.first().is_some_and(|c| c == "NIP");
        let options = ReadOptions {
            is_header: Some(&is_header),
            ..ReadOptions::default()
        };
        let table = read_table(&bytes, "x.xlsx", options).expect("readable");
        let text = format!("{table:?}");
        assert!(text.contains("=1+1") && text.contains('7'), "{text}");
    }
}
