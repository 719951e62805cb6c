//! What a draft may hold: any part of a filing, and nothing else.

use serde_json::{Map, Value};

use crate::case::refusal::{Invalid, Refusal};
use crate::case::validate;
use crate::text::Text;

/// The fields of a filing as it comes in.
pub const FIELDS: [&str; 9] = [
    "filing",
    "report",
    "reporter",
    "inquiry",
    "contact",
    "channel",
    "caller",
    "register_at",
    "consumer_id",
];

/// The fields of a report in it.
pub const REPORT_FIELDS: [&str; 8] = [
    "reported",
    "act_place",
    "advertising",
    "category",
    "breach",
    "lead",
    "evidence",
    "channel",
];

/// The fields of a consultation or suggestion in it.
pub const INQUIRY_FIELDS: [&str; 5] = ["kind", "division", "category", "text", "channel"];

/// The fields of a complaint in it.
pub const FILING_FIELDS: [&str; 12] = [
    "consumer",
    "respondent",
    "category",
    "problem",
    "claim",
    "statement",
    "facts",
    "order",
    "evidence",
    "escalate_on_expiry",
    "consents",
    "representation",
];

/// Half a filing need not be right yet, but what nobody would ever read is refused.
pub(super) fn check(content: &Value) -> Result<(), Refusal> {
    let members = known("/content", content, &FIELDS)?;
    for (member, names) in [
        ("filing", &FILING_FIELDS[..]),
        ("report", &REPORT_FIELDS),
        ("inquiry", &INQUIRY_FIELDS),
    ] {
        if let Some(part) = members.get(member) {
            known(&format!("/content/{member}"), part, names)?;
        }
    }
    validate::free_json("/content", content)
}

fn known<'a>(
    field: &str,
    value: &'a Value,
    names: &[&str],
) -> Result<&'a Map<String, Value>, Refusal> {
    let no_object = || Invalid::Explained {
        why: Text::new("invalid-no-object"),
    };
    let members = value
        .as_object()
        .ok_or_else(|| Refusal::invalid(field, no_object()))?;
    let mut strange = members
        .keys()
        .filter(|name| !names.contains(&name.as_str()));
    match strange.next() {
        Some(name) => {
            let field = format!("{field}/{}", validate::escaped(name));
            Err(Refusal::invalid(&field, Invalid::UnknownValue))
        }
        None => Ok(members),
    }
}
