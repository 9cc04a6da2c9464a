//! The studio's face: it hears keys and shows the screen.

use std::io;

use crossterm::event::Event as Told;
use ratatui::layout::Size;

use super::input::translate;
use super::{Look, Screen, Surface};
use crate::runtime;
use crate::studio::{Event, Model, Sizes};

/// Where keys come from.
#[allow(async_fn_in_trait, reason = "used on one thread")]
pub trait Ears {
    /// Waits until something may be there. Nothing is lost when the wait is given up.
    ///
    /// # Errors
    /// When nothing will come any more.
    async fn ready(&mut self) -> io::Result<()>;

    /// What came next, if anything.
    ///
    /// # Errors
    /// When nothing will come any more.
    fn next(&mut self) -> io::Result<Option<Heard>>;
}

/// What ears hear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// The terminal told something.
    Told(Told),
    /// The system wants the program to end.
    Terminate,
}

/// Ears and a screen.
pub struct Face<E, S> {
    ears: E,
    screen: Screen<S>,
    /// A size that the model has not heard of.
    size: Option<Size>,
    /// The room that the model last heard of.
    room: Sizes,
}

impl<E: Ears, S: Surface> Face<E, S> {
    /// A face that has shown nothing yet.
    ///
    /// # Errors
    /// When the surface does not tell its size.
    pub fn new(ears: E, surface: S, look: Look) -> io::Result<Self> {
        let size = surface.size()?;
        Ok(Self {
            ears,
            screen: Screen::new(surface, look)?,
            size: Some(size),
            room: Sizes::default(),
        })
    }

    /// What stands on the terminal.
    pub fn screen(&self) -> &Screen<S> {
        &self.screen
    }

    /// As [`Face::screen`], to change it.
    pub fn screen_mut(&mut self) -> &mut Screen<S> {
        &mut self.screen
    }
}

impl<E: Ears, S: Surface> runtime::Face for Face<E, S> {
    async fn ready(&mut self) -> io::Result<()> {
        if self.size.is_some() {
            return Ok(());
        }
        tokio::select! {
            biased;
            ready = self.ears.ready() => ready,
            // There is nothing to say about it: the next drawing shows it.
            () = self.screen.covers_ready() => Ok(()),
        }
    }

    fn next(&mut self, model: &Model) -> io::Result<Option<Event>> {
        loop {
            if let Some(size) = self.size.take() {
                self.room = self.screen.resize(size);
                return Ok(Some(Event::Sized(self.room)));
            }
            // The player grows and shrinks with what it shows.
            let room = self.screen.sizes(model);
            if room != self.room {
                self.room = room;
                return Ok(Some(Event::Sized(room)));
            }
            match self.ears.next()? {
                None => return Ok(None),
                Some(Heard::Terminate) => return Ok(Some(Event::Terminate)),
                // Of many sizes only the last matters, but each must reach the model in order.
                Some(Heard::Told(Told::Resize(width, height))) => {
                    self.size = Some(Size { width, height });
                }
                Some(Heard::Told(told)) => {
                    let (keymap, areas) = (&self.screen.look().keymap, self.screen.areas());
                    if let Some(event) = translate(told, keymap, areas, model) {
                        return Ok(Some(event));
                    }
                }
            }
        }
    }

    fn show(&mut self, model: &mut Model) -> io::Result<()> {
        // Before the model knows the room that it has, there is nothing right to show.
        if self.size.is_some() { Ok(()) } else { self.screen.draw(model) }
    }

    fn copy(&mut self, text: &str) -> io::Result<()> {
        self.screen.backend_mut().copy(text)
    }
}
