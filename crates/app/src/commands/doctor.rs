use std::path::PathBuf;

use audit::Problem;

use crate::failure::{Done, done, with_problems};
use crate::installation::Installation;
use crate::output::{count, say};

/// Checks the structures of the database, the statements of the program against it, the files, and every entry of the
/// trail of changes. Exit status 1 when something is wrong.
///
/// Keep the printed ends of the chains elsewhere (on paper, in another system): whoever can write to the database can
/// forge a whole chain, but not one whose end you have noted.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Also compute the digest of the whole content, as `abdi backup` prints it
    #[arg(long)]
    digest: bool,
}

/// Runs the command.
pub async fn run(args: Args, file: Option<PathBuf>) -> Done {
    let house = Installation::open(file).await?;
    let mut problems = 0_usize;
    let mut found = |text: String| {
        problems += 1;
        say(format!("  PROBLEM  {text}"));
    };

    say(format!("Database ({})", house.db.engine()));
    house.db.integrity_problems().await?.into_iter().for_each(&mut found);
    for (statement, why) in house.db.refused_statements().await? {
        found(format!(
            "the statement at {}:{} is refused: {why}",
            statement.file, statement.line
        ));
    }
    if args.digest {
        let made = db::dump::digest(&house.db).await.map_err(super::backup::failure)?;
        say(format!("  {} rows, SHA-256 {}", count(made.rows), made.digest));
    }

    say("Files");
    let folder = house.config.files().to_owned();
    let checked = crate::archive::check_folder(&folder).map_err(|e| crate::failure::Failure::file(&folder, &e))?;
    say(format!("  {} files", count(checked.files)));
    checked
        .damaged
        .into_iter()
        .map(|name| format!("the file {name} has changed"))
        .for_each(&mut found);

    let agencies = db::read!(house.db, async |tx| org::agency::unscoped_all(tx).await)?;
    for agency in agencies {
        say(format!("Trail of changes of {} ({})", agency.code, agency.name));
        let report = audit::verify(&house.db, agency.id).await?;
        say(format!("  {} entries", count(report.entries)));
        for head in &report.heads {
            say(format!(
                "  chain {:>2}  entry {:>9}  {}",
                head.chain,
                count(head.seq.unsigned_abs()),
                head.hash
            ));
        }
        report.problems.iter().map(describe).for_each(&mut found);
    }
    if problems == 0 {
        say("Everything is as it should be.");
        done()
    } else {
        say(format!("{problems} problems were found."));
        with_problems()
    }
}

fn describe(problem: &Problem) -> String {
    match problem {
        Problem::Edited { chain, seq } => format!("chain {chain}: entry {seq} was edited"),
        Problem::Gap { chain, seq } => format!("chain {chain}: entries are missing from {seq} on"),
        Problem::Broken { chain, seq } => format!("chain {chain}: entry {seq} does not follow from the one before"),
        Problem::End { chain, found, expected } => {
            format!("chain {chain}: ends at entry {found}, but {expected} were written")
        }
    }
}
