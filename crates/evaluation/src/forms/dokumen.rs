use documents::DokumenEvaluasiForm;

use super::evaluasi::{days, signatures, title, watermark};
use super::{PrintContext, party, words};
use crate::queries::EvaluationPage;

/// Dokumen Evaluasi Kinerja Pegawai (7.8). Blocks 6 to 8 belong to objections and are left away until there is one.
pub fn dokumen_form(page: &EvaluationPage, print: &PrintContext) -> DokumenEvaluasiForm {
    let (row, zone) = (&page.row, page.agency.zone);
    let employee = party(page.employee.as_ref());
    let assessor = party(page.assessor.as_ref());
    let achievement = row.achievement.or(page.achievement.as_ref().map(|a| a.achievement));
    DokumenEvaluasiForm {
        frame: print.frame(
            zone,
            title("Dokumen Evaluasi Kinerja", page, &employee.name),
            watermark(page),
        ),
        agency: page.agency.name.clone(),
        evaluation_period: words::period(row.period, row.year),
        period: days(page),
        superior: page.above.as_ref().map(|above| party(Some(above))),
        org_achievement: achievement.map(|a| a.label().to_uppercase()).unwrap_or_default(),
        predikat: row.predikat.map(|p| p.label().to_uppercase()).unwrap_or_default(),
        notes: row
            .recommendation
            .lines()
            .filter(|line| !line.trim().is_empty())
            .map(str::to_owned)
            .collect(),
        contested: None,
        received_at: row.received_at.map(|at| words::date(zone.date(at))).unwrap_or_default(),
        signatures: signatures(page, &employee, &assessor),
        employee,
        assessor,
    }
}
