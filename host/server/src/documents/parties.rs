//! What the sides of a dispute ask for and agree on, a line for each.

use hejie_documents::long_date;
use hejie_domain::case::Case;
use hejie_domain::case::filing::Claim;
use hejie_domain::case::representation::Complainant;
use hejie_domain::case::terms::{Remedy, Terms};
use hejie_domain::text::Text;

use super::prefill::chinese;

/// Longest list of names, in characters, that every form has room for, signed or not.
const MAX_NAMES: usize = 80;

/// All who complain, by name.
pub(super) fn complainants(case: &Case) -> String {
    named(&case.complainants())
}

/// Who signed for the complainants where the file does not say who did: those who act for
/// them, where they do not themselves.
pub(super) fn signer(case: &Case) -> String {
    let agent = case.representation().and_then(|it| it.agent.as_ref());
    if let (Some(agent), None) = (agent, &case.consumer_id) {
        return agent.name.clone();
    }
    let mut speakers = case.complainants();
    speakers.retain(|it| !it.represented);
    named(&speakers)
}

/// Each by name, or the first and how many where a form has no room for all.
fn named(people: &[Complainant]) -> String {
    let names: Vec<&str> = people.iter().map(|it| it.name).collect();
    let all = names.join("、");
    match names.first() {
        Some(first) if all.chars().count() > MAX_NAMES => {
            let text = Text::new("document-complainants");
            chinese(&text.arg("name", *first).arg("count", names.len() as u64))
        }
        _ => all,
    }
}

/// What the consumer asks for.
pub(super) fn request(case: &Case) -> String {
    asked_for(&case.filing.claim)
}

/// A claim, a line for each remedy, and why.
pub(super) fn asked_for(claim: &Claim) -> String {
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
        let day = Text::new("document-perform-by").arg("day", long_date(day));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_there_is_no_room_for_all_names_they_are_counted() {
        let people = |count| {
            let each = |person| Complainant {
                person,
                name: "阿卜杜热合曼·买买提",
                represented: person > 1,
            };
            (1..=count).map(each).collect::<Vec<_>>()
        };
        assert_eq!(
            named(&people(2)),
            "阿卜杜热合曼·买买提、阿卜杜热合曼·买买提"
        );
        assert_eq!(named(&people(9)), "阿卜杜热合曼·买买提等9人");
    }
}
