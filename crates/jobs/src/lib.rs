//! A durable queue. A job is enqueued in the transaction of the change that wants it (the outbox), claimed with a
//! lease, tried again with growing waits, and set aside when it fails for good. It can report progress, and be
//! cancelled and resumed: the row keeps both.

mod queue;
mod worker;

pub use queue::{JobView, NewJob, State, cancel, enqueue, find, find_unique, set_progress};
pub use worker::{Handler, Job, Outcome, Worker};
