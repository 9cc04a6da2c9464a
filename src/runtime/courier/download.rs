//! One file from an address to the disk: into a `.part`, which a later attempt goes on with.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use crate::gateway::{Transport, TransportError};
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
    /// What arrived so far.
    pub(super) part: PathBuf,
    /// Of what: the address and the name of the bytes, on a line each.
    tag: PathBuf,
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
        let file = |ext| folder.join(format!("{name}.{ext}"));
        Self { largest, part: file("part"), tag: file("from") }
    }

    /// Fetches what is missing. `attempt` says what happened, whatever comes of it.
    pub(super) async fn fetch(
        &self,
        transport: &Transport,
        url: &str,
        attempt: &mut Attempt,
    ) -> Result<(), Failure> {
        let scheme = url.split_once("://").map_or("", |(scheme, _)| scheme);
        if !["https", "http"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
            return Err(Failure::new(
                FailureClass::Task,
                format!("The gateway names an address that is none: {}", clean_line(url)),
                "Ask its support; {retry-job} on the job asks the gateway again",
            ));
        }
        let (mut have, etag) = self.have(url).map_err(|error| on_disk(&self.part, error))?;
        attempt.from = have;
        let mut arrival =
            transport.open(url, have, etag.as_deref()).await.map_err(|error| lost(&error))?;
        attempt.status = Some(arrival.status);
        match arrival.status {
            206 if arrival.start == have => {}
            200 => have = 0,
            // All of it is there already.
            416 if arrival.total == Some(have) && have > 0 => {
                attempt.bytes = have;
                return Ok(());
            }
            206 | 416 => {
                self.discard().map_err(|error| on_disk(&self.part, error))?;
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
        }
        if arrival.total.is_some_and(|total| total > self.largest) {
            return Err(self.too_large());
        }
        let mut file = self
            .begin(url, have, arrival.etag.as_deref())
            .map_err(|error| on_disk(&self.part, error))?;
        while let Some(piece) = arrival.piece().await.map_err(|error| lost(&error))? {
            let piece = piece.as_ref();
            have += piece.len() as u64;
            if have > self.largest {
                return Err(self.too_large());
            }
            file.write_all(piece).map_err(|error| on_disk(&self.part, error))?;
            attempt.bytes = have;
        }
        match arrival.total {
            Some(total) if total != have => Err(busy("The file broke off")),
            _ if have == 0 => Err(busy("The file is empty")),
            _ => Ok(()),
        }
    }

    /// How much is there of exactly this file, and the name of its bytes.
    fn have(&self, url: &str) -> io::Result<(u64, Option<String>)> {
        let tag = fs::read_to_string(&self.tag).unwrap_or_default();
        let mut lines = tag.lines();
        let (from, etag) = (lines.next(), lines.next().map(str::to_owned));
        // Without a name for the bytes nobody knows whether more of them would fit.
        if from != Some(url) || etag.is_none() {
            self.discard()?;
            return Ok((0, None));
        }
        Ok((fs::metadata(&self.part).map_or(0, |part| part.len()), etag))
    }

    fn begin(&self, url: &str, from: u64, etag: Option<&str>) -> io::Result<File> {
        if from == 0 {
            // In this order, whenever it ends: bytes never stand under a name that is not theirs.
            // And never into what is there: it may be a take in a song's folder as well.
            self.discard()?;
            let file = File::create_new(&self.part)?;
            let tag = etag.map_or(url.to_owned(), |etag| format!("{url}\n{etag}"));
            fs::write(&self.tag, tag)?;
            return Ok(file);
        }
        if fs::metadata(&self.part)?.nlink() > 1 {
            let own = self.part.with_extension("copy");
            fs::copy(&self.part, &own)?;
            fs::rename(&own, &self.part)?;
        }
        OpenOptions::new().append(true).open(&self.part)
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
    pub(super) fn discard(&self) -> io::Result<()> {
        for path in [&self.tag, &self.part] {
            match fs::remove_file(path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }
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
