//! What a list is filtered by: in a query, and in a saved view.

use hejie_domain::case::{Phase, validate};
use hejie_domain::categories::{Categories, Category};
use hejie_domain::day::strict_date;
use hejie_domain::file::FileKind;
use hejie_domain::identifiers::division_code::DivisionCode;
use hejie_domain::report::ReportPhase;
use hejie_domain::text::Text;
use hejie_domain::urgency::{Band, Bands};
use hejie_store::{Due, Received, Stage, WorkFilter, WorkWord};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::auth::subtree_of;

/// The most characters that are looked for, and the most words.
const MAX_SOUGHT: usize = 100;
const MAX_WORDS: usize = 8;

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, IntoParams, ToSchema)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields, default)]
pub struct Filters {
    /// `waiting`, where nothing is said: what waits for an act of the unit, most urgent
    /// first. `over`: what waits for nobody, the latest first. `all`: both, one after the
    /// other.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[param(value_type = Option<String>, example = "over")]
    pub stage: Option<WorkStage>,
    /// Only files of this band: `red` is overdue or due by the end of the next
    /// working day, `amber` by the third, `green` later; `none` has no known day. What is over
    /// is of no band.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[param(value_type = Option<String>, example = "red")]
    pub band: Option<Band>,
    /// `dispute`, `report` or `inquiry`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[param(value_type = Option<String>, example = "report")]
    #[schema(value_type = Option<String>)]
    pub kind: Option<FileKind>,
    /// Only files in this phase.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[param(value_type = Option<String>, example = "registered")]
    #[schema(value_type = Option<String>)]
    pub phase: Option<WorkPhase>,
    /// Only this object category of the 12315 classification.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[param(example = "clothing")]
    pub category: Option<String>,
    /// What the respondent's name has in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[param(max_length = 100)]
    pub respondent: Option<String>,
    /// The respondent's organisation here.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[param(max_length = 64)]
    pub organisation: Option<String>,
    /// Only units of this division, which is one of the caller's own subtree.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[param(value_type = Option<String>, example = "420106")]
    #[schema(value_type = Option<String>)]
    pub division: Option<DivisionCode>,
    /// The first day of receipt at the unit.
    #[serde(skip_serializing_if = "Option::is_none", with = "strict_date::option")]
    #[param(value_type = Option<String>, example = "2026-05-18")]
    #[schema(value_type = Option<String>)]
    pub received_from: Option<Date>,
    /// The last day of receipt at the unit.
    #[serde(skip_serializing_if = "Option::is_none", with = "strict_date::option")]
    #[param(value_type = Option<String>, example = "2026-05-18")]
    #[schema(value_type = Option<String>)]
    pub received_to: Option<Date>,
    /// Words that the file has, all of them, in any of: names of both sides,
    /// statement, reason, order, category, case number; of complaints also four digits or
    /// more of the complainant's telephone number, or of the one that called. A Chinese
    /// phrase of any length, one character too.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[param(max_length = 100)]
    pub q: Option<String>,
}

/// Whether anything of a file waits for its unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WorkStage {
    Waiting,
    Over,
    All,
}

impl From<WorkStage> for Stage {
    fn from(stage: WorkStage) -> Stage {
        match stage {
            WorkStage::Waiting => Stage::Waiting,
            WorkStage::Over => Stage::Over,
            WorkStage::All => Stage::All,
        }
    }
}

/// A phase of whatever kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum WorkPhase {
    Dispute(Phase),
    Report(ReportPhase),
}

impl WorkPhase {
    fn name(self) -> &'static str {
        match self {
            WorkPhase::Dispute(phase) => phase.name(),
            WorkPhase::Report(phase) => phase.name(),
        }
    }
}

/// The name of a filter, and what is wrong with it.
pub type Fault = (&'static str, Text);

impl Filters {
    /// Each filter as it is here, or else as it is in a view.
    pub fn or(self, view: Filters) -> Filters {
        Filters {
            stage: self.stage.or(view.stage),
            band: self.band.or(view.band),
            kind: self.kind.or(view.kind),
            phase: self.phase.or(view.phase),
            category: self.category.or(view.category),
            respondent: self.respondent.or(view.respondent),
            organisation: self.organisation.or(view.organisation),
            division: self.division.or(view.division),
            received_from: self.received_from.or(view.received_from),
            received_to: self.received_to.or(view.received_to),
            q: self.q.or(view.q),
        }
    }

    /// Whether an officer who sees this subtree may ask for it, and it is known.
    pub fn check(&self, subtree: &str, categories: &Categories) -> Result<(), Fault> {
        let unknown = |id: &String| categories.object(id).is_none();
        if self.category.as_ref().is_some_and(unknown) {
            return Err(("category", Text::new("invalid-unknown-value")));
        }
        let outside = |code: &DivisionCode| !subtree_of(code.as_str()).starts_with(subtree);
        if self.division.as_ref().is_some_and(outside) {
            return Err(("division", Text::new("invalid-outside-subtree")));
        }
        if let (Some(from), Some(to)) = (self.received_from, self.received_to)
            && to < from
        {
            let text = Text::new("invalid-too-early").arg("earliest", from.to_string());
            return Err(("received_to", text));
        }
        let organisation = self.organisation.as_deref();
        if organisation.is_some_and(|id| validate::key("", id).is_err()) {
            return Err(("organisation", Text::new("invalid-unknown-value")));
        }
        check_sought("respondent", self.respondent.as_deref())?;
        check_sought("q", self.q.as_deref())
    }

    /// What the store is asked, of units with these leading digits.
    pub fn wanted(
        &self,
        subtree: &str,
        bands: &Bands,
        today: Date,
        categories: &Categories,
    ) -> WorkFilter {
        let division = self.division.as_ref().map(DivisionCode::as_str);
        let word = |text: &str| WorkWord {
            text: text.to_owned(),
            categories: named(text, categories),
        };
        WorkFilter {
            subtree: division.map_or(subtree, subtree_of).to_owned(),
            stage: self.stage.map(Stage::from).unwrap_or_default(),
            due: due(self.band, bands),
            kind: self.kind.map(|kind| kind.name().to_owned()),
            phase: self.phase.map(|phase| phase.name().to_owned()),
            category: self.category.clone(),
            organisation: self.organisation.clone(),
            respondent: self.respondent.clone(),
            received: Received {
                from: self.received_from,
                // Nothing is received after today, and a bound makes it quick.
                to: self.received_to.or(self.received_from.map(|_| today)),
            },
            words: words(self.q.as_deref()).map(word).collect(),
        }
    }
}

/// The days of a band.
pub fn due(band: Option<Band>, bands: &Bands) -> Due {
    match band {
        None => Due::Whenever,
        Some(Band::Red) => Due::Until(bands.red_until()),
        Some(Band::Amber) => Due::Between(bands.red_until(), bands.amber_until()),
        Some(Band::Green) => Due::After(bands.amber_until()),
        Some(Band::None) => Due::Unknown,
    }
}

/// What is looked for, word by word; signs alone are nothing to look for.
fn words(sought: Option<&str>) -> impl Iterator<Item = &str> {
    let words = sought.into_iter().flat_map(str::split_whitespace);
    words.filter(|word| WorkWord::is_word(word))
}

fn check_sought(name: &'static str, sought: Option<&str>) -> Result<(), Fault> {
    let Some(text) = sought else {
        return Ok(());
    };
    if text.chars().count() > MAX_SOUGHT {
        let text = Text::new("invalid-too-long").arg("limit", MAX_SOUGHT as u64);
        return Err((name, text));
    }
    match words(sought).count() {
        0 => Err((name, Text::new("invalid-no-word"))),
        1..=MAX_WORDS => Ok(()),
        _ => Err((
            name,
            Text::new("invalid-too-many").arg("limit", MAX_WORDS as u64),
        )),
    }
}

/// The categories by whose name a file is found: a part of the Chinese name, or
/// the English one.
fn named(word: &str, categories: &Categories) -> Vec<String> {
    let is_named = |category: &&Category| {
        category.name.zh.contains(word) || category.name.en.eq_ignore_ascii_case(word)
    };
    let named = categories.objects.iter().filter(is_named);
    named.map(|category| category.id.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use hejie_domain::rules::RuleBook;
    use jiff::civil::date;

    fn fault(filters: Filters, subtree: &str) -> Option<&'static str> {
        let rules = RuleBook::builtin().unwrap();
        let checked = filters.check(subtree, rules.categories());
        checked.err().map(|(name, _)| name)
    }

    fn of(division: &str) -> Filters {
        Filters {
            division: Some(division.parse().unwrap()),
            ..Filters::default()
        }
    }

    #[test]
    fn a_division_lies_within_the_own_subtree() {
        assert_eq!(fault(of("420106"), "4201"), None);
        assert_eq!(fault(of("420100"), "4201"), None);
        assert_eq!(fault(of("420000"), "4201"), Some("division"));
        assert_eq!(fault(of("000000"), "42"), Some("division"));
        assert_eq!(fault(of("420111"), "420106"), Some("division"));
        assert_eq!(fault(of("000000"), ""), None);
    }

    #[test]
    fn there_is_a_word_to_look_for_and_not_too_many() {
        let q = |q: &str| Filters {
            q: Some(q.to_owned()),
            ..Filters::default()
        };
        assert_eq!(fault(q("退"), ""), None);
        assert_eq!(fault(q("退 ！"), ""), None);
        for wrong in ["", " ", "！？", "a b c d e f g h i", &"退".repeat(101)] {
            assert_eq!(fault(q(wrong), ""), Some("q"), "{wrong}");
        }
    }

    #[test]
    fn a_word_is_also_a_categorys_name() {
        let rules = RuleBook::builtin().unwrap();
        let named = |word| named(word, rules.categories());
        assert_eq!(named("服装"), ["clothing"]);
        assert_eq!(named("food"), ["food"]);
        assert_eq!(named("oo"), Vec::<String>::new());
    }

    #[test]
    fn what_is_asked_goes_before_what_a_view_says() {
        let asked = Filters {
            band: Some(Band::Red),
            ..Filters::default()
        };
        let view = Filters {
            band: Some(Band::None),
            received_to: Some(date(2026, 5, 18)),
            ..Filters::default()
        };
        let both = asked.or(view);
        assert_eq!(both.band, Some(Band::Red));
        assert_eq!(both.received_to, Some(date(2026, 5, 18)));
    }
}
