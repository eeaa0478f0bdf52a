use std::sync::Arc;

use db::Db;
use documents::FormEngine;
use journal::blobs::BlobStore;
use kernel::Ctx;

/// What the web needs to know about its installation.
#[derive(Debug, Clone)]
pub struct WebConfig {
    /// Address under which people reach the installation, without a slash at the end. Links in QR codes and the check
    /// of origins use it, never the `Host` header.
    pub public_url: String,
    /// Cookies are `Secure` (true whenever `public_url` is https).
    pub secure_cookies: bool,
    /// Number of proxies in front whose `X-Forwarded-For` is believed; zero believes none.
    pub trusted_proxies: usize,
}

/// Shared by all handlers. Cheap to clone.
#[derive(Clone)]
pub struct AppState {
    /// The database.
    pub db: Db,
    /// Clock and identifiers.
    pub ctx: Ctx,
    /// Configuration.
    pub config: Arc<WebConfig>,
    /// Settings of sign-in, and what keeps the costly hashing at bay.
    pub gate: Arc<access::Gate>,
    /// Prints the legal forms.
    pub forms: Arc<dyn FormEngine>,
    /// Keeps uploaded evidence.
    pub blobs: Arc<dyn BlobStore>,
    /// At most two documents are set at once; the rest wait.
    pub printing: Arc<tokio::sync::Semaphore>,
}
