use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use db::{Db, Result, args, sql};
use kernel::{AgencyId, Ctx, Instant, JobId};

/// How a handler ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Done.
    Done,
    /// Stopped because somebody asked.
    Cancelled,
    /// Try again later; the reason is logged.
    Retry(String),
    /// Trying again is useless.
    Failed(String),
}

/// A claimed job.
#[derive(Debug, Clone)]
pub struct Job {
    /// Identifier.
    pub id: JobId,
    /// Agency, if it works for one.
    pub agency: Option<AgencyId>,
    /// Handler.
    pub kind: String,
    /// What the handler needs.
    pub payload: String,
    /// Tries before this one.
    pub attempts: i64,
}
db::from_row!(Job {
    id,
    agency,
    kind,
    payload,
    attempts
});

/// Does the work of one kind of job. May run twice for the same job (a lost lease): it must bear that.
pub type Handler = Arc<dyn Fn(Db, Ctx, Job) -> Pin<Box<dyn Future<Output = Outcome> + Send>> + Send + Sync>;

/// Claims jobs and runs their handlers, one at a time.
pub struct Worker {
    db: Db,
    ctx: Ctx,
    handlers: HashMap<&'static str, Handler>,
}

/// How long a claimed job stays with its worker unless it reports progress.
const LEASE: Duration = Duration::from_secs(120);
/// Tries before a job is set aside.
const TRIES: i64 = 8;

impl Worker {
    /// A worker without handlers.
    pub fn new(db: Db, ctx: Ctx) -> Self {
        Self {
            db,
            ctx,
            handlers: HashMap::new(),
        }
    }

    /// Adds the handler for `kind`.
    #[must_use]
    pub fn handle<F>(mut self, kind: &'static str, handler: impl Fn(Db, Ctx, Job) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Outcome> + Send + 'static,
    {
        self.handlers
            .insert(kind, Arc::new(move |db, ctx, job| Box::pin(handler(db, ctx, job))));
        self
    }

    /// The kinds it handles. A guard test compares them with the kinds that are enqueued.
    pub fn kinds(&self) -> Vec<&'static str> {
        let mut kinds: Vec<_> = self.handlers.keys().copied().collect();
        kinds.sort_unstable();
        kinds
    }

    /// Runs one job that is due. Answers false when there was none.
    pub async fn run_one(&self) -> Result<bool> {
        let now = self.ctx.now();
        let Some(job) = self.claim(now).await? else {
            return Ok(false);
        };
        let outcome = match self.handlers.get(job.kind.as_str()) {
            Some(handler) => handler(self.db.clone(), self.ctx.clone(), job.clone()).await,
            None => Outcome::Failed("no handler for this kind".to_owned()),
        };
        self.finish(&job, &outcome).await?;
        Ok(true)
    }

    /// Runs every job that is due, including those that become due while it runs. Answers how many.
    pub async fn drain(&self) -> Result<u64> {
        let mut count = 0;
        while self.run_one().await? {
            count += 1;
        }
        Ok(count)
    }

    /// Runs until `stop` resolves. An empty queue is looked at again after a second.
    pub async fn run_until(&self, stop: impl Future<Output = ()>) {
        tokio::pin!(stop);
        loop {
            let wait = match self.run_one().await {
                Ok(true) => Duration::ZERO,
                Ok(false) => Duration::from_secs(1),
                Err(error) => {
                    tracing::error!(%error, "the queue cannot be read");
                    Duration::from_secs(5)
                }
            };
            tokio::select! {
                () = &mut stop => return,
                () = tokio::time::sleep(wait) => {}
            }
        }
    }

    async fn claim(&self, now: Instant) -> Result<Option<Job>> {
        let due: Option<(JobId,)> = db::read!(self.db, async |tx| {
            tx.optional(sql!("SELECT id FROM job WHERE (state = 'MENUNGGU' AND run_at <= $1) OR (state = 'BERJALAN' AND locked_until < $1) ORDER BY run_at LIMIT 1"), args![now]).await
        })?;
        if due.is_none() {
            return Ok(None);
        }
        db::write!(self.db, async |tx| {
            tx.optional(
                sql!(
                    "UPDATE job SET state = 'BERJALAN', attempts = attempts + 1, locked_until = $1 WHERE id = ( \
                     SELECT id FROM job WHERE (state = 'MENUNGGU' AND run_at <= $2) \
                     OR (state = 'BERJALAN' AND locked_until < $2) ORDER BY run_at LIMIT 1) \
                     RETURNING id, agency_id, kind, payload, attempts - 1"
                ),
                args![now.plus(LEASE), now],
            )
            .await
        })
    }

    async fn finish(&self, job: &Job, outcome: &Outcome) -> Result<()> {
        let now = self.ctx.now();
        let tries = job.attempts + 1;
        let (state, message, again) = match outcome {
            Outcome::Done => ("SELESAI", String::new(), None),
            Outcome::Cancelled => ("DIBATALKAN", String::new(), None),
            Outcome::Retry(reason) if tries < TRIES => {
                let wait = Duration::from_secs(15 << tries.clamp(0, 8));
                ("MENUNGGU", reason.clone(), Some(now.plus(wait)))
            }
            Outcome::Retry(reason) | Outcome::Failed(reason) => ("GAGAL", reason.clone(), None),
        };
        if !matches!(outcome, Outcome::Done | Outcome::Cancelled) {
            tracing::warn!(job.id = %job.id, job.kind = %job.kind, job.tries = tries, reason = %message, "job did not succeed");
        }
        db::write!(self.db, async |tx| {
            let row = args![state, message.as_str(), again.unwrap_or(now), (again.is_none()).then_some(now), job.id];
            tx.exec(
                sql!("UPDATE job SET state = $1, message = $2, run_at = $3, finished_at = $4, locked_until = 0 WHERE id = $5"),
                row,
            )
            .await
        })
        .map(drop)
    }
}
