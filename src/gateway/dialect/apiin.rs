//! apiin.one: a flat answer to the order, a feed with stages behind it.

use super::feed::Ripe;
use super::flat::Flat;

/// Speaks it.
pub const APIIN: Flat =
    Flat { create: "/audio/music", feed: "/audio/music/feed?task_id=", ripe: Ripe::Stage };
