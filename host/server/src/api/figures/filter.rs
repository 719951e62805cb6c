//! Which cases a figure or an export is of, and whether the caller may have them.

use hejie_domain::case::validate;
use hejie_domain::day;
use hejie_domain::identifiers::unit_id::UnitId;
use hejie_domain::indicators::FactFilter;
use hejie_domain::rules::RuleBook;
use hejie_domain::text::Text;
use jiff::civil::Date;
use utoipa::IntoParams;

use crate::address::{Given, Parameters};
use crate::auth::{Principal, subtree_of};
use crate::problem::Problem;

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// Files at this unit or below it, and negotiations with operators there; an officer's
    /// own where nothing is said.
    #[param(value_type = Option<String>, example = "420100", pattern = "^[0-9]{6}(-[0-9]{2})?$")]
    unit: Option<UnitId>,
    /// Cases registered as a complaint on this day or later; those that are none:
    /// received. `YYYY-MM-DD` in Shanghai.
    #[param(value_type = Option<String>, example = "2026-05-01", pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
    from: Option<Date>,
    /// The last such day.
    #[param(value_type = Option<String>, example = "2026-05-31", pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
    to: Option<Date>,
    /// An object category of the 12315 classification.
    #[param(value_type = Option<String>, example = "clothing", max_length = 64)]
    category: Option<String>,
    /// A respondent: its organisation's id, its credit code, or its name as filed.
    #[param(value_type = Option<String>, min_length = 1, max_length = 100)]
    respondent: Option<String>,
}

/// The longest name of a respondent that can be asked for, in characters.
const MAX_RESPONDENT: usize = 100;

impl Parameters for Filter {
    const NAMES: &'static [&'static str] = &["unit", "from", "to", "category", "respondent"];

    fn read(given: &Given) -> Result<Filter, Problem> {
        let unknown = || Text::new("invalid-unknown-value");
        let line = |text: &str| {
            let sound = validate::line("", text, MAX_RESPONDENT).is_ok();
            sound.then(|| text.to_owned())
        };
        let filter = Filter {
            unit: given.get("unit", |text| text.parse().ok(), unknown())?,
            from: date(given, "from")?,
            to: date(given, "to")?,
            category: given.get("category", line, unknown())?,
            respondent: given.get("respondent", line, unknown())?,
        };
        match (filter.from, filter.to) {
            (Some(from), Some(to)) if to < from => {
                let text = Text::new("invalid-too-early").arg("earliest", from.to_string());
                Err(Problem::parameter("to", text))
            }
            _ => Ok(filter),
        }
    }
}

fn date(given: &Given, name: &str) -> Result<Option<Date>, Problem> {
    match given.get(name, |text| Some(day::parse(text)), Text::new(""))? {
        Some(Err(fault)) => Err(Problem::parameter(name, fault.text())),
        Some(Ok(day)) => Ok(Some(day)),
        None => Ok(None),
    }
}

impl Filter {
    /// What the caller may have of it: the operator all, an officer her own
    /// subtree, others nothing.
    pub fn scope(self, principal: &Principal, rules: &RuleBook) -> Result<FactFilter, Problem> {
        let own = match principal {
            Principal::Officer { unit, .. } => Some(subtree_of(unit)),
            Principal::Operator { .. } => None,
            _ => return Err(Problem::forbidden()),
        };
        let unknown = |name| Problem::parameter(name, Text::new("invalid-unknown-value"));
        let asked = self.unit.as_ref().map(UnitId::as_str);
        let outside = |unit: &str| own.is_some_and(|own| !unit.starts_with(own));
        if asked.is_some_and(outside) {
            return Err(Problem::forbidden());
        }
        if self
            .unit
            .as_ref()
            .is_some_and(|unit| rules.units().get(unit).is_none())
        {
            return Err(unknown("unit"));
        }
        let category = self.category.as_deref();
        if category.is_some_and(|id| rules.categories().object(id).is_none()) {
            return Err(unknown("category"));
        }
        Ok(FactFilter {
            subtree: asked.map(subtree_of).or(own).map(str::to_owned),
            from: self.from,
            to: self.to,
            category: self.category,
            respondent: self.respondent,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hejie_texts::Language;

    fn officer(unit: &str) -> Principal {
        Principal::Officer {
            id: "o-1".into(),
            unit: unit.into(),
            name: "周".into(),
            role: Default::default(),
        }
    }

    fn asking(unit: Option<&str>) -> Filter {
        Filter {
            unit: unit.map(|unit| unit.parse().unwrap()),
            from: None,
            to: None,
            category: None,
            respondent: None,
        }
    }

    fn scope(principal: &Principal, unit: Option<&str>) -> Result<Option<String>, u16> {
        let rules = RuleBook::builtin().unwrap();
        let scope = asking(unit).scope(principal, &rules);
        scope
            .map(|filter| filter.subtree)
            .map_err(|problem| problem.body(Language::English).status)
    }

    #[test]
    fn an_officer_has_her_own_subtree_and_may_ask_for_less_but_not_for_more() {
        let wuhan = officer("420100");
        assert_eq!(scope(&wuhan, None), Ok(Some("4201".to_owned())));
        assert_eq!(scope(&wuhan, Some("420106")), Ok(Some("420106".to_owned())));
        for outside in ["420000", "420500", "000000", "420200"] {
            assert_eq!(scope(&wuhan, Some(outside)), Err(403), "{outside}");
        }
        assert_eq!(scope(&officer("000000"), None), Ok(Some(String::new())));
    }

    #[test]
    fn the_operator_has_all_and_no_party_has_any() {
        let operator = Principal::Operator { id: "op".into() };
        assert_eq!(scope(&operator, None), Ok(None));
        assert_eq!(scope(&operator, Some("420000")), Ok(Some("42".to_owned())));
        assert_eq!(scope(&operator, Some("999999")), Err(400));
        let consumer = Principal::Consumer { id: "c-1".into() };
        assert_eq!(scope(&consumer, None), Err(403));
    }
}
