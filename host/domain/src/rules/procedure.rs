//! A procedure version: the periods and grounds of the complaint measures as
//! they stood over a span of days.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::clock::Period;
use crate::text::Bilingual;

/// Where in the law something stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Citation {
    pub law: Bilingual,
    /// `23(5)`: article 23, item 5.
    pub article: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// A ground to refuse a complaint or to end its mediation, or a factor to weigh.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ground {
    pub id: String,
    /// Within the procedure's own law.
    pub article: String,
    pub text: Bilingual,
}

/// The law a procedure version rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Procedure {
    pub version: String,
    pub name: Bilingual,
    /// `None`: since before the platform's records.
    #[serde(default)]
    pub in_force_from: Option<Date>,
    /// The last day in force; `None`: still in force.
    #[serde(default)]
    pub in_force_to: Option<Date>,
    pub law: Bilingual,
    pub source: String,
    #[serde(with = "by_id")]
    pub periods: BTreeMap<String, Period>,
    pub refusal_grounds: Vec<Ground>,
    pub termination_grounds: Vec<Ground>,
    /// Facts an officer may weigh for the ground of living needs; never automatic.
    #[serde(default)]
    pub purpose_factors: Vec<Ground>,
    /// The routes that stay open after a refusal or a failed mediation.
    pub other_routes: Vec<Ground>,
    /// An in-platform seller's own published address decides, since 2026.
    pub published_address_decides: bool,
    /// The articles on handling power.
    pub handling_power: String,
}

impl Procedure {
    pub fn is_in_force(&self, day: Date) -> bool {
        self.in_force_from.is_none_or(|from| from <= day)
            && self.in_force_to.is_none_or(|to| day <= to)
    }

    /// A citation of this procedure's law.
    pub fn cite(&self, article: &str) -> Citation {
        Citation {
            law: self.law.clone(),
            article: article.to_owned(),
            source: Some(self.source.clone()),
        }
    }
}

/// Files list periods; lookups want them by id.
mod by_id {
    use std::collections::BTreeMap;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::clock::Period;

    pub fn serialize<S: Serializer>(
        periods: &BTreeMap<String, Period>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        periods.values().collect::<Vec<_>>().serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<BTreeMap<String, Period>, D::Error> {
        let mut periods = BTreeMap::new();
        for period in Vec::<Period>::deserialize(deserializer)? {
            let id = period.id.clone();
            if periods.insert(id.clone(), period).is_some() {
                return Err(serde::de::Error::custom(format!(
                    "period {id} is there twice"
                )));
            }
        }
        Ok(periods)
    }
}
