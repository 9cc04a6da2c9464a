//! Renders takes, few at a time, and keeps the latest: what was dropped is rendered again when it
//! is asked for, and is the same.

use std::collections::{HashMap, VecDeque};
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OnceCell, Semaphore};

use crate::sketch;
use crate::song::{Label, Params, Request};

use super::options::{Recording, Sound};

/// How many takes are kept: of 64 tasks, with two each.
const KEPT: usize = 128;
/// What the one pair of [`Sound::OnePair`] sings.
const SHORT: &str = "[Verse]\nOne for the money, two for the show";

type Cell = Arc<OnceCell<Arc<Recording>>>;

/// Which take: its task's serial, and its place from 0.
type Key = (u64, usize);

pub(super) struct Recordings {
    sound: Sound,
    shelf: Mutex<Shelf>,
    seats: Semaphore,
    closed: Arc<AtomicBool>,
}

#[derive(Default)]
struct Shelf {
    cells: HashMap<Key, Cell>,
    oldest: VecDeque<Key>,
}

impl Recordings {
    pub(super) fn new(sound: Sound) -> Self {
        let seats = std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            sound,
            shelf: Mutex::default(),
            seats: Semaphore::new(seats),
            closed: Arc::default(),
        }
    }

    /// Stops all renders soon.
    pub(super) fn close(&self) {
        self.closed.store(true, Ordering::Relaxed);
    }

    /// The take at `index` of the task with a serial; rendered at most once at a time.
    pub(super) async fn take(
        &self,
        serial: u64,
        index: usize,
        request: Request,
    ) -> Result<Arc<Recording>, String> {
        let (key, request) = match &self.sound {
            Sound::Given(given) => {
                let take = given.get(index % given.len().max(1));
                return take.map(|take| Arc::new(take.clone())).ok_or("no takes given".into());
            }
            Sound::OnePair => {
                let params = Params { title: "Canned".into(), ..Params::default() };
                ((0, index % 2), Request { text: SHORT.into(), params, seed: 1 })
            }
            Sound::PerTask => ((serial, index), request),
        };
        let cell = self.cell(key);
        cell.get_or_try_init(|| self.render(key.1, request)).await.cloned()
    }

    fn cell(&self, key: Key) -> Cell {
        let mut shelf = self.shelf.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(cell) = shelf.cells.get(&key) {
            return Arc::clone(cell);
        }
        if shelf.oldest.len() >= KEPT
            && let Some(oldest) = shelf.oldest.pop_front()
        {
            shelf.cells.remove(&oldest);
        }
        shelf.oldest.push_back(key);
        Arc::clone(shelf.cells.entry(key).or_default())
    }

    async fn render(&self, index: usize, request: Request) -> Result<Arc<Recording>, String> {
        let _seat = self.seats.acquire().await.map_err(|error| error.to_string())?;
        let closed = Arc::clone(&self.closed);
        let render = move || {
            sketch::render(&request, Label::nth(index), &mut |_| {
                if closed.load(Ordering::Relaxed) {
                    ControlFlow::Break(())
                } else {
                    ControlFlow::Continue(())
                }
            })
        };
        let rendered = tokio::task::spawn_blocking(render).await;
        let take = rendered.map_err(|error| error.to_string())?.map_err(|e| e.to_string())?;
        Ok(Arc::new(Recording::new(take.audio, take.cover, take.duration)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_takes_go_first() {
        let recordings = Recordings::new(Sound::PerTask);
        let first = recordings.cell((1, 0));
        assert!(Arc::ptr_eq(&first, &recordings.cell((1, 0))), "one render for all who ask");
        for serial in 2..=KEPT as u64 {
            recordings.cell((serial, 0));
        }
        assert!(Arc::ptr_eq(&first, &recordings.cell((1, 0))));
        recordings.cell((0, 0));
        assert!(!Arc::ptr_eq(&first, &recordings.cell((1, 0))), "made again when asked for");
        let shelf = recordings.shelf.lock().unwrap();
        assert_eq!((shelf.cells.len(), shelf.oldest.len()), (KEPT, KEPT));
    }
}
