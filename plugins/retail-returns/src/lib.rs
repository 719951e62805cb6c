//! A retailer's resolver: returns and refunds within the shop's own policy.
//!
//! It checks the order in the shop's order system, offers at once where the
//! policy allows, asks for a photo where goods are said to be faulty, meets a
//! counter-offer within its mandate, and hands everything beyond to a person. It
//! never offers less than the law gives unconditionally.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod order;
mod policy;
mod settings;
#[cfg(test)]
mod tests;
mod words;

use hejie_sdk::values::Side;
use hejie_sdk::{Answer, Event, LookUpOutcome, Resolver, Run};
use serde::{Deserialize, Serialize};

pub use order::Order;
pub use settings::Settings;

pub struct RetailReturns;

/// What is remembered of a case.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Memory {
    /// The order as the order system showed it.
    pub order: Option<Order>,
    /// The number that the order system was asked for.
    pub reference: Option<String>,
    pub asked_reference: bool,
    pub asked_evidence: bool,
    /// Offers that went beyond the first.
    pub raised: u32,
}

impl Resolver for RetailReturns {
    type Settings = Settings;
    type Memory = Memory;

    fn decide(run: Run<Settings>, memory: &mut Memory, event: Event) -> Answer {
        match event {
            Event::CaseOpened => opened(&run, memory),
            Event::QuestionAnswered(answer) if answer.key == "order-reference" => {
                order::look_up(order::reference_in(&answer.value), memory)
            }
            Event::LookUpAnswered(result) => looked_up(&run, memory, result.outcome),
            Event::EvidenceAdded(_) | Event::ClaimRevised => policy::offer(&run, memory),
            Event::OfferMade(offer) if offer.by == Side::Consumer => {
                policy::answer(&run, memory, offer.seq, &offer.terms)
            }
            Event::OfferDeclined(offer) if offer.by == Side::Respondent => {
                policy::raise(&run, memory, None)
            }
            Event::PerformanceDue => Answer::new()
                .hand_over(words::performance_due())
                .because([], words::promise_rule()),
            _ => Answer::new(),
        }
    }
}

fn opened(run: &Run<Settings>, memory: &mut Memory) -> Answer {
    if !run.settings.covers(&run.dispute.category) {
        return policy::to_a_person(words::other_category());
    }
    if policy::asks_for_more_than_money_and_goods(run) {
        return policy::to_a_person(words::other_remedy());
    }
    match &run.dispute.order {
        Some(order) => order::look_up(order.reference.clone(), memory),
        None => order::ask_reference(memory),
    }
}

fn looked_up(run: &Run<Settings>, memory: &mut Memory, outcome: LookUpOutcome) -> Answer {
    match outcome {
        LookUpOutcome::Answered(response) if response.status == 200 => {
            match serde_json::from_str::<Order>(&response.body) {
                Ok(order) if !order.is_hers(run, memory) => {
                    policy::to_a_person(words::other_order())
                }
                Ok(order) => {
                    memory.order = Some(order);
                    policy::offer(run, memory)
                }
                Err(_) => policy::to_a_person(words::order_unreadable()),
            }
        }
        LookUpOutcome::Answered(response) if response.status == 404 && !memory.asked_reference => {
            order::ask_reference(memory)
        }
        LookUpOutcome::Answered(response) if response.status == 404 => {
            policy::to_a_person(words::order_unknown())
        }
        LookUpOutcome::Answered(_) | LookUpOutcome::Failed(_) => {
            policy::to_a_person(words::order_system_silent())
        }
    }
}

hejie_sdk::resolver!(RetailReturns);
