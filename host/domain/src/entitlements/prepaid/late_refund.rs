//! A prepaid card whose refund is refused or does not come (penalty measures
//! art. 10 para. 2).

use jiff::civil::Date;

use crate::entitlements::pack::Window;
use crate::entitlements::{Given, Verdict, overdue};
use crate::facts::Facts;
use crate::remedy::RemedyKind;
use crate::text::Text;

pub(in crate::entitlements) fn judge(terms: &Window, facts: &Facts, filed_on: Date) -> Verdict {
    let Some(card) = &facts.prepaid else {
        return Verdict::Silent;
    };
    if card.refund_refused == Some(true) {
        return give(Text::new("entitlement-prepaid-refused"));
    }
    let Some(requested) = facts.requested_on else {
        return Verdict::Silent;
    };
    let period = Text::new("entitlement-request-waits").arg("requested", requested.to_string());
    match overdue(period, requested, filed_on, terms.window_days) {
        Ok(period) => give(period),
        Err(in_time) => Verdict::Not(in_time),
    }
}

fn give(why: Text) -> Verdict {
    Verdict::Gives(Given::new(RemedyKind::Refund, None, vec![why]))
}
