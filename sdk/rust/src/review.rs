//! What a reviewer answers: opinions, and nothing that decides.

use crate::actions::{Opinion, Reason, ReviewerAction};
use crate::values::Text;

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Review {
    pub(crate) actions: Vec<ReviewerAction>,
    pub(crate) reasons: Vec<Reason>,
}

impl Review {
    /// No opinion.
    pub fn new() -> Review {
        Review::default()
    }

    pub fn opine(mut self, opinion: Opinion) -> Review {
        self.actions.push(ReviewerAction::Opine(opinion));
        self
    }

    /// A note that stays with the reviewer.
    pub fn note(mut self, note: impl Into<String>) -> Review {
        self.actions.push(ReviewerAction::Note(note.into()));
        self
    }

    /// Why the last opinion or note; without one there is nothing to explain.
    pub fn because(mut self, facts: impl IntoIterator<Item = Text>, rule: Text) -> Review {
        let Some(action) = self.actions.len().checked_sub(1) else {
            return self;
        };
        let action = action as u32;
        self.reasons.push(Reason {
            action,
            facts: facts.into_iter().collect(),
            rule,
        });
        self
    }
}
