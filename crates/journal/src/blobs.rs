//! Where the bytes of evidence lie. They are addressed by what is in them, so that nothing a user writes ever names a
//! file, and the same file is kept once.

use std::fmt;
use std::fs::{self, File};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use kernel::{FromValue, IntoValue, Value, ValueError};
use sha2::{Digest as _, Sha256};

/// SHA-256 of a file's bytes, written as 64 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Digest(String);

impl Digest {
    /// The digest of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect())
    }

    /// Reads the written form.
    pub fn parse(text: &str) -> Option<Self> {
        let is_hex = text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        is_hex.then(|| Self(text.to_owned()))
    }

    /// The written form.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl IntoValue for &Digest {
    fn into_value(self) -> Value {
        Value::Text(self.0.clone())
    }
}

impl FromValue for Digest {
    fn from_value(value: Value) -> Result<Self, ValueError> {
        let text = String::from_value(value)?;
        Self::parse(&text).ok_or_else(|| ValueError::unknown_code("a digest", &text))
    }
}

/// What can go wrong with stored bytes.
#[derive(Debug, thiserror::Error)]
pub enum BlobError {
    /// Nothing is stored under this digest.
    #[error("no bytes are stored under {0}")]
    Missing(Digest),
    /// The stored bytes are not what was put there.
    #[error("the bytes stored under {0} have changed")]
    Damaged(Digest),
    /// The disk failed.
    #[error("the store of files failed: {0}")]
    Io(#[from] std::io::Error),
}

/// A store of bytes. Calls block; call them where blocking is allowed.
pub trait BlobStore: Send + Sync {
    /// Keeps bytes. When it answers, they are on disk.
    fn put(&self, bytes: &[u8]) -> Result<Digest, BlobError>;
    /// The bytes with this digest, checked against it.
    fn get(&self, digest: &Digest) -> Result<Vec<u8>, BlobError>;
}

/// A folder on this machine.
#[derive(Debug)]
pub struct FolderStore {
    root: PathBuf,
    next: AtomicU64,
}

impl FolderStore {
    /// Keeps bytes below `root`, which is made when needed.
    pub fn open(root: impl Into<PathBuf>) -> Result<Self, BlobError> {
        let root = root.into();
        fs::create_dir_all(&root)?;
        Ok(Self {
            root,
            next: AtomicU64::new(0),
        })
    }

    /// `ab/abcdef…`: folders stay small.
    fn path(&self, digest: &Digest) -> PathBuf {
        self.root.join(&digest.0[..2]).join(&digest.0)
    }
}

impl BlobStore for FolderStore {
    fn put(&self, bytes: &[u8]) -> Result<Digest, BlobError> {
        let digest = Digest::of(bytes);
        let path = self.path(&digest);
        if fs::metadata(&path).is_ok_and(|m| m.len() == bytes.len() as u64) {
            return Ok(digest);
        }
        let folder = path.parent().unwrap_or(&self.root);
        fs::create_dir_all(folder)?;
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let temporary = folder.join(format!(".{}-{number}", std::process::id()));
        let written = write(&temporary, bytes).and_then(|()| fs::rename(&temporary, &path));
        if let Err(error) = written {
            // the first failure is the one to tell; a file that stays behind is harmless
            let _ = fs::remove_file(&temporary);
            return Err(error.into());
        }
        // the new name is only on disk when its folder is
        File::open(folder)?.sync_all()?;
        File::open(&self.root)?.sync_all()?;
        Ok(digest)
    }

    fn get(&self, digest: &Digest) -> Result<Vec<u8>, BlobError> {
        let bytes = fs::read(self.path(digest)).map_err(|error| match error.kind() {
            ErrorKind::NotFound => BlobError::Missing(digest.clone()),
            _ => BlobError::Io(error),
        })?;
        match Digest::of(&bytes) == *digest {
            true => Ok(bytes),
            false => Err(BlobError::Damaged(digest.clone())),
        }
    }
}

fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
