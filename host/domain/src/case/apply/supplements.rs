//! What came after a file that was handed over, folded.

use jiff::Timestamp;

use crate::case::actor::Actor;
use crate::case::decide::next;
use crate::case::entries::{Evidence, Message};
use crate::case::state::Case;
use crate::case::transfer::{Supplement, Supplied};

impl Case {
    pub(super) fn apply_supplement(&mut self, at: Timestamp, by: &Actor, supplement: &Supplement) {
        self.supplements.insert(supplement.sequence);
        match &supplement.what {
            Supplied::Message(body) => self.messages.push(Message {
                seq: next(self.messages.len()),
                by: by.clone(),
                at,
                body: body.clone(),
            }),
            Supplied::Evidence(reference) => self.evidence.push(Evidence {
                seq: next(self.evidence.len()),
                by: supplement.from,
                at,
                question: None,
                for_authority: false,
                reference: reference.clone(),
            }),
        }
    }
}
