//! What this area does in the background.

use db::Db;
use jobs::{Job, Outcome};
use kernel::{AccountId, AgencyId, Ctx, Instant};

use crate::import::{self, ImportError};
use crate::model::StaffImportId;
use crate::projection::{self, Affected};

/// Applies a confirmed staff list.
pub const IMPORT: &str = "org.import";
/// Makes the rows of `employee` anew when a day has begun; enqueues itself for the next day.
pub const REFRESH: &str = "org.refresh";

#[derive(serde::Deserialize)]
struct ImportPayload {
    import: StaffImportId,
    account: AccountId,
}

/// The handler of [`IMPORT`]. Progress is reported while the file is read; the write itself is one transaction, during
/// which the embedded engine lets nobody write.
pub async fn import(db: Db, ctx: Ctx, job: Job) -> Outcome {
    let (Some(agency), Ok(payload)) = (job.agency, serde_json::from_str::<ImportPayload>(&job.payload)) else {
        return Outcome::Failed("payload".to_owned());
    };
    let lease = ctx.now().plus(std::time::Duration::from_secs(900));
    let stop = db::write!(db, async |tx| jobs::set_progress(tx, job.id, 0, 1, lease).await);
    match stop {
        Ok(true) => return cancelled(&db, agency, payload.import).await,
        Ok(false) => {}
        Err(error) => return Outcome::Retry(error.to_string()),
    }
    let done = import::apply_stored(&db, &ctx, agency, payload.account, payload.import, &mut |_| true).await;
    match done {
        Ok(_) => {
            let told = db::write!(db, async |tx| jobs::set_progress(tx, job.id, 1, 1, lease).await);
            if let Err(error) = told {
                tracing::warn!(%error, "progress of an import could not be told");
            }
            Outcome::Done
        }
        Err(ImportError::Internal(error)) => Outcome::Retry(error.to_string()),
        Err(error) => match import::mark_failed(&db, agency, payload.import).await {
            Ok(()) => Outcome::Failed(error.to_string()),
            Err(error) => Outcome::Retry(error.to_string()),
        },
    }
}

async fn cancelled(db: &Db, agency: AgencyId, id: StaffImportId) -> Outcome {
    match import::mark_failed(db, agency, id).await {
        Ok(()) => Outcome::Cancelled,
        Err(error) => Outcome::Retry(error.to_string()),
    }
}

/// The handler of [`REFRESH`].
pub async fn refresh(db: Db, ctx: Ctx, job: Job) -> Outcome {
    let Some(agency) = job.agency else {
        return Outcome::Failed("payload".to_owned());
    };
    match refresh_now(&db, &ctx, agency).await {
        Ok(()) => Outcome::Done,
        Err(error) => Outcome::Retry(error.to_string()),
    }
}

async fn refresh_now(db: &Db, ctx: &Ctx, agency: AgencyId) -> db::Result<()> {
    db::write!(db, async |tx| {
        let Some(row) = crate::agency::by_id(tx, agency).await? else {
            return Ok(());
        };
        let today = row.today(ctx);
        projection::refresh(tx, agency, today, Affected::All).await?;
        let next = today.tomorrow().unwrap_or(today);
        enqueue(tx, ctx, agency, next, row.zone.start_of(next)).await
    })
}

async fn enqueue(
    tx: &mut db::Tx,
    ctx: &Ctx,
    agency: AgencyId,
    day: jiff::civil::Date,
    run_at: Instant,
) -> db::Result<()> {
    let job = jobs::NewJob {
        agency: Some(agency),
        kind: REFRESH,
        payload: serde_json::json!({ "day": day.to_string() }),
        unique_key: Some(format!("{REFRESH}:{agency}:{day}")),
        run_at,
    };
    jobs::enqueue(tx, ctx, job).await.map(drop)
}

/// Makes sure that every agency's rows are made anew today and every day after. Called when the program starts.
pub async fn schedule(db: &Db, ctx: &Ctx) -> db::Result<()> {
    db::write!(db, async |tx| {
        for agency in crate::agency::unscoped_all(tx).await? {
            enqueue(tx, ctx, agency.id, agency.today(ctx), ctx.now()).await?;
        }
        Ok(())
    })
}
