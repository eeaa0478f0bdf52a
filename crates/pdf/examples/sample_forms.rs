//! Writes every form, filled with fabricated people, on both papers into the directory given on the command line.

use std::path::PathBuf;
use std::time::Instant;

use documents::Paper;
use pdf::TypstEngine;

#[path = "../tests/sample/mod.rs"]
mod sample;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let Some(directory) = std::env::args_os().nth(1).map(PathBuf::from) else {
        return Err("give a directory to write the forms to".into());
    };
    std::fs::create_dir_all(&directory)?;
    let engine = TypstEngine::new();
    for (name, form) in sample::all() {
        for paper in [Paper::A4, Paper::F4] {
            let start = Instant::now();
            let (bytes, warnings) = engine.render_with_warnings(&form, paper)?;
            let file = directory.join(format!("{name}-{paper:?}.pdf").to_lowercase());
            std::fs::write(&file, &bytes)?;
            println!(
                "{} {} bytes {:?} {}",
                file.display(),
                bytes.len(),
                start.elapsed(),
                warnings.join("; ")
            );
        }
    }
    Ok(())
}
