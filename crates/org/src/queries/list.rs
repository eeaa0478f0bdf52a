use db::{Sql, Tx};
use jiff::civil::Date;
use kernel::{AgencyId, Cursor, Page, PageSize, PersonId, PositionId, UnitId, fold_name};
use policy::Scope;
use regulation::nip::NipKind;

use crate::access::{ScopeColumns, path_end, push_scope};
use crate::model::{Grade, PersonStatus, PositionKind, SuperiorBasis};

/// Counting stops here: a page says "200+" beyond it. Counting to a thousand took longer than reading the page shown.
pub const MAX_COUNT: i64 = 200;

/// One employee as they are today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmployeeRow {
    /// Identifier.
    pub id: PersonId,
    /// Eighteen digits; empty for people without (pejabat negara).
    pub number: String,
    /// NIP or NI PPPK.
    pub number_kind: Option<NipKind>,
    /// Name with titles.
    pub full_name: String,
    /// Name without titles, folded: the sort key.
    pub name_folded: String,
    /// Unit, if there is a placement in force.
    pub unit: Option<UnitId>,
    /// Path of the unit; empty without one.
    pub unit_path: String,
    /// Name of the unit; empty without one.
    pub unit_name: String,
    /// Position, if there is a placement in force.
    pub position: Option<PositionId>,
    /// Title of the position; empty without one.
    pub position_title: String,
    /// Jenis jabatan.
    pub position_kind: Option<PositionKind>,
    /// Heads the own unit by this position.
    pub is_head: bool,
    /// Golongan.
    pub grade: Option<Grade>,
    /// Superior.
    pub superior: Option<PersonId>,
    /// Why this superior.
    pub superior_basis: SuperiorBasis,
    /// Last day on which this superior is known to hold.
    pub superior_until: Option<Date>,
    /// Status.
    pub status: PersonStatus,
}

impl db::FromRow for EmployeeRow {
    fn from_row(row: &db::Row<'_>) -> db::Result<Self> {
        let kind: String = row.get(10)?;
        let grade: String = row.get(12)?;
        Ok(Self {
            id: row.get(0)?,
            number: row.get(1)?,
            number_kind: row.get(2)?,
            full_name: row.get(3)?,
            name_folded: row.get(4)?,
            unit: row.get(5)?,
            unit_path: row.get(6)?,
            unit_name: row.get(7)?,
            position: row.get(8)?,
            position_title: row.get(9)?,
            position_kind: kernel::Code::from_code(&kind).ok(),
            is_head: row.get(11)?,
            grade: Grade::parse(&grade).ok(),
            superior: row.get(13)?,
            superior_basis: row.get(14)?,
            superior_until: row.get(15)?,
            status: row.get(16)?,
        })
    }
}

const SELECT: &str = "SELECT e.person_id, e.number, e.number_kind, e.full_name, e.name_folded, e.unit_id, e.unit_path, \
                      e.unit_name, e.position_id, e.position_title, e.position_kind, e.is_head, e.grade, \
                      e.superior_id, e.superior_basis, e.superior_until, e.status FROM employee e";
const COUNT: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM (SELECT 1 AS one FROM employee e";

/// The columns by which the employee list is narrowed. The superior's superior is a sub-query on the primary key.
const COLUMNS: ScopeColumns = crate::scope_columns!(
    "e.agency_id",
    "e.unit_path",
    "e.person_id",
    "e.superior_id",
    "(SELECT a.superior_id FROM employee a WHERE a.person_id = e.superior_id)"
);

/// Which employees.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EmployeeFilter {
    /// Words of the name (the beginning of each suffices, all must match), four or more digits of the number in a row,
    /// or the beginning of a word of the unit's name.
    pub text: String,
    /// The unit at this path and everything below.
    pub unit_path: Option<String>,
    /// People of exactly this unit.
    pub unit: Option<UnitId>,
    /// People who report to this person.
    pub superior: Option<PersonId>,
    /// Only this status; `None` shows the staff (neither retired nor gone).
    pub status: Option<PersonStatus>,
    /// Only this basis of the superior; [`SuperiorBasis::None`] finds those without one.
    pub basis: Option<SuperiorBasis>,
}

/// What the text of a search means.
enum Wanted {
    Nothing,
    Digits(String),
    Words(Vec<String>),
    /// Something was typed that no name can hold.
    Impossible,
}

fn wanted(text: &str) -> Wanted {
    let squeezed: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '.' && *c != '-')
        .take(20)
        .collect();
    if squeezed.is_empty() && text.trim().is_empty() {
        return Wanted::Nothing;
    }
    if squeezed.len() >= 4 && squeezed.bytes().all(|b| b.is_ascii_digit()) {
        return Wanted::Digits(squeezed);
    }
    let short: String = text.chars().take(100).collect();
    let folded = fold_name(&short);
    let words: Vec<String> = folded
        .split(' ')
        .filter(|w| !w.is_empty())
        .take(6)
        .map(str::to_owned)
        .collect();
    if words.is_empty() {
        Wanted::Impossible
    } else {
        Wanted::Words(words)
    }
}

/// End of the range of texts that begin with `word`.
fn word_end(word: &str) -> String {
    format!("{word}\u{10FFFF}")
}

fn narrowed(select: &'static str, scope: &Scope, filter: &EmployeeFilter) -> Sql {
    let mut sql = push_scope(Sql::new(select).push(" WHERE "), scope, COLUMNS);
    if let Some(path) = &filter.unit_path {
        sql = sql
            .push_with(" AND e.unit_path >= {}", path.as_str())
            .push_with(" AND e.unit_path < {}", path_end(path));
    }
    sql = sql
        .push_opt(" AND e.unit_id = {}", filter.unit)
        .push_opt(" AND e.superior_id = {}", filter.superior)
        .push_opt(" AND e.superior_basis = {}", filter.basis)
        .push_opt(" AND e.status = {}", filter.status);
    if filter.status.is_none() {
        sql = sql.push(" AND e.status NOT IN ('PENSIUN', 'BERHENTI', 'MENINGGAL')");
    }
    match wanted(&filter.text) {
        Wanted::Nothing => sql,
        Wanted::Impossible => sql.push(" AND 1 = 0"),
        // only digits remain in the pattern, so nothing needs escaping
        Wanted::Digits(digits) => sql.push_with(" AND e.number LIKE {}", format!("%{digits}%")),
        Wanted::Words(words) => {
            // by the name: every word; or by the unit's name: every word as well
            sql = sql.push(" AND ((1 = 1");
            for word in &words {
                sql = sql
                    .push_with(
                        " AND e.person_id IN (SELECT w.person_id FROM person_word w WHERE w.agency_id = {}",
                        scope.agency,
                    )
                    .push_with(" AND w.word >= {}", word.as_str())
                    .push_with(" AND w.word < {})", word_end(word));
            }
            sql = sql.push_with(
                ") OR e.unit_id IN (SELECT u.id FROM unit u WHERE u.agency_id = {}",
                scope.agency,
            );
            for word in &words {
                // folded words hold letters and digits only, so nothing needs escaping
                sql = sql.push_with(" AND (' ' || u.name_folded) LIKE {}", format!("% {word}%"));
            }
            sql.push("))")
        }
    }
}

/// A page of employees by name, and how many there are in all, at most [`MAX_COUNT`] (asked on the first page only).
/// Two statements, whatever the filter.
pub async fn employees(
    tx: &mut Tx,
    scope: &Scope,
    filter: &EmployeeFilter,
    after: Option<&Cursor>,
) -> db::Result<(Page<EmployeeRow>, Option<i64>)> {
    let mut sql = narrowed(SELECT, scope, filter);
    if let Some(cursor) = after {
        sql = sql
            .push_with(" AND (e.name_folded > {} OR (e.name_folded = {}", cursor.key.as_str())
            .push_with(" AND e.person_id > {}))", cursor.id);
    }
    sql = sql.push_with(" ORDER BY e.name_folded, e.person_id LIMIT {}", PageSize::LIST + 1);
    let rows: Vec<EmployeeRow> = tx.all(sql.text(), sql.args()).await?;
    let page = Page::cut(rows, PageSize::LIST, |row| Cursor {
        key: row.name_folded.clone(),
        id: row.id.uuid(),
    });
    if after.is_some() {
        return Ok((page, None));
    }
    let count = narrowed(COUNT, scope, filter).push_with(" LIMIT {}) AS capped", MAX_COUNT);
    let count: Option<i64> = tx.scalar(count.text(), count.args()).await?;
    Ok((page, count))
}

/// Everybody the filter finds, by name, for exports. One statement.
pub async fn all_employees(tx: &mut Tx, scope: &Scope, filter: &EmployeeFilter) -> db::Result<Vec<EmployeeRow>> {
    let sql = narrowed(SELECT, scope, filter).push(" ORDER BY e.name_folded, e.person_id");
    tx.all(sql.text(), sql.args()).await
}

/// The people who report to `person` today, by name, at most 500.
pub async fn subordinates(tx: &mut Tx, agency: AgencyId, person: PersonId) -> db::Result<Vec<EmployeeRow>> {
    let sql = Sql::new(SELECT)
        .push_with(" WHERE e.agency_id = {}", agency)
        .push_with(" AND e.superior_id = {}", person)
        .push(
            " AND e.status NOT IN ('PENSIUN', 'BERHENTI', 'MENINGGAL') ORDER BY e.name_folded, e.person_id LIMIT 500",
        );
    tx.all(sql.text(), sql.args()).await
}

/// One employee as they are today.
pub async fn employee(tx: &mut Tx, agency: AgencyId, person: PersonId) -> db::Result<Option<EmployeeRow>> {
    let sql = Sql::new(SELECT)
        .push_with(" WHERE e.agency_id = {}", agency)
        .push_with(" AND e.person_id = {}", person);
    tx.optional(sql.text(), sql.args()).await
}

/// Several employees, in no particular order. For pages that show names beside their own rows; at most some hundreds.
pub async fn employees_by_id(tx: &mut Tx, agency: AgencyId, people: &[PersonId]) -> db::Result<Vec<EmployeeRow>> {
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let sql = Sql::new(SELECT)
        .push_with(" WHERE e.agency_id = {}", agency)
        .push(" AND ")
        .push_in("e.person_id", people.iter().copied());
    tx.all(sql.text(), sql.args()).await
}
