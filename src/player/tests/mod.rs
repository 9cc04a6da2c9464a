//! The whole player: commands in, samples and events out.

mod by_hand;
mod devices;
mod files;
mod fixture;
