//! Refunds that do not come though the goods are back: the seller has days from
//! their return (Consumer Protection Law art. 25 para. 3; penalty measures
//! art. 9(4)). Only for a return that is due.

use jiff::civil::Date;

use super::no_reason_return::Standing;
use super::pack::Delay;
use super::{Given, Verdict, overdue};
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
    let period = Text::new("entitlement-refund-due").arg("returned", returned.to_string());
    let mut arithmetic = match overdue(period, returned, filed_on, terms.window_days) {
        Ok(period) => vec![period],
        Err(in_time) => return Verdict::Not(in_time),
    };
    arithmetic.extend(taken);
    Verdict::Gives(Given::new(RemedyKind::Refund, facts.price, arithmetic))
}
