//! Files and folders that are still there after a power cut.
//!
//! A rename or a new name is safe only once its folder has been synced; these do it in order.

use std::fs::{self, DirBuilder, File};
use std::io::{self, Read, Write};
use std::path::Path;

use super::folders::Content;

/// Makes a folder and those above it, for this user alone (mode 0700).
pub(super) fn make_dir(dir: &Path) -> io::Result<()> {
    if dir.is_dir() {
        return Ok(());
    }
    let parent = dir.parent().filter(|parent| !parent.as_os_str().is_empty());
    if let Some(parent) = parent {
        make_dir(parent)?;
    }
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(dir) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && dir.is_dir() => {}
        made => made?,
    }
    // A folder above the data directory may be one that this user cannot read: not a reason to stop.
    if let Some(parent) = parent {
        sync_dir(parent).ok();
    }
    Ok(())
}

/// Writes a whole file and waits until the disk has it. Its name is safe after [`sync_dir`].
pub(super) fn write_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Waits until the disk has the names in a folder.
pub(super) fn sync_dir(dir: &Path) -> io::Result<()> {
    if cfg!(not(unix)) {
        return Ok(());
    }
    match File::open(dir)?.sync_all() {
        // Some network file systems have no such thing, and nothing better either.
        Err(error)
            if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) =>
        {
            Ok(())
        }
        synced => synced,
    }
}

/// Makes a file with a content, and waits until the disk has it. A file that is there already is
/// not copied but gets a second name, where the file system has such a thing.
pub(super) fn put(path: &Path, content: &Content) -> io::Result<()> {
    match content {
        Content::Bytes(bytes) => write_file(path, bytes),
        Content::File(source) => {
            if fs::hard_link(source, path).is_err() {
                fs::copy(source, path)?;
            }
            File::open(path)?.sync_all()
        }
    }
}

/// Whether a file holds exactly this content.
pub(super) fn holds(path: &Path, content: &Content) -> bool {
    let Ok(mut file) = File::open(path) else { return false };
    let same = match content {
        Content::Bytes(bytes) => same(&mut file, &mut &**bytes),
        Content::File(source) => {
            File::open(source).and_then(|mut other| same(&mut file, &mut other))
        }
    };
    same.unwrap_or(false)
}

fn same(one: &mut impl Read, other: &mut impl Read) -> io::Result<bool> {
    const PIECE: u64 = 64 * 1024;
    loop {
        let (mut left, mut right) = (Vec::new(), Vec::new());
        one.by_ref().take(PIECE).read_to_end(&mut left)?;
        other.by_ref().take(PIECE).read_to_end(&mut right)?;
        if left != right || left.is_empty() {
            return Ok(left == right);
        }
    }
}
