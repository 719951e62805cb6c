//! One post of an officer.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{NewPost, OfficerRole};
use crate::day::strict_date;
use crate::identifiers::unit_id::UnitId;

/// A role in a unit, from a first day to a last, both in Shanghai and both counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Post {
    /// Numbered from 1 for each officer.
    pub seq: u32,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub unit: UnitId,
    pub role: OfficerRole,
    #[serde(with = "strict_date")]
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub from: Date,
    /// The last day; absent while no end is known.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "strict_date::option"
    )]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
    pub until: Option<Date>,
}

/// Why an officer has no post to act in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoPost {
    #[error("no post is held on this day")]
    None,
    #[error("no post is held in this unit on this day")]
    NotInUnit,
    #[error("posts are held in several units, and none of them was named")]
    Several(Vec<UnitId>),
}

impl Post {
    pub(super) fn begun(seq: u32, post: NewPost) -> Post {
        Post {
            seq,
            unit: post.unit,
            role: post.role,
            from: post.from,
            until: None,
        }
    }

    pub fn is_held(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}
