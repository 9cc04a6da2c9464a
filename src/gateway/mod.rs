//! What a gateway is: its models, limits, prices and habits, and the words it speaks.
//!
//! What can change is data from `assets/gateways.toml`. Each dialect has a file of its own and is
//! pure; [`Transport`] alone speaks HTTP.

mod call;
mod catalogue;
mod dialect;
mod key;
mod overrides;
mod transport;

pub use call::{Call, HIDDEN, Header, Method, Value, redacted};
pub use catalogue::{Catalogue, Form, Gateway, Limits, Parameter, Poll};
pub use dialect::{Access, Balance, Created, Dialect, Extras, Order, Polled, Speak};
pub use key::{Flaw, KeyError, delete_key, read_key, set_key};
pub use overrides::Unresolved;
pub use transport::{Answer, Arrival, Bounds, Transport, TransportError};
