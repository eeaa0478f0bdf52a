use std::path::PathBuf;

use access::cli::CliError;
use access::commands::{AccountIssued, CreateAccountError};
use access::queries::AccountFilter;
use clap::Subcommand;
use policy::Scope;

use crate::failure::{Done, Failure, done};
use crate::installation::Installation;
use crate::output::{say, table};

/// Accounts of administrators, forgotten passwords, and the code of the first administrator. For whoever has the
/// machine; everything is written into the trail of changes. Other accounts are made in the browser.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Code of the agency; may be left out while there is only one
    #[arg(long, global = true, value_name = "CODE")]
    agency: Option<String>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make an administrator of the agency, with a password that must be changed at the first sign-in
    #[command(after_help = "Example:\n  abdi account create admin@kotacontoh.go.id \"Administrator BKPSDM\"")]
    Create {
        /// E-mail address to sign in with
        email: String,
        /// What the account is called
        name: String,
    },
    /// Issue a new password, which must be changed at the next sign-in; ends all sessions
    Reset {
        /// NIP or e-mail address
        login: String,
        /// Also remove the second factor (the telephone is lost)
        #[arg(long)]
        remove_second_factor: bool,
    },
    /// Disable an account; ends all its sessions at once
    Disable {
        /// NIP or e-mail address
        login: String,
    },
    /// Enable a disabled account
    Enable {
        /// NIP or e-mail address
        login: String,
    },
    /// List the accounts of the agency
    List,
    /// Print a new code for the first administrator, while nobody has an account
    FirstCode,
}

/// Runs the command.
pub async fn run(args: Args, file: Option<PathBuf>) -> Done {
    let house = Installation::open(file).await?;
    if matches!(args.command, Command::FirstCode) {
        let code = access::first_code::issue(&house.db, &house.ctx).await?.ok_or_else(|| {
            Failure::not_safe(
                "Somebody has an account already. Use `abdi account reset`, or let an administrator help.",
            )
        })?;
        say(format!(
            "{}\nIt works once, within 24 hours; a code printed before is void.",
            code.reveal()
        ));
        return done();
    }
    let agency = house.agency(args.agency.as_deref()).await?;
    let gate = house.config.gate();
    let (db, ctx) = (&house.db, &house.ctx);
    match args.command {
        Command::FirstCode => {}
        Command::Create { email, name } => {
            let made = access::cli::unscoped_create_admin(db, ctx, &gate, agency.id, &email, &name).await;
            issued(&made.map_err(create_failure)?);
        }
        Command::Reset {
            login,
            remove_second_factor,
        } => {
            let made =
                access::cli::unscoped_reset_password(db, ctx, &gate, agency.id, &login, remove_second_factor).await;
            issued(&made.map_err(cli_failure)?);
        }
        Command::Disable { login } => {
            access::cli::unscoped_set_disabled(db, ctx, agency.id, &login, true)
                .await
                .map_err(cli_failure)?;
            say("Disabled. Its sessions have ended.");
        }
        Command::Enable { login } => {
            access::cli::unscoped_set_disabled(db, ctx, agency.id, &login, false)
                .await
                .map_err(cli_failure)?;
            say("Enabled.");
        }
        Command::List => list(&house, agency.id).await?,
    }
    done()
}

fn issued(made: &AccountIssued) {
    say(format!("Password: {}", made.password.reveal()));
    say("It is shown once and must be changed at the next sign-in.");
}

async fn list(house: &Installation, agency: kernel::AgencyId) -> Result<(), Failure> {
    let scope = Scope::unscoped(agency);
    let mut rows = Vec::new();
    db::read!(house.db, async |tx| {
        let mut after = None;
        loop {
            let page = access::queries::accounts(tx, &scope, &AccountFilter::default(), after.as_ref()).await?;
            rows.extend(page.rows.into_iter().map(|a| {
                let marks = [
                    (a.disabled_at.is_some(), "disabled"),
                    (a.must_change, "must change password"),
                    (a.has_totp, "second factor"),
                ];
                let marks: Vec<&str> = marks.iter().filter(|(is, _)| *is).map(|(_, mark)| *mark).collect();
                vec![
                    a.label,
                    a.email.unwrap_or_default(),
                    a.unit.unwrap_or_default(),
                    marks.join(", "),
                ]
            }));
            after = page.next;
            if after.is_none() {
                break Ok::<_, Failure>(());
            }
        }
    })?;
    table(&["name", "e-mail", "unit", ""], &rows);
    Ok(())
}

fn create_failure(error: CreateAccountError) -> Failure {
    match error {
        CreateAccountError::Internal(error) => error.into(),
        CreateAccountError::Email => Failure::usage("This is not an e-mail address."),
        other => Failure::usage(format!("The account was not made: {other}.")),
    }
}

fn cli_failure(error: CliError) -> Failure {
    match error {
        CliError::Internal(error) => error.into(),
        CliError::NotFound => {
            Failure::usage("No account of this agency has this NIP or e-mail address. `abdi account list` shows them.")
        }
    }
}
