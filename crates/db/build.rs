//! Collects the numbered migrations of the repository into one constant list.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let dir = Path::new("../../migrations");
    println!("cargo::rerun-if-changed={}", dir.display());
    let mut names: Vec<String> = fs::read_dir(dir)?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(".sql"))
        .collect();
    names.sort();
    let mut out = String::from("pub(crate) const MIGRATIONS: &[Migration] = &[\n");
    for name in &names {
        let path = fs::canonicalize(dir.join(name))?;
        println!("cargo::rerun-if-changed={}", path.display());
        let stem = name.trim_end_matches(".sql");
        let (number, title) = stem.split_once('_').unwrap_or((stem, ""));
        let number: u32 = number.parse().map_err(io::Error::other)?;
        let _ = writeln!(
            out,
            "Migration {{ number: {number}, name: {title:?}, text: include_str!({:?}) }},",
            path
        );
    }
    out.push_str("];\n");
    let target = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("OUT_DIR is not set"))?;
    fs::write(Path::new(&target).join("migrations.rs"), out)
}
