//! A procedure version: the periods and grounds of the complaint measures as
//! they stood over a span of days.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::clock::{Approval, Period};
use crate::text::{Bilingual, Text};
use crate::visits::VisitRules;

/// Where in the law something stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Citation {
    pub law: Bilingual,
    /// `23(5)`: article 23, item 5. Empty where the rule has no articles; read it
    /// through [`Citation::article`].
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub article: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

impl Citation {
    /// The article, where the rule has one. Entries of a ledger may hold `-` for none.
    pub fn article(&self) -> Option<&str> {
        Some(self.article.as_str()).filter(|article| !matches!(*article, "" | "-"))
    }

    /// `消费者权益保护法第39条`, or the name of the rule alone.
    pub fn text(&self) -> Text {
        let text = match self.article() {
            Some(article) => Text::new("citation-article").arg("article", article),
            None => Text::new("citation-law"),
        };
        text.arg("law_zh", self.law.zh.as_str())
            .arg("law_en", self.law.en.as_str())
    }
}

/// A ground to refuse a complaint or to end its mediation, or a factor to weigh.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ground {
    pub id: String,
    pub article: String,
    /// The law of the article, where it is not the procedure's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub law: Option<Bilingual>,
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
    /// The official forms of a complaint that name this version's articles and grounds.
    pub forms: Vec<String>,
    pub refusal_grounds: Vec<Ground>,
    pub termination_grounds: Vec<Ground>,
    /// What ends a mediation once it shows, besides the grounds for refusal (art. 23(6), since
    /// 2026); nothing is refused on it.
    #[serde(default)]
    pub later_grounds: Vec<Ground>,
    /// Facts an officer may weigh for the ground of living needs; never automatic.
    #[serde(default)]
    pub purpose_factors: Vec<Ground>,
    /// The routes that stay open after a refusal or a failed mediation.
    pub other_routes: Vec<Ground>,
    /// An in-platform seller's own published address decides, since 2026.
    pub published_address_decides: bool,
    /// The article on handling power.
    pub handling_power: String,
    /// The article on what comes to intake and is sent on from there.
    pub intake: String,
    /// Whether the authority may name who tests where the parties do not agree on one, since
    /// 2026.
    pub authority_names_tester: bool,
    /// Whether a mediation ends because whichever side refuses it, since 2026; else only because
    /// the respondent does.
    pub either_side_refuses: bool,
    /// Whether a report that repeats another is not handled again, and new facts are handled
    /// with the report that is being verified, since 2026.
    pub repeated_reports: bool,
    pub representation: RepresentationRules,
    /// Where the places of reports stand.
    #[serde(default)]
    pub report_places: ReportPlaces,
    /// The article by which, of several, the authority that received it first handles it.
    pub received_first: String,
    /// Whom a follow-up visit asks, and what follows from the answer.
    pub visits: VisitRules,
}

/// Who may act for a complainant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RepresentationRules {
    /// The article on agents.
    pub agent: String,
    /// The article on people who complain together.
    pub joint: String,
    /// How many of them may be elected to act for all.
    pub most_representatives: usize,
}

/// The articles on which authority verifies a report; empty where they are not known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ReportPlaces {
    /// Of ordinary operators: where the act happened.
    pub ordinary: String,
    /// Of platforms and those who sell online.
    pub online: String,
    pub advertising: String,
}

impl Procedure {
    pub fn is_in_force(&self, day: Date) -> bool {
        self.in_force_from.is_none_or(|from| from <= day)
            && self.in_force_to.is_none_or(|to| day <= to)
    }

    /// The period by which another may be extended; none where the law knows none.
    pub fn extension_of(&self, period: &str) -> Option<(&Period, Approval)> {
        self.periods.values().find_map(|rule| {
            let extends = rule.extends.as_ref()?;
            (extends.period == period).then_some((rule, extends.approval))
        })
    }

    /// A citation of this procedure's law.
    pub fn cite(&self, article: &str) -> Citation {
        Citation {
            law: self.law.clone(),
            article: article.to_owned(),
            source: Some(self.source.clone()),
        }
    }

    /// Where a ground of this procedure stands.
    pub fn cite_ground(&self, ground: &Ground) -> Citation {
        match &ground.law {
            None => self.cite(&ground.article),
            Some(law) => Citation {
                law: law.clone(),
                article: ground.article.clone(),
                source: None,
            },
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::clocks::periods;
    use crate::rules::RuleBook;
    use rstest::rstest;

    fn article(pack: &str, ground: &str) -> String {
        let book = RuleBook::builtin().unwrap();
        let procedure = book.procedure(pack).unwrap();
        let grounds = &procedure.termination_grounds;
        let found = grounds.iter().find(|one| one.id == ground).unwrap();
        let cited = procedure.cite_ground(found);
        format!("{} {}", cited.law.zh, cited.article)
    }

    #[rstest]
    #[case("withdrawn-or-settled", "21(1)")]
    #[case("no-agreement-on-testing", "21(2)")]
    #[case("absent-or-refusing", "21(3)")]
    #[case("no-deal", "21(4)")]
    #[case("refusal-ground-found", "21(6)")]
    #[case("other-statutory", "21(7)")]
    fn mediation_ended_on_the_items_of_order_20_article_21(
        #[case] ground: &str,
        #[case] expected: &str,
    ) {
        let law = "市场监督管理投诉举报处理暂行办法（总局令第20号）";
        for pack in ["cn-procedure-2020-01-01", "cn-procedure-2024-07-01"] {
            assert_eq!(article(pack, ground), format!("{law} {expected}"));
        }
    }

    #[test]
    fn the_sixty_days_of_2024_are_the_regulations_and_not_the_orders() {
        assert_eq!(
            article("cn-procedure-2024-07-01", "time-limit"),
            "消费者权益保护法实施条例 46"
        );
        let before = article("cn-procedure-2020-01-01", "time-limit");
        assert!(before.ends_with(" 21(5)"), "{before}");
    }

    #[test]
    fn an_extension_is_named_after_the_period_that_it_extends() {
        let book = RuleBook::builtin().unwrap();
        for procedure in book.procedures() {
            for (id, rule) in &procedure.periods {
                let extended = rule.extends.as_ref().map(|it| it.period.as_str());
                let root = extended.map_or(id.as_str(), periods::extended);
                assert_eq!(periods::extended(id), root, "{id}");
                assert!(extended.is_none_or(|it| procedure.periods.contains_key(it)));
            }
        }
    }

    #[test]
    fn a_rule_without_articles_is_cited_by_its_name() {
        let book = RuleBook::builtin().unwrap();
        for procedure in book.procedures() {
            let cited = &procedure.periods["odr-negotiation"].article;
            assert_eq!(cited.article(), None);
            assert_eq!(cited.text().id, "citation-law");
        }
        let old = r#"{"law": {"zh": "规则", "en": "rules"}, "article": "-"}"#;
        let old: Citation = serde_json::from_str(old).unwrap();
        assert_eq!(old.article(), None);
    }
}
