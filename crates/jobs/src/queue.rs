use db::{Result, Tx, args, sql};
use kernel::{AgencyId, Ctx, Instant, JobId};

kernel::codes! {
    /// Where a job stands.
    pub enum State {
        /// Waits for its time.
        Waiting = "MENUNGGU",
        /// A worker has it.
        Running = "BERJALAN",
        /// Done.
        Done = "SELESAI",
        /// Failed for good; kept for people to look at.
        Failed = "GAGAL",
        /// Stopped on request.
        Cancelled = "DIBATALKAN",
    }
}

/// A job to be done.
#[derive(Debug, Clone)]
pub struct NewJob {
    /// Agency it works for; `None` for the installation.
    pub agency: Option<AgencyId>,
    /// Which handler, as `area.verb`.
    pub kind: &'static str,
    /// What the handler needs: identifiers, never personal data or secrets.
    pub payload: serde_json::Value,
    /// At most one job with this key is ever enqueued.
    pub unique_key: Option<String>,
    /// Not before.
    pub run_at: Instant,
}

/// Puts a job into the queue, as part of the open transaction. Answers its identifier, or `None` when one with the
/// same unique key was there.
pub async fn enqueue(tx: &mut Tx, ctx: &Ctx, job: NewJob) -> Result<Option<JobId>> {
    let id: JobId = ctx.new_id();
    let added = tx
        .exec(
            sql!(
                "INSERT INTO job (id, agency_id, kind, payload, state, attempts, run_at, locked_until, unique_key, \
                 progress_done, progress_total, message, cancel_requested, created_at) \
                 VALUES ($1, $2, $3, $4, 'MENUNGGU', 0, $5, 0, $6, 0, 0, '', $7, $8) \
                 ON CONFLICT (unique_key) DO NOTHING"
            ),
            args![
                id,
                job.agency,
                job.kind,
                job.payload.to_string(),
                job.run_at,
                job.unique_key,
                false,
                ctx.now()
            ],
        )
        .await?;
    Ok((added == 1).then_some(id))
}

/// A job as a page shows it.
#[derive(Debug, Clone)]
pub struct JobView {
    /// Identifier.
    pub id: JobId,
    /// Agency, if it works for one.
    pub agency: Option<AgencyId>,
    /// Handler.
    pub kind: String,
    /// Where it stands.
    pub state: State,
    /// Steps done.
    pub done: i64,
    /// Steps in all; zero while unknown.
    pub total: i64,
    /// What the handler last said, as a code.
    pub message: String,
    /// Somebody asked it to stop.
    pub cancel_requested: bool,
}
db::from_row!(JobView {
    id,
    agency,
    kind,
    state,
    done,
    total,
    message,
    cancel_requested
});

/// The job with this identifier.
pub async fn find(tx: &mut Tx, id: JobId) -> Result<Option<JobView>> {
    tx.optional(
        sql!(
            "SELECT id, agency_id, kind, state, progress_done, progress_total, message, cancel_requested \
             FROM job WHERE id = $1"
        ),
        args![id],
    )
    .await
}

/// The job that was enqueued with this unique key.
pub async fn find_unique(tx: &mut Tx, unique_key: &str) -> Result<Option<JobView>> {
    tx.optional(
        sql!(
            "SELECT id, agency_id, kind, state, progress_done, progress_total, message, cancel_requested \
             FROM job WHERE unique_key = $1"
        ),
        args![unique_key],
    )
    .await
}

/// Asks a job to stop. One that waits is cancelled at once; a running one sees the wish at its next report.
pub async fn cancel(tx: &mut Tx, id: JobId, at: Instant) -> Result<()> {
    tx.exec(
        sql!("UPDATE job SET cancel_requested = $1 WHERE id = $2"),
        args![true, id],
    )
    .await?;
    tx.exec(
        sql!("UPDATE job SET state = 'DIBATALKAN', finished_at = $1 WHERE id = $2 AND state = 'MENUNGGU'"),
        args![at, id],
    )
    .await?;
    Ok(())
}

/// Reports progress and renews the lease. Answers true when the job should stop.
pub async fn set_progress(tx: &mut Tx, id: JobId, done: i64, total: i64, lease_until: Instant) -> Result<bool> {
    tx.exec(
        sql!("UPDATE job SET progress_done = $1, progress_total = $2, locked_until = $3 WHERE id = $4"),
        args![done, total, lease_until, id],
    )
    .await?;
    let wish: Option<bool> = tx
        .scalar(sql!("SELECT cancel_requested FROM job WHERE id = $1"), args![id])
        .await?;
    Ok(wish.unwrap_or(true))
}
