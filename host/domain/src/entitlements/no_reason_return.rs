//! Return without reason after a purchase at a distance (Consumer Protection Law
//! art. 25; the seven-day return measures). The day after receipt is the first.

use jiff::civil::Date;

use super::pack::NoReasonReturn;
use super::{Given, Verdict, days_between};
use crate::facts::Facts;
use crate::remedy::RemedyKind;
use crate::text::Text;

pub(super) fn judge(terms: &NoReasonReturn, facts: &Facts, filed_on: Date) -> Verdict {
    if !facts
        .channel
        .is_some_and(|channel| terms.channels.contains(&channel))
    {
        return Verdict::Silent;
    }
    let Some(received) = facts.received_on else {
        return Verdict::Silent;
    };
    if !facts.nature.is_disjoint(&terms.never) {
        return Verdict::Not(Text::new("entitlement-goods-left-out"));
    }
    let confirmed = facts.exclusion_confirmed == Some(true);
    if confirmed && !facts.nature.is_disjoint(&terms.if_confirmed) {
        return Verdict::Not(Text::new("entitlement-exclusion-confirmed"));
    }
    if facts.intact == Some(false) {
        return Verdict::Not(Text::new("entitlement-not-intact"));
    }
    let asked = facts.requested_on.unwrap_or(filed_on);
    let passed = days_between(received, asked);
    let window = Text::new("entitlement-window")
        .arg("received", received.to_string())
        .arg("asked", asked.to_string())
        .arg("passed", passed)
        .arg("window", terms.window_days);
    if passed > i64::from(terms.window_days) {
        return Verdict::Not(window);
    }
    let mut arithmetic = vec![window, Text::new("entitlement-freight-consumer")];
    if let Some(price) = facts.price {
        arithmetic.push(Text::new("entitlement-price").arg("price", price.to_string()));
    }
    Verdict::Gives(Given {
        remedy: RemedyKind::Refund,
        amount: facts.price,
        arithmetic,
    })
}
