//! The hand-cranked output: a test pulls as many frames as it likes, when it likes.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Call, Sink, Stream};
use crate::player::deck::Deck;
use crate::player::render::Renderer;

type Turned = Box<dyn Fn(Call) + Send>;

/// The handle of an [`super::OutputKind::Manual`] output; clones turn the same crank.
#[derive(Clone, Default)]
pub struct Crank {
    hub: Arc<Mutex<Hub>>,
}

#[derive(Default)]
struct Hub {
    open: Option<(Renderer, Turned)>,
    /// Why the next openings fail.
    broken: Option<String>,
}

impl Crank {
    /// A crank that nothing is attached to yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Pulls frames, interleaved stereo at [`crate::player::RATE`]; silence while no stream is
    /// open. While it plays, one status follows.
    pub fn pull(&self, frames: usize) -> Vec<f32> {
        let mut out = vec![0.0; frames * 2];
        self.fill(&mut out);
        if let Some((_, call)) = &self.lock().open {
            call(Call::Turned);
        }
        out
    }

    /// As [`Crank::pull`] into what is there, and no status follows. It allocates nothing.
    pub fn fill(&self, out: &mut [f32]) {
        if let Some((renderer, _)) = &mut self.lock().open {
            renderer.render(out);
        }
    }

    /// Whether the player has a stream open, that is, whether a device would be running.
    pub fn is_open(&self) -> bool {
        self.lock().open.is_some()
    }

    /// Makes the output fail to open from now on, or work again.
    pub fn set_broken(&self, why: Option<&str>) {
        self.lock().broken = why.map(Into::into);
    }

    /// Pulls the plug: the stream that is open dies, as a device does that is unplugged.
    pub fn unplug(&self, why: &str) {
        if let Some((_, call)) = &self.lock().open {
            call(Call::Lost(why.into()));
        }
    }

    pub(super) fn open(&self, deck: &Arc<Deck>, call: Turned) -> Result<Stream, String> {
        let mut hub = self.lock();
        if let Some(why) = &hub.broken {
            return Err(why.clone());
        }
        hub.open = Some((Renderer::new(Arc::clone(deck)), call));
        let held = Box::new(Attached(self.clone()));
        Ok(Stream { sink: Sink::Hand, latency: 0, _held: held })
    }

    fn lock(&self) -> MutexGuard<'_, Hub> {
        self.hub.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl PartialEq for Crank {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.hub, &other.hub)
    }
}

impl fmt::Debug for Crank {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Crank").field("open", &self.is_open()).finish()
    }
}

struct Attached(Crank);

impl Drop for Attached {
    fn drop(&mut self) {
        self.0.lock().open = None;
    }
}
