//! Decks and the audio device: one thread owns the sound.
