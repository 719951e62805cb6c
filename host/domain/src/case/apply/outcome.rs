//! Settlement, performance, confirmation, closing and reopening, folded.

use jiff::Timestamp;

use crate::case::actor::{Actor, PluginRole};
use crate::case::entries::OfferState;
use crate::case::event::Event;
use crate::case::phase::{Confirmation, Phase};
use crate::case::state::{Case, Settlement};
use crate::case::terms::Terms;

impl Case {
    pub(super) fn apply_outcome(&mut self, at: Timestamp, by: &Actor, event: &Event) {
        match event {
            Event::SettlementReached { offer, terms } => self.settle(at, *offer, terms.clone()),
            Event::PerformanceFellDue => {
                if let Some(settlement) = &mut self.settlement {
                    settlement.overdue = true;
                }
            }
            Event::PerformanceRecorded { performed_on, .. } => {
                if let Some(settlement) = &mut self.settlement {
                    settlement.performed_on = Some(*performed_on);
                }
                self.phase = Phase::Performed;
            }
            Event::OutcomeConfirmed { confirmation } => {
                self.confirmation = Some(*confirmation);
                if *confirmation == Confirmation::NotSolved {
                    self.phase = Phase::Open;
                }
            }
            Event::CaseClosed { closing } => {
                self.phase = Phase::Closed;
                self.closing = Some(*closing);
                self.closed_by = Some(by.clone());
                self.close_offers();
                self.timers.clear();
            }
            Event::CaseReopened { .. } => {
                self.phase = Phase::Open;
                self.closing = None;
                self.closed_by = None;
                // What she said of the outcome no longer stands.
                self.confirmation = None;
                self.escalation_proposed = None;
            }
            _ => {}
        }
    }

    fn settle(&mut self, at: Timestamp, offer: u32, terms: Terms) {
        self.set_offer(offer, OfferState::Accepted);
        self.close_offers();
        self.timers.retain(|timer| {
            timer
                .by
                .plugin()
                .is_some_and(|plugin| plugin.role != PluginRole::Mediator)
        });
        self.settlement = Some(Settlement {
            offer,
            terms,
            at,
            performed_on: None,
            overdue: false,
        });
        self.confirmation = None;
        self.escalation_proposed = None;
        self.phase = Phase::Settled;
    }

    pub(super) fn close_offers(&mut self) {
        for offer in self
            .offers
            .iter_mut()
            .filter(|offer| offer.state == OfferState::Open)
        {
            offer.state = OfferState::Superseded;
        }
    }
}
