//! That the complainant is told of the decision on her complaint, in the time that the
//! decision itself has (Order 121 art. 15); and what a document tells once it was served.

use jiff::civil::Date;

use super::clocks::Start;
use super::{Context, Decided, authority, clocks, documents, supervision, termination};
use crate::case::actor::Side;
use crate::case::clocks::periods;
use crate::case::complaint::{Complaint, ComplaintDecision};
use crate::case::document::{Delivery, IssuedDocument, forms};
use crate::case::event::Event;
use crate::case::mediation::Means;
use crate::case::refusal::{Invalid, Refusal};
use crate::case::state::Case;

/// Who has an account here is told by the decision being in her file; whoever has none is
/// told by the authority, in what is left of the period that ran from receipt.
pub(super) fn of_decision(case: &Case, events: &mut Vec<Event>, context: &Context) {
    if case.consumer_id.is_some() {
        let means = Means::Platform;
        events.push(Event::DecisionNotified { means });
        return;
    }
    let start = Start {
        seq: clocks::next_after(events, case),
        period: periods::DECISION_NOTICE,
        pack: case.complaint_pack(),
        on: received_on(case, events).unwrap_or_else(|| context.today()),
        length: None,
    };
    events.extend(start.event(context));
}

/// The day from which the period of the decision is counted, which may begin with the
/// decision itself; `None` of one that is made anew after a visit.
fn received_on(case: &Case, events: &[Event]) -> Option<Date> {
    let begun = events.iter().find_map(|event| match event {
        Event::ClockStarted { period, start, .. } if period == periods::ACCEPTANCE => Some(*start),
        _ => None,
    });
    if begun.is_some() {
        return begun;
    }
    let of = |period: &str| case.clocks.iter().rfind(|clock| clock.is_of(period));
    let (receipt, anew) = (of(periods::ACCEPTANCE)?, of(periods::REDO));
    let is_anew = anew.is_some_and(|anew| anew.seq > receipt.seq);
    (!is_anew).then_some(receipt.start)
}

/// The record that she was told by other means.
pub(super) fn notify(case: &Case, means: Means, context: &Context) -> Decided {
    const ACTION: &str = "notify-decision";
    authority::handles(case, ACTION, context)?;
    let complaint = case.complaint.as_ref();
    let complaint = complaint.filter(|it| it.decision.is_some());
    let complaint = complaint.ok_or(Refusal::WrongPhase {
        action: ACTION,
        phase: case.phase.name(),
    })?;
    is_here(case, Side::Consumer, means)?;
    if complaint.told.is_some() {
        return Err(Refusal::Repeated {
            what: "notice",
            id: case.number.to_string(),
        });
    }
    Ok(told(case, means))
}

/// The record that a document was brought to a side. One that states the decision tells
/// her of it; one that terminates the mediation tells both sides, once both have it.
pub(super) fn serve(case: &Case, document: u32, delivery: Delivery, context: &Context) -> Decided {
    let (to, means) = (delivery.to, delivery.means);
    is_here(case, to, means)?;
    let is_told = delivery.outcome.is_told();
    let mut events = documents::serve(case, document, delivery, context)?;
    let served = case.documents.iter().find(|it| it.seq == document);
    let Some(served) = served.filter(|_| is_told) else {
        return Ok(events);
    };
    let untold = case.complaint.as_ref().filter(|it| it.told.is_none());
    let is_of_it = served.is_since(case.milestones.decided);
    if to == Side::Consumer && is_of_it && untold.is_some_and(|it| states(&served.form, it)) {
        events.extend(told(case, means));
    }
    if termination::is_told(case) == Some(false) && terminates_for_both(case, served, to) {
        events.extend(termination::told(case, means));
    }
    Ok(events)
}

/// Only who reads the file here is told here.
pub(super) fn is_here(case: &Case, side: Side, means: Means) -> Result<(), Refusal> {
    let reads = match side {
        Side::Respondent => case.filing.respondent.organisation.is_some(),
        _ => case.consumer_id.is_some(),
    };
    match means == Means::Platform && !reads {
        true => Err(Refusal::invalid("/means", Invalid::UnknownValue)),
        false => Ok(()),
    }
}

/// Whether with this side both were told by a decision to terminate: by one that was served
/// on both, or each by a copy of her own. A paper of an earlier ending does not count.
fn terminates_for_both(case: &Case, served: &IssuedDocument, to: Side) -> bool {
    let since = case.milestones.mediation_ended;
    let states =
        |it: &IssuedDocument| forms::purpose(&it.form) == forms::TERMINATION && it.is_since(since);
    let all = case.documents.iter().filter(|it| states(it));
    let mut others = all.flat_map(|it| &it.services).filter(|it| {
        it.to != to && it.outcome.is_told() && since.is_none_or(|ended| it.at >= ended)
    });
    states(served) && others.any(|_| true)
}

/// Whether a form states the decision that the complaint has.
fn states(form: &str, complaint: &Complaint) -> bool {
    match complaint.decision {
        Some(ComplaintDecision::Accepted { .. }) => forms::purpose(form) == forms::ACCEPTANCE,
        Some(ComplaintDecision::Refused { .. }) => forms::purpose(form) == forms::REFUSAL,
        None => false,
    }
}

fn told(case: &Case, means: Means) -> Vec<Event> {
    let mut events = vec![Event::DecisionNotified { means }];
    events.extend(clocks::met(case, periods::DECISION_NOTICE));
    events.extend(supervision::lapsed_of(case, periods::DECISION_NOTICE));
    events
}
