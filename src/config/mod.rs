//! The configuration file: TOML in, settings or a message with a line number out.
