use documents::{EvaluasiForm, Feedback, Rhk, Signatures};
use feedback::FeedbackRow;
use feedback::model::GiverRole;
use kernel::Code;
use regulation::berakhlak;
use skp::RhkView;
use skp::model::{RhkKind, Source};

use super::plan::{approach, behaviours, family, rhk, signer};
use super::{PrintContext, party, place_and_date, words};
use crate::queries::EvaluationPage;

/// Evaluasi Kinerja Pegawai (7.5 to 7.7).
pub fn evaluasi_form(page: &EvaluationPage, print: &PrintContext) -> EvaluasiForm {
    let (row, zone) = (&page.row, page.agency.zone);
    let employee = party(page.employee.as_ref());
    let assessor = party(page.assessor.as_ref());
    let achievement = row.achievement.or(page.achievement.as_ref().map(|a| a.achievement));
    let mut values = behaviours(&page.skp);
    for (printed, value) in values.iter_mut().zip(berakhlak::Value::ALL) {
        printed.feedback = page.feedback.of_value(*value).iter().map(remark).collect();
    }
    EvaluasiForm {
        frame: print.frame(zone, title("Evaluasi Kinerja", page, &employee.name), watermark(page)),
        approach: approach(page.skp.skp.approach),
        family: family(page.skp.skp.family),
        agency: page.agency.name.clone(),
        evaluation_period: words::period(row.period, row.year),
        period: days(page),
        org_achievement: achievement.map(|a| a.label().to_uppercase()).unwrap_or_default(),
        curve: achievement.map(words::curve),
        main: rhks(page, RhkKind::Utama),
        additional: rhks(page, RhkKind::Tambahan),
        work_rating: row.result_rating.map(|r| r.label().to_uppercase()).unwrap_or_default(),
        behaviours: values,
        behaviour_rating: row
            .behaviour_rating
            .map(|r| r.label().to_uppercase())
            .unwrap_or_default(),
        predikat: row.predikat.map(|p| p.label().to_uppercase()).unwrap_or_default(),
        signatures: Signatures {
            employee: None,
            ..signatures(page, &employee, &assessor)
        },
        employee,
        assessor,
    }
}

/// Title of a print, without NIP.
pub(super) fn title(form: &str, page: &EvaluationPage, name: &str) -> String {
    format!("{form} {} {name}", words::period_title(page.row.period, page.row.year))
}

pub(super) fn watermark(page: &EvaluationPage) -> Option<String> {
    page.row.status.is_open().then(|| "BELUM FINAL".to_owned())
}

/// The days of the period.
pub(super) fn days(page: &EvaluationPage) -> String {
    match page.row.period.days(page.row.year) {
        Ok((first, last)) => words::span(first, last),
        Err(_) => String::new(),
    }
}

pub(super) fn signatures(
    page: &EvaluationPage,
    employee: &documents::Party,
    assessor: &documents::Party,
) -> Signatures {
    let (row, zone) = (&page.row, page.agency.zone);
    let mark = |verb: &str, at: Option<kernel::Instant>| match at {
        Some(at) => format!("{verb} melalui Abdi, {}", words::moment(zone, at)),
        None => String::new(),
    };
    Signatures {
        place_and_date: match row.finalised_at {
            Some(at) => place_and_date(&page.agency.region, zone.date(at)),
            None => String::new(),
        },
        employee: Some(signer(employee, mark("Dibaca", row.received_at))),
        assessor: signer(assessor, mark("Ditetapkan", row.finalised_at)),
        superior: None,
    }
}

fn rhks(page: &EvaluationPage, kind: RhkKind) -> Vec<Rhk> {
    page.skp.of_kind(kind).map(|view| evaluated(page, view)).collect()
}

fn evaluated(page: &EvaluationPage, view: &RhkView) -> Rhk {
    let mut printed = rhk(view);
    for (cell, iki) in printed.iki.iter_mut().zip(&view.ikis) {
        cell.realisation = match iki.source {
            Source::Layanan => service_value(page, iki.id),
            Source::Manual => page
                .period
                .realisation_of(iki.id)
                .map(|realised| realised.value_text.clone())
                .unwrap_or_default(),
        };
    }
    printed.feedback = page.feedback.of_rhk(view.row.id).iter().map(remark).collect();
    printed
}

/// "IKM 87,64 (B), n = 187", with a note where there are too few answers to count.
fn service_value(page: &EvaluationPage, iki: kernel::IkiId) -> String {
    let Some(service) = page.services.iter().find(|s| s.iki == iki) else {
        return String::new();
    };
    let (Some(index), Some(value)) = (&service.index, service.value()) else {
        return format!("{}: belum ada jawaban survei", service.name);
    };
    let mutu = index.mutu.map(|m| format!(" ({})", m.code())).unwrap_or_default();
    let few = if service.is_enough { "" } else { ", n kecil" };
    format!(
        "{}: IKM {}{mutu}, n = {}{few}",
        service.name,
        words::number(value),
        index.n()
    )
}

fn remark(row: &FeedbackRow) -> Feedback {
    Feedback {
        speaker: match row.giver_role {
            GiverRole::Atasan => "Pejabat Penilai Kinerja",
            GiverRole::AtasanDariAtasan => "Pimpinan",
        }
        .to_owned(),
        text: row.text.clone(),
    }
}
