//! Who acts for whom, and what the represented agreed to, folded.

use jiff::Timestamp;

use crate::case::actor::Actor;
use crate::case::event::Event;
use crate::case::representation::ActConsent;
use crate::case::state::Case;

impl Case {
    pub(super) fn apply_representation(&mut self, at: Timestamp, by: &Actor, event: &Event) {
        match event {
            Event::RepresentationRecorded { representation } => {
                self.filing.representation = Some(representation.clone());
            }
            Event::ConsentRecorded {
                person,
                to,
                offer,
                evidence,
                given_on,
            } => self.act_consents.push(ActConsent {
                person: *person,
                to: to.clone(),
                offer: *offer,
                evidence: evidence.clone(),
                given_on: *given_on,
                by: by.clone(),
                at,
            }),
            _ => {}
        }
    }
}
