//! The clock that plays to nobody: the playhead moves at the true rate and nothing is heard.

use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::{Sink, Stream};
use crate::player::deck::Deck;
use crate::player::render::Renderer;
use crate::player::time_of;

/// Frames a beat, 20 ms.
const BLOCK: usize = 960;
/// A clock that is later than this was stopped with the whole program, and so was the song.
const LATE: Duration = Duration::from_millis(250);

/// Starts a clock.
pub(super) fn open(deck: &Arc<Deck>) -> Result<Stream, String> {
    let mut renderer = Renderer::new(Arc::clone(deck));
    let (stop, stopped) = mpsc::channel::<()>();
    let beat = move || {
        let mut start = Instant::now();
        let mut block = [0.0; BLOCK * 2];
        let mut frames = 0;
        loop {
            frames += BLOCK as u64;
            // From the start, not from the beat before: no drift, and a late beat is made up.
            let due = start + time_of(frames);
            match stopped.recv_timeout(due.saturating_duration_since(Instant::now())) {
                Err(RecvTimeoutError::Timeout) => renderer.render(&mut block),
                _ => return,
            }
            let late = due.elapsed();
            if late > LATE {
                start += late;
            }
        }
    };
    let thread = thread::Builder::new()
        .name("silent clock".into())
        .spawn(beat)
        .map_err(|error| format!("no clock could be started: {error}"))?;
    let held = Clock { stop: Some(stop), thread: Some(thread) };
    Ok(Stream { sink: Sink::Clock, latency: 0, _held: Box::new(held) })
}

struct Clock {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Clock {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
