//! The turns of a case, folded.

use jiff::Timestamp;

use crate::case::event::Event;
use crate::case::state::Case;

impl Case {
    /// Goes before the rest of the folding: what an event means depends on where
    /// the case stood.
    pub(super) fn apply_milestone(&mut self, at: Timestamp, event: &Event) {
        let (with_authority, in_mediation) = (self.complaint.is_some(), self.is_in_mediation());
        let mediated = self.mediation().is_some();
        let revoked = self.complaint.iter().flat_map(|it| it.revoked.last());
        let is_revoked = revoked.map(|it| it.at).next() == Some(at);
        if matches!(event, Event::ComplaintReopened) && !is_revoked {
            self.remember_end(at);
        }
        let milestones = &mut self.milestones;
        match event {
            Event::SettlementReached { .. } => {
                milestones.reopened = None;
                if !with_authority {
                    milestones.settled_in_negotiation.get_or_insert(at);
                } else if in_mediation {
                    milestones.settled_in_mediation.get_or_insert(at);
                }
            }
            Event::ComplaintAccepted | Event::ComplaintRefused { .. } => {
                milestones.decided = Some(at);
            }
            Event::MediationEnded | Event::MediationTerminated { .. } => {
                milestones.mediation_ended = Some(at);
            }
            Event::CaseClosed { .. } => milestones.closed = Some(at),
            Event::CaseReopened { .. } => {
                milestones.closed = None;
                milestones.reopened = Some(at);
            }
            // What is handled once more counts by how that ends.
            Event::ComplaintReopened => {
                milestones.closed = None;
                milestones.reopened = None;
                if mediated {
                    milestones.mediation_ended = None;
                    milestones.settled_in_mediation = None;
                    // A decision that was wrong leaves the mediation what it was.
                    if !is_revoked {
                        milestones.mediated_anew = Some(at);
                    }
                } else {
                    milestones.decided = None;
                }
            }
            _ => {}
        }
    }
}
