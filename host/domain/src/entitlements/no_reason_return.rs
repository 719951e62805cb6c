//! Return without reason after a purchase at a distance (Consumer Protection Law
//! art. 25; the seven-day return measures). The day after receipt is the first.
//!
//! Whether the return is due is judged once, here: the rules on its delay ask the
//! same [`standing`].

use jiff::civil::Date;

use super::pack::NoReasonReturn;
use super::{Given, Verdict, days_between};
use crate::facts::Facts;
use crate::remedy::RemedyKind;
use crate::text::Text;

/// How a purchase stands to return without reason.
pub(super) enum Standing {
    /// The return is due; the window, and what was taken as given for want of a
    /// statement.
    Due {
        window: Text,
        taken: Vec<Text>,
    },
    NotDue(Text),
    /// The purchase was not made at a distance, or nobody says so.
    Elsewhere,
}

pub(super) fn judge(terms: &NoReasonReturn, facts: &Facts, filed_on: Date) -> Verdict {
    let (window, taken) = match standing(terms, facts, filed_on) {
        Standing::Due { window, taken } => (window, taken),
        Standing::NotDue(why) => return Verdict::Not(why),
        Standing::Elsewhere => return Verdict::Silent,
    };
    let mut arithmetic = vec![window, Text::new("entitlement-freight-consumer")];
    if let Some(price) = facts.price {
        arithmetic.push(Text::new("entitlement-price").arg("price", price.to_string()));
    }
    arithmetic.extend(taken);
    Verdict::Gives(Given::new(RemedyKind::Refund, facts.price, arithmetic))
}

pub(super) fn standing(terms: &NoReasonReturn, facts: &Facts, filed_on: Date) -> Standing {
    if !at_a_distance(terms, facts) {
        return Standing::Elsewhere;
    }
    if let Some(why) = left_out(terms, facts) {
        return Standing::NotDue(Text::new(why));
    }
    let Some(received) = facts.received_on else {
        return Standing::NotDue(Text::new("entitlement-missing-received"));
    };
    let asked = facts.asked_by(filed_on);
    let passed = days_between(received, asked);
    let window = Text::new("entitlement-window")
        .arg("received", received.to_string())
        .arg("asked", asked.to_string())
        .arg("passed", passed)
        .arg("window", terms.window_days);
    if passed > i64::from(terms.window_days) {
        return Standing::NotDue(window);
    }
    let taken = taken_as_given(terms, facts);
    Standing::Due { window, taken }
}

fn at_a_distance(terms: &NoReasonReturn, facts: &Facts) -> bool {
    facts
        .channel
        .is_some_and(|channel| terms.channels.contains(&channel))
}

/// Why these goods do not go back without a reason.
fn left_out(terms: &NoReasonReturn, facts: &Facts) -> Option<&'static str> {
    let confirmed = facts.exclusion_confirmed == Some(true);
    if !facts.nature.is_disjoint(&terms.never) {
        Some("entitlement-goods-left-out")
    } else if confirmed && !facts.nature.is_disjoint(&terms.if_confirmed) {
        Some("entitlement-exclusion-confirmed")
    } else if facts.intact == Some(false) {
        Some("entitlement-not-intact")
    } else {
        None
    }
}

/// The return holds unconditionally, so what it rests on and nobody stated is said.
fn taken_as_given(terms: &NoReasonReturn, facts: &Facts) -> Vec<Text> {
    let mut taken = Vec::new();
    if facts.intact.is_none() {
        taken.push(Text::new("entitlement-taken-intact"));
    }
    if facts.nature.is_empty() {
        taken.push(Text::new("entitlement-taken-ordinary"));
    }
    let may_be_confirmed = !facts.nature.is_disjoint(&terms.if_confirmed);
    if may_be_confirmed && facts.exclusion_confirmed.is_none() {
        taken.push(Text::new("entitlement-taken-not-confirmed"));
    }
    taken
}
