//! The running server: from an open port to a clean stop.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::serve::ListenerExt as _;
use db::Db;
use documents::FormEngine;
use journal::blobs::BlobStore;
use kernel::Ctx;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};
use web::{AppState, WebConfig};

use crate::failure::Failure;

/// How long requests that have begun may take once the server was told to stop.
const LAST_REQUESTS: Duration = Duration::from_secs(10);

/// Documents set at the same time.
const PRINTING: usize = 2;

/// What a server needs.
pub struct Parts {
    /// The database.
    pub db: Db,
    /// Clock and identifiers.
    pub ctx: Ctx,
    /// Signing in.
    pub gate: access::Gate,
    /// Address under which people reach it.
    pub public_url: String,
    /// Proxies in front.
    pub trusted_proxies: usize,
    /// Uploaded files.
    pub blobs: Arc<dyn BlobStore>,
    /// Prints the forms.
    pub forms: Arc<dyn FormEngine>,
    /// Whether background work is done in this process, too.
    pub with_worker: bool,
}

/// Takes the port.
///
/// # Errors
/// [`Failure`] that says who may have it and what to do.
pub async fn listen(address: SocketAddr) -> Result<TcpListener, Failure> {
    TcpListener::bind(address).await.map_err(|error| {
        let what = match error.kind() {
            std::io::ErrorKind::AddrInUse => "another program has this port".to_owned(),
            std::io::ErrorKind::PermissionDenied => {
                "this user may not take it (ports below 1024 need rights)".to_owned()
            }
            _ => error.to_string(),
        };
        Failure::usage(format!(
            "Cannot listen on {address}: {what}. Stop that program or choose another port in [server] listen."
        ))
    })
}

/// Serves until the process is told to stop, then lets requests that have begun finish.
pub async fn run(parts: Parts, listener: TcpListener) -> Result<(), Failure> {
    crate::worker::schedule(&parts.db, &parts.ctx).await?;
    let worker = parts
        .with_worker
        .then(|| crate::worker::build(parts.db.clone(), parts.ctx.clone()));
    let state = AppState {
        db: parts.db,
        ctx: parts.ctx,
        config: Arc::new(WebConfig {
            secure_cookies: parts.public_url.starts_with("https://"),
            public_url: parts.public_url,
            trusted_proxies: parts.trusted_proxies,
        }),
        gate: Arc::new(parts.gate),
        forms: parts.forms,
        blobs: parts.blobs,
        printing: Arc::new(Semaphore::new(PRINTING)),
    };
    let stop = stop_signal()?;
    let work = worker.map(|worker| {
        let mut stop = stop.clone();
        tokio::spawn(async move { worker.run_until(async move { asked(&mut stop).await }).await })
    });
    // answers are small: waiting for more to send would only make them late
    let listener = listener.tap_io(|stream| {
        let _ = stream.set_nodelay(true);
    });
    let service = web::router(state).into_make_service_with_connect_info::<SocketAddr>();
    let mut graceful = stop.clone();
    let server = axum::serve(listener, service).with_graceful_shutdown(async move { asked(&mut graceful).await });
    let mut late = stop.clone();
    tokio::select! {
        ended = server => ended.map_err(|e| Failure::internal(format!("The server stopped: {e}.")))?,
        () = async { asked(&mut late).await; tokio::time::sleep(LAST_REQUESTS).await } => {
            tracing::warn!("stopped with requests unfinished");
        }
    }
    if let Some(work) = work
        && tokio::time::timeout(LAST_REQUESTS, work).await.is_err()
    {
        tracing::warn!("stopped with a job unfinished; it will be done again");
    }
    tracing::info!("stopped");
    Ok(())
}

/// Becomes true when the process is asked to stop (Ctrl+C, or what a service manager sends).
pub fn stop_signal() -> Result<watch::Receiver<bool>, Failure> {
    let (sender, receiver) = watch::channel(false);
    #[cfg(unix)]
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
        .map_err(|e| Failure::internal(format!("The machine gives no signals: {e}.")))?;
    tokio::spawn(async move {
        #[cfg(unix)]
        tokio::select! {
            _ = terminate.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        }
        #[cfg(not(unix))]
        let _ = tokio::signal::ctrl_c().await;
        tracing::info!("asked to stop");
        let _ = sender.send(true);
        // whoever asks a second time means it
        let _ = tokio::signal::ctrl_c().await;
        std::process::exit(130);
    });
    Ok(receiver)
}

/// Waits until the process is asked to stop.
pub async fn asked(stop: &mut watch::Receiver<bool>) {
    // the sender lives as long as the process
    let _ = stop.wait_for(|asked| *asked).await;
}
