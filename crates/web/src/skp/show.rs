//! A whole plan on one page: what it says, where it is, what may be done now.

use askama::Template;
use axum::extract::{Path, State};
use db::Tx;
use http::StatusCode;
use i18n::Texts;
use kernel::{Period, PersonId, SkpId, Zone};
use policy::Action;
use skp::model::{Plan, REMARK_MAX, check};
use skp::{Detail, Status};

use super::edit::{id as parse, open};
use super::findings::{self, FindingLine};
use super::view::{self, AnnexList, Group, HistoryLine, PartyView, People, Reader, ValueCard};
use super::words;
use crate::shared::words::{Tag, skp_status};
use crate::shared::{
    AppState, Field, FormData, Nav, PageError, PageResult, Problems, QueryData, Shell, Staff, page_with_status,
};

/// What the reader may do with the plan in its present state.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Can {
    pub(super) edit: bool,
    pub(super) withdraw: bool,
    pub(super) decide: bool,
    pub(super) expect: bool,
    pub(super) close: bool,
}

impl Can {
    /// `role` is the reason of the permit to see it.
    pub(super) fn of(role: &str, status: Status) -> Self {
        let owner = role == "owner";
        let superior = role == "superior";
        Self {
            edit: owner && status.is_editable(),
            withdraw: owner && status == Status::Diajukan,
            decide: superior && status == Status::Diajukan,
            expect: (owner && status.is_editable()) || (superior && status.takes_expectations()),
            close: superior && status == Status::Disetujui,
        }
    }
}

/// The remark with which it was last returned.
#[derive(Debug, Clone)]
pub(super) struct Remark {
    pub(super) heading: String,
    pub(super) text: String,
    pub(super) at: String,
}

/// A whole plan.
#[derive(Template)]
#[template(path = "skp/show.html")]
pub(super) struct ShowPage {
    pub(super) shell: Shell,
    pub(super) t: Texts,
    pub(super) problems: Vec<(&'static str, String)>,
    pub(super) notice: Option<&'static str>,
    pub(super) warning: Option<&'static str>,
    pub(super) id: SkpId,
    pub(super) version: i64,
    pub(super) back: (&'static str, &'static str),
    pub(super) crumb: String,
    pub(super) tag: Tag,
    pub(super) holds: String,
    pub(super) remark: Option<Remark>,
    pub(super) can: Can,
    pub(super) after_submit: String,
    pub(super) after_approve: String,
    pub(super) remark_field: Field,
    pub(super) parties: Vec<PartyView>,
    pub(super) approach: String,
    pub(super) period: String,
    pub(super) class_heading: &'static str,
    pub(super) groups: Vec<Group>,
    pub(super) values: Vec<ValueCard>,
    pub(super) annex: Vec<AnnexList>,
    pub(super) history: Vec<HistoryLine>,
    /// The period page of the quarter that runs, once there is work to record.
    pub(super) work: Option<String>,
    pub(super) blocking_lead: String,
    pub(super) blocking: Vec<FindingLine>,
    pub(super) hints: Vec<FindingLine>,
}

/// Everything that the page reads, of one moment.
pub(super) struct Loaded {
    pub(super) detail: Detail,
    pub(super) role: &'static str,
    pub(super) people: People,
    /// Who decides: the assessor, and while it is drafted the superior of today.
    pub(super) superior: Option<PersonId>,
    pub(super) min_utama: usize,
}

/// What an action adds to the page.
#[derive(Default)]
pub(super) struct Said {
    pub(super) notice: Option<&'static str>,
    pub(super) warning: Option<&'static str>,
    pub(super) problems: Problems,
    pub(super) form: FormData,
}

/// `GET /skp/{id}`
pub(super) async fn show(
    staff: Staff,
    State(app): State<AppState>,
    Path(id): Path<String>,
    QueryData(query): QueryData,
) -> PageResult {
    let said = Said {
        notice: notice(staff.t, query.raw("pesan")),
        ..Said::default()
    };
    again(&app, &staff, parse(&id)?, StatusCode::OK, said).await
}

/// The page as it stands now, with what an action has to say.
pub(super) async fn again(app: &AppState, staff: &Staff, id: SkpId, status: StatusCode, said: Said) -> PageResult {
    let loaded = db::read!(app.db, async |tx| load(tx, staff, id).await)?;
    page_with_status(status, &build(&Reader::of(staff), &loaded, said))
}

async fn load(tx: &mut Tx, staff: &Staff, id: SkpId) -> Result<Loaded, PageError> {
    let (detail, permit) = open(tx, staff, Action::View, id).await?;
    let skp = &detail.skp;
    let today = staff.today();
    let (superior, min_utama) = if skp.status.is_editable() {
        let superior = skp::queries::superior_today(tx, skp.agency_id, skp.person_id, today).await?;
        let min = skp::queries::min_utama(tx, skp.agency_id, today).await?;
        (superior, min)
    } else {
        (skp.assessor_id, 1)
    };
    let wanted = People::wanted(&detail, superior);
    let people = People::new(org::queries::employees_by_id(tx, skp.agency_id, &wanted).await?);
    Ok(Loaded {
        role: permit.reason(),
        detail,
        people,
        superior,
        min_utama,
    })
}

/// `Anda`, or the name of the one whose plan it is.
pub(super) fn whose(t: Texts, role: &str, name: &str) -> String {
    match role {
        "owner" => t.skp_you().to_owned(),
        _ => t.skp_whose(name),
    }
}

pub(super) fn build(reader: &Reader<'_>, loaded: &Loaded, said: Said) -> ShowPage {
    let t = reader.t;
    let zone = reader.zone;
    let Loaded {
        detail,
        role,
        people,
        superior,
        ..
    } = loaded;
    let skp = &detail.skp;
    let can = Can::of(role, skp.status);
    let owner = people.name(Some(skp.person_id)).unwrap_or_default();
    let assessor = people.name(*superior);
    let title = words::title(t, skp.status, skp.year, &whose(t, role, owner));
    let (blocking, hints) = if can.edit { to_do(t, loaded) } else { Default::default() };
    let (nav, back) = match *role {
        "owner" => (Nav::Skp, ("/skp", t.nav_skp())),
        "superior" | "superior-above" => (Nav::Team, ("/tim", t.nav_team())),
        _ => (Nav::Other, ("/skp/daftar", t.skp_register_caption())),
    };
    ShowPage {
        shell: reader.shell(nav, title).problems(!said.problems.is_empty()),
        t,
        problems: said.problems.all(t),
        notice: said.notice,
        warning: said.warning,
        id: skp.id,
        version: skp.version,
        back,
        crumb: t.skp_number(skp.year),
        tag: skp_status(t, Some(skp.status)),
        holds: holds(t, detail, owner, assessor, zone),
        remark: detail.open_remark().map(|event| Remark {
            heading: t.skp_returned_heading(people.name(event.person_id).unwrap_or(t.skp_event_system())),
            text: event.remark.clone(),
            at: t.moment(event.at, zone),
        }),
        can,
        after_submit: assessor.map_or_else(
            || t.skp_submit_after_nobody().to_owned(),
            |name| t.skp_submit_after(name),
        ),
        after_approve: t.skp_approve_after(owner),
        remark_field: remark_field(t, &said.form, &said.problems),
        parties: view::parties(t, detail, people, *superior),
        approach: format!("{}, {}", words::approach(t, skp.approach), words::family(t, skp.family)),
        period: words::period(t, skp),
        class_heading: view::class_heading(t, detail),
        groups: view::groups(t, detail),
        values: view::values(detail),
        annex: view::annex(t, detail),
        history: view::history(t, detail, people, zone),
        work: work(detail, reader.today()),
        blocking_lead: t.skp_findings_blocking(i64::try_from(blocking.len()).unwrap_or(i64::MAX)),
        blocking,
        hints,
    }
}

/// Where the work of the quarter that runs is recorded; for a plan of another year, of its last quarter.
fn work(detail: &Detail, today: jiff::civil::Date) -> Option<String> {
    let plan = &detail.skp;
    let day = today.max(plan.period_start).min(plan.period_end);
    let period = Period::quarter_of(day);
    plan.status
        .carries_work()
        .then(|| crate::journal::words::period_href(plan.id, plan.year, period))
}

fn remark_field(t: Texts, form: &FormData, problems: &Problems) -> Field {
    Field::paragraph(t, "catatan", t.skp_remark())
        .hint(t.skp_remark_hint())
        .max(REMARK_MAX)
        .from(form, problems)
}

/// Who has it since when, and what comes next.
fn holds(t: Texts, detail: &Detail, owner: &str, assessor: Option<&str>, zone: Zone) -> String {
    let skp = &detail.skp;
    let since = detail.last_event().map_or(skp.created_at, |event| event.at);
    let holder = match skp.status {
        Status::Diajukan => assessor.unwrap_or(t.skp_assessor_none()),
        Status::Draf | Status::Dikembalikan | Status::Disetujui | Status::Ditutup => owner,
    };
    words::next(t, skp.status, holder, &words::day(t, since, zone))
}

/// What must be put right before it is handed in, and what could be better.
fn to_do(t: Texts, loaded: &Loaded) -> (Vec<FindingLine>, Vec<FindingLine>) {
    let plan = Plan {
        min_utama: loaded.min_utama,
        has_superior: loaded.superior.is_some(),
        ..loaded.detail.plan()
    };
    let (blocking, hints): (Vec<_>, Vec<_>) = check(&plan).into_iter().partition(|f| f.blocks());
    let lines = |found: Vec<_>| {
        found
            .into_iter()
            .map(|f| findings::line(t, &loaded.detail, f))
            .collect()
    };
    (lines(blocking), lines(hints))
}

fn notice(t: Texts, code: &str) -> Option<&'static str> {
    Some(match code {
        "dibuat" => t.skp_said_created(),
        "tersimpan" => t.skp_said_saved(),
        "dihapus" => t.skp_said_removed(),
        "diajukan" => t.skp_said_submitted(),
        "ditarik" => t.skp_said_withdrawn(),
        "disetujui" => t.skp_said_approved(),
        "dikembalikan" => t.skp_said_returned(),
        "ditutup" => t.skp_said_closed(),
        "terkunci" => t.skp_said_locked(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use kernel::Code;

    use super::*;

    #[test]
    fn nobody_but_owner_and_superior_may_act_and_only_where_the_state_allows() {
        for &status in Status::ALL {
            for role in ["superior-above", "unit-head", "admin", "auditor", "agency-head"] {
                let can = Can::of(role, status);
                assert!(
                    !can.edit && !can.withdraw && !can.decide && !can.expect && !can.close,
                    "{role}"
                );
            }
            assert_eq!(Can::of("owner", status).edit, status.is_editable());
            assert!(!Can::of("owner", status).decide);
            assert_eq!(Can::of("superior", status).decide, status == Status::Diajukan);
        }
    }
}
