//! The file of a backup: the lines of the database ([`db::dump`]), then the uploaded files, then one last line. Packed
//! with gzip when its name ends with `.gz`.
//!
//! Files are kept under the digest of their content, so their names are checked against it on both ways, and a name in
//! an archive can never lead outside the folder.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use flate2::Compression;
use flate2::bufread::MultiGzDecoder;
use flate2::write::GzEncoder;
use journal::blobs::{BlobError, BlobStore as _, Digest, FolderStore};
use serde_json::{Value, json};

/// Bytes of a file on one line; a multiple of three, so that only the last line of a file is padded.
const PIECE: usize = 48 * 1024;

/// Longest line of an archive.
const LINE_LIMIT: u64 = 64 * 1024 * 1024;

/// What lies in a folder of files.
#[derive(Debug, Default)]
pub struct Checked {
    /// Files that are what their name says.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Names of those that are not.
    pub damaged: Vec<String>,
}

/// The digests under which something is kept in `folder`, in order. Anything else in it is not ours.
fn kept(folder: &Path) -> io::Result<Vec<Digest>> {
    let mut all = Vec::new();
    let shelves = match std::fs::read_dir(folder) {
        Ok(shelves) => shelves,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(all),
        Err(error) => return Err(error),
    };
    for shelf in shelves {
        let shelf = shelf?;
        if !shelf.file_type()?.is_dir() {
            continue;
        }
        for entry in std::fs::read_dir(shelf.path())? {
            let name = entry?.file_name();
            all.extend(name.to_str().and_then(Digest::parse));
        }
    }
    all.sort();
    Ok(all)
}

/// Compares every file with its name.
pub fn check_folder(folder: &Path) -> io::Result<Checked> {
    let mut checked = Checked::default();
    each(folder, &mut checked, |_, _| Ok(()))?;
    Ok(checked)
}

fn each(folder: &Path, checked: &mut Checked, mut f: impl FnMut(&Digest, &[u8]) -> io::Result<()>) -> io::Result<()> {
    let names = kept(folder)?;
    if names.is_empty() {
        return Ok(());
    }
    let store = FolderStore::open(folder).map_err(io::Error::other)?;
    for digest in names {
        match store.get(&digest) {
            Ok(bytes) => {
                checked.files += 1;
                checked.bytes += bytes.len() as u64;
                f(&digest, &bytes)?;
            }
            Err(BlobError::Io(error)) => return Err(error),
            Err(_) => checked.damaged.push(digest.as_str().to_owned()),
        }
    }
    Ok(())
}

/// Writes the files of `folder` and the last line.
pub fn write_files(out: &mut dyn Write, folder: &Path) -> io::Result<Checked> {
    let mut checked = Checked::default();
    each(folder, &mut checked, |digest, bytes| {
        writeln!(out, "{}", json!({ "file": digest.as_str(), "size": bytes.len() }))?;
        for piece in bytes.chunks(PIECE) {
            writeln!(out, "{}", json!(BASE64.encode(piece)))?;
        }
        Ok(())
    })?;
    writeln!(
        out,
        "{}",
        json!({ "end": "archive", "files": checked.files, "bytes": checked.bytes })
    )?;
    Ok(checked)
}

/// An archive being written. Nobody else may read it: it holds everything.
pub enum Writer {
    /// As it is.
    Plain(BufWriter<File>),
    /// Packed.
    Packed(Box<GzEncoder<BufWriter<File>>>),
}

impl Writer {
    /// Makes the file, which must not exist.
    pub fn create(path: &Path, packed: bool) -> io::Result<Self> {
        let mut options = File::options();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = BufWriter::with_capacity(1 << 20, options.open(path)?);
        Ok(if packed {
            Self::Packed(Box::new(GzEncoder::new(file, Compression::fast())))
        } else {
            Self::Plain(file)
        })
    }

    /// Ends the file; when this answers, it is on disk.
    pub fn finish(self) -> io::Result<()> {
        let file = match self {
            Self::Plain(file) => file,
            Self::Packed(file) => file.finish()?,
        };
        file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
    }
}

impl Write for Writer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(file) => file.write(bytes),
            Self::Packed(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(file) => file.flush(),
            Self::Packed(file) => file.flush(),
        }
    }
}

/// Opens an archive, packed or not, whatever its name.
pub fn open(path: &Path) -> io::Result<Box<dyn BufRead>> {
    let mut file = BufReader::with_capacity(1 << 20, File::open(path)?);
    let is_packed = file.fill_buf()?.starts_with(&[0x1F, 0x8B]);
    Ok(if is_packed {
        Box::new(BufReader::with_capacity(1 << 20, MultiGzDecoder::new(file)))
    } else {
        Box::new(file)
    })
}

/// Reads an archive to its last line and checks everything that can be checked without a database.
///
/// # Errors
/// `InvalidData` with a sentence about what is wrong.
pub fn verify(path: &Path) -> io::Result<Checked> {
    let mut input = open(path)?;
    let mut line = Vec::new();
    loop {
        next(&mut *input, &mut line)?;
        if line.starts_with(b"{\"end\":\"database\"") {
            break;
        }
    }
    read_files(&mut *input, &mut |_, _| Ok(()))
}

/// Reads the files that follow the database and gives each, checked against its digest, to `keep`.
///
/// # Errors
/// `InvalidData` when the archive is damaged, or whatever `keep` answers.
pub fn read_files(
    input: &mut dyn BufRead,
    keep: &mut dyn FnMut(&Digest, &[u8]) -> io::Result<()>,
) -> io::Result<Checked> {
    let mut checked = Checked::default();
    let (mut line, mut bytes) = (Vec::new(), Vec::new());
    loop {
        next(input, &mut line)?;
        let head: Value = serde_json::from_slice(&line).map_err(|_| damaged("a line is not JSON"))?;
        if head["end"] == "archive" {
            return match head["files"] == checked.files && head["bytes"] == checked.bytes {
                true => Ok(checked),
                false => Err(damaged("files are missing")),
            };
        }
        let digest = head["file"]
            .as_str()
            .and_then(Digest::parse)
            .ok_or_else(|| damaged("a file has no name"))?;
        let size = head["size"].as_u64().ok_or_else(|| damaged("a file has no size"))?;
        bytes.clear();
        while (bytes.len() as u64) < size {
            next(input, &mut line)?;
            let piece: String = serde_json::from_slice(&line).map_err(|_| damaged("a file is cut off"))?;
            BASE64
                .decode_vec(piece, &mut bytes)
                .map_err(|_| damaged("a file cannot be read"))?;
        }
        if Digest::of(&bytes) != digest {
            return Err(damaged("a file is not what its name says"));
        }
        keep(&digest, &bytes)?;
        checked.files += 1;
        checked.bytes += size;
    }
}

fn next(input: &mut dyn BufRead, line: &mut Vec<u8>) -> io::Result<()> {
    line.clear();
    Read::take(&mut *input, LINE_LIMIT).read_until(b'\n', line)?;
    if line.ends_with(b"\n") {
        Ok(())
    } else {
        Err(damaged("it is cut off"))
    }
}

fn damaged(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what.to_owned())
}
