use db::{Result, Sql, Tx, args, from_row, sql};
use jiff::civil::Date;
use kernel::{AgencyId, Cursor, EvaluationId, Instant, Page, PageSize, Period, PersonId, SkpId, UnitId};
use org::access::{ScopeColumns, path_end, push_scope};
use policy::Scope;
use regulation::rating::{CapaianOrganisasi, Predikat};

use crate::model::Status;

/// One of the employee's own evaluations. Nothing of it is told before it is final.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MyEvaluation {
    /// Identifier.
    pub id: EvaluationId,
    /// The SKP.
    pub skp_id: SkpId,
    /// Calendar year.
    pub year: i16,
    /// Period.
    pub period: Period,
    /// How far it is.
    pub status: Status,
    /// The predikat, once it is final.
    pub predikat: Option<Predikat>,
    /// Pejabat penilai.
    pub assessor_name: String,
    /// When it was made final.
    pub finalised_at: Option<Instant>,
    /// When it was read.
    pub received_at: Option<Instant>,
    /// Last day for an objection.
    pub objection_until: Option<Date>,
}
from_row!(MyEvaluation {
    id,
    skp_id,
    year,
    period,
    status,
    predikat,
    assessor_name,
    finalised_at,
    received_at,
    objection_until
});

/// The evaluations of a person, latest first; one statement.
pub async fn of_person(tx: &mut Tx, agency: AgencyId, person: PersonId) -> Result<Vec<MyEvaluation>> {
    let mut rows: Vec<MyEvaluation> = tx
        .all(
            sql!(
                "SELECT e.id, e.skp_id, e.year, e.period, e.status, e.predikat, COALESCE(a.full_name, ''), \
                 e.finalised_at, e.received_at, e.objection_until FROM evaluation e \
                 LEFT JOIN employee a ON a.person_id = e.assessor_id WHERE e.person_id = $1 AND e.agency_id = $2 \
                 ORDER BY e.year DESC, e.period DESC, e.id"
            ),
            args![person, agency],
        )
        .await?;
    for row in rows.iter_mut().filter(|row| row.status.is_open()) {
        row.status = Status::BelumDinilai;
        row.predikat = None;
    }
    Ok(rows)
}

/// A subordinate in the assessor's list of a period: how complete everything is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subordinate {
    /// The SKP.
    pub skp_id: SkpId,
    /// Who.
    pub person_id: PersonId,
    /// Name with titles.
    pub name: String,
    /// Position.
    pub position_title: String,
    /// Heads a unit.
    pub is_head: bool,
    /// State of the SKP.
    pub skp_status: skp::Status,
    /// Indicators whose value the employee writes.
    pub indicators: i64,
    /// Of these, with a value in the period.
    pub realised: i64,
    /// Pieces of evidence in the period.
    pub evidence: i64,
    /// Remarks of continuous feedback in the period.
    pub feedback: i64,
    /// The evaluation, once opened.
    pub evaluation: Option<EvaluationId>,
    /// How far it is; none before it is opened.
    pub status: Option<Status>,
    /// The predikat, provisional until final.
    pub predikat: Option<Predikat>,
    /// For the forms of the list.
    pub version: Option<i64>,
}
from_row!(Subordinate {
    skp_id,
    person_id,
    name,
    position_title,
    is_head,
    skp_status,
    indicators,
    realised,
    evidence,
    feedback,
    evaluation,
    status,
    predikat,
    version
});

impl Subordinate {
    /// True when every value that the employee writes is there.
    pub fn is_realised(&self) -> bool {
        self.realised >= self.indicators
    }

    /// True when the SKP was approved, without which nothing can be rated.
    pub fn is_approved(&self) -> bool {
        self.skp_status.carries_work()
    }
}

/// The SKPs that an assessor rates in a period, by name; one statement. Whoever has no SKP at all is told by
/// [`org::queries::subordinates`].
pub async fn subordinates(
    tx: &mut Tx,
    agency: AgencyId,
    assessor: PersonId,
    (year, period): (i16, Period),
) -> Result<Vec<Subordinate>> {
    tx.all(
        sql!(
            "SELECT s.id, s.person_id, p.full_name, p.position_title, s.is_head, s.status, \
             (SELECT CAST(COUNT(*) AS BIGINT) FROM iki i JOIN rhk r ON r.id = i.rhk_id \
              WHERE r.skp_id = s.id AND i.source = $1), \
             (SELECT CAST(COUNT(*) AS BIGINT) FROM realisation v WHERE v.skp_id = s.id AND v.year = $2 \
              AND v.period = $3), \
             (SELECT CAST(COUNT(*) AS BIGINT) FROM evidence d WHERE d.skp_id = s.id AND d.year = $2 \
              AND d.period = $3), \
             (SELECT CAST(COUNT(*) AS BIGINT) FROM feedback f WHERE f.skp_id = s.id AND f.year = $2 \
              AND f.period = $3), \
             e.id, e.status, e.predikat, e.version FROM skp s JOIN employee p ON p.person_id = s.person_id \
             LEFT JOIN evaluation e ON e.agency_id = s.agency_id AND e.skp_id = s.id AND e.year = $2 \
             AND e.period = $3 WHERE s.assessor_id = $4 AND s.year = $2 AND s.agency_id = $5 \
             ORDER BY p.name_folded, s.id"
        ),
        args![skp::model::Source::Manual, year, period, assessor, agency],
    )
    .await
}

/// How a list of evaluations is narrowed.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Calendar year.
    pub year: Option<i16>,
    /// Period.
    pub period: Option<Period>,
    /// State.
    pub status: Option<Status>,
    /// Only this unit and those below it (its path).
    pub unit_path: Option<String>,
    /// Where the page begins: name folded and identifier of the evaluation.
    pub after: Option<Cursor>,
}

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListRow {
    /// Identifier.
    pub id: EvaluationId,
    /// Who.
    pub person_id: PersonId,
    /// Name with titles.
    pub name: String,
    /// Sort key.
    pub name_folded: String,
    /// Unit today.
    pub unit_name: String,
    /// Calendar year.
    pub year: i16,
    /// Period.
    pub period: Period,
    /// How far it is.
    pub status: Status,
    /// The predikat; empty on the reader's own line until final.
    pub predikat: Option<Predikat>,
}
from_row!(ListRow {
    id,
    person_id,
    name,
    name_folded,
    unit_name,
    year,
    period,
    status,
    predikat
});

const COLUMNS: ScopeColumns = org::scope_columns!(
    "e.agency_id",
    "e.unit_path",
    "e.person_id",
    "e.assessor_id",
    "a.superior_id"
);

/// Evaluations in scope by name, one page; one statement.
pub async fn list(tx: &mut Tx, scope: &Scope, filter: &Filter) -> Result<Page<ListRow>> {
    let q = Sql::new(
        "SELECT e.id, e.person_id, p.full_name, p.name_folded, p.unit_name, e.year, e.period, e.status, e.predikat \
         FROM evaluation e JOIN employee p ON p.person_id = e.person_id \
         LEFT JOIN employee a ON a.person_id = e.assessor_id WHERE ",
    );
    let mut q = push_scope(q, scope, COLUMNS)
        .push_opt(" AND e.year = {}", filter.year)
        .push_opt(" AND e.period = {}", filter.period)
        .push_opt(" AND e.status = {}", filter.status)
        .push_opt(" AND e.unit_path >= {}", filter.unit_path.as_deref())
        .push_opt(" AND e.unit_path < {}", filter.unit_path.as_deref().map(path_end));
    if let Some(after) = &filter.after {
        q = q
            .push_with(" AND (p.name_folded > {} OR (p.name_folded = {}", after.key.as_str())
            .push_with(" AND e.id > {}))", after.id);
    }
    let q = q.push_with(" ORDER BY p.name_folded, e.id LIMIT {}", PageSize::LIST + 1);
    let mut rows: Vec<ListRow> = tx.all(q.text(), q.args()).await?;
    let own = |row: &ListRow| scope.person == Some(row.person_id) && row.status.is_open();
    for row in rows.iter_mut().filter(|row| own(row)) {
        row.status = Status::BelumDinilai;
        row.predikat = None;
    }
    Ok(Page::cut(rows, PageSize::LIST, |row| Cursor {
        key: row.name_folded.clone(),
        id: row.id.uuid(),
    }))
}

/// A unit in the list of achievements of a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitStanding {
    /// Unit.
    pub unit_id: UnitId,
    /// Name.
    pub name: String,
    /// Path.
    pub path: String,
    /// Achievement, once set.
    pub achievement: Option<CapaianOrganisasi>,
    /// On what it rests.
    pub basis: Option<String>,
    /// Who set it.
    pub set_by_name: Option<String>,
    /// When.
    pub set_at: Option<Instant>,
    /// For the form; 0 before it is set.
    pub version: i64,
    /// Evaluations of the unit that are opened.
    pub evaluations: i64,
    /// Of these, final: from the first on the achievement stands.
    pub finals: i64,
}
from_row!(UnitStanding {
    unit_id,
    name,
    path,
    achievement,
    basis,
    set_by_name,
    set_at,
    version,
    evaluations,
    finals
});

/// Units in force at or below `path` (empty for the whole agency) with their achievement in a period, in the order of
/// the tree; one statement.
pub async fn achievements(
    tx: &mut Tx,
    agency: AgencyId,
    path: &str,
    (year, period): (i16, Period),
) -> Result<Vec<UnitStanding>> {
    tx.all(
        sql!(
            "SELECT u.id, u.name, u.path, c.achievement, c.basis, p.full_name, c.set_at, COALESCE(c.version, 0), \
             (SELECT CAST(COUNT(*) AS BIGINT) FROM evaluation e WHERE e.unit_id = u.id AND e.year = $1 \
              AND e.period = $2), \
             (SELECT CAST(COUNT(*) AS BIGINT) FROM evaluation e WHERE e.unit_id = u.id AND e.year = $1 \
              AND e.period = $2 AND e.finalised_at IS NOT NULL) \
             FROM unit u LEFT JOIN unit_achievement c ON c.agency_id = u.agency_id AND c.unit_id = u.id \
             AND c.year = $1 AND c.period = $2 LEFT JOIN employee p ON p.person_id = c.set_by \
             WHERE u.agency_id = $3 AND u.path >= $4 AND u.path < $5 AND u.valid_to IS NULL ORDER BY u.path, u.id"
        ),
        args![year, period, agency, path, path_end(path)],
    )
    .await
}
