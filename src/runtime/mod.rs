//! The event loop: it performs effects and draws when something changed.
