//! Which authority handles a complaint (Order 121 art. 13-14; Order 20 art. 12),
//! with the steps that led there.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::identifiers::division_code::DivisionCode;
use crate::rules::{Citation, Procedure, RuleBook};
use crate::text::Text;

/// How and where the respondent trades.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Operator {
    /// A shop, a restaurant, a workshop.
    Ordinary {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
        place_of_business: Option<DivisionCode>,
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        domicile: DivisionCode,
    },
    /// An e-commerce platform itself.
    Platform {
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        domicile: DivisionCode,
    },
    /// A seller on its own site or another network service.
    OwnSite {
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        domicile: DivisionCode,
    },
    /// A seller on a platform (平台内经营者).
    InPlatformSeller {
        /// The address it publishes on the platform.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
        published_address: Option<DivisionCode>,
        /// Whether it can be reached there.
        #[serde(default = "yes")]
        reachable_there: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
        place_of_business: Option<DivisionCode>,
        /// The platform's name.
        platform: String,
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        platform_domicile: DivisionCode,
    },
}

fn yes() -> bool {
    true
}

/// The authority found, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Jurisdiction {
    /// The county-level division whose bureau handles the complaint.
    pub division: DivisionCode,
    pub division_name: String,
    /// Others that may handle it, if they received it first (art. 14).
    pub alternatives: Vec<DivisionCode>,
    pub article: Citation,
    pub steps: Vec<Text>,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JurisdictionError {
    #[error("no rule pack is in force on {0}")]
    NoRules(Date),
    #[error("division {0} is not known here")]
    UnknownDivision(DivisionCode),
}

/// What the rules pick before the divisions are looked up.
struct Pick<'a> {
    division: &'a DivisionCode,
    alternatives: Vec<&'a DivisionCode>,
    reason: &'static str,
}

/// Finds the authority with handling power for a complaint received on a day.
pub fn resolve(
    operator: &Operator,
    received_on: Date,
    rules: &RuleBook,
) -> Result<Jurisdiction, JurisdictionError> {
    let procedure = rules
        .procedure_on(received_on)
        .ok_or(JurisdictionError::NoRules(received_on))?;
    let pick = pick(operator, procedure);
    let found = rules
        .divisions()
        .get(pick.division)
        .ok_or_else(|| JurisdictionError::UnknownDivision(pick.division.clone()))?;
    let division_name = rules.divisions().full_name(&found.code);
    let outcome = Text::new("jurisdiction-found")
        .arg("division", division_name.as_str())
        .arg("code", found.code.as_str())
        .arg("article", procedure.handling_power.as_str());
    Ok(Jurisdiction {
        division: found.code.clone(),
        division_name,
        alternatives: pick.alternatives.into_iter().cloned().collect(),
        article: procedure.cite(&procedure.handling_power),
        steps: vec![
            Text::new(kind_step(operator)),
            Text::new(pick.reason),
            outcome,
        ],
    })
}

fn kind_step(operator: &Operator) -> &'static str {
    match operator {
        Operator::Ordinary { .. } => "jurisdiction-ordinary",
        Operator::Platform { .. } => "jurisdiction-platform",
        Operator::OwnSite { .. } => "jurisdiction-own-site",
        Operator::InPlatformSeller { .. } => "jurisdiction-in-platform-seller",
    }
}

fn pick<'a>(operator: &'a Operator, procedure: &Procedure) -> Pick<'a> {
    match operator {
        Operator::Ordinary {
            place_of_business: Some(place),
            domicile,
        } => Pick {
            division: place,
            alternatives: other_than(place, [domicile]),
            reason: "jurisdiction-place-of-business",
        },
        Operator::Ordinary {
            place_of_business: None,
            domicile,
        }
        | Operator::Platform { domicile }
        | Operator::OwnSite { domicile } => Pick {
            division: domicile,
            alternatives: Vec::new(),
            reason: "jurisdiction-domicile",
        },
        Operator::InPlatformSeller {
            published_address,
            reachable_there,
            place_of_business,
            platform_domicile,
            ..
        } => {
            let (own, reason) = if procedure.published_address_decides {
                let reachable = published_address.as_ref().filter(|_| *reachable_there);
                (reachable, "jurisdiction-published-address")
            } else {
                (place_of_business.as_ref(), "jurisdiction-seller-place")
            };
            match own {
                Some(own) => Pick {
                    division: own,
                    alternatives: other_than(own, [platform_domicile]),
                    reason,
                },
                None => Pick {
                    division: platform_domicile,
                    alternatives: Vec::new(),
                    reason: no_address(published_address.is_some(), procedure),
                },
            }
        }
    }
}

fn no_address(published: bool, procedure: &Procedure) -> &'static str {
    match (procedure.published_address_decides, published) {
        (true, true) => "jurisdiction-unreachable",
        (true, false) => "jurisdiction-no-address",
        (false, _) => "jurisdiction-no-seller-place",
    }
}

fn other_than<'a, const N: usize>(
    first: &DivisionCode,
    others: [&'a DivisionCode; N],
) -> Vec<&'a DivisionCode> {
    others.into_iter().filter(|other| *other != first).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use serde_json::json;

    const NOW: Date = date(2026, 5, 18);
    const BEFORE: Date = date(2026, 4, 14);

    fn resolved(operator: serde_json::Value, day: Date) -> Jurisdiction {
        let operator: Operator = serde_json::from_value(operator).unwrap();
        resolve(&operator, day, &RuleBook::builtin().unwrap()).unwrap()
    }

    fn seller(published: Option<&str>, reachable: bool) -> serde_json::Value {
        json!({"kind": "in_platform_seller", "published_address": published,
               "reachable_there": reachable, "place_of_business": "420303",
               "platform": "江汉优选", "platform_domicile": "420111"})
    }

    #[test]
    fn a_shop_is_handled_where_it_trades() {
        let found = resolved(
            json!({"kind": "ordinary", "place_of_business": "420106", "domicile": "420111"}),
            NOW,
        );
        assert_eq!(found.division.as_str(), "420106");
        assert_eq!(found.alternatives, ["420111".parse().unwrap()]);
        assert_eq!(found.article.article, "13");
    }

    #[test]
    fn a_platform_is_handled_at_its_domicile() {
        let found = resolved(json!({"kind": "platform", "domicile": "420111"}), NOW);
        assert_eq!(found.division.as_str(), "420111");
    }

    #[test]
    fn a_seller_with_a_published_address_is_handled_there() {
        let found = resolved(seller(Some("420502"), true), NOW);
        assert_eq!(found.division.as_str(), "420502");
        assert_eq!(found.alternatives, ["420111".parse().unwrap()]);
    }

    #[test]
    fn a_seller_without_one_or_unreachable_is_handled_at_the_platforms_domicile() {
        assert_eq!(
            resolved(seller(None, true), NOW).division.as_str(),
            "420111"
        );
        let unreachable = resolved(seller(Some("420502"), false), NOW);
        assert_eq!(unreachable.division.as_str(), "420111");
        assert_eq!(unreachable.steps[1].id, "jurisdiction-unreachable");
    }

    #[test]
    fn before_2026_04_15_the_actual_place_decided() {
        let found = resolved(seller(Some("420502"), true), BEFORE);
        assert_eq!(found.division.as_str(), "420303");
        assert_eq!(found.article.article, "12");
    }

    #[test]
    fn a_division_nobody_knows_is_an_error() {
        let operator: Operator =
            serde_json::from_value(json!({"kind": "platform", "domicile": "990000"})).unwrap();
        let fault = resolve(&operator, NOW, &RuleBook::builtin().unwrap());
        assert!(matches!(fault, Err(JurisdictionError::UnknownDivision(_))));
    }
}
