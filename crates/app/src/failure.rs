//! How a command ends when it does not end well: a sentence or two for the person, a number for the script.

use std::fmt;
use std::process::ExitCode;

/// The work was done, but lines, rows or parts of it were rejected.
pub const PROBLEMS: u8 = 1;
const USAGE: u8 = 2;
const UNREACHABLE: u8 = 3;
const UNSAFE: u8 = 4;
const INTERNAL: u8 = 70;

/// What the help says about exit statuses.
pub const EXIT_STATUSES: &str = "\
Exit status:
  0   done
  1   done, but lines, rows or checks were rejected or found wrong
  2   wrong usage or configuration
  3   the database cannot be reached
  4   refused because it would not be safe
  70  a defect of the program";

/// Why a command stopped. The message says what to do.
#[derive(Debug)]
pub struct Failure {
    code: u8,
    message: String,
}

/// How a command ends.
pub type Done = Result<ExitCode, Failure>;

/// The end of a command that did everything.
pub fn done() -> Done {
    Ok(ExitCode::SUCCESS)
}

/// The end of a command that found problems.
pub fn with_problems() -> Done {
    Ok(ExitCode::from(PROBLEMS))
}

impl Failure {
    /// Wrong usage or configuration.
    pub fn usage(message: impl Into<String>) -> Self {
        Self {
            code: USAGE,
            message: message.into(),
        }
    }

    /// The database cannot be reached.
    pub fn unreachable(message: impl Into<String>) -> Self {
        Self {
            code: UNREACHABLE,
            message: message.into(),
        }
    }

    /// Refused because something would be lost or exposed.
    pub fn not_safe(message: impl Into<String>) -> Self {
        Self {
            code: UNSAFE,
            message: message.into(),
        }
    }

    /// A defect, or a machine that fails.
    pub fn internal(message: impl Into<String>) -> Self {
        Self {
            code: INTERNAL,
            message: message.into(),
        }
    }

    /// A file that cannot be read or written.
    pub fn file(path: &std::path::Path, error: &std::io::Error) -> Self {
        Self::usage(format!("{}: {error}.", path.display()))
    }

    /// The status for the shell.
    pub fn code(&self) -> ExitCode {
        ExitCode::from(self.code)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl From<db::Error> for Failure {
    fn from(error: db::Error) -> Self {
        match error {
            db::Error::Unreachable(why) => Self::unreachable(format!(
                "The database cannot be reached: {why}. Check [database] url, and that it runs."
            )),
            db::Error::Conflict => Self::unreachable(
                "The database is busy with another program. Stop that program or try again in a moment.",
            ),
            other => Self::internal(format!("The database refused: {other}")),
        }
    }
}

impl From<db::MigrateError> for Failure {
    fn from(error: db::MigrateError) -> Self {
        match error {
            db::MigrateError::Database(error) => error.into(),
            db::MigrateError::Changed { .. } | db::MigrateError::Newer { .. } => {
                Self::not_safe(format!("{}.", capitalised(&error.to_string())))
            }
            db::MigrateError::Step { .. } => Self::internal(error.to_string()),
        }
    }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|c| c.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}
