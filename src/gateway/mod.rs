//! What a gateway is: its models, limits, prices and habits.
//!
//! All of it is data from `assets/gateways.toml`. The dialects that speak to gateways over HTTP
//! get their files here; the built-in sketch engine needs none.

mod catalogue;

pub use catalogue::{Catalogue, Gateway, Limits, Parameter};
