//! Returns that the seller does not process after the consumer asked (penalty
//! measures art. 9(1)). Only for a return that is due.

use jiff::civil::Date;

use super::no_reason_return::Standing;
use super::pack::Delay;
use super::{Given, Verdict, days_between};
use crate::facts::Facts;
use crate::remedy::RemedyKind;
use crate::text::Text;

pub(super) fn judge(terms: &Delay, standing: Standing, facts: &Facts, filed_on: Date) -> Verdict {
    let Some(requested) = facts.requested_on else {
        return Verdict::Silent;
    };
    if facts.returned_on.is_some() {
        // The goods are back, so what may be late is the refund.
        return Verdict::Silent;
    }
    let taken = match standing {
        Standing::Due { taken, .. } => taken,
        Standing::NotDue(why) => return Verdict::Not(why),
        Standing::Elsewhere => return Verdict::Silent,
    };
    let passed = days_between(requested, filed_on);
    let period = Text::new("entitlement-request-waits")
        .arg("requested", requested.to_string())
        .arg("filed", filed_on.to_string())
        .arg("passed", passed)
        .arg("window", terms.window_days);
    if passed <= i64::from(terms.window_days) {
        return Verdict::Not(period);
    }
    let mut arithmetic = vec![period];
    arithmetic.extend(taken);
    Verdict::Gives(Given::new(RemedyKind::ReturnGoods, None, arithmetic))
}
