//! Goods that are not as they must be: return within days of receipt (Consumer
//! Protection Law art. 24), carriage at the operator's cost. That they do not
//! conform is the consumer's word until it is found, so the pack sets a condition.

use jiff::civil::Date;

use super::pack::Window;
use super::{Given, Verdict, days_between};
use crate::facts::Facts;
use crate::remedy::RemedyKind;
use crate::text::Text;

pub(super) fn judge(terms: &Window, facts: &Facts, filed_on: Date) -> Verdict {
    if facts.non_conforming != Some(true) {
        return Verdict::Silent;
    }
    let Some(received) = facts.received_on else {
        return Verdict::Not(Text::new("entitlement-missing-received"));
    };
    let asked = facts.asked_by(filed_on);
    let passed = days_between(received, asked);
    let window = Text::new("entitlement-window")
        .arg("received", received.to_string())
        .arg("asked", asked.to_string())
        .arg("passed", passed)
        .arg("window", terms.window_days);
    if passed > i64::from(terms.window_days) {
        return Verdict::Not(window);
    }
    let arithmetic = vec![window, Text::new("entitlement-freight-operator")];
    Verdict::Gives(Given::new(RemedyKind::Refund, facts.price, arithmetic))
}
