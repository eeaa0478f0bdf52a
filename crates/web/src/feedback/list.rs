//! The remarks of a period by RHK and value.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, State};
use db::Tx;
use feedback::FeedbackRow;
use feedback::model::Topic;
use feedback::queries::Grouped;
use i18n::Texts;
use kernel::{Code, Instant, Period, PersonId, SkpId};
use policy::{Action, Kind, decide};
use regulation::berakhlak;
use skp::{RhkRow, SkpRow};

use super::{give, words};
use crate::journal::frame::Frame;
use crate::journal::words as periods;
use crate::journal::{Chip, quarters};
use crate::shared::words::Tag;
use crate::shared::{AppState, FormData, Nav, PageError, PageResult, QueryData, Shell, Staff, page};

/// The page of all remarks.
#[derive(Template)]
#[template(path = "feedback/list.html")]
pub(super) struct ListPage {
    pub(super) shell: Shell,
    pub(super) t: Texts,
    pub(super) notice: Option<String>,
    pub(super) back: (String, String),
    pub(super) state: Option<&'static str>,
    pub(super) chips: Vec<Chip>,
    pub(super) groups: Vec<(&'static str, Vec<TopicCard>)>,
}

/// One RHK or value with its remarks.
pub(super) struct TopicCard {
    pub(super) no: usize,
    pub(super) title: String,
    pub(super) remarks: Vec<Remark>,
    /// Address of the form, for those who may give feedback now.
    pub(super) give: Option<String>,
}

/// One remark.
pub(super) struct Remark {
    pub(super) tag: Tag,
    pub(super) by: String,
    pub(super) text: String,
}

/// What the pages of feedback need.
pub(super) struct Loaded {
    pub(super) skp: SkpRow,
    pub(super) period: Period,
    pub(super) rhks: Vec<RhkRow>,
    pub(super) given: Grouped,
    pub(super) names: HashMap<PersonId, String>,
    pub(super) is_locked: bool,
    pub(super) is_own: bool,
    pub(super) may_rate: bool,
}

impl Loaded {
    pub(super) fn owner(&self) -> &str {
        self.names.get(&self.skp.person_id).map_or("", String::as_str)
    }

    /// `/skp/…/umpan-balik?periode=triwulan-iii`
    pub(super) fn href(&self, period: Period) -> String {
        format!("/skp/{}/umpan-balik?periode={}", self.skp.id, periods::slug(period))
    }

    /// Why no remark can be given for this period.
    pub(super) fn closed(&self, frame: &Frame) -> Option<&'static str> {
        let t = frame.t;
        let has_begun = self.period.days(self.skp.year).is_ok_and(|(first, last)| {
            first <= frame.today() && first <= self.skp.period_end && last >= self.skp.period_start
        });
        match (self.skp.status.carries_work(), has_begun, self.is_locked) {
            (false, ..) => Some(t.feedback_not_approved()),
            (true, false, _) => Some(t.feedback_period_outside()),
            (true, true, true) => Some(t.feedback_period_locked()),
            (true, true, false) => None,
        }
    }
}

/// `GET /skp/{id}/umpan-balik`, and with `?rhk=…` or `?nilai=…` the form of one remark.
pub(super) async fn show(
    staff: Staff,
    State(app): State<AppState>,
    Path(id): Path<String>,
    QueryData(query): QueryData,
) -> PageResult {
    let id: SkpId = id.parse().map_err(|_| PageError::NotFound)?;
    let period = wanted(&staff, &query)?;
    let loaded = db::read!(app.db, async |tx| load(tx, &staff, id, period).await)?;
    if query.has("rhk") || query.has("nilai") {
        return give::form(&staff, &app, &loaded, &query);
    }
    let frame = frame(&staff, &loaded);
    page(&build(&frame, &loaded, query.raw("kirim")))
}

/// One's own plan, or somebody of the team.
pub(super) fn frame(staff: &Staff, loaded: &Loaded) -> Frame {
    Frame::of(staff, if loaded.is_own { Nav::Skp } else { Nav::Team })
}

/// The period of an address or form; the current quarter when none is said.
pub(super) fn wanted(staff: &Staff, form: &FormData) -> Result<Period, PageError> {
    match form.has("periode") {
        true => periods::parse_period(form.raw("periode")),
        false => Ok(Period::quarter_of(staff.today())),
    }
}

pub(super) async fn load(tx: &mut Tx, staff: &Staff, id: SkpId, period: Period) -> Result<Loaded, PageError> {
    let actor = staff.actor();
    let (skp, _) = feedback::access::view(tx, actor, id).await?;
    let facts = skp::access::facts_of(tx, &skp, Kind::Feedback).await?;
    let given = feedback::queries::of_period(tx, skp.id, skp.year, period).await?;
    let rhks = given.rhks.iter().flat_map(|(_, rows)| rows);
    let values = given.values.iter().flat_map(|(_, rows)| rows);
    let mut people: Vec<PersonId> = rhks.chain(values).map(|r| r.giver_id).collect();
    people.push(skp.person_id);
    people.sort();
    people.dedup();
    let rows = org::queries::employees_by_id(tx, skp.agency_id, &people).await?;
    Ok(Loaded {
        rhks: skp::queries::rhks(tx, skp.id).await?,
        is_locked: journal::queries::is_locked(tx, skp.id, skp.year, period).await?,
        names: rows.into_iter().map(|p| (p.id, p.full_name)).collect(),
        is_own: actor.person == Some(skp.person_id),
        may_rate: decide(actor, Action::Rate, &facts).permit().is_ok(),
        period,
        given,
        skp,
    })
}

/// What a remark is about, as far as an address or form says.
pub(super) fn topic(form: &FormData) -> Option<Topic> {
    match form.has("rhk") {
        true => form.id("rhk").map(Topic::Rhk),
        false => form.int("nilai").and_then(feedback::model::value).map(Topic::Value),
    }
}

pub(super) fn build(frame: &Frame, loaded: &Loaded, sent: &str) -> ListPage {
    let t = frame.t;
    let skp = &loaded.skp;
    let period = periods::period_year(t, skp.year, loaded.period);
    let name = if loaded.is_own {
        t.feedback_you()
    } else {
        loaded.owner()
    };
    let count = i64::try_from(loaded.given.count()).unwrap_or(i64::MAX);
    let title = match count {
        0 => t.feedback_title_none(name, &period),
        n => t.feedback_title(n, name, &period),
    };
    let state = loaded.closed(frame);
    let base = loaded.href(loaded.period);
    let can_give = loaded.may_rate && state.is_none();
    let rhks = loaded.rhks.iter().enumerate().map(|(at, rhk)| TopicCard {
        no: at + 1,
        title: rhk.text.clone(),
        remarks: remarks(frame, loaded, loaded.given.of_rhk(rhk.id)),
        give: can_give.then(|| format!("{base}&rhk={}", rhk.id)),
    });
    let values = berakhlak::Value::ALL.iter().map(|&value| TopicCard {
        no: usize::from(value.number()),
        title: value.label().to_owned(),
        remarks: remarks(frame, loaded, loaded.given.of_value(value)),
        give: can_give.then(|| format!("{base}&nilai={}", value.number())),
    });
    ListPage {
        shell: frame.shell(title),
        t,
        notice: saved_at(loaded, sent).map(|at| t.feedback_sent(frame.time(at))),
        back: (
            periods::period_href(skp.id, skp.year, loaded.period),
            t.feedback_to_period(&period),
        ),
        state: state.filter(|_| loaded.may_rate),
        chips: quarters(t, loaded.period, |p| loaded.href(p)),
        groups: vec![
            (t.feedback_by_rhk(), rhks.collect()),
            (t.feedback_by_value(), values.collect()),
        ],
    }
}

/// When the remark that was just sent was saved.
fn saved_at(loaded: &Loaded, sent: &str) -> Option<Instant> {
    let id: kernel::FeedbackId = sent.parse().ok()?;
    let rhks = loaded.given.rhks.iter().flat_map(|(_, rows)| rows);
    let values = loaded.given.values.iter().flat_map(|(_, rows)| rows);
    rhks.chain(values).find(|r| r.id == id).map(|r| r.created_at)
}

fn remarks(frame: &Frame, loaded: &Loaded, rows: &[FeedbackRow]) -> Vec<Remark> {
    let t = frame.t;
    let one = |row: &FeedbackRow| {
        let name = loaded.names.get(&row.giver_id).map_or(t.none(), String::as_str);
        Remark {
            tag: words::tone(t, row.tone),
            by: t.feedback_by(name, words::role(t, row.giver_role), frame.moment(row.created_at)),
            text: row.text.clone(),
        }
    };
    rows.iter().map(one).collect()
}
