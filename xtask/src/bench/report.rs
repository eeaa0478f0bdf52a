//! `bench/README.md`: what was measured, beside what is to be reached.

use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};

use super::city::City;
use super::imports::Import;
use super::pages::{ENTRY, LIST};
use super::table::Table;
use super::{Run, machine};

/// What stands below this line is written by hand and kept.
const BY_HAND: &str = "<!-- below this line: written by hand, kept by `cargo xtask bench --write` -->";

/// The whole file without the part that is written by hand.
pub fn markdown(run: &Run) -> String {
    let mut text = format!(
        "# Measurements\n\nWritten by `cargo xtask bench --write` on {}. Server and load generator (`wrk`, two threads) \
         share the machine. All people are fabricated.\n\n{}\n- load of the machine when it began: {}\n- executable: {}\n",
        run.date,
        machine::describe(),
        run.load,
        mebibytes(run.executable)
    );
    if let Some(city) = run.cities.iter().max_by_key(|c| c.people) {
        let _ = write!(
            text,
            "\n## Targets, with {} people\n\n{}",
            thousands(city.people),
            targets(run, city)
        );
    }
    for city in &run.cities {
        let _ = write!(text, "\n## A city of {} people\n\n", thousands(city.people));
        let _ = write!(text, "{}\n{}\n{}", summary(city), pages(city), prints(city));
    }
    if !run.imports.is_empty() {
        let _ = write!(
            text,
            "\n## Import of a staff list into an empty database (SQLite)\n\nThe whole command `abdi import staff --apply`, \
             in one transaction.\n\n{}",
            imports(&run.imports)
        );
    }
    text
}

/// Writes the file; keeps the part that was written by hand.
pub fn write(path: &Path, text: &str) -> Result<()> {
    let before = std::fs::read_to_string(path).unwrap_or_default();
    let by_hand = before.split_once(BY_HAND).map_or("\n", |(_, rest)| rest);
    std::fs::write(path, format!("{text}\n{BY_HAND}{by_hand}")).with_context(|| format!("writing {}", path.display()))
}

fn targets(run: &Run, city: &City) -> Table {
    let mut table = Table::new(&["what", "to reach", "measured", ""]);
    let mut row = |what: &str, goal: &str, measured: String, met: bool| {
        let mark = if met { "✓" } else { "✗" };
        table.row(vec![what.to_owned(), goal.to_owned(), measured, mark.to_owned()]);
    };
    let share = city.share(LIST, 16);
    row(
        "list page, 16 connections",
        "≥ 8 % of do-nothing",
        format!("{share:.1} %"),
        share >= 8.0,
    );
    let p99 = city.list_p99();
    row(
        "list page, p99 at 16",
        "< 10 ms",
        milliseconds(p99),
        p99 < Duration::from_millis(10),
    );
    if let Some(slowest) = city.slowest_read() {
        let p99 = slowest.figures.p99;
        let measured = format!("{} ({})", milliseconds(p99), slowest.name);
        row(
            "slowest other page read, p99 at 16",
            "< 20 ms",
            measured,
            p99 < Duration::from_millis(20),
        );
    }
    let most = city.after_saving.most;
    row(
        "memory under that load",
        "< 80 MiB",
        format!("{most:.0} MiB"),
        most < 80.0,
    );
    let share = city.share_of_raw();
    row(
        "progress entries, 16 connections",
        "≥ 50 % of raw commits",
        format!("{share:.0} %"),
        share >= 50.0,
    );
    let rate = city.rate(ENTRY, 16);
    row(
        "progress entries, 16 connections",
        "≥ 1,000/s",
        format!("{rate:.0}/s"),
        rate >= 1000.0,
    );
    if let Some(form) = city.prints.iter().filter(|p| p.pages >= 2).max_by_key(|p| p.p50) {
        let measured = format!("{} ({}, {} pages)", milliseconds(form.p50), form.name, form.pages);
        row(
            "one two-page form",
            "< 30 ms",
            measured,
            form.p50 < Duration::from_millis(30),
        );
    }
    if let Some(first) = run.imports.first() {
        let (took, memory) = (first.took, first.memory);
        let what = format!("import of {} rows", thousands(first.rows));
        row(&what, "< 15 s", seconds(took), took < Duration::from_secs(15));
        row(
            "memory of the import",
            "< 400 MiB",
            format!("{memory:.0} MiB"),
            memory < 400.0,
        );
    }
    if let Some(small) = run.cities.iter().min_by_key(|c| c.people) {
        let (first, again) = (small.first_page, small.restart);
        let what = format!("first page of a new city of {}", thousands(small.people));
        row(&what, "< 5 s", seconds(first), first < Duration::from_secs(5));
        row(
            "first page of a later start",
            "< 1 s",
            seconds(again),
            again < Duration::from_secs(1),
        );
    }
    table
}

fn summary(city: &City) -> String {
    let [before, after] = city.raw_commits;
    format!(
        "- first page of a new city: {}; of a later start: {}\n- database: {}\n- memory: idle {:.0} MiB, most while pages \
         were read {:.0} MiB, while forms were saved {:.0} MiB, while forms were printed {:.0} MiB\n- single rows that the \
         engine itself commits durably: {before:.0}/s before and {after:.0}/s after the saved entries\n",
        seconds(city.first_page),
        seconds(city.restart),
        mebibytes(city.database),
        city.idle.now,
        city.after_reading.most,
        city.after_saving.most,
        city.after_printing.most,
    )
}

fn pages(city: &City) -> Table {
    let mut table = Table::new(&[
        "page",
        "connections",
        "requests/s",
        "of do-nothing",
        "p50 ms",
        "p99 ms",
        "socket errors",
    ]);
    for m in &city.measured {
        table.row(vec![
            m.name.to_owned(),
            m.connections.to_string(),
            format!("{:.0}", m.figures.requests_per_second),
            format!("{:.1} %", city.share(m.name, m.connections)),
            format!("{:.2}", m.figures.p50.as_secs_f64() * 1000.0),
            format!("{:.2}", m.figures.p99.as_secs_f64() * 1000.0),
            m.figures.socket_errors.to_string(),
        ]);
    }
    table
}

fn prints(city: &City) -> Table {
    let mut table = Table::new(&["printed form", "pages", "p50", "slowest", "pages/s, two at once"]);
    for print in &city.prints {
        table.row(vec![
            print.name.to_owned(),
            print.pages.to_string(),
            milliseconds(print.p50),
            milliseconds(print.most),
            format!("{:.0}", print.pages_per_second),
        ]);
    }
    table
}

fn imports(all: &[Import]) -> Table {
    let mut table = Table::new(&["file", "rows", "seconds", "rows/s", "most memory"]);
    for import in all {
        table.row(vec![
            import.file.clone(),
            thousands(import.rows),
            format!("{:.2}", import.took.as_secs_f64()),
            format!("{:.0}", f64::from(import.rows) / import.took.as_secs_f64()),
            format!("{:.0} MiB", import.memory),
        ]);
    }
    table
}

fn milliseconds(duration: Duration) -> String {
    format!("{:.1} ms", duration.as_secs_f64() * 1000.0)
}

fn seconds(duration: Duration) -> String {
    format!("{:.2} s", duration.as_secs_f64())
}

fn mebibytes(bytes: u64) -> String {
    format!("{:.1} MiB", bytes as f64 / (1024.0 * 1024.0))
}

fn thousands(number: u32) -> String {
    match number {
        0..1000 => number.to_string(),
        _ => format!("{},{:03}", number / 1000, number % 1000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_part_by_hand_is_kept() {
        let path = std::env::temp_dir().join(format!("xtask-report-{}.md", std::process::id()));
        write(&path, "first\n").unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, format!("{text}why\n")).unwrap();
        write(&path, "second\n").unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::remove_file(&path).unwrap();
        assert_eq!(text, format!("second\n\n{BY_HAND}\nwhy\n"));
    }

    #[test]
    fn numbers_are_readable() {
        assert_eq!(
            (thousands(50_000), thousands(999)),
            ("50,000".to_owned(), "999".to_owned())
        );
        assert_eq!(milliseconds(Duration::from_micros(1_240)), "1.2 ms");
    }
}
