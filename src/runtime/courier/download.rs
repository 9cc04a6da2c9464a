//! One file from an address to the disk: into a `.part`, which a later attempt goes on with and
//! which may be heard while it grows.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

pub(super) use super::pen::Watching;
use super::pen::{Paper, Pen};
use crate::gateway::{Arrival, Transport, TransportError};
use crate::library::Fault;
use crate::song::{Failure, FailureClass, clean_line};

/// No recording is larger.
pub(super) const RECORDING: u64 = 512 * 1024 * 1024;
/// No cover is larger.
pub(super) const COVER: u64 = 16 * 1024 * 1024;

/// A file on its way.
pub(super) struct Download {
    /// More bytes than this are something else.
    largest: u64,
    paper: Paper,
}

/// What became of an attempt, for the job's story.
#[derive(Debug, Default)]
pub(super) struct Attempt {
    /// The HTTP status, where an answer came.
    pub(super) status: Option<u16>,
    /// Where it went on from.
    pub(super) from: u64,
    /// How many bytes are there now.
    pub(super) bytes: u64,
}

impl Download {
    /// A file of at most so many bytes that arrives in a folder under a name.
    pub(super) fn new(folder: &Path, name: &str, largest: u64) -> Self {
        Self { largest, paper: Paper::new(folder, name) }
    }

    /// Where it arrives.
    pub(super) fn part(&self) -> &Path {
        &self.paper.part
    }

    /// Fetches what is missing. `attempt` says what happened, whatever comes of it; `watch` hears
    /// of the bytes as they come.
    pub(super) async fn fetch(
        &self,
        transport: &Transport,
        url: &str,
        attempt: &mut Attempt,
        watch: &mut dyn Watching,
    ) -> Result<(), Failure> {
        let scheme = url.split_once("://").map_or("", |(scheme, _)| scheme);
        if !["https", "http"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
            return Err(Failure::new(
                FailureClass::Task,
                format!("The gateway names an address that is none: {}", clean_line(url)),
                "Ask its support; {retry-job} on the job asks the gateway again",
            ));
        }
        let (held, etag) = self.paper.held(url);
        // Without a name for the bytes nobody knows whether more of them would fit: they come
        // from the top and are compared.
        attempt.from = if etag.is_some() { held } else { 0 };
        let opened = transport.open(url, attempt.from, etag.as_deref()).await;
        let mut arrival = opened.map_err(|error| lost(&error))?;
        attempt.status = Some(arrival.status);
        let Some(mut pen) = self.begin(url, &arrival, etag.as_deref(), held, watch)? else {
            attempt.bytes = held;
            return Ok(());
        };
        while let Some(piece) = arrival.piece().await.map_err(|error| lost(&error))? {
            let piece = piece.as_ref();
            if pen.at() + piece.len() as u64 > self.largest {
                return Err(self.too_large());
            }
            pen.write(piece).map_err(|error| self.on_disk(error))?;
            attempt.bytes = pen.at();
        }
        match arrival.total {
            Some(total) if total != pen.at() => Err(busy("The file broke off")),
            _ if pen.at() == 0 => Err(busy("The file is empty")),
            None if !arrival.has_end && !pen.is_the_same() => {
                Err(busy("The server does not say where the file ends; a second look tells"))
            }
            _ => pen.end().map_err(|error| self.on_disk(error)),
        }
    }

    /// What to do with what comes; none where nothing is missing.
    fn begin<'a>(
        &'a self,
        url: &str,
        arrival: &Arrival,
        etag: Option<&str>,
        held: u64,
        watch: &'a mut dyn Watching,
    ) -> Result<Option<Pen<'a>>, Failure> {
        let (is_ranged, total) = (etag.is_some(), arrival.total);
        let is_the_same = arrival.etag.is_none() || arrival.etag.as_deref() == etag;
        let pen = match arrival.status {
            // All of it is there already.
            416 if is_ranged && total == Some(held) => {
                watch.grown(held);
                return Ok(None);
            }
            200 | 206 if total.is_some_and(|total| total > self.largest) => {
                return Err(self.too_large());
            }
            206 if is_ranged && arrival.start == held && is_the_same => {
                Pen::behind(&self.paper, watch, held)
            }
            200 => {
                let name = (url, arrival.etag.as_deref());
                Pen::from_top(&self.paper, watch, name, held)
            }
            206 | 416 => {
                self.paper.discard().map_err(|error| self.on_disk(error))?;
                watch.begun_anew();
                return Err(busy("The server lost its place in the file"));
            }
            status @ (401 | 403 | 404 | 410) => {
                return Err(Failure::new(
                    FailureClass::Gone,
                    format!("The file is not there any more ({status})"),
                    "What is on disk stays; {retry-job} on the job asks the gateway again",
                ));
            }
            status => return Err(busy(&format!("The server of the file answered {status}"))),
        };
        pen.map(Some).map_err(|error| self.on_disk(error))
    }

    fn too_large(&self) -> Failure {
        let most = self.largest / 1024 / 1024;
        // What came of it is of no use to anybody, and large.
        let _ = self.discard();
        Failure::new(
            FailureClass::Task,
            format!("The file is larger than {most} MiB, which none of its kind is"),
            "Ask the gateway's support; {retry-job} on the job tries again",
        )
    }

    /// Takes away what arrived.
    pub(super) fn discard(&self) -> Result<(), Failure> {
        self.paper.discard().map_err(|error| self.on_disk(error))
    }

    fn on_disk(&self, error: io::Error) -> Failure {
        on_disk(self.part(), error)
    }
}

/// The first bytes of a file, a few.
pub(super) fn beginning(path: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    // Nothing read is nothing known.
    let _ = File::open(path).and_then(|file| file.take(16).read_to_end(&mut bytes));
    bytes
}

pub(super) fn on_disk(path: &Path, error: io::Error) -> Failure {
    let fault = Fault::from(error);
    Failure::new(
        FailureClass::Storage,
        format!("The takes could not be kept: {fault}"),
        format!("{} The file was {}", fault.advice(), path.display()),
    )
}

fn lost(error: &TransportError) -> Failure {
    busy(&format!("The file did not arrive: {error}"))
}

fn busy(why: &str) -> Failure {
    Failure::new(FailureClass::Busy, why, "It is tried again by itself")
}

#[cfg(test)]
mod tests;
