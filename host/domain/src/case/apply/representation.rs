//! Who acts for whom, what the represented agreed to and whose identity was checked, folded.

use jiff::Timestamp;

use crate::case::actor::Actor;
use crate::case::complaint::AgentNamed;
use crate::case::event::Event;
use crate::case::identity::{CheckedIdentity, Person};
use crate::case::representation::ActConsent;
use crate::case::state::Case;

impl Case {
    pub(super) fn apply_representation(&mut self, at: Timestamp, by: &Actor, event: &Event) {
        match event {
            Event::RepresentationRecorded { representation } => {
                let before = self.filing.name_of(Person::Agent).map(str::to_owned);
                self.filing.representation = Some(representation.clone());
                let now = self.filing.name_of(Person::Agent).map(str::to_owned);
                if now != before {
                    // What was checked of one agent says nothing of the next.
                    self.identities.retain(|it| it.check.of != Person::Agent);
                    let agents = self.complaint.iter_mut().map(|it| &mut it.agents);
                    agents.for_each(|agents| {
                        agents.push(AgentNamed {
                            at,
                            by: by.clone(),
                            name: now.clone(),
                        });
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
