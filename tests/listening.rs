//! Listening: two takes and one who chooses between them. The player is played by the test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "listening/arriving.rs"]
mod arriving;
#[path = "listening/blind.rs"]
mod blind;
#[path = "listening/chance.rs"]
mod chance;
#[path = "listening/following.rs"]
mod following;
#[path = "listening/pair.rs"]
mod pair;
#[path = "listening/remarks.rs"]
mod remarks;
#[path = "listening/room.rs"]
mod room;
mod stage;
#[path = "listening/transport.rs"]
mod transport;
#[path = "listening/window.rs"]
mod window;
