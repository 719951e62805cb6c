//! Offers: made, countered, accepted, declined, withdrawn, run out. A settlement
//! needs both sides' own acceptance of the same terms; nobody accepts for another.

use jiff::{Timestamp, ToSpan};

use super::representation::Disposal;
use super::talk::check_body;
use super::{
    Context, Decided, by_platform, clocks, mediation, next, only, only_asked_in, representation,
    room, termination, while_automated,
};
use crate::case::actor::{Actor, Side};
use crate::case::clocks::periods;
use crate::case::entries::{MessageBody, Offer, OfferState};
use crate::case::event::Event;
use crate::case::phase::Phase;
use crate::case::refusal::{Invalid, Refusal};
use crate::case::state::Case;
use crate::case::terms::Terms;
use crate::case::time::{to_the_minute, to_the_next_minute};

const MAX_OFFERS: usize = 100;
const MAX_NOTE_CHARS: usize = 1_000;

/// An offer as it is put forward.
pub(super) struct Proposal {
    pub terms: Terms,
    pub in_reply_to: Option<u32>,
    pub expires_at: Option<Timestamp>,
    pub note: Option<MessageBody>,
}

pub(super) fn make(case: &Case, proposal: Proposal, context: &Context) -> Decided {
    only(
        "make-offer",
        context,
        &[
            Side::Consumer,
            Side::Respondent,
            Side::Mediator,
            Side::Officer,
        ],
    )?;
    may_deal(case, "make-offer", context)?;
    room("offers", case.offers.len(), MAX_OFFERS)?;
    proposal.terms.check("/terms", context.today())?;
    check_expiry(proposal.expires_at, context)?;
    if let Some(note) = &proposal.note {
        check_body("/note", note, MAX_NOTE_CHARS)?;
    }
    if let Some(seq) = proposal.in_reply_to {
        offer_to_answer(case, seq, context)?;
    }
    // Who offers has accepted: the other side's yes settles it.
    let terms = Disposal::Settle(&proposal.terms);
    representation::may(case, "make-offer", terms, context)?;
    Ok(vec![Event::OfferMade {
        seq: next(case.offers.len()),
        terms: proposal.terms,
        in_reply_to: proposal.in_reply_to,
        expires_at: proposal.expires_at,
        note: proposal.note,
    }])
}

/// Between the parties anybody deals who may; in the authority's mediation people
/// do, of the unit that handles it or the association it entrusted, and nobody while
/// a recusal is not decided.
fn may_deal(case: &Case, action: &'static str, context: &Context) -> Result<(), Refusal> {
    case.in_phase(action, Phase::takes_offers)?;
    if case.phase != Phase::Accepted {
        // What authorities propose they propose in their mediation.
        only_asked_in(case, action, context)?;
        return while_automated(case, action, context);
    }
    if context.actor.plugin().is_some() {
        return Err(Refusal::NotAllowed { action });
    }
    match context.side() {
        Side::Officer | Side::Mediator => mediation::conducts(case, action, context)?,
        _ => {}
    }
    mediation::under_way(case, action).map(|_| ())
}

/// An offer stands at least an hour and at most a year.
fn check_expiry(expires_at: Option<Timestamp>, context: &Context) -> Result<(), Refusal> {
    let Some(end) = expires_at else { return Ok(()) };
    let earliest = context.now.saturating_add(1.hour()).unwrap_or(context.now);
    let latest = context
        .now
        .saturating_add((24 * 366).hours())
        .unwrap_or(Timestamp::MAX);
    if end < earliest {
        let earliest = to_the_next_minute(earliest);
        return Err(Refusal::invalid(
            "/expires_at",
            Invalid::TooEarly { earliest },
        ));
    }
    if end > latest {
        let latest = to_the_minute(latest);
        return Err(Refusal::invalid("/expires_at", Invalid::TooLate { latest }));
    }
    Ok(())
}

pub(super) fn accept(case: &Case, seq: u32, context: &Context) -> Decided {
    only("accept-offer", context, &[Side::Consumer, Side::Respondent])?;
    may_deal(case, "accept-offer", context)?;
    let offer = offer_to_answer(case, seq, context)?;
    let too_late = |day| day < context.today();
    if offer.accepted_by.contains(&context.side()) {
        return Err(Refusal::OwnOffer);
    }
    if offer.terms.perform_by.is_some_and(too_late) {
        return Err(not_open(seq));
    }
    let terms = Disposal::Settle(&offer.terms);
    representation::may(case, "accept-offer", terms, context)?;
    let side = context.side();
    let mut events = vec![Event::OfferAccepted { offer: seq, side }];
    let mut agreed = offer.clone();
    agreed.accepted_by.insert(side);
    if agreed.is_agreed() {
        representation::is_settled_by_all(case, &agreed.terms)?;
        events.extend(settle(case, agreed, context));
    }
    Ok(events)
}

/// Terms that name no day to perform by have the period that the rules give.
fn settle(case: &Case, agreed: Offer, context: &Context) -> Vec<Event> {
    let dated = agreed.terms.perform_by.is_some();
    let mut events = Vec::new();
    if case.phase == Phase::Accepted {
        events.extend(termination::settled(case, &agreed, context));
    }
    events.push(Event::SettlementReached {
        offer: agreed.seq,
        terms: agreed.terms,
    });
    events.extend(clocks::met(case, periods::ODR_NEGOTIATION));
    if !dated {
        let pack = &case.procedure;
        clocks::start_next(&mut events, case, periods::PERFORMANCE, pack, context);
    }
    events
}

pub(super) fn decline(
    case: &Case,
    seq: u32,
    note: Option<MessageBody>,
    context: &Context,
) -> Decided {
    only(
        "decline-offer",
        context,
        &[Side::Consumer, Side::Respondent],
    )?;
    may_deal(case, "decline-offer", context)?;
    offer_to_answer(case, seq, context)?;
    if let Some(note) = &note {
        check_body("/note", note, MAX_NOTE_CHARS)?;
    }
    Ok(vec![Event::OfferDeclined {
        offer: seq,
        side: context.side(),
        note,
    }])
}

pub(super) fn withdraw(case: &Case, seq: u32, context: &Context) -> Decided {
    only(
        "withdraw-offer",
        context,
        &[
            Side::Consumer,
            Side::Respondent,
            Side::Mediator,
            Side::Officer,
        ],
    )?;
    may_deal(case, "withdraw-offer", context)?;
    let offer = open_offer(case, seq)?;
    if !is_own(offer, context.actor) {
        return Err(Refusal::NotAllowed {
            action: "withdraw-offer",
        });
    }
    Ok(vec![Event::OfferWithdrawn { offer: seq }])
}

pub(super) fn expire(case: &Case, seq: u32, context: &Context) -> Decided {
    by_platform("expire-offer", context)?;
    let offer = open_offer(case, seq)?;
    if offer.expires_at.is_none_or(|end| context.now < end) {
        return Err(Refusal::NotExpired {
            period: format!("offer-{seq}"),
        });
    }
    Ok(vec![Event::OfferExpired { offer: seq }])
}

/// The other association's proposal is not one's own, though both mediate.
fn is_own(offer: &Offer, actor: &Actor) -> bool {
    offer.by.side() == actor.side() && offer.by.organisation() == actor.organisation()
}

fn not_open(seq: u32) -> Refusal {
    Refusal::NotOpen {
        what: "offer",
        id: seq.to_string(),
    }
}

pub(super) fn open_offer(case: &Case, seq: u32) -> Result<&Offer, Refusal> {
    let offer = case.offer(seq).ok_or(Refusal::Unknown {
        what: "offer",
        id: seq.to_string(),
    })?;
    if offer.state != OfferState::Open {
        return Err(not_open(seq));
    }
    Ok(offer)
}

/// An open offer, still in time, that another side made.
fn offer_to_answer<'a>(case: &'a Case, seq: u32, context: &Context) -> Result<&'a Offer, Refusal> {
    let offer = open_offer(case, seq)?;
    if offer.expires_at.is_some_and(|end| end <= context.now) {
        return Err(not_open(seq));
    }
    if offer.by.side() == context.side() {
        return Err(Refusal::OwnOffer);
    }
    Ok(offer)
}
