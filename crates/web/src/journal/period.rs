//! One period of one plan: what was planned, what came out, what shows it, what was done.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, State};
use db::Tx;
use i18n::Texts;
use journal::ProgressRow;
use journal::queries::PeriodView;
use kernel::{Period, RhkId, ServiceId, SkpId};
use policy::{Action, Kind, decide};
use service::queries::ServiceIndex;
use skp::model::Source;
use skp::{RhkView, SkpRow};

use super::frame::Frame;
use super::view::{Material, Rejected, RhkCard, cards, gaps};
use super::words;
use crate::shared::{AppState, FormData, Nav, PageError, PageResult, QueryData, Shell, Staff, page};

/// The page of a period.
#[derive(Template)]
#[template(path = "journal/period.html")]
pub(super) struct PeriodPage {
    pub(super) shell: Shell,
    pub(super) t: Texts,
    /// Fields of this page are numbered, so their names are made here.
    pub(super) problems: Vec<(String, String)>,
    pub(super) crumb: (String, String),
    pub(super) owner: String,
    pub(super) base: String,
    pub(super) feedback: String,
    pub(super) chips: Vec<Chip>,
    pub(super) notice: Option<&'static str>,
    pub(super) state: Option<&'static str>,
    pub(super) gaps: Vec<String>,
    pub(super) cards: Vec<RhkCard>,
    pub(super) can_edit: bool,
    pub(super) can_rate: bool,
}

/// A link to a sister period.
#[derive(Debug, Clone)]
pub(crate) struct Chip {
    pub(crate) href: String,
    pub(crate) label: String,
    pub(crate) current: bool,
}

/// Which period of which plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct At {
    pub(super) skp: SkpId,
    pub(super) year: i16,
    pub(super) period: Period,
}

impl At {
    /// From the parts of an address.
    pub(super) fn parse(skp: &str, year: &str, period: &str) -> Result<Self, PageError> {
        Ok(Self {
            skp: skp.parse().map_err(|_| PageError::NotFound)?,
            year: year.parse().map_err(|_| PageError::NotFound)?,
            period: words::parse_period(period)?,
        })
    }

    /// Its page.
    pub(super) fn href(self) -> String {
        words::period_href(self.skp, self.year, self.period)
    }

    /// Its page with a notice.
    pub(super) fn said(self, notice: &str) -> String {
        format!("{}?pesan={notice}", self.href())
    }
}

/// What the page needs.
pub(super) struct Loaded {
    pub(super) skp: SkpRow,
    pub(super) period: Period,
    pub(super) owner: String,
    pub(super) rhks: Vec<RhkView>,
    pub(super) view: PeriodView,
    pub(super) entries: Vec<(RhkId, Vec<ProgressRow>)>,
    pub(super) services: HashMap<ServiceId, (String, Option<ServiceIndex>)>,
    pub(super) remarks: Vec<(RhkId, i64)>,
    pub(super) is_own: bool,
    pub(super) may_rate: bool,
}

impl Loaded {
    pub(super) fn at(&self) -> At {
        At {
            skp: self.skp.id,
            year: self.skp.year,
            period: self.period,
        }
    }

    /// Something may still be recorded.
    pub(super) fn is_open(&self) -> bool {
        self.skp.status.carries_work() && !self.view.is_locked && is_within(&self.skp, self.period)
    }
}

/// True when the period and the plan share a day.
pub(super) fn is_within(skp: &SkpRow, period: Period) -> bool {
    period
        .days(skp.year)
        .is_ok_and(|(first, last)| first <= skp.period_end && last >= skp.period_start)
}

/// `GET /skp/{id}/periode/{tahun}/{periode}`
pub(super) async fn show(
    staff: Staff,
    State(app): State<AppState>,
    Path((id, year, period)): Path<(String, String, String)>,
    QueryData(query): QueryData,
) -> PageResult {
    let at = At::parse(&id, &year, &period)?;
    let loaded = db::read!(app.db, async |tx| load(tx, &staff, at).await)?;
    let frame = frame(&staff, &loaded);
    page(&build(&frame, &loaded, notice(frame.t, &query), None))
}

/// The frame: one's own plan, or somebody of the team.
pub(super) fn frame(staff: &Staff, loaded: &Loaded) -> Frame {
    Frame::of(staff, if loaded.is_own { Nav::Journal } else { Nav::Team })
}

pub(super) async fn load(tx: &mut Tx, staff: &Staff, at: At) -> Result<Loaded, PageError> {
    let actor = staff.actor();
    let (skp, _) = journal::access::view(tx, actor, at.skp).await?;
    let (first, last) = at.period.days(at.year).map_err(|_| PageError::NotFound)?;
    if skp.year != at.year {
        return Err(PageError::NotFound);
    }
    let is_own = actor.person == Some(skp.person_id);
    let facts = skp::access::facts_of(tx, &skp, Kind::Feedback).await?;
    let rhks = skp::queries::views(tx, skp.id).await?;
    let owner = org::queries::employee(tx, skp.agency_id, skp.person_id).await?;
    let mut remarks = Vec::new();
    if decide(actor, Action::View, &facts).permit().is_ok() {
        let given = feedback::queries::of_period(tx, skp.id, at.year, at.period).await?;
        let count = |rows: &Vec<feedback::FeedbackRow>| i64::try_from(rows.len()).unwrap_or(i64::MAX);
        remarks = given.rhks.iter().map(|(rhk, rows)| (*rhk, count(rows))).collect();
    }
    let ids: Vec<ServiceId> = rhks
        .iter()
        .flat_map(|r| &r.ikis)
        .filter(|i| i.source == Source::Layanan)
        .filter_map(|i| i.service_id)
        .collect();
    let names = service::queries::names(tx, skp.agency_id, &ids).await?;
    let mut indices = service::queries::indices(tx, &ids, (first, last)).await?;
    let services = names.into_iter().map(|(id, _, name)| (id, (name, indices.remove(&id))));
    Ok(Loaded {
        period: at.period,
        owner: owner.map_or_else(String::new, |row| row.full_name),
        view: journal::queries::period(tx, skp.id, at.year, at.period).await?,
        entries: journal::queries::entries_in(tx, &skp, first, last).await?,
        services: services.collect(),
        rhks,
        remarks,
        may_rate: decide(actor, Action::Rate, &facts).permit().is_ok(),
        is_own,
        skp,
    })
}

fn notice(t: Texts, query: &FormData) -> Option<&'static str> {
    match query.raw("pesan") {
        "nilai" => Some(t.journal_value_saved()),
        "rencana" => Some(t.journal_plan_saved()),
        "rencana-dihapus" => Some(t.journal_plan_removed()),
        "bukti" => Some(t.journal_evidence_added()),
        "bukti-tanpa-rencana" => Some(t.journal_evidence_added_no_plan()),
        "bukti-sudah-ada" => Some(t.journal_evidence_already()),
        "bukti-dihapus" => Some(t.journal_evidence_removed()),
        "terkunci" => Some(t.journal_period_locked()),
        _ => None,
    }
}

/// Links to the four quarters; `href` makes the address of one.
pub(crate) fn quarters(t: Texts, current: Period, href: impl Fn(Period) -> String) -> Vec<Chip> {
    Period::QUARTERS
        .into_iter()
        .map(|period| Chip {
            href: href(period),
            label: crate::shared::words::period(t, period),
            current: period == current,
        })
        .collect()
}

pub(super) fn build(
    frame: &Frame,
    loaded: &Loaded,
    notice: Option<&'static str>,
    rejected: Option<&Rejected>,
) -> PeriodPage {
    let t = frame.t;
    let (skp, at) = (&loaded.skp, loaded.at());
    let period = words::period_year(t, skp.year, loaded.period);
    let is_open = loaded.is_open();
    let gaps = match is_open {
        true => gaps(t, &loaded.view.gaps(&loaded.rhks)),
        false => Vec::new(),
    };
    let title = match (loaded.view.is_locked, is_open, gaps.is_empty()) {
        (true, ..) => t.journal_period_title_locked(period),
        (false, false, _) => t.journal_period_title_closed(period),
        (false, true, true) => t.journal_period_title_complete(period),
        (false, true, false) => t.journal_period_title_open(period),
    };
    let material = Material {
        year: skp.year,
        period: loaded.period,
        rhks: &loaded.rhks,
        view: &loaded.view,
        entries: &loaded.entries,
        services: &loaded.services,
        remarks: &loaded.remarks,
    };
    let cards = cards(frame, &material, rejected);
    let lines = cards.iter().flat_map(|c| &c.ikis);
    let problems: Vec<(String, String)> = lines
        .flat_map(|i| {
            let value = i.error.clone().map(|e| (format!("nilai-{}", i.no), e));
            let source = i.source_error.clone().map(|e| (format!("sumber-{}", i.no), e));
            [value, source]
        })
        .flatten()
        .collect();
    PeriodPage {
        shell: frame.shell(title).problems(!problems.is_empty()),
        t,
        problems,
        crumb: (format!("/skp/{}", skp.id), t.skp_number(skp.year)),
        owner: match loaded.is_own {
            true => String::new(),
            false => loaded.owner.clone(),
        },
        base: at.href(),
        feedback: format!("/skp/{}/umpan-balik?periode={}", skp.id, words::slug(loaded.period)),
        chips: quarters(t, loaded.period, |p| words::period_href(skp.id, skp.year, p)),
        notice,
        state: match () {
            () if loaded.view.is_locked => Some(t.journal_period_locked()),
            () if !skp.status.carries_work() => Some(t.journal_not_approved()),
            () if !is_open => Some(t.journal_period_outside()),
            () => None,
        },
        gaps,
        cards,
        can_edit: loaded.is_own && is_open,
        can_rate: loaded.may_rate && is_open,
    }
}
