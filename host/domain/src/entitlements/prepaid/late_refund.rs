//! A prepaid card whose refund is refused or does not come (penalty measures
//! art. 10 para. 2).

use jiff::civil::Date;

use crate::entitlements::pack::Window;
use crate::entitlements::{Given, Verdict, days_between};
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
    let passed = days_between(requested, filed_on);
    let period = Text::new("entitlement-request-waits")
        .arg("requested", requested.to_string())
        .arg("filed", filed_on.to_string())
        .arg("passed", passed)
        .arg("window", terms.window_days);
    if passed <= i64::from(terms.window_days) {
        return Verdict::Not(period);
    }
    give(period)
}

fn give(why: Text) -> Verdict {
    Verdict::Gives(Given::new(RemedyKind::Refund, None, vec![why]))
}
