//! The installation under test: a small fixed city behind the router, and clients that speak to it.

pub mod city;
pub mod crawl;
pub mod ids;
pub mod people;
pub mod work;

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex};

use access::{Gate, Stage};
use axum::Router;
use axum::body::{Body, to_bytes};
use db::{Db, args, sql};
use documents::{FormEngine, Paper, PrintError, PrintedForm};
use http::header::{CONTENT_TYPE, COOKIE, HeaderMap, LOCATION, SET_COOKIE};
use http::{Method, Request};
use journal::blobs::{BlobError, BlobStore, Digest};
use kernel::{AccountId, Ctx, FixedClock, Instant, SeededIds, Zone};
use sha2::{Digest as _, Sha256};
use tower::ServiceExt as _;
use web::{AppState, WebConfig};

pub use city::{City, TODAY};
pub use people::User;

/// The password of every account.
pub const PASSWORD: &str = "hujan turun di loket tiga";
/// The address of the installation.
pub const PUBLIC_URL: &str = "https://abdi.contoh.go.id";

/// One for the whole process, as the program has it.
pub static GATE: LazyLock<Gate> = LazyLock::new(Gate::default);
static HASH: tokio::sync::OnceCell<String> = tokio::sync::OnceCell::const_new();

/// Keeps files in memory.
#[derive(Default)]
struct Memory(Mutex<HashMap<Digest, Vec<u8>>>);

impl BlobStore for Memory {
    fn put(&self, bytes: &[u8]) -> Result<Digest, BlobError> {
        let digest = Digest::of(bytes);
        self.0
            .lock()
            .expect("not poisoned")
            .insert(digest.clone(), bytes.to_vec());
        Ok(digest)
    }

    fn get(&self, digest: &Digest) -> Result<Vec<u8>, BlobError> {
        let found = self.0.lock().expect("not poisoned").get(digest).cloned();
        found.ok_or_else(|| BlobError::Missing(digest.clone()))
    }
}

/// Prints nothing but a head: what forms look like is tested where they are set.
struct Sheet;

impl FormEngine for Sheet {
    fn render(&self, _: &PrintedForm, _: Paper) -> Result<Vec<u8>, PrintError> {
        Ok(b"%PDF-1.7 uji".to_vec())
    }
}

pub struct TestApp {
    pub db: Db,
    pub ctx: Ctx,
    pub clock: Arc<FixedClock>,
    pub city: City,
    pub router: Router,
}

/// An answer.
pub struct Page {
    pub status: u16,
    pub headers: HeaderMap,
    /// As text; bytes that are none are replaced.
    pub body: String,
    /// Size as sent.
    pub size: usize,
}

impl Page {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default()
    }

    /// Where it sends the browser; empty when it does not.
    pub fn location(&self) -> &str {
        self.header(LOCATION.as_str())
    }

    pub fn is_html(&self) -> bool {
        self.header(CONTENT_TYPE.as_str()).starts_with("text/html")
    }

    /// The values of `Set-Cookie`.
    pub fn cookies(&self) -> Vec<&str> {
        let all = self.headers.get_all(SET_COOKIE).iter();
        all.filter_map(|v| v.to_str().ok()).collect()
    }

    /// The `Cookie` header of a browser that got this answer.
    pub fn jar(&self) -> String {
        let pairs = self.cookies();
        let pairs: Vec<&str> = pairs.iter().filter_map(|c| c.split(';').next()).collect();
        pairs.join("; ")
    }
}

/// A browser.
#[derive(Clone)]
pub struct Client {
    router: Router,
    cookie: String,
}

impl Client {
    pub async fn get(&self, path: &str) -> Page {
        self.send(Method::GET, path, &[], "").await
    }

    /// Where an answer leads that only says where the thing is, whoever asks and whether it exists or not.
    pub async fn follow(&self, page: Page) -> Page {
        let to = page.location().to_owned();
        if page.status == 303 && !to.starts_with("/masuk") {
            self.get(&to).await
        } else {
            page
        }
    }

    /// A form of ours.
    pub async fn post(&self, path: &str, pairs: &[(&str, &str)]) -> Page {
        let mut body = form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(pairs);
        self.send(Method::POST, path, &[("sec-fetch-site", "same-origin")], &body.finish())
            .await
    }

    /// Anything. A body is sent as a form, unless a header says otherwise.
    pub async fn send(&self, method: Method, path: &str, headers: &[(&str, &str)], body: &str) -> Page {
        let mut request = Request::builder().method(method.clone()).uri(path);
        if !self.cookie.is_empty() {
            request = request.header(COOKIE, &self.cookie);
        }
        let is_form = !headers.iter().any(|(name, _)| *name == "content-type");
        if method == Method::POST && is_form {
            request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body.to_owned())).expect("a request");
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.expect("a body");
        Page {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
            size: bytes.len(),
        }
    }
}

/// The session token of a user: fixed, so that tests need no sign-in.
pub fn token(user: User) -> String {
    format!("{:x<43}", format!("{user:?}"))
}

/// Opens the session of `user` (anew, when there is one).
pub async fn seat_session(db: &Db, ctx: &Ctx, user: User, account: AccountId, stage: Stage) {
    let mut hash = Sha256::new();
    for part in ["session", &token(user)] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    let hash: [u8; 32] = hash.finalize().into();
    let now = ctx.now();
    let ends = now.plus(std::time::Duration::from_secs(12 * 3600));
    db::write!(db, async |tx| {
        tx.exec(
            sql!(
                "INSERT INTO session (token_hash, account_id, stage, created_at, seen_at, expires_at) \
                 VALUES ($1, $2, $3, $4, $4, $5) ON CONFLICT (token_hash) DO UPDATE SET stage = excluded.stage, \
                 seen_at = excluded.seen_at, expires_at = excluded.expires_at"
            ),
            args![hash.as_slice(), account, stage, now, ends],
        )
        .await
    })
    .expect("a session");
}

impl TestApp {
    /// Runs a test on a fresh installation on each engine.
    pub async fn each(test: impl AsyncFn(TestApp)) {
        testkit::on_each_engine(async |db| test(Self::new(db).await).await).await;
    }

    async fn new(db: Db) -> Self {
        let start = Zone::Wib.instant(TODAY.at(9, 0, 0, 0));
        let clock = Arc::new(FixedClock::new(start));
        let ctx = Ctx {
            clock: clock.clone(),
            ids: Arc::new(SeededIds::new(2026)),
        };
        let hash = HASH
            .get_or_init(async || {
                let ctx = Ctx::seeded(start, 1);
                access::password::hash(&GATE, &ctx, PASSWORD).await.expect("a hash")
            })
            .await;
        let city = city::build(&db, &ctx, hash).await;
        let router = web::router(Self::state(&db, &ctx));
        let app = Self {
            db,
            ctx,
            clock,
            city,
            router,
        };
        for user in app.city.members.keys() {
            app.seat(*user).await;
        }
        app
    }

    fn state(db: &Db, ctx: &Ctx) -> AppState {
        let blobs = Memory::default();
        blobs.put(work::FILE).expect("memory keeps it");
        AppState {
            db: db.clone(),
            ctx: ctx.clone(),
            config: Arc::new(WebConfig {
                public_url: PUBLIC_URL.into(),
                secure_cookies: true,
                trusted_proxies: 0,
            }),
            gate: Arc::new(GATE.clone()),
            forms: Arc::new(Sheet),
            blobs: Arc::new(blobs),
            printing: Arc::new(tokio::sync::Semaphore::new(2)),
        }
    }

    /// Gives `user` a complete session, whatever happened to the last one.
    pub async fn seat(&self, user: User) {
        if user != User::Anonymous {
            seat_session(&self.db, &self.ctx, user, self.city.member(user).account, Stage::Full).await;
        }
    }

    /// The browser of a user.
    pub fn as_user(&self, user: User) -> Client {
        match user {
            User::Anonymous => self.with_cookie(String::new()),
            user => self.with_cookie(format!("__Host-abdi={}", token(user))),
        }
    }

    /// A browser without a session.
    pub fn visitor(&self) -> Client {
        self.as_user(User::Anonymous)
    }

    /// A browser with these cookies.
    pub fn with_cookie(&self, cookie: String) -> Client {
        Client {
            router: self.router.clone(),
            cookie,
        }
    }

    /// The moment at which every test begins: 09.00 WIB.
    pub fn clock_start(&self) -> Instant {
        Zone::Wib.instant(TODAY.at(9, 0, 0, 0))
    }

    /// Digest of everything that is kept, without sessions and the memory of attempts.
    pub async fn digest(&self) -> String {
        db::dump::digest(&self.db).await.expect("a digest").digest
    }
}
