//! What a consumer may ask for: the statutory list (Consumer Protection Law
//! art. 52; the note to the registration form of Order 121).

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RemedyKind {
    Repair,
    Redo,
    Replace,
    ReturnGoods,
    MakeUpQuantity,
    Refund,
    Compensation,
    Apology,
}

impl RemedyKind {
    pub const ALL: [RemedyKind; 8] = [
        RemedyKind::Repair,
        RemedyKind::Redo,
        RemedyKind::Replace,
        RemedyKind::ReturnGoods,
        RemedyKind::MakeUpQuantity,
        RemedyKind::Refund,
        RemedyKind::Compensation,
        RemedyKind::Apology,
    ];

    /// The name as JSON writes it.
    pub fn name(self) -> &'static str {
        match self {
            RemedyKind::Repair => "repair",
            RemedyKind::Redo => "redo",
            RemedyKind::Replace => "replace",
            RemedyKind::ReturnGoods => "return_goods",
            RemedyKind::MakeUpQuantity => "make_up_quantity",
            RemedyKind::Refund => "refund",
            RemedyKind::Compensation => "compensation",
            RemedyKind::Apology => "apology",
        }
    }
}
