//! A scenario: a case as a plugin sees it, its settings, and an event.

use std::sync::Arc;

use anyhow::Result;
use hejie_domain::rules::RuleBook;
use hejie_runtime::plain_context;
use hejie_sdk::{Mediator, Resolver, Reviewer, install_calendar};
use serde_json::{Value, json};

use crate::calendar::Pinned;

/// What goes into one decision, as JSON of the contract's types.
#[derive(Debug, Clone)]
pub struct Scenario {
    context: Value,
    event: Value,
}

impl Scenario {
    /// A case of a category with a claim for a refund, opened on 2026-05-18.
    pub fn opened(category: &str, claimed_fen: u64, settings: &Value) -> Scenario {
        let context = plain_context(category, claimed_fen, &settings.to_string());
        Scenario {
            context,
            event: json!("CaseOpened"),
        }
    }

    /// Puts a value at a place of the context, by JSON Pointer.
    ///
    /// # Panics
    ///
    /// Where there is no such place: a scenario that is not what it says tests nothing.
    #[track_caller]
    pub fn with(mut self, pointer: &str, value: Value) -> Scenario {
        match self.context.pointer_mut(pointer) {
            Some(place) => *place = value,
            None => panic!("the context has nothing at {pointer:?}"),
        }
        self
    }

    /// With another event.
    pub fn on(mut self, event: Value) -> Scenario {
        self.event = event;
        self
    }

    pub(crate) fn input(&self) -> Result<hejie_runtime::Input> {
        let whole = json!({"context": self.context, "event": self.event});
        Ok(serde_json::from_value(whole)?)
    }

    fn parts(&self, rules: &Arc<RuleBook>) -> Result<(hejie_sdk::Context, hejie_sdk::Event)> {
        install_calendar(Box::new(Pinned(rules.clone())));
        let context = serde_json::from_value(self.context.clone())?;
        Ok((context, serde_json::from_value(self.event.clone())?))
    }

    /// What a resolver decides natively.
    pub fn resolve<R: Resolver>(&self, rules: &Arc<RuleBook>) -> Result<Value> {
        let (context, event) = self.parts(rules)?;
        let (answer, memory) = hejie_sdk::resolve::<R>(context, event);
        let (actions, reasons) = answer.into_parts();
        Ok(json!({"Resolver": {"actions": actions, "memory": memory, "reasons": reasons}}))
    }

    /// What a reviewer decides natively.
    pub fn review<R: Reviewer>(&self, rules: &Arc<RuleBook>) -> Result<Value> {
        let (context, event) = self.parts(rules)?;
        let (actions, reasons) = hejie_sdk::review::<R>(context, event).into_parts();
        let memory: [u8; 0] = [];
        Ok(json!({"Reviewer": {"actions": actions, "memory": memory, "reasons": reasons}}))
    }

    /// What a mediator decides natively.
    pub fn mediate<M: Mediator>(&self, rules: &Arc<RuleBook>) -> Result<Value> {
        let (context, event) = self.parts(rules)?;
        let (proposal, memory) = hejie_sdk::mediate::<M>(context, event);
        let (actions, reasons) = proposal.into_parts();
        Ok(json!({"Mediator": {"actions": actions, "memory": memory, "reasons": reasons}}))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[should_panic(expected = "nothing at \"/dispute/facts/sated\"")]
    fn a_place_that_is_not_there_is_a_mistake_of_the_test() {
        let _ = Scenario::opened("food", 1, &json!({})).with("/dispute/facts/sated", json!("{}"));
    }
}
