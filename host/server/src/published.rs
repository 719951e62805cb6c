//! The calendars published while the service ran, put upon the built-in rules in
//! their order: all of them for today, or as far as a run of the past had them.

use hejie_domain::calendar::YearCalendar;
use hejie_domain::rules::RuleBook;
use hejie_domain::units::Unit;

/// The rules of today, with the stations that were added.
pub fn all(
    rules: RuleBook,
    published: Vec<YearCalendar>,
    stations: Vec<Unit>,
) -> anyhow::Result<RuleBook> {
    let rules = published
        .into_iter()
        .try_fold(rules, |rules, year| rules.with_year(year))?;
    Ok(stations
        .into_iter()
        .try_fold(rules, |rules, station| rules.with_unit(station))?)
}

/// The rules when the calendar had this version; today's where it never had.
pub fn until(
    mut rules: RuleBook,
    published: Vec<YearCalendar>,
    version: &str,
) -> anyhow::Result<RuleBook> {
    for year in published {
        if rules.calendar().version() == version {
            break;
        }
        rules = rules.with_year(year)?;
    }
    Ok(rules)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn year(year: i16, off: &str) -> YearCalendar {
        let day = json!({"date": off, "name": {"zh": "假", "en": "off"}, "statutory": true});
        let calendar =
            json!({"year": year, "source": "test", "make_up_days": [], "days_off": [day]});
        serde_json::from_value(calendar).unwrap()
    }

    #[test]
    fn every_version_there_was_is_found_again_after_corrections() {
        let builtin = RuleBook::builtin().unwrap();
        let published = vec![
            year(2028, "2028-01-03"),
            year(2027, "2027-01-01"),
            year(2028, "2028-01-04"),
            year(2027, "2027-01-04"),
        ];
        for count in 0..=published.len() {
            let then = all(builtin.clone(), published[..count].to_vec(), Vec::new()).unwrap();
            let version = then.calendar().version();
            let found = until(builtin.clone(), published.clone(), version).unwrap();
            assert_eq!(found.calendar(), then.calendar(), "after {count}");
        }
        let today = all(builtin.clone(), published.clone(), Vec::new()).unwrap();
        let unknown = until(builtin, published, "never").unwrap();
        assert_eq!(unknown.calendar(), today.calendar());
    }
}
