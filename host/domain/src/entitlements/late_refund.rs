//! Refunds that do not come: the seller has days from the return of the goods
//! (Consumer Protection Law art. 25; the penalty measures' threshold of delay).

use jiff::civil::Date;

use super::pack::Window;
use super::{Given, Verdict, days_between};
use crate::facts::Facts;
use crate::remedy::RemedyKind;
use crate::text::Text;

pub(super) fn judge(terms: &Window, facts: &Facts, filed_on: Date) -> Verdict {
    let Some(returned) = facts.returned_on else {
        return Verdict::Silent;
    };
    let passed = days_between(returned, filed_on);
    let window = Text::new("entitlement-refund-due")
        .arg("returned", returned.to_string())
        .arg("filed", filed_on.to_string())
        .arg("passed", passed)
        .arg("window", terms.window_days);
    if passed <= i64::from(terms.window_days) {
        return Verdict::Not(window);
    }
    let arithmetic = vec![window];
    Verdict::Gives(Given {
        remedy: RemedyKind::Refund,
        amount: facts.price,
        arithmetic,
    })
}
