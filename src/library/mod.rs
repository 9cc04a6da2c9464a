//! The journal and the song folders: what must survive a crash.
