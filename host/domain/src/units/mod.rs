//! The tree of units: the national tier, provinces, cities, counties and their
//! stations. A county that its province administers itself (4290xx) has no city above.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::identifiers::unit_id::UnitId;

/// From the lowest up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum UnitLevel {
    Station,
    County,
    City,
    Province,
    National,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Unit {
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub id: UnitId,
    pub level: UnitLevel,
    pub name: String,
    /// Before the sign and the year in a document's number; a station has its
    /// authority's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub abbreviation: Option<String>,
    /// The unit above; the national tier has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub parent: Option<UnitId>,
}

/// `schemas/rules/cn/units/hubei.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitFile {
    pub source: String,
    pub units: Vec<Unit>,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnitsError {
    #[error("unit {0} is there twice")]
    Twice(UnitId),
    #[error("unit {id} has nothing above it that is there and higher")]
    NothingAbove { id: UnitId },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Units {
    by_id: BTreeMap<UnitId, Unit>,
}

impl Units {
    pub fn of(file: UnitFile) -> Result<Units, UnitsError> {
        let mut units = Units {
            by_id: BTreeMap::new(),
        };
        let mut listed = file.units;
        // From the top down, so that whatever is above is there.
        listed.sort_by_key(|unit| std::cmp::Reverse(unit.level));
        listed.into_iter().try_for_each(|unit| units.add(unit))?;
        Ok(units)
    }

    /// Adds a unit below one that is there.
    pub fn add(&mut self, unit: Unit) -> Result<(), UnitsError> {
        let above = unit.parent.as_ref().and_then(|id| self.get(id));
        let fits = match above {
            Some(above) => above.level > unit.level && is_placed(&unit, above),
            None => unit.level == UnitLevel::National && unit.parent.is_none(),
        };
        if !fits {
            return Err(UnitsError::NothingAbove { id: unit.id });
        }
        match self.by_id.insert(unit.id.clone(), unit) {
            None => Ok(()),
            Some(twice) => Err(UnitsError::Twice(twice.id)),
        }
    }

    pub fn get(&self, id: &UnitId) -> Option<&Unit> {
        self.by_id.get(id)
    }

    pub fn all(&self) -> impl Iterator<Item = &Unit> {
        self.by_id.values()
    }

    /// The unit directly above.
    pub fn above(&self, id: &UnitId) -> Option<&Unit> {
        self.get(self.get(id)?.parent.as_ref()?)
    }

    /// The unit and those above it, lowest first.
    pub fn chain(&self, id: &UnitId) -> Vec<&Unit> {
        let above = |unit: &&Unit| self.above(&unit.id);
        std::iter::successors(self.get(id), above).collect()
    }

    /// Whether a unit lies somewhere below another.
    pub fn is_below(&self, id: &UnitId, above: &UnitId) -> bool {
        self.chain(id).iter().skip(1).any(|unit| unit.id == *above)
    }

    /// The lowest unit above both: who designates where two authorities disagree
    /// (Order 121 art. 33).
    pub fn common_superior(&self, one: &UnitId, other: &UnitId) -> Option<&Unit> {
        let mut above = self.chain(one).into_iter().skip(1);
        above.find(|unit| self.is_below(other, &unit.id))
    }
}

/// A station lies in its own authority, and nothing else has a station's name.
fn is_placed(unit: &Unit, above: &Unit) -> bool {
    let station = unit.level == UnitLevel::Station;
    station == unit.id.is_station() && (!station || unit.id.authority() == above.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::RuleBook;
    use serde_json::json;

    fn id(text: &str) -> UnitId {
        text.parse().unwrap()
    }

    fn hubei() -> Units {
        RuleBook::builtin().unwrap().units().clone()
    }

    fn unit(id: &str, level: &str, parent: Option<&str>) -> Unit {
        serde_json::from_value(json!({"id": id, "level": level, "name": "所", "parent": parent}))
            .unwrap()
    }

    #[test]
    fn every_division_of_hubei_has_its_authority() {
        let book = RuleBook::builtin().unwrap();
        let divisions = book.divisions().all().map(|it| UnitId::of(&it.code));
        let units = book.units().all().map(|unit| unit.id.clone());
        assert!(divisions.eq(units));
        for division in book.divisions().all() {
            let above = book.units().above(&UnitId::of(&division.code));
            assert_eq!(
                above.map(|unit| unit.id.as_str()),
                division.parent.as_ref().map(|code| code.as_str())
            );
        }
    }

    #[test]
    fn the_common_superior_is_the_lowest_above_both() {
        let units = hubei();
        let superior = |a: &str, b: &str| {
            let unit = units.common_superior(&id(a), &id(b)).unwrap();
            unit.id.to_string()
        };
        assert_eq!(superior("420106", "420111"), "420100");
        assert_eq!(superior("420106", "429004"), "420000");
        assert_eq!(superior("420000", "420106"), "000000");
        assert!(
            units
                .common_superior(&id("000000"), &id("420106"))
                .is_none()
        );
    }

    #[test]
    fn a_station_stands_in_its_own_county_and_once() {
        let mut units = hubei();
        let station = unit("420106-01", "station", Some("420106"));
        units.add(station.clone()).unwrap();
        assert!(units.is_below(&id("420106-01"), &id("420000")));
        assert!(matches!(units.add(station), Err(UnitsError::Twice(_))));
        for wrong in [
            unit("420106-02", "station", Some("420111")),
            unit("420106-02", "station", Some("420100")),
            unit("420106-02", "county", Some("420100")),
            unit("420106-02", "station", None),
            unit("420199", "station", Some("420106")),
            unit("420199", "city", Some("420100")),
        ] {
            assert!(units.add(wrong.clone()).is_err(), "{wrong:?}");
        }
    }
}
