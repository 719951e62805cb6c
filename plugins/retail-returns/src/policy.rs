//! The shop's policy: what is offered when, how far a counter-offer is met, and
//! what goes to a person.

use hejie_sdk::{
    Answer, Remedy, RemedyKind, Run, Terms, Text, add_working_days, days_between, format_fen,
    ratio, refund, remedy,
};
use serde::Deserialize;

use crate::settings::Settings;
use crate::{Memory, Order, words};

/// Working days the shop takes to pay.
const DAYS_TO_PAY: u32 = 5;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Facts {
    non_conforming: Option<bool>,
}

pub fn to_a_person(why: Text) -> Answer {
    Answer::new()
        .hand_over(why.clone())
        .because([why], words::mandate_rule())
}

/// Repair, compensation and the like are a person's business here.
pub fn asks_for_more_than_money_and_goods(run: &Run<Settings>) -> bool {
    let own = [
        RemedyKind::Refund,
        RemedyKind::ReturnGoods,
        RemedyKind::Replace,
    ];
    let claim = run.dispute.claim.iter().flat_map(|claim| &claim.remedies);
    claim
        .filter(|one| one.kind != RemedyKind::Apology)
        .any(|one| !own.contains(&one.kind))
}

/// The first offer, once the order is known.
pub fn offer(run: &Run<Settings>, memory: &mut Memory) -> Answer {
    let Some(order) = memory.order.clone() else {
        return Answer::new();
    };
    if is_faulty(run) && run.dispute.evidence.is_empty() && !memory.asked_evidence {
        memory.asked_evidence = true;
        return Answer::new()
            .request_evidence("photo", words::ask_photo())
            .because([words::said_faulty()], words::evidence_rule());
    }
    let Some(amount) = first_offer(run, &order) else {
        return to_a_person(words::out_of_policy());
    };
    if amount > run.settings.amount_ceiling_fen {
        return to_a_person(words::over_ceiling(&format_fen(
            run.settings.amount_ceiling_fen,
        )));
    }
    let facts = [
        words::price(&format_fen(order.price_fen)),
        words::received(order.received_on.as_deref()),
        words::floor(&format_fen(run.floor())),
    ];
    Answer::new()
        .propose(terms(run, amount), words::offer_note(&format_fen(amount)))
        .because(facts, words::window_rule(run.settings.return_window_days))
}

/// What the policy gives, never less than the law; `None` where it gives nothing.
fn first_offer(run: &Run<Settings>, order: &Order) -> Option<u64> {
    let claimed = run.claimed_money().min(order.price_fen);
    let policy = if in_window(run, order) || is_faulty(run) {
        claimed
    } else {
        ratio(order.price_fen, run.settings.goodwill_percent, 100)?.min(claimed)
    };
    // The law's floor holds where she asks for it; more than she asks is not owed.
    let floor = run.floor().min(run.claimed_money());
    Some(policy.max(floor)).filter(|amount| *amount > 0)
}

fn is_faulty(run: &Run<Settings>) -> bool {
    let facts: Facts = run.facts().unwrap_or_default();
    facts.non_conforming == Some(true) || run.dispute.problem == "quality"
}

fn in_window(run: &Run<Settings>, order: &Order) -> bool {
    order.received_on.as_deref().is_none_or(|received| {
        days_between(received, &run.today).is_ok_and(|days| days <= run.settings.return_window_days)
    })
}

fn terms(run: &Run<Settings>, amount: u64) -> Terms {
    let mut terms = Terms::of([refund(amount)]);
    if run.claims(RemedyKind::ReturnGoods) {
        terms.remedies.push(remedy(RemedyKind::ReturnGoods));
        terms = terms.on_condition(words::send_back());
    }
    match add_working_days(&run.today, DAYS_TO_PAY) {
        Ok(day) => terms.by(day),
        // Without a published calendar no date is promised.
        Err(_) => terms,
    }
}

/// The most the plugin may agree to: the first offer and the extra allowed on it.
fn mandate(run: &Run<Settings>, order: &Order) -> Option<u64> {
    let first = first_offer(run, order)?;
    let extra = ratio(first, run.settings.max_extra_percent, 100)?;
    Some((first + extra).min(run.settings.amount_ceiling_fen))
}

/// An answer to the consumer's own offer: taken where all of it is within the
/// mandate, not its money alone.
pub fn answer(run: &Run<Settings>, memory: &mut Memory, offer: u32, hers: &Terms) -> Answer {
    if asks_for_more_than_the_mandate(hers) {
        return to_a_person(words::other_terms());
    }
    let asked = hers.money();
    let most = memory.order.as_ref().and_then(|order| mandate(run, order));
    match most {
        Some(most) if asked <= most && leaves_time_to_pay(run, hers) => Answer::new()
            .accept(offer)
            .because([words::asked(&format_fen(asked))], words::mandate_rule()),
        Some(_) => raise(run, memory, Some(offer)),
        None => to_a_person(words::out_of_policy()),
    }
}

/// The mandate is money for goods: every other remedy, a refund without an amount
/// and any condition but the shop's own is a person's business.
fn asks_for_more_than_the_mandate(hers: &Terms) -> bool {
    let within = |one: &Remedy| match one.kind {
        RemedyKind::Refund => one.amount.is_some(),
        RemedyKind::ReturnGoods => one.amount.is_none(),
        _ => false,
    };
    let own = words::send_back();
    !hers.remedies.iter().all(within) || hers.conditions.iter().any(|one| *one != own)
}

/// A day of hers gives the shop the time that it takes itself.
fn leaves_time_to_pay(run: &Run<Settings>, hers: &Terms) -> bool {
    hers.perform_by.as_ref().is_none_or(|day| {
        // Dates are written so that they sort as they follow.
        add_working_days(&run.today, DAYS_TO_PAY).is_ok_and(|earliest| *day >= earliest)
    })
}

/// One step up to the mandate; after that a person.
pub fn raise(run: &Run<Settings>, memory: &mut Memory, reply_to: Option<u32>) -> Answer {
    let order = memory.order.as_ref();
    let room = order.and_then(|order| Some((first_offer(run, order)?, mandate(run, order)?)));
    match room {
        Some((first, most)) if memory.raised == 0 && most > first => {
            memory.raised += 1;
            let note = words::raised_note(&format_fen(most));
            let answer = Answer::new();
            let answer = match reply_to {
                Some(offer) => answer.counter(offer, terms(run, most), note),
                None => answer.propose(terms(run, most), note),
            };
            answer.because([words::first(&format_fen(first))], words::mandate_rule())
        }
        _ => to_a_person(words::beyond_mandate()),
    }
}
