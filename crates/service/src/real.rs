//! Two real data sets, named by source: the demo city shows them as two of its services, so that its time statistics
//! and its index come from real input. No person appears in either.

use jiff::civil::DateTime;
use kernel::{AgencyId, Ctx, ServiceId, Zone};

use crate::bulk::{CaseRow, Given, ResponseRow};
use crate::model::{Answers, Channel, Respondent};

/// Raw answers of twenty respondents of a survey program of Kota Kediri, May to June 2024.
pub const SURVEY: &str = include_str!("../../../tests/vectors/skm-raw-kediri-2024.csv");

/// Where [`SURVEY`] comes from, ready to be shown.
pub const SURVEY_SOURCE: &str = "Data nyata: jawaban mentah 20 responden program survei Kota Kediri, 2024 (diambil dari \
     basis data yang terbuka untuk umum; unit tidak disebut; mungkin memuat isian percobaan).";

/// The register of 612 applications of a public counter for climate data in Semarang, March 2018 to April 2019.
pub const REGISTER: &str = include_str!("../../../tests/vectors/service-times-real-semarang-2018-2020.csv");

/// Where [`REGISTER`] comes from, ready to be shown.
pub const REGISTER_SOURCE: &str = "Data nyata: register 612 permohonan loket layanan data iklim di Semarang, Maret 2018 \
     sampai April 2019 (diambil dari basis data yang terbuka untuk umum; nama dan kontak dihapus; cacat tanggal \
     dibiarkan seperti aslinya).";

/// A line of an embedded file that cannot be read; a defect of the file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line} of the embedded data cannot be read")]
pub struct Unreadable {
    /// Line in the file, from 1 for the heading.
    pub line: usize,
}

/// The real answers as rows of a service. The file lists elements in the order of the regulation; its times are times
/// of the office.
pub fn responses(ctx: &Ctx, agency: AgencyId, service: ServiceId, zone: Zone) -> Result<Vec<ResponseRow>, Unreadable> {
    let lines = SURVEY.lines().enumerate().skip(1).filter(|(_, text)| !text.is_empty());
    lines
        .map(|(at, text)| response(ctx, (agency, service, zone), text).ok_or(Unreadable { line: at + 1 }))
        .collect()
}

fn response(ctx: &Ctx, (agency, service, zone): (AgencyId, ServiceId, Zone), text: &str) -> Option<ResponseRow> {
    let fields: Vec<&str> = text.trim_end().split(',').collect();
    let [number, at, given @ ..] = fields.as_slice() else {
        return None;
    };
    let local: DateTime = at.replacen(' ', "T", 1).parse().ok()?;
    let answers: Vec<u8> = given.iter().map(|a| a.parse().ok()).collect::<Option<_>>()?;
    Some(ResponseRow {
        id: ctx.new_id(),
        agency_id: agency,
        service_id: service,
        channel: Channel::Import,
        survey_date: local.date(),
        submitted_at: zone.instant(local),
        given: Given::Full(Answers::new(answers.try_into().ok()?)?),
        respondent: Respondent::default(),
        reason: String::new(),
        comment: String::new(),
        submit_key: format!("kediri-2024-{number}"),
    })
}

/// The real register as rows of a service, dates as they were written.
pub fn cases(ctx: &Ctx, agency: AgencyId, service: ServiceId) -> Result<Vec<CaseRow>, Unreadable> {
    let lines = REGISTER
        .lines()
        .enumerate()
        .skip(1)
        .filter(|(_, text)| !text.is_empty());
    lines
        .map(|(at, text)| case(ctx, agency, service, text).ok_or(Unreadable { line: at + 1 }))
        .collect()
}

fn case(ctx: &Ctx, agency: AgencyId, service: ServiceId, text: &str) -> Option<CaseRow> {
    let fields: Vec<&str> = text.trim_end().split(',').collect();
    let [
        row,
        requested,
        target,
        assigned,
        completed,
        picked_up,
        state,
        cancel_flag,
    ] = fields.as_slice()
    else {
        return None;
    };
    Some(CaseRow {
        id: ctx.new_id::<kernel::ServiceId>().uuid(),
        agency_id: agency,
        service_id: service,
        register_no: format!("{row:0>4}"),
        requested: (*requested).to_owned(),
        target: (*target).to_owned(),
        assigned: (*assigned).to_owned(),
        completed: (*completed).to_owned(),
        picked_up: (*picked_up).to_owned(),
        state: (*state).to_owned(),
        cancel_flag: (*cancel_flag).to_owned(),
    })
}
