//! The list of accounts.

use access::queries::{AccountFilter, AccountLine, accounts};
use askama::Template;
use axum::extract::State;
use documents::{Kind as Col, Sheet, Value};
use i18n::Texts;
use kernel::{AccountId, Code, Cursor};
use policy::{Kind, Role};

use super::words::{self, spreadsheet};
use crate::shared::words::Tag;
use crate::shared::{
    AppState, Choice, Field, FieldKind, FormData, Nav, PageError, PageResult, Problems, QueryData, Shell, Staff, page,
};

struct Row {
    id: AccountId,
    label: String,
    email: String,
    unit: String,
    state: Tag,
    factor: &'static str,
}

#[derive(Template)]
#[template(path = "admin/accounts.html")]
struct AccountsView {
    shell: Shell,
    t: Texts,
    crumbs: Vec<(String, String)>,
    filters: Vec<Field>,
    rows: Vec<Row>,
    shown: i64,
    next: Option<String>,
    is_first: bool,
    may_create: bool,
    export: String,
}

fn filter(query: &FormData) -> AccountFilter {
    let name: String = query.raw("cari").chars().take(100).collect();
    AccountFilter {
        name: Some(name).filter(|n| !n.trim().is_empty()),
        disabled: match query.raw("status") {
            "aktif" => Some(false),
            "nonaktif" => Some(true),
            _ => None,
        },
        role: Role::from_code(query.raw("peran")).ok(),
    }
}

/// `GET /kelola/akun`
pub(super) async fn list(staff: Staff, State(app): State<AppState>, QueryData(query): QueryData) -> PageResult {
    super::enter(&staff)?;
    let scope = policy::scope(staff.actor(), Kind::Account);
    let after = Cursor::decode(query.raw("setelah"));
    let filter = filter(&query);
    let found = db::read!(app.db, async |tx| accounts(tx, &scope, &filter, after.as_ref()).await)?;
    let may_create = [Role::AgencyAdmin, Role::UnitAdmin]
        .into_iter()
        .any(|role| staff.actor().holds_anywhere(role));
    page(&view(
        staff.t,
        Shell::staff(&staff, Nav::Admin, staff.t.admin_accounts()),
        &query,
        found.rows,
        found.next,
        after.is_none(),
        may_create,
    ))
}

fn link(query: &FormData, cursor: &str) -> String {
    let mut address = form_urlencoded::Serializer::new(String::new());
    for name in ["cari", "status", "peran"] {
        if !query.raw(name).is_empty() {
            address.append_pair(name, query.raw(name));
        }
    }
    if !cursor.is_empty() {
        address.append_pair("setelah", cursor);
    }
    address.finish()
}

fn view(
    t: Texts,
    shell: Shell,
    query: &FormData,
    rows: Vec<AccountLine>,
    next: Option<Cursor>,
    is_first: bool,
    may_create: bool,
) -> AccountsView {
    let nothing = Problems::none();
    let states = vec![
        Choice::new("", t.admin_any()),
        Choice::new("aktif", t.admin_account_active()),
        Choice::new("nonaktif", t.admin_account_disabled()),
    ];
    let roles = std::iter::once(Choice::new("", t.admin_any()))
        .chain(
            Role::ALL
                .iter()
                .map(|r| Choice::new(r.code(), crate::shared::words::role(t, *r))),
        )
        .collect();
    AccountsView {
        shell,
        t,
        crumbs: vec![("/kelola".to_owned(), t.nav_admin().to_owned())],
        filters: vec![
            Field::new(t, "cari", t.admin_account_search(), FieldKind::Line("search"))
                .optional()
                .max(100)
                .from(query, &nothing),
            Field::new(t, "status", t.admin_account_state(), FieldKind::Select(states))
                .optional()
                .from(query, &nothing),
            Field::new(t, "peran", t.admin_account_role(), FieldKind::Select(roles))
                .optional()
                .from(query, &nothing),
        ],
        shown: i64::try_from(rows.len()).unwrap_or(i64::MAX),
        rows: rows.into_iter().map(|line| row(t, line)).collect(),
        next: next.map(|cursor| format!("/kelola/akun?{}", link(query, &cursor.encode()))),
        is_first,
        may_create,
        export: format!("/kelola/akun/daftar.xlsx?{}", link(query, "")),
    }
}

fn row(t: Texts, line: AccountLine) -> Row {
    Row {
        id: line.id,
        label: line.label,
        email: line.email.unwrap_or_default(),
        unit: line.unit.unwrap_or_default(),
        state: words::account_state(t, line.disabled_at.is_some(), line.must_change),
        factor: if line.has_totp { t.yes() } else { t.no() },
    }
}

/// Most pages of the list that go into a file; more is what the directory's own export is for.
const MOST_PAGES: usize = 200;

/// `GET /kelola/akun/daftar.xlsx`: the list that the page shows, without its pages.
pub(super) async fn export(staff: Staff, State(app): State<AppState>, QueryData(query): QueryData) -> PageResult {
    super::enter(&staff)?;
    let t = staff.t;
    let scope = policy::scope(staff.actor(), Kind::Account);
    let filter = filter(&query);
    let lines = db::read!(app.db, async |tx| {
        let mut lines = Vec::new();
        let mut after = None;
        for _ in 0..MOST_PAGES {
            let found = accounts(tx, &scope, &filter, after.as_ref()).await?;
            lines.extend(found.rows);
            after = found.next;
            if after.is_none() {
                break;
            }
        }
        Ok::<_, PageError>(lines)
    })?;
    let today = staff.today();
    let filters = t.admin_export_filters(
        filter.name.as_deref().unwrap_or("–"),
        match filter.disabled {
            None => t.admin_any(),
            Some(false) => t.admin_account_active(),
            Some(true) => t.admin_account_disabled(),
        },
        filter
            .role
            .map_or(t.admin_any(), |role| crate::shared::words::role(t, role)),
    );
    let made = t.org_export_made(words::moment(&staff, staff.now), &staff.session.agency.name);
    let bytes = tokio::task::spawn_blocking(move || {
        let cells = lines.into_iter().map(|line| {
            let row = row(t, line);
            vec![
                Value::text(row.label),
                Value::text(row.email),
                Value::text(row.unit),
                Value::text(row.state.label),
                Value::text(row.factor),
            ]
        });
        Sheet::new(t.admin_accounts(), t.admin_accounts(), today)
            .note(filters)
            .note(made)
            .column(t.account_name(), 36, Col::Text)
            .column(t.account_email(), 36, Col::Text)
            .column(t.account_unit(), 40, Col::Text)
            .column(t.admin_account_state(), 28, Col::Text)
            .column(t.account_factor(), 16, Col::Text)
            .write(cells)
    })
    .await
    .map_err(|e| PageError::internal(&e))?
    .map_err(|e| PageError::internal(&e))?;
    Ok(spreadsheet(bytes, "attachment; filename=\"akun.xlsx\""))
}

#[cfg(test)]
pub(super) mod samples {
    use super::*;
    use kernel::Id;

    /// Full, and empty.
    pub(crate) fn all(t: Texts) -> Vec<String> {
        let line = AccountLine {
            id: Id::from_uuid(uuid::Uuid::from_u128(1)),
            label: "<script>alert(1)</script>".into(),
            label_folded: "x".into(),
            email: None,
            unit: Some("Dinas & lainnya".into()),
            must_change: true,
            has_totp: false,
            disabled_at: None,
        };
        let query = FormData::from_pairs([("cari", "\"><script>")]);
        let next = Cursor {
            key: "a".into(),
            id: uuid::Uuid::nil(),
        };
        let view = |rows, next| view(t, Shell::sample(t, t.admin_accounts()), &query, rows, next, false, true);
        [view(vec![line], Some(next)), view(Vec::new(), None)]
            .iter()
            .map(|page| page.render().expect("renders"))
            .collect()
    }
}
