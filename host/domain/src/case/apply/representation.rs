//! Who acts for whom, what the represented agreed to and whose identity was checked, folded.

use jiff::Timestamp;

use crate::case::actor::Actor;
use crate::case::complaint::AgentNamed;
use crate::case::event::Event;
use crate::case::identity::{CheckedIdentity, Person};
use crate::case::representation::{ActConsent, Mandate};
use crate::case::state::Case;

impl Case {
    pub(super) fn apply_representation(&mut self, at: Timestamp, by: &Actor, event: &Event) {
        match event {
            Event::RepresentationRecorded { representation } => {
                let before = self.mandate().cloned();
                self.filing.representation = Some(representation.clone());
                let now = self.mandate().cloned();
                let name = |agent: &Option<Mandate>| agent.as_ref().map(|it| it.name.clone());
                // What was checked of one agent says nothing of the next.
                if name(&now) != name(&before) {
                    self.identities.retain(|it| it.check.of != Person::Agent);
                }
                if let Some(complaint) = self.complaint.as_mut().filter(|_| now != before) {
                    complaint.agents.push(AgentNamed {
                        at,
                        by: by.clone(),
                        before: name(&before),
                        now,
                    });
                }
            }
            Event::IdentityChecked { check } => {
                self.identities.retain(|it| it.check.of != check.of);
                self.identities.push(CheckedIdentity {
                    check: check.clone(),
                    by: by.clone(),
                    at,
                });
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
