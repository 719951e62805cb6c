//! Facts about a prepaid card (SPC interpretation 法释〔2025〕4号).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::day::strict_date;
use crate::money::Fen;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Prepaid {
    #[serde(rename = "paid_fen")]
    #[cfg_attr(feature = "openapi", schema(value_type = u64))]
    pub paid: Fen,
    /// Credit given on top of what was paid.
    #[serde(rename = "bonus_fen", default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<u64>))]
    pub bonus: Option<Fen>,
    /// What was consumed, at the list price.
    #[serde(
        rename = "consumed_list_fen",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<u64>))]
    pub consumed_list: Option<Fen>,
    /// The same at the price the card promised.
    #[serde(
        rename = "consumed_discount_fen",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<u64>))]
    pub consumed_discount: Option<Fen>,
    /// Whose cause ends the contract, as she sees it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<Cause>,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "strict_date::option"
    )]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub concluded_on: Option<Date>,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "strict_date::option"
    )]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub ended_on: Option<Date>,
    /// A card for any number of uses within a time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unlimited: Option<UnlimitedUse>,
    /// She had received the same from this or another operator before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known_service: Option<bool>,
    /// The operator said that it will not refund.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refund_refused: Option<bool>,
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
    /// The days of the whole term.
    pub total_days: u32,
    /// The days of it that had run when the contract ended or the operator stopped
    /// serving, used or not (art. 22).
    pub elapsed_days: u32,
}
