use db::{Result, Tx, args, sql};
use jiff::civil::Date;
use kernel::AgencyId;

/// Is a reason asked when a citizen answers 1 or 2? Agencies differ; most ask (public-service 1.3). Default: yes.
pub(crate) const REASON_REQUIRED: &str = "survey.reason_required";

/// The value of a setting of the agency in force on `on`, if it was ever set.
pub async fn setting(tx: &mut Tx, agency: AgencyId, key: &str, on: Date) -> Result<Option<String>> {
    tx.scalar(
        sql!(
            "SELECT value FROM setting WHERE agency_id = $1 AND key = $2 AND effective_from <= $3 \
             ORDER BY effective_from DESC LIMIT 1"
        ),
        args![agency, key, on],
    )
    .await
}

/// A setting that is yes or no, written `YA` or `TIDAK`; anything else means the default.
pub(crate) async fn flag(tx: &mut Tx, agency: AgencyId, key: &str, on: Date, default: bool) -> Result<bool> {
    Ok(match setting(tx, agency, key, on).await?.as_deref() {
        Some("YA") => true,
        Some("TIDAK") => false,
        _ => default,
    })
}
