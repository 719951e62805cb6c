//! What a mediator answers: words and proposals to both sides.

use crate::actions::{Ask, MediatorAction, Propose, Reason, Say, SetTimer};
use crate::values::{Terms, Text};

/// Actions in the order they are done, with the reasons for them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Proposal {
    pub(crate) actions: Vec<MediatorAction>,
    pub(crate) reasons: Vec<Reason>,
}

impl Proposal {
    /// Nothing to do.
    pub fn new() -> Proposal {
        Proposal::default()
    }

    fn act(mut self, action: MediatorAction) -> Proposal {
        self.actions.push(action);
        self
    }

    /// Why the last action; without one there is nothing to explain.
    pub fn because(mut self, facts: impl IntoIterator<Item = Text>, rule: Text) -> Proposal {
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

    /// A message to both sides.
    pub fn say(self, body: Text) -> Proposal {
        self.act(MediatorAction::Say(Say { body }))
    }

    /// A question with a form: a JSON Schema of type object.
    pub fn ask(self, key: &str, prompt: Text, form: &serde_json::Value) -> Proposal {
        self.act(MediatorAction::Ask(Ask {
            key: key.into(),
            prompt,
            form: form.to_string(),
        }))
    }

    /// Terms for both sides, binding when both accept.
    pub fn propose(self, terms: Terms, note: Text) -> Proposal {
        self.act(MediatorAction::Propose(Propose {
            terms,
            in_reply_to: None,
            expires_at: None,
            note,
        }))
    }

    /// The last offer stands until a moment, in milliseconds since 1970 UTC.
    pub fn expires_at(mut self, moment: u64) -> Proposal {
        if let Some(MediatorAction::Propose(propose)) = self.actions.last_mut() {
            propose.expires_at = Some(moment);
        }
        self
    }

    /// To be asked again at a moment, in milliseconds since 1970 UTC.
    pub fn set_timer(self, key: &str, fires_at: u64) -> Proposal {
        self.act(MediatorAction::SetTimer(SetTimer {
            key: key.into(),
            fires_at,
        }))
    }

    pub fn cancel_timer(self, key: &str) -> Proposal {
        self.act(MediatorAction::CancelTimer(key.into()))
    }

    /// A note that stays with the mediator.
    pub fn note(self, note: impl Into<String>) -> Proposal {
        self.act(MediatorAction::Note(note.into()))
    }

    /// Gives the mediation to a person.
    pub fn hand_over(self, why: Text) -> Proposal {
        self.act(MediatorAction::HandOver(why))
    }
}
