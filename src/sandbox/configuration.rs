//! The configuration that makes this program use a sandbox. Writes it; whoever reads it knows
//! nothing of sandboxes.

use std::fmt::Write as _;

use super::Dialect;

/// A configuration with a profile for each dialect of a sandbox on a port, as TOML.
pub fn configuration(port: u16) -> String {
    let mut text = String::from(
        "# Profiles for `refrain sandbox`. The keys open nothing else, so they can stand here.\n\
         profile = \"apixo\"\n",
    );
    for dialect in Dialect::ALL {
        let (name, key, base) = (dialect.name(), dialect.key(), dialect.base());
        // Writing into a string cannot fail.
        let _ = write!(
            text,
            "\n[profiles.{name}]\ngateway = \"{name}\"\napi_key_cmd = \"echo {key}\"\n\
             base_url = \"http://127.0.0.1:{port}{base}\"\n\
             poll = {{ first = \"2s\", every = \"1s\" }}\n"
        );
    }
    text
}
