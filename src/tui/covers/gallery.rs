//! The covers that were asked for. A thread decodes them, so that drawing never waits; it starts
//! with the first one and ends with the screen.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::Covers;
use super::decode::{Form, Picture, picture};
use crate::tui::Depth;

/// So many covers are kept, each in the size it was drawn in.
const KEPT: usize = 32;
/// Pixels of a cell where the terminal does not tell.
const CELL: (u16, u16) = (10, 20);

/// Which cover, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Key {
    path: PathBuf,
    size: Size,
    covers: Covers,
    /// How often everything was forgotten before: what was asked for then is not what is asked for
    /// now.
    age: u32,
}

enum Hung {
    /// It is being decoded.
    Soon,
    Ready(Picture),
    /// There is nothing to show.
    Never,
}

/// All covers.
pub(in crate::tui) struct Gallery {
    covers: Covers,
    /// Whether the terminal has 16 million colours.
    is_true: bool,
    /// Whether it has what blocks need.
    has_blocks: bool,
    cell: Option<(u16, u16)>,
    /// The one that was asked for last comes first.
    hung: VecDeque<(Key, Hung)>,
    wishes: Option<Sender<(Key, Form)>>,
    news: UnboundedReceiver<(Key, Option<Picture>)>,
    post: UnboundedSender<(Key, Option<Picture>)>,
    /// Something came that was not drawn yet.
    has_news: bool,
    age: u32,
    next: u32,
}

impl Gallery {
    pub(in crate::tui) fn new(covers: Covers, depth: Depth, unicode: bool) -> Self {
        let (post, news) = unbounded_channel();
        Self {
            covers,
            is_true: depth == Depth::True,
            has_blocks: Covers::has_blocks(depth, unicode),
            cell: None,
            hung: VecDeque::new(),
            wishes: None,
            news,
            post,
            has_news: false,
            age: 0,
            next: 0,
        }
    }

    /// Whether covers are shown at all.
    pub(in crate::tui) fn is_open(&self) -> bool {
        self.covers != Covers::Off
    }

    /// Waits until a cover can be shown that could not before. Nothing is lost when the wait is
    /// given up.
    pub(in crate::tui) async fn ready(&mut self) {
        match self.news.recv().await {
            Some((key, picture)) => self.hang(&key, picture),
            // It cannot: this end keeps a sender.
            None => std::future::pending().await,
        }
    }

    /// Whether there is something that was not drawn yet.
    pub(in crate::tui) fn take_news(&mut self) -> bool {
        while let Ok((key, picture)) = self.news.try_recv() {
            self.hang(&key, picture);
        }
        std::mem::take(&mut self.has_news)
    }

    /// The terminal has lost what it was sent, and its cells may have another size.
    pub(in crate::tui) fn forget(&mut self, cell: Option<(u16, u16)>) {
        self.cell = cell;
        self.age += 1;
        self.hung.clear();
    }

    /// Draws a cover, or asks for it. Where a window may cover it, it is drawn in plain cells,
    /// which can be cut.
    pub(in crate::tui) fn draw(
        &mut self,
        path: &Path,
        area: Rect,
        is_plain: bool,
        buffer: &mut Buffer,
    ) {
        let covers = match self.covers {
            Covers::Off => return,
            _ if is_plain => Covers::Blocks,
            // These say how large they are in pixels.
            Covers::Sixel | Covers::Iterm2 if self.cell.is_none() => Covers::Blocks,
            covers => covers,
        };
        if covers == Covers::Blocks && !self.has_blocks {
            return;
        }
        let size = area.as_size();
        let is_it = |key: &Key| key.covers == covers && key.size == size && key.path == *path;
        let Some(place) = self.hung.iter().position(|(key, _)| is_it(key)) else {
            let path = path.to_owned();
            return self.wish(Key { path, size, covers, age: self.age });
        };
        if place > 0
            && let Some(used) = self.hung.remove(place)
        {
            self.hung.push_front(used);
        }
        if let Some((_, Hung::Ready(picture))) = self.hung.front() {
            picture.draw(area, buffer);
        }
    }

    fn wish(&mut self, key: Key) {
        // The terminal keeps a picture under its name until another one takes the name.
        self.next = (self.next + 1) % (2 * KEPT as u32);
        let form = Form {
            covers: key.covers,
            is_true: self.is_true,
            size: key.size,
            cell: self.cell.unwrap_or(CELL),
            id: ((process::id() << 7) | (self.next + 1)) & 0x00ff_ffff,
        };
        let wishes = self.wishes.get_or_insert_with(|| {
            let (wishes, inbox) = mpsc::channel();
            let post = self.post.clone();
            let thread = thread::Builder::new().name("covers".into());
            if let Err(error) = thread.spawn(move || work(&inbox, &post)) {
                tracing::warn!(%error, "no thread for covers");
            }
            wishes
        });
        // Without the thread there are no covers, and that is all.
        let is_sent = wishes.send((key.clone(), form)).is_ok();
        self.hung.push_front((key, if is_sent { Hung::Soon } else { Hung::Never }));
        self.hung.truncate(KEPT);
    }

    fn hang(&mut self, key: &Key, picture: Option<Picture>) {
        let Some((_, hung)) = self.hung.iter_mut().find(|(known, _)| known == key) else { return };
        self.has_news |= picture.is_some();
        *hung = picture.map_or(Hung::Never, Hung::Ready);
    }
}

fn work(inbox: &Receiver<(Key, Form)>, post: &UnboundedSender<(Key, Option<Picture>)>) {
    while let Ok((key, form)) = inbox.recv() {
        // A file that breaks a decoder breaks its own picture only.
        let made = catch_unwind(AssertUnwindSafe(|| picture(&key.path, &form)));
        let picture = match made {
            Ok(Ok(picture)) => Some(picture),
            Ok(Err(error)) => {
                tracing::info!(%error, cover = %key.path.display(), "a cover is not shown");
                None
            }
            Err(_) => None,
        };
        if post.send((key, picture)).is_err() {
            return;
        }
    }
}
