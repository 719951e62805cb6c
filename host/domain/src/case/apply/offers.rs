//! Offers and opinions, folded.

use jiff::Timestamp;

use crate::case::actor::{Actor, Side};
use crate::case::entries::{Offer, OfferState, Opinion};
use crate::case::event::Event;
use crate::case::representation::Standing;
use crate::case::state::Case;

impl Case {
    pub(super) fn apply_offer(&mut self, at: Timestamp, by: &Actor, event: &Event) {
        match event {
            Event::OfferMade {
                seq,
                terms,
                in_reply_to,
                expires_at,
                note,
            } => {
                let accepted_as = self.name_of_account(by);
                self.supersede_offers_of(by.side());
                if by.side() == Side::Respondent {
                    // The negotiation goes on: what was proposed before is past.
                    self.escalation_proposed = None;
                }
                let own = [by.side()]
                    .into_iter()
                    .filter(|side| matches!(side, Side::Consumer | Side::Respondent));
                self.offers.push(Offer {
                    seq: *seq,
                    by: by.clone(),
                    at,
                    terms: terms.clone(),
                    state: OfferState::Open,
                    in_reply_to: *in_reply_to,
                    expires_at: *expires_at,
                    note: note.clone(),
                    accepted_by: own.collect(),
                    accepted_at: Default::default(),
                    accepted_as,
                    by_word: Default::default(),
                });
            }
            Event::OfferAccepted { offer, side } => {
                let accepted_as = self.name_of_account(by);
                if let Some(offer) = self.offer_mut(*offer) {
                    offer.accepted_by.insert(*side);
                    offer.accepted_at.insert(*side, at);
                    offer.accepted_as = offer.accepted_as.take().or(accepted_as);
                    if by.side() == Side::Officer {
                        offer.by_word.insert(*side);
                    }
                }
            }
            Event::OfferDeclined { offer, .. } => self.set_offer(*offer, OfferState::Declined),
            Event::OfferWithdrawn { offer } => self.set_offer(*offer, OfferState::Withdrawn),
            Event::OfferExpired { offer } => self.set_offer(*offer, OfferState::Expired),
            Event::OpinionGiven {
                subject,
                floor,
                findings,
                summary,
            } => {
                self.opinions.push(Opinion {
                    by: by.clone(),
                    at,
                    subject: *subject,
                    floor: *floor,
                    findings: findings.clone(),
                    summary: summary.clone(),
                });
            }
            _ => {}
        }
    }

    /// Of the consumer's side: herself, another complainant, or the agent.
    fn name_of_account(&self, by: &Actor) -> Option<String> {
        let Actor::Consumer { id } = by else {
            return None;
        };
        let person = match self.standing(id)? {
            Standing::Agent => return self.mandate().map(|agent| agent.name.clone()),
            Standing::Speaker(person) | Standing::Represented(person) => person,
        };
        let all = self.complainants();
        let named = all.iter().find(|it| it.person == person);
        named.map(|it| it.name.to_owned())
    }

    fn offer_mut(&mut self, seq: u32) -> Option<&mut Offer> {
        self.offers.iter_mut().find(|offer| offer.seq == seq)
    }

    pub(super) fn set_offer(&mut self, seq: u32, state: OfferState) {
        if let Some(offer) = self.offer_mut(seq) {
            offer.state = state;
        }
    }

    fn supersede_offers_of(&mut self, side: Side) {
        let open = self
            .offers
            .iter_mut()
            .filter(|offer| offer.state == OfferState::Open);
        for offer in open.filter(|offer| offer.by.side() == side) {
            offer.state = OfferState::Superseded;
        }
    }
}
