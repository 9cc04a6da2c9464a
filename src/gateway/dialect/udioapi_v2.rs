//! udioapi.pro, version 2: orders as apiin.one takes them, and a feed whose `type` says SUCCESS
//! when only the words are there.

use super::feed::Ripe;
use super::flat::Flat;

/// Speaks it.
pub const UDIOAPI_V2: Flat =
    Flat { create: "/api/v2/generate", feed: "/api/v2/feed?workId=", ripe: Ripe::Items };
