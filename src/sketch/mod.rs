//! The built-in composer: from words to two short songs, offline.
