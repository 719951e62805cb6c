//! What the sides of a dispute ask for and agree on, a line for each.

use hejie_domain::case::Case;
use hejie_domain::case::terms::{Remedy, Terms};
use hejie_domain::text::Text;

use super::prefill::chinese;

/// What the consumer asks for.
pub(super) fn request(case: &Case) -> String {
    let claim = &case.filing.claim;
    let mut lines = remedies(&claim.remedies);
    let reason = Text::new("document-reason").arg("reason", claim.reason.as_str());
    lines.push(chinese(&reason));
    lines.join("\n")
}

/// Agreed terms, a line for each remedy and condition.
pub fn agreement(terms: &Terms) -> String {
    let mut lines = remedies(&terms.remedies);
    for condition in &terms.conditions {
        let condition = Text::new("document-condition").arg("condition", condition.as_str());
        lines.push(chinese(&condition));
    }
    if let Some(day) = terms.perform_by {
        let day = Text::new("document-perform-by").arg("day", day.to_string());
        lines.push(chinese(&day));
    }
    lines.join("\n")
}

fn remedies(remedies: &[Remedy]) -> Vec<String> {
    let line = |(index, remedy): (usize, &Remedy)| {
        let text = match remedy.amount {
            Some(amount) => Text::new("document-remedy-amount").arg("amount", amount.to_string()),
            None => Text::new("document-remedy"),
        };
        let kind = remedy.kind.name();
        chinese(
            &text
                .arg("number", index as u64 + 1)
                .term("remedy", "remedy", kind),
        )
    };
    remedies.iter().enumerate().map(line).collect()
}
