//! Files as evidence, and the folder that holds them.

use std::sync::Arc;

use db::Db;
use journal::blobs::{BlobError, BlobStore, Digest, FolderStore};
use journal::commands::{EvidenceError, FileInput, add_file, remove_evidence};
use journal::model::{FileBroken, MediaType};
use journal::queries;
use kernel::{Period, RhkId};
use policy::Denied;
use skp::Status;
use testkit::on_each_engine;

use crate::world::office;

fn file(rhk: RhkId, name: &str, bytes: &[u8]) -> FileInput {
    FileInput {
        rhk,
        period: Period::Tw2,
        title: String::new(),
        note: String::new(),
        file_name: name.into(),
        bytes: bytes.to_vec(),
    }
}

fn stored(folder: &tempfile::TempDir) -> usize {
    let folders = std::fs::read_dir(folder.path()).expect("a folder");
    folders
        .map(|f| {
            std::fs::read_dir(f.expect("an entry").path())
                .expect("a folder")
                .count()
        })
        .sum()
}

#[tokio::test]
async fn a_file_is_kept_once_under_its_digest() {
    on_each_engine(async |db: Db| {
        let w = office(&db).await;
        let made = w.skp(&db, &w.staff, Status::Disetujui).await;
        let folder = tempfile::TempDir::new().expect("a folder");
        let blobs: Arc<dyn BlobStore> = Arc::new(FolderStore::open(folder.path()).expect("opens"));
        let me = &w.staff.actor;
        let bytes = b"%PDF-1.7 laporan";
        let one = add_file(&db, &w.ctx, &blobs, me, file(made.rhk, "../Laporan TW II.exe", bytes))
            .await
            .expect("adds");
        let two = add_file(&db, &w.ctx, &blobs, me, file(made.rhk, "lain.pdf", bytes))
            .await
            .expect("is there");
        assert!(two.already && two.id == one.id);
        let row = db::read!(db, async |tx| queries::evidence_by_id(tx, one.id).await)
            .expect("reads")
            .expect("evidence");
        assert_eq!(row.file_name.as_deref(), Some("Laporan TW II.pdf"));
        assert_eq!(
            (row.title.as_str(), row.media_type, row.size),
            ("Laporan TW II.pdf", Some(MediaType::Pdf), Some(16))
        );
        let digest = row.digest.expect("a digest");
        assert_eq!(blobs.get(&digest).expect("reads"), bytes);
        assert_eq!(stored(&folder), 1);
        remove_evidence(&db, &w.ctx, me, one.id).await.expect("removes");
        assert!(blobs.get(&digest).is_ok());

        let page = add_file(&db, &w.ctx, &blobs, me, file(made.rhk, "a.pdf", b"<html>")).await;
        assert!(matches!(page, Err(EvidenceError::File(FileBroken::Kind))), "{page:?}");
        // who may not add the row does not fill the disk
        let other = add_file(&db, &w.ctx, &blobs, &w.head.actor, file(made.rhk, "a.txt", b"rahasia")).await;
        assert!(
            matches!(other, Err(EvidenceError::Denied(Denied::Refused))),
            "{other:?}"
        );
        assert_eq!(stored(&folder), 1);
        for n in 0..50 {
            let text = format!("catatan {n}");
            add_file(&db, &w.ctx, &blobs, me, file(made.rhk, "a.txt", text.as_bytes()))
                .await
                .expect("adds");
        }
        let full = add_file(&db, &w.ctx, &blobs, me, file(made.rhk, "a.txt", b"satu lagi")).await;
        assert!(matches!(full, Err(EvidenceError::TooMany(50))), "{full:?}");
    })
    .await;
}

#[test]
fn a_folder_notices_what_is_missing_or_changed() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let store = FolderStore::open(folder.path().join("bukti")).expect("opens");
    let digest = store.put(b"isi").expect("keeps");
    assert_eq!(store.put(b"isi").expect("is there"), digest);
    assert_eq!(Digest::parse(digest.as_str()), Some(digest.clone()));
    assert_eq!(Digest::parse("../../etc/passwd"), None);
    let missing = store.get(&Digest::of(b"lain"));
    assert!(matches!(missing, Err(BlobError::Missing(_))), "{missing:?}");
    let path = folder
        .path()
        .join("bukti")
        .join(&digest.as_str()[..2])
        .join(digest.as_str());
    std::fs::write(path, b"ISI").expect("writes");
    let damaged = store.get(&digest);
    assert!(matches!(damaged, Err(BlobError::Damaged(_))), "{damaged:?}");
}

/// A disk that fails.
struct Broken;

impl BlobStore for Broken {
    fn put(&self, _: &[u8]) -> Result<Digest, BlobError> {
        Err(BlobError::Io(std::io::Error::other("no space left")))
    }

    fn get(&self, digest: &Digest) -> Result<Vec<u8>, BlobError> {
        Err(BlobError::Missing(digest.clone()))
    }
}

#[tokio::test]
async fn a_full_disk_leaves_no_row() {
    on_each_engine(async |db: Db| {
        let w = office(&db).await;
        let made = w.skp(&db, &w.staff, Status::Disetujui).await;
        let blobs: Arc<dyn BlobStore> = Arc::new(Broken);
        let refused = add_file(&db, &w.ctx, &blobs, &w.staff.actor, file(made.rhk, "a.txt", b"isi")).await;
        assert!(
            matches!(refused, Err(EvidenceError::Blob(BlobError::Io(_)))),
            "{refused:?}"
        );
        let none = db::read!(db, async |tx| queries::evidence(tx, made.skp, 2026, Period::Tw2).await).expect("reads");
        assert!(none.is_empty());
    })
    .await;
}
