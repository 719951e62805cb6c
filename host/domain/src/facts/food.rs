//! Facts about food (Food Safety Law art. 148).

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Food {
    /// She says the food does not meet the safety standards.
    pub unsafe_alleged: bool,
    /// Only the label or the leaflet is at fault, without misleading anyone.
    pub label_blemish_only: bool,
}
