//! What a resolver answers: actions, each followed by its reason.

use crate::actions::{
    Ask, Decline, LookUp, Propose, Reason, RecordPerformance, RequestEvidence, ResolverAction, Say,
    SetTimer,
};
use crate::values::{Terms, Text};

/// Actions in the order they are done, with the reasons for them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answer {
    pub(crate) actions: Vec<ResolverAction>,
    pub(crate) reasons: Vec<Reason>,
}

impl Answer {
    /// Nothing to do.
    pub fn new() -> Answer {
        Answer::default()
    }

    fn act(mut self, action: ResolverAction) -> Answer {
        self.actions.push(action);
        self
    }

    /// Why the last action: facts and the rule, as the consumer may read them. An
    /// answer without an action has nothing to explain and stays as it is.
    pub fn because(mut self, facts: impl IntoIterator<Item = Text>, rule: Text) -> Answer {
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

    /// A message to the consumer.
    pub fn say(self, body: Text) -> Answer {
        self.act(ResolverAction::Say(Say { body }))
    }

    /// A question with a form: a JSON Schema of type object.
    pub fn ask(self, key: &str, prompt: Text, form: &serde_json::Value) -> Answer {
        self.act(ResolverAction::Ask(Ask {
            key: key.into(),
            prompt,
            form: form.to_string(),
        }))
    }

    pub fn request_evidence(self, key: &str, prompt: Text) -> Answer {
        self.act(ResolverAction::RequestEvidence(RequestEvidence {
            key: key.into(),
            prompt,
        }))
    }

    /// Asks the host to fetch; the answer comes as an event with the same key.
    pub fn look_up(self, name: &str, key: &str, path: impl Into<String>) -> Answer {
        let path = path.into();
        self.act(ResolverAction::LookUp(LookUp {
            name: name.into(),
            key: key.into(),
            path,
        }))
    }

    /// An offer that stands until it is answered, withdrawn or superseded; give it
    /// an end with [`Answer::expires_at`].
    pub fn propose(self, terms: Terms, note: Text) -> Answer {
        self.act(ResolverAction::Propose(Propose {
            terms,
            in_reply_to: None,
            expires_at: None,
            note,
        }))
    }

    /// An offer in reply to one of the consumer's.
    pub fn counter(self, offer: u32, terms: Terms, note: Text) -> Answer {
        self.act(ResolverAction::Propose(Propose {
            terms,
            in_reply_to: Some(offer),
            expires_at: None,
            note,
        }))
    }

    /// The last offer stands until a moment, in milliseconds since 1970 UTC.
    pub fn expires_at(mut self, moment: u64) -> Answer {
        if let Some(ResolverAction::Propose(propose)) = self.actions.last_mut() {
            propose.expires_at = Some(moment);
        }
        self
    }

    pub fn accept(self, offer: u32) -> Answer {
        self.act(ResolverAction::Accept(offer))
    }

    pub fn decline(self, offer: u32, note: Text) -> Answer {
        self.act(ResolverAction::Decline(Decline { offer, note }))
    }

    /// To be asked again at a moment, in milliseconds since 1970 UTC.
    pub fn set_timer(self, key: &str, fires_at: u64) -> Answer {
        self.act(ResolverAction::SetTimer(SetTimer {
            key: key.into(),
            fires_at,
        }))
    }

    pub fn cancel_timer(self, key: &str) -> Answer {
        self.act(ResolverAction::CancelTimer(key.into()))
    }

    pub fn record_performance(self, performed_on: impl Into<String>, note: Text) -> Answer {
        let performed_on = performed_on.into();
        self.act(ResolverAction::RecordPerformance(RecordPerformance {
            performed_on,
            note,
        }))
    }

    /// Gives the case to a person of the respondent.
    pub fn hand_over(self, why: Text) -> Answer {
        self.act(ResolverAction::HandOver(why))
    }

    /// Proposes that the consumer goes to the regulator; only she can.
    pub fn escalate(self, why: Text) -> Answer {
        self.act(ResolverAction::Escalate(why))
    }

    /// A note that stays with the respondent.
    pub fn note(self, note: impl Into<String>) -> Answer {
        self.act(ResolverAction::Note(note.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{refund, text};

    fn nothing_to_explain() -> Answer {
        Answer::new().because([], text("规则", "rule"))
    }

    #[test]
    fn a_reason_without_an_action_is_no_reason() {
        assert_eq!(nothing_to_explain(), Answer::new());
        let said = Answer::new().say(text("好", "good"));
        assert_eq!(said.because([], text("规则", "rule")).reasons[0].action, 0);
    }

    #[test]
    fn an_offer_may_have_an_end() {
        let offer = Answer::new().propose(Terms::of([refund(1)]), text("退", "refund"));
        let (actions, _) = offer.expires_at(7).into_parts();
        assert!(
            matches!(&actions[..], [ResolverAction::Propose(p)] if p.expires_at == Some(7)),
            "{actions:?}"
        );
    }
}
