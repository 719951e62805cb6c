//! The unit puts right what was taken down wrongly; what was said first stays in the ledger.

use std::collections::BTreeSet;

use super::{Context, Decided, authority, room};
use crate::case::correction::{Correction, OperatorCorrection, PersonCorrection};
use crate::case::event::Event;
use crate::case::phase::Phase;
use crate::case::refusal::{Invalid, Refusal};
use crate::case::state::Case;
use crate::case::validate;
use crate::text::Text;

pub(crate) const ACTION: &str = "correct-filing";
const MAX_CORRECTIONS: usize = 50;

pub(super) fn filing(
    case: &Case,
    correction: Correction,
    reason: String,
    context: &Context,
) -> Decided {
    authority::handles(case, ACTION, context)?;
    // Where another authority has it, what it has is corrected there.
    case.in_phase(ACTION, |phase| phase != Phase::Transferred)?;
    let corrected = case.complaint.as_ref().map_or(0, |it| it.corrected.len());
    room("corrections", corrected, MAX_CORRECTIONS)?;
    check(&correction)?;
    are_complainants(case, &correction)?;
    is_not_of_an_account(case, &correction)?;
    let mut corrected = case.filing.clone();
    corrected.correct(&correction);
    recorded(corrected != case.filing, correction, reason)
}

/// Whoever else is corrected complains in this file, and is named once.
fn are_complainants(case: &Case, correction: &Correction) -> Result<(), Refusal> {
    let mut seen = BTreeSet::new();
    for (index, other) in correction.others.iter().enumerate() {
        let field = format!("/others/{index}/person");
        if case.filing.other(other.person).is_none() {
            return Err(Refusal::invalid(&field, Invalid::UnknownValue));
        }
        if !seen.insert(other.person) {
            return Err(Refusal::invalid(&field, Invalid::Repeated));
        }
    }
    Ok(())
}

/// Who has an account here is known by it: another enterprise is another's dispute.
fn is_not_of_an_account(case: &Case, correction: &Correction) -> Result<(), Refusal> {
    let respondent = correction.respondent.as_ref();
    let code = respondent.and_then(|it| it.credit_code.as_ref());
    let has_account = case.filing.respondent.organisation.is_some();
    if has_account
        && code.is_some_and(|code| Some(code) != case.filing.respondent.credit_code.as_ref())
    {
        let why = Text::new("invalid-code-of-account");
        let problem = Invalid::Explained { why };
        return Err(Refusal::invalid("/respondent/credit_code", problem));
    }
    Ok(())
}

/// The event of it, where it changes anything.
pub(crate) fn recorded(changes: bool, correction: Correction, reason: String) -> Decided {
    if !changes {
        return Err(Refusal::invalid("", Invalid::Unchanged));
    }
    validate::prose("/reason", &reason, 1_000)?;
    Ok(vec![Event::FilingCorrected {
        correction: Box::new(correction),
        reason,
    }])
}

/// What takes the place of something is as well formed as that.
pub(crate) fn check(correction: &Correction) -> Result<(), Refusal> {
    if let Some(PersonCorrection { name, address, .. }) = &correction.consumer {
        line("/consumer/name", name, 50)?;
        line("/consumer/address", address, 200)?;
    }
    for (index, other) in correction.others.iter().enumerate() {
        line(&format!("/others/{index}/name"), &other.name, 50)?;
        line(&format!("/others/{index}/address"), &other.address, 200)?;
    }
    if let Some(OperatorCorrection { name, address, .. }) = &correction.respondent {
        line("/respondent/name", name, 100)?;
        line("/respondent/address", address, 200)?;
    }
    Ok(())
}

fn line(field: &str, text: &Option<String>, limit: usize) -> Result<(), Refusal> {
    match text {
        Some(text) => validate::line(field, text, limit),
        None => Ok(()),
    }
}
