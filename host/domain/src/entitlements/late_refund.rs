//! Refunds that do not come though the goods are back: the seller has days from
//! their return (Consumer Protection Law art. 25 para. 3; penalty measures
//! art. 9(4)). Only for a return that is due.

use jiff::civil::Date;

use super::no_reason_return::Standing;
use super::pack::Delay;
use super::{Given, Verdict, days_between};
use crate::facts::Facts;
use crate::remedy::RemedyKind;
use crate::text::Text;

pub(super) fn judge(terms: &Delay, standing: Standing, facts: &Facts, filed_on: Date) -> Verdict {
    let Some(returned) = facts.returned_on else {
        return Verdict::Silent;
    };
    let taken = match standing {
        Standing::Due { taken, .. } => taken,
        Standing::NotDue(why) => return Verdict::Not(why),
        Standing::Elsewhere => return Verdict::Silent,
    };
    let passed = days_between(returned, filed_on);
    let period = Text::new("entitlement-refund-due")
        .arg("returned", returned.to_string())
        .arg("filed", filed_on.to_string())
        .arg("passed", passed)
        .arg("window", terms.window_days);
    if passed <= i64::from(terms.window_days) {
        return Verdict::Not(period);
    }
    let mut arithmetic = vec![period];
    arithmetic.extend(taken);
    Verdict::Gives(Given::new(RemedyKind::Refund, facts.price, arithmetic))
}
