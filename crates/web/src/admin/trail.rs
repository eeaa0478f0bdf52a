//! The trail of changes as sentences, and whether it is whole.

use std::collections::HashMap;

use askama::Template;
use audit::{Bounds, Problem, Report, TrailEntry};
use axum::extract::State;
use i18n::Texts;
use kernel::{AccountId, Code, Id};
use policy::{Action, Kind};
use uuid::Uuid;

use super::trail_words;
use super::words::moment;
use crate::shared::{AppState, Nav, PageError, PageResult, QueryData, Shell, Staff, page};

struct Line {
    when: String,
    who: String,
    what: String,
    permit: &'static str,
    about: &'static str,
    subject: String,
    href: Option<String>,
    details: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "admin/trail.html")]
struct TrailView {
    shell: Shell,
    t: Texts,
    crumbs: Vec<(String, String)>,
    lines: Vec<Line>,
    next: Option<String>,
    is_first: bool,
    one_subject: bool,
    cut: bool,
}

/// `GET /kelola/jejak`: the latest changes; with `?perihal=` those to one thing.
pub(super) async fn show(staff: Staff, State(app): State<AppState>, QueryData(query): QueryData) -> PageResult {
    super::agency(&staff, Action::View)?;
    let agency = staff.session.agency.id;
    let subject: Option<Uuid> = match query.raw("perihal") {
        "" => None,
        text => Some(Uuid::parse_str(text).map_err(|_| PageError::NotFound)?),
    };
    let from = Bounds::decode(query.raw("sampai"));
    let is_first = from.is_none();
    let (entries, next, cut, names) = db::read!(app.db, async |tx| {
        let (entries, next, cut) = if let Some(subject) = subject {
            let (entries, more) = audit::of_subject(tx, agency, subject).await?;
            (entries, None, more)
        } else {
            let page = audit::latest(tx, agency, from.clone()).await?;
            (page.entries, page.next, false)
        };
        let mut accounts: Vec<AccountId> = entries.iter().filter_map(|e| e.actor).map(Id::from_uuid).collect();
        let is_account = |e: &&TrailEntry| e.kind == Kind::Account.code();
        accounts.extend(
            entries
                .iter()
                .filter(is_account)
                .map(|e| AccountId::from_uuid(e.subject)),
        );
        accounts.sort_unstable();
        accounts.dedup();
        let names = access::queries::labels(tx, agency, &accounts).await?;
        Ok::<_, PageError>((entries, next, cut, names))
    })?;
    let t = staff.t;
    let names: HashMap<Uuid, String> = names.into_iter().map(|(id, label)| (id.uuid(), label)).collect();
    page(&TrailView {
        shell: Shell::staff(&staff, Nav::Admin, t.admin_trail()),
        t,
        crumbs: vec![("/kelola".to_owned(), t.nav_admin().to_owned())],
        lines: entries
            .iter()
            .map(|e| line(t, e, &names, moment(&staff, e.at)))
            .collect(),
        next: next.map(|bounds| format!("/kelola/jejak?sampai={}", bounds.encode())),
        is_first,
        one_subject: subject.is_some(),
        cut,
    })
}

fn line(t: Texts, entry: &TrailEntry, names: &HashMap<Uuid, String>, when: String) -> Line {
    let kind = Kind::from_code(&entry.kind).ok();
    let id = entry.subject;
    let href = kind.and_then(|kind| match kind {
        Kind::Person => Some(format!("/pegawai/{id}")),
        Kind::Unit => Some(format!("/unit/{id}")),
        Kind::Account => Some(format!("/kelola/akun/{id}")),
        Kind::Service => Some(format!("/layanan/{id}")),
        Kind::Agency | Kind::Skp | Kind::Journal | Kind::Feedback | Kind::Evaluation | Kind::Achievement => None,
    });
    let who = entry.actor.and_then(|a| names.get(&a).cloned());
    Line {
        when,
        who: who.unwrap_or_else(|| t.trail_system().to_owned()),
        what: trail_words::verb(t, &entry.verb),
        permit: trail_words::permit(t, &entry.permit),
        about: kind.map_or(t.trail_thing(), |kind| trail_words::kind(t, kind)),
        subject: names.get(&id).cloned().unwrap_or_default(),
        href,
        details: trail_words::details(&entry.detail),
    }
}

#[derive(Template)]
#[template(path = "admin/trail_check.html")]
struct CheckView {
    shell: Shell,
    t: Texts,
    crumbs: Vec<(String, String)>,
    entries: String,
    problems_found: Vec<String>,
    heads: Vec<(i64, String, String)>,
}

/// `GET /kelola/jejak/periksa`: reads the whole trail and says whether it is as it was written.
pub(super) async fn check(staff: Staff, State(app): State<AppState>) -> PageResult {
    super::agency(&staff, Action::View)?;
    let report = audit::verify(&app.db, staff.session.agency.id).await?;
    let t = staff.t;
    let title = check_title(t, &report);
    page(&check_view(t, Shell::staff(&staff, Nav::Admin, title), report))
}

fn check_title(t: Texts, report: &Report) -> &'static str {
    if report.problems.is_empty() {
        t.admin_trail_whole()
    } else {
        t.admin_trail_broken()
    }
}

/// Problems shown; more are not read anyway.
const MOST_PROBLEMS: usize = 200;

fn check_view(t: Texts, shell: Shell, report: Report) -> CheckView {
    let problem = |problem: &Problem| match problem {
        Problem::Edited { chain, seq } => t.admin_trail_edited(*chain, *seq),
        Problem::Gap { chain, seq } => t.admin_trail_gap(*chain, *seq),
        Problem::Broken { chain, seq } => t.admin_trail_link(*chain, *seq),
        Problem::End { chain, found, expected } => t.admin_trail_end(*chain, *found, *expected),
    };
    CheckView {
        shell,
        t,
        crumbs: vec![
            ("/kelola".to_owned(), t.nav_admin().to_owned()),
            ("/kelola/jejak".to_owned(), t.admin_trail().to_owned()),
        ],
        entries: t.admin_trail_read(t.number(i64::try_from(report.entries).unwrap_or(i64::MAX))),
        problems_found: report.problems.iter().take(MOST_PROBLEMS).map(problem).collect(),
        heads: report
            .heads
            .into_iter()
            .map(|h| (h.chain, t.number(h.seq), h.hash))
            .collect(),
    }
}

#[cfg(test)]
pub(super) mod samples {
    use super::*;

    /// The trail with hostile texts and empty; the check with and without problems.
    pub(crate) fn all(t: Texts) -> Vec<String> {
        let entry = |verb: &str, kind: Kind, detail: &str| TrailEntry {
            chain: 3,
            seq: 4,
            at: kernel::Instant::from_micros(0),
            actor: Some(Uuid::from_u128(1)),
            permit: "admin".into(),
            verb: verb.into(),
            kind: kind.code().into(),
            subject: Uuid::from_u128(2),
            detail: detail.into(),
        };
        let names = HashMap::from([(Uuid::from_u128(1), "<script>alert(1)</script>".to_owned())]);
        let lines = [
            entry("skp.approve", Kind::Skp, "{}"),
            entry(
                "new.verb<b>",
                Kind::Account,
                "{\"before\":\"<b>\",\"after\":[1,{\"x\":2}]}",
            ),
            entry("unit.rename", Kind::Unit, "not json"),
        ]
        .iter()
        .map(|e| line(t, e, &names, "22 November".into()))
        .collect();
        let trail = |lines, next| TrailView {
            shell: Shell::sample(t, t.admin_trail()),
            t,
            crumbs: Vec::new(),
            lines,
            next,
            is_first: false,
            one_subject: true,
            cut: true,
        };
        let whole = Report::default();
        let broken = Report {
            entries: 9,
            problems: vec![
                Problem::Edited { chain: 1, seq: 2 },
                Problem::Gap { chain: 1, seq: 2 },
                Problem::Broken { chain: 1, seq: 2 },
                Problem::End {
                    chain: 1,
                    found: 2,
                    expected: 3,
                },
            ],
            heads: vec![audit::Head {
                chain: 1,
                seq: 2,
                hash: "ab".repeat(32),
            }],
        };
        let check = |report: Report| check_view(t, Shell::sample(t, check_title(t, &report)), report);
        vec![
            trail(lines, Some("/kelola/jejak?sampai=1".into())).render(),
            trail(Vec::new(), None).render(),
            check(whole).render(),
            check(broken).render(),
        ]
        .into_iter()
        .map(|page| page.expect("renders"))
        .collect()
    }
}
