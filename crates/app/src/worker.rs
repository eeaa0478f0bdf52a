//! Which handler does which kind of background work.

use db::Db;
use jobs::Worker;
use kernel::Ctx;

/// A worker that knows every kind of job.
pub fn build(db: Db, ctx: Ctx) -> Worker {
    Worker::new(db, ctx)
        .handle(org::jobs::IMPORT, org::jobs::import)
        .handle(org::jobs::REFRESH, org::jobs::refresh)
}

/// Sees to it that recurring work is in the queue.
///
/// # Errors
/// When the database fails.
pub async fn schedule(db: &Db, ctx: &Ctx) -> db::Result<()> {
    org::jobs::schedule(db, ctx).await
}
