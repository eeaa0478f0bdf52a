use std::io::{self, BufRead, BufReader, BufWriter, Write};

use regulation::calculate;

use crate::config::nearest;
use crate::failure::{Done, Failure, done, with_problems};

/// Repeats an official calculation: one JSON object a line in, one a line out, in the same order.
///
/// A line that is not valid for its kind gives {"error": …, "field": …} and the others go on; the exit status is
/// then 1. Decimals may come as texts or numbers and go out as texts.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  abdi calculate --list
  echo '{\"rating_hasil_kerja\":\"DI_ATAS_EKSPEKTASI\",\"rating_perilaku_kerja\":\"SESUAI_EKSPEKTASI\"}' | abdi calculate quadrant
  echo '{\"n\":29,\"sums\":{\"u1\":105,\"u2\":104,\"u3\":103,\"u4\":116}}' | abdi calculate skm --explain
  abdi calculate nip_parse < daftar-nip.jsonl > hasil.jsonl")]
pub struct Args {
    /// What to calculate; --list shows the kinds
    #[arg(required_unless_present = "list", value_name = "KIND")]
    kind: Option<String>,
    /// List the kinds, one a line
    #[arg(long)]
    list: bool,
    /// Add the steps, their inputs and the article of the regulation to each answer
    #[arg(long)]
    explain: bool,
}

/// Lines up to this length are kept in the buffers; longer ones grow them.
const BUFFER: usize = 256 * 1024;

/// Runs the command.
pub fn run(args: &Args) -> Done {
    let mut out = BufWriter::with_capacity(BUFFER, io::stdout().lock());
    let ended = match &args.kind {
        Some(kind) if !args.list => {
            known(kind)?;
            lines(kind, args.explain, &mut out)
        }
        _ => list(&mut out),
    };
    match ended.and_then(|rejected| out.flush().map(|()| rejected)) {
        Ok(0) => done(),
        Ok(_) => with_problems(),
        // whoever read the answers has seen enough
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => done(),
        Err(error) => Err(Failure::internal(format!("Reading or writing failed: {error}."))),
    }
}

fn known(kind: &str) -> Result<(), Failure> {
    let names: Vec<&str> = calculate::kinds().iter().map(|k| k.name).collect();
    if names.contains(&kind) {
        return Ok(());
    }
    let meant = nearest(kind, names.iter().copied())
        .map(|n| format!(" Did you mean {n}?"))
        .unwrap_or_default();
    Err(Failure::usage(format!(
        "There is no calculation {kind:?}.{meant} `abdi calculate --list` shows all of them."
    )))
}

fn list(out: &mut impl Write) -> io::Result<u64> {
    let width = calculate::kinds().iter().map(|k| k.name.len()).max().unwrap_or(0);
    for kind in calculate::kinds() {
        writeln!(out, "{:<width$}  {}", kind.name, kind.summary)?;
    }
    Ok(0)
}

/// Answers how many lines were rejected.
fn lines(kind: &str, explain: bool, out: &mut impl Write) -> io::Result<u64> {
    let mut input = BufReader::with_capacity(BUFFER, io::stdin().lock());
    let (mut line, mut rejected) = (Vec::new(), 0);
    loop {
        line.clear();
        if input.read_until(b'\n', &mut line)? == 0 {
            return Ok(rejected);
        }
        // bytes that are no text become a character that no valid line holds outside a text
        let text = String::from_utf8_lossy(&line);
        match calculate::line(kind, text.trim(), explain) {
            Ok(answer) => writeln!(out, "{answer}")?,
            Err(error) => {
                rejected += 1;
                writeln!(out, "{error}")?;
            }
        }
        // somebody who asks line by line gets each answer at once
        if input.buffer().is_empty() {
            out.flush()?;
        }
    }
}
