//! Imports from the browser: the file is kept with its dry run, a person looks at it, and a job applies it.

use db::{Db, Tx, args, sql};
use kernel::{AccountId, AgencyId, Ctx, Instant, JobId};
use policy::{Action, Actor, Facts, Kind, Permit};
use sha2::{Digest, Sha256};

use super::run::{Watch, hex, read_file, write};
use super::{ImportError, Mode, Progress, Report, run_file};
use crate::model::StaffImportId;

kernel::codes! {
    /// Where a stored import stands.
    pub enum ImportState {
        /// Read and compared; waits for a decision.
        Checked = "DIPERIKSA",
        /// A job applies it.
        Queued = "DIANTREKAN",
        /// Applied.
        Applied = "DITERAPKAN",
        /// Thrown away by a person.
        Discarded = "DIBUANG",
        /// Could not be applied; nothing was changed.
        Failed = "GAGAL",
    }
}

/// A stored import as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredImport {
    /// Identifier.
    pub id: StaffImportId,
    /// Name of the file as it was sent.
    pub file_name: String,
    /// State.
    pub state: ImportState,
    /// The dry run, and after the apply what was done.
    pub report: Report,
    /// Who sent it.
    pub created_by: Option<AccountId>,
    /// When.
    pub created_at: Instant,
    /// When it was applied.
    pub applied_at: Option<Instant>,
}

impl db::FromRow for StoredImport {
    fn from_row(row: &db::Row<'_>) -> db::Result<Self> {
        let report: String = row.get(3)?;
        Ok(Self {
            id: row.get(0)?,
            file_name: row.get(1)?,
            state: row.get(2)?,
            report: Report::from_json(&serde_json::from_str(&report).unwrap_or_default()),
            created_by: row.get(4)?,
            created_at: row.get(5)?,
            applied_at: row.get(6)?,
        })
    }
}

/// Why an upload is refused.
#[derive(Debug, thiserror::Error)]
pub enum UploadError {
    /// May not.
    #[error(transparent)]
    Denied(#[from] policy::Denied),
    /// The file cannot be taken.
    #[error(transparent)]
    File(#[from] ImportError),
    /// The database failed.
    #[error(transparent)]
    Internal(#[from] db::Error),
}

fn may_import(actor: &Actor) -> Result<Permit, policy::Denied> {
    policy::decide(actor, Action::Manage, &Facts::of_unit(Kind::Agency, actor.agency, "")).permit()
}

/// Keeps a file with its dry run.
pub async fn upload(
    db: &Db,
    ctx: &Ctx,
    actor: &Actor,
    file_name: &str,
    bytes: &[u8],
) -> Result<StaffImportId, UploadError> {
    let permit = may_import(actor)?;
    let name: String = file_name.chars().filter(|c| !c.is_control()).take(120).collect();
    let report = run_file(db, ctx, &permit, bytes, &name, Mode::DryRun, &mut |_| true).await?;
    let id: StaffImportId = ctx.new_id();
    let digest = hex(&Sha256::digest(bytes));
    let count = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    db::write!(db, async |tx| {
        tx.exec(
            sql!(
                "INSERT INTO staff_import (id, agency_id, file_name, digest, state, rows_total, rows_new, rows_changed, \
                 rows_same, rows_rejected, report, content, created_by, created_at) \
                 VALUES ($1, $2, $3, $4, 'DIPERIKSA', $5, $6, $7, $8, $9, $10, $11, $12, $13)"
            ),
            args![
                id,
                actor.agency,
                name.as_str(),
                digest.as_str(),
                count(report.rows),
                count(report.new),
                count(report.changed),
                count(report.same),
                count(report.rejected),
                report.to_json().to_string(),
                bytes,
                actor.account,
                ctx.now()
            ],
        )
        .await?;
        Ok::<_, UploadError>(id)
    })
}

/// The stored import with this identifier. Only for those who administer the agency.
pub async fn find(tx: &mut Tx, agency: AgencyId, id: StaffImportId) -> db::Result<Option<StoredImport>> {
    tx.optional(
        sql!(
            "SELECT id, file_name, state, report, created_by, created_at, applied_at FROM staff_import \
             WHERE id = $1 AND agency_id = $2"
        ),
        args![id, agency],
    )
    .await
}

/// The latest twenty imports, without their findings.
pub async fn recent(tx: &mut Tx, agency: AgencyId) -> db::Result<Vec<StoredImport>> {
    tx.all(
        sql!(
            "SELECT id, file_name, state, '{\"rows\":' || rows_total || ',\"new\":' || rows_new || ',\"changed\":' || \
             rows_changed || ',\"same\":' || rows_same || ',\"rejected\":' || rows_rejected || '}', created_by, \
             created_at, applied_at FROM staff_import WHERE agency_id = $1 ORDER BY created_at DESC, id LIMIT 20"
        ),
        args![agency],
    )
    .await
}

/// The file of a stored import: name and content; empty when it was thrown away.
pub async fn content(tx: &mut Tx, agency: AgencyId, id: StaffImportId) -> db::Result<Option<(String, Vec<u8>)>> {
    tx.optional(
        sql!("SELECT file_name, content FROM staff_import WHERE id = $1 AND agency_id = $2"),
        args![id, agency],
    )
    .await
}

/// Why an import cannot be confirmed.
#[derive(Debug, thiserror::Error)]
pub enum ConfirmError {
    /// May not.
    #[error(transparent)]
    Denied(#[from] policy::Denied),
    /// There is none with this identifier.
    #[error("no such import")]
    NotFound,
    /// It was applied, queued or thrown away.
    #[error("this import has been decided upon")]
    Decided,
    /// The database failed.
    #[error(transparent)]
    Internal(#[from] db::Error),
}

/// The key under which the job of a stored import is queued, at most once.
fn job_key(id: StaffImportId) -> String {
    format!("{}:{id}", crate::jobs::IMPORT)
}

/// The job that applies a confirmed import, with its progress.
pub async fn job(tx: &mut Tx, agency: AgencyId, id: StaffImportId) -> db::Result<Option<jobs::JobView>> {
    let found = jobs::find_unique(tx, &job_key(id)).await?;
    Ok(found.filter(|job| job.agency == Some(agency)))
}

/// Stops a confirmed import whose job has not begun; nothing was changed by it. Answers false when the job has begun:
/// it is one transaction and is not interrupted.
pub async fn cancel(db: &Db, ctx: &Ctx, actor: &Actor, id: StaffImportId) -> Result<bool, ConfirmError> {
    may_import(actor)?;
    db::write!(db, async |tx| {
        let stored = find(tx, actor.agency, id).await?.ok_or(ConfirmError::NotFound)?;
        if stored.state != ImportState::Queued {
            return Err(ConfirmError::Decided);
        }
        let Some(waiting) = job(tx, actor.agency, id).await? else {
            return Err(ConfirmError::Decided);
        };
        if waiting.state != jobs::State::Waiting {
            return Ok(false);
        }
        jobs::cancel(tx, waiting.id, ctx.now()).await?;
        let stopped = jobs::find(tx, waiting.id).await?.map(|j| j.state) == Some(jobs::State::Cancelled);
        if stopped {
            tx.exec(
                sql!("UPDATE staff_import SET state = 'GAGAL' WHERE id = $1 AND agency_id = $2"),
                args![id, actor.agency],
            )
            .await?;
        }
        Ok::<_, ConfirmError>(stopped)
    })
}

/// Lets a job apply the file. Confirming twice queues it once.
pub async fn confirm(db: &Db, ctx: &Ctx, actor: &Actor, id: StaffImportId) -> Result<Option<JobId>, ConfirmError> {
    may_import(actor)?;
    db::write!(db, async |tx| {
        let stored = find(tx, actor.agency, id).await?.ok_or(ConfirmError::NotFound)?;
        match stored.state {
            ImportState::Checked => {}
            ImportState::Queued => return Ok(None),
            ImportState::Applied | ImportState::Discarded | ImportState::Failed => return Err(ConfirmError::Decided),
        }
        tx.exec(
            sql!("UPDATE staff_import SET state = 'DIANTREKAN' WHERE id = $1 AND agency_id = $2"),
            args![id, actor.agency],
        )
        .await?;
        let job = jobs::NewJob {
            agency: Some(actor.agency),
            kind: crate::jobs::IMPORT,
            payload: serde_json::json!({ "import": id, "account": actor.account }),
            unique_key: Some(job_key(id)),
            run_at: ctx.now(),
        };
        Ok::<_, ConfirmError>(jobs::enqueue(tx, ctx, job).await?)
    })
}

/// Why an import cannot be thrown away.
#[derive(Debug, thiserror::Error)]
pub enum DiscardError {
    /// May not.
    #[error(transparent)]
    Denied(#[from] policy::Denied),
    /// There is none with this identifier that waits for a decision.
    #[error("no such import waits")]
    NotFound,
    /// The database failed.
    #[error(transparent)]
    Internal(#[from] db::Error),
}

/// Throws the file away; its counts stay.
pub async fn discard(db: &Db, actor: &Actor, id: StaffImportId) -> Result<(), DiscardError> {
    may_import(actor)?;
    let gone = db::write!(db, async |tx| {
        tx.exec(
            sql!(
                "UPDATE staff_import SET state = 'DIBUANG', content = $1 \
                 WHERE id = $2 AND agency_id = $3 AND state IN ('DIPERIKSA', 'GAGAL')"
            ),
            args![Vec::<u8>::new(), id, actor.agency],
        )
        .await
    })?;
    if gone == 1 { Ok(()) } else { Err(DiscardError::NotFound) }
}

/// Applies a confirmed import, for the job. The state changes in the transaction that writes the rows, so a second run
/// of the job finds it applied and does nothing.
pub async fn apply_stored(
    db: &Db,
    ctx: &Ctx,
    agency: AgencyId,
    account: AccountId,
    id: StaffImportId,
    progress: &mut (dyn FnMut(Progress) -> bool + Send),
) -> Result<Option<Report>, ImportError> {
    let permit = Permit::system(agency, account);
    let loaded = db::read!(db, async |tx| {
        let agency_row = crate::agency::by_id(tx, agency).await?;
        let state = find(tx, agency, id).await?.map(|s| s.state);
        Ok::<_, db::Error>((agency_row, state, content(tx, agency, id).await?))
    })?;
    let (Some(row), Some(ImportState::Queued), Some((name, bytes))) = loaded else {
        return Ok(None);
    };
    let today = row.today(ctx);
    let digest = hex(&Sha256::digest(&bytes));
    let mut watch = Watch::new(progress);
    let file = read_file(&bytes, &name, today, &mut watch)?;
    drop(bytes);
    let report = db::write!(db, async |tx| {
        let report = write(tx, ctx, &permit, today, &file, &name, &digest, &mut watch).await?;
        tx.exec(
            sql!(
                "UPDATE staff_import SET state = 'DITERAPKAN', applied_at = $1, report = $2, content = $3 \
                 WHERE id = $4 AND agency_id = $5 AND state = 'DIANTREKAN'"
            ),
            args![ctx.now(), report.to_json().to_string(), Vec::<u8>::new(), id, agency],
        )
        .await?;
        Ok::<_, ImportError>(report)
    })?;
    Ok(Some(report))
}

/// Marks a confirmed import as failed; its file stays until it is thrown away.
pub(crate) async fn mark_failed(db: &Db, agency: AgencyId, id: StaffImportId) -> db::Result<()> {
    db::write!(db, async |tx| {
        tx.exec(
            sql!("UPDATE staff_import SET state = 'GAGAL' WHERE id = $1 AND agency_id = $2 AND state = 'DIANTREKAN'"),
            args![id, agency],
        )
        .await
    })
    .map(drop)
}
