//! What a file says of its dispute, in the words of the forms: documents are Chinese.

use hejie_domain::case::Case;
use hejie_domain::case::terms::{Remedy, Terms};
use hejie_domain::text::Text;
use hejie_texts::{Language, render};

/// Longest subject that a form takes, in characters.
const MAX_SUBJECT: usize = 100;

/// Who is complained of, and why.
pub(super) fn subject(case: &Case) -> String {
    let filing = &case.filing;
    let text = Text::new("document-subject")
        .arg("respondent", filing.respondent.name.as_str())
        .arg("reason", filing.claim.reason.as_str());
    chinese(&text).chars().take(MAX_SUBJECT).collect()
}

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

pub(super) fn chinese(text: &Text) -> String {
    render(text, Language::Chinese)
}
