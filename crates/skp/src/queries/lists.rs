use db::{Result, Sql, Tx, args, sql};
use kernel::{AgencyId, Cursor, Page, PersonId, RhkId};
use org::access::{ScopeColumns, push_scope};
use policy::Scope;

use super::Candidate;
use crate::model::Status;
use crate::store::SkpRow;

const COLUMNS: ScopeColumns = org::scope_columns!(
    "s.agency_id",
    "s.unit_path",
    "s.person_id",
    "s.assessor_id",
    "(SELECT a.superior_id FROM employee a WHERE a.person_id = s.assessor_id)"
);

/// How a list of SKPs is narrowed.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter {
    /// Calendar year.
    pub year: Option<i16>,
    /// State.
    pub status: Option<Status>,
}

/// How many SKPs stand in each state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Being written.
    pub draf: i64,
    /// Waiting for the superior.
    pub diajukan: i64,
    /// Returned.
    pub dikembalikan: i64,
    /// Approved.
    pub disetujui: i64,
    /// Ended.
    pub ditutup: i64,
}

impl Counts {
    /// Counts the rows of a list.
    pub fn of<'a>(rows: impl IntoIterator<Item = &'a SkpRow>) -> Self {
        let mut counts = Self::default();
        for row in rows {
            *counts.of_status(row.status) += 1;
        }
        counts
    }

    fn of_status(&mut self, status: Status) -> &mut i64 {
        match status {
            Status::Draf => &mut self.draf,
            Status::Diajukan => &mut self.diajukan,
            Status::Dikembalikan => &mut self.dikembalikan,
            Status::Disetujui => &mut self.disetujui,
            Status::Ditutup => &mut self.ditutup,
        }
    }

    /// All together.
    pub fn total(&self) -> i64 {
        self.draf + self.diajukan + self.dikembalikan + self.disetujui + self.ditutup
    }
}

/// What the list is sorted by, before the identifier: place in the tree.
pub const SORT_KEY: fn(&SkpRow) -> &str = |skp| &skp.unit_path;

/// SKPs of a person, latest first.
pub async fn of_person(tx: &mut Tx, person: PersonId) -> Result<Vec<SkpRow>> {
    tx.all(
        sql!(
            "SELECT id, agency_id, person_id, assessor_id, unit_id, unit_path, position_id, is_head, year, \
             period_start, period_end, approach, family, status, version, created_at, changed_at, submitted_at, \
             decided_at FROM skp WHERE person_id = $1 ORDER BY year DESC, period_start DESC, id"
        ),
        args![person],
    )
    .await
}

/// SKPs of which somebody is the assessor, in one year: those that wait for a decision first, then by the time of the
/// last change.
pub async fn of_subordinates(tx: &mut Tx, superior: PersonId, year: i16) -> Result<Vec<SkpRow>> {
    let mut rows: Vec<SkpRow> = tx
        .all(
            sql!(
                "SELECT id, agency_id, person_id, assessor_id, unit_id, unit_path, position_id, is_head, year, \
                 period_start, period_end, approach, family, status, version, created_at, changed_at, submitted_at, \
                 decided_at FROM skp WHERE assessor_id = $1 AND year = $2 ORDER BY changed_at, id"
            ),
            args![superior, year],
        )
        .await?;
    rows.sort_by_key(|s| s.status != Status::Diajukan);
    Ok(rows)
}

/// The latest SKP of each of these people in one year, for lists that begin with people: who is missing has none.
pub async fn for_people(tx: &mut Tx, agency: AgencyId, year: i16, people: &[PersonId]) -> Result<Vec<SkpRow>> {
    let q = Sql::new(
        "SELECT s.id, s.agency_id, s.person_id, s.assessor_id, s.unit_id, s.unit_path, s.position_id, s.is_head, \
         s.year, s.period_start, s.period_end, s.approach, s.family, s.status, s.version, s.created_at, s.changed_at, \
         s.submitted_at, s.decided_at FROM skp s WHERE ",
    )
    .push_with("s.agency_id = {}", agency)
    .push_with(" AND s.year = {} AND ", year)
    .push_in("s.person_id", people.iter().copied())
    .push(" ORDER BY s.person_id, s.period_start DESC, s.id");
    let mut rows: Vec<SkpRow> = tx.all(q.text(), q.args()).await?;
    rows.dedup_by_key(|s| s.person_id);
    Ok(rows)
}

/// SKPs in scope by place in the tree, one page.
pub async fn list(
    tx: &mut Tx,
    scope: &Scope,
    filter: Filter,
    after: Option<&Cursor>,
    size: i64,
) -> Result<Page<SkpRow>> {
    let q = Sql::new(
        "SELECT s.id, s.agency_id, s.person_id, s.assessor_id, s.unit_id, s.unit_path, s.position_id, s.is_head, \
         s.year, s.period_start, s.period_end, s.approach, s.family, s.status, s.version, s.created_at, s.changed_at, \
         s.submitted_at, s.decided_at FROM skp s WHERE ",
    );
    let mut q = push_scope(q, scope, COLUMNS)
        .push_opt(" AND s.year = {}", filter.year)
        .push_opt(" AND s.status = {}", filter.status);
    if let Some(cursor) = after {
        q = q
            .push_with(" AND (s.unit_path > {} OR (s.unit_path = {}", cursor.key.as_str())
            .push_with(" AND s.id > {}))", cursor.id);
    }
    let q = q.push(" ORDER BY s.unit_path, s.id").push_with(" LIMIT {}", size + 1);
    let rows: Vec<SkpRow> = tx.all(q.text(), q.args()).await?;
    Ok(Page::cut(rows, size, |skp| Cursor {
        key: SORT_KEY(skp).to_owned(),
        id: skp.id.uuid(),
    }))
}

/// How many SKPs in scope stand in each state.
pub async fn counts(tx: &mut Tx, scope: &Scope, year: i16) -> Result<Counts> {
    let q = Sql::new("SELECT s.status, CAST(COUNT(*) AS BIGINT) FROM skp s WHERE ");
    let q = push_scope(q, scope, COLUMNS).push_with(" AND s.year = {} GROUP BY s.status", year);
    let rows: Vec<(Status, i64)> = tx.all(q.text(), q.args()).await?;
    let mut counts = Counts::default();
    for (status, count) in rows {
        *counts.of_status(status) = count;
    }
    Ok(counts)
}

/// The RHK of a superior that may be supported in a year: of every SKP that was handed in at least once. A plan need
/// not be approved, so that nobody below waits.
pub async fn candidates(tx: &mut Tx, agency: AgencyId, superior: PersonId, year: i16) -> Result<Vec<Candidate>> {
    let mut rows: Vec<Candidate> = tx
        .all(
            sql!(
                "SELECT r.id, r.kind, r.seq, r.text, s.status FROM skp s JOIN rhk r ON r.skp_id = s.id \
                 WHERE s.person_id = $1 AND s.year = $2 AND s.agency_id = $3 AND s.status <> $4 \
                 ORDER BY s.period_start DESC, r.seq, r.id"
            ),
            args![superior, year, agency, Status::Draf],
        )
        .await?;
    rows.sort_by_key(|c| c.kind);
    Ok(rows)
}

/// How many RHK of others support this one.
pub async fn supporters(tx: &mut Tx, rhk: RhkId) -> Result<i64> {
    let count: Option<i64> = tx
        .scalar(
            sql!("SELECT CAST(COUNT(*) AS BIGINT) FROM rhk WHERE parent_rhk_id = $1"),
            args![rhk],
        )
        .await?;
    Ok(count.unwrap_or(0))
}
