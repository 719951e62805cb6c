//! Bodies of commands that every file of the regulator takes.

use hejie_domain::case::moves::ReturnReason;
use hejie_domain::case::supervision::Urgency;
use hejie_domain::identifiers::unit_id::UnitId;
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::ToSchema;

#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Dispatch {
    /// A unit below.
    #[schema(value_type = String, pattern = "^[0-9]{6}(-[0-9]{2})?$")]
    pub to: UnitId,
    pub note: String,
    /// The day to report back by.
    #[schema(value_type = Option<String>, format = Date)]
    pub report_by: Option<Date>,
}

#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Return {
    pub reason: ReturnReason,
    pub note: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Designation {
    #[schema(value_type = String, pattern = "^[0-9]{6}(-[0-9]{2})?$")]
    pub unit: UnitId,
    pub reason: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TakingUp {
    pub reason: String,
}

#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Supervision {
    pub urgency: Urgency,
    pub matter: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SupervisionAnswer {
    pub answer: String,
}
