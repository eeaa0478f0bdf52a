use audit::Entry;
use db::{Db, Tx};
use kernel::{Ctx, SkpId, TextError, paragraph};
use policy::{Action, Actor, Denied, Kind, Permit};
use regulation::berakhlak;
use serde_json::json;

use super::edit::{EditError, Saved, fresh};
use crate::access::{self, AccessError};
use crate::model::{EXPECTATION_MAX, Field};
use crate::store::{self, ExpectationRow, SkpRow};

/// Special expectations as the form sends them: the values named are replaced, an empty text takes one away.
#[derive(Debug, Clone)]
pub struct ExpectationsInput {
    /// The SKP.
    pub skp: SkpId,
    /// The version of the SKP that the page showed.
    pub version: i64,
    /// The expectation for each value named.
    pub expectations: Vec<(berakhlak::Value, String)>,
}

/// Saves the leader's special expectations. The superior writes them while the plan is drafted or being decided; the
/// owner may draft them for the talk with the superior.
pub async fn save_expectations(
    db: &Db,
    ctx: &Ctx,
    actor: &Actor,
    input: ExpectationsInput,
) -> Result<Saved<SkpId>, EditError> {
    db::write!(db, async |tx| {
        let (skp, permit) = open_for_either(tx, actor, input.skp).await?;
        fresh(tx, &skp, input.version).await?;
        let mut rows = Vec::with_capacity(input.expectations.len());
        for (value, text) in &input.expectations {
            let text = match paragraph(text, EXPECTATION_MAX) {
                Err(TextError::Empty) => String::new(),
                other => other.map_err(|source| EditError::Text {
                    field: Field::Expectation,
                    source,
                })?,
            };
            let value_no = i64::from(value.number());
            rows.retain(|r: &ExpectationRow| r.value_no != value_no);
            rows.push(ExpectationRow {
                skp_id: skp.id,
                value_no,
                text,
            });
        }
        store::replace_expectations(tx, skp.id, &rows).await?;
        let version = store::touch(tx, ctx, &skp).await?;
        let after: Vec<_> = rows
            .iter()
            .map(|r| json!({ "value": r.value_no, "text": r.text }))
            .collect();
        let entry = Entry {
            verb: "skp.save_expectations",
            kind: Kind::Skp,
            subject: skp.id.uuid(),
            detail: json!({ "after": after }),
        };
        audit::record(tx, ctx, &permit, entry).await?;
        Ok(Saved { id: skp.id, version })
    })
}

/// The owner while it is written, the superior until it is decided.
async fn open_for_either(tx: &mut Tx, actor: &Actor, id: SkpId) -> Result<(SkpRow, Permit), EditError> {
    let (skp, permit) = match access::open(tx, actor, Action::Edit, Kind::Skp, id).await {
        Err(AccessError::Denied(Denied::Refused)) => access::open(tx, actor, Action::Decide, Kind::Skp, id).await?,
        other => other?,
    };
    let is_open = match permit.reason() {
        "owner" => skp.status.is_editable(),
        _ => skp.status.takes_expectations(),
    };
    match is_open {
        true => Ok((skp, permit)),
        false => Err(EditError::NotEditable(skp.status)),
    }
}
