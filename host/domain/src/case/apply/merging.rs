//! Complaints of the same dispute made one, folded.

use jiff::Timestamp;

use crate::case::actor::Actor;
use crate::case::complaint::TakenIn;
use crate::case::event::Event;
use crate::case::link::{Link, Relation};
use crate::case::state::Case;
use crate::identifiers::case_number::CaseNumber;

impl Case {
    pub(super) fn apply_merging(&mut self, at: Timestamp, by: &Actor, event: &Event) {
        match event {
            Event::ComplaintTakenIn { from, statement } => {
                if let Some(complaint) = &mut self.complaint {
                    complaint.taken_in.push(TakenIn {
                        at,
                        by: by.clone(),
                        from: from.clone(),
                        statement: statement.clone(),
                    });
                }
                self.link_once(same_dispute(from, String::new(), at));
            }
            Event::ComplaintMerged { into, reason } => {
                if let Some(complaint) = &mut self.complaint {
                    complaint.dispute = None;
                    complaint.merged_into = Some(into.clone());
                }
                self.links.push(same_dispute(into, reason.clone(), at));
            }
            _ => {}
        }
    }

    /// Merged anew after that was taken back, it is linked already.
    fn link_once(&mut self, link: Link) {
        let is_it = |it: &Link| it.to == link.to && it.relation == link.relation;
        if !self.links.iter().any(is_it) {
            self.links.push(link);
        }
    }

    /// It is another dispute after all than that into which it was merged.
    pub(super) fn unlink_merged(&mut self) {
        let complaint = self.complaint.as_mut();
        let into = complaint.and_then(|it| it.merged_into.take());
        let is_it =
            |it: &Link| it.relation == Relation::SameDispute && Some(&it.to) == into.as_ref();
        let merged = self.links.iter().rposition(is_it);
        merged.map(|at| self.links.remove(at));
    }
}

fn same_dispute(to: &CaseNumber, reason: String, at: Timestamp) -> Link {
    Link {
        to: to.clone(),
        relation: Relation::SameDispute,
        reason,
        at,
    }
}
