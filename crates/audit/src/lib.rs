//! The trail of changes: who did what to which thing, under which permit, written in the transaction of the change.
//!
//! Entries form hash chains (SHA-256 over the previous hash and the entry), so that an edited, removed or inserted row
//! is found by [`verify()`], also by a stranger with nothing but the table: [`digest`] says exactly what is hashed.
//! There are sixteen chains an agency, chosen by the acting account, so that writers rarely wait for one another. The
//! head of each chain is kept apart, which betrays a cut-off end. Who can write to the database can also forge every
//! hash: print the heads (`abdi doctor`) and keep them elsewhere to find that, too.

mod trail;
mod verify;

pub use trail::{Bounds, PAGE, TrailEntry, TrailPage, latest, of_subject};
pub use verify::{Head, Problem, Report, verify};

use db::{Result, Tx, args, sql};
use kernel::{AgencyId, Ctx, Instant};
use policy::{Kind, Permit};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Chains an agency.
pub const CHAINS: i64 = 16;

/// One change.
#[derive(Debug, Clone)]
pub struct Entry {
    /// What was done, as `area.verb`.
    pub verb: &'static str,
    /// The kind of thing.
    pub kind: Kind,
    /// Which thing.
    pub subject: Uuid,
    /// What changed. No secrets, and no personal data beyond what the change itself is about.
    pub detail: serde_json::Value,
}

/// Writes the change into the trail, as part of the open transaction.
pub async fn record(tx: &mut Tx, ctx: &Ctx, permit: &Permit, entry: Entry) -> Result<()> {
    let agency = permit.agency();
    let actor = permit.account().uuid();
    let chain = i64::from(actor.as_bytes()[15]) % CHAINS;
    let head: Option<(i64, Vec<u8>)> = tx
        .optional(
            sql!("SELECT seq, hash FROM audit_head WHERE agency_id = $1 AND chain = $2"),
            args![agency, chain],
        )
        .await?;
    let (seq, previous) = head.map_or((1, vec![0; 32]), |(seq, hash)| (seq + 1, hash));
    let at = ctx.now();
    let detail = entry.detail.to_string();
    let row = Hashed {
        agency,
        chain,
        seq,
        at,
        actor: Some(actor),
        permit: permit.reason(),
        verb: entry.verb,
        kind: kernel::Code::code(entry.kind),
        subject: entry.subject,
        detail: &detail,
        previous: &previous,
    };
    let hash = digest(&row);
    tx.exec(
        sql!(
            "INSERT INTO audit_entry (agency_id, chain, seq, at, actor_id, permit, verb, kind, subject_id, detail, \
             previous, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
        ),
        args![
            agency,
            chain,
            seq,
            at,
            actor,
            row.permit,
            row.verb,
            row.kind,
            entry.subject,
            detail.as_str(),
            previous.as_slice(),
            hash.as_slice()
        ],
    )
    .await?;
    tx.exec(
        sql!(
            "INSERT INTO audit_head (agency_id, chain, seq, hash) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (agency_id, chain) DO UPDATE SET seq = excluded.seq, hash = excluded.hash"
        ),
        args![agency, chain, seq, hash.as_slice()],
    )
    .await?;
    Ok(())
}

/// Everything of an entry that its hash covers.
#[derive(Debug, Clone, Copy)]
pub struct Hashed<'a> {
    /// Agency.
    pub agency: AgencyId,
    /// Chain, 0 to 15.
    pub chain: i64,
    /// Place in the chain, from 1 without gaps.
    pub seq: i64,
    /// When.
    pub at: Instant,
    /// Acting account.
    pub actor: Option<Uuid>,
    /// Reason of the permit.
    pub permit: &'a str,
    /// What was done.
    pub verb: &'a str,
    /// Kind of thing.
    pub kind: &'a str,
    /// Which thing.
    pub subject: Uuid,
    /// What changed, as JSON text exactly as stored.
    pub detail: &'a str,
    /// Hash of the entry before; 32 zero bytes for the first.
    pub previous: &'a [u8],
}

/// SHA-256 over the fields in the order of [`Hashed`], each preceded by its length in bytes as eight bytes, big end
/// first: agency (16 bytes), chain, seq and at (each eight bytes, big end first), actor (16 bytes, or none), permit,
/// verb, kind, subject (16 bytes), detail, previous.
pub fn digest(row: &Hashed<'_>) -> [u8; 32] {
    let mut hash = Sha256::new();
    let mut field = |bytes: &[u8]| {
        hash.update((bytes.len() as u64).to_be_bytes());
        hash.update(bytes);
    };
    field(row.agency.uuid().as_bytes());
    field(&row.chain.to_be_bytes());
    field(&row.seq.to_be_bytes());
    field(&row.at.micros().to_be_bytes());
    field(row.actor.as_ref().map_or(&[], |a| a.as_bytes().as_slice()));
    field(row.permit.as_bytes());
    field(row.verb.as_bytes());
    field(row.kind.as_bytes());
    field(row.subject.as_bytes());
    field(row.detail.as_bytes());
    field(row.previous);
    hash.finalize().into()
}
