//! All rule packs together, each file checked against its JSON Schema.

use include_dir::{Dir, include_dir};
use jiff::civil::Date;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::procedure::Procedure;
use crate::calendar::{Calendar, CalendarError, StatutoryDays, YearCalendar};
use crate::categories::Categories;
use crate::divisions::{Divisions, DivisionsError};
use crate::entitlements::EntitlementPack;
use crate::rewards::RewardRule;
use crate::units::{Unit, Units, UnitsError};

static FILES: Dir = include_dir!("$CARGO_MANIFEST_DIR/../../schemas/rules/cn");
static SCHEMAS: Dir = include_dir!("$CARGO_MANIFEST_DIR/../../schemas/json");

/// Everything the law gives, as values.
#[derive(Debug, Clone)]
pub struct RuleBook {
    procedures: Vec<Procedure>,
    entitlements: Vec<EntitlementPack>,
    calendar: Calendar,
    divisions: Divisions,
    units: Units,
    categories: Categories,
    rewards: Vec<RewardRule>,
}

/// A rule file that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum RuleError {
    #[error("{file} is missing")]
    Missing { file: String },
    #[error("{file} is no JSON: {source}")]
    NotJson {
        file: String,
        source: serde_json::Error,
    },
    #[error("{file}: {pointer}: {fault}")]
    Schema {
        file: String,
        pointer: String,
        fault: String,
    },
    #[error("{file}: {source}")]
    Shape {
        file: String,
        source: serde_json::Error,
    },
    #[error(transparent)]
    Calendar(#[from] CalendarError),
    #[error(transparent)]
    Divisions(#[from] DivisionsError),
    #[error(transparent)]
    Units(#[from] UnitsError),
    #[error("{first} and {second} are in force on the same days")]
    Overlap { first: String, second: String },
}

impl RuleBook {
    /// The packs this program carries.
    pub fn builtin() -> Result<RuleBook, RuleError> {
        let mut procedures: Vec<Procedure> = folder("procedures", "procedure")?;
        procedures.sort_by_key(|procedure| procedure.in_force_from);
        check_overlap(&procedures)?;
        let years: Vec<YearCalendar> = folder("calendars", "calendar")?;
        let statutory = statutory_days()?;
        years.iter().try_for_each(|year| statutory.check(year))?;
        Ok(RuleBook {
            procedures,
            entitlements: folder("entitlements", "entitlement-pack")?,
            calendar: Calendar::of(years)?,
            divisions: Divisions::of(one("divisions/hubei.json", "divisions")?)?,
            units: Units::of(one("units/hubei.json", "units")?)?,
            categories: one("categories/12315.json", "categories")?,
            rewards: folder("rewards", "reward-rule")?,
        })
    }

    pub fn procedures(&self) -> &[Procedure] {
        &self.procedures
    }

    /// The procedure in force on a day.
    pub fn procedure_on(&self, day: Date) -> Option<&Procedure> {
        self.procedures
            .iter()
            .find(|procedure| procedure.is_in_force(day))
    }

    pub fn procedure(&self, version: &str) -> Option<&Procedure> {
        self.procedures
            .iter()
            .find(|procedure| procedure.version == version)
    }

    pub fn entitlement_packs(&self) -> &[EntitlementPack] {
        &self.entitlements
    }

    /// The versions of every pack, procedures first: what a decision record names.
    pub fn versions(&self) -> Vec<String> {
        let procedures = self.procedures.iter().map(|one| &one.version);
        let packs = self.entitlement_packs().iter().map(|one| &one.version);
        procedures.chain(packs).cloned().collect()
    }

    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    pub fn divisions(&self) -> &Divisions {
        &self.divisions
    }

    pub fn units(&self) -> &Units {
        &self.units
    }

    pub fn categories(&self) -> &Categories {
        &self.categories
    }

    /// The rule of rewards in force on a day.
    pub fn reward_rule_on(&self, day: Date) -> Option<&RewardRule> {
        let begun = self.rewards.iter().filter(|rule| rule.in_force_from <= day);
        begun.max_by_key(|rule| rule.in_force_from)
    }

    /// The same rules with one more unit.
    pub fn with_unit(&self, unit: Unit) -> Result<RuleBook, RuleError> {
        let mut book = self.clone();
        book.units.add(unit)?;
        Ok(book)
    }

    /// The same rules with other procedures, to see what hangs on them.
    #[cfg(test)]
    pub fn with_procedures(&self, change: impl Fn(&mut Procedure)) -> RuleBook {
        let mut book = self.clone();
        book.procedures.iter_mut().for_each(change);
        book
    }

    /// The same rules with one more published year, or a corrected one.
    pub fn with_year(&self, year: YearCalendar) -> Result<RuleBook, RuleError> {
        let mut book = self.clone();
        book.calendar.add(year)?;
        Ok(book)
    }
}

/// Reads a year's calendar from a file's bytes, checked as the built-in ones are: it
/// fits its schema and is whole.
pub fn read_calendar(name: &str, bytes: &[u8]) -> Result<YearCalendar, RuleError> {
    let year = checked(name, bytes, "calendar")?;
    statutory_days()?.check(&year)?;
    Ok(year)
}

fn statutory_days() -> Result<StatutoryDays, RuleError> {
    one("statutory-days.json", "statutory-days")
}

fn check_overlap(procedures: &[Procedure]) -> Result<(), RuleError> {
    for pair in procedures.windows(2) {
        let [first, second] = pair else { continue };
        let apart = matches!((first.in_force_to, second.in_force_from),
            (Some(end), Some(start)) if end < start);
        if !apart {
            let (first, second) = (first.version.clone(), second.version.clone());
            return Err(RuleError::Overlap { first, second });
        }
    }
    Ok(())
}

fn folder<T: DeserializeOwned>(name: &str, schema: &str) -> Result<Vec<T>, RuleError> {
    let folder = FILES.get_dir(name).ok_or(RuleError::Missing {
        file: name.to_owned(),
    })?;
    let mut files: Vec<_> = folder.files().collect();
    files.sort_by_key(|file| file.path());
    files
        .into_iter()
        .map(|file| checked(&file.path().display().to_string(), file.contents(), schema))
        .collect()
}

fn one<T: DeserializeOwned>(name: &str, schema: &str) -> Result<T, RuleError> {
    let file = FILES.get_file(name).ok_or(RuleError::Missing {
        file: name.to_owned(),
    })?;
    checked(name, file.contents(), schema)
}

fn checked<T: DeserializeOwned>(file: &str, bytes: &[u8], schema: &str) -> Result<T, RuleError> {
    let not_json = |source| RuleError::NotJson {
        file: file.to_owned(),
        source,
    };
    let value: Value = serde_json::from_slice(bytes).map_err(not_json)?;
    let faults = |pointer: String, fault: String| RuleError::Schema {
        file: file.to_owned(),
        pointer,
        fault,
    };
    let schema = schema_of(schema)?;
    let validator = jsonschema::validator_for(&schema)
        .map_err(|fault| faults(String::new(), fault.to_string()))?;
    validator
        .validate(&value)
        .map_err(|fault| faults(fault.instance_path().to_string(), fault.to_string()))?;
    serde_json::from_value(value).map_err(|source| RuleError::Shape {
        file: file.to_owned(),
        source,
    })
}

/// One of the platform's JSON Schemas, by its name without the ending.
pub fn schema_of(name: &str) -> Result<Value, RuleError> {
    let file = format!("{name}.schema.json");
    let found = SCHEMAS
        .get_file(&file)
        .ok_or(RuleError::Missing { file: file.clone() })?;
    serde_json::from_slice(found.contents()).map_err(|source| RuleError::NotJson { file, source })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use rstest::rstest;

    #[rstest]
    #[case(date(2024, 6, 30), "cn-procedure-2020-01-01")]
    #[case(date(2024, 7, 1), "cn-procedure-2024-07-01")]
    #[case(date(2026, 4, 14), "cn-procedure-2024-07-01")]
    #[case(date(2026, 4, 15), "cn-procedure-2026-04-15")]
    #[case(date(2030, 1, 1), "cn-procedure-2026-04-15")]
    fn a_case_is_judged_by_the_version_in_force_at_receipt(
        #[case] day: Date,
        #[case] version: &str,
    ) {
        let book = RuleBook::builtin().unwrap();
        assert_eq!(book.procedure_on(day).unwrap().version, version);
    }

    #[test]
    fn a_calendar_file_with_a_wrong_field_names_it() {
        let bytes = br#"{"year": 2027, "source": "x", "days_off": [{"date": "2027-01-01"}], "make_up_days": []}"#;
        let fault = read_calendar("2027.json", bytes).unwrap_err().to_string();
        assert!(fault.contains("/days_off/0"), "{fault}");
    }
}
