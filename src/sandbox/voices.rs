//! Which file speaks which dialect.

use super::Dialect;
use super::wire::Wire;
use super::{apiin, apimall, apixo, udioapi, udioapi_v2};

pub(super) fn voice(dialect: Dialect) -> &'static dyn Wire {
    match dialect {
        Dialect::Apixo => &apixo::Apixo,
        Dialect::ApiMall => &apimall::ApiMall,
        Dialect::Apiin => &apiin::Apiin,
        Dialect::Udioapi => &udioapi::Udioapi,
        Dialect::UdioapiV2 => &udioapi_v2::UdioapiV2,
    }
}
