//! Terminal, keys, theme and views.
