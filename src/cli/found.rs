//! What `refrain play` was told to play: a take of the library, or a file.

use std::path::Path;

use anyhow::Result;

use super::song::Refusal;
use super::{exit, look};
use crate::config::Paths;
use crate::library::Glance;
use crate::player::{Recording, Source};
use crate::song::{Failure, FailureClass, JobId, Label, TakeId, clean_line};

/// Something to play, and what it is called.
pub(super) struct Found {
    pub(super) recording: Recording,
    pub(super) name: String,
    /// Its path, where it is no take of the library.
    pub(super) file: Option<String>,
}

/// It cannot be played.
pub(super) fn refused(message: impl Into<String>, advice: impl Into<String>) -> Refusal {
    let failure = Failure::new(FailureClass::Invalid, message, advice);
    Refusal { code: exit::FAILED, failure }
}

/// Looks for it, also while a studio has the library open.
pub(super) fn find(what: &Path, paths: &Paths) -> Result<Result<Found, Refusal>> {
    let take = what.to_str().and_then(|text| text.parse::<TakeId>().ok());
    Ok(match take {
        Some(id) => find_take(id, look(paths)?.as_ref()),
        None => find_file(what),
    })
}

fn find_take(id: TakeId, glance: Option<&Glance>) -> Result<Found, Refusal> {
    let takes = glance.map(|glance| glance.contents().takes.as_slice()).unwrap_or_default();
    let Some(take) = takes.iter().find(|take| take.id == id) else {
        let advice = match takes {
            [] => "There is no take yet; refrain generate makes two".to_owned(),
            [one] => format!("There is only take {}", one.id),
            [first, .., last] => {
                format!(
                    "There are takes from {} to {}; refrain jobs lists the jobs",
                    first.id, last.id
                )
            }
        };
        return Err(Refusal::usage(format!("there is no take {id}"), advice));
    };
    let name = clean_line(&format!("{} {}", take.title, id.label));
    let source = Source::File(take.audio.clone());
    let recording = Recording { take: id, source, loudness: take.loudness };
    Ok(Found { recording, name, file: None })
}

fn find_file(path: &Path) -> Result<Found, Refusal> {
    let shown = clean_line(&path.display().to_string());
    match path.try_exists() {
        Ok(true) => {}
        Ok(false) => {
            let advice = "Give the path of an audio file, or a take of the library such as 12a";
            return Err(Refusal::usage(format!("there is no file {shown}"), advice));
        }
        Err(error) => {
            let advice = "Check the folder's permissions, then try again";
            return Err(refused(format!("{shown} cannot be looked at: {error}"), advice));
        }
    }
    let stem = path.file_stem().unwrap_or(path.as_os_str());
    // No take of a library: their jobs are counted from 1.
    let take = TakeId { job: JobId(0), label: Label::A };
    let recording = Recording { take, source: Source::File(path.to_owned()), loudness: None };
    let name = clean_line(&stem.display().to_string());
    Ok(Found { recording, name, file: Some(shown) })
}
