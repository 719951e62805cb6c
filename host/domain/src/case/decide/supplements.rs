//! What the authority that handed a file over sends after it: what the parties said and
//! handed in there since.

use super::receive::comes_from;
use super::talk::{takes_evidence, takes_message};
use super::{Context, Decided};
use crate::case::event::Event;
use crate::case::refusal::Refusal;
use crate::case::state::Case;
use crate::case::transfer::{Supplement, Supplied};

/// The same once more changes nothing. What comes after the file was closed is kept as well:
/// who sends it did not know.
pub(super) fn take(case: &Case, supplement: Supplement, context: &Context) -> Decided {
    const ACTION: &str = "take-supplement";
    let origin = case.origin.as_ref();
    if !origin.is_some_and(|it| comes_from(it, context.actor)) {
        return Err(Refusal::NotAllowed { action: ACTION });
    }
    if case.supplements.contains(&supplement.sequence) {
        return Ok(Vec::new());
    }
    match &supplement.what {
        Supplied::Message(body) => takes_message(case, "/message", body)?,
        Supplied::Evidence(reference) => takes_evidence(case, "/evidence", reference)?,
    }
    Ok(vec![Event::SupplementTaken { supplement }])
}
