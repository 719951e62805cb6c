//! Whose identity was checked: with the filing, or later by the unit that handles it
//! (Order 121 art. 10 to 12). What was found refuses nothing by itself; it is a fact
//! for the ground of art. 16(6).

use super::{Context, Decided, authority};
use crate::case::event::Event;
use crate::case::filing::Filing;
use crate::case::identity::IdentityCheck;
use crate::case::phase::Phase;
use crate::case::refusal::{Invalid, Refusal};
use crate::case::state::Case;

pub(super) fn check(case: &Case, check: IdentityCheck, context: &Context) -> Decided {
    const ACTION: &str = "check-identity";
    authority::handles(case, ACTION, context)?;
    case.in_phase(ACTION, |phase| {
        matches!(phase, Phase::Registered | Phase::Accepted)
    })?;
    is_named("/of", &case.filing, &check)?;
    Ok(vec![Event::IdentityChecked { check }])
}

/// What was known of each person when the filing came.
pub(super) fn filed(filing: &Filing, checks: Vec<IdentityCheck>) -> Decided {
    for (index, check) in checks.iter().enumerate() {
        let field = format!("/identities/{index}/of");
        is_named(&field, filing, check)?;
        if checks[..index].iter().any(|it| it.of == check.of) {
            return Err(Refusal::invalid(&field, Invalid::Repeated));
        }
    }
    let events = checks.into_iter();
    Ok(events
        .map(|check| Event::IdentityChecked { check })
        .collect())
}

fn is_named(field: &str, filing: &Filing, check: &IdentityCheck) -> Result<(), Refusal> {
    match filing.name_of(check.of) {
        Some(_) => Ok(()),
        None => Err(Refusal::invalid(field, Invalid::UnknownValue)),
    }
}
