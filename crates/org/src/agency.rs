//! Agencies: whose people these are and in which time zone they work.

use db::{Tx, args, sql};
use jiff::civil::Date;
use kernel::{AgencyId, Ctx, Zone};

/// An agency (ministry, province, city, district) served by this installation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agency {
    /// Identifier.
    pub id: AgencyId,
    /// Short code, unique in the installation.
    pub code: String,
    /// Full name.
    pub name: String,
    /// City or district, as it is printed before a date.
    pub region: String,
    /// Its time zone: dates of the regulation are dates in this zone.
    pub zone: Zone,
    /// True for fictional agencies, which pages mark.
    pub is_demo: bool,
}
db::from_row!(Agency {
    id,
    code,
    name,
    region,
    zone,
    is_demo
});

impl Agency {
    /// The date in the agency now.
    pub fn today(&self, ctx: &Ctx) -> Date {
        self.zone.date(ctx.now())
    }
}

/// What is needed to make an agency.
#[derive(Debug, Clone)]
pub struct NewAgency {
    /// Short code.
    pub code: String,
    /// Full name.
    pub name: String,
    /// City or district.
    pub region: String,
    /// Time zone.
    pub zone: Zone,
    /// Fictional.
    pub is_demo: bool,
}

/// Why an agency cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum CreateError {
    /// The code is not 1 to 40 letters, digits, dots, hyphens or underscores.
    #[error("the code of an agency is 1 to 40 letters, digits, '.', '-' or '_'")]
    Code,
    /// Name or region is empty, too long, or has forbidden characters.
    #[error("name and region are needed, at most 200 characters each")]
    Name,
    /// There is an agency with this code.
    #[error("an agency with this code exists")]
    Taken,
    /// The database failed.
    #[error(transparent)]
    Internal(#[from] db::Error),
}

/// Makes an agency. For the command line and the demo city; there is no page for it.
pub async fn create(tx: &mut Tx, ctx: &Ctx, new: &NewAgency) -> Result<AgencyId, CreateError> {
    let code = crate::model::code(&new.code).map_err(|_| CreateError::Code)?;
    let name = kernel::line(&new.name, 200).map_err(|_| CreateError::Name)?;
    let region = kernel::line(&new.region, 200).map_err(|_| CreateError::Name)?;
    if by_code(tx, &code).await?.is_some() {
        return Err(CreateError::Taken);
    }
    let id: AgencyId = ctx.new_id();
    tx.exec(
        sql!(
            "INSERT INTO agency (id, code, name, region, zone, is_demo, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)"
        ),
        args![id, code, name, region, new.zone, new.is_demo, ctx.now()],
    )
    .await?;
    Ok(id)
}

/// The agency with this identifier.
pub async fn by_id(tx: &mut Tx, id: AgencyId) -> db::Result<Option<Agency>> {
    tx.optional(
        sql!("SELECT id, code, name, region, zone, is_demo FROM agency WHERE id = $1"),
        args![id],
    )
    .await
}

/// The agency with this code, in any case.
pub async fn by_code(tx: &mut Tx, code: &str) -> db::Result<Option<Agency>> {
    tx.optional(
        sql!("SELECT id, code, name, region, zone, is_demo FROM agency WHERE code = $1"),
        args![code.trim().to_ascii_uppercase()],
    )
    .await
}

/// Every agency, by code. For sign-in pages and jobs.
pub async fn unscoped_all(tx: &mut Tx) -> db::Result<Vec<Agency>> {
    tx.all(
        sql!("SELECT id, code, name, region, zone, is_demo FROM agency ORDER BY code"),
        args![],
    )
    .await
}
