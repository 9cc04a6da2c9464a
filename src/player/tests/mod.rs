//! The whole player: commands in, samples and events out.

mod arriving;
mod by_hand;
mod damage;
mod devices;
mod files;
mod fixture;
mod formats;
mod pairs;
mod samples;
mod streams;
