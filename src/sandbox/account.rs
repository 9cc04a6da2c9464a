//! Money that is none: an account for each gateway. Counts in thousandths, so that 0.12 is exact.

use std::collections::HashMap;

use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::Dialect;

/// An amount in thousandths of a credit or a dollar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Amount(i64);

impl Amount {
    pub(super) const fn thousandths(thousandths: i64) -> Self {
        Self(thousandths)
    }

    pub(super) const fn credits(credits: i64) -> Self {
        Self(credits * 1000)
    }

    /// An integer where it is one.
    pub(super) fn json(self) -> Value {
        if self.0 % 1000 == 0 { json!(self.0 / 1000) } else { json!(self.0 as f64 / 1000.0) }
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.json().serialize(serializer)
    }
}

/// What is left at each gateway.
pub(super) struct Accounts {
    first: Amount,
    // By key: two dialects with one key share an account.
    left: HashMap<&'static str, Amount>,
}

impl Accounts {
    pub(super) fn new(first: Amount) -> Self {
        Self { first, left: HashMap::new() }
    }

    pub(super) fn left(&self, dialect: Dialect) -> Amount {
        self.left.get(dialect.key()).copied().unwrap_or(self.first)
    }

    /// Takes the price; false, and nothing is taken, when there is not enough.
    pub(super) fn charge(&mut self, dialect: Dialect, price: Amount) -> bool {
        let left = self.left(dialect);
        if left < price {
            return false;
        }
        self.left.insert(dialect.key(), Amount(left.0 - price.0));
        true
    }

    pub(super) fn refund(&mut self, dialect: Dialect, price: Amount) {
        let left = self.left(dialect);
        self.left.insert(dialect.key(), Amount(left.0 + price.0));
    }
}
