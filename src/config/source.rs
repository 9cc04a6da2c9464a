//! The bytes of a configuration file, if they are text and not too many. Knows nothing of TOML.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::ConfigError;

/// The largest file that is read: far more than anybody writes, far less than would be felt.
pub(super) const LARGEST: u64 = 1024 * 1024;

/// The text of the file; none where there is no file.
pub(super) fn read(path: &Path) -> Result<Option<String>, ConfigError> {
    let unreadable = |source: io::Error| match source.kind() {
        io::ErrorKind::IsADirectory => ConfigError::Directory { file: path.into() },
        _ => ConfigError::Unreadable { file: path.into(), source },
    };
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(error)),
    };
    let mut bytes = Vec::new();
    // Not the size that the system tells: devices and pipes have none.
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > LARGEST {
        return Err(ConfigError::TooLarge { file: path.into() });
    }
    text(bytes, path).map(Some)
}

/// UTF-8 without the mark that some editors put in front.
fn text(bytes: Vec<u8>, path: &Path) -> Result<String, ConfigError> {
    let mut text = String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let before = String::from_utf8_lossy(&error.as_bytes()[..valid]);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(1, |line| line.chars().count() + 1);
        ConfigError::NotUtf8 { file: path.into(), line, column }
    })?;
    if text.starts_with('\u{feff}') {
        text.remove(0);
    }
    Ok(text)
}
