//! What a party said elsewhere than on this platform: by telephone, by letter, at the
//! window. Who has no account here, or signs on paper, is heard all the same.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::filing::Claim;
use super::phase::Confirmation;
use crate::day::strict_date;

/// What it comes to: an act of the party's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Word {
    AcceptOffer {
        offer: u32,
    },
    DeclineOffer {
        offer: u32,
        #[serde(default)]
        note: Option<String>,
    },
    RecordPerformance {
        #[serde(with = "strict_date")]
        #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
        performed_on: Date,
    },
    Confirm {
        confirmation: Confirmation,
    },
    Reopen {
        reason: String,
    },
    ReviseClaim {
        claim: Claim,
    },
    Withdraw,
    /// The complainant: that the two settled it between themselves, and how (Order 121
    /// art. 23(1)).
    SettleElsewhere {
        note: String,
    },
    ProvideMaterial {
        note: String,
    },
    RequestRecusal {
        #[serde(default)]
        mediator: Option<String>,
        reason: String,
    },
}
