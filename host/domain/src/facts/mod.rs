//! The facts of a dispute as the consumer states them in fields: what the
//! entitlement rules look at. Every field may be missing; nothing is assumed: a rule
//! that cannot do without a fact says which, and one that takes a fact as given
//! says that too.

mod check;
mod food;
mod prepaid;

pub use check::FactsFault;
pub use food::Food;
pub use prepaid::{Cause, Prepaid, UnlimitedUse};

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::day::strict_date;
use crate::money::Fen;

/// `schemas/json/facts.schema.json`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Facts {
    /// How the purchase was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// What was paid for the goods or the service.
    #[serde(rename = "price_fen", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<u64>))]
    pub price: Option<Fen>,
    #[serde(skip_serializing_if = "Option::is_none", with = "strict_date::option")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub received_on: Option<Date>,
    /// The day she asked for the return or the remedy.
    #[serde(skip_serializing_if = "Option::is_none", with = "strict_date::option")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub requested_on: Option<Date>,
    /// The day the goods were back with the seller.
    #[serde(skip_serializing_if = "Option::is_none", with = "strict_date::option")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub returned_on: Option<Date>,
    /// Complete and unspoilt; opening to inspect does not count against it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub intact: Option<bool>,
    /// What sets the goods apart, where return without reason is concerned.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Nature>))]
    pub nature: BTreeSet<Nature>,
    /// The seller had her confirm, for this purchase, that no return is given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exclusion_confirmed: Option<bool>,
    /// The goods are not as agreed or not as they must be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub non_conforming: Option<bool>,
    /// She says the operator deceived her.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fraud_alleged: Option<bool>,
    /// She says a known defect injured someone, or worse.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub injury_alleged: Option<bool>,
    /// Only the label, the leaflet or the advertising is at fault, without a bearing
    /// on quality and without misleading anyone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label_blemish_only: Option<bool>,
    /// Her loss besides the price.
    #[serde(rename = "loss_fen", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<u64>))]
    pub loss: Option<Fen>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub food: Option<Food>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prepaid: Option<Prepaid>,
}

impl Facts {
    /// The day by which she had asked for the return or the remedy: the stated one;
    /// goods that are back were asked to be; else the day of filing.
    pub fn asked_by(&self, filed_on: Date) -> Date {
        self.requested_on.or(self.returned_on).unwrap_or(filed_on)
    }

    /// She states a mere blemish, of the goods or of the food.
    pub fn is_label_blemish_only(&self) -> bool {
        let of_food = self
            .food
            .as_ref()
            .is_some_and(|food| food.label_blemish_only);
        of_food || self.label_blemish_only == Some(true)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    Online,
    Live,
    Television,
    Telephone,
    Mail,
    Store,
}

/// Kinds of goods that return without reason may leave out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Nature {
    CustomMade,
    FreshOrPerishable,
    DownloadedMedia,
    OpenedMediaOrSoftware,
    DeliveredNewspaper,
    OpenedHealthOrSafety,
    QualityChangesOnceOpened,
    ValueLostOnceUsed,
    NearExpiryOrFlawed,
    /// Any other goods unsuitable for return by their nature (art. 25 para. 2).
    UnsuitableByNature,
}
