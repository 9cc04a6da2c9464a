//! The dialects that are served, and how each is addressed. Says nothing of what they say.

use serde::{Deserialize, Serialize};

/// One of the APIs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Dialect {
    /// APIXO.
    #[serde(rename = "apixo")]
    Apixo,
    /// API Mall.
    #[serde(rename = "apimall")]
    ApiMall,
    /// apiin.one.
    #[serde(rename = "apiin")]
    Apiin,
    /// udioapi.pro, version 1.
    #[serde(rename = "udioapi")]
    Udioapi,
    /// udioapi.pro, version 2.
    #[serde(rename = "udioapi-v2")]
    UdioapiV2,
}

impl Dialect {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Apixo, Self::ApiMall, Self::Apiin, Self::Udioapi, Self::UdioapiV2];

    /// Its name in configurations, scripts and the ledger.
    pub fn name(self) -> &'static str {
        match self {
            Self::Apixo => "apixo",
            Self::ApiMall => "apimall",
            Self::Apiin => "apiin",
            Self::Udioapi => "udioapi",
            Self::UdioapiV2 => "udioapi-v2",
        }
    }

    /// The key that it takes. It opens nothing but a sandbox, so it is no secret. Both versions of
    /// udioapi are one gateway, with one key and one balance.
    pub fn key(self) -> &'static str {
        match self {
            Self::Apixo => "sandbox-apixo-key",
            Self::ApiMall => "sandbox-apimall-key",
            Self::Apiin => "sandbox-apiin-key",
            Self::Udioapi | Self::UdioapiV2 => "sandbox-udioapi-key",
        }
    }

    /// The path below which its routes are.
    pub(super) fn base(self) -> &'static str {
        match self {
            Self::Apixo => "/apixo/api/v1",
            Self::ApiMall => "/apimall/api/v1",
            Self::Apiin => "/apiin/api/v1",
            Self::Udioapi | Self::UdioapiV2 => "/udioapi",
        }
    }
}
