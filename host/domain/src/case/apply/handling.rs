//! Who answers, folded.

use jiff::Timestamp;

use crate::case::event::Event;
use crate::case::state::{Awaited, AwaitedCause, Case, Handling};

impl Case {
    pub(super) fn apply_handling(&mut self, at: Timestamp, event: &Event) {
        match event {
            Event::PersonRequested => {
                let cause = AwaitedCause::Requested;
                self.handling = Handling::Awaited(Awaited { since: at, cause });
            }
            Event::HandedOver { cause, .. } => {
                self.handling = Handling::Awaited(Awaited::handed_over(at, cause));
            }
            Event::MediatorHandedOver { cause, .. } => {
                self.mediator_awaited = Some(Awaited::handed_over(at, cause));
            }
            Event::TakenOver { agent } => {
                self.handling = Handling::Person {
                    agent: agent.clone(),
                    since: at,
                };
            }
            Event::MediationRequested { .. } => self.mediation_requested = true,
            _ => {}
        }
    }
}
