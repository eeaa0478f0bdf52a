//! Installs what the stages need from outside of cargo, where it may, and says what is missing where it may not.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

use super::{Counts, Outcome};
use crate::workspace::Workspace;
use crate::{pg, process};

/// Something that a Debian package brings.
struct Need {
    package: &'static str,
    reason: &'static str,
    present: fn() -> bool,
    required: bool,
}

const NEEDS: &[Need] = &[
    Need {
        package: "postgresql",
        reason: "tests on the second database engine",
        present: || pg::find_binaries().is_ok(),
        required: true,
    },
    Need {
        package: "chromium",
        reason: "the browser of the journeys",
        present: || chromium().is_some(),
        required: true,
    },
    Need {
        package: "chromium-driver",
        reason: "drives the browser",
        present: || chromedriver().is_some(),
        required: true,
    },
    Need {
        package: "fonts-dejavu-core",
        reason: "letters in the screenshots",
        present: || process::output(&mut Command::new("fc-list")).is_ok_and(|fonts| !fonts.trim().is_empty()),
        required: true,
    },
    Need {
        package: "poppler-utils",
        reason: "reads the text of printed forms back",
        present: || process::find_program(&["pdftotext"]).is_some(),
        required: true,
    },
    Need {
        package: "npm",
        reason: "fetches axe-core, which checks accessibility",
        present: || process::find_program(&["npm"]).is_some(),
        required: true,
    },
    Need {
        package: "libreoffice-calc-nogui",
        reason: "opens the spreadsheets",
        present: || soffice().is_some(),
        required: false,
    },
];

/// The browser.
pub fn chromium() -> Option<PathBuf> {
    process::find_program(&["chromium", "chromium-browser", "google-chrome"])
}

/// The program that drives the browser.
pub fn chromedriver() -> Option<PathBuf> {
    process::find_program(&["chromedriver"])
}

/// LibreOffice.
pub fn soffice() -> Option<PathBuf> {
    process::find_program(&["soffice", "libreoffice"])
}

/// The script that checks accessibility.
pub fn axe(workspace: &Workspace) -> PathBuf {
    workspace.target.join("npm/node_modules/axe-core/axe.min.js")
}

/// Installs what is missing. Fails when something required is still missing afterwards.
pub fn run(workspace: &Workspace) -> Result<Outcome> {
    let missing = || NEEDS.iter().filter(|need| !(need.present)());
    let packages: Vec<&str> = missing().map(|need| need.package).collect();
    if !packages.is_empty() {
        println!("  missing: {}", packages.join(", "));
        install_packages(&packages);
    }
    let components = install_components();
    install_axe(workspace)?;
    let mut absent = Vec::new();
    for need in NEEDS {
        let present = (need.present)();
        let state = match (present, need.required) {
            (true, _) => "present",
            (false, true) => "MISSING",
            (false, false) => "absent, its stage will be skipped",
        };
        println!("  {:<24} {state} ({})", need.package, need.reason);
        if !present && need.required {
            absent.push(need.package);
        }
    }
    let nextest = if process::find_program(&["cargo-nextest"]).is_some() {
        "present"
    } else {
        "absent, the built-in runner is used"
    };
    println!("  {:<24} {nextest}", "cargo-nextest");
    if !components.is_empty() {
        bail!(
            "add to the toolchain, then run this again: rustup component add {}",
            components.join(" ")
        );
    }
    if !absent.is_empty() {
        bail!(
            "install as root, then run this again: apt-get update && apt-get install -y --no-install-recommends {}",
            absent.join(" ")
        );
    }
    Ok(Outcome::Ran(Counts::one(true)))
}

/// Tries all packages at once, and one by one when that fails: an optional one may not exist on this system. What
/// could not be installed is noticed by the caller.
fn install_packages(packages: &[&str]) {
    let Some(prefix) = privileged() else {
        println!("  not root, and no sudo without a password: nothing is installed");
        return;
    };
    if process::find_program(&["apt-get"]).is_none() {
        println!("  no apt-get on this system: nothing is installed");
        return;
    }
    let apt = |arguments: &[&str]| {
        let mut words: Vec<&str> = prefix.to_vec();
        words.extend([
            "env",
            "DEBIAN_FRONTEND=noninteractive",
            "apt-get",
            "-qq",
            "-y",
            "-o",
            "Acquire::Retries=3",
        ]);
        words.extend(arguments);
        // what a package says while it is installed matters only when it cannot be
        let result = process::output(Command::new(words[0]).args(&words[1..]));
        if let Err(error) = &result {
            println!("  {error:#}");
        }
        result.is_ok()
    };
    apt(&["update"]);
    let install = |packages: &[&str]| apt(&[&["install", "--no-install-recommends"], packages].concat());
    if !install(packages) && packages.len() > 1 {
        for package in packages {
            install(&[package]);
        }
    }
}

/// What to put before a command that needs root; nothing when there is no way.
fn privileged() -> Option<&'static [&'static str]> {
    if pg::is_root().is_ok_and(|root| root) {
        return Some(&[]);
    }
    process::succeeds(Command::new("sudo").args(["-n", "true"])).then_some(&["sudo", "-n"])
}

/// Toolchains made for other purposes come without rustfmt and clippy. Returns what is still missing.
fn install_components() -> Vec<&'static str> {
    let missing = |program: &str| {
        !process::find_program(&[program])
            .is_some_and(|program| process::succeeds(Command::new(program).arg("--version")))
    };
    let install = |component: &str| {
        println!("  missing: {component}");
        if let Err(error) = process::run(Command::new("rustup").args(["component", "add", component])) {
            println!("  {error:#}");
        }
    };
    let needed = [("cargo-fmt", "rustfmt"), ("cargo-clippy", "clippy")]
        .into_iter()
        .filter(|(program, _)| missing(program));
    let tried = needed.inspect(|(_, component)| install(component));
    tried
        .filter(|(program, _)| missing(program))
        .map(|(_, component)| component)
        .collect()
}

fn install_axe(workspace: &Workspace) -> Result<()> {
    if axe(workspace).exists() || process::find_program(&["npm"]).is_none() {
        return Ok(());
    }
    let prefix = workspace.target.join("npm");
    std::fs::create_dir_all(&prefix)?;
    let mut npm = Command::new("npm");
    npm.args([
        "install",
        "--no-audit",
        "--no-fund",
        "--ignore-scripts",
        "--loglevel",
        "error",
        "--prefix",
    ]);
    process::run(npm.arg(&prefix).arg("axe-core@4"))
}
