//! What a gateway is: its models, limits, prices and habits.
//!
//! All of it is data from `assets/gateways.toml`. A dialect that speaks to a gateway gets a file of
//! its own here and hands its calls to [`Transport`]; the built-in sketch engine needs neither.

mod catalogue;
mod transport;

pub use catalogue::{Catalogue, Gateway, Limits, Parameter};
pub use transport::{Answer, Call, Header, Method, Transport, TransportError};
