use db::{Db, Error, Result, args, sql};
use kernel::AgencyId;
use uuid::Uuid;

use crate::{Hashed, digest};

/// Something that is not as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// An entry reads differently from what its hash says.
    Edited {
        /// Chain.
        chain: i64,
        /// Place in the chain.
        seq: i64,
    },
    /// One or more entries are missing before this one.
    Gap {
        /// Chain.
        chain: i64,
        /// Place at which the next entry was expected.
        seq: i64,
    },
    /// An entry does not follow from the one before it.
    Broken {
        /// Chain.
        chain: i64,
        /// Place in the chain.
        seq: i64,
    },
    /// The chain ends elsewhere than its head says.
    End {
        /// Chain.
        chain: i64,
        /// Place of the last entry found.
        found: i64,
        /// Place of the last entry according to the head.
        expected: i64,
    },
}

/// The end of a chain, to be kept elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Chain.
    pub chain: i64,
    /// Place of the last entry.
    pub seq: i64,
    /// Its hash, in hexadecimal.
    pub hash: String,
}

/// What [`verify`] found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// Entries read.
    pub entries: u64,
    /// What is wrong; empty when the trail is whole.
    pub problems: Vec<Problem>,
    /// Ends of the chains.
    pub heads: Vec<Head>,
}

struct Stored {
    chain: i64,
    seq: i64,
    at: kernel::Instant,
    actor: Option<Uuid>,
    permit: String,
    verb: String,
    kind: String,
    subject: Uuid,
    detail: String,
    previous: Vec<u8>,
    hash: Vec<u8>,
}
db::from_row!(Stored {
    chain,
    seq,
    at,
    actor,
    permit,
    verb,
    kind,
    subject,
    detail,
    previous,
    hash
});

/// Reads the whole trail of an agency in one snapshot and checks every hash, every link and every end.
pub async fn verify(db: &Db, agency: AgencyId) -> Result<Report> {
    db::read!(db, async |tx| {
        let mut report = Report::default();
        let heads: Vec<(i64, i64, Vec<u8>)> = tx
            .all(
                sql!("SELECT chain, seq, hash FROM audit_head WHERE agency_id = $1 ORDER BY chain"),
                args![agency],
            )
            .await?;
        let mut ends: Vec<(i64, i64, Vec<u8>)> = Vec::new();
        tx.each(
            sql!(
                "SELECT chain, seq, at, actor_id, permit, verb, kind, subject_id, detail, previous, hash \
                 FROM audit_entry WHERE agency_id = $1 ORDER BY chain, seq"
            ),
            args![agency],
            |row| {
                let entry = <Stored as db::FromRow>::from_row(row)?;
                report.entries += 1;
                check(&mut report.problems, &mut ends, agency, &entry);
                Ok(true)
            },
        )
        .await?;
        for (chain, seq, hash) in &heads {
            let end = ends.iter().find(|(c, ..)| c == chain);
            let found = end.map_or(0, |(_, seq, _)| *seq);
            if found != *seq {
                report.problems.push(Problem::End {
                    chain: *chain,
                    found,
                    expected: *seq,
                });
            } else if end.is_some_and(|(_, _, h)| h != hash) {
                report.problems.push(Problem::Edited {
                    chain: *chain,
                    seq: *seq,
                });
            }
        }
        for (chain, seq, _) in &ends {
            if !heads.iter().any(|(c, ..)| c == chain) {
                report.problems.push(Problem::End {
                    chain: *chain,
                    found: *seq,
                    expected: 0,
                });
            }
        }
        report.problems.dedup();
        report.heads = heads
            .into_iter()
            .map(|(chain, seq, hash)| Head {
                chain,
                seq,
                hash: hex(&hash),
            })
            .collect();
        Ok::<_, Error>(report)
    })
}

fn check(problems: &mut Vec<Problem>, ends: &mut Vec<(i64, i64, Vec<u8>)>, agency: AgencyId, entry: &Stored) {
    let (chain, seq) = (entry.chain, entry.seq);
    if ends.last().is_none_or(|(c, ..)| *c != chain) {
        ends.push((chain, 0, vec![0; 32]));
    }
    let Some((_, last, hash)) = ends.last_mut() else { return };
    if seq != *last + 1 {
        problems.push(Problem::Gap { chain, seq: *last + 1 });
    } else if entry.previous != *hash {
        problems.push(Problem::Broken { chain, seq });
    }
    let expected = digest(&Hashed {
        agency,
        chain,
        seq,
        at: entry.at,
        actor: entry.actor,
        permit: &entry.permit,
        verb: &entry.verb,
        kind: &entry.kind,
        subject: entry.subject,
        detail: &entry.detail,
        previous: &entry.previous,
    });
    if expected.as_slice() != entry.hash {
        problems.push(Problem::Edited { chain, seq });
    }
    *last = seq;
    hash.clone_from(&entry.hash);
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
