//! The rules in force on a day, and how one speaks of another: a delay is the
//! delay of a return, a blemish takes damages away. The packs say which.

use jiff::civil::Date;

use super::no_reason_return::{self, Standing};
use super::pack::{EntitlementPack, Rule, RuleKind};
use super::{NotGiven, blemish};
use crate::facts::Facts;

pub(super) struct InForce<'a> {
    packs: Vec<&'a EntitlementPack>,
    day: Date,
}

impl<'a> InForce<'a> {
    pub fn on(day: Date, packs: &'a [EntitlementPack]) -> InForce<'a> {
        let packs = packs.iter().filter(|pack| pack.is_in_force(day)).collect();
        InForce { packs, day }
    }

    pub fn rules(&self) -> impl Iterator<Item = (&'a EntitlementPack, &'a Rule)> {
        self.packs
            .iter()
            .flat_map(|pack| pack.rules.iter().map(|rule| (*pack, rule)))
    }

    /// How the facts stand to the return whose rule has this id.
    pub fn standing(&self, id: &str, facts: &Facts) -> Standing {
        let found = self.rules().find_map(|(_, rule)| match &rule.kind {
            RuleKind::NoReasonReturn(terms) if rule.id == id => Some(terms),
            _ => None,
        });
        match found {
            Some(terms) => no_reason_return::standing(terms, facts, self.day),
            None => Standing::Elsewhere,
        }
    }

    /// Another rule that takes away here what the rule with this id would give.
    pub fn exclusion(&self, id: &str, facts: &Facts) -> Option<NotGiven> {
        self.rules().find_map(|(pack, rule)| match &rule.kind {
            RuleKind::BlemishExclusion(terms) if terms.excludes == id => {
                blemish::why(facts).map(|why| NotGiven {
                    id: id.to_owned(),
                    article: pack.cite(&rule.article),
                    why,
                })
            }
            _ => None,
        })
    }
}
