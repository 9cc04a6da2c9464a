//! Refrain's front door.

fn main() {}
