//! The headless commands: everything the studio does that needs no screen.
