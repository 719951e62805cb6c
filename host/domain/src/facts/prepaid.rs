//! Facts about a prepaid card (SPC interpretation 法释〔2025〕4号).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::money::Fen;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Prepaid {
    #[serde(rename = "paid_fen")]
    #[cfg_attr(feature = "openapi", schema(value_type = u64))]
    pub paid: Fen,
    /// Credit given on top of what was paid.
    #[serde(rename = "bonus_fen", default)]
    #[cfg_attr(feature = "openapi", schema(value_type = u64))]
    pub bonus: Fen,
    /// What was consumed, at the list price.
    #[serde(rename = "consumed_list_fen", default)]
    #[cfg_attr(feature = "openapi", schema(value_type = u64))]
    pub consumed_list: Fen,
    /// The same at the price the card promised.
    #[serde(rename = "consumed_discount_fen", default)]
    #[cfg_attr(feature = "openapi", schema(value_type = u64))]
    pub consumed_discount: Fen,
    /// Whose cause ends the contract, as she sees it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<Cause>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub concluded_on: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub ended_on: Option<Date>,
    /// A card for any number of uses within a time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unlimited: Option<UnlimitedUse>,
    /// She had received the same from this or another operator before.
    #[serde(default)]
    pub known_service: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    Operator,
    Consumer,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UnlimitedUse {
    pub total_days: u32,
    pub used_days: u32,
}
