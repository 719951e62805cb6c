//! Returns that the seller does not process after the consumer asked (penalty
//! measures art. 9(1)). Only for a return that is due.

use jiff::civil::Date;

use super::no_reason_return::Standing;
use super::pack::Delay;
use super::{Given, Verdict, overdue};
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
    let period = Text::new("entitlement-request-waits").arg("requested", requested.to_string());
    let mut arithmetic = match overdue(period, requested, filed_on, terms.window_days) {
        Ok(period) => vec![period],
        Err(in_time) => return Verdict::Not(in_time),
    };
    arithmetic.extend(taken);
    Verdict::Gives(Given::new(RemedyKind::ReturnGoods, None, arithmetic))
}
