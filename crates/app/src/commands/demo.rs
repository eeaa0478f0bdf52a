use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use db::{Db, DbUrl};
use indicatif::ProgressBar;
use journal::blobs::FolderStore;
use kernel::{Ctx, RandomIds, SeededIds, SystemClock};
use serde::{Deserialize, Serialize};
use tokio::net::TcpListener;

use crate::config::Config;
use crate::demo::{City, Scale, Site, build};
use crate::failure::{Done, Failure, done};
use crate::installation::forms;
use crate::logging;
use crate::output::{say, table};
use crate::server::{self, Parts};

/// Makes a fictional city with about 2,000 employees and shows it on this machine: http://127.0.0.1:8080.
///
/// Everything in it is made up. A later start shows the same city, with what you have changed; --reset begins anew. No
/// other machine can reach it, and no configuration is read.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Throw the city away and make it anew
    #[arg(long)]
    reset: bool,
    /// Folder that holds the city; made when it does not exist
    #[arg(long, value_name = "DIR", default_value = "data/demo")]
    data_dir: PathBuf,
    /// Port to listen on; without it the first free one from 8080 on
    #[arg(long)]
    port: Option<u16>,
    /// Make the city, then stop
    #[arg(long)]
    build_only: bool,
    /// How many people the city has, for measurements
    #[arg(long, value_name = "N", default_value_t = Scale::CITY.people)]
    people: usize,
}

/// Marks a folder as one that this command has made and may throw away.
const MARKER: &str = "abdi-demo.json";
/// Where ports are tried, and how many.
const FIRST_PORT: u16 = 8080;
const PORTS: u16 = 20;
/// The same seed makes the same city.
const SEED: u64 = 20_260_101;

/// What the marker tells.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Marker {
    /// The city, once it is whole.
    city: Option<City>,
}

/// Runs the command.
pub async fn run(args: Args) -> Done {
    let mut config = Config::default();
    config.log.filter = std::env::var("ABDI_LOG").unwrap_or_else(|_| "warn".to_owned());
    logging::start(&config);
    let dir = &args.data_dir;
    let known = prepare(dir, args.reset)?;
    let files = FolderStore::open(dir.join("files")).map_err(|e| Failure::usage(format!("{}: {e}.", dir.display())))?;
    let site = Site {
        db: open(dir).await?,
        ctx: Ctx {
            clock: Arc::new(SystemClock),
            ids: Arc::new(SeededIds::new(SEED)),
        },
        gate: config.gate(),
        blobs: Arc::new(files),
    };
    let city = match known {
        Some(city) => city,
        None => make(&site, dir, args.people).await?,
    };
    if args.build_only {
        say(format!("{} is made in {}", city.name, dir.display()));
        return done();
    }
    let listener = listen(args.port).await?;
    let address = listener.local_addr().map_err(|e| Failure::internal(e.to_string()))?;
    let public_url = format!("http://{address}");
    show(&city, &public_url);
    let parts = Parts {
        db: site.db,
        ctx: Ctx {
            clock: Arc::new(SystemClock),
            ids: Arc::new(RandomIds),
        },
        gate: site.gate,
        public_url,
        trusted_proxies: 0,
        blobs: site.blobs,
        forms: forms(),
        with_worker: true,
    };
    server::run(parts, listener).await?;
    done()
}

/// Makes the city and notes that it is whole.
async fn make(site: &Site, dir: &Path, people: usize) -> Result<City, Failure> {
    let bar = ProgressBar::new_spinner();
    bar.enable_steady_tick(std::time::Duration::from_millis(120));
    let built = build(site, Scale { people }, &|what| {
        bar.set_message(format!("Making the city: {what}"))
    })
    .await;
    bar.finish_and_clear();
    let city = built.map_err(|e| Failure::internal(format!("The city could not be made: {e:#}.")))?;
    site.db.analyze().await?;
    write_marker(
        dir,
        &Marker {
            city: Some(city.clone()),
        },
    )?;
    Ok(city)
}

/// Makes the folder, or checks that it is ours. Answers the city that is whole in it.
fn prepare(dir: &Path, reset: bool) -> Result<Option<City>, Failure> {
    let on_dir = |e: std::io::Error| Failure::file(dir, &e);
    let is_empty = match std::fs::read_dir(dir) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => true,
        Err(error) => return Err(on_dir(error)),
    };
    let marker: Option<Marker> = std::fs::read(dir.join(MARKER))
        .ok()
        .map(|bytes| serde_json::from_slice(&bytes).unwrap_or_default());
    match marker {
        None if !is_empty => Err(Failure::not_safe(format!(
            "{} was not made by `abdi demo` and is left alone. Name another folder with --data-dir.",
            dir.display()
        ))),
        Some(Marker { city: Some(city) }) if !reset => Ok(Some(city)),
        marker => {
            // made by us, and either to be thrown away or only half finished
            if marker.is_some() {
                std::fs::remove_dir_all(dir).map_err(on_dir)?;
            }
            std::fs::create_dir_all(dir).map_err(on_dir)?;
            write_marker(dir, &Marker::default())?;
            Ok(None)
        }
    }
}

fn write_marker(dir: &Path, marker: &Marker) -> Result<(), Failure> {
    let path = dir.join(MARKER);
    let text = serde_json::to_vec_pretty(marker).map_err(|e| Failure::internal(e.to_string()))?;
    std::fs::write(&path, text).map_err(|e| Failure::file(&path, &e))
}

async fn open(dir: &Path) -> Result<Db, Failure> {
    let db = Db::open(&DbUrl::Sqlite(dir.join("abdi.db"))).await?;
    let ctx = Ctx::system();
    match db.migrate(ctx.now()).await {
        Ok(_) => Ok(db),
        Err(db::MigrateError::Database(error)) => Err(error.into()),
        Err(_) => Err(Failure::not_safe(
            "This city was made by another version of the program. Make it anew with --reset.",
        )),
    }
}

async fn listen(port: Option<u16>) -> Result<TcpListener, Failure> {
    let at = |port: u16| SocketAddr::from(([127, 0, 0, 1], port));
    if let Some(port) = port {
        return TcpListener::bind(at(port)).await.map_err(|e| {
            Failure::usage(format!(
                "Port {port} cannot be used ({e}). Stop the program that has it, or leave out --port."
            ))
        });
    }
    for port in FIRST_PORT..=FIRST_PORT + PORTS {
        if let Ok(listener) = TcpListener::bind(at(port)).await {
            if port != FIRST_PORT {
                say(format!("Port {FIRST_PORT} is taken by another program; using {port}."));
            }
            return Ok(listener);
        }
    }
    Err(Failure::usage(format!(
        "Ports {FIRST_PORT} to {} are all taken. Name a free one with --port.",
        FIRST_PORT + PORTS
    )))
}

fn show(city: &City, url: &str) {
    say("");
    say(format!("  {} (fictional) is at  {url}", city.name));
    say("");
    let rows: Vec<Vec<String>> = city
        .sign_ins
        .iter()
        .map(|s| vec![s.role.clone(), s.who.clone(), s.login.clone(), s.password.clone()])
        .collect();
    if !rows.is_empty() {
        table(&["role", "who", "sign in with", "password"], &rows);
        say("");
    }
    say("  Stop with Ctrl+C. Start again with `abdi demo`; begin anew with `abdi demo --reset`.");
}
