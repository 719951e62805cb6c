//! Administrative divisions: the nation, Hubei, its cities and its counties.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::identifiers::division_code::DivisionCode;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    National,
    Province,
    Prefecture,
    County,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Division {
    pub code: DivisionCode,
    pub name: String,
    pub level: Level,
    /// The level above; a county that the province administers itself (4290xx)
    /// has the province here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<DivisionCode>,
}

/// `schemas/rules/cn/divisions/hubei.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DivisionFile {
    pub source: String,
    pub divisions: Vec<Division>,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DivisionsError {
    #[error("division {0} is there twice")]
    Twice(DivisionCode),
    #[error("division {code} lies in {parent}, which is not there")]
    NoParent {
        code: DivisionCode,
        parent: DivisionCode,
    },
}

/// The tree of divisions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Divisions {
    by_code: BTreeMap<DivisionCode, Division>,
}

impl Divisions {
    pub fn of(file: DivisionFile) -> Result<Divisions, DivisionsError> {
        let mut by_code = BTreeMap::new();
        for division in file.divisions {
            let code = division.code.clone();
            if by_code.insert(code.clone(), division).is_some() {
                return Err(DivisionsError::Twice(code));
            }
        }
        for division in by_code.values() {
            match &division.parent {
                Some(parent) if !by_code.contains_key(parent) => {
                    let (code, parent) = (division.code.clone(), parent.clone());
                    return Err(DivisionsError::NoParent { code, parent });
                }
                _ => {}
            }
        }
        Ok(Divisions { by_code })
    }

    pub fn get(&self, code: &DivisionCode) -> Option<&Division> {
        self.by_code.get(code)
    }

    pub fn all(&self) -> impl Iterator<Item = &Division> {
        self.by_code.values()
    }

    /// The division and those above it, lowest first.
    pub fn chain(&self, code: &DivisionCode) -> Vec<&Division> {
        let first = self.get(code);
        let above = |division: &&Division| division.parent.as_ref().and_then(|code| self.get(code));
        std::iter::successors(first, above).take(8).collect()
    }

    /// As an address is written: `湖北省武汉市武昌区`.
    pub fn full_name(&self, code: &DivisionCode) -> String {
        let mut chain = self.chain(code);
        chain.retain(|division| division.level != Level::National);
        chain
            .iter()
            .rev()
            .map(|division| division.name.as_str())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::RuleBook;

    fn chain_of(code: &str) -> Vec<String> {
        let book = RuleBook::builtin().unwrap();
        let chain = book.divisions().chain(&code.parse().unwrap());
        chain.iter().map(|division| division.name.clone()).collect()
    }

    #[test]
    fn hubei_has_103_counties_in_17_parts() {
        let book = RuleBook::builtin().unwrap();
        let count = |level| book.divisions().all().filter(|d| d.level == level).count();
        assert_eq!((count(Level::County), count(Level::Prefecture)), (103, 13));
    }

    #[test]
    fn a_county_lies_in_a_city_and_a_province() {
        assert_eq!(chain_of("420106"), ["武昌区", "武汉市", "湖北省", "全国"]);
    }

    #[test]
    fn a_directly_administered_county_has_no_city_above() {
        assert_eq!(chain_of("429004"), ["仙桃市", "湖北省", "全国"]);
        let book = RuleBook::builtin().unwrap();
        assert_eq!(
            book.divisions().full_name(&"429021".parse().unwrap()),
            "湖北省神农架林区"
        );
    }

    #[test]
    fn an_unknown_code_has_no_chain() {
        assert!(chain_of("999999").is_empty());
    }
}
