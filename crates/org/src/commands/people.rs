//! Records of people: made, corrected, given a new number or rank.

use audit::Entry;
use db::{Db, Tx, args, sql};
use jiff::civil::Date;
use kernel::{Code, Ctx, PersonId, TextError};
use policy::{Action, Actor, Facts, Kind, Permit};
use regulation::nip::{Nip, NipKind, Sex};
use serde_json::json;

use super::{refresh, today};
use crate::access::person_facts;
use crate::bulk::{self, NumberRow, PersonRow, RankRow};
use crate::model::{Grade, PersonStatus};
use crate::projection::Affected;

/// Why a record cannot be made or changed.
#[derive(Debug, thiserror::Error)]
pub enum PersonError {
    /// The name is empty, has no letters, or more than 150 characters.
    #[error("a name has 1 to 150 characters")]
    Name,
    /// A title is too long or has forbidden characters.
    #[error("titles have at most 60 characters before and 100 after the name")]
    Title,
    /// No e-mail address.
    #[error("not an e-mail address")]
    Email,
    /// Somebody else has this address.
    #[error("somebody else has this address")]
    EmailTaken,
    /// The number is no NIP.
    #[error("not a NIP: {0}")]
    Number(regulation::nip::NipError),
    /// The number belongs to somebody.
    #[error("the number belongs to somebody")]
    NumberTaken,
    /// The day lies before the present number began.
    #[error("the day lies before the present number began")]
    Dates,
    /// Golongan and kind of employee do not fit.
    #[error("golongan and kind of employee do not fit")]
    Grade,
    /// Somebody else was faster; the version now.
    #[error("somebody else has changed the record")]
    Stale {
        /// Version now.
        version: i64,
    },
    /// No such person.
    #[error("no such person")]
    NotFound,
    /// May not.
    #[error(transparent)]
    Denied(#[from] policy::Denied),
    /// The database failed.
    #[error(transparent)]
    Internal(#[from] db::Error),
}

/// What a record holds.
#[derive(Debug, Clone)]
pub struct RecordInput {
    /// Name without titles.
    pub name: String,
    /// Titles before the name.
    pub title_front: String,
    /// Titles after the name.
    pub title_back: String,
    /// Date of birth.
    pub birth_date: Option<Date>,
    /// Sex.
    pub sex: Option<Sex>,
    /// E-mail, may be empty.
    pub email: String,
    /// Status.
    pub status: PersonStatus,
}

fn cleaned(id: PersonId, input: &RecordInput) -> Result<PersonRow, PersonError> {
    let name = kernel::line(&input.name, 150).map_err(|_| PersonError::Name)?;
    if !name.chars().any(char::is_alphabetic) {
        return Err(PersonError::Name);
    }
    let title = |text: &str, max| match kernel::line(text, max) {
        Ok(text) => Ok(text),
        Err(TextError::Empty) => Ok(String::new()),
        Err(_) => Err(PersonError::Title),
    };
    let email = match input.email.trim() {
        "" => None,
        text => Some(crate::import::email(text).ok_or(PersonError::Email)?),
    };
    Ok(PersonRow {
        id,
        name,
        title_front: title(&input.title_front, 60)?,
        title_back: title(&input.title_back, 100)?,
        birth_date: input.birth_date,
        sex: input.sex,
        email,
        status: input.status,
    })
}

async fn email_is_free(tx: &mut Tx, actor: &Actor, row: &PersonRow) -> Result<(), PersonError> {
    let Some(email) = &row.email else { return Ok(()) };
    let other: Option<PersonId> = tx
        .scalar(
            sql!("SELECT id FROM person WHERE agency_id = $1 AND email = $2 AND id <> $3 LIMIT 1"),
            args![actor.agency, email, row.id],
        )
        .await?;
    if other.is_some() {
        Err(PersonError::EmailTaken)
    } else {
        Ok(())
    }
}

async fn trace(
    tx: &mut Tx,
    ctx: &Ctx,
    permit: &Permit,
    verb: &'static str,
    person: PersonId,
    detail: serde_json::Value,
) -> db::Result<()> {
    audit::record(
        tx,
        ctx,
        permit,
        Entry {
            verb,
            kind: Kind::Person,
            subject: person.uuid(),
            detail,
        },
    )
    .await
}

/// Makes a record with its first number, if there is one (pejabat negara have none). Only for those who administer the
/// whole agency: a person without a placement belongs to no unit yet.
pub async fn create(
    db: &Db,
    ctx: &Ctx,
    actor: &Actor,
    input: RecordInput,
    number: Option<&str>,
) -> Result<PersonId, PersonError> {
    db::write!(db, async |tx| {
        let permit = policy::decide(actor, Action::Manage, &Facts::of_unit(Kind::Person, actor.agency, "")).permit()?;
        let row = cleaned(ctx.new_id(), &input)?;
        let id = row.id;
        email_is_free(tx, actor, &row).await?;
        let today = today(tx, ctx, actor.agency).await?;
        bulk::people(tx, actor.agency, ctx.now(), &[row]).await?;
        if let Some(number) = number {
            let nip = Nip::parse(number).map_err(PersonError::Number)?;
            add_number(tx, actor, id, nip, nip.kind(), today).await?;
        }
        refresh(tx, actor.agency, today, Affected::People(&[id])).await?;
        trace(
            tx,
            ctx,
            &permit,
            "person.create",
            id,
            json!({ "status": input.status.code() }),
        )
        .await?;
        Ok::<_, PersonError>(id)
    })
}

async fn permitted(tx: &mut Tx, actor: &Actor, person: PersonId, today: Date) -> Result<Permit, PersonError> {
    let facts = person_facts(tx, actor.agency, person, today)
        .await?
        .ok_or(PersonError::NotFound)?;
    Ok(policy::decide(actor, Action::Manage, &facts).permit()?)
}

/// Corrects a record.
pub async fn edit(
    db: &Db,
    ctx: &Ctx,
    actor: &Actor,
    person: PersonId,
    input: RecordInput,
    version: i64,
) -> Result<(), PersonError> {
    db::write!(db, async |tx| {
        let today = today(tx, ctx, actor.agency).await?;
        let permit = permitted(tx, actor, person, today).await?;
        let row = cleaned(person, &input)?;
        email_is_free(tx, actor, &row).await?;
        let (before, status): (i64, PersonStatus) = tx
            .one(sql!("SELECT version, status FROM person WHERE id = $1"), args![person])
            .await?;
        if before != version {
            return Err(PersonError::Stale { version: before });
        }
        tx.exec(
            sql!(
                "UPDATE person SET name = $1, title_front = $2, title_back = $3, birth_date = $4, sex = $5, \
                 email = $6, status = $7, version = version + 1 WHERE id = $8"
            ),
            args![
                &row.name,
                &row.title_front,
                &row.title_back,
                row.birth_date,
                row.sex,
                row.email.as_ref(),
                row.status,
                person
            ],
        )
        .await?;
        // whoever is no longer at work heads nothing, which concerns everybody below
        let affected = if status == row.status {
            Affected::People(&[person])
        } else {
            Affected::All
        };
        refresh(tx, actor.agency, today, affected).await?;
        let detail = json!({ "before": status.code(), "after": row.status.code() });
        trace(tx, ctx, &permit, "person.edit", person, detail).await?;
        Ok::<_, PersonError>(())
    })
}

async fn add_number(
    tx: &mut Tx,
    actor: &Actor,
    person: PersonId,
    number: Nip,
    kind: NipKind,
    from: Date,
) -> Result<(), PersonError> {
    let owner = crate::queries::person_by_number(tx, actor.agency, number.as_str()).await?;
    if owner.is_some() {
        return Err(PersonError::NumberTaken);
    }
    let row = NumberRow {
        person,
        number: number.as_str().to_owned(),
        kind,
        valid_from: from,
        valid_to: None,
    };
    bulk::numbers(tx, actor.agency, &[row]).await?;
    Ok(())
}

/// Gives a person a new number from a day on; the one before ends the day before. The present number again changes
/// nothing.
pub async fn set_number(
    db: &Db,
    ctx: &Ctx,
    actor: &Actor,
    person: PersonId,
    number: &str,
    kind: NipKind,
    from: Date,
) -> Result<(), PersonError> {
    db::write!(db, async |tx| {
        let today = today(tx, ctx, actor.agency).await?;
        let permit = permitted(tx, actor, person, today).await?;
        let nip = Nip::parse(number).map_err(PersonError::Number)?;
        let present: Option<(String, Date)> = tx
            .optional(
                sql!("SELECT number, valid_from FROM person_number WHERE person_id = $1 AND valid_to IS NULL"),
                args![person],
            )
            .await?;
        if present.as_ref().is_some_and(|(n, _)| n == nip.as_str()) {
            return Ok(());
        }
        if present.as_ref().is_some_and(|(_, since)| *since >= from) {
            return Err(PersonError::Dates);
        }
        tx.exec(
            sql!("UPDATE person_number SET valid_to = $1 WHERE person_id = $2 AND valid_to IS NULL"),
            args![from.yesterday().unwrap_or(from), person],
        )
        .await?;
        add_number(tx, actor, person, nip, kind, from).await?;
        refresh(tx, actor.agency, today, Affected::People(&[person])).await?;
        let detail = json!({ "from": from.to_string(), "kind": kind.code() });
        trace(tx, ctx, &permit, "person.number", person, detail).await?;
        Ok::<_, PersonError>(())
    })
}

/// Gives a person a golongan from a day (TMT) on.
pub async fn set_rank(
    db: &Db,
    ctx: &Ctx,
    actor: &Actor,
    person: PersonId,
    grade: Grade,
    from: Date,
) -> Result<(), PersonError> {
    db::write!(db, async |tx| {
        let today = today(tx, ctx, actor.agency).await?;
        let permit = permitted(tx, actor, person, today).await?;
        let kind: Option<NipKind> = tx
            .scalar(
                sql!("SELECT kind FROM person_number WHERE person_id = $1 AND valid_to IS NULL"),
                args![person],
            )
            .await?;
        let fits = match (kind, grade) {
            (Some(NipKind::Pns), Grade::Pppk(_)) | (Some(NipKind::Pppk), Grade::Pns(_)) => false,
            (_, Grade::Pns(_) | Grade::Pppk(_)) => true,
        };
        if !fits {
            return Err(PersonError::Grade);
        }
        bulk::ranks(
            tx,
            &[RankRow {
                person,
                grade,
                valid_from: from,
            }],
        )
        .await?;
        refresh(tx, actor.agency, today, Affected::People(&[person])).await?;
        let detail = json!({ "grade": grade.code(), "from": from.to_string() });
        trace(tx, ctx, &permit, "person.rank", person, detail).await?;
        Ok::<_, PersonError>(())
    })
}
