//! The file of a download as it is written. Where the other side begins at the top although there
//! is something already, the two are compared, and written on from where the old ends; at the
//! first difference a new file takes its place.
//!
//! Somebody may be reading the file, and it may be a take in a song's folder as well: what is in
//! it is never overwritten.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek as _, Write as _};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

/// Who wants to know how a file grows.
pub(super) trait Watching: Send {
    /// So many bytes that are meant to be there are.
    fn grown(&mut self, bytes: u64);
    /// From now on other bytes are in the file, or none, and maybe in another of that name.
    fn begun_anew(&mut self);
}

/// Nobody does.
impl Watching for () {
    fn grown(&mut self, _: u64) {}
    fn begun_anew(&mut self) {}
}

/// What a download has on the disk.
#[derive(Debug)]
pub(super) struct Paper {
    /// What arrived so far.
    pub(super) part: PathBuf,
    /// Of what: the address and the name of the bytes, on a line each.
    tag: PathBuf,
}

impl Paper {
    /// In a folder, under a name.
    pub(super) fn new(folder: &Path, name: &str) -> Self {
        let file = |ext| folder.join(format!("{name}.{ext}"));
        Self { part: file("part"), tag: file("from") }
    }

    /// How many bytes are there, and their name at this address, where they have one.
    pub(super) fn held(&self, url: &str) -> (u64, Option<String>) {
        let tag = fs::read_to_string(&self.tag).unwrap_or_default();
        let mut lines = tag.lines();
        let is_from_there = lines.next() == Some(url);
        let bytes = fs::metadata(&self.part).map_or(0, |part| part.len());
        (bytes, lines.next().filter(|_| is_from_there && bytes > 0).map(str::to_owned))
    }

    /// Says whose bytes are in the file.
    fn name(&self, url: &str, etag: Option<&str>) -> io::Result<()> {
        let tag = etag.map_or(url.to_owned(), |etag| format!("{url}\n{etag}"));
        fs::write(&self.tag, tag)
    }

    /// Puts a new file there, with the first bytes of `old` in it. Whenever this ends, bytes
    /// never stand under a name that is not theirs.
    fn anew(&self, old: Option<(&mut File, u64)>) -> io::Result<File> {
        remove(&self.tag)?;
        let new = self.part.with_extension("new");
        remove(&new)?;
        let mut file = OpenOptions::new().append(true).create_new(true).open(&new)?;
        if let Some((old, bytes)) = old {
            old.rewind()?;
            io::copy(&mut old.take(bytes), &mut file)?;
        }
        fs::rename(&new, &self.part)?;
        Ok(file)
    }

    /// Takes away what arrived.
    pub(super) fn discard(&self) -> io::Result<()> {
        remove(&self.tag).and_then(|()| remove(&self.part))
    }
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Writes what comes.
pub(super) struct Pen<'a> {
    paper: &'a Paper,
    watch: &'a mut dyn Watching,
    stroke: Stroke,
    /// Where the next byte goes.
    at: u64,
}

enum Stroke {
    /// What comes is compared with so many bytes that are left of the old file.
    Compare { old: File, left: u64, name: (String, Option<String>) },
    /// What comes is written.
    Write(File),
}

impl<'a> Pen<'a> {
    /// Goes on behind what is there.
    pub(super) fn behind(
        paper: &'a Paper,
        watch: &'a mut dyn Watching,
        at: u64,
    ) -> io::Result<Self> {
        let file = open_own(paper, watch)?;
        watch.grown(at);
        Ok(Self { paper, watch, stroke: Stroke::Write(file), at })
    }

    /// Begins at the top, over so many bytes that are there, with what has this name.
    pub(super) fn from_top(
        paper: &'a Paper,
        watch: &'a mut dyn Watching,
        (url, etag): (&str, Option<&str>),
        held: u64,
    ) -> io::Result<Self> {
        let stroke = if held > 0 {
            let name = (url.to_owned(), etag.map(str::to_owned));
            Stroke::Compare { old: File::open(&paper.part)?, left: held, name }
        } else {
            let file = paper.anew(None)?;
            paper.name(url, etag)?;
            Stroke::Write(file)
        };
        Ok(Self { paper, watch, stroke, at: 0 })
    }

    /// The next bytes.
    pub(super) fn write(&mut self, mut piece: &[u8]) -> io::Result<()> {
        if let Stroke::Compare { old, left, name } = &mut self.stroke {
            let both = piece.len().min(usize::try_from(*left).unwrap_or(usize::MAX));
            let mut there = Vec::with_capacity(both);
            Read::by_ref(old).take(both as u64).read_to_end(&mut there)?;
            let same = there.iter().zip(&piece[..both]).take_while(|(old, new)| old == new).count();
            self.at += same as u64;
            *left -= same as u64;
            piece = &piece[same..];
            if same < both {
                let file = self.paper.anew(Some((old, self.at)))?;
                self.paper.name(&name.0, name.1.as_deref())?;
                self.watch.begun_anew();
                self.stroke = Stroke::Write(file);
            } else if *left == 0 && !piece.is_empty() {
                let file = open_own(self.paper, self.watch)?;
                self.paper.name(&name.0, name.1.as_deref())?;
                self.stroke = Stroke::Write(file);
            }
        }
        if let Stroke::Write(file) = &mut self.stroke {
            file.write_all(piece)?;
            self.at += piece.len() as u64;
        }
        self.watch.grown(self.at);
        Ok(())
    }

    /// Where the next byte would go.
    pub(super) fn at(&self) -> u64 {
        self.at
    }

    /// Whether all that is there came once more, and nothing else.
    pub(super) fn is_the_same(&self) -> bool {
        matches!(self.stroke, Stroke::Compare { left: 0, .. })
    }

    /// This was all: what the old file had beyond it is no part of it.
    pub(super) fn end(self) -> io::Result<()> {
        let Stroke::Compare { mut old, left: 1.., name } = self.stroke else { return Ok(()) };
        self.paper.anew(Some((&mut old, self.at)))?;
        self.paper.name(&name.0, name.1.as_deref())?;
        self.watch.begun_anew();
        self.watch.grown(self.at);
        Ok(())
    }
}

/// The file to write on in. One that has a second name gets a copy of its own first.
fn open_own(paper: &Paper, watch: &mut dyn Watching) -> io::Result<File> {
    if fs::metadata(&paper.part)?.nlink() > 1 {
        let own = paper.part.with_extension("new");
        remove(&own)?;
        fs::copy(&paper.part, &own)?;
        fs::rename(&own, &paper.part)?;
        // Who reads the other of that name would never see it grow.
        watch.begun_anew();
    }
    OpenOptions::new().append(true).open(&paper.part)
}
