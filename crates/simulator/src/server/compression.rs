//! Files, compressed as a production host would: from a `.br` or `.gz` beside them, else once in
//! this process. Must not compress what is compressed already.

use std::collections::HashMap;
use std::ffi::OsString;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, Mutex, PoisonError};
use std::time::SystemTime;

use flate2::write::GzEncoder;

/// What is kept: a file at a time in an encoding.
type Key = (PathBuf, SystemTime, &'static str);

static COMPRESSED: LazyLock<Mutex<HashMap<Key, Vec<u8>>>> = LazyLock::new(Mutex::default);

/// A file's bytes and their encoding, the best that the client accepts.
pub fn read(
    path: &Path,
    content_type: &str,
    accepted: &str,
) -> io::Result<(Vec<u8>, Option<&'static str>)> {
    let compressible = [
        "text/",
        "application/wasm",
        "application/json",
        "image/svg",
        "application/manifest",
    ];
    if !compressible
        .iter()
        .any(|start| content_type.starts_with(start))
    {
        return Ok((fs::read(path)?, None));
    }
    for (encoding, extension) in [("br", ".br"), ("gzip", ".gz")] {
        if accepts(accepted, encoding) {
            return Ok((encoded(path, encoding, extension)?, Some(encoding)));
        }
    }
    Ok((fs::read(path)?, None))
}

fn accepts(accepted: &str, encoding: &str) -> bool {
    accepted.split(',').any(|one| {
        let (name, quality) = one.split_once(';').unwrap_or((one, ""));
        let refused = matches!(quality.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000");
        name.trim().eq_ignore_ascii_case(encoding) && !refused
    })
}

fn encoded(path: &Path, encoding: &'static str, extension: &str) -> io::Result<Vec<u8>> {
    let modified = fs::metadata(path)?.modified()?;
    let mut beside = OsString::from(path);
    beside.push(extension);
    let fresh = fs::metadata(&beside).and_then(|beside| beside.modified());
    if fresh.is_ok_and(|time| time >= modified) {
        return fs::read(beside);
    }
    let key = (path.to_path_buf(), modified, encoding);
    let mut kept = COMPRESSED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(bytes) = kept.get(&key) {
        return Ok(bytes.clone());
    }
    let bytes = compress(&fs::read(path)?, encoding)?;
    kept.insert(key, bytes.clone());
    Ok(bytes)
}

fn compress(plain: &[u8], encoding: &str) -> io::Result<Vec<u8>> {
    if encoding == "br" {
        let mut out = brotli::CompressorWriter::new(Vec::new(), 64 * 1024, 5, 22);
        out.write_all(plain)?;
        return Ok(out.into_inner());
    }
    let mut out = GzEncoder::new(Vec::new(), flate2::Compression::default());
    out.write_all(plain)?;
    out.finish()
}
